#include "counts/report_facts.h"

#include "core/words.h"
#include "core/json.h"
#include "journal/query.h"

#include <string.h>

/* The order of arrival needs no sorting, however many there are. */
#define SEEN "(:protocol OR NOT ifnull (d.protocol, 0))"
#define PERSON_OF(reference)                                                                       \
  "iif (" SEEN ", " reference ", ''), iif (" SEEN ", ifnull (d.family, ''), ''), iif (" SEEN       \
  ", ifnull (d.given, ''), ''), iif (" SEEN ", ifnull (d.name_zh, ''), ''), "                      \
  "ifnull (d.organisation_fr, ''), ifnull (d.organisation_zh, ''), ifnull (d.category, ''), "      \
  "ifnull (d.delegation, ''), ifnull (d.country, '')"

static const char PASSAGES[]
    = "SELECT f.number, p.at, p.day, p.checkpoint, ifnull (c.fr, ''), ifnull (c.zh, ''), "
      "p.direction, p.verdict, p.code, " PERSON_OF (
          "p.reference") ", p.station, p.volunteer, p.reason FROM fact f CROSS JOIN passage p ON "
                         "p.station = f.station AND p.seq = f.seq LEFT JOIN delegate d ON "
                         "d.reference = p.reference LEFT JOIN checkpoint c ON c.id = p.checkpoint "
                         "WHERE f.number > :after AND f.kind = 'passage' AND (:day IS NULL OR "
                         "p.day = :day) AND (:checkpoint IS NULL OR p.checkpoint = :checkpoint) "
                         "ORDER BY f.number LIMIT :limit";
static const char BADGES[] = "SELECT f.number, b.at, b.serial, b.reason, " PERSON_OF (
    "b.reference") ", b.issuer, b.volunteer, ifnull (v.at, 0), ifnull (v.reason, ''), ifnull "
                   "(j.state, ''), ifnull (j.printer, ''), ifnull (j.at, 0), b.print FROM "
                   "fact f CROSS JOIN badge b ON b.issuer = f.station AND b.seq = f.seq LEFT "
                   "JOIN delegate d ON d.reference = b.reference LEFT JOIN badge_void v ON "
                   "v.reference = b.reference AND v.serial = b.serial AND v.issuer = "
                   "b.issuer LEFT JOIN print_job j ON j.job = (SELECT job FROM print_job k "
                   "WHERE k.reference = b.reference AND k.serial = b.serial AND k.issuer = "
                   "b.issuer ORDER BY k.at DESC, k.station DESC, k.seq DESC LIMIT 1) WHERE "
                   "f.number > :after AND f.kind = 'badge-issued' ORDER BY f.number LIMIT "
                   ":limit";

/* Each person's last answer to each question. */
static const char ANSWERS[] = "SELECT f.number, a.at, " PERSON_OF (
    "a.reference") ", a.question, ifnull (q.fr, ''), ifnull (q.zh, ''), a.answer, a.station, "
                   "a.volunteer FROM fact f CROSS JOIN answer a ON a.station = f.station AND a.seq "
                   "= f.seq LEFT JOIN delegate d ON d.reference = a.reference LEFT JOIN question q "
                   "ON q.id = a.question WHERE f.number > :after AND f.kind = 'answer' ORDER BY "
                   "f.number LIMIT :limit";

/* The columns of PERSON_OF(). */
/* clang-format off */
#define PERSON_COLUMNS \
  { "reference", NC_ ("column", "Reference"), TABLE_TEXT, 14 }, \
  { "family", NC_ ("column", "Family name"), TABLE_TEXT, 18 }, \
  { "given", NC_ ("column", "Given name"), TABLE_TEXT, 18 }, \
  { "name_zh", NC_ ("column", "Chinese name"), TABLE_TEXT, 12 }, \
  { "organisation_fr", NC_ ("column", "Organisation"), TABLE_TEXT, 28 }, \
  { "organisation_zh", NC_ ("column", "Organisation ({language})"), TABLE_TEXT, 22 }, \
  { "category", NC_ ("column", "Category"), TABLE_TEXT, 14 }, \
  { "delegation", NC_ ("column", "Delegation"), TABLE_TEXT, 24 }, \
  { "country", NC_ ("column", "Country"), TABLE_TEXT, 7 }
