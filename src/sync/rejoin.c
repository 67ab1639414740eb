#include "sync/rejoin.h"

#include "core/words.h"
#include "journal/fact.h"
#include "journal/query.h"
#include "sync/client.h"
#include "sync/invitation.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* In the new replica: that all was carried over, and what it replaces. */
#define LOCAL_CARRIED "rejoin-carried"

static const char FIRST_REGISTRATION[]
    = "SELECT min (seq) FROM fact WHERE subject = :subject AND kind = 'registration' AND kind <> "
      "'passage' AND station = :station";
static const char ISSUED[] = "SELECT max (seq) FROM fact WHERE subject = :subject AND kind = "
                             "'badge-issued' AND kind <> 'passage' AND station = :station AND "
                             "body ->> 'serial' = :serial";
static const char DISOWNED[] = "SELECT from_seq FROM disowned WHERE station = :station";

typedef struct {
  Journal *old, *new;
  const char *before, *now; /* names */
  gint64 base;              /* the last of its own facts that both histories share */
  Rejoined *rejoined;
} Carrying;

void rejoin_clear (Rejoined *rejoined)
{
  g_free (rejoined->before);
  g_free (rejoined->now);
  g_free (rejoined->kept);
}

static gboolean number_of (Journal *journal, const char *sql, const char *subject, gint64 serial,
                           const char *station, gint64 *number, GError **error)
{
  Query *query = journal_query (journal, sql, error);

  if (query == NULL)
    return FALSE;
  if (sql != DISOWNED)
    query_bind_text (query, ":subject", subject);
  if (sql == ISSUED)
    query_bind_int (query, ":serial", serial);
  query_bind_text (query, ":station", station);
  *number = query_next (query) ? query_int (query, 0) : 0;
  return query_end (query, error);
}

/* Carrying over ---------------------------------------------------------------------- */

/* TRUE if both hold the same fact @seq of the old name. */
static gboolean is_shared (const Carrying *carrying, gint64 seq, gboolean *shared, GError **error)
{
  g_autoptr (GPtrArray) old
      = journal_facts_of (carrying->old, carrying->before, seq - 1, 1, error),
      new
      = old != NULL ? journal_facts_of (carrying->new, carrying->before, seq - 1, 1, error) : NULL;

  if (new == NULL)
    return FALSE;
  *shared = old->len == 1 && new->len == 1
            && ((const Fact *) old->pdata[0])->seq
                   == seq &&hash_equal (&((const Fact *) old->pdata[0])->chain,
                                        &((const Fact *) new->pdata[0])->chain);
  return TRUE;
}

/* What is shared has no gaps, so it is found by halving. */
static gboolean find_base (Carrying *carrying, GError **error)
{
  gint64 low = 0, high, other;

  if (!journal_head (carrying->old, carrying->before, &high, NULL, error)
      || !journal_head (carrying->new, carrying->before, &other, NULL, error))
    return FALSE;
  high = MIN (high, other);
  while (low < high) {
    gint64 middle = high - (high - low) / 2;
    gboolean shared = FALSE;

    if (!is_shared (carrying, middle, &shared, error))
      return FALSE;
    if (shared)
      low = middle;
    else
      high = middle - 1;
  }
  carrying->base = low;
  return TRUE;
}

/* What other stations have told this machine and the hub has lost since. A station whose
 * own history is another there is left to its own machine. */
static gboolean carry_others (const Carrying *carrying, GError **error)
{
  g_autoptr (GPtrArray) heads = journal_heads (carrying->old, error);

  for (guint i = 0; heads != NULL && i < heads->len; i++) {
    const JournalHead *head = heads->pdata[i];
    gboolean follows = TRUE;
    gint64 held = 0;

    if (strcmp (head->station, carrying->before) == 0)
      continue;
    if (!journal_head (carrying->new, head->station, &held, NULL, error))
      return FALSE;
    while (held < head->seq) {
      g_autoptr (GPtrArray) facts
          = journal_facts_of (carrying->old, head->station, held, JOURNAL_BATCH_MAX, error);

      if (facts == NULL)
        return FALSE;
      for (guint j = 0; j < facts->len && follows; j++)
        follows = journal_receive (carrying->new, facts->pdata[j], 1, NULL, NULL);
      if (!follows || facts->len == 0)
        break;
      held += facts->len;
    }
  }
  return heads != NULL;
}

