/* A disk with a fault: every act that reads or writes a replica is tried again and
 * again, each time with the next of its calls to SQLite failing once. It must say so,
 * leave all as it was or as it is to be, and do its work at the next attempt. */
#include "failing_sqlite.h"

#include "credential/code.h"
#include "credential/issue.h"
#include "journal/maintenance.h"
#include "journal/notary.h"
#include "journal/soundness.h"
#include "replication/enrolment.h"
#include "replication/epoch.h"
#include "replication/forks.h"
#include "replication/hub_certificate.h"
#include "replication/log.h"
#include "replication/own_head.h"
#include "replication/roles.h"
#include "station/gate.h"
#include "unit/access/replica.h"
#include "unit/journal/transaction.h"

#include "congress/appointment.h"
#include "congress/event_file.h"
#include "counts/appointments.h"
#include "desk/head_count.h"
#include "desk/reception.h"
#include "roster/appointment_list.h"

#define DEMO "assets/demo/congress.ini"
#define MEETING                                                                                    \
  "{\"id\":\"m\",\"kind\":\"meeting\",\"list\":\"b2b\",\"date\":\"2016-10-26\",\"from\":\"23:30\"}"
#define CALLS_MAX 4000 /* of one act: more is an act that never ends */

typedef struct {
  char *folder, *db, *other_db, *template_, *other_template;
  Journal *journal;
  SignSecret congress, station;
  char *ticket, *badge, *invited;
  char *public, *token; /* of the station "enrolled" */
  char *statement;      /* of a notary */
  char *checkpoint;     /* what the event file says of entree-est */
  GPtrArray *facts;     /* Fact, of the station "other" */
} Case;

typedef struct {
  const char *name;
  gboolean (*act) (Case *it, GError **error);
  gboolean best_effort; /* may be said to be done though a call failed: it is only to save time */
} Act;

/* The replicas that each attempt begins with
 * ------------------------------------------ */

static Clock turned (void)
{
  return (Clock){ .now_ms = hand_now };
}

static char *new_public (void)
{
  SignPublic public;
  SignSecret secret;

  sign_key_new (&public, &secret);
  return sign_public_text (&public);
}

/* The secret in an enrolment code. */
static char *secret_of (const char *code)
{
  const char *base64 = code + strlen (ENROLMENT_CODE_PREFIX);
  g_autofree char *padded = g_strconcat (base64, &"==="[(strlen (base64) + 3) % 4], NULL);
  g_autofree guchar *json = NULL;
  g_autoptr (JsonIn) in = NULL;
  gsize length;

  g_strdelimit (padded, "-", '+');
  g_strdelimit (padded, "_", '/');
  json = g_base64_decode (padded, &length);
  in = json_in_parse ((const char *) json, (gssize) length, NULL);
  g_assert_nonnull (in);
  return g_strdup (json_in_string (json_in_root (in), "secret"));
}

static char *enrolled (Journal *journal, const char *public, GError **error)
{
  g_autofree char *code
      = enrolment_invite (journal, "enrolled", "https://hub:8443", "sha256//pin", error),
      *secret = code != NULL ? secret_of (code) : NULL;

  return secret != NULL ? enrolment_redeem (journal, &(EnrolmentCode){ "enrolled", secret, NULL },
                                            public, error)
                        : NULL;
}

static void register_delegate (Journal *journal, const char *reference)
{
  append (journal, "registration", reference,
          "{\"family\":\"Le Goff\",\"given\":\"Aurélien\",\"category\":\"elu\",\"country\":\"FR\","
          "\"events\":[\"rencontres\"],\"days\":[\"26\",\"27\"],\"meals\":true,\"headset\":true}");
}

