#include "replication/fact_lines.h"

#include "core/words.h"
#include "journal/fact_json.h"

#include <string.h>

G_DEFINE_QUARK (fact_lines - error - quark, fact_lines_error)

/* Reads one line; a fact that breaks a rule is not added. */
static gboolean read_line (GArray *facts, const char *line, gsize length, const char *station,
                           guint most, GError **error)
{
  g_autoptr (GError) cause = NULL;
  g_auto (Fact) fact = { 0 };

  if (facts->len == most) {
    g_set_error (error, FACT_LINES_ERROR, FACT_LINES_ERROR_TOO_MANY,
                 _ ("there are more than %u facts in the body"), most);
    return FALSE;
  }
  if (!fact_from_json (line, (gssize) length, &fact, &cause)) {
    g_set_error (error, FACT_LINES_ERROR, FACT_LINES_ERROR_MALFORMED, _ ("fact %u of the body: %s"),
                 facts->len + 1, cause->message);
    return FALSE;
  }
  if (strcmp (fact.station, station) != 0) {
    g_set_error (
        error, FACT_LINES_ERROR, FACT_LINES_ERROR_FOREIGN,
        _ ("this token belongs to station “%s”, which cannot write facts of station “%.40s”"),
        station, fact.station);
    return FALSE;
  }
  fact.number = 0;
  g_array_append_val (facts, fact);
  fact = (Fact){ 0 };
  return TRUE;
}

GArray *fact_lines_read (const char *text, gsize length, const char *station, guint most,
                         GError **error)
{
  g_autoptr (GArray) facts = g_array_new (FALSE, TRUE, sizeof (Fact));
  const char *end = text + length;

  g_array_set_clear_func (facts, (GDestroyNotify) fact_clear);
  if (!g_utf8_validate_len (text, length, NULL)) {
    g_set_error (error, FACT_LINES_ERROR, FACT_LINES_ERROR_MALFORMED,
                 _ ("the body is not UTF-8 text"));
    return NULL;
  }
  while (text < end) {
    const char *feed = memchr (text, '\n', (gsize) (end - text));
    gsize line = (gsize) ((feed != NULL ? feed : end) - text);

    if (line > 0 && !read_line (facts, text, line, station, most, error))
      return NULL;
    text += line + 1;
  }
  return g_steal_pointer (&facts);
}
