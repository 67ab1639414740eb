/* convergence: whatever the order, the batches, the duplicates and the crashes in which
 * facts of five stations reach each other, of which the first is the root and the others
 * write what they may and what they may not, all replicas end with equal heads, equal
 * bodies and equal projections, and rebuilding changes none of them. SEED=n repeats one
 * run; STEPS=n makes it longer.  */
#include "journal/fact_json.h"
#include "journal/journal.h"
#include "journal/query.h"

#include <glib/gstdio.h>
#include <stdlib.h>
#include <string.h>

#define STATIONS 5
#define SEEDS 8
#define STEPS_USUAL 400

typedef struct {
  char name[24];
  char *path;
  Journal *journal;
  gint64 now_ms;
} Station;

typedef struct {
  GRand *rand;
  char *folder;
  Station stations[STATIONS];
  gint64 now_ms;
  guint crashes, duplicates, gaps, alterations;
} World;

static gint64 clock_now (gpointer data)
{
  return *(gint64 *) data;
}

static guint below (World *world, guint limit)
{
  return (guint) g_rand_int_range (world->rand, 0, (gint32) limit);
}

static gboolean chance (World *world, guint percent)
{
  return below (world, 100) < percent;
}

static void open_again (Station *station)
{
  g_autoptr (GError) error = NULL;

  station->journal = journal_open (
      station->path, (Clock){ .now_ms = clock_now, .data = &station->now_ms }, &error);
  g_assert_no_error (error);
}

/* The process dies: what was not committed has not happened. */
static void crash (World *world, Station *station)
{
  journal_close (station->journal);
  open_again (station);
  world->crashes++;
}

/* Random facts ----------------------------------------------------------------------- */

/* Few ids, so that stations write about the same things. */
static char *reference (World *world)
{
  return g_strdup_printf ("R-%u", below (world, 5));
}

static char *text (World *world)
{
  static const char *const TEXTS[] = {
    "",   "Œuvrard", "d'Estienne", "欧阳思远", "𬭶", "a \\\"quoted\\\" word", "L'Haÿ-les-Roses",
    "26", "0"
  };

  return g_strdup (TEXTS[below (world, G_N_ELEMENTS (TEXTS))]);
}

static const char *const ISSUERS[] = { "s0", "s1", "s2", "s3", "s4" };

static char *body_of_definition (World *world)
{
  g_autofree char *fr = text (world), *zh = text (world);

  return g_strdup_printf ("{\"fr\":\"%s\",\"zh\":\"%s\",\"order\":%u,\"kind\":\"entrance\","
                          "\"days\":[{\"label\":\"26\",\"date\":\"2016-10-26\"}],"
                          "\"walks\":[{\"from\":\"a\",\"to\":\"b\",\"seconds\":\"%u\"}]%s}",
                          fr, zh, below (world, 5), below (world, 3),
                          chance (world, 20) ? ",\"removed\":true" : "");
}

/* Roles of people who may be registered before, after or never. */
static char *body_of_session (World *world)
{
  g_autofree char *fr = text (world), *zh = text (world);
  g_autoptr (GString) roles = g_string_new (NULL);

  for (guint i = below (world, 3); i > 0; i--)
    g_string_append_printf (roles, "%s{\"reference\":\"R-%u\",\"role\":\"%s\",\"theme\":\"%u\"}",
                            roles->len > 0 ? "," : "", below (world, 5),
                            chance (world, 50) ? "animateur" : "intervenant", below (world, 2));
  return g_strdup_printf ("{\"fr\":\"%s\",\"zh\":\"%s\",\"day\":\"26\",\"roles\":[%s]%s}", fr, zh,
                          roles->str, chance (world, 20) ? ",\"removed\":true" : "");
}

static char *body_of_deadline (World *world)
{
  g_autofree char *fr = text (world), *zh = text (world);

  return g_strdup_printf ("{\"fr\":\"%s\",\"zh\":\"%s\",\"due\":\"2016-0%u-20\",\"order\":%u%s}",
                          fr, zh, 1 + below (world, 9), below (world, 5),
                          chance (world, 30) ? ",\"done\":\"2016-05-19\"" : "");
}

static char *body_of_logo (World *world)
{
  g_autofree char *fr = text (world), *zh = text (world);

  return g_strdup_printf (
      "{\"fr\":\"%s\",\"zh\":\"%s\",\"type\":\"svg\",\"picture\":\"PHN2Zz%u=\"%s}", fr, zh,
      below (world, 9), chance (world, 20) ? ",\"removed\":true" : "");
}

static char *body_of_checkpoint (World *world)
{
  static const char *const EVENTS[] = { "", "e0", "e1" };

  static const char *const PLACES[] = { "", "", ",\"place\":\"a\"", ",\"place\":\"b\"" };

  return g_strdup_printf ("{\"kind\":\"%s\",\"event\":\"%s\"%s%s}",
                          chance (world, 70)   ? "entrance"
                          : chance (world, 50) ? "headset"
                                               : "meal",
                          EVENTS[below (world, G_N_ELEMENTS (EVENTS))],
                          PLACES[below (world, G_N_ELEMENTS (PLACES))],
                          chance (world, 10) ? ",\"removed\":true" : "");
}

