#include "kit/random_facts.h"

#include "core/clock.h"

#include <string.h>

guint random_facts_below (RandomFacts *random, guint limit)
{
  return (guint) g_rand_int_range (random->rand, 0, (gint32) limit);
}

gboolean random_facts_chance (RandomFacts *random, guint percent)
{
  return random_facts_below (random, 100) < percent;
}

/* Subjects and bodies ---------------------------------------------------------------- */

/* Few ids, so that stations write about the same things. */
static char *reference (RandomFacts *random)
{
  return g_strdup_printf ("R-%u", random_facts_below (random, 5));
}

static char *text (RandomFacts *random)
{
  static const char *const TEXTS[] = {
    "",   "Œuvrard", "d'Estienne", "欧阳思远", "𬭶", "a \\\"quoted\\\" word", "L'Haÿ-les-Roses",
    "26", "0"
  };

  return g_strdup (TEXTS[random_facts_below (random, G_N_ELEMENTS (TEXTS))]);
}

const char *const RANDOM_FACTS_NAMES[] = { "s0", "s1", "s2", "s3", "s4" };
G_STATIC_ASSERT (G_N_ELEMENTS (RANDOM_FACTS_NAMES) == RANDOM_FACTS_STATIONS);

static char *body_of_definition (RandomFacts *random)
{
  g_autofree char *fr = text (random), *zh = text (random);

  return g_strdup_printf ("{\"fr\":\"%s\",\"zh\":\"%s\",\"order\":%u,\"kind\":\"entrance\","
                          "\"days\":[{\"label\":\"26\",\"date\":\"2016-10-26\"}],"
                          "\"walks\":[{\"from\":\"a\",\"to\":\"b\",\"seconds\":\"%u\"}]%s}",
                          fr, zh, random_facts_below (random, 5), random_facts_below (random, 3),
                          random_facts_chance (random, 20) ? ",\"removed\":true" : "");
}

/* Roles of people who may be registered before, after or never. */
static char *body_of_session (RandomFacts *random)
{
  g_autofree char *fr = text (random), *zh = text (random);
  g_autoptr (GString) roles = g_string_new (NULL);

  for (guint i = random_facts_below (random, 3); i > 0; i--)
    g_string_append_printf (roles, "%s{\"reference\":\"R-%u\",\"role\":\"%s\",\"theme\":\"%u\"}",
                            roles->len > 0 ? "," : "", random_facts_below (random, 5),
                            random_facts_chance (random, 50) ? "animateur" : "intervenant",
                            random_facts_below (random, 2));
  return g_strdup_printf ("{\"fr\":\"%s\",\"zh\":\"%s\",\"day\":\"26\",\"roles\":[%s]%s}", fr, zh,
                          roles->str, random_facts_chance (random, 20) ? ",\"removed\":true" : "");
}

static char *body_of_deadline (RandomFacts *random)
{
  g_autofree char *fr = text (random), *zh = text (random);

  return g_strdup_printf ("{\"fr\":\"%s\",\"zh\":\"%s\",\"due\":\"2016-0%u-20\",\"order\":%u%s}",
                          fr, zh, 1 + random_facts_below (random, 9),
                          random_facts_below (random, 5),
                          random_facts_chance (random, 30) ? ",\"done\":\"2016-05-19\"" : "");
}

static char *body_of_logo (RandomFacts *random)
{
  g_autofree char *fr = text (random), *zh = text (random);

  return g_strdup_printf (
      "{\"fr\":\"%s\",\"zh\":\"%s\",\"type\":\"svg\",\"picture\":\"PHN2Zz%u=\"%s}", fr, zh,
      random_facts_below (random, 9), random_facts_chance (random, 20) ? ",\"removed\":true" : "");
}

