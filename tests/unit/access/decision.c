/* The decision, as a table: one row a question, written as differences from an ordinary
 * one, and the whole answer. */
#include "access/decision.h"

#include <string.h>

/* The ordinary question: a delegate of the Rencontres shows a ticket at the entrance on
 * the 26th at 9:12, for the first time. Lists are separated by commas; an opening is
 * DAY/FROM-TO in hours. */
static const char ORDINARY[]
    = "kind=entrance events=rencontres once=day direction=in entitlement=none issues=1 capacity=0 "
      "shows=ticket badge=good issuer_revoked=0 registered=1 revoked=0 category=elu "
      "in_events=rencontres "
      "days=2016-10-26,2016-10-27,2016-10-28 workshops=A1,A3 role= meals=1 transport=1 headset=1 "
      "has_badge=0 admitted=0 inside=0 people=0 day=2016-10-26 at=9:12";

#define SESSION                                                                                    \
  "kind=session session=A1 once=session direction=both issues=0 shows=badge has_badge=1 "          \
  "opens=2016-10-26/8:30-12 "
#define ZONE                                                                                       \
  "kind=zone once=never direction=both issues=0 categories=personnalite,organisation shows=badge " \
  "has_badge=1 "
#define MEAL                                                                                       \
  "kind=meal once=day issues=0 entitlement=meals shows=badge has_badge=1 opens=2016-10-26/12-14 "  \
  "at=12:30 "
#define SHUTTLE                                                                                    \
  "kind=shuttle events= once=never issues=0 entitlement=transport shows=badge has_badge=1 "
#define HEADSET                                                                                    \
  "kind=headset once=event direction=both issues=0 entitlement=headset shows=badge has_badge=1 "
#define B2B                                                                                        \
  "kind=b2b events=rencontres,foire categories=entreprise category=entreprise "                    \
  "in_events=rencontres,foire once=never direction=both issues=0 shows=badge has_badge=1 "
#define NIGHT "kind=entrance opens=2016-10-27/9-12,2016-10-27/20-26 shows=badge has_badge=1 "

/* The answer: VERDICT detail for a refusal; ADMITTED, direction, what the right is used
 * up for, "badge" where one is issued, "@day" where it is not today's. */