static char *body_of_registration (World *world)
{
  g_autofree char *family = text (world), *name_zh = text (world), *given = text (world);

  /* By a list, by a person who corrects, or by a list whose word is taken after all. */
  static const char *const BY[]
      = { "",
          "",
          ",\"said\":{\"a\":{\"given\":\"Zoé\"}}",
          ",\"corrected\":[\"family\"],\"volunteer\":\"v0\"",
          ",\"corrected\":[\"name_zh\",\"meals\",\"events\"],\"volunteer\":\"v1\"",
          ",\"corrected\":[\"given\",\"none\"],\"taken\":[\"family\"]",
          ",\"taken\":[\"name_zh\",\"meals\"]",
          ",\"volunteer\":\"v2\",\"status\":\"pending\"" };

  return g_strdup_printf (
      "{\"family\":\"%s\",\"given\":\"%s\",\"name_zh\":\"%s\",\"events\":[\"e%"
      "u\"],\"code\":\"c%u\"%s%s%s%s}",
      family, given, name_zh, below (world, 2), below (world, 3),
      chance (world, 30) ? ",\"protocol\":true" : "", chance (world, 50) ? ",\"meals\":true" : "",
      chance (world, 10) ? ",\"revoked\":true" : "", BY[below (world, G_N_ELEMENTS (BY))]);
}

static char *body_of_list (World *world)
{
  return g_strdup_printf ("{\"fields\":[\"family\"%s]}", chance (world, 50) ? ",\"hotel\"" : "");
}

static char *body_of_passage (World *world)
{
  static const char *const VERDICTS[]
      = { "ADMITTED", "ADMITTED", "ADMITTED", "ALREADY_IN", "FORGED", "BADGE_VOID" };

  return g_strdup_printf (
      "{\"checkpoint\":\"p%u\",\"day\":\"2016-10-2%u\",\"period\":\"%s\",\"verdict\":\"%s\","
      "\"direction\":\"%s\",\"serial\":%u,\"issuer\":\"%s\"%s%s%s}",
      below (world, 2), 6 + below (world, 2), chance (world, 50) ? "2016-10-26" : "",
      VERDICTS[below (world, G_N_ELEMENTS (VERDICTS))], chance (world, 70) ? "in" : "out",
      below (world, 3), ISSUERS[below (world, chance (world, 70) ? 1 : STATIONS)],
      chance (world, 80) ? ",\"code\":\"badge\"" : "",
      chance (world, 20) ? ",\"override\":\"FULL\",\"volunteer\":\"v0\"" : "",
      chance (world, 40) ? ",\"doors\":\"event e0\"" : "");
}

static char *body_of_badge (World *world)
{
  return g_strdup_printf ("{\"serial\":%u,\"issuer\":\"%s\",\"reason\":\"%s\"%s}",
                          1 + below (world, 3), ISSUERS[below (world, STATIONS)],
                          chance (world, 50) ? "lost" : "first",
                          chance (world, 50) ? ",\"print\":true" : "");
}

static char *body_of_print (World *world)
{
  static const char *const STATES[]
      = { "queued", "sent", "printing", "printed", "failed", "unsure" };

  return g_strdup_printf ("{\"state\":\"%s\",\"printer\":\"q%u\",\"job\":%u,\"reference\":\"R-%u\","
                          "\"serial\":1,\"issuer\":\"s0\"}",
                          STATES[below (world, G_N_ELEMENTS (STATES))], below (world, 2),
                          below (world, 90), below (world, 5));
}

static char *body_of_loan (World *world)
{
  return g_strdup_printf ("{\"item\":\"headset\",\"direction\":\"%s\"}",
                          chance (world, 50) ? "out" : "in");
}

/* Few headsets, so that stations lend the same. */
static char *body_of_headset_loan (World *world)
{
  return g_strdup_printf ("{\"item\":\"headset\",\"direction\":\"%s\",\"headset\":\"H-%u\","
                          "\"event\":\"e%u\",\"checkpoint\":\"p0\",\"day\":\"2016-10-26\"%s}",
                          chance (world, 70) ? "out" : "in", below (world, 3), below (world, 2),
                          chance (world, 20) ? ",\"several\":true" : "");
}

static char *body_of_headset (World *world)
{
  return g_strdup_printf ("{\"code\":\"AH:%u\"%s}", below (world, 4),
                          chance (world, 20) ? ",\"removed\":true" : "");
}

static char *body_of_defect (World *world)
{
  return g_strdup_printf ("{\"text\":\"%u\",\"volunteer\":\"v0\"%s}", below (world, 9),
                          chance (world, 40) ? ",\"repaired\":true" : "");
}

static char *headset_id (World *world)
{
  return g_strdup_printf ("H-%u", below (world, 3));
}