static char *body_of_checkpoint (RandomFacts *random)
{
  static const char *const EVENTS[] = { "", "e0", "e1" };

  static const char *const PLACES[] = { "", "", ",\"place\":\"a\"", ",\"place\":\"b\"" };

  return g_strdup_printf ("{\"kind\":\"%s\",\"event\":\"%s\"%s%s}",
                          random_facts_chance (random, 70)   ? "entrance"
                          : random_facts_chance (random, 50) ? "headset"
                                                             : "meal",
                          EVENTS[random_facts_below (random, G_N_ELEMENTS (EVENTS))],
                          PLACES[random_facts_below (random, G_N_ELEMENTS (PLACES))],
                          random_facts_chance (random, 10) ? ",\"removed\":true" : "");
}

static char *body_of_registration (RandomFacts *random)
{
  g_autofree char *family = text (random), *name_zh = text (random), *given = text (random);

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

  return g_strdup_printf ("{\"family\":\"%s\",\"given\":\"%s\",\"name_zh\":\"%s\",\"events\":[\"e%"
                          "u\"],\"code\":\"c%u\"%s%s%s%s}",
                          family, given, name_zh, random_facts_below (random, 2),
                          random_facts_below (random, 3),
                          random_facts_chance (random, 30) ? ",\"protocol\":true" : "",
                          random_facts_chance (random, 50) ? ",\"meals\":true" : "",
                          random_facts_chance (random, 10) ? ",\"revoked\":true" : "",
                          BY[random_facts_below (random, G_N_ELEMENTS (BY))]);
}

static char *body_of_list (RandomFacts *random)
{
  return g_strdup_printf ("{\"fields\":[\"family\"%s]}",
                          random_facts_chance (random, 50) ? ",\"hotel\"" : "");
}

static char *body_of_passage (RandomFacts *random)
{
  static const char *const VERDICTS[]
      = { "ADMITTED", "ADMITTED", "ADMITTED", "ALREADY_IN", "FORGED", "BADGE_VOID" };

  return g_strdup_printf (
      "{\"checkpoint\":\"p%u\",\"day\":\"2016-10-2%u\",\"period\":\"%s\",\"verdict\":\"%s\","
      "\"direction\":\"%s\",\"serial\":%u,\"issuer\":\"%s\"%s%s%s}",
      random_facts_below (random, 2), 6 + random_facts_below (random, 2),
      random_facts_chance (random, 50) ? "2016-10-26" : "",
      VERDICTS[random_facts_below (random, G_N_ELEMENTS (VERDICTS))],
      random_facts_chance (random, 70) ? "in" : "out", random_facts_below (random, 3),
      RANDOM_FACTS_NAMES[random_facts_below (
          random, random_facts_chance (random, 70) ? 1 : RANDOM_FACTS_STATIONS)],
      random_facts_chance (random, 80) ? ",\"code\":\"badge\"" : "",
      random_facts_chance (random, 20) ? ",\"override\":\"FULL\",\"volunteer\":\"v0\"" : "",
      random_facts_chance (random, 40) ? ",\"doors\":\"event e0\"" : "");
}

static char *body_of_badge (RandomFacts *random)
{
  return g_strdup_printf ("{\"serial\":%u,\"issuer\":\"%s\",\"reason\":\"%s\"%s}",
                          1 + random_facts_below (random, 3),
                          RANDOM_FACTS_NAMES[random_facts_below (random, RANDOM_FACTS_STATIONS)],
                          random_facts_chance (random, 50) ? "lost" : "first",
                          random_facts_chance (random, 50) ? ",\"print\":true" : "");
}

static char *body_of_print (RandomFacts *random)
{
  static const char *const STATES[]
      = { "queued", "sent", "printing", "printed", "failed", "unsure" };

  return g_strdup_printf ("{\"state\":\"%s\",\"printer\":\"q%u\",\"job\":%u,\"reference\":\"R-%u\","
                          "\"serial\":1,\"issuer\":\"s0\"}",
                          STATES[random_facts_below (random, G_N_ELEMENTS (STATES))],
                          random_facts_below (random, 2), random_facts_below (random, 90),
                          random_facts_below (random, 5));
}

