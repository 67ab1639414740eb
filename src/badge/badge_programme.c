#include "badge/badge_programme.h"

#include "core/text.h"
#include "core/words.h"

#include <math.h>
#include <string.h>

#define STEP_PT 0.25
/* In the size of the text. */
#define GAP_DAY 1.3 /* between days, with a rule in it */
#define GAP_HEADER 0.35
#define GAP_ENTRY 0.5
#define GAP_HOURS 0.9
#define GAP_OTHER 0.1
#define GAP_OTHER_HAN 0.28 /* below Chinese, whose lines reach less deep */
#define GAP_DAY_BRIEF 0.5  /* without a rule */
#define GAP_BRIEF 0.03
#define TIED_MAX 16 /* characters */
#define RULE_PT (0.25 * PT_PER_MM)

/* How much a programme says: less where all of it has no room at a size that can be
 * read. */
typedef struct {
  gboolean brief; /* a line an entry, sessions by their mark */
  gboolean own;   /* in the person's own language alone */
  gboolean roles;
} Fullness;
static const Fullness fullness[] = {
  { FALSE, FALSE, TRUE }, { FALSE, TRUE, TRUE }, { TRUE, FALSE, TRUE },
  { TRUE, TRUE, TRUE },   { TRUE, TRUE, FALSE },
};
#define BRIEF_FROM 2

/* A setting of the whole in one size. */
typedef struct {
  Composer *composer;
  Fullness full;
  guint entries; /* how many are set; of the others the last line says how many they are */
  double size, y, hours_width;
  Block style;   /* what all blocks are made from */
  GArray *lines; /* Line */
  GArray *rules; /* Rule */
} Setting;

/* One block from @x on; moves y below it. */
static gboolean set_text (Setting *setting, double x, double scale, Phrase *phrase, GError **error)
{
  Box box = setting->style.box;
  double used = 0;
  g_auto (Block) block = setting->style;
  block.box = (Box){ x, setting->y, box.x + box.width - x, INFINITY };
  block.max_pt = block.min_pt = setting->size * scale;
  layout_block_add (&block, phrase, 1, 0);
  if (!layout_block (template_fonts (setting->composer->template_), &block, setting->lines, &used,
                     error))
    return FALSE;
  setting->y += used;
  return TRUE;
}

/* What is so short that no line need break in it: "Salle 1 · 一号厅" stays together; and a
 * dot in a longer one with what stands before it. Free with g_free(). */
static char *tied (const char *text)
{
  gboolean whole = g_utf8_strlen (text, -1) <= TIED_MAX;
  g_auto (GStrv) parts = g_strsplit (text, whole ? " " : " · ", -1);
  return g_strjoinv (whole ? "\u00a0" : "\u00a0· ", parts);
}

/* Texts of both languages in one line, own first and, if @strong, bold. No line begins
 * with a dot. */
static Phrase *joined (const Setting *setting, const char *fr, const char *zh, const char *tail,
                       gboolean strong)
{
  gboolean second_leads = setting->composer->content->second_leads;
  const char *texts[] = { second_leads ? zh : fr, second_leads ? fr : zh, tail };
  GString *all = g_string_new (NULL);
  gsize own = 0;
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++) {
    gboolean left_out = i == 1 && setting->full.own && !composer_is_blank (texts[0]);
    if (!left_out && !composer_is_blank (texts[i])
        && (i != 1 || g_strcmp0 (texts[0], texts[1]) != 0)) {
      g_autofree char *text = tied (texts[i]);
      g_string_append_printf (all, "%s%s", all->len ? "\u00a0· " : "", text);
    }
    own = i == 0 ? all->len : own;
  }
  Phrase *phrase = phrase_new (all->str, composer_is_han (second_leads), PHRASE_LIGHT);
  phrase->bold_to = strong ? MIN (own, strlen (phrase->text)) : 0;
  g_string_free (all, TRUE);
  return phrase;
}

