/* checkpoint.h: checkpoints as the event file defines them.
 *
 * A Checkpoint is read once, and again when its definition or the congress's has changed
 * (checkpoint_is_current()).
 * Threads: as the Journal. Blocks on disk.  */
#pragma once

#include "congress/opening.h"
#include "journal/journal.h"
#include "vocabulary/checkpoint_kind.h"
#include "vocabulary/direction.h"
#include "vocabulary/entitlement.h"
#include "vocabulary/once.h"

#define CHECKPOINT_ERROR checkpoint_error_quark ()
GQuark checkpoint_error_quark (void);
typedef enum {
  CHECKPOINT_ERROR_UNKNOWN, /* no such checkpoint, or taken out of the event file; the message lists
                               those there are */
  CHECKPOINT_ERROR_EVENT,   /* no event file was loaded, or its time zone is not known here */
} CheckpointError;

/* Which facts define a checkpoint and the congress. */
typedef struct {
  gint64 at[2], seq[2];
  char *station[2];
} CheckpointStamp;

/* Texts are "" where there is none, lists NULL-terminated and empty. */
typedef struct {
  char *id, *event, *session, *fr, *zh;
  CheckpointKind kind;
  Once once;
  Direction direction;
  Entitlement entitlement;
  gboolean badge;    /* the first admission here issues one */
  guint capacity;    /* 0: no limit */
  char **events;     /* whose right is asked, all of them */
  char **any_events; /* one of them */
  char *doors;       /* the group of doors at which one right is used; "": this one alone */
  guint limit, days_limit, wait; /* ways in, days, minutes between; 0: not asked */
  gboolean empties;              /* everybody goes out at the end of a day */
  gboolean trusts;               /* a true code of somebody not on the list here is let in */
  char **channels;               /* headset desk: "zh:2", a language and its channel */
  gboolean several;              /* headset desk: one person takes those of her delegation */
  char **categories;
  char **groups;    /* working groups, of whose members it lets in too, or alone */
  GPtrArray *days;  /* Day, of the congress */
  GArray *openings; /* Opening, whose days are those of `days`; none: always open */
  GTimeZone *zone;  /* of the venue */
  CheckpointStamp stamp;
} Checkpoint;

Checkpoint *checkpoint_load (Journal *journal, const char *id, GError **error);
void checkpoint_free (Checkpoint *checkpoint);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Checkpoint, checkpoint_free)
/* Sets *@current to FALSE if its definition, or the congress's, has changed since it was
 * loaded. */
gboolean checkpoint_is_current (Journal *journal, const Checkpoint *checkpoint, gboolean *current,
                                GError **error);
/* Under what its passages are kept: its group, else its own id. */
const char *checkpoint_doors (const Checkpoint *checkpoint);
/* From now on this machine stands at the way out, whatever the event file says of the
 * direction. */
void checkpoint_set_exit (Checkpoint *checkpoint);
/* The channel of @language at a headset desk; "" where it is not said. The
 * checkpoint's. */
const char *checkpoint_channel (const Checkpoint *checkpoint, const char *language);
/* Ids of all that are not removed, in order; free with g_strfreev(). */
char **checkpoint_ids (Journal *journal, GError **error);
/* All that are not removed, by kind and id: Checkpoint, free with g_ptr_array_unref(). */
GPtrArray *checkpoint_all (Journal *journal, GError **error);
/* The first, by id, of @kind; "" if there is none. Free with g_free(). */
char *checkpoint_first_of_kind (Journal *journal, CheckpointKind kind, GError **error);