static char *body_of (Journal *journal, const char *subject)
{
  g_autoptr (GPtrArray) facts = journal_facts_of (journal, "hub", 0, G_MAXINT, NULL);

  for (guint i = 0; i < facts->len; i++) {
    const Fact *fact = facts->pdata[i];
    if (strcmp (fact->kind, "checkpoint") == 0 && strcmp (fact->subject, subject) == 0)
      return g_strdup (fact->body);
  }
  g_assert_not_reached ();
}

static void make_hub (Case *it)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (Journal) journal = journal_create (it->template_, "hub", turned (), &error);
  DefinitionSummary summary;
  SignPublic key;

  g_assert_no_error (error);
  g_assert_true (event_file_load (journal, DEMO, NULL, &summary, &error));
  it->checkpoint = body_of (journal, "entree-est");
  sign_key_new (&key, &it->congress);
  g_autofree char *id = sign_key_id_text (&key), *text = sign_public_text (&key),
                  *body = g_strdup_printf ("{\"public\":\"%s\"}", text);
  append (journal, "key", id, body);
  register_delegate (journal, "FR-1");
  register_delegate (journal, "FR-2");
  register_delegate (journal, "FR-3");
  append (journal, "appointment", "FR-1", MEETING);
  append (journal, "appointment", "FR-2", MEETING);
  append (journal, "appointment", "FR-2",
          "{\"id\":\"f\",\"kind\":\"arrival\",\"date\":\"2016-10-25\",\"from\":\"22:05\"}");
  g_autofree char *secret = journal_local (journal, JOURNAL_LOCAL_STATION_SECRET, &error);
  g_assert_true (secret != NULL && sign_secret_from_text (secret, &it->station));
  it->ticket = code_make_ticket (&it->congress, "FR-1", &error);
  it->badge = code_make_badge (&it->station, "FR-2", 1, &error);
  g_assert_no_error (error);

  g_autoptr (Gate) gate = gate_open (journal, "entree-est", &error);
  g_auto (GateResult) result = { 0 };
  g_assert_true (gate_admit (gate, "FR-2", "Anne", "lost-ticket", &result, &error));
  g_assert_true (journal_begin (journal, &error) && roles_found (journal, &error)
                 && journal_commit (journal, &error));
  it->invited = enrolment_invite (journal, "invited", "https://hub:8443", "sha256//pin", &error);
  g_assert_no_error (error);
  it->public = new_public ();
  it->token = enrolled (journal, it->public, &error);
  g_assert_no_error (error);
  it->statement = notary_statement (journal, &error);
  g_assert_no_error (error);
}

static void make_other (Case *it)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (Journal) journal = journal_create (it->other_template, "other", turned (), &error);

  g_assert_no_error (error);
  for (guint i = 0; i < 3; i++)
    append (journal, "call", "entree-est", "{\"reason\":\"help\"}");
  it->facts = journal_facts_of (journal, "other", 0, 100, &error);
  g_assert_no_error (error);
}

static void copy_file (const char *from, const char *to)
{
  g_autofree char *bytes = NULL, *log = g_strconcat (to, "-wal", NULL),
                  *shared = g_strconcat (to, "-shm", NULL);
  gsize length;

  g_remove (log);
  g_remove (shared);
  g_assert_true (g_file_get_contents (from, &bytes, &length, NULL));
  g_assert_true (
      g_file_set_contents_full (to, bytes, (gssize) length, G_FILE_SET_CONTENTS_NONE, 0600, NULL));
}

static void begin (Case *it)
{
  g_autoptr (GError) error = NULL;

  copy_file (it->template_, it->db);
  copy_file (it->other_template, it->other_db);
  it->journal = journal_open (it->db, turned (), &error);
  g_assert_no_error (error);
}

/* The acts: the journal
 * --------------------------------------------------------------- */

static gboolean done (GPtrArray *list)
{
  if (list != NULL)
    g_ptr_array_unref (list);
  return list != NULL;
}

static gboolean said (char *text)
{
  g_free (text);
  return text != NULL;
}