static const struct {
  const char *name, *question, *answer;
} ROWS[] = {
  /* Entrance: the first time, codes of every kind. */
  { "first ticket", "", "ADMITTED in day badge" },
  { "foreign platform's code", "shows=foreign", "ADMITTED in day badge" },
  { "found by name", "shows=manual", "ADMITTED in day badge" },
  { "badge", "shows=badge has_badge=1", "ADMITTED in day" },
  { "badge of a station that was cut off, not heard of", "shows=badge has_badge=0",
    "ADMITTED in day" },
  { "door that issues no badge", "issues=0", "ADMITTED in day" },
  { "ticket after badge", "has_badge=1", "TICKET_USED badge" },
  { "ticket after badge, inside", "has_badge=1 inside=1 admitted=1", "TICKET_USED badge" },
  { "foreign code after badge", "shows=foreign has_badge=1", "TICKET_USED badge" },
  { "found by name, though a badge exists", "shows=manual has_badge=1", "ADMITTED in day" },
  { "ticket after the badge was reported lost", "has_badge=0 admitted=1 inside=0",
    "ADMITTED in day badge" },
  { "ticket after badge says so even on a wrong day", "has_badge=1 day=2016-10-29",
    "TICKET_USED badge" },

  /* What is no true code. */
  { "forged", "shows=forged", "FORGED signature" },
  { "forged of an unknown person", "shows=forged registered=0", "FORGED signature" },
  { "forged of a withdrawn person says nothing of her", "shows=forged revoked=1",
    "FORGED signature" },
  { "forged at a way out", "shows=forged direction=out", "FORGED signature" },
  { "other congress", "shows=other", "UNKNOWN other-congress" },
  { "other congress at a way out", "shows=other direction=out", "UNKNOWN other-congress" },
  { "ticket of a revoked key", "shows=old", "REVOKED ticket" },
  { "damaged", "shows=damaged", "UNKNOWN damaged" },
  { "no code of ours", "shows=unknown", "UNKNOWN" },
  { "no code of ours with the door closed", "shows=unknown opens=2016-10-26/10-12", "UNKNOWN" },
  { "true ticket of somebody not on the list here", "registered=0", "UNKNOWN not-here" },
  { "true badge of somebody not on the list here", "shows=badge registered=0", "UNKNOWN not-here" },
  { "nobody of that reference", "shows=manual registered=0", "UNKNOWN not-here" },

  /* Withdrawn. */
  { "withdrawn, ticket", "revoked=1", "REVOKED registration" },
  { "withdrawn, badge", "shows=badge revoked=1 has_badge=1", "REVOKED registration" },
  { "withdrawn, by name", "shows=manual revoked=1", "REVOKED registration" },
  { "withdrawn before a used ticket", "revoked=1 has_badge=1", "REVOKED registration" },
  { "badge of a revoked station", "shows=badge issuer_revoked=1", "REVOKED station" },
  { "badge of a revoked station, replaced", "shows=badge issuer_revoked=1 badge=replaced",
    "REVOKED station" },
  { "revoked station is no matter for a ticket", "issuer_revoked=1", "ADMITTED in day badge" },

  /* To be confirmed: to the desk, but always out. */
  { "to be confirmed", "pending=1", "NOT_ENTITLED pending" },
  { "to be confirmed, without the right either", "pending=1 in_events=foire",
    "NOT_ENTITLED pending" },
  { "to be confirmed, on the way out", "shows=badge pending=1 direction=out", "ADMITTED out day" },
  { "registered for a day that is no date", "days=le-26", "NOT_TODAY day" },
  { "asked on a day that is no date", "day=2016-1x-26", "NOT_TODAY day" },
  { "asked on a day that no calendar has", "day=2016-02-30", "NOT_TODAY day" },

  /* Void badges. */
  { "replaced badge", "shows=badge badge=replaced has_badge=1", "BADGE_VOID replaced" },
  { "lost badge", "shows=badge badge=lost", "BADGE_VOID lost" },
  { "lost badge at a way out", "shows=badge badge=lost direction=out", "BADGE_VOID lost" },
  { "lost badge, inside, at a gate for both ways",
    "shows=badge badge=lost direction=both inside=1 admitted=1", "BADGE_VOID lost" },
  { "lost badge comes before a missing right", "shows=badge badge=lost in_events=foire",
    "BADGE_VOID lost" },
  { "state of a badge is no matter by name", "shows=manual badge=lost", "ADMITTED in day badge" },

  { "copied badge", "shows=badge has_badge=1 doubted=1", "REVOKED double" },
  { "copied badge at a way out", "shows=badge has_badge=1 doubted=1 direction=out",
    "REVOKED double" },
  { "copied badge that was replaced", "shows=badge badge=replaced has_badge=1 doubted=1",
    "BADGE_VOID replaced" },
  { "whose badge was copied, by name", "shows=manual has_badge=1 doubted=1", "ADMITTED in day" },

  /* Twice, in and out. */
  { "double entry", "shows=badge has_badge=1 admitted=1 inside=1", "ALREADY_IN inside" },
  { "double entry by name", "shows=manual has_badge=1 admitted=1 inside=1", "ALREADY_IN inside" },
  { "again after a way out", "shows=badge has_badge=1 admitted=1 inside=0", "ADMITTED in day" },
  { "again after two stations let her in twice and she went out",
    "shows=badge has_badge=1 admitted=2 inside=0", "ADMITTED in day" },
  { "never used up", "shows=badge has_badge=1 once=never admitted=3 inside=1",
    "ADMITTED in never" },
  { "once an event", "once=event", "ADMITTED in event badge" },
  { "once an event, second day",
    "shows=badge has_badge=1 once=event admitted=1 inside=1 day=2016-10-27", "ALREADY_IN inside" },
  { "way out", "shows=badge has_badge=1 direction=out inside=1 admitted=1", "ADMITTED out day" },
  { "way out of somebody who was not seen coming in", "shows=badge has_badge=1 direction=out",
    "ADMITTED out day" },
  { "way out with a ticket issues no badge", "direction=out", "ADMITTED out day" },
  { "gate for both ways, in", "shows=badge has_badge=1 direction=both", "ADMITTED in day" },
  { "gate for both ways, out", "shows=badge has_badge=1 direction=both inside=1 admitted=1",
    "ADMITTED out day" },
  { "gate for both ways, in again", "shows=badge has_badge=1 direction=both inside=0 admitted=1",
    "ADMITTED in day" },
  { "nobody is kept in by the hour",
    "shows=badge has_badge=1 direction=both inside=1 admitted=1 opens=2016-10-26/8-9",
    "ADMITTED out day" },
  { "nobody is kept in by the day", "shows=badge has_badge=1 direction=out day=2016-10-29",
    "ADMITTED out day" },
  { "nobody is kept in by a right that has ended",
    "shows=badge has_badge=1 direction=out in_events=foire", "ADMITTED out day" },
  { "nobody is kept in by a full house",
    "shows=badge has_badge=1 direction=both inside=1 admitted=1 capacity=5 people=5",
    "ADMITTED out day" },

  /* A true code of somebody who is not on the list here, since it was cut off (R4). */
  { "unlisted ticket, trusted", "trusts=1 registered=0", "ADMITTED not-here in day" },
  { "unlisted badge, trusted", "trusts=1 registered=0 shows=badge", "ADMITTED not-here in day" },
  { "unlisted, whatever rights",
    "trusts=1 registered=0 in_events= days= category=", "ADMITTED not-here in day" },
  { "unlisted, found by name", "trusts=1 registered=0 shows=manual", "UNKNOWN not-here" },
  { "unlisted, another platform's code", "trusts=1 registered=0 shows=foreign",
    "UNKNOWN not-here" },
  { "unlisted, forged", "trusts=1 registered=0 shows=forged", "FORGED signature" },
  { "unlisted, ticket of an old key", "trusts=1 registered=0 shows=old", "REVOKED ticket" },
  { "unlisted, badge made void", "trusts=1 registered=0 shows=badge badge=lost",
    "BADGE_VOID lost" },
  { "unlisted, ticket after its badge", "trusts=1 registered=0 has_badge=1", "TICKET_USED badge" },
  { "unlisted, closed", "trusts=1 registered=0 opens=2016-10-26/10-12", "CLOSED hours" },
  { "unlisted, inside already", "trusts=1 registered=0 admitted=1 inside=1", "ALREADY_IN inside" },
  { "unlisted, full", "trusts=1 registered=0 capacity=1 people=1", "FULL capacity" },
  { "unlisted, on the way out", "trusts=1 registered=0 direction=out",
    "ADMITTED not-here out day" },
  { "listed, at a door that trusts", "trusts=1 in_events=foire", "NOT_ENTITLED event" },
  { "listed and withdrawn, at a door that trusts", "trusts=1 revoked=1", "REVOKED registration" },

  /* Out and back are always open (R2), but for a badge that is not the right one. */
  { "withdrawn, on the way out", "shows=badge has_badge=1 revoked=1 direction=out",
    "ADMITTED out day" },
  { "withdrawn while inside, at a gate for both ways",
    "shows=badge has_badge=1 revoked=1 direction=both inside=1 admitted=1", "ADMITTED out day" },
  { "withdrawn gives the headset back", HEADSET "revoked=1 inside=1", "ADMITTED out event" },
  { "withdrawn gets no headset", HEADSET "revoked=1", "REVOKED registration" },
  { "withdrawn, lost badge on the way out", "shows=badge badge=lost revoked=1 direction=out",
    "BADGE_VOID lost" },

  /* One of several events (R8). */
  { "one of two events", "events= any=rencontres,foire in_events=foire", "ADMITTED in day badge" },
  { "none of two events", "events= any=rencontres,foire in_events=", "NOT_ENTITLED event" },
  { "both of two events", "events= any=rencontres,foire in_events=rencontres,foire",
    "ADMITTED in day badge" },

  /* The night (R9). */
  { "once an event, home by a door without a scanner",
    "shows=badge has_badge=1 once=event admitted=1 inside=1 inside_day=2016-10-26 empties=1 "
    "day=2016-10-27",
    "ADMITTED in event" },
  { "the same day she is inside",
    "shows=badge has_badge=1 once=event admitted=1 inside=1 inside_day=2016-10-26 empties=1",
    "ALREADY_IN inside" },
  { "without the night she stays inside",
    "shows=badge has_badge=1 once=event admitted=1 inside=1 inside_day=2016-10-26 day=2016-10-27",
    "ALREADY_IN inside" },
  { "past midnight the evening is not over",
    NIGHT "once=event admitted=1 inside=1 inside_day=2016-10-27 empties=1 day=2016-10-28 at=0:30",
    "ALREADY_IN inside" },
  { "a gate for both ways begins the day with a way in",
    "shows=badge has_badge=1 once=event direction=both admitted=1 inside=1 inside_day=2016-10-26 "
    "empties=1 day=2016-10-27",
    "ADMITTED in event" },

  /* So often, on so many days, so soon (R10). */
  { "second of two entries", "shows=badge has_badge=1 limit=2 admitted=1", "ADMITTED in day" },
  { "third of two entries", "shows=badge has_badge=1 limit=2 admitted=2", "ALREADY_IN limit" },
  { "out after the last entry", "shows=badge has_badge=1 limit=2 admitted=2 direction=out",
    "ADMITTED out day" },
  { "two meals where two are allowed", MEAL "limit=2 admitted=1", "ADMITTED in day" },
  { "a third meal", MEAL "limit=2 admitted=2", "ALREADY_IN limit" },
  { "second of two days", "shows=badge has_badge=1 days_limit=2 days_used=1", "ADMITTED in day" },
  { "third of two days", "shows=badge has_badge=1 days_limit=2 days_used=2", "ALREADY_IN days" },
  { "too soon", "shows=badge has_badge=1 wait=30 since=29", "ALREADY_IN wait" },
  { "soon enough", "shows=badge has_badge=1 wait=30 since=30", "ADMITTED in day" },
  { "the first time there is no wait", "shows=badge has_badge=1 wait=30", "ADMITTED in day" },
  { "nobody waits on the way out", "shows=badge has_badge=1 wait=30 since=1 direction=out",
    "ADMITTED out day" },
  { "a right before a limit", "shows=badge has_badge=1 limit=1 admitted=1 in_events=foire",
    "NOT_ENTITLED event" },

  /* Rights. */
  { "other event", "in_events=foire", "NOT_ENTITLED event" },
  { "no event", "in_events=", "NOT_ENTITLED event" },
  { "both events, one asked", "in_events=rencontres,foire", "ADMITTED in day badge" },
  { "place of no event", "events= in_events=foire", "ADMITTED in day badge" },
  { "category admitted", "categories=elu,expert", "ADMITTED in day badge" },
  { "category not admitted", "categories=presse", "NOT_ENTITLED category" },
  { "no category where one is asked", "categories=presse category=", "NOT_ENTITLED category" },
  { "event before category", "categories=presse in_events=foire", "NOT_ENTITLED event" },
  { "missing right before the hours", "in_events=foire opens=2016-10-26/10-12",
    "NOT_ENTITLED event" },
  { "missing right before the day", "in_events=foire day=2016-10-29", "NOT_ENTITLED event" },

  /* Days and hours. */
  { "not registered for today", "days=2016-10-27,2016-10-28", "NOT_TODAY day" },
  { "registered for no day", "days=", "NOT_TODAY day" },
  { "no congress day", "day=2016-10-25", "NOT_TODAY day" },
  { "nothing today", "opens=2016-10-27/9-18", "NOT_TODAY nothing" },
  { "nothing today, nor registered", "opens=2016-10-27/9-18 days=2016-10-28", "NOT_TODAY nothing" },
  { "before opening", "opens=2016-10-26/9:13-18", "CLOSED hours" },
  { "first minute", "opens=2016-10-26/9:12-18", "ADMITTED in day badge" },
  { "last minute", "opens=2016-10-26/8-9:13", "ADMITTED in day badge" },
  { "just closed", "opens=2016-10-26/8-9:12", "CLOSED hours" },
  { "between two openings", "opens=2016-10-26/8-9,2016-10-26/10-12", "CLOSED hours" },
  { "second opening", "opens=2016-10-26/8-9,2016-10-26/9:10-12", "ADMITTED in day badge" },
  { "wrong day before the hours", "opens=2016-10-26/10-12 days=2016-10-27", "NOT_TODAY day" },
  { "inside, and closed: told that it is closed",
    "shows=badge has_badge=1 admitted=1 inside=1 opens=2016-10-26/8-9", "CLOSED hours" },
  { "evening", NIGHT "day=2016-10-27 at=23:59", "ADMITTED in day" },
  { "past midnight counts for the day before", NIGHT "day=2016-10-28 at=0:30",
    "ADMITTED in day @2016-10-27" },
  { "past midnight, registered for the evening only",
    NIGHT "day=2016-10-28 at=0:30 days=2016-10-27", "ADMITTED in day @2016-10-27" },
  { "past midnight, registered for the next day only",
    NIGHT "day=2016-10-28 at=0:30 days=2016-10-28", "NOT_TODAY day" },
  { "past midnight, last minute", NIGHT "day=2016-10-28 at=1:59", "ADMITTED in day @2016-10-27" },
  { "past midnight, over", NIGHT "day=2016-10-28 at=2", "NOT_TODAY nothing" },
  { "past midnight a day later", NIGHT "day=2016-10-29 at=0:30 days=2016-10-29",
    "NOT_TODAY nothing" },
  { "past midnight, way out", NIGHT "day=2016-10-28 at=0:30 direction=out",
    "ADMITTED out day @2016-10-27" },
  { "past midnight at the end of a month",
    "opens=2016-10-31/20-25 day=2016-11-01 at=0:30 days=2016-10-31",
    "ADMITTED in day badge @2016-10-31" },
  { "past midnight at the end of a year",
    "opens=2016-12-31/20-25 day=2017-01-01 at=0:30 days=2016-12-31",
    "ADMITTED in day badge @2016-12-31" },
  { "past midnight on the 29th of February",
    "opens=2016-02-29/20-25 day=2016-03-01 at=0:30 days=2016-02-29",
    "ADMITTED in day badge @2016-02-29" },
  { "today's opening comes before last night's",
    "opens=2016-10-26/20-30,2016-10-27/0-12 day=2016-10-27 at=1", "ADMITTED in day badge" },
  { "until midnight is not past midnight", "opens=2016-10-26/20-24 day=2016-10-27 at=0",
    "NOT_TODAY nothing" },

  /* Full. */
  { "last place", "capacity=5 people=4", "ADMITTED in day badge" },
  { "full", "capacity=5 people=5", "FULL capacity" },
  { "more than full, after a cut", "capacity=5 people=7", "FULL capacity" },
  { "no limit", "capacity=0 people=100000", "ADMITTED in day badge" },
  { "inside a full house: told that she is in",
    "shows=badge has_badge=1 inside=1 admitted=1 capacity=5 people=5", "ALREADY_IN inside" },

  /* Sessions. */
  { "session as wished", SESSION, "ADMITTED in session" },
  { "session not wished", SESSION "workshops=A2,A3", "NOT_ENTITLED session" },
  { "session by role", SESSION "workshops= role=A1", "ADMITTED in session" },
  { "role in another session", SESSION "workshops=A2 role=A2", "NOT_ENTITLED session" },
  { "session, going out", SESSION "inside=1 admitted=1", "ADMITTED out session" },
  { "session, in again", SESSION "inside=0 admitted=1", "ADMITTED in session" },
  { "session door for one way, twice", SESSION "direction=in inside=1 admitted=1",
    "ALREADY_IN inside" },
  { "session full", SESSION "capacity=60 people=60", "FULL capacity" },
  { "full session waits for its speaker", SESSION "capacity=60 people=60 role=A1",
    "ADMITTED in session" },
  { "speaker of another session does not get into a full one",
    SESSION "capacity=60 people=60 role=A3", "FULL capacity" },
  { "speaker has her own session though not wished, but not on a day she is absent",
    SESSION "workshops= role=A1 days=2016-10-27", "NOT_TODAY day" },
  { "session over", SESSION "at=12", "CLOSED hours" },
  { "session of another day", SESSION "day=2016-10-27", "NOT_TODAY nothing" },
  { "ticket at a session door", SESSION "shows=ticket has_badge=0", "ADMITTED in session" },

  /* Zones. */
  { "zone, guest", ZONE "category=personnalite", "ADMITTED in never" },
  { "zone, elected official", ZONE, "NOT_ENTITLED category" },
  { "zone, going out", ZONE "category=personnalite inside=1 admitted=1", "ADMITTED out never" },
  { "zone, lost badge", ZONE "category=personnalite badge=lost", "BADGE_VOID lost" },

  /* Meals: consumed once. */
  { "meal", MEAL, "ADMITTED in day" },
  { "meal twice", MEAL "admitted=1 inside=1", "ALREADY_IN used" },
  { "meal twice, though out in between", MEAL "admitted=1 inside=0", "ALREADY_IN used" },
  { "meal at a gate for both ways, going out", MEAL "direction=both admitted=1 inside=1",
    "ADMITTED out day" },
  { "meal at a gate for both ways, in again", MEAL "direction=both admitted=1 inside=0",
    "ALREADY_IN used" },
  { "no meals", MEAL "meals=0", "NOT_ENTITLED meals" },
  { "meal too early", MEAL "at=11:59", "CLOSED hours" },
  { "meal of a badge that is lost", MEAL "badge=lost", "BADGE_VOID lost" },
  { "meal, dining room full", MEAL "capacity=200 people=200", "FULL capacity" },
  { "buffet without count", MEAL "once=never admitted=4 inside=1", "ADMITTED in never" },

  /* Shuttles. */
  { "shuttle", SHUTTLE, "ADMITTED in never" },
  { "shuttle again", SHUTTLE "admitted=1 inside=1", "ADMITTED in never" },
  { "shuttle once a day, again", SHUTTLE "once=day admitted=1 inside=1", "ALREADY_IN used" },
  { "no transport", SHUTTLE "transport=0", "NOT_ENTITLED transport" },
  { "shuttle full", SHUTTLE "capacity=50 people=50", "FULL capacity" },

  /* Headsets: lent and returned. */
  { "headset lent", HEADSET, "ADMITTED in event" },
  { "headset returned", HEADSET "inside=1 admitted=1", "ADMITTED out event" },
  { "headset lent again", HEADSET "inside=0 admitted=1", "ADMITTED in event" },
  { "headset returned on a day she is not registered for",
    HEADSET "inside=1 admitted=1 day=2016-10-29", "ADMITTED out event" },
  { "headset returned after the right was taken away", HEADSET "inside=1 admitted=1 headset=0",
    "ADMITTED out event" },
  { "no headset", HEADSET "headset=0", "NOT_ENTITLED headset" },
  { "one headset a person", HEADSET "direction=in inside=1", "ALREADY_IN loan" },
  { "one headset a person, whatever once says", HEADSET "direction=in once=never inside=1",
    "ALREADY_IN loan" },
  { "none left", HEADSET "capacity=300 people=300", "FULL capacity" },
  { "none left, but one comes back", HEADSET "capacity=300 people=300 inside=1",
    "ADMITTED out event" },

  /* B2B. */
  { "business registered for both", B2B, "ADMITTED in never" },
  { "business registered for one", B2B "in_events=rencontres", "NOT_ENTITLED event" },
  { "business registered for the other", B2B "in_events=foire", "NOT_ENTITLED event" },
  { "no business", B2B "category=elu", "NOT_ENTITLED category" },
};

