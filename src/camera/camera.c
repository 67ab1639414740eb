#include "camera/camera.h"

#include "core/lock.h"
#include "core/words.h"
#include "camera/qr_finder.h"
#include "camera/frame_rate.h"
#include "camera/video_source.h"
#include "camera/code_presence.h"
#include "camera/video_device.h"

#include <string.h>
#include <time.h>

/* The first camera: what USB carries uncompressed at 30 pictures a second if it can, else
 * what it can. */
#define FIRST_CAMERA                                                                               \
  "v4l2src device=\"%s\" ! capsfilter caps=\"video/x-raw, width=640, height=480; video/x-raw, "    \
  "width=[320,1280], height=[240,960]; image/jpeg, width=[320,1280], height=[240,960]\" ! "        \
  "decodebin"
#define OUTLINE_MS 400 /* that a screen goes on showing where a code was */

struct _Camera {
  char *name, *pipeline;
  ReaderListener listener;
  GThread *thread;
  Lock lock;
  Wake wake;
  /* Under the lock. */
  gboolean stopping, woken;
  Frame *newest;
  guint64 number; /* of newest */
  gint64 newest_us;
  gboolean mirrored;
  gint64 found_us; /* 0: never */
  FramePoint corners[4];
  /* Of the thread. */
  QrFinder *finder;
  CodePresence *sighting;
  FrameRate pace;
  ReaderState state;
  char *detail;
  guint64 looked; /* number of the picture last taken from newest */
  guint retry_ms;
};

/* States ----------------------------------------------------------------------------- */

static void tell (Camera *camera, ReaderState state, const char *detail)
{
  if (camera->detail != NULL && camera->state == state && strcmp (camera->detail, detail) == 0)
    return;
  camera->state = state;
  g_free (camera->detail);
  camera->detail = g_strdup (detail);
  camera->listener.state (camera->name, state, detail, camera->listener.data);
}

static void tell_fault (Camera *camera, const GError *fault)
{
  static const ReaderState STATES[] = {
    [VIDEO_SOURCE_ERROR_GONE] = READER_UNPLUGGED,  [VIDEO_SOURCE_ERROR_DENIED] = READER_DENIED,
    [VIDEO_SOURCE_ERROR_PIPELINE] = READER_FAILED, [VIDEO_SOURCE_ERROR_FAILED] = READER_FAILED,
    [VIDEO_SOURCE_ERROR_ENDED] = READER_ENDED,
  };

  tell (camera, STATES[fault->code], fault->message);
}

/* What GStreamer's threads tell ------------------------------------------------------ */

static void on_picture (Frame *frame, gint64 at_us, gpointer data)
{
  Camera *camera = data;
  Frame *before;

  lock_take (&camera->lock);
  before = camera->newest;
  camera->newest = frame;
  camera->newest_us = at_us;
  camera->number++;
  lock_wake_one (&camera->wake);
  lock_give (&camera->lock);
  frame_unref (before);
}

static void on_wake (gpointer data)
{
  Camera *camera = data;

  lock_take (&camera->lock);
  camera->woken = TRUE;
  lock_wake_one (&camera->wake);
  lock_give (&camera->lock);
}

/* A screen must not go on showing what a camera saw before it broke. */
static void forget_picture (Camera *camera)
{
  Frame *frame;

  lock_take (&camera->lock);
  frame = g_steal_pointer (&camera->newest);
  camera->found_us = 0;
  lock_give (&camera->lock);
  frame_unref (frame);
}

/* Looking ---------------------------------------------------------------------------- */

static gint64 processor_us (void)
{
  struct timespec spent;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &spent);
  return (gint64) spent.tv_sec * G_USEC_PER_SEC + spent.tv_nsec / 1000;
}

/* Those that have come into the picture together are nobody's until one is alone. */
static gboolean are_passed_over (Camera *camera, const GPtrArray *codes, gint64 at_us)
{
  g_autoptr (GPtrArray) texts = g_ptr_array_new ();

  if (camera->listener.several == NULL)
    return FALSE;
  for (guint i = 0; i < codes->len; i++) {
    char *text = ((const QrFinderCode *) codes->pdata[i])->text;
    if (!code_presence_has (camera->sighting, text))
      g_ptr_array_add (texts, text);
  }
  if (texts->len < 2)
    return FALSE;
  g_ptr_array_add (texts, NULL);
  return camera->listener.several (camera->name, (const char *const *) texts->pdata, at_us,
                                   camera->listener.data);
}