static gboolean open_again (Case *it, GError **error)
{
  g_autoptr (Journal) journal = journal_open (it->db, turned (), error);
  return journal != NULL;
}

static gboolean create (Case *it, GError **error)
{
  g_autofree char *path = g_build_filename (it->folder, "new.db", NULL);
  g_autoptr (Journal) journal = NULL;

  g_remove (path);
  journal = journal_create (path, "new", turned (), error);
  g_assert_true (journal != NULL || !g_file_test (path, G_FILE_TEST_EXISTS));
  return journal != NULL;
}

/* In a transaction of its own, as a caller does. */
static gboolean within (Case *it, gboolean (*work) (Case *, GError **), GError **error)
{
  if (!journal_begin (it->journal, error))
    return FALSE;
  if (work (it, error) && journal_commit (it->journal, error))
    return TRUE;
  journal_rollback (it->journal);
  return FALSE;
}

static gboolean append_both (Case *it, GError **error)
{
  const char *const body = "{\"reason\":\"help\"}";

  return journal_append (it->journal, "call", "entree-est", body, NULL, error)
         && journal_append (it->journal, "call", "entree-est", body, NULL, error);
}

static gboolean append_two (Case *it, GError **error)
{
  return within (it, append_both, error);
}

static gboolean receive_all (Case *it, GError **error)
{
  g_autofree Fact *facts = g_new (Fact, it->facts->len);
  guint taken;

  for (guint i = 0; i < it->facts->len; i++)
    facts[i] = *(const Fact *) it->facts->pdata[i];
  return journal_receive (it->journal, facts, it->facts->len, &taken, error);
}

static gboolean receive (Case *it, GError **error)
{
  return within (it, receive_all, error);
}

static gboolean read_heads (Case *it, GError **error)
{
  return done (journal_heads (it->journal, error));
}

static gboolean read_head (Case *it, GError **error)
{
  gint64 seq;
  Hash chain;
  return journal_head (it->journal, "hub", &seq, &chain, error);
}

static gboolean digest (Case *it, GError **error)
{
  return said (journal_heads_digest (it->journal, error));
}

static gboolean read_facts (Case *it, GError **error)
{
  return done (journal_facts_of (it->journal, "hub", 0, 50, error));
}

static gboolean read_after (Case *it, GError **error)
{
  return done (journal_facts_after (it->journal, 0, "other", 50, error));
}

static gboolean last_number (Case *it, GError **error)
{
  return journal_last_number (it->journal, error) > 0;
}

static gboolean note (Case *it, GError **error)
{
  return journal_set_local (it->journal, "remark", "a", error);
}

static gboolean set_hub (Case *it, GError **error)
{
  return journal_set_root (it->journal, "hub", error);
}

static gboolean set_root (Case *it, GError **error)
{
  return within (it, set_hub, error);
}

static gboolean rebuild (Case *it, GError **error)
{
  return journal_rebuild (it->journal, error);
}

static gboolean verify (Case *it, GError **error)
{
  return journal_verify (it->journal, NULL, NULL, NULL, error);
}

static gboolean write_copy (Case *it, gboolean whole, GError **error)
{
  g_autofree char *path = g_build_filename (it->folder, "copy.db", NULL);
  gboolean good;

  g_remove (path);
  good = whole ? journal_copy (it->journal, path, error)
               : journal_snapshot (it->journal, path, error);
  g_assert_true (good == g_file_test (path, G_FILE_TEST_EXISTS));
  return good;
}

static gboolean snapshot (Case *it, GError **error)
{
  return write_copy (it, FALSE, error);
}

static gboolean copy (Case *it, GError **error)
{
  return write_copy (it, TRUE, error);
}

static gboolean merge (Case *it, GError **error)
{
  return journal_merge (it->journal, it->other_db, NULL, NULL, NULL, error);
}

static gboolean check_congress (Case *it, GError **error)
{
  return journal_check_congress (it->journal, it->other_db, error);
}

