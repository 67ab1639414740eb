#include "badge/check.h"

#include "badge/check_art.h"
#include "badge/check_people.h"
#include "badge/check_unseen.h"
#include "badge/compose.h"
#include "badge/condition.h"
#include "badge/draw.h"
#include "core/text.h"
#include "core/words.h"

#include <math.h>
#include <string.h>

#define NEAR 2 /* letters by which an id may differ from the one that was meant */
#define BACK_SUFFIX ".back.svg"

/* Ids and attributes ----------------------------------------------------------------- */

/* The slot whose id is nearest to @id, -1 if none is near. */
static int nearest_slot (const char *id)
{
  int best = -1;
  guint least = NEAR + 1;
  for (int slot = 0; slot < SLOT_COUNT && strlen (id) <= 40; slot++) {
    guint distance = text_distance (id, slot_name ((SlotId) slot));
    if (distance < least && distance * 3 <= strlen (slot_name ((SlotId) slot))) {
      least = distance;
      best = slot;
    }
  }
  return best;
}

static char *slot_names (void)
{
  GString *names = g_string_new (NULL);
  for (int id = 0; id < SLOT_COUNT; id++)
    g_string_append_printf (names, "%s%s", id ? ", " : "", slot_name ((SlotId) id));
  return g_string_free (names, FALSE);
}

static gboolean find_slot (const SvgNode *node, gpointer data)
{
  *(gboolean *) data |= slot_of_id (node->id) >= 0;
  return TRUE;
}

static gboolean holds_slots (const SvgNode *node)
{
  gboolean found = FALSE;
  svg_walk (node, find_slot, &found);
  return found;
}

/* An element that was surely meant as a slot: it is in the layer of slots, or has nearly
 * a slot's id. */
static void check_id (Checking *checking, const SvgNode *node, gboolean in_layer)
{
  int near = node->has_id ? nearest_slot (node->id) : -1;
  if ((!in_layer && near < 0)
      || !(svg_is (node, "g") || svg_is (node, "rect") || svg_is (node, "text")))
    return;
  g_autofree char *where = svg_where (node), *names = slot_names ();
  g_autofree char *remedy
      = near >= 0
            ? g_strdup_printf (_ ("Did you mean “%s”?"), slot_name ((SlotId) near))
            : g_strdup_printf (
                _ ("Give it the id of a slot (%s), or move it out of the layer of slots."), names);
  template_fault_add (checking->faults, where, remedy, "%s",
                      _ ("is no slot: there is none of that name, and nothing would be set there"));
}

static void check_attributes (Checking *checking, const SvgNode *node)
{
  static const char *const known[]
      = { "data-if",    "data-unless", "data-max-pt", "data-max-zh-pt", "data-min-pt", "data-other",
          "data-align", "data-valign", "data-height", "data-ink",       "data-brief",  NULL };
  for (guint i = 0; node->names[i] != NULL; i++) {
    if (!g_str_has_prefix (node->names[i], "data-") || g_strv_contains (known, node->names[i]))
      continue;
    g_autofree char *where = svg_where (node), *all = g_strjoinv (", ", (char **) (guintptr) known);
    g_autofree char *remedy = g_strdup_printf (_ ("There are: %s."), all);
    template_fault_add (checking->faults, where, remedy, _ ("has the unknown attribute %s"),
                        node->names[i]);
  }
}

static void check_conditions (Checking *checking, const SvgNode *node)
{
  static const char *const attributes[] = { "data-if", "data-unless" };
  for (guint i = 0; i < G_N_ELEMENTS (attributes); i++) {
    const char *condition = svg_attribute (node, attributes[i]);
    g_autofree char *word = condition != NULL ? condition_unknown_word (condition) : NULL;
    g_autofree char *where = svg_where (node);
    int id = slot_of_id (node->id);
    if (word != NULL)
      template_fault_add (checking->faults, where,
                          _ ("Words are category:ID, role:ID, event:ID, day:LABEL, entitlement:ID, "
                             "ribbon:ID, country:FR, script:zh and proof."),
                          _ ("has %s=\"%s\", where “%s” is no word that a badge can have"),
                          attributes[i], condition, word);
    if (condition != NULL && id >= 0 && slot_is_required ((SlotId) id))
      template_fault_add (checking->faults, where, _ ("Show it to everybody."), "%s",
                          _ ("is required on every badge, but shown to some only"));
  }
}

