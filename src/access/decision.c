#include "access/decision.h"

#include <string.h>

#define DAY_MINUTES 1440

static const char *const VERDICTS[VERDICT_COUNT] = {
  [VERDICT_ADMITTED] = "ADMITTED",     [VERDICT_ALREADY_IN] = "ALREADY_IN", [VERDICT_NOT_ENTITLED] = "NOT_ENTITLED", [VERDICT_NOT_TODAY] = "NOT_TODAY",
  [VERDICT_CLOSED] = "CLOSED",         [VERDICT_FULL] = "FULL",             [VERDICT_BADGE_VOID] = "BADGE_VOID",     [VERDICT_TICKET_USED] = "TICKET_USED",
  [VERDICT_UNKNOWN] = "UNKNOWN",       [VERDICT_FORGED] = "FORGED",         [VERDICT_REVOKED] = "REVOKED",
};
static const char *const KINDS[CHECKPOINT_KIND_COUNT] = {
  [CHECKPOINT_ENTRANCE] = "entrance", [CHECKPOINT_ZONE] = "zone",       [CHECKPOINT_SESSION] = "session", [CHECKPOINT_MEAL] = "meal",
  [CHECKPOINT_SHUTTLE] = "shuttle",   [CHECKPOINT_HEADSET] = "headset", [CHECKPOINT_B2B] = "b2b",
};
static const char *const ONCES[ONCE_COUNT] = { [ONCE_NEVER] = "never", [ONCE_EVENT] = "event", [ONCE_DAY] = "day", [ONCE_SESSION] = "session" };
static const char *const DIRECTIONS[DIRECTION_COUNT] = { [DIRECTION_IN] = "in", [DIRECTION_OUT] = "out", [DIRECTION_BOTH] = "both" };
static const char *const ENTITLEMENTS[ENTITLEMENT_COUNT] = {
  [ENTITLEMENT_NONE] = "none", [ENTITLEMENT_MEALS] = "meals", [ENTITLEMENT_TRANSPORT] = "transport", [ENTITLEMENT_HEADSET] = "headset"
};

static gboolean index_of (const char *const *names, guint count, const char *name, guint *index)
{
  for (guint i = 0; name && i < count; i++)
    if (strcmp (names[i], name) == 0) {
      *index = i;
      return TRUE;
    }
  return FALSE;
}

/* The two directions between an enumeration and its words. */
#define NAMES(prefix, Type, TABLE, COUNT)                                                                                                            \
  const char *prefix##_name (Type value)                                                                                                             \
  {                                                                                                                                                  \
    return (guint) value < (guint) COUNT ? TABLE[value] : "";                                                                                          \
  }                                                                                                                                                  \
  gboolean prefix##_from_name (const char *name, Type *value)                                                                                        \
  {                                                                                                                                                  \
    guint index = 0;                                                                                                                                 \
    if (!index_of (TABLE, COUNT, name, &index))                                                                                                      \
      return FALSE;                                                                                                                                  \
    *value = (Type) index;                                                                                                                            \
    return TRUE;                                                                                                                                     \
  }

NAMES (verdict, Verdict, VERDICTS, VERDICT_COUNT)
NAMES (checkpoint_kind, CheckpointKind, KINDS, CHECKPOINT_KIND_COUNT)
NAMES (once, Once, ONCES, ONCE_COUNT)
NAMES (direction, Direction, DIRECTIONS, DIRECTION_COUNT)
NAMES (entitlement, Entitlement, ENTITLEMENTS, ENTITLEMENT_COUNT)

static gboolean holds (const char *const *list, const char *id)
{
  for (; list && id && *list; list++)
    if (strcmp (*list, id) == 0)
      return TRUE;
  return FALSE;
}

static gboolean is_empty (const char *text)
{
  return !text || !*text;
}

/* Days since an epoch, 0 for what is no ISO date. */
static guint32 day_number (const char *iso)
{
  guint year = 0, month = 0, day = 0;
  if (is_empty (iso) || strlen (iso) != 10)
    return 0;
  for (guint i = 0; i < 10; i++) {
    if (i == 4 || i == 7)
      continue;
    if (!g_ascii_isdigit (iso[i]))
      return 0;
    guint digit = (guint) (iso[i] - '0');
    if (i < 4)
      year = year * 10 + digit;
    else if (i < 7)
      month = month * 10 + digit;
    else
      day = day * 10 + digit;
  }
  if (!g_date_valid_dmy ((GDateDay) day, (GDateMonth) month, (GDateYear) year))
    return 0;
  GDate date;
  g_date_clear (&date, 1);
  g_date_set_dmy (&date, (GDateDay) day, (GDateMonth) month, (GDateYear) year);
  return g_date_get_julian (&date);
}

gint access_opening_at (const Opening *openings, guint count, const char *day, gint minute)
{
  for (guint i = 0; i < count; i++)
    if (g_strcmp0 (openings[i].day, day) == 0 && minute >= openings[i].from_minute && minute < openings[i].to_minute)
      return (gint) i;
  for (guint i = 0; i < count; i++) {
    if (openings[i].to_minute <= DAY_MINUTES)
      continue;
    guint32 began = day_number (openings[i].day);
    if (began != 0 && day_number (day) == began + 1 && minute + DAY_MINUTES >= openings[i].from_minute && minute + DAY_MINUTES < openings[i].to_minute)
      return (gint) i;
  }
  return -1;
}