/* clang-format on */

static const TableColumn PASSAGE_COLUMNS[] = {
  { "number", NC_ ("column", "No."), TABLE_NUMBER, 9 },
  { "at", NC_ ("column", "Time"), TABLE_TIME, 20 },
  { "day", NC_ ("column", "Day"), TABLE_TEXT, 11 },
  { "checkpoint", NC_ ("column", "Checkpoint"), TABLE_TEXT, 16 },
  { "checkpoint_fr", NC_ ("column", "Place"), TABLE_TEXT, 20 },
  { "checkpoint_zh", NC_ ("column", "Place ({language})"), TABLE_TEXT, 14 },
  { "direction", NC_ ("column", "Direction"), TABLE_TEXT, 7 },
  { "verdict", NC_ ("column", "Verdict"), TABLE_TEXT, 14 },
  { "code", NC_ ("column", "Code shown"), TABLE_TEXT, 9 },
  PERSON_COLUMNS,
  { "station", NC_ ("column", "Station"), TABLE_TEXT, 14 },
  { "volunteer", NC_ ("column", "Volunteer"), TABLE_TEXT, 14 },
  { "reason", NC_ ("column", "Reason"), TABLE_TEXT, 20 },
};

static const TableColumn BADGE_COLUMNS[] = {
  { "number", NC_ ("column", "No."), TABLE_NUMBER, 9 },
  { "at", NC_ ("column", "Issued at"), TABLE_TIME, 20 },
  { "serial", NC_ ("column", "Serial"), TABLE_NUMBER, 7 },
  { "reason", NC_ ("column", "Reason"), TABLE_TEXT, 12 },
  PERSON_COLUMNS,
  { "station", NC_ ("column", "Station"), TABLE_TEXT, 14 },
  { "volunteer", NC_ ("column", "Volunteer"), TABLE_TEXT, 14 },
  { "void_at", NC_ ("column", "Void since"), TABLE_TIME, 20 },
  { "void_reason", NC_ ("column", "Why void"), TABLE_TEXT, 18 },
  { "print", NC_ ("column", "Printing"), TABLE_TEXT, 10 },
  { "printer", NC_ ("column", "Printer"), TABLE_TEXT, 16 },
  { "print_at", NC_ ("column", "Printed at"), TABLE_TIME, 20 },
  { "queued", NC_ ("column", "To be printed"), TABLE_YES_NO, 9 },
};

static const TableColumn ANSWER_COLUMNS[] = {
  { "number", NC_ ("column", "No."), TABLE_NUMBER, 9 },
  { "at", NC_ ("column", "Time"), TABLE_TIME, 20 },
  PERSON_COLUMNS,
  { "question", NC_ ("column", "Question"), TABLE_TEXT, 14 },
  { "question_fr", NC_ ("column", "What is asked"), TABLE_TEXT, 30 },
  { "question_zh", NC_ ("column", "What is asked ({language})"), TABLE_TEXT, 24 },
  { "answer", NC_ ("column", "Answer"), TABLE_TEXT, 14 },
  { "station", NC_ ("column", "Station"), TABLE_TEXT, 14 },
  { "volunteer", NC_ ("column", "Volunteer"), TABLE_TEXT, 14 },
};

static TableValue value_of (Query *query, const TableColumn *column, int number)
{
  switch (column->kind) {
  case TABLE_TEXT:
    return (TableValue){ .text = query_text (query, number) };
  case TABLE_TIME:
    return (TableValue){ .number = clock_hybrid_ms ((HybridTime) query_int (query, number)) };
  case TABLE_NUMBER:
  case TABLE_YES_NO:
    break;
  }
  return (TableValue){ .number = query_int (query, number) };
}

/* The columns of @query are those of the table, in their order. */
static gboolean put_rows (ReportRun *run, Query *query, const TableColumn *columns, guint count,
                          GError **error)
{
  TableValue values[REPORT_COLUMNS_MAX];
  query_bind_int (query, ":protocol", run->query->protocol);
  query_bind_int (query, ":after", 0);
  query_bind_int (query, ":limit", -1);
  while (query_next (query)) {
    for (guint i = 0; i < count; i++)
      values[i] = value_of (query, &columns[i], (int) i);
    if (!report_run_put (run, values, error)) {
      query_end (query, NULL);
      return FALSE;
    }
  }
  return query_end (query, error);
}

