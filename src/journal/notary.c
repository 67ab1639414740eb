#include "journal/notary.h"

#include "core/identifier.h"
#include "core/sign.h"
#include "core/words.h"
#include "journal/query.h"

#include <string.h>

#define TITLE "accueil heads 1"
#define SIGNATURE_LINE "\nsignature "

static const char KEY[] = "SELECT public FROM station_key WHERE station = :station";

/* Nothing else that a station's key signs looks like it. */
static Hash hash_of_statement (const char *text, gsize length)
{
  Hasher *hasher = hash_new ();

  hash_add_text (hasher, "accueil notarised heads");
  hash_add (hasher, text, length);
  return hash_finish (hasher);
}

/* Writing ---------------------------------------------------------------------------- */

static gboolean own_secret (Journal *journal, SignSecret *secret, GError **error)
{
  GError *cause = NULL;
  g_autofree char *text = journal_local (journal, JOURNAL_LOCAL_STATION_SECRET, &cause);

  if (text != NULL && sign_secret_from_text (text, secret))
    return TRUE;
  if (cause != NULL)
    g_propagate_error (error, cause);
  else
    g_set_error (error, JOURNAL_ERROR, JOURNAL_ERROR_NOT_OURS,
                 _ ("the replica %s has no station key; it was not made by “accueil init”"),
                 journal_path (journal));
  return FALSE;
}

static void append_signature (GString *text, const SignSecret *secret)
{
  guint8 signature[SIGNATURE_BYTES];
  g_autofree char *base64 = NULL;
  Hash hash = hash_of_statement (text->str, text->len);

  sign_make (secret, hash.bytes, HASH_BYTES, signature);
  base64 = g_base64_encode (signature, sizeof signature);
  g_string_append_printf (text, "signature %s\n", base64);
}