static void tell_codes (Camera *camera, const GPtrArray *codes, gint64 at_us)
{
  code_presence_picture (camera->sighting, at_us);
  if (are_passed_over (camera, codes, at_us))
    return;
  for (guint i = 0; i < codes->len; i++) {
    const char *text = ((const QrFinderCode *) codes->pdata[i])->text;
    if (!code_presence_is_new (camera->sighting, text))
      continue;
    if (strlen (text) > READER_CODE_BYTES_MAX) {
      g_autofree char *detail
          = g_strdup_printf (_ ("a code of %zu bytes was left out, as it is longer than %d"),
                             strlen (text), READER_CODE_BYTES_MAX);
      tell (camera, READER_READY, detail);
    } else {
      tell (camera, READER_READY, "");
      camera->listener.code (camera->name, text, at_us, camera->listener.data);
    }
  }
}

static void look (Camera *camera, const Frame *frame, gint64 at_us)
{
  gint64 before_us = processor_us ();
  const GPtrArray *codes;

  if (!frame_rate_wants (&camera->pace, frame, at_us))
    return;
  codes = qr_finder_look (camera->finder, frame);
  if (codes->len > 0) {
    const QrFinderCode *first = codes->pdata[0];
    lock_take (&camera->lock);
    camera->found_us = g_get_monotonic_time ();
    camera->mirrored = first->mirrored;
    memcpy (camera->corners, first->corners, sizeof camera->corners);
    lock_give (&camera->lock);
  }
  tell_codes (camera, codes, at_us);
  frame_rate_looked (&camera->pace, g_get_monotonic_time (), processor_us () - before_us,
                     codes->len > 0);
}

/* The next picture, NULL if something else is to be seen to: the end, a message, or that
 * @until_us has come. */
static Frame *next_picture (Camera *camera, gint64 until_us, gint64 *at_us)
{
  Frame *frame = NULL;

  lock_take (&camera->lock);
  while (!camera->stopping && !camera->woken
         && (camera->newest == NULL || camera->number == camera->looked))
    if (!lock_wake_wait_until (&camera->wake, &camera->lock, until_us))
      break;
  camera->woken = FALSE;
  if (!camera->stopping && camera->newest != NULL && camera->number != camera->looked) {
    frame = frame_ref (camera->newest);
    camera->looked = camera->number;
    *at_us = camera->newest_us;
  }
  lock_give (&camera->lock);
  return frame;
}

static gboolean is_stopping (Camera *camera)
{
  gboolean stopping;

  lock_take (&camera->lock);
  stopping = camera->stopping;
  lock_give (&camera->lock);
  return stopping;
}

/* Running ---------------------------------------------------------------------------- */

static VideoSource *open_source (Camera *camera, GError **error)
{
  VideoHandler handler = { .picture = on_picture, .wake = on_wake, .data = camera };
  g_autofree char *device = NULL, *denied = NULL, *first = NULL;

  if (strlen (camera->pipeline) > CAMERA_PIPELINE_BYTES_MAX) {
    g_set_error (error, VIDEO_SOURCE_ERROR, VIDEO_SOURCE_ERROR_PIPELINE,
                 _ ("the camera's pipeline is longer than %d bytes"), CAMERA_PIPELINE_BYTES_MAX);
    return NULL;
  }
  if (camera->pipeline[0] != '\0')
    return video_source_new (camera->pipeline, &handler);
  device = video_device_first (VIDEO_DEVICE_FOLDER, &denied);
  if (device == NULL) {
    if (denied != NULL)
      g_set_error (error, VIDEO_SOURCE_ERROR, VIDEO_SOURCE_ERROR_DENIED,
                   _ ("the camera %s may not be opened; its user must be in the group video"),
                   denied);
    else
      g_set_error_literal (error, VIDEO_SOURCE_ERROR, VIDEO_SOURCE_ERROR_GONE,
                           _ ("no camera is plugged in"));
    return NULL;
  }
  first = g_strdup_printf (FIRST_CAMERA, device);
  return video_source_new (first, &handler);
}

/* No picture has come for a while: FALSE with @fault if that is one. */
static gboolean check_stalled (Camera *camera, VideoSource *source, gboolean seen, GError **fault)
{
  VideoSourceStage stage = video_source_stage (source);

  if (stage == VIDEO_SOURCE_OPENING)
    g_set_error (fault, VIDEO_SOURCE_ERROR, VIDEO_SOURCE_ERROR_FAILED,
                 _ ("the camera has not answered for %d s; pull its plug out and put it in again"),
                 CAMERA_STALLED_MS / 1000);
  else if (seen || stage == VIDEO_SOURCE_LIVE)
    g_set_error (
        fault, VIDEO_SOURCE_ERROR, VIDEO_SOURCE_ERROR_FAILED,
        _ ("the camera has given no picture for %d s; pull its plug out and put it in again"),
        CAMERA_STALLED_MS / 1000);
  else {
    tell (camera, READER_STARTING, _ ("no picture has come from the pipeline yet"));
    return TRUE;
  }
  return FALSE;
}

/* Looks at pictures until they come to an end, with @fault, or the camera is to stop.
 * @seen: there was one. */
