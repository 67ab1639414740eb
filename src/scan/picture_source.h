/* picture_source.h: grey pictures from a GStreamer pipeline, and in plain words what is wrong with it.
 *
 * Pictures come as they are taken, the newest only: a live source is not waited for, a video is played at its own speed. They are scaled down to PICTURE_SOURCE_SIDE_MAX.
 * GStreamer is initialised by the first source of a process and stays so.
 *
 * Must not know: codes, readers.
 * Threads: a PictureSource belongs to one thread; its handler is called from GStreamer's, and must return at once. picture_source_new() and _free() block while devices are opened and closed.  */
#pragma once

#include "scan/frame.h"

#define PICTURE_SOURCE_SIDE_MAX 1280

#define PICTURE_SOURCE_ERROR picture_source_error_quark ()
GQuark picture_source_error_quark (void);
typedef enum {
  PICTURE_SOURCE_ERROR_GONE,     /* the device is not there, or not any more */
  PICTURE_SOURCE_ERROR_DENIED,   /* the device may not be opened, or another program has it */
  PICTURE_SOURCE_ERROR_PIPELINE, /* the description is wrong: syntax, unknown element or property. Tried again it is wrong again */
  PICTURE_SOURCE_ERROR_FAILED,   /* anything else an element says */
  PICTURE_SOURCE_ERROR_ENDED,    /* end of a video; of what comes from a network or a live source, the end is GONE */
} PictureSourceError;

typedef struct {
  /* @frame is the handler's. @at_us is g_get_monotonic_time(). */
  void (*picture) (Frame *frame, gint64 at_us, gpointer data);
  /* picture_source_check() may have something to say. */
  void (*wake) (gpointer data);
  gpointer data;
} PictureHandler;

typedef struct _PictureSource PictureSource;
/* @description: without a sink. Messages are in the organiser's language and say what to do. */
PictureSource *picture_source_new (const char *description, const PictureHandler *handler, GError **error);
/* No call of the handler is under way when it returns. */
void picture_source_free (PictureSource *source);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PictureSource, picture_source_free)

/* FALSE once pictures have come to an end, and why. Does not wait. */
gboolean picture_source_check (PictureSource *source, GError **error);
/* Pictures are taken now (GStreamer's “live”): that none comes at first means that something is stuck. */
gboolean picture_source_is_live (const PictureSource *source);
/* The Debian package that has a GStreamer element, NULL if not known. */
const char *picture_source_package (const char *element);