static char *body_of_letter (World *world)
{
  static const char *const STATES[] = { "sending", "sent", "delayed", "refused" };
  return g_strdup_printf ("{\"state\":\"%s\",\"address\":\"%u\"}", STATES[below (world, 4)],
                          below (world, 3));
}

static char *body_of_change (World *world)
{
  return g_strdup_printf ("{\"fr\":\"A\",\"date\":\"2016-10-26\",\"room\":\"%u\"%s}",
                          below (world, 5), chance (world, 30) ? ",\"cancelled\":true" : "");
}

static char *body_of_appointment (World *world)
{
  g_autofree char *host = text (world);

  return g_strdup_printf ("{\"id\":\"m%u\",\"kind\":\"%s\",\"date\":\"2016-10-26\",\"host\":\"%s\","
                          "\"places\":%u%s}",
                          below (world, 3), chance (world, 50) ? "meeting" : "shuttle", host,
                          below (world, 3), chance (world, 20) ? ",\"removed\":true" : "");
}

static char *body_of_met (World *world)
{
  return g_strdup_printf ("{\"id\":\"m%u\",\"volunteer\":\"v%u\"%s}", below (world, 3),
                          below (world, 3), chance (world, 30) ? ",\"undone\":true" : "");
}

/* Of the few passages there are, often before they have arrived. */
static char *body_of_undone (World *world)
{
  return g_strdup_printf ("{\"of\":\"%s\",\"seq\":%u,\"volunteer\":\"v0\",\"reason\":\"%u\"}",
                          ISSUERS[below (world, STATIONS)], 1 + below (world, 120),
                          below (world, 9));
}

static char *body_of_question (World *world)
{
  static const char *const KINDS_OF[] = { "yes-no", "diet", "date" };
  g_autofree char *fr = text (world);

  return g_strdup_printf ("{\"fr\":\"%s\",\"kind\":\"%s\",\"codes\":[\"halal\"],\"order\":%u%s}",
                          fr, KINDS_OF[below (world, 3)], below (world, 3),
                          chance (world, 20) ? ",\"removed\":true" : "");
}

static char *body_of_scan_message (World *world)
{
  g_autofree char *fr = text (world);

  return g_strdup_printf ("{\"fr\":\"%s\",\"categories\":[\"x%u\"]%s}", fr, below (world, 3),
                          chance (world, 50) ? ",\"team\":true" : "");
}

static char *body_of_answer (World *world)
{
  return g_strdup_printf ("{\"question\":\"x%u\",\"answer\":\"%s\"}", below (world, 3),
                          chance (world, 50) ? "halal" : "none");
}

static const char *const PUBLICS[] = { "qqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqo=",
                                       "u7u7u7u7u7u7u7u7u7u7u7u7u7u7u7u7u7u7u7u7u7s=",
                                       "zMzMzMzMzMzMzMzMzMzMzMzMzMzMzMzMzMzMzMzMzMw=" };

/* Nothing of that station counts from there on, since nobody signs here. */
static char *body_of_signed (World *world)
{
  return g_strdup_printf ("{\"from\":%u,\"public\":\"%s\"}", 100 + below (world, 200),
                          PUBLICS[below (world, 3)]);
}

static char *body_of_fork (World *world)
{
  return g_strdup_printf ("{\"held\":%u,\"shown\":%u%s}", below (world, 9), below (world, 9),
                          chance (world, 50) ? ",\"older\":true" : "");
}

static char *body_of_heads (World *world)
{
  return g_strdup_printf ("{\"day\":\"2016-10-26\",\"who\":\"companion\",\"heads\":%d}",
                          (int) below (world, 5) - 1);
}

static char *body_of_note (World *world)
{
  g_autofree char *note = text (world);

  return g_strdup_printf ("{\"text\":\"%s\",\"volunteer\":\"v%u\"}", note, below (world, 3));
}

static char *body_of_handover (World *world)
{
  g_autofree char *to = text (world);

  return g_strdup_printf ("{\"to\":\"%s\",\"serial\":%u,\"reason\":\"\"%s}", to, below (world, 3),
                          chance (world, 80) ? ",\"volunteer\":\"v0\"" : "");
}

static char *body_of_sign (World *world)
{
  g_autofree char *first = text (world), *second = text (world);

  return g_strdup_printf ("{\"fr\":\"%s\",\"zh\":\"%s\",\"volunteer\":\"v0\"}", first, second);
}

static char *body_of_reason (World *world)
{
  return g_strdup_printf ("{\"reason\":\"%u\",\"volunteer\":\"v%u\"}", below (world, 9),
                          below (world, 3));
}

static char *body_of_key (World *world)
{
  return g_strdup_printf ("{\"public\":\"%s\"%s}", PUBLICS[below (world, 3)],
                          chance (world, 20) ? ",\"revoked\":true" : "");
}

static char *key_id (World *world)
{
  return g_strdup_printf ("0000000%u", below (world, 3));
}

static char *volunteer_id (World *world)
{
  return g_strdup_printf ("10%u", below (world, 3));
}

