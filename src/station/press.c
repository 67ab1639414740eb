#include "station/press.h"

#include "core/pinyin.h"
#include "core/sign.h"
#include "core/words.h"
#include "journal/query.h"
#include "roster/delegate.h"
#include "roster/programme.h"
#include "ticket/code.h"

#include <string.h>

G_DEFINE_QUARK (press-error-quark, press_error)

/* What a badge shows of a category that the event file does not know. */
#define COLOUR_UNKNOWN "#4a5364"
/* In the symbol of a proof: no code of ours (CODE_PREFIX), so that it opens nothing. */
#define PROOF_CODE "EPREUVE-PROOF "

static const char ISSUERS[] = "SELECT issuer FROM badge WHERE reference = :reference AND serial = :serial ORDER BY issuer = :station DESC";

/* Dates ------------------------------------------------------------------------------------------------------------------------------------------ */

static const char *const MONTHS_FR[] = { "janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre", "décembre" };

typedef struct {
  int year, month, day;
} Date;

static gboolean read_date (const char *iso, Date *date)
{
  GDate checked;

  g_date_clear (&checked, 1);
  g_date_set_parse (&checked, iso);
  if (!g_date_valid (&checked))
    return FALSE;
  *date = (Date){ g_date_get_year (&checked), (int) g_date_get_month (&checked), g_date_get_day (&checked) };
  return TRUE;
}

static char *day_fr (int day)
{
  return day == 1 ? g_strdup ("1er") : g_strdup_printf ("%d", day);
}

/* "26–29 octobre 2016" */
static char *span_fr (const Date *from, const Date *to)
{
  g_autofree char *first = day_fr (from->day), *last = day_fr (to->day);
  const char *month = MONTHS_FR[from->month - 1];

  if (from->year != to->year)
    return g_strdup_printf ("%s %s %d – %s %s %d", first, month, from->year, last, MONTHS_FR[to->month - 1], to->year);
  if (from->month != to->month)
    return g_strdup_printf ("%s %s – %s %s %d", first, month, last, MONTHS_FR[to->month - 1], to->year);
  if (from->day != to->day)
    return g_strdup_printf ("%s–%s %s %d", first, last, month, to->year);
  return g_strdup_printf ("%s %s %d", first, month, to->year);
}

/* "2016年10月26–29日" */
static char *span_zh (const Date *from, const Date *to)
{
  if (from->year != to->year)
    return g_strdup_printf ("%d年%d月%d日–%d年%d月%d日", from->year, from->month, from->day, to->year, to->month, to->day);
  if (from->month != to->month)
    return g_strdup_printf ("%d年%d月%d日–%d月%d日", from->year, from->month, from->day, to->month, to->day);
  if (from->day != to->day)
    return g_strdup_printf ("%d年%d月%d–%d日", from->year, from->month, from->day, to->day);
  return g_strdup_printf ("%d年%d月%d日", from->year, from->month, from->day);
}

void press_place_and_dates (const char *place_fr, const char *place_zh, const char *first_day, const char *last_day, char **fr, char **zh)
{
  Date from, to;
  g_autofree char *dates_fr = NULL, *dates_zh = NULL;

  if (!read_date (first_day, &from) || !read_date (last_day, &to)) {
    *fr = g_strdup (place_fr);
    *zh = g_strdup (place_zh);
    return;
  }
  dates_fr = span_fr (&from, &to);
  dates_zh = span_zh (&from, &to);
  *fr = g_strconcat (place_fr, place_fr[0] != '\0' ? ", " : "", dates_fr, NULL);
  *zh = g_strconcat (place_zh, place_zh[0] != '\0' ? " " : "", dates_zh, NULL);
}

/* Content ---------------------------------------------------------------------------------------------------------------------------------------- */

/* A BadgeContent with what it borrows from. */
typedef struct {
  Delegate *delegate;
  Programme *programme;
  GPtrArray *events_fr, *events_zh, *days;
  GArray *event_held, *day_held;
  char *place_fr, *place_zh, *code, *label;
  BadgeContent content;
} Sheet;

static void sheet_free (Sheet *sheet)
{
  if (sheet == NULL)
    return;
  delegate_free (sheet->delegate);
  programme_free (sheet->programme);
  g_ptr_array_unref (sheet->events_fr);
  g_ptr_array_unref (sheet->events_zh);
  g_ptr_array_unref (sheet->days);
  g_array_unref (sheet->event_held);
  g_array_unref (sheet->day_held);
  g_free (sheet->place_fr);
  g_free (sheet->place_zh);
  g_free (sheet->code);
  g_free (sheet->label);
  g_free (sheet);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Sheet, sheet_free)

