#include "credential/issue.h"

#include "core/text.h"
#include "core/words.h"
#include "journal/query.h"
#include "credential/code.h"

/* Badges that facts speak of. A passage says so of a badge whose issue has not arrived: a
 * station's key has signed it. */
#define HEARD                                                                                      \
  "SELECT serial, issuer FROM badge WHERE reference = :reference "                                 \
  "UNION SELECT serial, issuer FROM passage WHERE reference = :reference AND code = 'badge'"

/* Before the serials, a row 0 with what a badge would say now. */
static const char SERIALS[]
    = "SELECT 0, prints FROM delegate_prints WHERE reference = :reference UNION "
      "SELECT serial, '' FROM (" HEARD ") UNION "
      "SELECT serial, '' FROM badge_void WHERE reference = :reference ORDER BY 1";
static const char NOT_VOID[]
    = "SELECT h.serial, h.issuer FROM (" HEARD ") h WHERE NOT EXISTS"
      " (SELECT 1 FROM badge_void v WHERE v.reference = :reference AND v.serial = h.serial AND "
      "v.issuer = h.issuer) ORDER BY h.serial, h.issuer";

G_DEFINE_QUARK (issue - error - quark, issue_error)

typedef struct {
  guint serial;
  char *issuer;
} Heard;

static void heard_clear (gpointer data)
{
  g_free (((Heard *) data)->issuer);
}

static void write_why (JsonOut *body, const IssueWhy *why)
{
  json_out_string (body, "reason", why->reason);
  json_out_string_if (body, "volunteer", why->volunteer);
  json_out_string_if (body, "text", why->text);
}

gboolean issue_void_one (Journal *journal, const char *reference, guint serial, const char *issuer,
                         const IssueWhy *why, GError **error)
{
  JsonOut *body = json_out_new ();
  json_out_begin_object (body, NULL);
  json_out_string (body, "issuer", issuer);
  json_out_int (body, "serial", serial);
  write_why (body, why);
  json_out_end_object (body);
  g_autofree char *text = json_out_finish (body);
  return journal_append (journal, "badge-void", reference, text, NULL, error);
}

/* A gate makes void what it has issued itself; of another's badge the higher serial of
 * the new one says as much. */
static gboolean void_if_allowed (Journal *journal, const char *reference, const Heard *heard,
                                 const IssueWhy *why, GError **error)
{
  GError *cause = NULL;
  if (issue_void_one (journal, reference, heard->serial, heard->issuer, why, &cause))
    return TRUE;
  if (g_error_matches (cause, JOURNAL_ERROR, JOURNAL_ERROR_ROLE)) {
    g_error_free (cause);
    return TRUE;
  }
  g_propagate_error (error, cause);
  return FALSE;
}

gboolean issue_void (Journal *journal, const char *reference, const IssueWhy *why, guint *count,
                     GError **error)
{
  g_autoptr (GArray) heard = g_array_new (FALSE, FALSE, sizeof (Heard));
  g_array_set_clear_func (heard, heard_clear);
  Query *query = journal_query (journal, NOT_VOID, error);
  if (query == NULL)
    return FALSE;
  query_bind_text (query, ":reference", reference);
  while (query_next (query)) {
    Heard one = { (guint) query_int (query, 0), g_strdup (query_text (query, 1)) };
    g_array_append_val (heard, one);
  }
  if (!query_end (query, error))
    return FALSE;
  for (guint i = 0; i < heard->len; i++) {
    const Heard *one = &g_array_index (heard, Heard, i);
    if (!void_if_allowed (journal, reference, one, why, error))
      return FALSE;
  }
  if (count != NULL)
    *count = heard->len;
  return TRUE;
}

/* Both may be NULL. */
static gboolean read_last (Journal *journal, const char *reference, guint *serial, char **prints,
                           GError **error)
{
  Query *query = journal_query (journal, SERIALS, error);
  g_autofree char *said = g_strdup ("");
  guint last = 0;
  if (query == NULL)
    return FALSE;
  query_bind_text (query, ":reference", reference);
  while (query_next (query) && query_int (query, 0) <= (gint64) last + ISSUE_LEAP_MAX) {
    last = (guint) query_int (query, 0);
    if (last > 0)
      continue;
    g_free (said);
    said = g_strdup (query_text (query, 1));
  }
  if (!query_end (query, error))
    return FALSE;
  if (serial != NULL)
    *serial = last;
  if (prints != NULL)
    *prints = g_steal_pointer (&said);
  return TRUE;
}

gboolean issue_last (Journal *journal, const char *reference, guint *serial, GError **error)
{
  return read_last (journal, reference, serial, NULL, error);
}

gboolean issue_prints (Journal *journal, const char *reference, char **prints, GError **error)
{
  return read_last (journal, reference, NULL, prints, error);
}

static gboolean read_next (Journal *journal, const char *reference, guint *serial, char **prints,
                           GError **error)
{
  guint last = 0;
  if (!read_last (journal, reference, &last, prints, error))
    return FALSE;
  *serial = last + 1;
  if (last < CODE_SERIAL_MAX)
    return TRUE;
  g_set_error (error, ISSUE_ERROR, ISSUE_ERROR_SERIAL,
               _ ("issuing a badge to %s: all serial numbers up to %d have been used; register the "
                  "person under a new reference"),
               reference, CODE_SERIAL_MAX);
  return FALSE;
}

gboolean issue_next (Journal *journal, const char *reference, guint *serial, GError **error)
{
  return read_next (journal, reference, serial, NULL, error);
}

gboolean issue_badge (Journal *journal, const char *reference, guint least, const IssueWhy *why,
                      guint *serial, GError **error)
{
  guint next = 0;
  g_autofree char *prints = NULL;
  if (!read_next (journal, reference, &next, &prints, error))
    return FALSE;
  const IssueWhy worded = { why->reason != NULL ? why->reason
                            : next == 1         ? "first"
                                                : "replaced",
                            why->volunteer, why->text, why->elsewhere, why->box };
  if (next > 1 && !issue_void (journal, reference, &worded, NULL, error))
    return FALSE;
  *serial = MAX (next, least);
  JsonOut *body = json_out_new ();
  json_out_begin_object (body, NULL);
  json_out_int (body, "serial", *serial);
  write_why (body, &worded);
  json_out_bool (body, "print", !why->elsewhere);
  json_out_string_if (body, "prints", prints);
  if (why->box > 0)
    json_out_int (body, "box", why->box);
  json_out_end_object (body);
  g_autofree char *text = json_out_finish (body);
  return journal_append (journal, "badge-issued", reference, text, NULL, error);
}

char *issue_typed (const char *text, glong characters)
{
  g_autofree char *valid = g_utf8_make_valid (text != NULL ? text : "", -1);
  g_autofree char *start = g_utf8_strlen (valid, -1) > characters
                               ? g_utf8_substring (valid, 0, characters)
                               : g_strdup (valid);
  g_autofree char *clean = text_clean (start);
  g_autoptr (GString) kept = g_string_new (NULL);
  for (const char *p = clean; *p; p = text_next (p))
    if (!g_unichar_iscntrl (g_utf8_get_char (p)))
      g_string_append_unichar (kept, g_utf8_get_char (p));
  return g_strdup (kept->str);
}