typedef struct {
  DecisionQuestion q;
  const char *role; /* the session in which she has one */
  GPtrArray *owned; /* texts and lists */
  Opening openings[4];
} Built;

static char *keep (Built *built, char *text)
{
  g_ptr_array_add (built->owned, text);
  return text;
}

static const char *const *list (Built *built, const char *value)
{
  g_auto (GStrv) parts = g_strsplit (value, ",", -1);
  guint count = *value ? g_strv_length (parts) : 0;
  const char **result = g_new0 (const char *, count + 1);
  g_ptr_array_add (built->owned, result);
  for (guint i = 0; i < count; i++)
    result[i] = keep (built, g_strdup (parts[i]));
  return result;
}

/* "9:12" or "24" */
static gint minutes (const char *text)
{
  const char *colon = strchr (text, ':');
  return (gint) g_ascii_strtoll (text, NULL, 10) * 60
         + (colon != NULL ? (gint) g_ascii_strtoll (colon + 1, NULL, 10) : 0);
}

static void set_openings (Built *built, const char *value)
{
  const char *const *each = list (built, value);
  for (built->q.opening_count = 0; each[built->q.opening_count] != NULL; built->q.opening_count++) {
    g_assert_cmpuint (built->q.opening_count, <, G_N_ELEMENTS (built->openings));
    const char *text = each[built->q.opening_count], *slash = strchr (text, '/'),
               *dash = strchr (slash, '-');
    built->openings[built->q.opening_count]
        = (Opening){ .day = keep (built, g_strndup (text, (gsize) (slash - text))),
                     .from_minute = minutes (slash + 1),
                     .to_minute = minutes (dash + 1) };
  }
  built->q.openings = built->openings;
}