static gboolean congress (Case *it, GError **error)
{
  return said (journal_congress (it->journal, error));
}

static gboolean projections (Case *it, GError **error)
{
  return said (journal_projections_text (it->journal, error));
}

static gboolean view (Case *it, GError **error)
{
  gboolean good;

  if (!journal_view_begin (it->journal, error))
    return FALSE;
  good = journal_last_number (it->journal, error) > 0;
  journal_view_end (it->journal);
  return good;
}

static gboolean checkpoint (Case *it, GError **error)
{
  guint pages;
  return journal_checkpoint (it->journal, &pages, error);
}

/* Facts that do not count, then do, then do not any more: since the root says so. */
static gboolean judge_all (Case *it, GError **error)
{
  return receive_all (it, error) && roles_give (it->journal, "other", ROLE_GATE, it->public, error)
         && journal_append (it->journal, "disown", "other", "{\"from\":1}", NULL, error);
}

static gboolean judge_first (Case *it, GError **error)
{
  return receive_all (it, error) && roles_give (it->journal, "other", ROLE_GATE, it->public, error);
}

static gboolean judge (Case *it, GError **error)
{
  return within (it, judge_first, error);
}

static gboolean judge_again (Case *it, GError **error)
{
  return within (it, judge_all, error);
}

static gboolean indexes (Case *it, GError **error)
{
  return soundness_indexes (it->journal, error);
}

static gboolean prove (Case *it, GError **error)
{
  return soundness_projections (it->journal, error);
}

static gboolean notarise (Case *it, GError **error)
{
  return said (notary_statement (it->journal, error));
}

static gboolean check_notary (Case *it, GError **error)
{
  g_auto (NotaryReport) report = { 0 };
  return notary_check (it->journal, it->statement, &report, error);
}

/* The gate and the codes
 * -------------------------------------------------------------- */

static gboolean scan (Case *it, const char *checkpoint, const char *text, GError **error)
{
  g_autoptr (Gate) gate = gate_open (it->journal, checkpoint, error);
  g_auto (GateResult) result = { 0 };

  return gate != NULL && gate_scan (gate, text, &result, error);
}

static gboolean scan_ticket (Case *it, GError **error)
{
  return scan (it, "entree-est", it->ticket, error);
}

static gboolean scan_badge (Case *it, GError **error)
{
  return scan (it, "entree-est", it->badge, error);
}

static gboolean scan_stranger (Case *it, GError **error)
{
  return scan (it, "entree-est", "4006381333931", error);
}

static gboolean admit (Case *it, GError **error)
{
  g_autoptr (Gate) gate = gate_open (it->journal, "entree-est", error);
  g_auto (GateResult) result = { 0 };

  return gate != NULL && gate_admit (gate, "FR-1", "Anne", "lost-ticket", &result, error);
}

static gboolean lend (Case *it, GError **error)
{
  g_autoptr (Gate) gate = gate_open (it->journal, "casques", error);
  g_auto (GateResult) result = { 0 };

  return gate != NULL && gate_loan (gate, "FR-2", TRUE, "Anne", &result, error);
}

static gboolean override (Case *it, GError **error)
{
  g_autoptr (Gate) gate = gate_open (it->journal, "entree-est", error);
  g_auto (GateResult) result = { 0 };

  return gate != NULL && gate_override (gate, "FR-2", "Anne", "carries boxes", &result, error);
}

/* Once is enough: what failed after it was durable is so already. */
static gboolean meet (Case *it, GError **error)
{
  GError *failed = NULL;

  if (appointment_meet (it->journal, "FR-2", NULL, FALSE, "Anne", &failed))
    return TRUE;
  if (g_error_matches (failed, APPOINTMENT_ERROR, APPOINTMENT_ERROR_MET)) {
    g_clear_error (&failed);
    return TRUE;
  }
  g_propagate_error (error, failed);
  return FALSE;
}

