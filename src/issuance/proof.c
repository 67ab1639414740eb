#include "issuance/proof.h"

#include "badge/badge_contact.h"
#include "core/lock.h"
#include "core/han_name.h"
#include "core/pinyin.h"
#include "core/text.h"
#include "core/words.h"
#include "camera/qr_finder.h"
#include "issuance/batch_order.h"
#include "issuance/render_pool.h"

#include <string.h>

G_DEFINE_QUARK (proof - error - quark, proof_error)

typedef struct {
  const ProofOptions *options;
  Lock lock;
  GArray *findings; /* ProofFinding, by number */
} Proof;

static void finding_clear (gpointer data)
{
  ProofFinding *finding = data;

  g_free (finding->reference);
  g_free (finding->fault);
  g_free (finding->rare);
  g_free (finding->split);
  g_free (finding->unasked);
}

/* Names ------------------------------------------------------------------------------ */

/* Not in GB 2312, the set of 1980 that every Chinese font has; nor, of other scripts, in
 * Latin-9 or a mark that French writes. */
static gboolean is_rare (gunichar c)
{
  char text[8] = { 0 };

  if (!text_is_han (c))
    return c > 0xff && !g_unichar_ispunct (c) && c != 0x152 && c != 0x153 && c != 0x178;
  g_unichar_to_utf8 (c, text);
  g_autofree char *known = g_convert (text, -1, "GB2312", "UTF-8", NULL, NULL, NULL);
  return known == NULL;
}

static char *rare_of (const BadgeContent *content)
{
  const char *const texts[] = { content->name_zh, content->family, content->given };
  g_autoptr (GString) rare = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    for (const char *p = texts[i]; *p != '\0'; p = text_next (p))
      if (is_rare (g_utf8_get_char (p))
          && g_utf8_strchr (rare->str, -1, g_utf8_get_char (p)) == NULL)
        g_string_append_unichar (rare, g_utf8_get_char (p));
  return g_strdup (rare->str);
}

/* "乐 (le, yue)": the characters of a given name that may be read otherwise than the badge
 * says; "" for none, and where somebody has written another reading than ours. */
static char *split_of (const BadgeContent *content)
{
  g_autofree char *family = NULL, *given = NULL;
  g_autoptr (GString) said = g_string_new (NULL);
  if (!pinyin_of_name (content->name_zh, &family, &given)
      || g_ascii_strcasecmp (given, content->given) != 0)
    return g_strdup ("");
  g_autofree char *split = pinyin_split_characters (content->name_zh);
  for (const char *p = split; *p != '\0'; p = text_next (p)) {
    const char *readings[PINYIN_READINGS_MAX];
    guint known = pinyin_readings (g_utf8_get_char (p), readings);
    g_string_append_printf (said, "%s%.*s (", said->len > 0 ? ", " : "", (int) (text_next (p) - p),
                            p);
    for (guint i = 0; i < known; i++)
      g_string_append_printf (said, "%s%s", i > 0 ? ", " : "", readings[i]);
    g_string_append_c (said, ')');
  }
  return g_strdup (said->str);
}

/* "扎西次仁", "扎西次仁, Zhaxi Ciren": whose Latin form nobody but she knows, and nobody
 * seems to have asked. */
static char *unasked_of (const BadgeContent *content)
{
  g_autofree char *family = NULL, *given = NULL;
  g_autofree char *written = g_strconcat (content->family, content->given, NULL);
  if (*content->name_zh == '\0'
      || (*written != '\0' && han_name_kind (content->name_zh) == HAN_NAME_CHINESE))
    return g_strdup ("");
  if (*written == '\0')
    return g_strdup (content->name_zh);
  if (!pinyin_divide (content->name_zh, written, &family, &given))
    return g_strdup ("");
  return g_strconcat (content->name_zh, ", ", content->family, *content->given != '\0' ? " " : "",
                      content->given, NULL);
}

static guint length_of (const BadgeContent *content)
{
  const char *const texts[]
      = { content->name_zh,        content->family,      content->given,
          content->function_fr,    content->function_zh, content->organisation_fr,
          content->organisation_zh };
  glong length = 0;

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    length += g_utf8_strlen (texts[i], -1);
  return (guint) length;
}

/* The code --------------------------------------------------------------------------- */

/* Rec. 601, in 256ths. */
static guint8 grey_of (guint32 pixel)
{
  return (guint8) ((77 * (pixel >> 16 & 0xff) + 150 * (pixel >> 8 & 0xff) + 29 * (pixel & 0xff))
                   >> 8);
}