/* A person registered here since the histories parted; free with g_free(). NULL: not
 * one. */
static gboolean new_reference (const Carrying *carrying, const char *subject, char **reference,
                               GError **error)
{
  g_autofree char *prefix = g_strdup_printf ("W-%s-", carrying->before);
  gint64 first = 0;

  *reference = NULL;
  if (!g_str_has_prefix (subject, prefix))
    return TRUE;
  if (!number_of (carrying->old, FIRST_REGISTRATION, subject, 0, carrying->before, &first, error))
    return FALSE;
  if (first > carrying->base)
    *reference = g_strdup_printf ("W-%s-%s", carrying->now, subject + strlen (prefix));
  return TRUE;
}

/* Replaces the whole of "key":"old" by "key":"new". In a text it would stand escaped. */
static char *with_member (const char *body, const char *key, const char *before, const char *now)
{
  g_autofree char *found = g_strdup_printf ("\"%s\":\"%s\"", key, before),
                  *wanted = g_strdup_printf ("\"%s\":\"%s\"", key, now);
  g_auto (GStrv) parts = g_strsplit (body, found, -1);

  return g_strjoinv (wanted, parts);
}

/* Whether @fact is of a badge that was issued under the old name since then. */
static gboolean is_of_new_badge (const Carrying *carrying, const Fact *fact, gboolean *is,
                                 GError **error)
{
  g_autoptr (JsonIn) in = json_in_parse (fact->body, -1, NULL);
  JsonValue *root = in != NULL ? json_in_root (in) : NULL;
  const char *reference = strcmp (fact->kind, "print") == 0 && root != NULL
                              ? json_in_string (root, "reference")
                              : fact->subject;
  gint64 seq = 0;

  *is = FALSE;
  if (root == NULL || reference == NULL
      || g_strcmp0 (json_in_string (root, "issuer"), carrying->before) != 0)
    return TRUE;
  if (!number_of (carrying->old, ISSUED, reference, json_in_int (root, "serial"), carrying->before,
                  &seq, error))
    return FALSE;
  *is = seq > carrying->base;
  return TRUE;
}

typedef struct {
  char *subject, *body;
  gboolean leave; /* it speaks of the old name alone */
} Carried;

static void carried_clear (Carried *carried)
{
  g_free (carried->subject);
  g_free (carried->body);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Carried, carried_clear)

/* A print job's name has the issuer's in it (issuance/badge_data.h). */
static char *job_of (const Carrying *carrying, const char *job)
{
  g_autofree char *prefix = g_strdup_printf ("accueil-%s-", carrying->before);

  return g_str_has_prefix (job, prefix)
             ? g_strdup_printf ("accueil-%s-%s", carrying->now, job + strlen (prefix))
             : g_strdup (job);
}

static gboolean translate_print (const Carrying *carrying, const Fact *fact, Carried *carried,
                                 GError **error)
{
  g_autoptr (JsonIn) in = json_in_parse (fact->body, -1, NULL);
  const char *reference = in != NULL ? json_in_string (json_in_root (in), "reference") : NULL;
  g_autofree char *renamed = NULL;
  gboolean new_badge = FALSE;

  if (!new_reference (carrying, reference != NULL ? reference : "", &renamed, error)
      || !is_of_new_badge (carrying, fact, &new_badge, error))
    return FALSE;
  carried->leave = renamed != NULL; /* it is printed again */
  carried->subject = new_badge ? job_of (carrying, fact->subject) : g_strdup (fact->subject);
  carried->body = new_badge ? with_member (fact->body, "issuer", carrying->before, carrying->now)
                            : g_strdup (fact->body);
  return TRUE;
}

