#include "camera/camera.h"
#include "unit/scan/symbol.h"

#include "core/lock.h"
#include "patience.h"

#include <fcntl.h>
#include <gdk-pixbuf/gdk-pixbuf.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define NOBODY 65534

/* What a camera told. */
typedef struct {
  Lock lock;
  Wake wake;
  guint codes, states;
  ReaderState state;
  char *detail, *text;
  gint64 code_us;
} Told;

static char *folder;

static void on_code (const char *reader, const char *text, gint64 at_us, gpointer data)
{
  Told *told = data;

  g_assert_cmpstr (reader, ==, "eye");
  lock_take (&told->lock);
  g_free (told->text);
  told->text = g_strdup (text);
  told->code_us = at_us;
  told->codes++;
  lock_wake_one (&told->wake);
  lock_give (&told->lock);
}

static void on_state (const char *reader, ReaderState state, const char *detail, gpointer data)
{
  Told *told = data;

  g_assert_cmpstr (reader, ==, "eye");
  g_test_message ("%s: %s", reader_state_name (state), detail);
  lock_take (&told->lock);
  g_free (told->detail);
  told->state = state;
  told->detail = g_strdup (detail);
  told->states++;
  lock_wake_one (&told->wake);
  lock_give (&told->lock);
}

static Camera *start (Told *told, const char *pipeline)
{
  ReaderListener listener = { .code = on_code, .state = on_state, .data = told };

  *told = (Told){ .state = READER_STARTING };
  lock_init (&told->lock);
  lock_wake_init (&told->wake);
  return camera_new ("eye", pipeline, &listener);
}

static void stop (Told *told, Camera *camera)
{
  camera_free (camera);
  g_free (told->detail);
  g_free (told->text);
  lock_wake_clear (&told->wake);
  lock_clear (&told->lock);
}

/* Until the camera is in @state with a detail that contains @said; the detail as told,
 * for the caller to free. */
static char *wait_state (Told *told, ReaderState state, const char *said)
{
  char *detail;

  lock_take (&told->lock);
  patience_wake (told->detail != NULL && told->state == state
                     && strstr (told->detail, said) != NULL,
                 &told->wake, &told->lock);
  detail = g_strdup (told->detail);
  lock_give (&told->lock);
  return detail;
}

static void expect_state (Told *told, ReaderState state, const char *said)
{
  g_autofree char *detail = wait_state (told, state, said);
}

static void wait_codes (Told *told, guint count)
{
  lock_take (&told->lock);
  patience_wake (told->codes >= count, &told->wake, &told->lock);
  lock_give (&told->lock);
}

static guint codes_of (Told *told)
{
  guint codes;

  lock_take (&told->lock);
  codes = told->codes;
  lock_give (&told->lock);
  return codes;
}

/* Pictures --------------------------------------------------------------------------- */

static char *path_of (const char *name)
{
  return g_build_filename (folder, name, NULL);
}

/* A PNG of the symbol, upright or in a mirror, or of nothing. */
static void save_picture (const char *path, gboolean with_code, gboolean mirrored)
{
  g_autoptr (GdkPixbuf) pixbuf = gdk_pixbuf_new (GDK_COLORSPACE_RGB, FALSE, 8, 320, 240);
  guchar *pixels = gdk_pixbuf_get_pixels (pixbuf);
  gsize stride = (gsize) gdk_pixbuf_get_rowstride (pixbuf);
  g_autoptr (Frame) frame = blank (320, 240, 200);

  if (with_code)
    draw (frame, 100, 60, 4, 0, 40, 200);
  for (gsize y = 0; y < 240; y++)
    for (gsize x = 0; x < 320; x++)
      memset (pixels + y * stride + 3 * x, frame->grey[y * 320 + (mirrored ? 319 - x : x)], 3);
  g_assert_true (gdk_pixbuf_save (pixbuf, path, "png", NULL, NULL));
}

/* The same picture again and again, until its file is taken away. */
static char *endless (const char *path)
{
  return g_strdup_printf (
      "multifilesrc location=%s loop=true caps=image/png,framerate=30/1 ! pngdec", path);
}