static void check_elements (Checking *checking, const SvgNode *node, gboolean in_layer)
{
  gboolean layer = node->parent != NULL && template_is_art (node->parent, NULL)
                   && !template_is_art (node, NULL) && slot_of_id (node->id) < 0;
  check_attributes (checking, node);
  check_conditions (checking, node);
  if (node->has_id && slot_of_id (node->id) >= 0)
    return;
  gboolean bag
      = svg_is (node, "g")
        && (!node->has_id || holds_slots (node)); /* in the layer, to hold slots together */
  if (!layer && node->parent != NULL && !(in_layer && bag)) {
    check_id (checking, node, in_layer);
    if (in_layer)
      return;
  }
  for (guint i = 0; i < node->children->len; i++) {
    const SvgNode *child = g_ptr_array_index (node->children, i);
    if (child->tag != NULL)
      check_elements (checking, child, in_layer || layer);
  }
}

/* Texts ------------------------------------------------------------------------------ */

typedef struct {
  Checking *checking;
  gboolean told[SLOT_COUNT];
} Trial;

static void tell_trouble (SlotId slot, const GError *error, gpointer data)
{
  Trial *trial = data;
  if (trial->told[slot])
    return;
  trial->told[slot] = TRUE;
  g_autofree char *where = g_strdup_printf ("“%s”", slot_name (slot));
  template_fault_add (
      trial->checking->faults, where,
      slot_has_text (slot) ? _ ("Enlarge the slot, or lower its smallest size (data-min-pt).") : "",
      _ ("has no room for what badges really bear: %s"), error->message);
}

static void check_texts (Checking *checking)
{
  Trial trial = { checking, { FALSE } };
  for (guint i = 0; i < CHECK_PEOPLE; i++) {
    BadgeContent content = check_person (i);
    compose_try (checking->template_, &content, tell_trouble, &trial);
  }
}

/* Code ------------------------------------------------------------------------------- */

/* On the printer's dots, modules are whole dots or of uneven width. */
static void check_modules (Checking *checking)
{
  const Slot *slot = template_slot (checking->template_, SLOT_QR);
  BadgeContent content = check_person (0);
  g_autoptr (BadgePage) page
      = slot->present ? compose_page (checking->template_, &content, checking->one_bit, NULL)
                      : NULL;
  if (page == NULL || page->qr == NULL)
    return;
  double px_per_pt = checking->dpi / 72.0, dots = draw_qr_module_pt (page, px_per_pt) * px_per_pt;
  if (fabs (dots - round (dots)) < 1e-6)
    return;
  double needed_mm = ceil (COMPOSE_QR_MODULE_MIN_MM / 25.4 * checking->dpi) * 25.4 / checking->dpi
                     * page->qr->size;
  g_autofree char *remedy
      = g_strdup_printf (_ ("Make it %.1f mm a side, with four modules of free room around it."),
                         ceil (needed_mm * 10) / 10);
  template_fault_add (checking->faults, "“qr”", remedy,
                      _ ("is too small for %u dots an inch: its modules of %.2f mm would be %.1f "
                         "dots, and cannot be whole ones of at least %.1f mm"),
                      checking->dpi, page->qr_module_pt / PT_PER_MM, page->qr_module_pt * px_per_pt,
                      COMPOSE_QR_MODULE_MIN_MM);
}

/* Template --------------------------------------------------------------------------- */

char *check_back (const char *path)
{
  return template_back_path (path);
}

GPtrArray *check_template (const char *path, guint dpi, gboolean one_bit)
{
  GPtrArray *faults = template_fault_list_new ();
  gboolean is_back = g_str_has_suffix (path, BACK_SUFFIX);
  g_autofree char *front
      = is_back ? g_strdup_printf ("%.*s.svg", (int) (strlen (path) - strlen (BACK_SUFFIX)), path)
                : NULL;
  g_autoptr (BadgeTemplate) template_ = template_load_side (path, is_back, faults);
  if (template_ == NULL)
    return faults;
  Checking checking = { template_, faults, dpi, one_bit || template_is_one_bit (template_), 0 };
  check_elements (&checking, template_root (template_), FALSE);
  if (art_conditions (template_art (template_)) >= ART_CONDITIONS_MAX)
    template_fault_add (
        faults, _ ("the file"), _ ("Put what has the same condition into one group."),
        _ ("has %d elements or more with conditions; the rest would always be shown"),
        ART_CONDITIONS_MAX);
  check_texts (&checking);
  check_modules (&checking);
  check_art_quiet_zone (&checking);
  check_art_fonts (&checking);
  check_art_lines (&checking);
  check_art_colours (&checking);
  check_unseen_art (&checking);
  check_unseen_style (&checking);
  if (front != NULL)
    check_unseen_size (&checking, front);
  return faults;
}