static gboolean tell (Case *it, GError **error)
{
  g_auto (OwnedPair) told = { NULL, NULL };

  return appointment_tell (it->journal, "FR-2", "2016-10-26", "10:00", &told, error);
}

static gboolean read_appointments (Case *it, GError **error)
{
  const AppointmentsFilter filter = { .kind = APPOINTMENT_KINDS };

  return done (appointments_read (it->journal, &filter, "2016-10-26", error));
}

/* What a list says, in the place of what it said. */
static gboolean read_list (Case *it, GError **error)
{
  g_autofree char *path = g_build_filename (it->folder, "b2b.csv", NULL);
  g_autoptr (Programme) programme = programme_read (it->journal, error);
  g_autoptr (AppointmentList) list = NULL;

  if (programme == NULL
      || !g_file_set_contents (path, "reference,day,time,table\nFR-1,26,10:00,4\n", -1, error))
    return FALSE;
  list = appointment_list_read (it->journal, programme, path, APPOINTMENT_MEETING, NULL, error);
  return list != NULL && appointment_list_apply (it->journal, list, error);
}

static gboolean count_heads (Case *it, GError **error)
{
  return head_count_add (it->journal, "entree-est", HEAD_COUNT_VISITOR, 2, "", error)
         && done (head_count_read (it->journal, NULL, error));
}

static gboolean receive_guest (Case *it, GError **error)
{
  g_autoptr (Reception) reception = reception_read (it->journal, "FR-2", "2016-10-26", error);

  return reception != NULL;
}

/* What was read at the gate: who it belongs to, and whether she wears it. */
static gboolean owner (Case *it, GError **error)
{
  g_autoptr (Gate) gate = gate_open (it->journal, "entree-est", error);
  g_autoptr (Delegate) delegate = NULL;
  GateCode code;

  return gate != NULL && gate_read (gate, it->badge, &code, error)
         && gate_owner (gate, &code, &delegate, error) && said (gate_wearer (gate, &code, error));
}

/* Keys and programme have changed since the gate was opened. */
static gboolean refresh (Case *it, GError **error)
{
  g_autoptr (Gate) gate = gate_open (it->journal, "entree-est", error);
  g_autofree char *key = NULL, *id = NULL;
  guint at = failing_at;
  SignPublic public;
  SignSecret secret;
  GateCode code;

  if (gate == NULL)
    return FALSE;
  failing_at = 0; /* what has changed is not what fails here */
  sign_key_new (&public, &secret);
  id = sign_key_id_text (&public);
  key = sign_public_text (&public);
  g_autofree char *body = g_strdup_printf ("{\"public\":\"%s\"}", key);
  append (it->journal, "key", id, body);
  append (it->journal, "checkpoint", "entree-est", it->checkpoint);
  failing_at = at;
  return gate_read (gate, it->ticket, &code, error);
}

static gboolean next_serial (Case *it, GError **error)
{
  g_autofree char *prints = NULL;
  guint serial;

  return issue_next (it->journal, "FR-2", &serial, error)
         && issue_last (it->journal, "FR-2", &serial, error)
         && issue_prints (it->journal, "FR-2", &prints, error);
}

static gboolean issue_within (Case *it, GError **error)
{
  const IssueWhy why = { .reason = "lost", .volunteer = "Anne" };
  guint serial;

  return issue_badge (it->journal, "FR-2", 0, &why, &serial, error);
}

static gboolean void_badges_within (Case *it, GError **error)
{
  const IssueWhy why = { .reason = "lost", .volunteer = "Anne" };
  guint count;

  return issue_void (it->journal, "FR-2", &why, &count, error);
}

static gboolean void_one_within (Case *it, GError **error)
{
  const IssueWhy why = { .reason = "lost", .volunteer = "Anne" };

  return issue_void_one (it->journal, "FR-2", 1, "hub", &why, error);
}

