/* emergency.h: who is inside, where, and what that is worth, for an evacuation.
 *
 * From this replica alone, so that any station can tell it without the hub. On the list
 * is everybody who was admitted today at an entrance or a zone and whose last passage at
 * the entrances was no way out; also who came before midnight, within EMERGENCY_NIGHT_MS.
 * Who is doubtful stays on it: a name too many is looked for, one too few is not.
 *
 * - place: the zone that she went into last and has not left, or the session's room where
 *   the way out is scanned; else the entrance;
 * - sure: her way out would have been seen: it is scanned where she is, and, where that
 *   is an entrance, at every entrance by which anybody came. Not sure: "arrived today, may
 *   have left".
 *
 * Guests marked for protocol are on it, and people who are not registered (any more):
 * those have no name, only a reference.
 *
 * Which stations have not been heard: at a hub, those that as_of.h calls silent. Another
 * replica knows no contacts: there it is each other station that has scanned today, with
 * the last passage that is known of it; what came after is missing here.
 *
 * Threads: as the Journal; immutable once read. Blocks on disk, as it looks at all
 * delegates. */
#pragma once

#include "counts/as_of.h"
#include "roster/delegate.h"

#define EMERGENCY_NIGHT_MS (6 * 3600 * 1000LL)

typedef struct {
  char *reference;
  Delegate *delegate; /* NULL: nobody of that reference is known */
  char *place_fr, *place_zh;
  char *delegation_fr, *delegation_zh; /* "" for none */
  gint64 since_ms;                     /* of the passage that says where she is */
  gboolean sure;
} EmergencyPerson;

typedef struct {
  char *name;
  gint64 last_ms; /* 0: never */
} EmergencyStation;

typedef struct {
  AsOf *as_of;
  GPtrArray *people;  /* EmergencyPerson: zones before entrances, by delegation, by name */
  GPtrArray *unheard; /* EmergencyStation, by name */
  guint sure;         /* of the people */
} Emergency;

Emergency *emergency_read (Journal *journal, GError **error);
void emergency_free (Emergency *emergency);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Emergency, emergency_free)

/* "Arrived today at 09:12, may have left". Free with words_owned_clear(). */
OwnedPair emergency_said (const Emergency *emergency, const EmergencyPerson *person);
/* How old the list is and which stations have not been heard, in a side's language.
 * Free with g_free(). */
char *emergency_note (const Emergency *emergency, WordsSide side);