static Phrase *hours_of (const BadgeEntry *entry)
{
  gboolean both = !composer_is_blank (entry->from) && !composer_is_blank (entry->to);
  g_autofree char *text = g_strconcat (entry->from != NULL ? entry->from : "", both ? "–" : "",
                                       entry->to != NULL ? entry->to : "", NULL);
  Phrase *phrase = phrase_new (text, FALSE, PHRASE_LIGHT);
  phrase->tabular = TRUE;
  return phrase;
}

/* At one point of size. */
static double widest_hours (FontSet *fonts, const BadgeContent *content)
{
  double widest = 0;
  for (guint i = 0; i < content->n_programme; i++) {
    g_autoptr (Phrase) phrase = hours_of (&content->programme[i]);
    g_autoptr (PangoLayout) shaped = font_set_shape (fonts, phrase, 0, strlen (phrase->text));
    PangoRectangle logical;
    pango_layout_get_extents (shaped, NULL, &logical);
    widest = MAX (widest, pango_units_to_double (logical.width) / PHRASE_SHAPED_PT);
  }
  return widest;
}

static gboolean set_day (Setting *setting, const BadgeEntry *entry, GError **error)
{
  const Box *box = &setting->style.box;
  if (setting->lines->len > 0 && setting->full.brief)
    setting->y += GAP_DAY_BRIEF * setting->size;
  else if (setting->lines->len > 0) {
    Rule rule
        = { { box->x, setting->y + (GAP_DAY * setting->size - RULE_PT) / 2, box->width, RULE_PT },
            setting->style.face[0].colour };
    g_array_append_val (setting->rules, rule);
    setting->y += GAP_DAY * setting->size;
  }
  return set_text (setting, box->x, 1, joined (setting, entry->day_fr, entry->day_zh, NULL, TRUE),
                   error);
}

/* The hours stand on the first line of the title, whatever its script. */
static void align_hours (Setting *setting, guint hours, guint title)
{
  Line *line = &g_array_index (setting->lines, Line, hours);
  double down = g_array_index (setting->lines, Line, title).baseline - line->baseline;
  if (hours < title) {
    line->baseline += down;
    line->ink.y += down;
  }
}

/* A text below another of the same entry. */
static gboolean set_below (Setting *setting, double x, gboolean han_above, Phrase *phrase,
                           GError **error)
{
  setting->y += (han_above ? GAP_OTHER_HAN : GAP_OTHER) * setting->size;
  return set_text (setting, x, setting->style.other, phrase, error);
}

/* A place that is named in both languages (“Salle 2 · 二号厅”), the person's own first. */
static char *own_room (const Setting *setting, const char *room)
{
  g_auto (GStrv) parts = g_strsplit (room != NULL ? room : "", " · ", 3);
  gboolean han = composer_is_han (setting->composer->content->second_leads);
  if (g_strv_length (parts) == 2 && setting->full.own
      && text_has_han (parts[0]) != text_has_han (parts[1]))
    return g_strdup (parts[text_has_han (parts[1]) == han]);
  if (g_strv_length (parts) != 2 || text_has_han (parts[0]) == han
      || text_has_han (parts[1]) != han)
    return g_strdup (room);
  return g_strjoin (" · ", parts[1], parts[0], NULL);
}

static gboolean has_role (const Setting *setting, const BadgeEntry *entry)
{
  return setting->full.roles
         && (!composer_is_blank (entry->role_fr) || !composer_is_blank (entry->role_zh));
}

/* What stands beside the hours where there is little room: the mark and the room, or the
 * title in both languages on one line; below it the role. */
static gboolean set_brief (Setting *setting, double x, const BadgeEntry *entry, GError **error)
{
  gboolean marked = !composer_is_blank (entry->mark), role = has_role (setting, entry);
  g_autofree char *room = own_room (setting, entry->room);
  Phrase *phrase = marked ? joined (setting, entry->mark, entry->mark, room, TRUE)
                          : joined (setting, entry->title_fr, entry->title_zh, NULL, TRUE);
  return set_text (setting, x, 1, phrase, error)
         && (!role
             || set_text (setting, x, setting->style.other,
                          joined (setting, entry->role_fr, entry->role_zh, NULL, FALSE), error));
}