/* What @fact is under the new name. */
static gboolean translate (const Carrying *carrying, const Fact *fact, Carried *carried,
                           GError **error)
{
  gboolean new_badge = FALSE;

  if (fact->body == NULL || strcmp (fact->kind, "station") == 0) {
    carried->leave = TRUE; /* erased, or of the old key */
    return TRUE;
  }
  if (strcmp (fact->kind, "print") == 0)
    return translate_print (carrying, fact, carried, error);
  if (strcmp (fact->kind, "call") == 0)
    carried->subject = g_strdup_printf ("call:%s", carrying->now);
  else if (!new_reference (carrying, fact->subject, &carried->subject, error))
    return FALSE;
  if (carried->subject == NULL)
    carried->subject = g_strdup (fact->subject);
  if (strcmp (fact->kind, "badge-void") == 0
      && !is_of_new_badge (carrying, fact, &new_badge, error))
    return FALSE;
  carried->body = new_badge ? with_member (fact->body, "issuer", carrying->before, carrying->now)
                            : g_strdup (fact->body);
  return TRUE;
}

static gboolean carry (const Carrying *carrying, const Fact *fact, GError **error)
{
  g_auto (Carried) carried = { 0 };
  GError *cause = NULL;

  if (!translate (carrying, fact, &carried, error))
    return FALSE;
  if (carried.leave)
    return TRUE;
  if (!journal_append_at (carrying->new, fact->at, fact->kind, carried.subject, carried.body,
                          &cause)) {
    /* A gate speaks of its own badges alone. */
    if (g_error_matches (cause, JOURNAL_ERROR, JOURNAL_ERROR_ROLE)
        && (strcmp (fact->kind, "print") == 0 || strcmp (fact->kind, "badge-void") == 0)) {
      g_error_free (cause);
      carrying->rejoined->left++;
      return TRUE;
    }
    g_propagate_error (error, cause);
    return FALSE;
  }
  carrying->rejoined->carried++;
  carrying->rejoined->again
      += strcmp (fact->kind, "badge-issued") == 0 && strcmp (fact->subject, carried.subject) != 0;
  return TRUE;
}

static gboolean carry_own (const Carrying *carrying, GError **error)
{
  gint64 disowned = 0, after = carrying->base;

  if (!number_of (carrying->new, DISOWNED, NULL, 0, carrying->before, &disowned, error))
    return FALSE;
  for (;;) {
    g_autoptr (GPtrArray) facts
        = journal_facts_of (carrying->old, carrying->before, after, JOURNAL_BATCH_MAX, error);

    if (facts == NULL)
      return FALSE;
    for (guint i = 0; i < facts->len; i++) {
      const Fact *fact = facts->pdata[i];

      if (disowned > 0 && fact->seq >= disowned)
        return TRUE;
      if (!carry (carrying, fact, error))
        return FALSE;
      after = fact->seq;
    }
    if (facts->len < JOURNAL_BATCH_MAX)
      return TRUE;
  }
}

static gboolean carry_all (Carrying *carrying, GError **error)
{
  g_autofree char *done = NULL;
  gboolean good;

  if (!journal_read_local (carrying->new, LOCAL_CARRIED, &done, error))
    return FALSE;
  if (done != NULL)
    return TRUE;
  if (!journal_begin (carrying->new, error))
    return FALSE;
  good = find_base (carrying, error) && carry_others (carrying, error)
         && carry_own (carrying, error)
         && journal_set_local (carrying->new, LOCAL_CARRIED, carrying->before, error);
  return journal_finish (carrying->new, good, error);
}

/* The files -------------------------------------------------------------------------- */

