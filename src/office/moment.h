/* moment.h: all that the pages show at one moment: figures, what needs a person, who has
 * a role in a session, and the stations. Made once a change, shared by all who look.
 *
 * A station is silent as counts/as_of.h says: what it has done since then is in no figure.
 * Threads: immutable once made, counted by references. Making one blocks on disk. */
#pragma once

#include "counts/figures_reader.h"

typedef struct {
  char *name;
  gint64 last_ms; /* last contact; 0: never enrolled */
  gint64 seq;     /* facts of it that the hub holds */
  gint64 expires_ms;
  gboolean enrolled, revoked, silent;
  const AsOfStation *heard;   /* NULL: not enrolled, or revoked; the figures' */
  const FiguresStation *work; /* NULL: nothing on the day; the figures' */
} MomentStation;

typedef struct {
  gint64 version; /* grows with each */
  Figures *figures;
  GPtrArray *alerts;   /* Alert (desk/alert.h): open ones, newest first */
  GPtrArray *cast;     /* CastMember (counts/cast.h) */
  GPtrArray *stations; /* MomentStation by name */
  guint enrolled, heard;
  gint references; /* atomic */
} Moment;

/* After @before (may be NULL). */
Moment *moment_make (Journal *journal, FiguresReader *reader, const Moment *before, GError **error);
Moment *moment_ref (Moment *moment);
void moment_unref (Moment *moment);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Moment, moment_unref)

/* TRUE if what @before shows is still so, but for its time: no fact more, no station
 * silent or heard again. */
gboolean moment_is_current (Journal *journal, const Moment *before, gboolean *current,
                            GError **error);