/* As a scanner sees it. */
static Frame *frame_of (const BadgeSheet *sheet, gboolean one_bit)
{
  Frame *frame = frame_new (sheet->width_px, sheet->height_px);
  const guint8 *data = g_bytes_get_data (sheet->bytes, NULL);

  for (guint y = 0; y < sheet->height_px; y++) {
    const guint8 *row = data + (gsize) y * sheet->stride;
    guint8 *to = frame->grey + (gsize) y * sheet->width_px;
    for (guint x = 0; x < sheet->width_px; x++) {
      guint32 pixel = 0;
      if (!one_bit)
        memcpy (&pixel, row + 4 * (gsize) x, sizeof pixel);
      to[x] = one_bit ? (row[x / 8] & 0x80 >> x % 8 ? 0 : 255) : grey_of (pixel);
    }
  }
  return frame;
}

static gboolean can_be_read (const BadgeSheet *sheet, gboolean one_bit, const char *code)
{
  g_autoptr (Frame) frame = frame_of (sheet, one_bit);
  g_autoptr (QrFinder) finder = qr_finder_new ();
  const GPtrArray *codes = qr_finder_search (finder, frame);

  for (guint i = 0; i < codes->len; i++)
    if (strcmp (((const QrFinderCode *) g_ptr_array_index (codes, i))->text, code) == 0)
      return TRUE;
  return FALSE;
}

/* One badge -------------------------------------------------------------------------- */

static BadgeSheet *draw (const Proof *proof, BadgeTemplate *template_, const BadgeContent *content,
                         BadgeSides side, GError **error)
{
  return proof->options->one_bit
             ? badge_bits (template_, content, side, proof->options->dpi, error)
             : badge_raster (template_, content, side, proof->options->dpi, error);
}

/* What is wrong with it, NULL for nothing. */
static char *fault_of (const Proof *proof, BadgeTemplate *template_, const BadgeContent *content,
                       double *name_pt)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BadgeSheet) front = draw (proof, template_, content, BADGE_FRONT, &error);

  if (front == NULL || !badge_contact_name_pt (template_, content, name_pt, &error))
    return g_strdup (error->message);
  if (!can_be_read (front, proof->options->one_bit, content->code))
    return g_strdup_printf (_ ("The code cannot be read at %u dots an inch. Enlarge the slot “qr” "
                               "of the template, or print at a higher resolution."),
                            proof->options->dpi);
  if (!badge_has_back (template_))
    return NULL;
  g_autoptr (BadgeSheet) back = draw (proof, template_, content, BADGE_BACK, &error);
  return back == NULL ? g_strdup_printf (_ ("On the back: %s"), error->message) : NULL;
}

static gboolean try_one (BadgeTemplate *template_, guint number, const BadgeDataText *text,
                         gpointer data)
{
  Proof *proof = data;
  const BadgeContent *content = badge_data_text_content (text);
  double name_pt = 0;
  char *fault = fault_of (proof, template_, content, &name_pt), *rare = rare_of (content),
       *split = split_of (content), *unasked = unasked_of (content);
  guint length = length_of (content);

  lock_take (&proof->lock);
  ProofFinding *finding = &g_array_index (proof->findings, ProofFinding, number - 1);
  finding->fault = fault;
  finding->rare = rare;
  finding->split = split;
  finding->unasked = unasked;
  finding->name_pt = fault != NULL ? 0 : name_pt;
  finding->length = length;
  lock_give (&proof->lock);
  return TRUE;
}

/* All -------------------------------------------------------------------------------- */

static void add_finding (GArray *findings, const char *reference)
{
  ProofFinding finding = { .reference = g_strdup (reference) };
  g_array_append_val (findings, finding);
}

/* Everybody to be tried, in the order of their references. */
static gboolean choose (Journal *journal, const ProofOptions *options, GArray *findings,
                        GError **error)
{
  if (options->references != NULL)
    for (guint i = 0; options->references[i] != NULL; i++)
      add_finding (findings, options->references[i]);
  else {
    g_autoptr (GArray) places = batch_order (journal, BATCH_BY_REFERENCE, error);
    if (places == NULL)
      return FALSE;
    for (guint i = 0; i < places->len; i++)
      add_finding (findings, g_array_index (places, BatchPlace, i).reference);
  }
  if (findings->len > 0)
    return TRUE;
  g_set_error (error, PROOF_ERROR, PROOF_ERROR_NOBODY, "%s",
               _ ("Nobody is registered: there is no badge to try. Import a list first."));
  return FALSE;
}

static gboolean is_stopped (const ProofOptions *options, GError **error)
{
  if (options->stop == NULL || !g_atomic_int_get (options->stop))
    return FALSE;
  g_set_error (error, PROOF_ERROR, PROOF_ERROR_STOPPED, "%s",
               _ ("Stopped before all badges were tried."));
  return TRUE;
}

static BadgeDataText *trial (Journal *journal, BadgeData *source, const char *reference,
                             GError **error)
{
  GError *cause = NULL;
  Delegate *delegate = delegate_load (journal, reference, &cause);

  if (delegate != NULL)
    return badge_data_text_trial (source, delegate, error);
  if (cause == NULL)
    g_set_error (&cause, PROOF_ERROR, PROOF_ERROR_NOBODY,
                 _ ("Cannot try a badge: nobody is registered as %s"), reference);
  g_propagate_error (error, cause);
  return NULL;
}

