/* appointments.h: who of those that have something in common (congress/appointment.h)
 * is there: both parties of a meeting or a signature, who is still to be met at the
 * airport, the passengers of a departure, those of a motorcade.
 *
 * Of each person, on the day of the appointment:
 * - met: somebody there said so, of a motorcade also by closing its guest's alert; of a
 *   shuttle also who was admitted at it (the checkpoint that is called as its line, else
 *   any shuttle of that day); of an arrival also who was admitted anywhere since that day.
 * - here: admitted at an entrance, and the last passage there was not a way out.
 * - left: it was one.
 * - awaited: none of these.
 *
 * Threads: as the Journal. Blocks on disk. */
#pragma once

#include "congress/appointment.h"

typedef enum {
  APPOINTMENTS_AWAITED,
  APPOINTMENTS_LEFT,
  APPOINTMENTS_HERE,
  APPOINTMENTS_MET,
  APPOINTMENTS_STATES
} AppointmentsState;
/* "awaited" "left" "here" "met" */
const char *appointments_state_name (AppointmentsState state);
/* « attendue » … as that kind says it. */
Pair appointments_state_wording (AppointmentKind kind, AppointmentsState state);

typedef struct {
  char *reference, *name; /* "" for a guest of the protocol, where the reader may not see her */
  char *family, *given, *name_zh, *country;
  char *organisation_fr, *organisation_zh, *delegation, *delegation_fr, *delegation_zh, *hotel;
  char *host, *seat, *place; /* of her own row */
  gboolean protocol;
  AppointmentsState state;
} AppointmentsPerson;

typedef struct {
  char *id, *date, *from, *to, *place, *line, *fr, *zh;
  AppointmentKind kind;
  guint places;      /* 0: not said */
  guint there;       /* of the people: here or met */
  GPtrArray *people; /* AppointmentsPerson by delegation and reference */
} AppointmentsThing;

/* What is asked for. */
typedef struct {
  AppointmentKind kind; /* APPOINTMENT_KINDS: all */
  const char *date;     /* ISO; NULL: all days */
  const char *id;       /* NULL: all */
  gboolean waiting;     /* only those of which somebody is missing, or that are too full */
  gboolean protocol;    /* the reader may see guests marked for protocol */
} AppointmentsFilter;

/* More people than places. */
gboolean appointments_is_crowded (const AppointmentsThing *thing);

/* By date, hour, kind and id: AppointmentsThing; free with g_ptr_array_unref(). @today:
 * the ISO date at the venue, for what hangs on no day. */
GPtrArray *appointments_read (Journal *journal, const AppointmentsFilter *filter, const char *today,
                              GError **error);