static char *body_of_volunteer (World *world)
{
  return g_strdup_printf ("{\"name\":\"v%u\"%s}", below (world, 9),
                          chance (world, 20) ? ",\"removed\":true" : "");
}

static char *body_of_revoked_key (World *world)
{
  return g_strdup_printf ("{\"from\":%u}", below (world, 9000));
}

/* What only the root may say; the others try too. */
static char *body_of_role (World *world)
{
  static const char *const ROLES[] = { "none", "gate", "desk", "office", "office" };

  return g_strdup_printf ("{\"role\":\"%s\",\"from\":%u%s%s%s}",
                          ROLES[below (world, G_N_ELEMENTS (ROLES))], 1 + below (world, 60),
                          chance (world, 50) ? ",\"public\":\"" : ",\"note\":\"",
                          PUBLICS[below (world, 3)], "\"");
}

static char *body_of_disown (World *world)
{
  return g_strdup_printf ("{\"from\":%u}", 1 + below (world, 200));
}

static char *body_of_received (World *world)
{
  return g_strdup_printf ("{\"seq\":%u,\"at\":%" G_GINT64_FORMAT "}", 1 + below (world, 100),
                          clock_hybrid_from_ms (world->now_ms - (gint64) below (world, 4000)));
}

static char *body_of_excess (World *world)
{
  return g_strdup_printf ("{\"wait\":%u}", below (world, 60));
}

/* What no form allows: kept apart, and nothing else of its station with it. */
static char *body_of_fault (World *world)
{
  static const char *const FAULTS[] = {
    "{\"days\":\"[\"}",
    "{\"events\":\"{\",\"serial\":0,\"removed\":1}",
    "{\"serial\":70000,\"timezone\":\"Mars/Olympus\",\"events\":[1]}",
    "{\"timezone\":\"Mars/Olympus\",\"days\":[{\"label\":\"26\"}],\"meals\":\"yes\"}",
    "{\"fr\":\"a\",\"fr\":\"b\",\"family\":1,\"order\":-1}",
  };

  return g_strdup (FAULTS[below (world, G_N_ELEMENTS (FAULTS))]);
}

static char *body_of_ticket_void (World *world)
{
  return g_strdup_printf ("{\"serial\":%u,\"volunteer\":\"v%u\"}", below (world, 4),
                          below (world, 3));
}

static char *conflict_id (World *world)
{
  return g_strdup_printf ("R-%u@p%u/2016-10-26", below (world, 5), below (world, 2));
}

static char *checkpoint_id (World *world)
{
  return g_strdup_printf ("p%u", below (world, 2));
}

static char *alert_id (World *world)
{
  return g_strdup_printf ("%s:R-%u:%s:%u", chance (world, 50) ? "badge-void" : "double",
                          below (world, 5), ISSUERS[below (world, 2)], below (world, 3));
}

static char *body_of_seen (World *world)
{
  return g_strdup_printf ("{\"seen\":%u,\"volunteer\":\"v%u\"}", below (world, 4),
                          below (world, 3));
}

static char *body_of_call (World *world)
{
  return g_strdup_printf ("{\"checkpoint\":\"c%u\"}", below (world, 3));
}

static char *short_id (World *world)
{
  return g_strdup_printf ("x%u", below (world, 3));
}

static char *station_id (World *world)
{
  return g_strdup (ISSUERS[below (world, STATIONS)]);
}

static const struct {
  const char *kind;
  guint weight;
  char *(*subject) (World *world);
  char *(*body) (World *world);
} KINDS[] = {
  { "congress", 1, short_id, body_of_definition },
  { "event", 1, short_id, body_of_definition },
  { "category", 1, short_id, body_of_definition },
  { "delegation", 1, short_id, body_of_definition },
  { "rank", 1, short_id, body_of_definition },
  { "deadline", 1, short_id, body_of_deadline },
  { "logo", 1, short_id, body_of_logo },
  { "session", 3, short_id, body_of_session },
  { "checkpoint", 2, checkpoint_id, body_of_checkpoint },
  { "registration", 8, reference, body_of_registration },
  { "passage", 8, reference, body_of_passage },
  { "badge-issued", 4, reference, body_of_badge },
  { "badge-void", 3, reference, body_of_badge },
  { "print", 4, short_id, body_of_print },
  { "loan", 3, reference, body_of_loan },
  { "loan", 6, reference, body_of_headset_loan },
  { "letter", 1, reference, body_of_letter },
  { "session-change", 1, short_id, body_of_change },
  { "headset", 1, headset_id, body_of_headset },
  { "headset-defect", 1, headset_id, body_of_defect },
  { "appointment", 4, reference, body_of_appointment },
  { "met", 2, reference, body_of_met },
  { "undone", 12, reference, body_of_undone },
  { "question", 1, short_id, body_of_question },
  { "scan-message", 1, short_id, body_of_scan_message },
  { "answer", 4, reference, body_of_answer },
  { "head-count", 1, checkpoint_id, body_of_heads },
  { "note", 3, reference, body_of_note },
  { "handover", 3, reference, body_of_handover },
  { "ticket-void", 2, reference, body_of_ticket_void },
  { "conflict-closed", 2, conflict_id, body_of_reason },
  { "erasure", 2, reference, body_of_reason },
  { "key", 1, key_id, body_of_key },
  { "key-revoked", 1, key_id, body_of_revoked_key },
  { "volunteer", 2, volunteer_id, body_of_volunteer },
  { "role", 3, station_id, body_of_role },
  { "disown", 1, station_id, body_of_disown },
  { "received", 1, station_id, body_of_received },
  { "excess", 1, station_id, body_of_excess },
  { "fork", 1, station_id, body_of_fork },
  { "signed", 1, station_id, body_of_signed },
  { "congress", 1, short_id, body_of_fault },
  { "registration", 1, reference, body_of_fault },
  { "badge-issued", 1, reference, body_of_fault },
  { "station", 1, station_id, body_of_key },
  { "of-a-later-version", 1, short_id, body_of_reason },
  { "alert-closed", 2, alert_id, body_of_seen },
  { "call", 1, station_id, body_of_call },
  { "list", 1, short_id, body_of_list },
  { "message", 2, station_id, body_of_sign },
  { "station-name", 2, station_id, body_of_sign },
};

