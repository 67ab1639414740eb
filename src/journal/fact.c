#include "journal/fact.h"

#include "core/identifier.h"
#include "core/words.h"
#include "journal/fact_form.h"
#include "journal/fact_table.h"
#include "journal/head_signature.h"
#include "journal/root_word.h"
#include "journal/standing.h"
#include "journal/store.h"
#include "journal/withheld.h"

#include <string.h>

#define SUBJECT_BYTES_MAX 200
/* In a long transaction, a list's say, more heads than the last are signed: who reads it
 * in parts has little that waits for a signature. */
#define SIGN_EVERY 256

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

  if (fact->is_part) {
    hash = fact_shown (fact);
    return hash_equal (&hash, &fact->shown);
  }
  if (fact->body == NULL)
    return TRUE;
  hash = hash_of (fact->body, strlen (fact->body));
  return hash_equal (&hash, &fact->body_hash);
}

Hash fact_shown (const Fact *fact)
{
  return fact->body != NULL ? hash_of (fact->body, strlen (fact->body)) : (Hash){ { 0 } };
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

/* What an own fact follows: the last head, the time of all that is held, who writes. Of a
 * list's thousands each follows the one before it. */
static gboolean read_own (Journal *journal, Fact *fact, Hash *previous, HybridTime *last,
                          GError **error)
{
  Standing *standing = &journal->appended_as;

  if (journal->appended_changes != 0
      && journal->appended_changes == sqlite3_total_changes64 (journal->db)) {
    fact->seq = journal->own_seq;
    *previous = journal->own_chain;
    *last = journal->appended_at;
    return TRUE;
  }
  if (!journal_head (journal, journal->station, &fact->seq, previous, error)
      || !fact_table_last_time (journal, last, error)
      || !standing_read (journal->db, &journal->standing, journal->station, standing, error))
    return FALSE;
  standing->signed_upto = G_MAXINT64; /* it is signed before the commit */
  return TRUE;
}

static void note_own (Journal *journal, const Fact *fact)
{
  journal->own_is_new = TRUE;
  journal->own_seq = fact->seq;
  journal->own_chain = fact->chain;
}

/* A registration says nothing of who may write what. */
static gboolean keep_own (Journal *journal, const Fact *fact, GError **error)
{
  gboolean kept = keep (journal, &journal->appended_as, fact, NULL, error);

  journal->appended_at = fact->at;
  journal->appended_changes = kept && strcmp (fact->kind, "registration") == 0
                                  ? sqlite3_total_changes64 (journal->db)
                                  : 0;
  return kept;
}

/* @at 0: now, after all that is held. */
static gboolean append (Journal *journal, HybridTime at, const char *kind, const char *subject,
                        const char *body, gint64 *seq, GError **error)
{
  Fact fact = { 0 };
  Hash previous;
  HybridTime last;

  if (!journal->in_transaction)
    g_error ("a fact is appended outside a transaction");
  if (!read_own (journal, &fact, &previous, &last, error))
    return FALSE;
  fact.station = journal->station;
  fact.seq++;
  fact.at = at > 0 ? at : clock_hybrid_next (last, journal_now_ms (journal));
  fact.kind = (char *) (guintptr) kind; /* borrowed: fact_clear() is not called */
  fact.subject = (char *) (guintptr) subject;
  fact.body = (char *) (guintptr) body;
  if (!fact_is_valid (&fact, error) || !body_is_object (body, error)
      || !may_append (journal, &journal->appended_as, &fact, error))
    return FALSE;
  fact.body_hash = hash_of (body, strlen (body));
  fact.chain = fact_chain (&previous, &fact);
  if (fact.seq % SIGN_EVERY == 0 && !journal_sign (journal, &fact, error))
    return FALSE;
  note_own (journal, &fact);
  if (seq != NULL)
    *seq = fact.seq;
  return keep_own (journal, &fact, error);
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

/* Where a part was held: the whole, if it is that. */
static gboolean fill (Journal *journal, const Standing *standing, const Fact *held,
                      const Fact *fact, GError **error)
{
  g_autofree char *why = NULL;

  if (!held->is_part || fact->is_part || fact->body == NULL)
    return TRUE;
  if (!fact_body_holds (fact) || !hash_equal (&held->body_hash, &fact->body_hash))
    return broken (fact, _ ("its body was altered"), error);
  why = standing_fault (standing, fact->seq, fact->kind, fact->subject, fact->body);
  return withheld_fill (journal, fact, why, error);
}

/* One that we hold must be the same as the one that arrives, else two histories bear one
 * name. */
static gboolean is_the_same (Journal *journal, const Standing *standing, const Fact *fact,
                             GError **error)
{
  g_autoptr (GPtrArray) held = journal_facts_of (journal, fact->station, fact->seq - 1, 1, error);

  if (held == NULL)
    return FALSE;
  if (held->len == 0 || !hash_equal (&((Fact *) held->pdata[0])->chain, &fact->chain))
    return broken (
        fact,
        _ ("another fact is known under that number; two machines have used one station name"),
        error);
  return fill (journal, standing, held->pdata[0], fact, error);
}

/* What is received of one station. */
typedef struct {
  Standing standing;
  guint words;       /* of the Journal, when that was read */
  const Fact *first; /* where it begins in what is received, and up to where that goes */
  const Fact *end;
  gint64 before, signed_before; /* its head, and how far its signature reached */
  gint64 head;
  Hash chain;
  const Fact *signed_head; /* the last of its facts that bears its signature */
  gboolean kept;           /* that signature */
} Receipt;

static void receipt_free (gpointer data)
{
  Receipt *receipt = data;

  standing_clear (&receipt->standing);
  g_free (receipt);
}

static gboolean receipt_read (Journal *journal, Receipt *receipt, GError **error)
{
  receipt->words = journal->words;
  return standing_read (journal->db, &journal->standing, receipt->first->station,
                        &receipt->standing, error);
}

/* The root may have said something since its last fact was taken. */
static gboolean receipt_refresh (Journal *journal, Receipt *receipt, GError **error)
{
  Standing *standing = &receipt->standing;

  if (receipt->words != journal->words && !receipt_read (journal, receipt, error))
    return FALSE;
  if (standing->signs && receipt->signed_head == NULL)
    receipt->signed_head = head_signature_last (&standing->key, receipt->first, receipt->end);
  if (receipt->signed_head != NULL)
    standing->signed_upto = MAX (standing->signed_upto, receipt->signed_head->seq);
  return TRUE;
}

static Receipt *receipt_of (Journal *journal, GHashTable *receipts, const Fact *fact,
                            const Fact *end, GError **error)
{
  Receipt *receipt = g_hash_table_lookup (receipts, fact->station);

  if (receipt == NULL) {
    receipt = g_new0 (Receipt, 1);
    receipt->first = fact;
    receipt->end = end;
    g_hash_table_insert (receipts, fact->station, receipt);
    if (!journal_head (journal, fact->station, &receipt->head, &receipt->chain, error)
        || !receipt_read (journal, receipt, error))
      return NULL;
    receipt->before = receipt->head;
    receipt->signed_before = receipt->standing.signed_upto;
  }
  return receipt_refresh (journal, receipt, error) ? receipt : NULL;
}

/* Before anything is stored: a single fact has no savepoint around it. */
static gboolean is_covered (Journal *journal, const Receipt *receipt, GError **error)
{
  const char *station = receipt->first->station;
  gint64 last = (receipt->end - 1)->seq;

  if (!receipt->standing.signs || strcmp (station, journal->station) == 0
      || last <= MAX (receipt->standing.signed_upto, receipt->head))
    return TRUE;
  g_set_error (error, JOURNAL_ERROR, JOURNAL_ERROR_UNSIGNED,
               _ ("the facts of station “%s” up to %lld do not bear its signature"), station,
               (long long) last);
  return FALSE;
}

static gboolean follows (const Receipt *receipt, const Fact *fact, GError **error)
{
  Hash expected;

  if (fact->seq != receipt->head + 1)
    return gap (fact, receipt->head, error);
  expected = fact_chain (&receipt->chain, fact);
  if (!fact_body_holds (fact))
    return broken (fact, _ ("its body was altered"), error);
  if (!hash_equal (&expected, &fact->chain))
    return broken (fact,
                   _ ("its chain value does not match: it was altered on the way or belongs to "
                      "another history"),
                   error);
  return fact->body == NULL || body_is_object (fact->body, error);
}

static gboolean take (Journal *journal, Receipt *receipt, const Fact *fact, guint *taken,
                      GError **error)
{
  Fact kept = *fact;

  if (fact->seq <= receipt->head)
    return is_the_same (journal, &receipt->standing, fact, error);
  kept.is_signed = fact == receipt->signed_head;
  if (!follows (receipt, fact, error)
      || !root_word_bound (journal, &receipt->standing, fact, (guint) (receipt->end - fact), error)
      || !judge_and_keep (journal, &receipt->standing, &kept, error))
    return FALSE;
  receipt->kept = receipt->kept || kept.is_signed;
  receipt->head = fact->seq;
  receipt->chain = fact->chain;
  if (taken != NULL)
    (*taken)++;
  return TRUE;
}

/* Of a station of which the root has not said that it signs: what its own key has signed
 * is kept all the same, so that nobody need ask for it again. */
static gboolean keep_early (Journal *journal, Receipt *receipt, gboolean own_word, GError **error)
{
  gboolean vouched, known;
  const Fact *last;
  SignPublic key;

  if (!head_signature_key (journal, receipt->first->station, &key, &vouched, &known, error))
    return FALSE;
  last = known ? head_signature_last (&key, receipt->first, receipt->end) : NULL;
  if (last == NULL || last->seq <= receipt->signed_before)
    return TRUE;
  return head_signature_keep (journal, last, error)
         && (!own_word || !vouched || last->seq != receipt->head
             || root_word_signs (journal, &receipt->standing, receipt->before + 1, &key, error));
}

/* Facts that were kept apart until a signature came count now; the root's among them may
 * change what others may say. */
static gboolean count_signed (Journal *journal, const Receipt *receipt, GError **error)
{
  const char *station = receipt->first->station;
  g_autoptr (GArray) counted = g_array_new (FALSE, FALSE, sizeof (gint64));

  if (!standing_judge_signed (journal->db, station, receipt->standing.signed_upto, counted, error))
    return FALSE;
  for (guint i = 0; receipt->standing.root && i < counted->len; i++) {
    g_autoptr (GPtrArray) fact
        = journal_facts_of (journal, station, g_array_index (counted, gint64, i) - 1, 1, error);

    if (fact == NULL || !root_word_note (journal, fact->pdata[0], error))
      return FALSE;
  }
  return TRUE;
}

static gboolean receipt_end (Journal *journal, Receipt *receipt, gboolean own_word, GError **error)
{
  const char *station = receipt->first->station;
  gboolean ours = strcmp (station, journal->station) == 0;

  journal->own_is_new = journal->own_is_new || (ours && receipt->head > receipt->before);
  if (!receipt_refresh (journal, receipt, error))
    return FALSE;
  if (!receipt->standing.signs)
    return keep_early (journal, receipt, own_word, error);
  if (receipt->signed_head == NULL || receipt->signed_head->seq <= receipt->signed_before)
    return TRUE;
  return (receipt->kept || head_signature_keep (journal, receipt->signed_head, error))
         && (receipt->before <= receipt->signed_before || count_signed (journal, receipt, error));
}

/* Who says it. */
typedef enum {
  SENDER_ANYBODY,
  SENDER_ITSELF, /* one station, of its own facts */
  SENDER_HUB,    /* whose word on a part is believed */
} Sender;

static gboolean may_be_part (const Fact *fact, Sender sender, GError **error)
{
  if (!fact->is_part || sender == SENDER_HUB)
    return TRUE;
  g_set_error (error, JOURNAL_ERROR, JOURNAL_ERROR_INVALID,
               _ ("fact %lld of station “%s”: only a part of it is there, which is believed of the "
                  "hub alone"),
               (long long) fact->seq, fact->station);
  return FALSE;
}

static gboolean receive (Journal *journal, const Fact *facts, guint count, Sender sender,
                         guint *taken, GError **error)
{
  gboolean own_word = sender == SENDER_ITSELF;
  g_autoptr (GHashTable) receipts
      = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, receipt_free);
  Receipt *receipt = NULL;
  GHashTableIter iter;

  if (!journal->in_transaction)
    g_error ("facts are received outside a transaction");
  if (taken != NULL)
    *taken = 0;
  for (guint i = 0; i < count; i++) {
    if (!fact_is_valid (&facts[i], error) || !may_be_part (&facts[i], sender, error))
      return FALSE;
    if (receipt == NULL || strcmp (receipt->first->station, facts[i].station) != 0)
      receipt = receipt_of (journal, receipts, &facts[i], facts + count, error);
    if (receipt == NULL || (i == 0 && own_word && !is_covered (journal, receipt, error))
        || !take (journal, receipt, &facts[i], taken, error))
      return FALSE;
  }
  g_hash_table_iter_init (&iter, receipts);
  while (g_hash_table_iter_next (&iter, NULL, (gpointer *) &receipt))
    if (!receipt_end (journal, receipt, own_word, error))
      return FALSE;
  return TRUE;
}

gboolean journal_receive (Journal *journal, const Fact *facts, guint count, guint *taken,
                          GError **error)
{
  return receive (journal, facts, count, SENDER_ANYBODY, taken, error);
}

gboolean journal_receive_own_word (Journal *journal, const Fact *facts, guint count, guint *taken,
                                   GError **error)
{
  return receive (journal, facts, count, SENDER_ITSELF, taken, error);
}

gboolean journal_receive_from_hub (Journal *journal, const Fact *facts, guint count, guint *taken,
                                   GError **error)
{
  return receive (journal, facts, count, SENDER_HUB, taken, error);
}
