/* appointment.h: what hangs on a person and a time, and comes from a list: a meeting, a
 * signature, an arrival at the airport, a place on a shuttle, a motorcade, a working
 * group.
 *
 * One kind of fact for all of them, `appointment`, one for each person and thing; those
 * who have one id have it in common: both parties of a meeting, all passengers of a
 * departure. Lists are read by roster/appointment_list.h; who is there is in
 * counts/appointments.h.
 *
 * No text of an appointment should name its person: the fact speaks of her by
 * reference, and names of guests marked for protocol are shown to few. `host` is who
 * receives her.
 *
 * Threads: as the Journal. Blocks on disk. */
#pragma once

#include "core/words.h"
#include "journal/journal.h"

#define APPOINTMENT_TEXT_MAX 120 /* characters of one text */
#define APPOINTMENT_PLACES_MAX 10000

typedef enum {
  APPOINTMENT_MEETING,   /* business to business: a table, an hour, two parties */
  APPOINTMENT_SIGNATURE, /* of an agreement: its name, room, hour, both sides */
  APPOINTMENT_PRIZE,     /* a candidate is heard, or the prize is given */
  APPOINTMENT_ARRIVAL,   /* at the airport: to be met */
  APPOINTMENT_DEPARTURE, /* to the airport */
  APPOINTMENT_SHUTTLE,   /* a place in a departure of a line */
  APPOINTMENT_MOTORCADE, /* who comes in it, and who receives whom */
  APPOINTMENT_GROUP,     /* a working group: no time; opens zones (checkpoint.h) */
  APPOINTMENT_KINDS
} AppointmentKind;

/* "meeting" "signature" "prize" "arrival" "departure" "shuttle" "motorcade" "group" */
const char *appointment_kind_name (AppointmentKind kind);
gboolean appointment_kind_from_name (const char *name, AppointmentKind *kind);
Pair appointment_kind_wording (AppointmentKind kind);
/* Two sides, each of which waits for the other. */
gboolean appointment_kind_is_shared (AppointmentKind kind);

/* Texts are never NULL. */
typedef struct {
  char *reference, *id, *list;
  AppointmentKind kind;
  char *date, *from, *to; /* ISO and "10:30"; "" for none */
  char *place;            /* room, table, stop, terminal */
  char *line;             /* flight, line, motorcade, group */
  char *fr, *zh;          /* what it is about, in the congress's two languages */
  char *host, *seat;
  guint places; /* for all who have it in common; 0: not said */
} Appointment;

void appointment_free (Appointment *appointment);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Appointment, appointment_free)
/* All but how it came to be: the list. */
gboolean appointment_equal (const Appointment *a, const Appointment *b);

/* All that came from @list and holds; Appointment, free with g_ptr_array_unref(). */
GPtrArray *appointment_of_list (Journal *journal, const char *list, GError **error);
/* All of hers that hold, by date and hour. */
GPtrArray *appointment_of_person (Journal *journal, const char *reference, GError **error);
/* Who the others of a meeting or a signature are: « Li Na, Chambre de commerce »; ""
 * for nobody and for other kinds. No guest marked for protocol is named. */
gboolean appointment_others (Journal *journal, const Appointment *appointment, OwnedPair *others,
                             GError **error);
/* NULL without @error if she has none of that id. */
Appointment *appointment_load (Journal *journal, const char *reference, const char *id,
                               GError **error);

/* Appends the fact, in the caller's transaction; @removed: it does not hold any more. */
gboolean appointment_append (Journal *journal, const Appointment *appointment, gboolean removed,
                             GError **error);

#define APPOINTMENT_ERROR appointment_error_quark ()
GQuark appointment_error_quark (void);
typedef enum {
  APPOINTMENT_ERROR_NONE, /* she has none of that kind or id */
  APPOINTMENT_ERROR_MET,  /* it is so already */
} AppointmentError;

/* She was met, in the caller's transaction; nothing is written where there is nothing to be
 * met for under @id, or she was. */
gboolean appointment_append_met (Journal *journal, const char *reference, const char *id,
                                 const char *volunteer, GError **error);
/* She was met at the airport or at her motorcade, or seen onto the shuttle: one
 * transaction. @id NULL: whatever of hers is to be met next, by date and hour. @undone
 * takes it back. */
gboolean appointment_meet (Journal *journal, const char *reference, const char *id, gboolean undone,
                           const char *volunteer, GError **error);

/* What to tell her on @date, of what is not over at @clock ("10:12"): « 10:30 ·
 * Rendez-vous B to B · table 4 · Li Na », at most APPOINTMENT_TOLD_MAX of them; empty
 * texts for nothing. No guest marked for protocol is named. @date NULL: of all days. */
#define APPOINTMENT_TOLD_MAX 3
gboolean appointment_tell (Journal *journal, const char *reference, const char *date,
                           const char *clock, OwnedPair *told, GError **error);