static guint random_kind (World *world)
{
  guint total = 0, drawn, kind = 0;

  for (guint i = 0; i < G_N_ELEMENTS (KINDS); i++)
    total += KINDS[i].weight;
  drawn = below (world, total);
  while (drawn >= KINDS[kind].weight)
    drawn -= KINDS[kind++].weight;
  return kind;
}

/* What a machine in wrong hands can do: a fact with a chain of its own that nobody asks
 * whether it may. */
static gboolean write_fact (Station *station, const char *kind, const char *subject,
                            const char *body, GError **error)
{
  Fact fact = { .station = station->name,
                .at = clock_hybrid_from_ms (station->now_ms),
                .kind = (char *) (guintptr) kind,
                .subject = (char *) (guintptr) subject,
                .body = (char *) (guintptr) body };
  Hash chain;

  if (!journal_head (station->journal, station->name, &fact.seq, &chain, error))
    return FALSE;
  fact.seq++;
  fact.body_hash = hash_of (body, strlen (body));
  fact.chain = fact_chain (&chain, &fact);
  return journal_receive (station->journal, &fact, 1, NULL, error);
}

/* An honest one writes what it may, and at its journal's time. */
static gboolean write_one (Station *station, guint kind, const char *subject, const char *body)
{
  g_autoptr (GError) error = NULL;
  gboolean good = journal_append (station->journal, KINDS[kind].kind, subject, body, NULL, &error);

  if (good)
    return TRUE;
  if (!g_error_matches (error, JOURNAL_ERROR, JOURNAL_ERROR_ROLE))
    g_assert_error (error, JOURNAL_ERROR, JOURNAL_ERROR_INVALID);
  g_clear_error (&error);
  good = write_fact (station, KINDS[kind].kind, subject, body, &error);
  g_assert_no_error (error);
  return good;
}

/* Steps ------------------------------------------------------------------------------ */

/* Mostly all clocks agree and advance together, so that stations that have not heard of
 * each other write at the very same time; some stand still, jump or run backwards. */
static void turn_clock (World *world, Station *station)
{
  if (chance (world, 30))
    world->now_ms += 2;
  if (chance (world, 80))
    station->now_ms = world->now_ms;
  else
    station->now_ms
        += chance (world, 50) ? -(gint64) below (world, 5000) : (gint64) below (world, 3);
}

static void work (World *world, Station *station)
{
  g_autoptr (GError) error = NULL;
  guint count = 1 + below (world, 4);

  turn_clock (world, station);
  g_assert_true (journal_begin (station->journal, &error));
  for (guint i = 0; i < count; i++) {
    guint kind = random_kind (world);
    g_autofree char *subject = KINDS[kind].subject (world), *body = KINDS[kind].body (world);

    g_assert_true (write_one (station, kind, subject, body));
  }
  if (chance (world, 10)) {
    crash (world, station);
    return;
  }
  g_assert_true (journal_commit (station->journal, &error));
  if (chance (world, 5))
    crash (world, station);
}

/* Two stations that have not heard of each other write about the same thing at the very
 * same time. */
static void work_twice (World *world, Station *one, Station *other)
{
  Station *both[] = { one, other };
  guint kind = random_kind (world);
  g_autofree char *subject = KINDS[kind].subject (world);

  world->now_ms += 2;
  for (guint i = 0; i < G_N_ELEMENTS (both); i++) {
    g_autofree char *body = KINDS[kind].body (world);

    both[i]->now_ms = world->now_ms;
    g_assert_true (journal_begin (both[i]->journal, NULL));
    g_assert_true (write_one (both[i], kind, subject, body));
    g_assert_true (journal_commit (both[i]->journal, NULL));
  }
}

