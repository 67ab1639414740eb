#include "issuance/badge_data.h"

#include "congress/logo.h"
#include "core/han_name.h"
#include "core/sign.h"
#include "core/text.h"
#include "core/words.h"
#include "journal/query.h"
#include "congress/programme.h"
#include "issuance/personal_schedule.h"
#include "vocabulary/ribbon.h"
#include "credential/code.h"

#include <string.h>

G_DEFINE_QUARK (badge - data - error - quark, badge_data_error)

/* What a badge shows of a category that the event file does not know. */
#define COLOUR_UNKNOWN "#4a5364"
/* In the symbol of a proof: no code of ours (CODE_PREFIX), so that it opens nothing. */
#define PROOF_CODE "EPREUVE-PROOF "

static const char ISSUERS[] = "SELECT issuer FROM badge WHERE reference = :reference AND serial = "
                              ":serial ORDER BY issuer = :station DESC";

/* Content ---------------------------------------------------------------------------- */

struct _BadgeData {
  gint refs; /* the opener's and one for each text, which borrow its words */
  Journal *journal;
  Programme *programme;
  char *place_fr, *place_zh;
  GPtrArray *events_fr, *events_zh,
      *days;        /* of the whole congress, borrowed from the programme, NULL-terminated */
  GPtrArray *logos; /* Logo, of all events */
  SignSecret *secret, *trial; /* @trial: a key that nobody knows */
  gboolean has_secret;
};

struct _BadgeDataText {
  BadgeData *source;
  Delegate *delegate;
  GPtrArray *appointments; /* Appointment */
  GPtrArray *others;       /* char *: texts of meetings */
  GArray *meetings;        /* PersonalMeeting */
  PersonalSchedule *agenda;
  GArray *event_held, *day_held;
  GArray *logos; /* BadgeLogo */
  char **traits;
  char *code, *label;
  BadgeContent content;
};

static void fill_person (BadgeContent *content, const Delegate *delegate)
{
  content->second_leads = delegate_second_leads (delegate);
  content->family = delegate->family;
  content->given = delegate->given;
  content->name_zh = delegate->name_zh;
  /* The Chinese name of a foreigner is a transliteration and has no surname of its
   * own. */
  content->surname_zh = content->second_leads ? han_name_surname_length (delegate->name_zh) : 0;
  content->function_fr = delegate->function_fr;
  content->function_zh = delegate->function_zh;
  content->organisation_fr = delegate->organisation_fr;
  content->organisation_zh = delegate->organisation_zh;
  content->meals = delegate->meals;
  content->transport = delegate->transport;
  content->headset = delegate->headset;
}

static void fill_category (BadgeContent *content, const Programme *programme,
                           const Delegate *delegate)
{
  const char *category = delegate->category;
  const ProgrammeEntry *entry
      = category[0] != '\0' ? programme_category (programme, category) : NULL;

  content->category_fr
      = entry != NULL ? programme_category_fr (entry, gender_of_title (delegate->title)) : category;
  content->category_zh = entry != NULL ? entry->zh : "";
  content->category_colour
      = entry != NULL && entry->colour[0] != '\0' ? entry->colour : COLOUR_UNKNOWN;
  for (guint i = 0; entry != NULL && i < programme->categories->len; i++)
    if (g_ptr_array_index (programme->categories, i) == entry)
      content->category_order = i;
}

static void fill_ribbon (BadgeContent *content, char **ribbons, gboolean proof)
{
  Pair ribbon = proof ? words_pair_in ("badge", NC_ ("badge", "Proof"))
                      : ribbon_on_badge ((const char *const *) ribbons);

  content->ribbon_fr = ribbon.first;
  content->ribbon_zh = ribbon.second;
}

static void fill_group (BadgeContent *content, const Programme *programme, const Delegate *delegate)
{
  const ProgrammeEntry *entry = delegate->delegation[0] != '\0'
                                    ? programme_delegation (programme, delegate->delegation)
                                    : NULL;
  gboolean own = entry != NULL
                 || (strcmp (delegate->delegation, delegate->organisation_fr) != 0
                     && strcmp (delegate->delegation, delegate->organisation_zh) != 0);
  gboolean han = text_has_han (delegate->delegation);

  /* Where a list names no delegation, the organisation stands for it: not to be said
   * twice. */
  content->delegation_fr = entry != NULL ? entry->fr : own && !han ? delegate->delegation : "";
  content->delegation_zh = entry != NULL ? entry->zh : own && han ? delegate->delegation : "";
}