/* The new replica, enrolled: begun by an earlier try, or now. */
static Journal *new_replica (const char *path, Clock clock, const char *station, const char *code,
                             GError **error)
{
  g_autoptr (Journal) journal = NULL;
  gint64 taken;

  if (access (path, F_OK) == 0)
    journal = journal_open (path, clock, error);
  else
    journal = journal_create (path, station, clock, error);
  if (journal == NULL)
    return NULL;
  if (strcmp (journal_station (journal), station) != 0) {
    g_set_error (error, CLIENT_ERROR, CLIENT_ERROR_CODE,
                 _ ("an earlier try to make this machine “%s” was not ended: use a code for "
                    "that "
                    "name, or put the file %s aside"),
                 journal_station (journal), path);
    return NULL;
  }
  if (!client_is_enrolled (journal) && !client_enrol (journal, code, &taken, error))
    return NULL;
  return g_steal_pointer (&journal);
}

static gboolean fail_at (const char *path, GError **error)
{
  g_set_error (error, JOURNAL_ERROR, JOURNAL_ERROR_IO,
               _ ("putting the new replica in place of %s: %s"), path, g_strerror (errno));
  return FALSE;
}

/* The new file under the old name. The old log goes first: it would be read as the new
 * file's. What it held is in the copy. */
static gboolean exchange (const char *new, const char *path, GError **error)
{
  g_autofree char *wal = g_strconcat (path, "-wal", NULL), *shm = g_strconcat (path, "-shm", NULL);

  if ((unlink (wal) != 0 && errno != ENOENT) || (unlink (shm) != 0 && errno != ENOENT))
    return fail_at (path, error);
  return rename (new, path) == 0 || fail_at (path, error);
}

/* While nobody else can write to the old replica. */
static gboolean replace (Carrying *carrying, const char *path, const char *new_path, Clock clock,
                         GError **error)
{
  g_autoptr (Journal) reader = journal_open (path, clock, error);
  gboolean good = reader != NULL && carry_all (carrying, error)
                  && journal_copy (reader, carrying->rejoined->kept, error);

  g_clear_pointer (&reader, journal_close);
  g_clear_pointer (&carrying->new, journal_close); /* its log goes into the file */
  return good && exchange (new_path, path, error);
}

static gboolean check_code (const Invitation *invitation, const char *before, GError **error)
{
  if (invitation->station != NULL && strcmp (invitation->station, before) != 0)
    return TRUE;
  g_set_error (error, CLIENT_ERROR, CLIENT_ERROR_CODE,
               _ ("this code is for the name that this machine has already, “%s”. For that use "
                  "“accueil enrol CODE”; for a new name ask for: accueil-hub invite OTHER"),
               before);
  return FALSE;
}

gboolean rejoin_run (const char *path, Clock clock, const char *code, Rejoined *rejoined,
                     GError **error)
{
  g_autoptr (GError) cause = NULL;
  g_autoptr (Invitation) invitation = invitation_read (code, &cause);
  g_autoptr (Journal) old = NULL;
  g_autofree char *new_path = g_strconcat (path, ".rejoin", NULL);
  Carrying carrying = { .rejoined = rejoined };
  gboolean good;

  if (invitation == NULL) {
    g_set_error_literal (error, CLIENT_ERROR, CLIENT_ERROR_CODE, cause->message);
    return FALSE;
  }
  old = journal_open (path, clock, error);
  if (old == NULL || !check_code (invitation, journal_station (old), error))
    return FALSE;
  carrying.new = new_replica (new_path, clock, invitation->station, code, error);
  if (carrying.new == NULL)
    return FALSE;
  carrying.old = old;
  carrying.before = rejoined->before = g_strdup (journal_station (old));
  carrying.now = rejoined->now = g_strdup (invitation->station);
  rejoined->kept = g_strdup_printf ("%s.%s-%" G_GINT64_FORMAT, path, rejoined->before,
                                    journal_now_ms (old) / 1000);
  good = journal_begin (old, error) && replace (&carrying, path, new_path, clock, error);
  journal_rollback (old);
  g_clear_pointer (&carrying.new, journal_close);
  return good;
}