static gboolean issue (Case *it, GError **error)
{
  return within (it, issue_within, error);
}

static gboolean void_badges (Case *it, GError **error)
{
  return within (it, void_badges_within, error);
}

static gboolean void_one (Case *it, GError **error)
{
  return within (it, void_one_within, error);
}

/* The hub
 * ----------------------------------------------------------------------------- */

static gboolean invite (Case *it, GError **error)
{
  return said (enrolment_invite (it->journal, "b", "https://hub:8443", "sha256//pin", error));
}

static gboolean list_stations (Case *it, GError **error)
{
  return done (enrolment_list (it->journal, error));
}

static gboolean touch_station (Case *it, GError **error)
{
  g_autoptr (GHashTable) contacts = g_hash_table_new (g_str_hash, g_str_equal);
  gint64 at = 1477440000000;

  char name[] = "invited";

  g_hash_table_insert (contacts, name, &at);
  return enrolment_touch (it->journal, contacts, error);
}

static gboolean redeem (Case *it, GError **error)
{
  return said (enrolled (it->journal, it->public, error));
}

static gboolean admits (Case *it, GError **error)
{
  char station[STATION_NAME_MAX + 1];
  return enrolment_admits (it->journal, it->token, station, error);
}

static gboolean is_invited (Case *it, GError **error)
{
  g_autofree char *secret = secret_of (it->invited);
  return enrolment_is_invited (it->journal, &(EnrolmentCode){ "invited", secret, NULL }, error);
}

static gboolean shut_out (Case *it, GError **error)
{
  return enrolment_shut_out (it->journal, "invited", error);
}

static gboolean certificate (Case *it, GError **error)
{
  static const char *const HOSTS[] = { "hub.example", NULL };
  g_autoptr (Certificate) made = hub_certificate_ensure (it->journal, HOSTS, error);
  return made != NULL;
}

static gboolean change_role (Case *it, GError **error)
{
  return roles_set (it->journal, "enrolled", ROLE_OFFICE, error);
}

static gboolean read_role (Case *it, GError **error)
{
  Role role;
  return roles_of (it->journal, "enrolled", &role, error);
}

static gboolean revoke_station (Case *it, GError **error)
{
  return enrolment_revoke (it->journal, "invited", error);
}

static gboolean set_role (Case *it, GError **error)
{
  return enrolment_set_role (it->journal, "invited", ROLE_GATE, error);
}

static gboolean found_all (Case *it, GError **error)
{
  return roles_found (it->journal, error);
}

static gboolean found_roles (Case *it, GError **error)
{
  return within (it, found_all, error);
}

static gboolean give_one (Case *it, GError **error)
{
  g_autofree char *public = new_public ();

  return roles_give (it->journal, "b", ROLE_DESK, public, error);
}

static gboolean give_role (Case *it, GError **error)
{
  return within (it, give_one, error);
}

static gboolean disown (Case *it, GError **error)
{
  gint64 held;

  return roles_disown (it->journal, "invited", 1, "stolen", &held, error);
}

static gboolean log_store (Case *it, GError **error)
{
  g_autofree Fact *facts = g_new (Fact, it->facts->len);
  LogBatch batch = { .station = "other", .facts = facts, .count = it->facts->len }, *const batches[]
                                                                                    = { &batch };
  gboolean good;

  for (guint i = 0; i < it->facts->len; i++)
    facts[i] = *(const Fact *) it->facts->pdata[i];
  good = log_append (it->journal, batches, 1, error);
  g_assert_true (!good || batch.outcome == LOG_STORED);
  g_free (batch.reason);
  return good;
}

static gboolean log_reads (Case *it, GError **error)
{
  g_autofree char *only = NULL;
  gint64 upto, last, seq;
  Hash chain;

  return done (log_read (it->journal, 0, "other", 20, &upto, error))
         && journal_head (it->journal, "hub", &seq, &chain, error)
         && log_news (it->journal, 0, &last, &only, error);
}