static gboolean refuse (AccessAnswer *answer, Verdict verdict, const char *detail)
{
  answer->verdict = verdict;
  answer->detail = detail;
  return FALSE;
}

/* Checks 1 to 3: is this a true code of a registered person, and the right one of hers? */
static gboolean check_code (const AccessQuestion *q, AccessAnswer *answer)
{
  switch (q->presented) {
  case PRESENTED_FORGED:
    return refuse (answer, VERDICT_FORGED, "signature");
  case PRESENTED_OTHER_CONGRESS:
    return refuse (answer, VERDICT_UNKNOWN, "other-congress");
  case PRESENTED_DAMAGED:
    return refuse (answer, VERDICT_UNKNOWN, "damaged");
  case PRESENTED_UNKNOWN:
    return refuse (answer, VERDICT_UNKNOWN, "");
  case PRESENTED_TICKET:
  case PRESENTED_BADGE:
  case PRESENTED_FOREIGN:
  case PRESENTED_MANUAL:
    break;
  }
  if (!q->registered)
    return refuse (answer, VERDICT_UNKNOWN, "not-here");
  if (q->revoked)
    return refuse (answer, VERDICT_REVOKED, "registration");

  if (q->presented == PRESENTED_BADGE) {
    if (q->issuer_revoked)
      return refuse (answer, VERDICT_REVOKED, "station");
    if (q->badge != BADGE_GOOD)
      return refuse (answer, VERDICT_BADGE_VOID, q->badge == BADGE_LOST ? "lost" : "replaced");
  }
  if ((q->presented == PRESENTED_TICKET || q->presented == PRESENTED_FOREIGN) && q->has_badge)
    return refuse (answer, VERDICT_TICKET_USED, "badge");
  return TRUE;
}

/* Check 5. */
static gboolean check_rights (const AccessQuestion *q, AccessAnswer *answer)
{
  for (const char *const *event = q->events; event && *event; event++)
    if (!holds (q->delegate_events, *event))
      return refuse (answer, VERDICT_NOT_ENTITLED, "event");
  if (q->categories && *q->categories && !holds (q->categories, q->category))
    return refuse (answer, VERDICT_NOT_ENTITLED, "category");
  if (!is_empty (q->session) && !holds (q->delegate_sessions, q->session) && g_strcmp0 (q->role_session, q->session) != 0)
    return refuse (answer, VERDICT_NOT_ENTITLED, "session");

  const gboolean granted[ENTITLEMENT_COUNT] = { TRUE, q->meals, q->transport, q->headset };
  if (!granted[q->entitlement])
    return refuse (answer, VERDICT_NOT_ENTITLED, ENTITLEMENTS[q->entitlement]);
  return TRUE;
}

/* Check 6. @opening is what access_opening_at() found. */
static gboolean check_time (const AccessQuestion *q, gint opening, AccessAnswer *answer)
{
  if (q->opening_count > 0 && opening < 0) {
    gboolean today = FALSE;
    for (guint i = 0; i < q->opening_count && !today; i++)
      today = g_strcmp0 (q->openings[i].day, q->day) == 0;
    if (!today)
      return refuse (answer, VERDICT_NOT_TODAY, "nothing");
  }
  if (!holds (q->delegate_days, answer->day))
    return refuse (answer, VERDICT_NOT_TODAY, "day");
  if (q->opening_count > 0 && opening < 0)
    return refuse (answer, VERDICT_CLOSED, "hours");
  return TRUE;
}

/* Checks 7 and 8. */
static gboolean check_use (const AccessQuestion *q, AccessAnswer *answer)
{
  if (q->kind == CHECKPOINT_HEADSET) {
    if (q->inside)
      return refuse (answer, VERDICT_ALREADY_IN, "loan");
  } else if (q->once != ONCE_NEVER) {
    gboolean consumed = q->kind == CHECKPOINT_MEAL || q->kind == CHECKPOINT_SHUTTLE;
    if (consumed && q->admitted > 0)
      return refuse (answer, VERDICT_ALREADY_IN, "used");
    if (!consumed && q->inside)
      return refuse (answer, VERDICT_ALREADY_IN, "inside");
  }
  gboolean has_role_here = !is_empty (q->session) && g_strcmp0 (q->role_session, q->session) == 0;
  if (q->capacity > 0 && q->people_inside >= q->capacity && !has_role_here)
    return refuse (answer, VERDICT_FULL, "capacity");
  return TRUE;
}

AccessAnswer access_decide (const AccessQuestion *q)
{
  gint opening = access_opening_at (q->openings, q->opening_count, q->day, q->minute);
  gboolean out = q->direction == DIRECTION_OUT || (q->direction == DIRECTION_BOTH && q->inside);
  AccessAnswer answer = {
    .verdict = VERDICT_ADMITTED,
    .direction = out ? DIRECTION_OUT : DIRECTION_IN,
    .period = ONCE_NEVER,
    .day = opening >= 0 ? q->openings[opening].day : q->day,
    .detail = "",
  };
  if (!check_code (q, &answer))
    return answer;
  if (!out) {
    if (!check_rights (q, &answer) || !check_time (q, opening, &answer) || !check_use (q, &answer))
      return answer;
    answer.issue_badge = q->issues_badge && !q->has_badge && q->presented != PRESENTED_BADGE;
  }
  answer.period = q->once;
  return answer;
}

gboolean access_is_entitled (const AccessQuestion *q)
{
  AccessAnswer answer;
  return check_rights (q, &answer);
}
