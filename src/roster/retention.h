/* retention.h: until when what is held about people may be kept (`retention` of the event
 * file), and the erasure of all of it after that day.
 *
 * A person starts it (`accueil erase --expired`), not a clock: it cannot be taken back,
 * and a hub whose clock is years ahead would do it in the middle of the congress. Doctor
 * and hub say when the day is over.
 *
 * What is erased is what `accueil erase` erases, of everybody; passages stay under the
 * reference alone, so no figure changes.
 *
 * Threads: as the Journal. Blocks on disk. */
#pragma once

#include "journal/journal.h"

#define RETENTION_ERROR retention_error_quark ()
GQuark retention_error_quark (void);
typedef enum {
  RETENTION_ERROR_NONE,  /* the event file names no day */
  RETENTION_ERROR_EARLY, /* it is not over yet */
} RetentionError;

typedef struct {
  char *date;    /* ISO: the last day; "" where none is named */
  char *contact; /* whom people ask about their data; "" */
  gboolean over; /* the day is over at the venue */
  guint people;  /* of whom anything is held that an erasure would take */
} Retention;

Retention *retention_read (Journal *journal, GError **error);
void retention_free (Retention *retention);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Retention, retention_free)

/* Erases everybody, RETENTION_BATCH people a transaction: killed, it goes on where it was
 * when it is started again. @erased counts them. */
#define RETENTION_BATCH 500
gboolean retention_erase_all (Journal *journal, guint *erased, GError **error);