static gboolean note_fork (Case *it, GError **error)
{
  Hash chain = { { 0 } };
  Fork fork;

  return forks_compare (it->journal, "hub", 2, &chain, &fork, error)
         && forks_note (it->journal, "hub", 2, fork, error);
}

static gboolean open_epochs (Case *it, GError **error)
{
  g_autoptr (Epochs) epochs = epoch_open (it->journal, error);
  return epochs != NULL;
}

static gboolean own_key (Case *it, GError **error)
{
  g_autoptr (OwnHead) own_head = own_head_new (it->journal, error);
  return own_head != NULL;
}

static const Act ACTS[] = {
  { "journal/open", open_again, FALSE },
  { "journal/create", create, FALSE },
  { "journal/append", append_two, FALSE },
  { "journal/receive", receive, FALSE },
  { "journal/heads", read_heads, FALSE },
  { "journal/head", read_head, FALSE },
  { "journal/digest", digest, FALSE },
  { "journal/facts-of", read_facts, FALSE },
  { "journal/facts-after", read_after, FALSE },
  { "journal/last-number", last_number, FALSE },
  { "journal/local", note, FALSE },
  { "journal/root", set_root, FALSE },
  { "journal/rebuild", rebuild, FALSE },
  { "journal/verify", verify, FALSE },
  { "journal/snapshot", snapshot, FALSE },
  { "journal/copy", copy, FALSE },
  { "journal/merge", merge, FALSE },
  { "journal/check-congress", check_congress, FALSE },
  { "journal/congress", congress, FALSE },
  { "journal/projections", projections, FALSE },
  { "journal/view", view, FALSE },
  { "journal/checkpoint", checkpoint, FALSE },
  { "journal/judge", judge, FALSE },
  { "journal/judge-again", judge_again, FALSE },
  { "soundness/indexes", indexes, FALSE },
  { "soundness/projections", prove, FALSE },
  { "notary/statement", notarise, FALSE },
  { "notary/check", check_notary, FALSE },
  { "gate/ticket", scan_ticket, FALSE },
  { "gate/badge", scan_badge, FALSE },
  { "gate/stranger", scan_stranger, FALSE },
  { "gate/by-hand", admit, FALSE },
  { "gate/loan", lend, FALSE },
  { "gate/override", override, FALSE },
  { "gate/owner", owner, FALSE },
  { "gate/refresh", refresh, FALSE },
  { "appointments/meet", meet, FALSE },
  { "appointments/tell", tell, FALSE },
  { "appointments/read", read_appointments, FALSE },
  { "appointments/list", read_list, FALSE },
  { "reception/read", receive_guest, FALSE },
  { "heads", count_heads, FALSE },
  { "issue/serials", next_serial, FALSE },
  { "issue/badge", issue, FALSE },
  { "issue/void", void_badges, FALSE },
  { "issue/void-one", void_one, FALSE },
  { "enrolment/invite", invite, FALSE },
  { "enrolment/list", list_stations, FALSE },
  { "enrolment/touch", touch_station, FALSE },
  { "enrolment/revoke", revoke_station, FALSE },
  { "enrolment/role", set_role, FALSE },
  { "enrolment/redeem", redeem, FALSE },
  { "enrolment/admits", admits, FALSE },
  { "enrolment/is-invited", is_invited, FALSE },
  { "enrolment/shut-out", shut_out, FALSE },
  { "certificate", certificate, FALSE },
  { "roles/set", change_role, FALSE },
  { "roles/of", read_role, FALSE },
  { "roles/found", found_roles, FALSE },
  { "roles/give", give_role, FALSE },
  { "roles/disown", disown, FALSE },
  { "log/store", log_store, FALSE },
  { "log/read", log_reads, FALSE },
  { "forks", note_fork, FALSE },
  { "epochs", open_epochs, FALSE },
  { "own-head", own_key, FALSE },
};