static Sheet *sheet_new (void)
{
  Sheet *sheet = g_new0 (Sheet, 1);

  sheet->events_fr = g_ptr_array_new ();
  sheet->events_zh = g_ptr_array_new ();
  sheet->days = g_ptr_array_new ();
  sheet->event_held = g_array_new (FALSE, FALSE, sizeof (gboolean));
  sheet->day_held = g_array_new (FALSE, FALSE, sizeof (gboolean));
  return sheet;
}

static void fill_person (BadgeContent *content, const Delegate *delegate)
{
  content->chinese_first = delegate_leads_in_chinese (delegate);
  content->family = delegate->family;
  content->given = delegate->given;
  content->name_zh = delegate->name_zh;
  /* The Chinese name of a foreigner is a transliteration and has no surname of its own. */
  content->surname_zh = content->chinese_first ? pinyin_surname_length (delegate->name_zh) : 0;
  content->function_fr = delegate->function_fr;
  content->function_zh = delegate->function_zh;
  content->organisation_fr = delegate->organisation_fr;
  content->organisation_zh = delegate->organisation_zh;
  content->meals = delegate->meals;
  content->transport = delegate->transport;
  content->headset = delegate->headset;
}

static void fill_category (BadgeContent *content, const Programme *programme, const char *category)
{
  const ProgrammeEntry *entry = category[0] != '\0' ? programme_category (programme, category) : NULL;

  content->category_fr = entry != NULL ? entry->fr : category;
  content->category_zh = entry != NULL ? entry->zh : "";
  content->category_colour = entry != NULL && entry->colour[0] != '\0' ? entry->colour : COLOUR_UNKNOWN;
}

static void fill_ribbon (BadgeContent *content, char **ribbons, gboolean proof)
{
  static const struct {
    const char *id, *fr, *zh;
  } RIBBONS[] = { { "signatory", "Signataire", "签署方" }, { "candidate", "Candidat au prix", "奖项候选" } };

  content->ribbon_fr = proof ? "Épreuve" : "";
  content->ribbon_zh = proof ? "样张" : "";
  if (proof)
    return;
  for (guint i = 0; i < G_N_ELEMENTS (RIBBONS); i++)
    if (g_strv_contains ((const char *const *) ribbons, RIBBONS[i].id)) {
      content->ribbon_fr = RIBBONS[i].fr;
      content->ribbon_zh = RIBBONS[i].zh;
      return;
    }
}

static void fill_programme (Sheet *sheet)
{
  const Programme *programme = sheet->programme;
  BadgeContent *content = &sheet->content;
  const ProgrammeDay *first = programme->days->len > 0 ? g_ptr_array_index (programme->days, 0) : NULL;
  const ProgrammeDay *last = programme->days->len > 0 ? g_ptr_array_index (programme->days, programme->days->len - 1) : NULL;

  for (guint i = 0; i < programme->events->len; i++) {
    const ProgrammeEntry *event = g_ptr_array_index (programme->events, i);
    gboolean held = g_strv_contains ((const char *const *) sheet->delegate->events, event->id);
    g_ptr_array_add (sheet->events_fr, event->fr);
    g_ptr_array_add (sheet->events_zh, event->zh);
    g_array_append_val (sheet->event_held, held);
  }
  for (guint i = 0; i < programme->days->len; i++) {
    const ProgrammeDay *day = g_ptr_array_index (programme->days, i);
    gboolean held = g_strv_contains ((const char *const *) sheet->delegate->days, day->label);
    g_ptr_array_add (sheet->days, day->label);
    g_array_append_val (sheet->day_held, held);
  }
  g_ptr_array_add (sheet->events_fr, NULL);
  g_ptr_array_add (sheet->events_zh, NULL);
  g_ptr_array_add (sheet->days, NULL);
  press_place_and_dates (programme->place_fr, programme->place_zh, first != NULL ? first->date : "", last != NULL ? last->date : "", &sheet->place_fr, &sheet->place_zh);

  content->congress_fr = programme->fr;
  content->congress_zh = programme->zh;
  content->place_fr = sheet->place_fr;
  content->place_zh = sheet->place_zh;
  content->events_fr = (const char *const *) sheet->events_fr->pdata;
  content->events_zh = (const char *const *) sheet->events_zh->pdata;
  content->event_held = (const gboolean *) (gpointer) sheet->event_held->data;
  content->days = (const char *const *) sheet->days->pdata;
  content->day_held = (const gboolean *) (gpointer) sheet->day_held->data;
}