static const char *const SHOWS[] = { "ticket", "badge", "foreign", "manual",  "forged",
                                     "other",  "old",   "damaged", "unknown", NULL };
static const char *const BADGES[] = { "good", "replaced", "lost", NULL };

static guint word (const char *const *words, const char *value)
{
  for (guint i = 0; words[i] != NULL; i++)
    if (strcmp (words[i], value) == 0)
      return i;
  g_error ("a row of the table has the unknown word %s", value);
}

static void set (Built *built, const char *key, const char *value)
{
  DecisionQuestion *q = &built->q;
  const struct {
    const char *key;
    gboolean *flag;
    guint *number;
    const char **text;
    const char *const **list;
  } fields[] = {
    { "issues", .flag = &q->issues_badge },
    { "issuer_revoked", .flag = &q->issuer_revoked },
    { "pending", .flag = &q->pending },
    { "doubted", .flag = &q->badge_doubted },
    { "registered", .flag = &q->registered },
    { "revoked", .flag = &q->revoked },
    { "meals", .flag = &q->meals },
    { "transport", .flag = &q->transport },
    { "headset", .flag = &q->headset },
    { "has_badge", .flag = &q->has_badge },
    { "inside", .flag = &q->inside },
    { "capacity", .number = &q->capacity },
    { "limit", .number = &q->limit },
    { "days_limit", .number = &q->days_limit },
    { "days_used", .number = &q->days_used },
    { "wait", .number = &q->wait },
    { "empties", .flag = &q->empties },
    { "trusts", .flag = &q->trusts },
    { "inside_day", .text = &q->inside_day },
    { "any", .list = &q->any_events },
    { "admitted", .number = &q->admitted },
    { "people", .number = &q->people_inside },
    { "session", .text = &q->session },
    { "category", .text = &q->category },
    { "role", .text = &built->role },
    { "day", .text = &q->day },
    { "events", .list = &q->events },
    { "categories", .list = &q->categories },
    { "in_events", .list = &q->delegate_events },
    { "days", .list = &q->delegate_days },
    { "workshops", .list = &q->delegate_sessions },
  };
  for (guint i = 0; i < G_N_ELEMENTS (fields); i++) {
    if (strcmp (fields[i].key, key) != 0)
      continue;
    if (fields[i].flag != NULL)
      *fields[i].flag = strcmp (value, "1") == 0;
    else if (fields[i].number != NULL)
      *fields[i].number = (guint) g_ascii_strtoull (value, NULL, 10);
    else if (fields[i].text != NULL)
      *fields[i].text = keep (built, g_strdup (value));
    else
      *fields[i].list = list (built, value);
    return;
  }
  if (strcmp (key, "kind") == 0)
    g_assert_true (checkpoint_kind_from_name (value, &q->kind));
  else if (strcmp (key, "once") == 0)
    g_assert_true (once_from_name (value, &q->once));
  else if (strcmp (key, "direction") == 0)
    g_assert_true (direction_from_name (value, &q->direction));
  else if (strcmp (key, "entitlement") == 0)
    g_assert_true (entitlement_from_name (value, &q->entitlement));
  else if (strcmp (key, "shows") == 0)
    q->presented = (Presented) word (SHOWS, value);
  else if (strcmp (key, "badge") == 0)
    q->badge = (BadgeState) word (BADGES, value);
  else if (strcmp (key, "since") == 0)
    q->since = (gint) g_ascii_strtoll (value, NULL, 10);
  else if (strcmp (key, "at") == 0)
    q->minute = minutes (value);
  else if (strcmp (key, "opens") == 0)
    set_openings (built, value);
  else
    g_error ("a row of the table has the unknown key %s", key);
}