/* What holds after each attempt
 * ------------------------------------------------------- */

static gint64 count (Case *it)
{
  g_autoptr (GError) error = NULL;
  gint64 last = journal_last_number (it->journal, &error);

  g_assert_no_error (error);
  return last;
}

static void fault (const Act *act, guint at, const char *what)
{
  g_test_fail_printf ("%s, call %u (%s): %s", act->name, at, failing_sql, what);
}

/* Whether something has changed since: if that cannot be known, it is read again. */
static gboolean is_of_a_cache (const char *sql)
{
  return strstr (sql, "data_version") != NULL;
}

/* One attempt, with call @at failing; TRUE if the act has no such call any more. */
static gboolean attempt (Case *it, const Act *act, guint at, gint64 before, gint64 after)
{
  g_autoptr (GError) error = NULL, none = NULL;
  gboolean good, failed;
  gint64 left;

  begin (it);
  failing_start (at);
  good = act->act (it, &error);
  failed = failing_stop ();
  if (!failed && !good)
    fault (act, at, error->message);
  else if (failed && good && !act->best_effort && !is_of_a_cache (failing_sql))
    fault (act, at, "a failure that it does not say");
  if (good != (error == NULL))
    fault (act, at, good ? "an error, though all is well" : "no error, though it failed");
  if (in_transaction (it->journal))
    fault (act, at, "a transaction left open");
  left = count (it);
  if (left != before && left != after)
    fault (act, at, "half of its facts");
  if (!act->act (it, &none))
    fault (act, at, none != NULL ? none->message : "not done at the next attempt");
  g_clear_pointer (&it->journal, journal_close);
  return !failed;
}

static void test_act (gconstpointer data)
{
  const Act *act = data;
  g_autoptr (GError) error = NULL;
  Case it = { 0 };
  gint64 before, after;
  guint at = 1;

  sign_start ();
  set_time ("2016-10-26T09:12:00+08:00");
  it.folder = g_dir_make_tmp ("accueil-XXXXXX", NULL);
  it.db = g_build_filename (it.folder, "a.db", NULL);
  it.other_db = g_build_filename (it.folder, "b.db", NULL);
  it.template_ = g_build_filename (it.folder, "hub.db", NULL);
  it.other_template = g_build_filename (it.folder, "other.db", NULL);
  make_hub (&it);
  make_other (&it);

  begin (&it);
  before = count (&it);
  act->act (&it, &error);
  g_assert_no_error (error);
  after = count (&it);
  g_clear_pointer (&it.journal, journal_close);
  /* The first ones each; of a long row, some. */
  while (!attempt (&it, act, at, before, after)) {
    at += at < 60 ? 1 : (guint) g_test_rand_int_range (1, (gint) at / 4);
    g_assert_cmpuint (at, <, CALLS_MAX);
  }
  g_test_message ("%u calls", at - 1);
  g_assert_cmpuint (at, >, 1);

  g_ptr_array_unref (it.facts);
  g_autoptr (GDir) dir = g_dir_open (it.folder, 0, NULL);
  for (const char *name; (name = g_dir_read_name (dir)) != NULL;) {
    g_autofree char *path = g_build_filename (it.folder, name, NULL);
    g_remove (path);
  }
  g_rmdir (it.folder);
  g_free (it.folder);
  g_free (it.db);
  g_free (it.other_db);
  g_free (it.template_);
  g_free (it.other_template);
  g_free (it.ticket);
  g_free (it.badge);
  g_free (it.invited);
  g_free (it.public);
  g_free (it.token);
  g_free (it.statement);
  g_free (it.checkpoint);
}

int main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (ACTS); i++) {
    g_autofree char *path = g_strconcat ("/failing/", ACTS[i].name, NULL);
    g_test_add_data_func (path, &ACTS[i], test_act);
  }
  return g_test_run ();
}
