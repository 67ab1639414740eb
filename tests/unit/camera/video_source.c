#include "camera/video_source.h"

#include "core/lock.h"
#include "patience.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define WAIT_S 60 /* that a condition may take on a busy machine */

/* What a source gave. */
typedef struct {
  Lock lock;
  Wake wake;
  guint pictures, wakes;
  Frame *last;
} Given;

static void on_picture (Frame *frame, gint64 at_us, gpointer data)
{
  Given *given = data;

  g_assert_cmpint (ABS (g_get_monotonic_time () - at_us), <, WAIT_S * G_USEC_PER_SEC);
  lock_take (&given->lock);
  frame_unref (given->last);
  given->last = frame;
  given->pictures++;
  lock_wake_one (&given->wake);
  lock_give (&given->lock);
}

static void on_wake (gpointer data)
{
  Given *given = data;

  lock_take (&given->lock);
  given->wakes++;
  lock_wake_one (&given->wake);
  lock_give (&given->lock);
}

static void given_start (Given *given)
{
  *given = (Given){ 0 };
  lock_init (&given->lock);
  lock_wake_init (&given->wake);
}

static void given_clear (Given *given)
{
  frame_unref (given->last);
  lock_wake_clear (&given->wake);
  lock_clear (&given->lock);
}

static VideoHandler handler_of (Given *given)
{
  return (VideoHandler){ .picture = on_picture, .wake = on_wake, .data = given };
}

static void wait_pictures (Given *given, guint count)
{
  lock_take (&given->lock);
  patience_wake (given->pictures >= count, &given->wake, &given->lock);
  lock_give (&given->lock);
}

/* Until the source says what is wrong. */
static GError *wait_fault (VideoSource *source, Given *given)
{
  GError *error = NULL;
  guint heard = 0;

  while (video_source_check (source, &error)) {
    lock_take (&given->lock);
    patience_wake (given->wakes != heard, &given->wake, &given->lock);
    heard = given->wakes;
    lock_give (&given->lock);
  }
  return error;
}

/* Pictures --------------------------------------------------------------------------- */

