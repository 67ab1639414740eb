#include "roster/notice.h"

#include "journal/query.h"
#include "roster/retention.h"
#include "vocabulary/dates.h"

#include <string.h>

/* What may be asked of a delegate, as the columns of `delegate` hold it, and how it is
 * called (the headings of columns). */
#define FIELD(condition) "SELECT EXISTS (SELECT 1 FROM delegate WHERE " condition ")"
static const struct {
  const char *label, *sql;
} FIELDS[] = {
  { NC_ ("column", "Form of address"), FIELD ("title <> ''") },
  { NC_ ("column", "Given name"), FIELD ("given <> ''") },
  { NC_ ("column", "Family name"), FIELD ("family <> ''") },
  { NC_ ("column", "Chinese name"), FIELD ("name_zh <> ''") },
  { NC_ ("column", "Function"), FIELD ("function_fr <> '' OR function_zh <> ''") },
  { NC_ ("column", "Organisation"), FIELD ("organisation_fr <> '' OR organisation_zh <> ''") },
  { NC_ ("column", "Category"), FIELD ("category <> ''") },
  { NC_ ("column", "Delegation"), FIELD ("delegation <> ''") },
  { NC_ ("column", "Country"), FIELD ("country <> ''") },
  { NC_ ("column", "E-mail"), FIELD ("email <> ''") },
  { NC_ ("column", "Telephone"), FIELD ("telephone <> ''") },
  { NC_ ("column", "Events"), FIELD ("events <> '[]'") },
  { NC_ ("column", "Days"), FIELD ("days <> '[]'") },
  { NC_ ("column", "Workshops"), FIELD ("workshops <> '[]'") },
  { NC_ ("column", "Role"), FIELD ("role <> ''") },
  { NC_ ("column", "Meals"), FIELD ("meals") },
  { NC_ ("column", "Transport"), FIELD ("transport") },
  { NC_ ("column", "Headset"), FIELD ("headset") },
  { NC_ ("column", "Hotel"), FIELD ("hotel <> ''") },
  { NC_ ("column", "Text at the scan"), FIELD ("message <> ''") },
  { NC_ ("column", "Language"), FIELD ("language <> ''") },
  { NC_ ("column", "Protocol"), FIELD ("protocol") },
};

static const char NOTES[] = "SELECT EXISTS (SELECT 1 FROM note WHERE text <> '')";
static const char NAMES[] = "SELECT fr, zh FROM congress WHERE id = 'congress' AND NOT removed";

static const char *in_language (NoticeLanguage language, const char *text)
{
  return language == NOTICE_ENGLISH ? text : words_for ((WordsSide) language, text);
}

const char *notice_tag (NoticeLanguage language)
{
  return language == NOTICE_ENGLISH ? "en" : words_tag ((WordsSide) language);
}

void notice_free (Notice *notice)
{
  if (notice == NULL)
    return;
  for (guint i = 0; i < NOTICE_LANGUAGES; i++) {
    g_free (notice->title[i]);
    g_clear_pointer (&notice->paragraphs[i], g_ptr_array_unref);
  }
  g_free (notice);
}

/* Reading ---------------------------------------------------------------------------- */

typedef struct {
  char *congress[2];
  gboolean held[G_N_ELEMENTS (FIELDS)];
  gboolean notes;
  Retention *retention;
} Held;

static void held_clear (Held *held)
{
  g_free (held->congress[0]);
  g_free (held->congress[1]);
  retention_free (held->retention);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Held, held_clear)

static gboolean read_names (Journal *journal, Held *held, GError **error)
{
  Query *query = journal_query (journal, NAMES, error);
  if (query == NULL)
    return FALSE;
  gboolean found = query_next (query);
  for (int i = 0; i < 2; i++)
    held->congress[i] = g_strdup (found ? query_text (query, i) : "");
  return query_end (query, error);
}

static gboolean read_flag (Journal *journal, const char *sql, gboolean *flag, GError **error)
{
  Query *query = journal_query (journal, sql, error);
  if (query == NULL)
    return FALSE;
  *flag = query_next (query) && query_int (query, 0) != 0;
  return query_end (query, error);
}

static gboolean read_held (Journal *journal, Held *held, GError **error)
{
  if (!read_names (journal, held, error) || !read_flag (journal, NOTES, &held->notes, error))
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (FIELDS); i++)
    if (!read_flag (journal, FIELDS[i].sql, &held->held[i], error))
      return FALSE;
  held->retention = retention_read (journal, error);
  return held->retention != NULL;
}