static char *body_of_loan (RandomFacts *random)
{
  return g_strdup_printf ("{\"item\":\"headset\",\"direction\":\"%s\"}",
                          random_facts_chance (random, 50) ? "out" : "in");
}

/* Few headsets, so that stations lend the same. */
static char *body_of_headset_loan (RandomFacts *random)
{
  return g_strdup_printf ("{\"item\":\"headset\",\"direction\":\"%s\",\"headset\":\"H-%u\","
                          "\"event\":\"e%u\",\"checkpoint\":\"p0\",\"day\":\"2016-10-26\"%s}",
                          random_facts_chance (random, 70) ? "out" : "in",
                          random_facts_below (random, 3), random_facts_below (random, 2),
                          random_facts_chance (random, 20) ? ",\"several\":true" : "");
}

static char *body_of_headset (RandomFacts *random)
{
  return g_strdup_printf ("{\"code\":\"AH:%u\"%s}", random_facts_below (random, 4),
                          random_facts_chance (random, 20) ? ",\"removed\":true" : "");
}

static char *body_of_defect (RandomFacts *random)
{
  return g_strdup_printf ("{\"text\":\"%u\",\"volunteer\":\"v0\"%s}",
                          random_facts_below (random, 9),
                          random_facts_chance (random, 40) ? ",\"repaired\":true" : "");
}

static char *headset_id (RandomFacts *random)
{
  return g_strdup_printf ("H-%u", random_facts_below (random, 3));
}

static char *body_of_letter (RandomFacts *random)
{
  static const char *const STATES[] = { "sending", "sent", "delayed", "refused" };
  return g_strdup_printf ("{\"state\":\"%s\",\"address\":\"%u\"}",
                          STATES[random_facts_below (random, 4)], random_facts_below (random, 3));
}

static char *body_of_change (RandomFacts *random)
{
  return g_strdup_printf ("{\"fr\":\"A\",\"date\":\"2016-10-26\",\"room\":\"%u\"%s}",
                          random_facts_below (random, 5),
                          random_facts_chance (random, 30) ? ",\"cancelled\":true" : "");
}

static char *body_of_appointment (RandomFacts *random)
{
  g_autofree char *host = text (random);

  return g_strdup_printf ("{\"id\":\"m%u\",\"kind\":\"%s\",\"date\":\"2016-10-26\",\"host\":\"%s\","
                          "\"places\":%u%s}",
                          random_facts_below (random, 3),
                          random_facts_chance (random, 50) ? "meeting" : "shuttle", host,
                          random_facts_below (random, 3),
                          random_facts_chance (random, 20) ? ",\"removed\":true" : "");
}

static char *body_of_met (RandomFacts *random)
{
  return g_strdup_printf ("{\"id\":\"m%u\",\"volunteer\":\"v%u\"%s}",
                          random_facts_below (random, 3), random_facts_below (random, 3),
                          random_facts_chance (random, 30) ? ",\"undone\":true" : "");
}

/* Of the few passages there are, often before they have arrived. */
static char *body_of_undone (RandomFacts *random)
{
  return g_strdup_printf ("{\"of\":\"%s\",\"seq\":%u,\"volunteer\":\"v0\",\"reason\":\"%u\"}",
                          RANDOM_FACTS_NAMES[random_facts_below (random, RANDOM_FACTS_STATIONS)],
                          1 + random_facts_below (random, 120), random_facts_below (random, 9));
}

static char *body_of_question (RandomFacts *random)
{
  static const char *const KINDS_OF[] = { "yes-no", "diet", "date" };
  g_autofree char *fr = text (random);

  return g_strdup_printf ("{\"fr\":\"%s\",\"kind\":\"%s\",\"codes\":[\"halal\"],\"order\":%u%s}",
                          fr, KINDS_OF[random_facts_below (random, 3)],
                          random_facts_below (random, 3),
                          random_facts_chance (random, 20) ? ",\"removed\":true" : "");
}

