/* appointment_list.h: a list of meetings, signatures, arrivals, shuttle places,
 * motorcades or working groups, read as lists of people are (list.h: encodings,
 * separators, workbooks), held against the replica, and written as facts
 * (congress/appointment.h).
 *
 * Each row names a person by her reference, or several (FR-01; CN-02), and the other
 * side in a column of its own. Columns, in French, Chinese or English, in any order:
 * COLUMNS in appointment_list.c. What several have in common has one id: the list's
 * own, else it is made of kind, date, hour, line and place.
 *
 * A list that is read again under the same name replaces what it said: what is no
 * longer in it does not hold any more. Any fault refuses all of it. What is odd is
 * said, not refused: a departure with more people than places, a meeting without
 * another side, somebody at two meetings at one time, a meeting of somebody who is not
 * registered for both events.
 *
 * Threads: as the Journal. Blocks on disk. */
#pragma once

#include "congress/appointment.h"
#include "congress/programme.h"

typedef struct {
  char *name;         /* under which it is known */
  GPtrArray *rows;    /* Appointment: all that it says */
  GPtrArray *changes; /* Appointment of rows: those that are new or say something else */
  GPtrArray *gone;    /* Appointment: what it does not say any more */
  guint added;        /* of the changes */
  GPtrArray *faults;  /* ImportFault */
  GPtrArray *remarks; /* char *, in the organiser's language */
} AppointmentList;
void appointment_list_free (AppointmentList *list);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AppointmentList, appointment_list_free)

/* Reads and compares; writes nothing. @kind: of all rows where the list has no column
 * for it; APPOINTMENT_KINDS if nobody says. @name NULL: the file's name without its
 * ending. NULL with IMPORT_ERROR_FILE, _ENCODING, _FORMAT; faults of rows stand in the
 * list. */
AppointmentList *appointment_list_read (Journal *journal, const Programme *programme,
                                        const char *path, AppointmentKind kind, const char *name,
                                        GError **error);
/* Writes what differs, in one transaction. Not for a list with faults. */
gboolean appointment_list_apply (Journal *journal, const AppointmentList *list, GError **error);