/* What the whole congress has, and which of it is this person's. */
static void fill_congress (BadgeDataText *text, const BadgeData *source)
{
  const Programme *programme = source->programme;
  BadgeContent *content = &text->content;

  for (guint i = 0; i < programme->events->len; i++) {
    const ProgrammeEntry *event = g_ptr_array_index (programme->events, i);
    gboolean held = g_strv_contains ((const char *const *) text->delegate->events, event->id);
    g_array_append_val (text->event_held, held);
  }
  for (guint i = 0; i < programme->days->len; i++) {
    const Day *day = g_ptr_array_index (programme->days, i);
    gboolean held = g_strv_contains ((const char *const *) text->delegate->days, day->label);
    g_array_append_val (text->day_held, held);
  }
  for (guint i = 0; i < source->logos->len; i++) {
    const Logo *logo = source->logos->pdata[i];
    const BadgeLogo one = { logo->picture, logo->svg };
    if (logo->event[0] == '\0'
        || g_strv_contains ((const char *const *) text->delegate->events, logo->event))
      g_array_append_val (text->logos, one);
  }
  content->logos = text->logos;
  content->congress_fr = programme->fr;
  content->congress_zh = programme->zh;
  content->place_fr = source->place_fr;
  content->place_zh = source->place_zh;
  content->events_fr = (const char *const *) source->events_fr->pdata;
  content->events_zh = (const char *const *) source->events_zh->pdata;
  content->event_held = (const gboolean *) (gpointer) text->event_held->data;
  content->days = (const char *const *) source->days->pdata;
  content->day_held = (const gboolean *) (gpointer) text->day_held->data;
  content->role_fr = personal_schedule_role_fr (text->agenda);
  content->role_zh = personal_schedule_role_zh (text->agenda);
  content->programme = personal_schedule_entries (text->agenda, &content->n_programme);
}

static void add_trait (GStrvBuilder *traits, const char *kind, const char *word)
{
  g_autofree char *trait = g_strdup_printf ("%s:%s", kind, word);

  if (word[0] != '\0')
    g_strv_builder_add (traits, trait);
}

static void add_traits (GStrvBuilder *traits, const char *kind, char **words)
{
  for (guint i = 0; words[i] != NULL; i++)
    add_trait (traits, kind, words[i]);
}

static char **traits_of (const BadgeDataText *text, gboolean proof)
{
  const Delegate *delegate = text->delegate;
  g_autoptr (GStrvBuilder) traits = g_strv_builder_new ();

  add_trait (traits, "category", delegate->category);
  const char *const *roles = personal_schedule_role_words (text->agenda);
  for (guint i = 0; roles[i] != NULL; i++)
    add_trait (traits, "role", roles[i]);
  add_traits (traits, "event", delegate->events);
  add_traits (traits, "day", delegate->days);
  add_trait (traits, "entitlement", delegate->meals ? "meals" : "");
  add_trait (traits, "entitlement", delegate->transport ? "transport" : "");
  add_trait (traits, "entitlement", delegate->headset ? "headset" : "");
  add_traits (traits, "ribbon", delegate->ribbons);
  add_trait (traits, "country", delegate->country);
  add_trait (traits, "script", words_key (text->content.second_leads ? WORDS_SECOND : WORDS_FIRST));
  if (proof)
    g_strv_builder_add (traits, "proof");
  return g_strv_builder_end (traits);
}

/* Code ------------------------------------------------------------------------------- */

/* TRUE if this station issued the badge: only then is its code ours to sign. */
static gboolean is_issued_here (Journal *journal, const char *reference, guint serial,
                                GError **error)
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
    g_set_error (error, BADGE_DATA_ERROR, BADGE_DATA_ERROR_UNKNOWN,
                 _ ("Cannot draw badge %u of %s: no such badge was issued"), serial, reference);
  else if (strcmp (issuer, station) != 0)
    g_set_error (error, BADGE_DATA_ERROR, BADGE_DATA_ERROR_KEY,
                 _ ("Cannot draw badge %u of %s here: station “%s” issued it and alone can "
                    "sign it"),
                 serial, reference, issuer);
  return g_strcmp0 (issuer, station) == 0;
}

