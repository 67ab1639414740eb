#include "journal/fact.h"

#include "core/identifier.h"
#include "core/words.h"
#include "journal/fact_form.h"
#include "journal/fact_table.h"
#include "journal/root_word.h"
#include "journal/standing.h"
#include "journal/store.h"

#include <string.h>

#define SUBJECT_BYTES_MAX 200

void fact_clear (Fact *fact)
{
  g_clear_pointer (&fact->station, g_free);
  g_clear_pointer (&fact->kind, g_free);
  g_clear_pointer (&fact->subject, g_free);
  g_clear_pointer (&fact->body, g_free);
}

void fact_free (Fact *fact)
{
  if (fact == NULL)
    return;
  fact_clear (fact);
  g_free (fact);
}

gboolean fact_body_holds (const Fact *fact)
{
  Hash hash;

  if (fact->body == NULL)
    return TRUE;
  hash = hash_of (fact->body, strlen (fact->body));
  return hash_equal (&hash, &fact->body_hash);
}

Hash fact_chain (const Hash *previous, const Fact *fact)
{
  Hasher *hasher = hash_new ();

  hash_add (hasher, previous->bytes, HASH_BYTES);
  hash_add_text (hasher, fact->station);
  hash_add_int (hasher, fact->seq);
  hash_add_int (hasher, fact->at);
  hash_add_text (hasher, fact->kind);
  hash_add_text (hasher, fact->subject);
  hash_add (hasher, fact->body_hash.bytes, HASH_BYTES);
  return hash_finish (hasher);
}

/* Stores a fact that follows its station's head; @why not NULL: apart, it does not
 * count. */
static gboolean keep (Journal *journal, const Standing *standing, const Fact *fact, const char *why,
                      GError **error)
{
  if (why != NULL
      && !standing_set_apart (journal->db, &journal->standing, fact->station, fact->seq, why,
                              error))
    return FALSE;
  if (!fact_table_insert (journal, fact, error))
    return FALSE;
  return why != NULL || !standing->judged || !standing->root
         || root_word_note (journal, fact, error);
}

static gboolean judge_and_keep (Journal *journal, const Standing *standing, const Fact *fact,
                                GError **error)
{
  g_autofree char *why
      = standing_fault (standing, fact->seq, fact->kind, fact->subject, fact->body);

  return keep (journal, standing, fact, why, error);
}

/* What every fact must be, whoever made it. */
static gboolean fact_is_valid (const Fact *fact, GError **error)
{
  const char *why = NULL;

  if (!identifier_is_station (fact->station))
    why = _ ("no valid station name");
  else if (!identifier_is_valid (fact->kind))
    why = _ ("no valid kind");
  else if (strlen (fact->subject) > SUBJECT_BYTES_MAX)
    why = _ ("its subject is too long");
  else if (fact->body != NULL && strlen (fact->body) > JOURNAL_BODY_BYTES_MAX)
    why = _ ("its body is too large");
  else if (fact->seq < 1 || fact->at < 0)
    why = _ ("no valid number or time");
  if (why == NULL)
    return TRUE;
  g_set_error (error, JOURNAL_ERROR, JOURNAL_ERROR_INVALID,
               _ ("fact %lld of station "
                  "“%.40s”: %s"),
               (long long) fact->seq, fact->station, why);
  return FALSE;
}

static gboolean body_is_object (const char *body, GError **error)
{
  if (fact_form_is_object (body))
    return TRUE;
  g_set_error (error, JOURNAL_ERROR, JOURNAL_ERROR_INVALID,
               _ ("a fact's body must be a JSON object"));
  return FALSE;
}

static gboolean not_settled (GError **error)
{
  g_set_error (error, JOURNAL_ERROR, JOURNAL_ERROR_SETTLING,
               _ ("this hub was restored from an older copy and waits for its stations to give "
                  "back what it had written since; nothing was written. See that the hub runs and "
                  "that they reach it (accueil-hub stations). Where one of them is lost for good: "
                  "accueil-hub settle"));
  return FALSE;
}

gboolean journal_latest_ms (Journal *journal, gint64 *ms, GError **error)
{
  HybridTime at;

  if (!fact_table_last_time (journal, &at, error))
    return FALSE;
  *ms = clock_hybrid_ms (at);
  return TRUE;
}

/* Own facts that would not count are not written. */
static gboolean may_append (Journal *journal, const Standing *standing, const Fact *fact,
                            GError **error)
{
  g_autofree char *why
      = standing_fault (standing, fact->seq, fact->kind, fact->subject, fact->body);

  if (standing->root && standing->settling)
    return not_settled (error);
  if (why == NULL)
    return TRUE;
  if (g_str_has_prefix (why, "form:"))
    g_set_error (error, JOURNAL_ERROR, JOURNAL_ERROR_INVALID,
                 _ ("writing “%s” about “%s”: “%s” is not as it must be "
                    "there"),
                 fact->kind, fact->subject, why + strlen ("form:"));
  else if (strcmp (why, "disowned") == 0)
    g_set_error (error, JOURNAL_ERROR, JOURNAL_ERROR_ROLE,
                 _ ("the hub has disowned the station “%s”: nothing that it writes counts any "
                    "more. Make this machine a new station: accueil rejoin CODE"),
                 journal->station);
  else if (standing_role (standing, fact->seq) == ROLE_NONE)
    g_set_error (error, JOURNAL_ERROR, JOURNAL_ERROR_ROLE,
                 _ ("the station “%s” has no role at the hub, so nothing that it writes "
                    "counts. At "
                    "the hub: accueil-hub role %s gate|desk|office"),
                 journal->station, journal->station);
  else
    g_set_error (error, JOURNAL_ERROR, JOURNAL_ERROR_ROLE,
                 _ ("the station “%s” is a “%s”, which may not write “%s” (%s). Do "
                    "it at the "
                    "hub or "
                    "at a station of the role “%s”, or at the hub: accueil-hub role %s %s"),
                 journal->station, authority_role_name (standing_role (standing, fact->seq)),
                 fact->kind, why, authority_role_name (authority_least (fact->kind)),
                 journal->station,
                 authority_role_name (MIN (authority_least (fact->kind), ROLE_OFFICE)));
  return FALSE;
}