static gboolean try_all (Journal *journal, Proof *proof, BadgeData *source,
                         JournalProgress progress, gpointer data, GError **error)
{
  GArray *findings = proof->findings;
  g_autoptr (RenderPool) pool = render_pool_start (proof->options->template_,
                                                   proof->options->threads, try_one, proof, error);

  for (guint i = 0; pool != NULL && i < findings->len; i++) {
    if (is_stopped (proof->options, error))
      return FALSE;
    BadgeDataText *text
        = trial (journal, source, g_array_index (findings, ProofFinding, i).reference, error);
    if (text == NULL)
      return FALSE;
    render_pool_add (pool, text);
    if (progress != NULL)
      progress (MIN (render_pool_done (pool), findings->len - 1), findings->len, data);
  }
  return pool != NULL && render_pool_finish (pool, FALSE);
}

static int by_trouble (gconstpointer a, gconstpointer b)
{
  const ProofFinding *one = a, *other = b;

  if ((one->fault != NULL) != (other->fault != NULL))
    return one->fault != NULL ? -1 : 1;
  if ((one->rare[0] != '\0') != (other->rare[0] != '\0'))
    return one->rare[0] != '\0' ? -1 : 1;
  if (one->name_pt < other->name_pt || one->name_pt > other->name_pt)
    return one->name_pt < other->name_pt ? -1 : 1;
  if (one->length != other->length)
    return one->length > other->length ? -1 : 1;
  return strcmp (one->reference, other->reference);
}

GArray *proof_run (Journal *journal, const ProofOptions *options, JournalProgress progress,
                   gpointer data, GError **error)
{
  g_autoptr (GArray) findings = g_array_new (FALSE, FALSE, sizeof (ProofFinding));
  Proof proof = { .options = options, .findings = findings };

  g_array_set_clear_func (findings, finding_clear);
  g_autoptr (BadgeData) source = badge_data_open (journal, error);
  if (source == NULL || !choose (journal, options, findings, error))
    return NULL;
  lock_init (&proof.lock);
  gboolean good = try_all (journal, &proof, source, progress, data, error);
  lock_clear (&proof.lock);
  if (progress != NULL)
    progress (findings->len, findings->len, data); /* wipes the line */
  if (!good)
    return NULL;
  g_array_sort (findings, by_trouble);
  return g_steal_pointer (&findings);
}

guint proof_faults (const GArray *findings)
{
  guint faults = 0;

  for (guint i = 0; i < findings->len; i++)
    faults += g_array_index (findings, ProofFinding, i).fault != NULL;
  return faults;
}

/* The sheet -------------------------------------------------------------------------- */

static char *note_of (const ProofFinding *finding)
{
  if (finding->fault != NULL)
    return g_strdup ("");
  return g_strdup_printf ("%.3g pt%s%s", finding->name_pt, finding->rare[0] != '\0' ? " · " : "",
                          finding->rare);
}

static gboolean add_badge (Journal *journal, BadgeData *source, BadgeContact *contact,
                           BadgeTemplate *template_, const ProofFinding *finding, GError **error)
{
  g_autoptr (BadgeDataText) text = trial (journal, source, finding->reference, error);
  g_autofree char *note = note_of (finding);

  return text != NULL
         && badge_contact_add (contact, template_, badge_data_text_content (text),
                               finding->reference, note, finding->fault, error);
}

gboolean proof_sheet (Journal *journal, const ProofOptions *options, const GArray *findings,
                      const char *path, JournalProgress progress, gpointer data, GError **error)
{
  g_autoptr (BadgeData) source = badge_data_open (journal, error);
  g_autoptr (BadgeTemplate) template_
      = source != NULL ? badge_template_load (options->template_, error) : NULL;
  if (template_ == NULL)
    return FALSE;
  g_autofree char *title
      = g_strdup_printf (_ ("%s · %u badges, the troublesome first; cannot be printed: %u"),
                         badge_data_programme (source)->fr, findings->len, proof_faults (findings));
  g_autoptr (BadgeContact) contact = badge_contact_new (path, badge_width_mm (template_),
                                                        badge_height_mm (template_), title, error);
  gboolean good = contact != NULL;

  for (guint i = 0; good && i < findings->len; i++) {
    good = !is_stopped (options, error)
           && add_badge (journal, source, contact, template_,
                         &g_array_index (findings, ProofFinding, i), error);
    if (progress != NULL)
      progress (MIN (i, findings->len - 1), findings->len, data);
  }
  good = good && badge_contact_finish (contact, error);
  if (progress != NULL)
    progress (findings->len, findings->len, data);
  g_clear_pointer (&contact, badge_contact_free); /* before its template */
  return good;
}