static char *badge_code (const BadgeData *source, const char *reference, guint serial,
                         gboolean trial, GError **error)
{
  if (serial == 0)
    return g_strconcat (PROOF_CODE, reference, NULL);
  if (trial || source->has_secret)
    return code_make_badge (trial ? source->trial : source->secret, reference, serial, error);
  g_set_error (error, BADGE_DATA_ERROR, BADGE_DATA_ERROR_KEY,
               _ ("Cannot sign badges: this replica has no key of station “%s” (a snapshot has "
                  "none); “accueil init” and “accueil enrol” make one"),
               journal_station (source->journal));
  return NULL;
}

static char *badge_label (const char *reference, guint serial)
{
  return serial > 0 ? g_strdup_printf ("%s · %u", reference, serial) : g_strdup (reference);
}

/* All that badges share -------------------------------------------------------------- */

static void take_words (BadgeData *source)
{
  const Programme *programme = source->programme;
  guint n = programme->days->len;

  for (guint i = 0; i < programme->events->len; i++) {
    const ProgrammeEntry *event = g_ptr_array_index (programme->events, i);
    g_ptr_array_add (source->events_fr, event->fr);
    g_ptr_array_add (source->events_zh, event->zh);
  }
  for (guint i = 0; i < n; i++)
    g_ptr_array_add (source->days, ((const Day *) g_ptr_array_index (programme->days, i))->label);
  g_ptr_array_add (source->events_fr, NULL);
  g_ptr_array_add (source->events_zh, NULL);
  g_ptr_array_add (source->days, NULL);
  programme_place (programme, &source->place_fr, &source->place_zh);
}

BadgeData *badge_data_open (Journal *journal, GError **error)
{
  g_autoptr (BadgeData) source = g_new0 (BadgeData, 1);
  GError *cause = NULL;

  source->refs = 1;
  source->secret = sign_hold ();
  source->trial = sign_hold ();
  source->journal = journal;
  source->events_fr = g_ptr_array_new ();
  source->events_zh = g_ptr_array_new ();
  source->days = g_ptr_array_new ();
  source->programme = programme_read (journal, error);
  source->logos = source->programme != NULL ? logo_read (journal, NULL, error) : NULL;
  if (source->logos == NULL)
    return NULL;
  g_autofree char *secret = journal_local (journal, JOURNAL_LOCAL_STATION_SECRET, &cause);
  if (cause != NULL) {
    g_propagate_error (error, cause);
    return NULL;
  }
  SignPublic forgotten;
  sign_key_new (&forgotten, source->trial);
  source->has_secret = secret != NULL && sign_secret_from_text (secret, source->secret);
  take_words (source);
  return g_steal_pointer (&source);
}

void badge_data_close (BadgeData *source)
{
  if (source == NULL || !g_atomic_int_dec_and_test (&source->refs))
    return;
  programme_free (source->programme);
  g_clear_pointer (&source->logos, g_ptr_array_unref);
  g_ptr_array_unref (source->events_fr);
  g_ptr_array_unref (source->events_zh);
  g_ptr_array_unref (source->days);
  g_free (source->place_fr);
  g_free (source->place_zh);
  sign_release (source->secret);
  sign_release (source->trial);
  g_free (source);
}

const Programme *badge_data_programme (const BadgeData *source)
{
  return source->programme;
}

void badge_data_text_free (BadgeDataText *text)
{
  if (text == NULL)
    return;
  delegate_free (text->delegate);
  personal_schedule_free (text->agenda);
  g_clear_pointer (&text->meetings, g_array_unref);
  g_clear_pointer (&text->others, g_ptr_array_unref);
  g_clear_pointer (&text->appointments, g_ptr_array_unref);
  g_array_unref (text->event_held);
  g_array_unref (text->day_held);
  g_array_unref (text->logos);
  g_strfreev (text->traits);
  g_free (text->code);
  g_free (text->label);
  badge_data_close (text->source);
  g_free (text);
}