char *notary_statement (Journal *journal, GError **error)
{
  g_autoptr (GDateTime) now = g_date_time_new_from_unix_utc (journal_now_ms (journal) / 1000);
  g_autofree char *time = now != NULL ? g_date_time_format (now, "%Y-%m-%dT%H:%M:%SZ") : NULL,
                  *key_text = NULL;
  g_autoptr (GPtrArray) heads = journal_heads (journal, error);
  g_autoptr (GString) text = g_string_new (TITLE "\n");
  SignSecret secret;
  SignPublic key;

  if (heads == NULL || !own_secret (journal, &secret, error))
    return NULL;
  sign_public_of (&secret, &key);
  key_text = sign_public_text (&key);
  g_string_append_printf (text, "station %s\ntime %s\n", journal_station (journal),
                          time != NULL ? time : "-");
  for (guint i = 0; i < heads->len; i++) {
    const JournalHead *head = heads->pdata[i];
    g_autofree char *chain = hash_to_hex (&head->chain);

    g_string_append_printf (text, "head %s %" G_GINT64_FORMAT " %s\n", head->station, head->seq,
                            chain);
  }
  g_string_append_printf (text, "key %s\n", key_text);
  append_signature (text, &secret);
  sign_wipe (&secret);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* Checking --------------------------------------------------------------------------- */

void notary_report_clear (NotaryReport *report)
{
  g_free (report->station);
  g_free (report->time);
}

static gboolean is_altered (GError **error)
{
  g_set_error (error, JOURNAL_ERROR, JOURNAL_ERROR_INVALID,
               _ ("this is no text of “accueil notarise”, or it was altered: its "
                  "signature does "
                  "not fit"));
  return FALSE;
}

/* The word after @name on the one line that begins so; free with g_free(). */
static char *value_of (char **lines, const char *name)
{
  g_autofree char *start = g_strconcat (name, " ", NULL);

  for (char **line = lines; *line != NULL; line++)
    if (g_str_has_prefix (*line, start))
      return g_strdup (*line + strlen (start));
  return NULL;
}

static gboolean is_signed (const char *text, char **lines, SignPublic *key)
{
  const char *end = strstr (text, SIGNATURE_LINE);
  g_autofree char *key_text = value_of (lines, "key"), *base64 = value_of (lines, "signature");
  g_autofree guchar *signature = NULL;
  g_autofree char *canonical = NULL;
  gsize length = 0;
  Hash hash;

  if (end == NULL || key_text == NULL || base64 == NULL || !sign_public_from_text (key_text, key))
    return FALSE;
  signature = g_base64_decode (base64, &length);
  canonical = g_base64_encode (signature, length); /* GLib reads more than it would write */
  hash = hash_of_statement (text, (gsize) (end - text) + 1);
  return length == SIGNATURE_BYTES && strcmp (canonical, base64) == 0
         && sign_check (key, hash.bytes, HASH_BYTES, signature);
}

static gboolean is_known (Journal *journal, const char *station, const SignPublic *key,
                          gboolean *known, GError **error)
{
  g_autofree char *text = sign_public_text (key);
  Query *query = journal_query (journal, KEY, error);

  if (query == NULL)
    return FALSE;
  query_bind_text (query, ":station", station);
  *known = query_next (query) && strcmp (query_text (query, 0), text) == 0;
  return query_end (query, error);
}

/* One line "head NAME NUMBER CHAIN" against what is held. */
static gboolean check_head (Journal *journal, const char *line, const char *time, GError **error)
{
  g_auto (GStrv) words = g_strsplit (line, " ", 4);
  g_autoptr (GPtrArray) fact = NULL;
  gint64 seq, held = 0;
  Hash chain;

  if (g_strv_length (words) != 4 || !identifier_is_station (words[1])
      || !g_ascii_string_to_signed (words[2], 10, 1, G_MAXINT64, &seq, NULL)
      || !hash_from_hex (words[3], &chain))
    return is_altered (error);
  fact = journal_facts_of (journal, words[1], seq - 1, 1, error);
  if (fact == NULL || !journal_head (journal, words[1], &held, NULL, error))
    return FALSE;
  if (fact->len == 1 && ((const Fact *) fact->pdata[0])->seq == seq
      && hash_equal (&((const Fact *) fact->pdata[0])->chain, &chain))
    return TRUE;
  if (held < seq)
    g_set_error (error, JOURNAL_ERROR, JOURNAL_ERROR_GAP,
                 _ ("on %s %lld facts of station “%s” were known; this replica holds "
                    "%lld: they "
                    "were lost or cut off, or have not arrived here"),
                 time, (long long) seq, words[1], (long long) held);
  else
    g_set_error (error, JOURNAL_ERROR, JOURNAL_ERROR_CHAIN,
                 _ ("the past was changed: up to its fact %lld, station “%s” says here "
                    "something "
                    "else than on %s. Compare with other replicas (accueil notarise --check "
                    "there), and keep this file as it is"),
                 (long long) seq, words[1], time);
  return FALSE;
}

gboolean notary_check (Journal *journal, const char *text, NotaryReport *report, GError **error)
{
  g_auto (GStrv) lines = NULL;
  SignPublic key;

  sign_start ();
  if (strlen (text) > NOTARY_BYTES_MAX || !g_utf8_validate (text, -1, NULL))
    return is_altered (error);
  lines = g_strsplit (text, "\n", -1);
  report->station = value_of (lines, "station");
  report->time = value_of (lines, "time");
  if (g_strcmp0 (lines[0], TITLE) != 0 || report->station == NULL || report->time == NULL
      || !is_signed (text, lines, &key))
    return is_altered (error);
  if (!is_known (journal, report->station, &key, &report->known, error))
    return FALSE;
  for (char **line = lines; *line != NULL; line++) {
    if (!g_str_has_prefix (*line, "head "))
      continue;
    if (!check_head (journal, *line, report->time, error))
      return FALSE;
    report->heads++;
  }
  return TRUE;
}