static gint64 head_of (Station *station, const char *of)
{
  gint64 seq;

  g_assert_true (journal_head (station->journal, of, &seq, NULL, NULL));
  return seq;
}

static void add_facts (GArray *batch, Station *from, const char *of, gint64 after, guint limit)
{
  g_autoptr (GPtrArray) facts = journal_facts_of (from->journal, of, after, limit, NULL);

  g_assert_nonnull (facts);
  for (guint i = 0; i < facts->len; i++) {
    g_autofree char *line = fact_to_json (facts->pdata[i]);
    g_autoptr (GError) error = NULL;
    Fact fact;

    g_assert_true (fact_from_json (line, -1, &fact, &error)); /* as it travels */
    g_array_append_val (batch, fact);
  }
}

static GArray *batch_new (void)
{
  GArray *batch = g_array_new (FALSE, TRUE, sizeof (Fact));

  g_array_set_clear_func (batch, (GDestroyNotify) fact_clear);
  return batch;
}

static const Fact *facts_of (const GArray *batch)
{
  return (const Fact *) (gconstpointer) batch->data;
}

/* What is refused leaves everything as it was. */
static void deliver_bad (World *world, Station *to, const GArray *batch, JournalError expected)
{
  g_autofree char *before = journal_heads_digest (to->journal, NULL), *after = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (journal_begin (to->journal, NULL));
  g_assert_false (journal_receive (to->journal, facts_of (batch), batch->len, NULL, &error));
  g_assert_error (error, JOURNAL_ERROR, (gint) expected);
  journal_rollback (to->journal);
  after = journal_heads_digest (to->journal, NULL);
  g_assert_cmpstr (before, ==, after);
}

static void deliver_gap (World *world, Station *from, Station *to, const char *of)
{
  g_autoptr (GArray) batch = batch_new ();

  add_facts (batch, from, of, head_of (to, of) + 1, 3);
  if (batch->len == 0)
    return;
  deliver_bad (world, to, batch, JOURNAL_ERROR_GAP);
  world->gaps++;
}

static void deliver_altered (World *world, Station *from, Station *to, const char *of)
{
  g_autoptr (GArray) batch = batch_new ();
  Fact *fact;

  add_facts (batch, from, of, head_of (to, of), 3);
  if (batch->len == 0)
    return;
  fact = &g_array_index (batch, Fact, below (world, batch->len));
  switch (below (world, 4)) {
  case 0:
    fact->at++;
    break;
  case 1:
    g_free (fact->subject);
    fact->subject = g_strdup ("someone-else");
    break;
  case 2:
    fact->chain.bytes[below (world, HASH_BYTES)] ^= 1;
    break;
  default:
    fact->body_hash.bytes[below (world, HASH_BYTES)] ^= 1;
  }
  deliver_bad (world, to, batch, JOURNAL_ERROR_CHAIN);
  world->alterations++;
}

/* Some facts that @from holds, its own and others', some of which @to has already. */
static void deliver (World *world, Station *from, Station *to)
{
  g_autoptr (GArray) batch = batch_new ();
  g_autoptr (GError) error = NULL;
  guint taken, parts = 1 + below (world, STATIONS);

  for (guint i = 0; i < parts; i++) {
    const char *of = ISSUERS[below (world, STATIONS)];
    gint64 head = head_of (to, of), back = below (world, 4);

    /* A station may come twice in a batch: then the second part begins where @to stood,
     * and is a duplicate. */
    add_facts (batch, from, of, MAX (0, head - back), 1 + below (world, 12));
  }
  g_assert_true (journal_begin (to->journal, NULL));
  g_assert_true (journal_receive (to->journal, facts_of (batch), batch->len, &taken, &error));
  world->duplicates += batch->len - taken;
  if (chance (world, 10)) {
    crash (world, to);
    return;
  }
  g_assert_true (journal_commit (to->journal, NULL));
}

static void step (World *world)
{
  Station *one = &world->stations[below (world, STATIONS)],
          *other = &world->stations[below (world, STATIONS)];
  guint drawn = below (world, 100);

  if (drawn < 30)
    work (world, one);
  else if (drawn < 50 && one != other)
    work_twice (world, one, other);
  else if (one == other)
    crash (world, one);
  else if (drawn < 88)
    deliver (world, one, other);
  else if (drawn < 94)
    deliver_gap (world, one, other, ISSUERS[below (world, STATIONS)]);
  else
    deliver_altered (world, one, other, ISSUERS[below (world, STATIONS)]);
}

/* Everything that is missing, in random order, until all hold all. */
static void catch_up (World *world)
{
  for (;;) {
    g_autofree char *first = journal_heads_digest (world->stations[0].journal, NULL);
    gboolean equal = TRUE;

    for (guint i = 1; i < STATIONS && equal; i++) {
      g_autofree char *digest = journal_heads_digest (world->stations[i].journal, NULL);
      equal = g_str_equal (first, digest);
    }
    if (equal)
      return;
    for (guint i = 0; i < 20; i++) {
      Station *from = &world->stations[below (world, STATIONS)],
              *to = &world->stations[below (world, STATIONS)];

      if (from != to)
        deliver (world, from, to);
    }
  }
}