/* Code ------------------------------------------------------------------------------------------------------------------------------------------- */

/* TRUE if this station issued the badge: only then is its code ours to sign. */
static gboolean is_issued_here (Journal *journal, const char *reference, guint serial, GError **error)
{
  const char *station = journal_station (journal);
  g_autofree char *issuer = NULL;
  Query *query = journal_query (journal, ISSUERS, error);

  if (query == NULL)
    return FALSE;
  query_bind_text (query, ":reference", reference);
  query_bind_int (query, ":serial", serial);
  query_bind_text (query, ":station", station);
  if (query_next (query))
    issuer = g_strdup (query_text (query, 0));
  if (!query_end (query, error))
    return FALSE;
  if (issuer == NULL)
    g_set_error (error, PRESS_ERROR, PRESS_ERROR_UNKNOWN, _("Cannot draw badge %u of %s: no such badge was issued"), serial, reference);
  else if (strcmp (issuer, station) != 0)
    g_set_error (error, PRESS_ERROR, PRESS_ERROR_KEY, _("Cannot draw badge %u of %s here: station “%s” issued it and alone can sign it"), serial, reference, issuer);
  return g_strcmp0 (issuer, station) == 0;
}

static char *badge_code (Journal *journal, const char *reference, guint serial, GError **error)
{
  g_autofree char *text = NULL;
  char *code;
  SignSecret secret;

  if (serial == 0)
    return g_strconcat (PROOF_CODE, reference, NULL);
  if (!is_issued_here (journal, reference, serial, error))
    return NULL;
  text = journal_local (journal, JOURNAL_LOCAL_STATION_SECRET, error);
  if (text == NULL || !sign_secret_from_text (text, &secret)) {
    if (error != NULL && *error == NULL)
      g_set_error (error, PRESS_ERROR, PRESS_ERROR_KEY, _("Cannot sign badges: this replica has no key of station “%s” (a snapshot has none); “accueil init” and “accueil enrol” make one"),
                   journal_station (journal));
    return NULL;
  }
  code = code_make_badge (&secret, reference, serial, error);
  sign_wipe (&secret);
  return code;
}

static char *badge_label (const char *reference, guint serial)
{
  return serial > 0 ? g_strdup_printf ("%s · %u", reference, serial) : g_strdup (reference);
}

/* The badge -------------------------------------------------------------------------------------------------------------------------------------- */

GBytes *press_badge (Journal *journal, BadgeTemplate *template_, const char *reference, guint serial, PressFormat format, guint dpi, GError **error)
{
  g_autoptr (Sheet) sheet = sheet_new ();
  GError *cause = NULL;

  sheet->delegate = delegate_load (journal, reference, &cause);
  if (sheet->delegate == NULL) {
    if (cause == NULL)
      g_set_error (&cause, PRESS_ERROR, PRESS_ERROR_UNKNOWN, _("Cannot draw a badge: nobody is registered as %s"), reference);
    g_propagate_error (error, cause);
    return NULL;
  }
  sheet->programme = programme_read (journal, error);
  if (sheet->programme == NULL)
    return NULL;
  sheet->code = badge_code (journal, reference, serial, error);
  if (sheet->code == NULL)
    return NULL;
  sheet->label = badge_label (reference, serial);
  sheet->content.code = sheet->code;
  sheet->content.label = sheet->label;
  fill_person (&sheet->content, sheet->delegate);
  fill_category (&sheet->content, sheet->programme, sheet->delegate->category);
  fill_ribbon (&sheet->content, sheet->delegate->ribbons, serial == 0);
  fill_programme (sheet);
  g_autoptr (BadgeSheet) drawn = format == PRESS_PNG ? badge_png (template_, &sheet->content, BADGE_FRONT, dpi, error) : badge_pdf (template_, &sheet->content, BADGE_FRONT, error);
  return drawn != NULL ? g_bytes_ref (drawn->bytes) : NULL;
}

char *press_job_name (const char *station, const char *reference, guint serial)
{
  return g_strdup_printf ("accueil-%s-%s-%u", station, reference, serial);
}
