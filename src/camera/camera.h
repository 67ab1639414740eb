/* camera.h: a camera as a reader: pictures by GStreamer, QR codes in them by ZBar; and
 * the pictures themselves, for a screen that helps to aim.
 *
 * The pipeline is a GStreamer description without its sink, as gst-launch-1.0 takes it:
 * "v4l2src device=/dev/video2", "filesrc location=a.mkv ! decodebin". "" is the first
 * camera of Video4Linux (V4L2_CAP_VIDEO_CAPTURE of linux/videodev2.h). It comes from the
 * station's settings and is trusted: an element may open files and sockets.
 *
 * A code is told once, and again only after it has been out of the picture for
 * CAMERA_GONE_MS. Only the newest picture is looked at; while nothing moves, only some.
 *
 * States: STARTING until the first picture; READY; UNPLUGGED: no camera, or it is gone;
 * DENIED: no right to open it, or another program holds it; FAILED: wrong pipeline,
 * missing element (the detail names the Debian package), no answer or no picture for
 * CAMERA_STALLED_MS; ENDED: the end of a video. After all but the last it is tried again
 * by itself, at first within CAMERA_RETRY_MS, later every CAMERA_RETRY_MAX_MS.
 *
 * Threads: a Camera has one thread that decodes, and GStreamer's own. The functions may
 * be called from any thread. Only camera_free() blocks, until those threads have ended (a
 * fraction of a second); one that hangs in a device is left behind.  */
#pragma once

#include "camera/frame.h"
#include "scan/reader.h"

#define CAMERA_PIPELINE_BYTES_MAX 4096
#define CAMERA_GONE_MS 1500
#define CAMERA_STALLED_MS 5000
#define CAMERA_RETRY_MS 500
#define CAMERA_RETRY_MAX_MS 8000

typedef struct _Camera Camera;

/* Starts at once and never fails: what is wrong is told as a state. @listener is copied;
 * it is called from the camera's thread. */
Camera *camera_new (const char *name, const char *pipeline, const ReaderListener *listener);
/* Does not return before the last call of the listener has; so not to be called from the
 * listener. */
void camera_free (Camera *camera);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Camera, camera_free)

/* What a screen draws: the newest picture and where in it a code was last found. */
typedef struct {
  Frame *frame;   /* a reference of the caller's */
  guint64 number; /* counts pictures from 1: the same number is the same picture */
  /* Left and right are already exchanged in the pixels, as some cameras do (known from
   * the last code). Who looks into the camera wants to see herself as in a mirror:
   * exchange them for her unless this is set. */
  gboolean mirrored;
  gboolean found;        /* a code is in the picture */
  FramePoint corners[4]; /* its outline, in order round it, while @found */
} CameraView;

/* FALSE while there is no picture (none yet, or the camera is gone), then @view is empty.
 * Takes as long as copying a few words. */
gboolean camera_view (Camera *camera, CameraView *view);
void camera_view_clear (CameraView *view);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (CameraView, camera_view_clear)
