#include "access/decision.h"

#include <string.h>

#define DAY_MINUTES 1440

static gboolean holds (const char *const *list, const char *id)
{
  for (; list != NULL && id != NULL && *list != NULL; list++)
    if (strcmp (*list, id) == 0)
      return TRUE;
  return FALSE;
}

/* TRUE if one of @ids, or none is asked for. */
static gboolean holds_any (const char *const *list, const char *const *ids)
{
  if (ids == NULL || *ids == NULL)
    return TRUE;
  for (; *ids != NULL; ids++)
    if (holds (list, *ids))
      return TRUE;
  return FALSE;
}

static gboolean is_empty (const char *text)
{
  return text == NULL || !*text;
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

gint decision_opening_at (const Opening *openings, guint count, const char *day, gint minute)
{
  for (guint i = 0; i < count; i++)
    if (g_strcmp0 (openings[i].day, day) == 0 && minute >= openings[i].from_minute
        && minute < openings[i].to_minute)
      return (gint) i;
  for (guint i = 0; i < count; i++) {
    if (openings[i].to_minute <= DAY_MINUTES)
      continue;
    guint32 began = day_number (openings[i].day);
    if (began != 0 && day_number (day) == began + 1
        && minute + DAY_MINUTES >= openings[i].from_minute
        && minute + DAY_MINUTES < openings[i].to_minute)
      return (gint) i;
  }
  return -1;
}

static gboolean refuse (DecisionAnswer *answer, Verdict verdict, const char *detail)
{
  answer->verdict = verdict;
  answer->detail = detail;
  return FALSE;
}

/* Signed, and of somebody who is not on the list here. */
static gboolean is_trusted (const DecisionQuestion *q)
{
  return q->trusts && !q->registered
         && (q->presented == PRESENTED_TICKET || q->presented == PRESENTED_BADGE);
}

/* Checks 1 to 3: is this a true code of a registered person, and the right one of
 * hers? */
static gboolean check_code (const DecisionQuestion *q, gboolean out, DecisionAnswer *answer)
{
  switch (q->presented) {
  case PRESENTED_FORGED:
    return refuse (answer, VERDICT_FORGED, "signature");
  case PRESENTED_OTHER_CONGRESS:
    return refuse (answer, VERDICT_UNKNOWN, "other-congress");
  case PRESENTED_OLD_TICKET:
    return refuse (answer, VERDICT_REVOKED, "ticket");
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
  if (!q->registered && !is_trusted (q))
    return refuse (answer, VERDICT_UNKNOWN, "not-here");
  if (q->revoked && !out)
    return refuse (answer, VERDICT_REVOKED, "registration");

  if (q->presented == PRESENTED_BADGE) {
    if (q->issuer_revoked)
      return refuse (answer, VERDICT_REVOKED, "station");
    if (q->badge != BADGE_GOOD)
      return refuse (answer, VERDICT_BADGE_VOID, q->badge == BADGE_LOST ? "lost" : "replaced");
    if (q->badge_doubted)
      return refuse (answer, VERDICT_REVOKED, "double");
  }
  if ((q->presented == PRESENTED_TICKET || q->presented == PRESENTED_FOREIGN) && q->has_badge)
    return refuse (answer, VERDICT_TICKET_USED, "badge");
  return TRUE;
}

/* Check 5. */
static gboolean check_rights (const DecisionQuestion *q, DecisionAnswer *answer)
{
  for (const char *const *event = q->events; event != NULL && *event != NULL; event++)
    if (!holds (q->delegate_events, *event))
      return refuse (answer, VERDICT_NOT_ENTITLED, "event");
  if (!holds_any (q->delegate_events, q->any_events))
    return refuse (answer, VERDICT_NOT_ENTITLED, "event");
  gboolean by_category = q->categories != NULL && *q->categories != NULL;
  if (!(q->has_groups && q->in_group) && (by_category || q->has_groups)
      && !(by_category && holds (q->categories, q->category)))
    return refuse (answer, VERDICT_NOT_ENTITLED, by_category ? "category" : "group");
  if (!is_empty (q->session) && !holds (q->delegate_sessions, q->session) && !q->has_role)
    return refuse (answer, VERDICT_NOT_ENTITLED, "session");

  const gboolean granted[ENTITLEMENT_COUNT] = { TRUE, q->meals, q->transport, q->headset };
  if (!granted[q->entitlement])
    return refuse (answer, VERDICT_NOT_ENTITLED, entitlement_name (q->entitlement));
  return TRUE;
}

/* The first opening after now on a day for which she is registered: days and minutes
 * compare as they stand. */
static void set_next (const DecisionQuestion *q, DecisionAnswer *answer)
{
  for (guint i = 0; i < q->opening_count; i++) {
    const Opening *opening = &q->openings[i];
    gint order = g_strcmp0 (opening->day, q->day);
    if (order < 0 || (order == 0 && opening->from_minute <= q->minute)
        || !holds (q->delegate_days, opening->day))
      continue;
    gint later = answer->next_day != NULL ? strcmp (opening->day, answer->next_day) : -1;
    if (later > 0 || (later == 0 && opening->from_minute >= answer->next_minute))
      continue;
    answer->next_day = opening->day;
    answer->next_minute = opening->from_minute;
  }
  for (const char *const *day = q->delegate_days;
       q->opening_count == 0 && day != NULL && *day != NULL; day++)
    if (strcmp (*day, q->day) > 0
        && (answer->next_day == NULL || strcmp (*day, answer->next_day) < 0))
      answer->next_day = *day;
}

static gboolean refuse_time (const DecisionQuestion *q, DecisionAnswer *answer, Verdict verdict,
                             const char *detail)
{
  set_next (q, answer);
  return refuse (answer, verdict, detail);
}

/* Check 6. @opening is what decision_opening_at() found. */
static gboolean check_time (const DecisionQuestion *q, gint opening, DecisionAnswer *answer)
{
  if (q->opening_count > 0 && opening < 0) {
    gboolean today = FALSE;
    for (guint i = 0; i < q->opening_count && !today; i++)
      today = g_strcmp0 (q->openings[i].day, q->day) == 0;
    if (!today)
      return refuse_time (q, answer, VERDICT_NOT_TODAY, "nothing");
  }
  if (!is_trusted (q) && !holds (q->delegate_days, answer->day))
    return refuse_time (q, answer, VERDICT_NOT_TODAY, "day");
  if (q->opening_count > 0 && opening < 0)
    return refuse_time (q, answer, VERDICT_CLOSED, "hours");
  return TRUE;
}

/* How often, on how many days, how soon. */
static gboolean check_limits (const DecisionQuestion *q, DecisionAnswer *answer)
{
  if (q->limit > 0 && q->admitted >= q->limit)
    return refuse (answer, VERDICT_ALREADY_IN, "limit");
  if (q->days_limit > 0 && q->days_used >= q->days_limit)
    return refuse (answer, VERDICT_ALREADY_IN, "days");
  if (q->wait == 0 || q->since < 0 || (guint) q->since >= q->wait)
    return TRUE;
  gint minute = q->minute + (gint) q->wait - q->since;
  if (minute < DAY_MINUTES) { /* a wait past midnight is told without its hour */
    answer->next_day = q->day;
    answer->next_minute = minute;
  }
  return refuse (answer, VERDICT_ALREADY_IN, "wait");
}

/* Checks 7 and 8. @inside: she is, as the night leaves it. */
static gboolean check_use (const DecisionQuestion *q, gboolean inside, DecisionAnswer *answer)
{
  if (q->kind == CHECKPOINT_HEADSET) {
    if (inside)
      return refuse (answer, VERDICT_ALREADY_IN, "loan");
  } else if (q->once != ONCE_NEVER) {
    gboolean consumed = q->kind == CHECKPOINT_MEAL || q->kind == CHECKPOINT_SHUTTLE;
    if (consumed && q->admitted > 0 && q->limit == 0)
      return refuse (answer, VERDICT_ALREADY_IN, "used");
    if (!consumed && inside)
      return refuse (answer, VERDICT_ALREADY_IN, "inside");
  }
  if (!check_limits (q, answer))
    return FALSE;
  if (q->capacity > 0 && q->people_inside >= q->capacity && !q->has_role)
    return refuse (answer, VERDICT_FULL, "capacity");
  return TRUE;
}

DecisionAnswer decision_make (const DecisionQuestion *q)
{
  gint opening = decision_opening_at (q->openings, q->opening_count, q->day, q->minute);
  const char *day = opening >= 0 ? q->openings[opening].day : q->day;
  gboolean inside
      = q->inside && !(q->empties && q->inside_day != NULL && g_strcmp0 (q->inside_day, day) != 0);
  gboolean out = q->direction == DIRECTION_OUT || (q->direction == DIRECTION_BOTH && inside);
  DecisionAnswer answer = {
    .verdict = VERDICT_ADMITTED,
    .direction = out ? DIRECTION_OUT : DIRECTION_IN,
    .period = ONCE_NEVER,
    .day = day,
    .detail = "",
    .next_minute = -1,
  };
  if (!check_code (q, out, &answer))
    return answer;
  if (!out) {
    if (q->pending) {
      refuse (&answer, VERDICT_NOT_ENTITLED, "pending");
      return answer;
    }
    if ((!is_trusted (q) && !check_rights (q, &answer)) || !check_time (q, opening, &answer)
        || !check_use (q, inside, &answer))
      return answer;
    answer.issue_badge
        = q->issues_badge && q->registered && !q->has_badge && q->presented != PRESENTED_BADGE;
  }
  answer.period = q->once;
  if (is_trusted (q))
    answer.detail = "not-here";
  return answer;
}

gboolean decision_is_entitled (const DecisionQuestion *q)
{
  DecisionAnswer answer;
  return check_rights (q, &answer);
}