static void build (Built *built, const char *question)
{
  *built = (Built){ .q.since = -1, .owned = g_ptr_array_new_with_free_func (g_free) };
  g_autofree char *all = g_strconcat (ORDINARY, " ", question, NULL);
  g_auto (GStrv) settings = g_strsplit (all, " ", -1);
  for (guint i = 0; settings[i] != NULL; i++) {
    char *equals = strchr (settings[i], '=');
    if (equals == NULL)
      continue;
    *equals = '\0';
    set (built, settings[i], equals + 1);
  }
  built->q.has_role = built->q.session != NULL && *built->q.session != '\0'
                      && g_strcmp0 (built->role, built->q.session) == 0;
}

static char *describe (const DecisionAnswer *answer, const char *today)
{
  GString *text = g_string_new (verdict_name (answer->verdict));
  if (*answer->detail)
    g_string_append_printf (text, " %s", answer->detail);
  if (answer->verdict == VERDICT_ADMITTED) {
    g_string_append_printf (text, " %s %s%s", direction_name (answer->direction),
                            once_name (answer->period), answer->issue_badge ? " badge" : "");
    if (g_strcmp0 (answer->day, today) != 0)
      g_string_append_printf (text, " @%s", answer->day);
  }
  return g_string_free (text, FALSE);
}