/* What stands beside the hours: the title in both languages, below it the role, then the
 * room. */
static gboolean set_whole (Setting *setting, double x, const BadgeEntry *entry, GError **error)
{
  gboolean second_leads = setting->composer->content->second_leads;
  const char *own = second_leads ? entry->title_zh : entry->title_fr,
             *other = second_leads ? entry->title_fr : entry->title_zh;
  if (composer_is_blank (own)) {
    own = other;
    other = NULL;
    second_leads = !second_leads;
  }
  gboolean han_above = composer_is_han (second_leads);
  if (!set_text (setting, x, 1,
                 phrase_new (own, han_above, composer_weight (&setting->style, han_above, TRUE)),
                 error))
    return FALSE;
  if (!setting->full.own && !composer_is_blank (other) && g_strcmp0 (own, other) != 0) {
    gboolean han = composer_is_han (!second_leads);
    if (!set_below (setting, x, han_above, phrase_new (other, han, PHRASE_LIGHT), error))
      return FALSE;
    han_above = han;
  }
  if (has_role (setting, entry)
      && !set_below (setting, x, han_above,
                     joined (setting, entry->role_fr, entry->role_zh, NULL, FALSE), error))
    return FALSE;
  g_autofree char *room = own_room (setting, entry->room);
  return composer_is_blank (room)
         || set_below (setting, x, han_above, joined (setting, NULL, NULL, room, FALSE), error);
}

static gboolean set_entry (Setting *setting, const BadgeEntry *entry, GError **error)
{
  const double x
      = setting->style.box.x
        + (setting->hours_width > 0 ? (setting->hours_width + GAP_HOURS) * setting->size : 0),
      top = setting->y;
  guint hours = setting->lines->len;
  if (!set_text (setting, setting->style.box.x, 1, hours_of (entry), error))
    return FALSE;
  double below_hours = setting->y;
  guint title = setting->lines->len;
  setting->y = top;
  if (!(setting->full.brief ? set_brief (setting, x, entry, error)
                            : set_whole (setting, x, entry, error)))
    return FALSE;
  if (setting->lines->len > title)
    align_hours (setting, hours, title);
  setting->y = MAX (setting->y, below_hours);
  return TRUE;
}

static gboolean is_same_day (const BadgeEntry *a, const BadgeEntry *b)
{
  return g_strcmp0 (a->day_fr, b->day_fr) == 0 && g_strcmp0 (a->day_zh, b->day_zh) == 0;
}

static void setting_clear (Setting *setting)
{
  g_clear_pointer (&setting->lines, g_array_unref);
  g_clear_pointer (&setting->rules, g_array_unref);
}

/* « et 3 autres · 另有3项 » */
static gboolean set_rest (Setting *setting, guint count, GError **error)
{
  if (count == 0)
    return TRUE;
  g_auto (OwnedPair) words = words_counted ("and %u more", "and %u more", count);
  setting->y += GAP_DAY_BRIEF * setting->size;
  return set_text (setting, setting->style.box.x, 1,
                   joined (setting, words.first, words.second, NULL, FALSE), error);
}

/* FALSE with an error if a text fits at this size nowhere, or not all of them
 * together. */