static void watch (Camera *camera, VideoSource *source, gboolean *seen, GError **fault)
{
  gint64 begun_us = g_get_monotonic_time (), last_us = begun_us, at_us = 0;

  while (!is_stopping (camera)) {
    g_autoptr (Frame) frame = next_picture (camera, last_us + CAMERA_STALLED_MS * 1000, &at_us);
    if (frame != NULL) {
      if (!*seen)
        tell (camera, READER_READY, "");
      *seen = TRUE;
      last_us = at_us;
      look (camera, frame, at_us);
    }
    if (!video_source_check (source, fault))
      return;
    if (g_get_monotonic_time () - last_us >= CAMERA_STALLED_MS * 1000) {
      if (!check_stalled (camera, source, *seen, fault))
        return;
      last_us = g_get_monotonic_time ();
    } else if (last_us - begun_us > CAMERA_RETRY_MAX_MS * 1000)
      camera->retry_ms = CAMERA_RETRY_MS;
  }
}

/* Until it is time to try again, or to stop; @ended: only that. */
static void rest (Camera *camera, gboolean ended)
{
  gint64 until_us = g_get_monotonic_time () + (gint64) camera->retry_ms * 1000;

  lock_take (&camera->lock);
  while (!camera->stopping)
    if (ended)
      lock_wake_wait (&camera->wake, &camera->lock);
    else if (!lock_wake_wait_until (&camera->wake, &camera->lock, until_us))
      break;
  camera->woken = FALSE;
  lock_give (&camera->lock);
}

/* Silences the source, tells @fault, and does not come back while it hangs, so that
 * nothing is opened on top of it. */
static void close_source (Camera *camera, VideoSource *source, const GError *fault)
{
  gboolean closed = source == NULL || video_source_stop (source);

  forget_picture (camera);
  if (fault != NULL)
    tell_fault (camera, fault);
  while (!closed && !is_stopping (camera)) {
    rest (camera, FALSE);
    closed = is_stopping (camera) || video_source_stop (source);
  }
  video_source_free (source);
}

static gpointer run (gpointer data)
{
  Camera *camera = data;

  tell (camera, READER_STARTING, "");
  while (!is_stopping (camera)) {
    g_autoptr (GError) fault = NULL;
    VideoSource *source = open_source (camera, &fault);
    gboolean seen = FALSE;
    if (source != NULL)
      watch (camera, source, &seen, &fault);
    close_source (camera, source, fault);
    if (fault == NULL)
      continue;
    rest (camera, fault->code == VIDEO_SOURCE_ERROR_ENDED);
    /* To look whether a camera is plugged in costs nothing, to open one that ends at once
     * does. */
    camera->retry_ms = fault->code == VIDEO_SOURCE_ERROR_GONE && !seen
                           ? CAMERA_RETRY_MS
                           : MIN (camera->retry_ms * 2, CAMERA_RETRY_MAX_MS);
  }
  return NULL;
}

Camera *camera_new (const char *name, const char *pipeline, const ReaderListener *listener)
{
  Camera *camera = g_new0 (Camera, 1);

  camera->name = g_strdup (name);
  camera->pipeline = g_strdup (pipeline);
  g_strstrip (camera->pipeline);
  camera->listener = *listener;
  lock_init (&camera->lock);
  lock_wake_init (&camera->wake);
  camera->finder = qr_finder_new ();
  camera->sighting = code_presence_new (CAMERA_GONE_MS);
  camera->retry_ms = CAMERA_RETRY_MS;
  camera->thread = g_thread_new ("camera", run, camera);
  return camera;
}

void camera_free (Camera *camera)
{
  if (camera == NULL)
    return;
  lock_take (&camera->lock);
  camera->stopping = TRUE;
  lock_wake_one (&camera->wake);
  lock_give (&camera->lock);
  g_thread_join (camera->thread);
  frame_unref (camera->newest);
  code_presence_free (camera->sighting);
  qr_finder_free (camera->finder);
  lock_wake_clear (&camera->wake);
  lock_clear (&camera->lock);
  g_free (camera->detail);
  g_free (camera->pipeline);
  g_free (camera->name);
  g_free (camera);
}

/* The view --------------------------------------------------------------------------- */

gboolean camera_view (Camera *camera, CameraView *view)
{
  *view = (CameraView){ 0 };
  lock_take (&camera->lock);
  if (camera->newest != NULL) {
    view->frame = frame_ref (camera->newest);
    view->number = camera->number;
    view->mirrored = camera->mirrored;
    view->found
        = camera->found_us != 0 && g_get_monotonic_time () - camera->found_us < OUTLINE_MS * 1000;
    memcpy (view->corners, camera->corners, sizeof view->corners);
  }
  lock_give (&camera->lock);
  return view->frame != NULL;
}

void camera_view_clear (CameraView *view)
{
  g_clear_pointer (&view->frame, frame_unref);
}