static char *body_of_scan_message (RandomFacts *random)
{
  g_autofree char *fr = text (random);

  return g_strdup_printf ("{\"fr\":\"%s\",\"categories\":[\"x%u\"]%s}", fr,
                          random_facts_below (random, 3),
                          random_facts_chance (random, 50) ? ",\"team\":true" : "");
}

static char *body_of_answer (RandomFacts *random)
{
  return g_strdup_printf ("{\"question\":\"x%u\",\"answer\":\"%s\"}",
                          random_facts_below (random, 3),
                          random_facts_chance (random, 50) ? "halal" : "none");
}

static const char *const PUBLICS[] = { "qqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqo=",
                                       "u7u7u7u7u7u7u7u7u7u7u7u7u7u7u7u7u7u7u7u7u7s=",
                                       "zMzMzMzMzMzMzMzMzMzMzMzMzMzMzMzMzMzMzMzMzMw=" };

/* Nothing of that station counts from there on, since nobody signs here. */
static char *body_of_signed (RandomFacts *random)
{
  return g_strdup_printf ("{\"from\":%u,\"public\":\"%s\"}", 100 + random_facts_below (random, 200),
                          PUBLICS[random_facts_below (random, 3)]);
}

static char *body_of_fork (RandomFacts *random)
{
  return g_strdup_printf ("{\"held\":%u,\"shown\":%u%s}", random_facts_below (random, 9),
                          random_facts_below (random, 9),
                          random_facts_chance (random, 50) ? ",\"older\":true" : "");
}

static char *body_of_heads (RandomFacts *random)
{
  return g_strdup_printf ("{\"day\":\"2016-10-26\",\"who\":\"companion\",\"heads\":%d}",
                          (int) random_facts_below (random, 5) - 1);
}

static char *body_of_note (RandomFacts *random)
{
  g_autofree char *note = text (random);

  return g_strdup_printf ("{\"text\":\"%s\",\"volunteer\":\"v%u\"}", note,
                          random_facts_below (random, 3));
}

static char *body_of_handover (RandomFacts *random)
{
  g_autofree char *to = text (random);

  return g_strdup_printf ("{\"to\":\"%s\",\"serial\":%u,\"reason\":\"\"%s}", to,
                          random_facts_below (random, 3),
                          random_facts_chance (random, 80) ? ",\"volunteer\":\"v0\"" : "");
}

static char *body_of_sign (RandomFacts *random)
{
  g_autofree char *first = text (random), *second = text (random);

  return g_strdup_printf ("{\"fr\":\"%s\",\"zh\":\"%s\",\"volunteer\":\"v0\"}", first, second);
}

static char *body_of_reason (RandomFacts *random)
{
  return g_strdup_printf ("{\"reason\":\"%u\",\"volunteer\":\"v%u\"}",
                          random_facts_below (random, 9), random_facts_below (random, 3));
}

static char *body_of_key (RandomFacts *random)
{
  return g_strdup_printf ("{\"public\":\"%s\"%s}", PUBLICS[random_facts_below (random, 3)],
                          random_facts_chance (random, 20) ? ",\"revoked\":true" : "");
}

static char *key_id (RandomFacts *random)
{
  return g_strdup_printf ("0000000%u", random_facts_below (random, 3));
}

static char *volunteer_id (RandomFacts *random)
{
  return g_strdup_printf ("10%u", random_facts_below (random, 3));
}

static char *body_of_volunteer (RandomFacts *random)
{
  return g_strdup_printf ("{\"name\":\"v%u\"%s}", random_facts_below (random, 9),
                          random_facts_chance (random, 20) ? ",\"removed\":true" : "");
}

static char *body_of_revoked_key (RandomFacts *random)
{
  return g_strdup_printf ("{\"from\":%u}", random_facts_below (random, 9000));
}

/* What only the root may say; the others try too. */
static char *body_of_role (RandomFacts *random)
{
  static const char *const ROLES[] = { "none", "gate", "desk", "office", "office" };

  return g_strdup_printf ("{\"role\":\"%s\",\"from\":%u%s%s%s}",
                          ROLES[random_facts_below (random, G_N_ELEMENTS (ROLES))],
                          1 + random_facts_below (random, 60),
                          random_facts_chance (random, 50) ? ",\"public\":\"" : ",\"note\":\"",
                          PUBLICS[random_facts_below (random, 3)], "\"");
}