static void test_code (void)
{
  g_autofree char *path = path_of ("code.png"), *pipeline = endless (path);
  gint64 start_us = g_get_monotonic_time ();
  Told told;
  Camera *camera;

  save_picture (path, TRUE, FALSE);
  camera = start (&told, pipeline);
  wait_codes (&told, 1);
  g_assert_cmpstr (told.text, ==, SYMBOL_TEXT);
  g_assert_cmpint (told.code_us, >=, start_us);
  g_assert_cmpint (told.code_us, <=, g_get_monotonic_time ());
  expect_state (&told, READER_READY, "");
  stop (&told, camera);
  g_unlink (path);
}

/* A code that stays is told once, however many pictures there are of it. */
static void test_once (void)
{
  g_autofree char *path = path_of ("once.png"), *pipeline = endless (path);
  guint64 seen = 0;
  Told told;
  Camera *camera;
  Patience patience = patience_new ();

  save_picture (path, TRUE, FALSE);
  camera = start (&told, pipeline);
  wait_codes (&told, 1);
  /* Two seconds of pictures, more than after which it would be told anew. */
  while (seen < 60) {
    g_auto (CameraView) view = { 0 };
    seen = camera_view (camera, &view) ? view.number : seen;
    g_assert_false (patience_over (&patience, PATIENCE_S));
    g_usleep (1000);
  }
  g_assert_cmpuint (codes_of (&told), ==, 1);
  stop (&told, camera);
  g_unlink (path);
}

/* Shown, taken away and shown again: twice. The file is exchanged under the running
 * pipeline. */
static void test_again (void)
{
  g_autofree char *path = path_of ("again.png"), *new_path = path_of ("new.png"),
                  *pipeline = endless (path);
  Told told;
  Camera *camera;

  save_picture (path, TRUE, FALSE);
  camera = start (&told, pipeline);
  for (guint i = 1; i <= 2; i++) {
    Patience patience = patience_new ();
    gint64 empty_us = 0;
    wait_codes (&told, i);
    save_picture (new_path, FALSE, FALSE);
    g_assert_cmpint (g_rename (new_path, path), ==, 0);
    /* Empty for a second longer than it takes to be forgotten. */
    while (empty_us == 0 || g_get_monotonic_time () - empty_us < (CAMERA_GONE_MS + 1000) * 1000) {
      g_auto (CameraView) view = { 0 };
      if (!camera_view (camera, &view) || view.frame->grey[100 * 320 + 104] < 150)
        empty_us = 0;
      else if (empty_us == 0)
        empty_us = g_get_monotonic_time ();
      g_assert_false (patience_over (&patience, PATIENCE_S));
      g_usleep (1000);
    }
    g_assert_cmpuint (codes_of (&told), ==, i);
    save_picture (new_path, TRUE, FALSE);
    g_assert_cmpint (g_rename (new_path, path), ==, 0);
  }
  wait_codes (&told, 3);
  stop (&told, camera);
  g_unlink (path);
}

/* The view --------------------------------------------------------------------------- */

static void check_view (gboolean mirrored)
{
  g_autofree char *path = path_of ("view.png"), *pipeline = endless (path);
  g_auto (CameraView) view = { 0 };
  gint left = mirrored ? 319 - 100 - SYMBOL_SIDE_PX (4) : 100;
  Patience patience = patience_new ();
  Told told;
  Camera *camera;

  save_picture (path, TRUE, mirrored);
  camera = start (&told, pipeline);
  while (!view.found) {
    camera_view_clear (&view);
    camera_view (camera, &view);
    g_assert_false (patience_over (&patience, PATIENCE_S));
    g_usleep (1000);
  }
  g_assert_cmpuint (view.frame->width, ==, 320);
  g_assert_cmpuint (view.frame->height, ==, 240);
  g_assert_cmpint (view.mirrored, ==, mirrored);
  for (guint i = 0; i < 4; i++) {
    g_assert_cmpint (view.corners[i].x, >=, left - 8);
    g_assert_cmpint (view.corners[i].x, <=, left + SYMBOL_SIDE_PX (4) + 8);
    g_assert_cmpint (view.corners[i].y, >=, 60 - 8);
    g_assert_cmpint (view.corners[i].y, <=, 60 + SYMBOL_SIDE_PX (4) + 8);
  }
  stop (&told, camera);
  /* The frame is the caller's, also when its camera is no more. */
  g_assert_cmpuint (view.frame->grey[0], >, 150);
  g_unlink (path);
}