static gboolean set_all (Setting *setting, GError **error)
{
  const BadgeContent *content = setting->composer->content;
  setting->lines = layout_lines_new ();
  setting->rules = g_array_new (FALSE, FALSE, sizeof (Rule));
  setting->y = setting->style.box.y;
  for (guint i = 0; i < setting->entries; i++) {
    const BadgeEntry *entry = &content->programme[i];
    gboolean new_day = i == 0 || !is_same_day (entry, &content->programme[i - 1]);
    if (new_day && !set_day (setting, entry, error))
      return FALSE;
    setting->y += (setting->full.brief ? GAP_BRIEF
                   : new_day           ? GAP_HEADER
                                       : GAP_ENTRY)
                  * setting->size;
    if (!set_entry (setting, entry, error))
      return FALSE;
  }
  if (!set_rest (setting, content->n_programme - setting->entries, error))
    return FALSE;
  if (setting->y <= setting->style.box.y + setting->style.box.height)
    return TRUE;
  g_set_error (
      error, BADGE_ERROR, BADGE_ERROR_FIT,
      _ ("Cannot draw the badge: the %u entries of it"
         "s programme do not fit the slot “%s” at the "
         "smallest size of %.1f points. Enlarge the slot, or shorten titles in the event file."),
      content->n_programme, slot_name (SLOT_PROGRAMME), setting->style.min_pt);
  return FALSE;
}

static void take (Composer *composer, Setting *setting)
{
  gsize n = 0;
  g_autofree Line *lines = g_array_steal (setting->lines, &n);
  g_array_append_vals (composer->page->lines, lines, (guint) n);
  g_array_append_vals (composer->page->rules, setting->rules->data, setting->rules->len);
  composer->used[SLOT_PROGRAMME] = setting->y - setting->style.box.y;
}

/* In the largest size that fits, onto the page. */
static gboolean set_largest (Setting *setting, GError **error)
{
  const Block *style = &setting->style;
  for (double size = style->max_pt;; size = MAX (style->min_pt, size - STEP_PT)) {
    g_autoptr (GError) why = NULL;
    setting->size = size;
    gboolean good = set_all (setting, &why);
    if (good)
      take (setting->composer, setting);
    setting_clear (setting);
    if (good)
      return TRUE;
    if (size <= style->min_pt || !g_error_matches (why, BADGE_ERROR, BADGE_ERROR_FIT)) {
      g_propagate_error (error, g_steal_pointer (&why));
      return FALSE;
    }
  }
}

gboolean badge_programme_compose (Composer *composer, GError **error)
{
  const BadgeContent *content = composer->content;
  if (!composer_has (composer, SLOT_PROGRAMME) || content->n_programme == 0)
    return TRUE;
  if (content->n_programme > BADGE_PROGRAMME_ENTRIES_MAX) {
    g_set_error (
        error, BADGE_ERROR, BADGE_ERROR_FIT,
        _ ("Cannot draw the badge: slot “%s” has room for %d entries and the person has %u."),
        slot_name (SLOT_PROGRAMME), BADGE_PROGRAMME_ENTRIES_MAX, content->n_programme);
    return FALSE;
  }
  Block style = composer_block (composer, SLOT_PROGRAMME, composer_is_han (content->second_leads));
  style.across = style.down = ALIGN_START;
  Setting setting = { .composer = composer,
                      .hours_width = widest_hours (template_fonts (composer->template_), content),
                      .entries = content->n_programme,
                      .style = style };
  g_autoptr (GError) first = NULL;
  for (guint i = template_slot (composer->template_, SLOT_PROGRAMME)->brief ? BRIEF_FROM : 0;
       i < G_N_ELEMENTS (fullness); i++) {
    g_autoptr (GError) why = NULL;
    setting.full = fullness[i];
    if (set_largest (&setting, &why))
      return TRUE;
    if (first == NULL)
      first = g_steal_pointer (&why);
    if (!g_error_matches (first, BADGE_ERROR, BADGE_ERROR_FIT))
      break;
  }
  while (!composer->all && g_error_matches (first, BADGE_ERROR, BADGE_ERROR_FIT)
         && setting.entries > 1) {
    setting.entries--;
    if (set_largest (&setting, NULL))
      return TRUE;
  }
  g_propagate_error (error, g_steal_pointer (&first));
  return FALSE;
}
