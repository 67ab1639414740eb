/* personal_schedule.h: a person's own programme for the back of the badge: day by day
 * when, where and as what, in both languages.
 *
 * On each day: the events of that day that the person is registered for, with the hours
 * of their entrances, then the sessions, in order of time. A session in which the person
 * has a role is there whether or not it stands among the workshops, and brings its day;
 * an event is there only on the days the person comes. Meetings, signatures and what else
 * hangs on an hour (congress/appointment.h) stand among the sessions, with who is met.
 *
 * Threads: an PersonalSchedule is immutable; it borrows from its Programme, which must
 * outlive it. Blocks on nothing, cannot fail.  */
#pragma once

#include "badge/badge_content.h"
#include "congress/appointment.h"
#include "roster/delegate.h"
#include "congress/programme.h"

typedef struct _PersonalSchedule PersonalSchedule;

/* What of hers hangs on an hour, and with whom: PersonalMeeting; texts are borrowed. */
typedef struct {
  const Appointment *appointment;
  Pair others;
} PersonalMeeting;

/* @meetings (PersonalMeeting): NULL for none; it must outlive it too. */
PersonalSchedule *personal_schedule_new (const Programme *programme, const Delegate *delegate,
                                         const GArray *meetings);
void personal_schedule_free (PersonalSchedule *agenda);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PersonalSchedule, personal_schedule_free)

/* NULL for none. */
const BadgeEntry *personal_schedule_entries (const PersonalSchedule *agenda, guint *count);
/* The person's roles in sessions as they stand on the front: "Animatrice · A1", “主持人 ·
 * A1”; "" for none. */
const char *personal_schedule_role_fr (const PersonalSchedule *agenda);
const char *personal_schedule_role_zh (const PersonalSchedule *agenda);
/* The roles' words for conditions of templates: "speaker", "moderator", "chair", each
 * once; NULL-terminated. */
const char *const *personal_schedule_role_words (const PersonalSchedule *agenda);