/* Comparing -------------------------------------------------------------------------- */

/* All facts with their bodies, which erasure must have emptied everywhere alike. */
static char *bodies_text (Journal *journal)
{
  GString *all = g_string_new (NULL);

  for (guint i = 0; i < STATIONS; i++) {
    g_autoptr (GPtrArray) facts = journal_facts_of (journal, ISSUERS[i], 0, G_MAXINT, NULL);

    for (guint n = 0; n < facts->len; n++) {
      const Fact *fact = facts->pdata[n];
      g_string_append_printf (all, "%s %" G_GINT64_FORMAT " %s\n", fact->station, fact->seq,
                              fact->body != NULL ? fact->body : "(erased)");
    }
  }
  return g_string_free (all, FALSE);
}

/* What a search would find: the index is no projection of its own. */
static char *found_text (Journal *journal)
{
  Query *query = journal_query (journal,
                                "SELECT d.reference, s.tokens FROM delegate_search s LEFT JOIN "
                                "delegate d ON d.number = s.rowid ORDER BY d.reference, s.tokens",
                                NULL);
  GString *all = g_string_new (NULL);

  g_assert_nonnull (query);
  while (query_next (query))
    g_string_append_printf (all, "%s: %s\n", query_text (query, 0), query_text (query, 1));
  g_assert_true (query_end (query, NULL));
  return g_string_free (all, FALSE);
}

/* What is derived from the tables when it is asked for: which badge is good, what
 * contradicts itself, what a person should look at. */
static char *views_text (Journal *journal)
{
  static const char *const VIEWS[]
      = { "SELECT * FROM badge_state ORDER BY 1, 2, 3", "SELECT * FROM conflict ORDER BY 1",
          "SELECT * FROM badge_doubted ORDER BY 1, 2, 3", "SELECT * FROM alert ORDER BY 1" };
  GString *all = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (VIEWS); i++) {
    Query *query = journal_query (journal, VIEWS[i], NULL);

    g_assert_nonnull (query);
    while (query_next (query)) {
      for (int column = 0; column < query_columns (query); column++)
        g_string_append_printf (all, "%s|", query_text (query, column));
      g_string_append_c (all, '\n');
    }
    g_assert_true (query_end (query, NULL));
  }
  return g_string_free (all, FALSE);
}

static char *state_of (Journal *journal)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *projections = journal_projections_text (journal, &error),
                  *bodies = bodies_text (journal), *found = found_text (journal),
                  *views = views_text (journal);

  g_assert_no_error (error);
  return g_strconcat (projections, "--- bodies\n", bodies, "--- search\n", found, "--- views\n",
                      views, NULL);
}

static void assert_equal (const char *a, const char *b, const char *which)
{
  g_auto (GStrv) lines_a = g_strsplit (a, "\n", -1), lines_b = g_strsplit (b, "\n", -1);

  for (guint i = 0; lines_a[i] != NULL || lines_b[i] != NULL; i++)
    if (lines_a[i] == NULL || lines_b[i] == NULL || strcmp (lines_a[i], lines_b[i]) != 0)
      g_error ("%s differs:\n  %s\n  %s", which, lines_a[i] != NULL ? lines_a[i] : "(end)",
               lines_b[i] != NULL ? lines_b[i] : "(end)");
}

static void set_root (Journal *journal)
{
  g_assert_true (journal_begin (journal, NULL));
  g_assert_true (journal_set_root (journal, ISSUERS[0], NULL));
  g_assert_true (journal_commit (journal, NULL));
}

/* A replica that begins with a snapshot is like one that was there from the start. */
static void check_newcomer (World *world, const char *expected)
{
  g_autofree char *snapshot = g_build_filename (world->folder, "snapshot.db", NULL),
                  *path = g_build_filename (world->folder, "new.db", NULL), *state = NULL;
  g_autoptr (Journal) journal = journal_create (path, "newcomer", clock_system (), NULL);
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) lines = NULL, wanted = NULL;
  gint64 taken, last;

  set_root (journal);
  g_assert_true (journal_snapshot (world->stations[0].journal, snapshot, &error));
  g_assert_true (journal_merge (journal, snapshot, &taken, NULL, &last, &error));
  g_assert_cmpint (taken, ==, journal_last_number (world->stations[0].journal, NULL));
  state = state_of (journal);
  lines = g_strsplit (state, "\n", -1);
  wanted = g_strsplit (expected, "\n", -1);
  /* All the rows of the others, and its own key. */
  for (guint i = 0; wanted[i] != NULL; i++)
    if (!g_strv_contains ((const char *const *) lines, wanted[i]))
      g_error ("the newcomer lacks: %s", wanted[i]);
  g_assert_cmpuint (g_strv_length (lines), ==, g_strv_length (wanted) + 1);
}