/* When it may be tried again (R7): day and minute, "-" for none. */
static void test_next (void)
{
  static const char *const TABLE[][2] = {
    { "opens=2016-10-26/11-12", "2016-10-26 660" },
    { "opens=2016-10-26/8-9,2016-10-26/10-12,2016-10-26/14-15", "2016-10-26 600" },
    { "opens=2016-10-27/10-12,2016-10-27/8-9", "2016-10-27 480" },
    { "opens=2016-10-26/8-9,2016-10-27/8-9 days=2016-10-26", "-" },
    { "opens=2016-10-26/8-9,2016-10-28/8-9 days=2016-10-26,2016-10-28", "2016-10-28 480" },
    { "days=2016-10-28,2016-10-27", "2016-10-27 -1" },
    { "days=2016-10-25", "-" },
    { "opens=2016-10-26/8-18 days=2016-10-27", "-" },
    { "opens=2016-10-26/8-18,2016-10-27/8-18 days=2016-10-27", "2016-10-27 480" },
    { "shows=badge has_badge=1 wait=30 since=10", "2016-10-26 572" },
    { "shows=badge has_badge=1 wait=30 since=10 at=23:50", "-" },
    { "in_events=foire", "-" },
    { "", "-" },
  };
  for (guint i = 0; i < G_N_ELEMENTS (TABLE); i++) {
    Built built;
    build (&built, TABLE[i][0]);
    DecisionAnswer answer = decision_make (&built.q);
    g_autofree char *text = answer.next_day != NULL
                                ? g_strdup_printf ("%s %d", answer.next_day, answer.next_minute)
                                : g_strdup ("-");
    g_test_message ("%s", TABLE[i][0]);
    g_assert_cmpstr (text, ==, TABLE[i][1]);
    g_ptr_array_unref (built.owned);
  }
}