static void test_view (void)
{
  check_view (FALSE);
  check_view (TRUE);
}

static void test_no_view (void)
{
  g_auto (CameraView) view;
  Told told;
  Camera *camera = start (&told, "v4l2src device=/dev/video250");

  expect_state (&told, READER_UNPLUGGED, "");
  g_assert_false (camera_view (camera, &view));
  g_assert_null (view.frame);
  g_assert_false (view.found);
  stop (&told, camera);
}

/* States ----------------------------------------------------------------------------- */

static void test_states (void)
{
  g_autofree char *long_pipeline = g_strnfill (CAMERA_PIPELINE_BYTES_MAX + 1, 'x');
  const struct {
    const char *pipeline;
    ReaderState state;
    const char *said;
  } ROWS[] = {
    { "videotestsrc num-buffers=3", READER_ENDED, "the video has ended" },
    { "videotestsrc ! nonsuch", READER_FAILED, "nonsuch" },
    { "  filesrc location=/nonexistent.mkv ! decodebin  ", READER_FAILED, "/nonexistent.mkv" },
    { "v4l2src device=/dev/video250", READER_UNPLUGGED, "/dev/video250 is not there" },
    { long_pipeline, READER_FAILED, "longer than" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (ROWS); i++) {
    Told told;
    Camera *camera = start (&told, ROWS[i].pipeline);
    expect_state (&told, ROWS[i].state, ROWS[i].said);
    stop (&told, camera);
    g_assert_cmpuint (told.codes, ==, 0);
  }
}

/* A camera that breaks is taken again by itself, and says so each time; it does not tell
 * again what is still before it. */
static void test_breaks (void)
{
  g_autofree char *path = path_of ("breaks.png"),
                  *pipeline = g_strdup_printf (
                      "multifilesrc location=%s loop=true caps=image/png,framerate=30/1 ! identity "
                      "error-after=20 ! pngdec",
                      path);
  Told told;
  Camera *camera;

  save_picture (path, TRUE, FALSE);
  camera = start (&told, pipeline);
  for (guint i = 0; i < 3; i++) {
    g_auto (CameraView) view = { 0 };
    expect_state (&told, READER_READY, "");
    expect_state (&told, READER_FAILED, "identity");
    g_assert_false (camera_view (camera, &view));
  }
  stop (&told, camera);
  g_assert_cmpuint (told.codes, ==, 1);
  g_unlink (path);
}

/* A live camera that ends is unplugged; it comes back, and goes. */
static void test_live_ends (void)
{
  Told told;
  Camera *camera = start (
      &told,
      "videotestsrc is-live=true num-buffers=5 ! video/x-raw,width=64,height=64,framerate=100/1");

  for (guint i = 0; i < 3; i++) {
    expect_state (&told, READER_READY, "");
    expect_state (&told, READER_UNPLUGGED, "plugged in");
  }
  stop (&told, camera);
}

/* Pictures that never come, or stop without a word; a device that does not even answer,
 * and is left behind at the end. */
static void test_stalls (void)
{
  g_autofree char *fifo = path_of ("fifo"),
                  *waiting = g_strdup_printf ("filesrc location=%s ! pngdec", fifo);
  g_autofree char *dead = path_of ("dead"),
                  *hanging = g_strdup_printf ("filesrc location=%s ! pngdec", dead);
  const struct {
    const char *pipeline;
    ReaderState state;
    const char *said;
  } ROWS[] = {
    { "videotestsrc is-live=true ! video/x-raw,width=64,height=64 ! valve drop=true", READER_FAILED,
      "no picture for 5 s; pull its plug out" },
    { waiting, READER_STARTING, "no picture has come from the pipeline yet" },
    { "videotestsrc num-buffers=3 ! video/x-raw,framerate=1/9", READER_FAILED,
      "no picture for 5 s" },
    { hanging, READER_FAILED, "has not answered for 5 s; pull its plug out" },
  };
  Told told[G_N_ELEMENTS (ROWS)];
  Camera *cameras[G_N_ELEMENTS (ROWS)];
  gint64 begun_us;
  int writer;

  g_assert_cmpint (mkfifo (fifo, 0600), ==, 0);
  g_assert_cmpint (mkfifo (dead, 0600), ==, 0);
  writer = g_open (fifo, O_RDWR | O_CLOEXEC, 0);
  g_assert_cmpint (writer, >=, 0);
  for (guint i = 0; i < G_N_ELEMENTS (ROWS); i++)
    cameras[i] = start (&told[i], ROWS[i].pipeline);
  for (guint i = 0; i < G_N_ELEMENTS (ROWS); i++)
    expect_state (&told[i], ROWS[i].state, ROWS[i].said);
  close (writer);
  begun_us = g_get_monotonic_time ();
  for (guint i = 0; i < G_N_ELEMENTS (ROWS); i++)
    stop (&told[i], cameras[i]);
  g_assert_cmpint (patience_since_us (begun_us), <, 10 * G_USEC_PER_SEC);
  writer = g_open (dead, O_WRONLY | O_NONBLOCK | O_CLOEXEC, 0);
  g_assert_cmpint (
      writer, >=,
      0); /* the thread that was left behind still waits there, once, for all the tries */
  close (writer);
  g_unlink (dead);
  g_unlink (fifo);
}

/* As an ordinary user, before a camera that is another's. */
static void test_denied (void)
{
  g_autofree char *path = path_of ("shut"), *pipeline = g_strdup_printf ("v4l2src device=%s", path);

  if (!g_test_subprocess ()) {
    g_test_trap_subprocess (NULL, 0, G_TEST_SUBPROCESS_DEFAULT);
    g_test_trap_assert_passed ();
    return;
  }
  Told told;
  Camera *camera;
  g_assert_true (g_file_set_contents_full (path, "", 0, G_FILE_SET_CONTENTS_NONE, 0, NULL));
  g_assert_cmpint (chmod (folder, 0755), ==, 0);
  if (geteuid () == 0)
    g_assert_cmpint (setresuid (NOBODY, NOBODY, NOBODY), ==, 0);
  camera = start (&told, pipeline);
  expect_state (&told, READER_DENIED, "group video");
  stop (&told, camera);
}

/* Freed at any moment, also at once. */
static void test_free (void)
{
  static const char *const PIPELINES[]
      = { "videotestsrc is-live=true", "videotestsrc num-buffers=1", "nonsuch", "" };

  camera_free (NULL);
  for (guint i = 0; i < 20; i++)
    for (guint p = 0; p < G_N_ELEMENTS (PIPELINES); p++) {
      Told told;
      Camera *camera = start (&told, PIPELINES[p]);
      for (gint64 end_us = g_get_monotonic_time () + i * 1000; g_get_monotonic_time () < end_us;) {
        g_auto (CameraView) view = { 0 };
        camera_view (camera, &view);
      }
      stop (&told, camera);
    }
}

int main (int argc, char **argv)
{
  int status;

  g_test_init (&argc, &argv, NULL);
  folder = g_dir_make_tmp ("accueil-camera-XXXXXX", NULL);
  g_test_add_func ("/scan/camera/code", test_code);
  g_test_add_func ("/scan/camera/once", test_once);
  g_test_add_func ("/scan/camera/again", test_again);
  g_test_add_func ("/scan/camera/view", test_view);
  g_test_add_func ("/scan/camera/no-view", test_no_view);
  g_test_add_func ("/scan/camera/states", test_states);
  g_test_add_func ("/scan/camera/breaks", test_breaks);
  g_test_add_func ("/scan/camera/live-ends", test_live_ends);
  g_test_add_func ("/scan/camera/stalls", test_stalls);
  g_test_add_func ("/scan/camera/denied", test_denied);
  g_test_add_func ("/scan/camera/free", test_free);
  status = g_test_run ();
  g_rmdir (folder);
  g_free (folder);
  return status;
}