/* @at 0: now, after all that is held. */
static gboolean append (Journal *journal, HybridTime at, const char *kind, const char *subject,
                        const char *body, gint64 *seq, GError **error)
{
  Fact fact = { 0 };
  g_auto (Standing) standing = { 0 };
  Hash previous;
  HybridTime last;

  if (!journal->in_transaction)
    g_error ("a fact is appended outside a transaction");
  if (!journal_head (journal, journal->station, &fact.seq, &previous, error)
      || !fact_table_last_time (journal, &last, error))
    return FALSE;
  fact.station = journal->station;
  fact.seq++;
  fact.at = at > 0 ? at : clock_hybrid_next (last, journal_now_ms (journal));
  fact.kind = (char *) (guintptr) kind; /* borrowed: fact_clear() is not called */
  fact.subject = (char *) (guintptr) subject;
  fact.body = (char *) (guintptr) body;
  if (!fact_is_valid (&fact, error) || !body_is_object (body, error)
      || !standing_read (journal->db, &journal->standing, journal->station, &standing, error)
      || !may_append (journal, &standing, &fact, error))
    return FALSE;
  fact.body_hash = hash_of (body, strlen (body));
  fact.chain = fact_chain (&previous, &fact);
  if (seq != NULL)
    *seq = fact.seq;
  return keep (journal, &standing, &fact, NULL, error);
}

gboolean journal_append (Journal *journal, const char *kind, const char *subject, const char *body,
                         gint64 *seq, GError **error)
{
  return append (journal, 0, kind, subject, body, seq, error);
}

gboolean journal_append_at (Journal *journal, HybridTime at, const char *kind, const char *subject,
                            const char *body, GError **error)
{
  return append (journal, at, kind, subject, body, NULL, error);
}

static gboolean gap (const Fact *fact, gint64 head, GError **error)
{
  g_set_error (error, JOURNAL_ERROR, JOURNAL_ERROR_GAP,
               _ ("fact %lld of station “%s” does not follow: %lld is the last one here"),
               (long long) fact->seq, fact->station, (long long) head);
  return FALSE;
}

static gboolean broken (const Fact *fact, const char *why, GError **error)
{
  g_set_error (error, JOURNAL_ERROR, JOURNAL_ERROR_CHAIN, _ ("fact %lld of station “%s”: %s"),
               (long long) fact->seq, fact->station, why);
  return FALSE;
}

/* One that we hold must be the same as the one that arrives, else two histories bear one
 * name. */
static gboolean is_the_same (Journal *journal, const Fact *fact, GError **error)
{
  g_autoptr (GPtrArray) held = journal_facts_of (journal, fact->station, fact->seq - 1, 1, error);

  if (held == NULL)
    return FALSE;
  if (held->len == 0 || !hash_equal (&((Fact *) held->pdata[0])->chain, &fact->chain))
    return broken (
        fact,
        _ ("another fact is known under that number; two machines have used one station name"),
        error);
  return TRUE;
}

gboolean journal_receive (Journal *journal, const Fact *facts, guint count, guint *taken,
                          GError **error)
{
  g_autofree char *station = NULL;
  g_auto (Standing) standing = { 0 };
  gint64 head = 0;
  Hash chain = { 0 };

  if (!journal->in_transaction)
    g_error ("facts are received outside a transaction");
  if (taken != NULL)
    *taken = 0;
  for (guint i = 0; i < count; i++) {
    const Fact *fact = &facts[i];
    Hash expected;

    if (!fact_is_valid (fact, error))
      return FALSE;
    if (g_strcmp0 (station, fact->station) != 0) {
      g_free (station);
      station = g_strdup (fact->station);
      if (!journal_head (journal, station, &head, &chain, error)
          || !standing_read (journal->db, &journal->standing, station, &standing, error))
        return FALSE;
    }
    if (fact->seq <= head) {
      if (!is_the_same (journal, fact, error))
        return FALSE;
      continue;
    }
    if (fact->seq != head + 1)
      return gap (fact, head, error);
    expected = fact_chain (&chain, fact);
    if (!fact_body_holds (fact))
      return broken (fact, _ ("its body was altered"), error);
    if (!hash_equal (&expected, &fact->chain))
      return broken (fact,
                     _ ("its chain value does not match: it was altered on the way or belongs to "
                        "another history"),
                     error);
    if (fact->body != NULL && !body_is_object (fact->body, error))
      return FALSE;
    if (!root_word_bound (journal, &standing, fact, count - i, error)
        || !judge_and_keep (journal, &standing, fact, error))
      return FALSE;
    head = fact->seq;
    chain = fact->chain;
    if (taken != NULL)
      (*taken)++;
  }
  return TRUE;
}