static void test_table (void)
{
  gboolean seen[VERDICT_COUNT] = { FALSE }, kinds[CHECKPOINT_KIND_COUNT] = { FALSE };
  for (guint i = 0; i < G_N_ELEMENTS (ROWS); i++) {
    Built built;
    build (&built, ROWS[i].question);
    DecisionAnswer answer = decision_make (&built.q);
    g_autofree char *text = describe (&answer, built.q.day);
    if (strcmp (text, ROWS[i].answer) != 0)
      g_test_message ("row \"%s\": %s, not %s", ROWS[i].name, text, ROWS[i].answer);
    g_assert_cmpstr (text, ==, ROWS[i].answer);
    seen[answer.verdict] = kinds[built.q.kind] = TRUE;
    g_ptr_array_unref (built.owned);
  }
  for (guint i = 0; i < VERDICT_COUNT; i++)
    g_assert_true (seen[i]);
  for (guint i = 0; i < CHECKPOINT_KIND_COUNT; i++)
    g_assert_true (kinds[i]);
  g_test_message ("%u rows", (guint) G_N_ELEMENTS (ROWS));
}

/* A random row, with random changes. */
static void build_random (Built *built, GRand *rand)
{
  build (built, ROWS[g_rand_int_range (rand, 0, G_N_ELEMENTS (ROWS))].question);
  DecisionQuestion *q = &built->q;
  q->presented = (Presented) g_rand_int_range (rand, 0, PRESENTED_UNKNOWN + 1);
  q->direction = (Direction) g_rand_int_range (rand, 0, DIRECTION_COUNT);
  q->once = (Once) g_rand_int_range (rand, 0, ONCE_COUNT);
  q->minute = g_rand_int_range (rand, 0, 1440);
  q->has_badge = g_rand_boolean (rand);
  q->inside = g_rand_boolean (rand);
  q->admitted = (guint) g_rand_int_range (rand, 0, 3);
  q->people_inside = (guint) g_rand_int_range (rand, 0, 100);
}

/* Whatever is asked: taking a right away opens nothing, and an answer never contradicts
 * itself. */