static gboolean put_passages (ReportRun *run, GError **error)
{
  Query *query = journal_query (run->journal, PASSAGES, error);
  if (query == NULL)
    return FALSE;
  query_bind_text (query, ":day", run->filter.day);
  query_bind_text (query, ":checkpoint", run->query->checkpoint);
  return put_rows (run, query, PASSAGE_COLUMNS, G_N_ELEMENTS (PASSAGE_COLUMNS), error);
}

static gboolean put_badges (ReportRun *run, GError **error)
{
  Query *query = journal_query (run->journal, BADGES, error);
  return query != NULL && put_rows (run, query, BADGE_COLUMNS, G_N_ELEMENTS (BADGE_COLUMNS), error);
}

const ReportTable report_facts_passages = { "passages",      NC_ ("report", "Passages"),
                                            PASSAGE_COLUMNS, G_N_ELEMENTS (PASSAGE_COLUMNS),
                                            G_MAXUINT64,     put_passages };
const ReportTable report_facts_badges = { "badges",      NC_ ("report", "Badges"),
                                          BADGE_COLUMNS, G_N_ELEMENTS (BADGE_COLUMNS),
                                          G_MAXUINT64,   put_badges };

static gboolean put_answers (ReportRun *run, GError **error)
{
  Query *query = journal_query (run->journal, ANSWERS, error);
  return query != NULL
         && put_rows (run, query, ANSWER_COLUMNS, G_N_ELEMENTS (ANSWER_COLUMNS), error);
}

const ReportTable report_facts_answers = { "answers",      NC_ ("report", "Answers"),
                                           ANSWER_COLUMNS, G_N_ELEMENTS (ANSWER_COLUMNS),
                                           G_MAXUINT64,    put_answers };

/* A page by cursor ------------------------------------------------------------------- */

static void put_passage (JsonOut *out, Query *query)
{
  json_out_begin_object (out, NULL);
  for (int i = 0; i < (int) G_N_ELEMENTS (PASSAGE_COLUMNS); i++) {
    const char *key = PASSAGE_COLUMNS[i].key;
    if (strcmp (key, "family") == 0 || strcmp (key, "given") == 0 || strcmp (key, "name_zh") == 0
        || strcmp (key, "volunteer") == 0 || strcmp (key, "reason") == 0)
      continue;
    TableValue value = value_of (query, &PASSAGE_COLUMNS[i], i);
    if (PASSAGE_COLUMNS[i].kind == TABLE_TEXT)
      json_out_string (out, key, value.text);
    else
      json_out_int (out, PASSAGE_COLUMNS[i].kind == TABLE_TIME ? "at_ms" : key, value.number);
  }
  json_out_end_object (out);
}

char *report_facts_page (Journal *journal, gint64 after, guint limit, const char *checkpoint,
                         gboolean protocol, GError **error)
{
  if (!journal_view_begin (journal, error))
    return NULL;
  gint64 last = journal_last_number (journal, error), next = after;
  Query *query = journal_query (journal, PASSAGES, error);
  g_autoptr (JsonOut) out = json_out_new ();
  guint count = 0;
  json_out_begin_object (out, NULL);
  json_out_begin_array (out, "passages");
  if (query != NULL) {
    query_bind_int (query, ":after", after);
    query_bind_int (query, ":limit", limit);
    query_bind_int (query, ":protocol", protocol);
    query_bind_text (query, ":day", NULL);
    query_bind_text (query, ":checkpoint", checkpoint);
    for (; query_next (query); count++) {
      next = query_int (query, 0);
      put_passage (out, query);
    }
  }
  gboolean good = query != NULL && query_end (query, error);
  journal_view_end (journal);
  json_out_end_array (out);
  json_out_int (out, "next", count < limit ? MAX (last, after) : next);
  json_out_bool (out, "more", count == limit);
  json_out_end_object (out);
  return good ? json_out_finish (g_steal_pointer (&out)) : NULL;
}