static char *body_of_disown (RandomFacts *random)
{
  return g_strdup_printf ("{\"from\":%u}", 1 + random_facts_below (random, 200));
}

static char *body_of_received (RandomFacts *random)
{
  return g_strdup_printf (
      "{\"seq\":%u,\"at\":%" G_GINT64_FORMAT "}", 1 + random_facts_below (random, 100),
      clock_hybrid_from_ms (random->now_ms - (gint64) random_facts_below (random, 4000)));
}

static char *body_of_excess (RandomFacts *random)
{
  return g_strdup_printf ("{\"wait\":%u}", random_facts_below (random, 60));
}

/* What no form allows: kept apart, and nothing else of its station with it. */
static char *body_of_fault (RandomFacts *random)
{
  static const char *const FAULTS[] = {
    "{\"days\":\"[\"}",
    "{\"events\":\"{\",\"serial\":0,\"removed\":1}",
    "{\"serial\":70000,\"timezone\":\"Mars/Olympus\",\"events\":[1]}",
    "{\"timezone\":\"Mars/Olympus\",\"days\":[{\"label\":\"26\"}],\"meals\":\"yes\"}",
    "{\"fr\":\"a\",\"fr\":\"b\",\"family\":1,\"order\":-1}",
  };

  return g_strdup (FAULTS[random_facts_below (random, G_N_ELEMENTS (FAULTS))]);
}

static char *body_of_ticket_void (RandomFacts *random)
{
  return g_strdup_printf ("{\"serial\":%u,\"volunteer\":\"v%u\"}", random_facts_below (random, 4),
                          random_facts_below (random, 3));
}

static char *conflict_id (RandomFacts *random)
{
  return g_strdup_printf ("R-%u@p%u/2016-10-26", random_facts_below (random, 5),
                          random_facts_below (random, 2));
}

static char *checkpoint_id (RandomFacts *random)
{
  return g_strdup_printf ("p%u", random_facts_below (random, 2));
}

static char *alert_id (RandomFacts *random)
{
  return g_strdup_printf (
      "%s:R-%u:%s:%u", random_facts_chance (random, 50) ? "badge-void" : "double",
      random_facts_below (random, 5), RANDOM_FACTS_NAMES[random_facts_below (random, 2)],
      random_facts_below (random, 3));
}

static char *body_of_seen (RandomFacts *random)
{
  return g_strdup_printf ("{\"seen\":%u,\"volunteer\":\"v%u\"}", random_facts_below (random, 4),
                          random_facts_below (random, 3));
}

static char *body_of_call (RandomFacts *random)
{
  return g_strdup_printf ("{\"checkpoint\":\"c%u\"}", random_facts_below (random, 3));
}

static char *short_id (RandomFacts *random)
{
  return g_strdup_printf ("x%u", random_facts_below (random, 3));
}

static char *station_id (RandomFacts *random)
{
  return g_strdup (RANDOM_FACTS_NAMES[random_facts_below (random, RANDOM_FACTS_STATIONS)]);
}

/* Kinds ------------------------------------------------------------------------------ */

static const RandomFactsKind KINDS[] = {
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

const RandomFactsKind *random_facts_draw (RandomFacts *random)
{
  guint total = 0, drawn, kind = 0;

  for (guint i = 0; i < G_N_ELEMENTS (KINDS); i++)
    total += KINDS[i].weight;
  drawn = random_facts_below (random, total);
  while (drawn >= KINDS[kind].weight)
    drawn -= KINDS[kind++].weight;
  return &KINDS[kind];
}

gboolean random_facts_has (const char *kind)
{
  for (guint i = 0; i < G_N_ELEMENTS (KINDS); i++)
    if (strcmp (KINDS[i].kind, kind) == 0)
      return TRUE;
  return FALSE;
}
