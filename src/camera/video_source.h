/* video_source.h: grey pictures from a GStreamer pipeline, and in plain words what is
 * wrong with it.
 *
 * Pictures come as they are taken, the newest only: a live source is not waited for, a
 * video is played at its own speed. They are scaled down to VIDEO_SOURCE_SIDE_MAX.
 * GStreamer is initialised by the first source of a process and stays so.
 *
 * Must not know: codes, readers.
 * Threads: a VideoSource belongs to one thread; its handler is called from others,
 * and must return at once. Devices are opened and closed in a thread of its own,
 * since one that hangs cannot be called off: video_source_stop() and _free() wait
 * VIDEO_SOURCE_CLOSE_MS for it and then leave it to itself, to be freed if it ever
 * ends.  */
#pragma once

#include "camera/frame.h"

#define VIDEO_SOURCE_SIDE_MAX 1280
#define VIDEO_SOURCE_CLOSE_MS 500

#define VIDEO_SOURCE_ERROR video_source_error_quark ()
GQuark video_source_error_quark (void);
typedef enum {
  VIDEO_SOURCE_ERROR_GONE,     /* the device is not there, or not any more */
  VIDEO_SOURCE_ERROR_DENIED,   /* the device may not be opened, or another program has it */
  VIDEO_SOURCE_ERROR_PIPELINE, /* the description is wrong: syntax, unknown element or property.
                                  Tried again it is wrong again */
  VIDEO_SOURCE_ERROR_FAILED,   /* anything else an element says */
  VIDEO_SOURCE_ERROR_ENDED,    /* end of a video; of what comes from a network or a live source, the
                                  end is GONE */
} VideoSourceError;

typedef struct {
  /* @frame is the handler's. @at_us is g_get_monotonic_time(). */
  void (*picture) (Frame *frame, gint64 at_us, gpointer data);
  /* video_source_check() may have something to say. */
  void (*wake) (gpointer data);
  gpointer data;
} VideoHandler;

typedef enum {
  VIDEO_SOURCE_OPENING, /* its devices, or its video, have not answered yet */
  VIDEO_SOURCE_LIVE, /* pictures are taken now (GStreamer's “live”): that none comes at first means
                        that something is stuck */
  VIDEO_SOURCE_PLAYING, /* a video, or what takes its time */
  VIDEO_SOURCE_CLOSED,
} VideoSourceStage;

typedef struct _VideoSource VideoSource;
/* @description: without a sink. Starts at once and never fails: what is wrong is told by
 * video_source_check(), in the organiser's language and with what to do. */
VideoSource *video_source_new (const char *description, const VideoHandler *handler);
/* Ends it; no call of the handler is under way when it returns, nor comes after. FALSE if
 * it has not let go of its devices yet: to be asked again before they are opened anew. */
gboolean video_source_stop (VideoSource *source);
/* Stops it first, if that has not been done. */
void video_source_free (VideoSource *source);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (VideoSource, video_source_free)

/* FALSE once pictures have come to an end, and why. Does not wait. */
gboolean video_source_check (VideoSource *source, GError **error);
VideoSourceStage video_source_stage (VideoSource *source);