static void check_all (World *world)
{
  g_autofree char *expected = state_of (world->stations[0].journal);

  for (guint i = 0; i < STATIONS; i++) {
    Station *station = &world->stations[i];
    g_autofree char *state = state_of (station->journal), *rebuilt = NULL;
    g_autoptr (GError) error = NULL;

    assert_equal (expected, state, station->name);
    g_assert_true (journal_verify (station->journal, NULL, NULL, NULL, &error));
    g_assert_true (journal_rebuild (station->journal, &error));
    rebuilt = state_of (station->journal);
    assert_equal (expected, rebuilt, "rebuilt");
  }
  check_newcomer (world, expected);
}

static guint kept_apart (Station *station)
{
  Query *query = journal_query (station->journal, "SELECT count (DISTINCT why) FROM apart", NULL);
  guint count;

  g_assert_true (query_next (query));
  count = (guint) query_int (query, 0);
  g_assert_true (query_end (query, NULL));
  return count;
}

/* Whoever adds a kind of fact adds its case here: the table of who may say what names them all. */
static void every_kind (void)
{
  g_autofree char *source = NULL;
  g_autoptr (GRegex) row = g_regex_new ("\\{ \"([a-z-]+)\", ROLE_", 0, 0, NULL);
  g_autoptr (GMatchInfo) match = NULL;
  guint kinds = 0;

  g_assert_true (g_file_get_contents ("src/journal/authority.c", &source, NULL, NULL));
  for (g_regex_match (row, source, 0, &match); g_match_info_matches (match);
       g_match_info_next (match, NULL), kinds++) {
    g_autofree char *kind = g_match_info_fetch (match, 1);
    gboolean found = FALSE;

    for (guint i = 0; i < G_N_ELEMENTS (KINDS); i++)
      found = found || strcmp (KINDS[i].kind, kind) == 0;
    if (!found)
      g_error ("no case of convergence for the kind “%s”", kind);
  }
  g_assert_cmpuint (kinds, >, 40);
}

/* Runs ------------------------------------------------------------------------------- */

static void begin (World *world, guint32 seed)
{
  world->rand = g_rand_new_with_seed (seed);
  world->now_ms = 1477440000000;
  world->folder = g_dir_make_tmp ("accueil-convergence-XXXXXX", NULL);
  for (guint i = 0; i < STATIONS; i++) {
    Station *station = &world->stations[i];
    g_autoptr (GError) error = NULL;

    g_strlcpy (station->name, ISSUERS[i], sizeof station->name);
    station->path = g_strdup_printf ("%s/%s.db", world->folder, station->name);
    station->now_ms = world->now_ms;
    station->journal
        = journal_create (station->path, station->name,
                          (Clock){ .now_ms = clock_now, .data = &station->now_ms }, &error);
    g_assert_no_error (error);
    set_root (station->journal);
  }
}

static void end (World *world)
{
  g_autoptr (GDir) dir = g_dir_open (world->folder, 0, NULL);
  const char *name;

  for (guint i = 0; i < STATIONS; i++) {
    journal_close (world->stations[i].journal);
    g_free (world->stations[i].path);
  }
  while ((name = g_dir_read_name (dir)) != NULL) {
    g_autofree char *path = g_build_filename (world->folder, name, NULL);
    g_unlink (path);
  }
  g_rmdir (world->folder);
  g_free (world->folder);
  g_rand_free (world->rand);
}

static void run (gconstpointer data)
{
  guint32 seed = GPOINTER_TO_UINT (data);
  guint steps = g_getenv ("STEPS") != NULL ? (guint) atoi (g_getenv ("STEPS")) : STEPS_USUAL;
  World world = { 0 };

  g_test_message ("SEED=%u", seed);
  begin (&world, seed);
  for (guint i = 0; i < steps; i++)
    step (&world);
  catch_up (&world);
  check_all (&world);
  g_test_message ("%" G_GINT64_FORMAT
                  " facts, %u crashes, %u duplicates, %u gaps and %u alterations refused",
                  journal_last_number (world.stations[0].journal, NULL), world.crashes,
                  world.duplicates, world.gaps, world.alterations);
  /* A run in which these did not happen would prove little. */
  g_assert_cmpuint (kept_apart (&world.stations[0]), >, 0);
  g_assert_cmpuint (world.crashes, >, 0);
  g_assert_cmpuint (world.duplicates, >, 0);
  g_assert_cmpuint (world.gaps + world.alterations, >, 0);
  end (&world);
}

int main (int argc, char **argv)
{
  const char *chosen = g_getenv ("SEED");
  guint32 base = chosen != NULL ? (guint32) g_ascii_strtoull (chosen, NULL, 10) : g_random_int ();

  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/convergence/every-kind", every_kind);
  for (guint i = 0; i < (chosen != NULL ? 1 : SEEDS); i++) {
    g_autofree char *path = g_strdup_printf ("/convergence/seed-%u", base + i);
    g_test_add_data_func (path, GUINT_TO_POINTER (base + i), run);
  }
  return g_test_run ();
}