/* What of hers hangs on an hour: nothing is asked for who has nothing. */
static gboolean read_meetings (BadgeDataText *text, Journal *journal, GError **error)
{
  text->meetings = g_array_new (FALSE, FALSE, sizeof (PersonalMeeting));
  text->others = g_ptr_array_new_with_free_func (g_free);
  if (!text->delegate->appointed)
    return TRUE;
  text->appointments = appointment_of_person (journal, text->delegate->reference, error);
  for (guint i = 0; text->appointments != NULL && i < text->appointments->len; i++) {
    PersonalMeeting meeting = { .appointment = text->appointments->pdata[i] };
    OwnedPair others = { NULL, NULL };
    if (!appointment_others (journal, meeting.appointment, &others, error))
      return FALSE;
    g_ptr_array_add (text->others, others.first);
    g_ptr_array_add (text->others, others.second);
    meeting.others = words_of_owned (&others);
    g_array_append_val (text->meetings, meeting);
  }
  return text->appointments != NULL;
}

static BadgeDataText *make_text (BadgeData *source, Delegate *delegate, guint serial,
                                 gboolean trial, GError **error)
{
  g_autoptr (BadgeDataText) text = g_new0 (BadgeDataText, 1);

  g_atomic_int_inc (&source->refs);
  text->source = source;
  text->delegate = delegate;
  text->event_held = g_array_new (FALSE, FALSE, sizeof (gboolean));
  text->day_held = g_array_new (FALSE, FALSE, sizeof (gboolean));
  text->logos = g_array_new (FALSE, FALSE, sizeof (BadgeLogo));
  if (!read_meetings (text, source->journal, error))
    return NULL;
  text->agenda = personal_schedule_new (source->programme, delegate, text->meetings);
  text->code = badge_code (source, delegate->reference, serial, trial, error);
  if (text->code == NULL)
    return NULL;
  text->label = badge_label (delegate->reference, serial);
  text->content.code = text->code;
  text->content.label = text->label;
  fill_person (&text->content, delegate);
  fill_category (&text->content, source->programme, delegate);
  fill_group (&text->content, source->programme, delegate);
  fill_ribbon (&text->content, delegate->ribbons, serial == 0);
  fill_congress (text, source);
  text->traits = traits_of (text, serial == 0);
  text->content.traits = (const char *const *) text->traits;
  return g_steal_pointer (&text);
}

BadgeDataText *badge_data_text (BadgeData *source, Delegate *delegate, guint serial, GError **error)
{
  return make_text (source, delegate, serial, FALSE, error);
}

BadgeDataText *badge_data_text_trial (BadgeData *source, Delegate *delegate, GError **error)
{
  return make_text (source, delegate, 1, TRUE, error);
}

const BadgeContent *badge_data_text_content (const BadgeDataText *text)
{
  return &text->content;
}

const Delegate *badge_data_text_delegate (const BadgeDataText *text)
{
  return text->delegate;
}

BadgeDataText *badge_data_text_issued (Journal *journal, const char *reference, guint serial,
                                       GError **error)
{
  GError *cause = NULL;
  Delegate *delegate = delegate_load (journal, reference, &cause);

  if (delegate == NULL) {
    if (cause == NULL)
      g_set_error (&cause, BADGE_DATA_ERROR, BADGE_DATA_ERROR_UNKNOWN,
                   _ ("Cannot draw a badge: nobody is registered as %s"), reference);
    g_propagate_error (error, cause);
    return NULL;
  }
  g_autoptr (BadgeData) source = NULL;
  if ((serial == 0 || is_issued_here (journal, reference, serial, error)))
    source = badge_data_open (journal, error);
  if (source != NULL)
    return badge_data_text (source, delegate, serial, error);
  delegate_free (delegate);
  return NULL;
}

BadgeSheet *badge_data_badge (Journal *journal, BadgeTemplate *template_, const char *reference,
                              guint serial, BadgeSides sides, BadgeDataFormat format, guint dpi,
                              GError **error)
{
  g_autoptr (BadgeDataText) text = badge_data_text_issued (journal, reference, serial, error);

  if (text == NULL)
    return NULL;
  switch (format) {
  case BADGE_DATA_PNG:
    return badge_png (template_, &text->content, sides, dpi, error);
  case BADGE_DATA_RASTER:
    return badge_raster (template_, &text->content, sides, dpi, error);
  case BADGE_DATA_BITS:
    return badge_bits (template_, &text->content, sides, dpi, error);
  case BADGE_DATA_PDF:
    break;
  }
  return badge_pdf (template_, &text->content, sides, error);
}

char *badge_data_job_name (const char *station, const char *reference, guint serial)
{
  return g_strdup_printf ("accueil-%s-%s-%u", station, reference, serial);
}