/* Writing ---------------------------------------------------------------------------- */

static void add (Notice *notice, NoticeLanguage language, char *paragraph)
{
  g_ptr_array_add (notice->paragraphs[language], paragraph);
}

static const char *name_of (const Held *held, NoticeLanguage language)
{
  return held->congress[language == NOTICE_SECOND ? 1 : 0];
}

static char *fields_of (const Held *held, NoticeLanguage language)
{
  g_autoptr (GString) text = g_string_new (NULL);
  for (guint i = 0; i < G_N_ELEMENTS (FIELDS); i++) {
    const char *label = language == NOTICE_ENGLISH
                            ? FIELDS[i].label
                            : words_for_in ((WordsSide) language, "column", FIELDS[i].label);
    if (held->held[i])
      g_string_append_printf (text, "%s%s", text->len > 0 ? " · " : "", label);
  }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static char *date_in (NoticeLanguage language, const char *iso)
{
  char *texts[NOTICE_LANGUAGES] = { NULL, NULL, dates_source (iso) };

  dates_figures (iso, &texts[NOTICE_FIRST], &texts[NOTICE_SECOND]);
  for (guint i = 0; i < NOTICE_LANGUAGES; i++)
    if (i != language)
      g_free (texts[i]);
  return texts[language];
}

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"

static void write_all (Notice *notice, NoticeLanguage language, const Held *held)
{
  g_autofree char *fields = fields_of (held, language);
  const Retention *retention = held->retention;
  g_autofree char *date = date_in (language, retention->date);

  notice->title[language]
      = g_strdup_printf (in_language (language, N_ ("Your data at %s")), name_of (held, language));
  if (*fields != '\0')
    add (notice, language,
         g_strdup_printf (in_language (language, N_ ("To let you in and to print your badge, we "
                                                     "keep under your reference: %s.")),
                          fields));
  add (notice, language,
       g_strdup (in_language (language,
                              N_ ("Each time your ticket or your badge is read at a door, we note "
                                  "the place, the time and the answer. So we know how many people "
                                  "are inside, and nobody uses your badge in your place. No camera "
                                  "keeps a picture."))));
  if (held->notes)
    add (notice, language,
         g_strdup (in_language (language, N_ ("The welcome desk may write a note to help you; only "
                                              "the team sees it."))));
  add (notice, language,
       g_strdup (
           in_language (language, N_ ("All of it is on machines of this congress: the central one, "
                                      "those at the doors, and in the organisers' lists."))));
  add (notice, language,
       *retention->date != '\0'
           ? g_strdup_printf (
               in_language (language, N_ ("We keep it until %s; then it is erased on all these "
                                          "machines. What stays are numbers without names.")),
               date)
           : g_strdup (in_language (language, N_ ("No day has been set yet on which it is erased: "
                                                  "ask us."))));
  add (
      notice, language,
      g_strdup (in_language (language, N_ ("You may have a copy of it, have it corrected, and have "
                                           "it erased. You may also complain to the authority that "
                                           "watches over data protection where you live."))));
  add (notice, language,
       *retention->contact != '\0'
           ? g_strdup_printf (in_language (language, N_ ("Ask us: %s, or the welcome desk.")),
                              retention->contact)
           : g_strdup (in_language (language, N_ ("Ask us at the welcome desk."))));
}

#pragma GCC diagnostic pop

/* As write_all() begins and ends. */
const char *notice_brief (const Notice *notice, NoticeLanguage language, guint index)
{
  const GPtrArray *all = notice->paragraphs[language];
  const guint places[NOTICE_BRIEF] = { 0, all->len - 3, all->len - 1 };

  return all->pdata[places[index]];
}

Notice *notice_read (Journal *journal, GError **error)
{
  g_auto (Held) held = { 0 };
  g_autoptr (Notice) notice = g_new0 (Notice, 1);
  if (!read_held (journal, &held, error))
    return NULL;
  for (guint i = 0; i < NOTICE_LANGUAGES; i++) {
    notice->paragraphs[i] = g_ptr_array_new_with_free_func (g_free);
    write_all (notice, (NoticeLanguage) i, &held);
  }
  return g_steal_pointer (&notice);
}

char *notice_text (const Notice *notice, NoticeLanguage language)
{
  g_autoptr (GString) text = g_string_new (notice->title[language]);
  for (guint i = 0; i < notice->paragraphs[language]->len; i++)
    g_string_append_printf (text, "\n\n%s", (char *) notice->paragraphs[language]->pdata[i]);
  return g_string_free (g_steal_pointer (&text), FALSE);
}