static void test_properties (void)
{
  guint32 seed = g_random_int ();
  g_test_message ("seed %u", seed);
  g_autoptr (GRand) rand = g_rand_new_with_seed (seed);
  static const char *const NONE[] = { NULL };
  guint admitted = 0;
  for (guint i = 0; i < 20000; i++) {
    Built built;
    build_random (&built, rand);
    DecisionAnswer answer = decision_make (&built.q);
    g_assert_true (!answer.issue_badge
                   || (answer.verdict == VERDICT_ADMITTED && answer.direction == DIRECTION_IN
                       && !built.q.has_badge));
    g_assert_true (answer.verdict == VERDICT_ADMITTED || answer.period == ONCE_NEVER);
    g_assert_true (answer.direction != DIRECTION_BOTH && answer.detail && answer.day);
    gboolean unlisted = !built.q.registered && answer.verdict == VERDICT_ADMITTED;
    g_assert_true ((answer.verdict == VERDICT_ADMITTED && !unlisted)
                   == (answer.verdict != VERDICT_UNKNOWN && *answer.detail == '\0'));
    /* Only where true codes are trusted, with no badge and a word of it. */
    g_assert_true (
        !unlisted
        || (built.q.trusts && !answer.issue_badge && strcmp (answer.detail, "not-here") == 0));
    admitted += answer.verdict == VERDICT_ADMITTED;
    /* Whoever is let in has the right; whom a right is missing, has it not. */
    if (answer.verdict == VERDICT_ADMITTED && answer.direction == DIRECTION_IN && !unlisted)
      g_assert_true (decision_is_entitled (&built.q));
    else if (answer.verdict == VERDICT_NOT_ENTITLED && !built.q.pending)
      g_assert_false (decision_is_entitled (&built.q));

    DecisionQuestion less = built.q;
    switch (g_rand_int_range (rand, 0, 6)) {
    case 0:
      less.registered = less.trusts = FALSE;
      break;
    case 1:
      less.revoked = TRUE;
      break;
    case 2:
      less.delegate_events = less.delegate_days = NONE;
      break;
    case 3:
      less.meals = less.transport = less.headset = FALSE;
      break;
    case 4:
      less.badge = BADGE_LOST;
      break;
    default:
      less.presented = PRESENTED_FORGED;
      break;
    }
    g_assert_true (answer.verdict == VERDICT_ADMITTED
                   || decision_make (&less).verdict != VERDICT_ADMITTED);
    g_ptr_array_unref (built.owned);
  }
  g_assert_cmpuint (admitted, >, 1000);
}

static void test_names (void)
{
  for (guint i = 0; i < VERDICT_COUNT; i++) {
    Verdict verdict = VERDICT_COUNT;
    g_assert_true (verdict_from_name (verdict_name ((Verdict) i), &verdict));
    g_assert_cmpuint (verdict, ==, i);
  }
  Verdict verdict = VERDICT_FULL;
  g_assert_false (verdict_from_name ("admitted", &verdict));
  g_assert_false (verdict_from_name ("", &verdict));
  g_assert_false (verdict_from_name (NULL, &verdict));
  g_assert_cmpuint (verdict, ==, VERDICT_FULL);
  g_assert_cmpstr (verdict_name (VERDICT_COUNT), ==, "");
  CheckpointKind kind = CHECKPOINT_MEAL;
  g_assert_true (checkpoint_kind_from_name ("b2b", &kind) && kind == CHECKPOINT_B2B);
  Once once = ONCE_DAY;
  g_assert_true (once_from_name ("never", &once) && once == ONCE_NEVER);
  Direction direction = DIRECTION_IN;
  g_assert_true (direction_from_name ("both", &direction) && direction == DIRECTION_BOTH);
  Entitlement entitlement = ENTITLEMENT_NONE;
  g_assert_true (entitlement_from_name ("headset", &entitlement)
                 && entitlement == ENTITLEMENT_HEADSET);
}

static void test_openings (void)
{
  const Opening openings[]
      = { { "2016-10-26", 600, 720 }, { "2016-10-26", 1200, 1560 }, { "no date", 0, 1500 } };
  g_assert_cmpint (decision_opening_at (openings, 3, "2016-10-26", 599), ==, -1);
  g_assert_cmpint (decision_opening_at (openings, 3, "2016-10-26", 600), ==, 0);
  g_assert_cmpint (decision_opening_at (openings, 3, "2016-10-26", 1439), ==, 1);
  g_assert_cmpint (decision_opening_at (openings, 3, "2016-10-27", 119), ==, 1);
  g_assert_cmpint (decision_opening_at (openings, 3, "2016-10-27", 120), ==, -1);
  g_assert_cmpint (decision_opening_at (openings, 3, "2016-13-27", 10), ==, -1);
  g_assert_cmpint (decision_opening_at (openings, 3, "", 10), ==, -1);
  g_assert_cmpint (decision_opening_at (NULL, 0, "2016-10-26", 600), ==, -1);
}

int main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/decision/table", test_table);
  g_test_add_func ("/decision/next", test_next);
  g_test_add_func ("/decision/properties", test_properties);
  g_test_add_func ("/decision/names", test_names);
  g_test_add_func ("/decision/openings", test_openings);
  return g_test_run ();
}