static void test_pictures (void)
{
  static const struct {
    const char *description;
    guint width, height, grey;
    gboolean live;
  } ROWS[] = {
    { "videotestsrc pattern=white num-buffers=3 ! video/x-raw,width=640,height=480", 640, 480, 255,
      FALSE },
    { "videotestsrc pattern=black is-live=true ! video/x-raw,format=YUY2,width=320,height=240", 320,
      240, 0, TRUE },
    { "videotestsrc pattern=white num-buffers=3 ! video/x-raw,format=GRAY8,width=77,height=33", 77,
      33, 255, FALSE }, /* rows end within 4 bytes */
    { "videotestsrc pattern=white num-buffers=3 ! video/x-raw,width=1920,height=1080", 1280, 720,
      255, FALSE }, /* larger than is looked at */
    { "videotestsrc pattern=white num-buffers=3 ! video/x-raw,width=20,height=2560", 10, 1280, 255,
      FALSE },
    { "videotestsrc pattern=white num-buffers=3 ! video/x-raw,width=1,height=1", 1, 1, 255, FALSE },
    { "videotestsrc pattern=white num-buffers=3 ! video/x-raw,width=64,height=64 ! jpegenc ! "
      "jpegdec",
      64, 64, 255, FALSE },
    { "videotestsrc pattern=white num-buffers=3 ! video/x-raw,width=64,height=64 ! decodebin", 64,
      64, 255, FALSE }, /* as the first camera's pipeline, which may give either */
    { "videotestsrc pattern=white num-buffers=3 ! video/x-raw,width=64,height=64 ! jpegenc ! "
      "decodebin",
      64, 64, 255, FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (ROWS); i++) {
    Given given;
    VideoHandler handler = handler_of (&given);
    VideoSource *source;

    g_test_message ("%s", ROWS[i].description);
    given_start (&given);
    source = video_source_new (ROWS[i].description, &handler);
    wait_pictures (&given, 1);
    g_assert_cmpint (video_source_stage (source), ==,
                     ROWS[i].live ? VIDEO_SOURCE_LIVE : VIDEO_SOURCE_PLAYING);
    video_source_free (source);
    g_assert_cmpuint (given.last->width, ==, ROWS[i].width);
    g_assert_cmpuint (given.last->height, ==, ROWS[i].height);
    /* Luma of a video may be that of ITU-R BT.601: 16…235. */
    for (guint p = 0; p < given.last->width * given.last->height; p++)
      g_assert_cmpint (ABS ((gint) given.last->grey[p] - (gint) ROWS[i].grey), <=, 25);
    given_clear (&given);
  }
}

/* Pictures of a file come at the file's speed, not as fast as they can be read: half a
 * second in half a second. */
static void test_own_speed (void)
{
  Given given;
  VideoHandler handler = handler_of (&given);
  gint64 start_us = g_get_monotonic_time ();
  g_autoptr (VideoSource) source = NULL;
  g_autoptr (GError) fault = NULL;

  given_start (&given);
  source = video_source_new (
      "videotestsrc num-buffers=15 ! video/x-raw,width=32,height=32,framerate=30/1", &handler);
  fault = wait_fault (source, &given);
  g_assert_error (fault, VIDEO_SOURCE_ERROR, VIDEO_SOURCE_ERROR_ENDED);
  g_assert_cmpint (g_get_monotonic_time () - start_us, >=, 14 * G_USEC_PER_SEC / 30);
  g_clear_pointer (&source, video_source_free);
  g_assert_cmpuint (given.pictures, ==, 15);
  given_clear (&given);
}

/* Faults ----------------------------------------------------------------------------- */

static void test_wrong (void)
{
  static const struct {
    const char *description;
    VideoSourceError code;
    const char *said;
  } ROWS[] = {
    { "videotestsrc ! nonsuch", VIDEO_SOURCE_ERROR_PIPELINE,
      "no element “nonsuch”; is it spelt right" },
    { "filesrc location=a.mp4 ! qtdemux ! avdec_nonsuch", VIDEO_SOURCE_ERROR_PIPELINE,
      "apt install gstreamer1.0-libav" },
    { "libcamerasrc-nonsuch", VIDEO_SOURCE_ERROR_PIPELINE, "apt install gstreamer1.0-libcamera" },
    { "v4l2src devise=/dev/video0", VIDEO_SOURCE_ERROR_PIPELINE, "no property \"devise\"" },
    { "videotestsrc !", VIDEO_SOURCE_ERROR_PIPELINE, "gst-launch-1.0" },
    { "!", VIDEO_SOURCE_ERROR_PIPELINE, "pipeline is wrong" },
    { "videotestsrc ( [ \" ' \\", VIDEO_SOURCE_ERROR_PIPELINE, "pipeline is wrong" },
    { "", VIDEO_SOURCE_ERROR_PIPELINE, "pipeline is wrong" },
    { "videotestsrc ! video/x-nonsuch", VIDEO_SOURCE_ERROR_PIPELINE, "pipeline is wrong" },
    { "videotestsrc num-buffers=5 ! fakesink videotestsrc num-buffers=5 ! autovideosink-nonsuch",
      VIDEO_SOURCE_ERROR_PIPELINE, "autovideosink-nonsuch" },
    { "filesrc location=/nonexistent/a.mkv ! decodebin", VIDEO_SOURCE_ERROR_FAILED,
      "/nonexistent/a.mkv" },
    { "filesrc location=/etc/passwd ! decodebin", VIDEO_SOURCE_ERROR_FAILED,
      "pipeline has stopped: " },
    { "filesrc location=/dev/null ! decodebin", VIDEO_SOURCE_ERROR_FAILED,
      "pipeline has stopped: " },
    { "videotestsrc num-buffers=5 ! jpegenc ! image/jpeg ! capssetter join=false replace=true "
      "caps=video/x-nonsuch ! decodebin",
      VIDEO_SOURCE_ERROR_FAILED, "gstreamer1.0-libav" },
    { "videotestsrc num-buffers=5 ! video/x-raw,format=GRAY8,width=64,height=64 ! capssetter "
      "join=false replace=true "
      "caps=video/x-raw,format=GRAY8,width=640,height=480,framerate=30/1,pixel-aspect-ratio=1/1",
      VIDEO_SOURCE_ERROR_FAILED, "fewer bytes than their size says" },
    { "v4l2src device=/dev/video250", VIDEO_SOURCE_ERROR_GONE,
      "/dev/video250 is not there; plug it in" },
    { "v4l2src device=/dev/null", VIDEO_SOURCE_ERROR_FAILED,
      "v4l2src: Error getting capabilities for device '/dev/null'" }, /* not v4l2src0, nor v4l2src1
                                                                         the next time */
    { "audiotestsrc", VIDEO_SOURCE_ERROR_PIPELINE, "could not link audiotestsrc to videoconvert;" },
    { "videotestsrc is-live=true num-buffers=3", VIDEO_SOURCE_ERROR_GONE, "is it plugged in?" },
    { "videotestsrc num-buffers=3", VIDEO_SOURCE_ERROR_ENDED, "the video has ended" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (ROWS); i++) {
    g_autoptr (GError) error = NULL;
    Given given;
    VideoHandler handler = handler_of (&given);
    VideoSource *source;

    g_test_message ("%s", ROWS[i].description);
    given_start (&given);
    source = video_source_new (ROWS[i].description, &handler);
    error = wait_fault (source, &given);
    video_source_free (source);
    g_test_message ("  %s", error->message);
    g_assert_error (error, VIDEO_SOURCE_ERROR, (gint) ROWS[i].code);
    g_assert_nonnull (strstr (error->message, ROWS[i].said));
    given_clear (&given);
  }
}

/* A source that is freed while pictures come: no call after it. */
static void test_free_in_the_middle (void)
{
  for (guint i = 0; i < 10; i++) {
    Given given;
    VideoHandler handler = handler_of (&given);
    VideoSource *source;

    given_start (&given);
    source = video_source_new (
        "videotestsrc is-live=true ! video/x-raw,width=64,height=64,framerate=1000/1", &handler);
    wait_pictures (&given, i);
    video_source_free (source);
    /* From now on a call would be one into memory that is wiped. */
    given_clear (&given);
  }
}

/* Devices that do not answer: neither the start nor the end waits for them, nobody is
 * called after it, and once they answer all is freed. */
static void test_hangs (void)
{
  g_autofree char *folder = g_dir_make_tmp ("accueil-pictures-XXXXXX", NULL),
                  *fifo = g_build_filename (folder, "fifo", NULL);
  g_autofree char *opens = g_strdup_printf ("filesrc location=%s ! pngdec", fifo);
  gint64 begun_us = g_get_monotonic_time ();
  Given given;
  VideoHandler handler = handler_of (&given);
  VideoSource *source;
  int writer;

  given_start (&given);
  g_assert_cmpint (mkfifo (fifo, 0600), ==, 0);
  source = video_source_new (opens, &handler); /* open(2) waits for a writer */
  g_assert_false (video_source_stop (source));
  g_assert_cmpint (patience_since_us (begun_us), <, 10 * G_USEC_PER_SEC);
  g_assert_cmpint (video_source_stage (source), ==, VIDEO_SOURCE_OPENING);
  while ((writer = g_open (fifo, O_WRONLY | O_NONBLOCK | O_CLOEXEC, 0)) < 0)
    g_assert_cmpint (errno, ==, ENXIO); /* nobody has come to open it yet */
  close (writer);                       /* what it reads now ends at once */
  while (!video_source_stop (source))
    ;
  video_source_free (source);
  given_clear (&given);
  g_unlink (fifo);
  g_rmdir (folder);
}

int main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/scan/picture_source/pictures", test_pictures);
  g_test_add_func ("/scan/picture_source/own-speed", test_own_speed);
  g_test_add_func ("/scan/picture_source/wrong", test_wrong);
  g_test_add_func ("/scan/picture_source/free-in-the-middle", test_free_in_the_middle);
  g_test_add_func ("/scan/picture_source/hangs", test_hangs);
  return g_test_run ();
}
