/* Cameras from picture to code: hard pictures, several codes, none; a video file and a
 * network camera through the real pipelines. */
#include "integration/pictures.h"
#include "integration/zbar_alone.h"
#include "camera/camera.h"
#include "camera/qr_finder.h"

#include "core/lock.h"
#include "patience.h"

#include <glib/gstdio.h>
#include <gst/gst.h>

#define WIDTH 640
#define HEIGHT 480
#define EACH 8 /* pictures of a kind */

static char *folder;

/* Hard pictures ---------------------------------------------------------------------- */

/* Nothing but @text was read, and whether it was. */
static gboolean says (const GPtrArray *codes, const char *text)
{
  for (guint i = 0; i < codes->len; i++)
    g_assert_cmpstr (((const QrFinderCode *) codes->pdata[i])->text, ==, text);
  return codes->len > 0;
}

typedef struct {
  guint plain, first, soon,
      search; /* read by ZBar alone, at a finder's first look, within four, by its search */
} Reads;

static Reads read_one (PictureKind kind, GRand *random)
{
  g_autofree char *reference = g_strdup_printf ("FR-%04d", g_rand_int_range (random, 0, 10000)),
                  *text = picture_ticket (reference);
  PictureTake take = picture_take (kind, random);
  g_autoptr (Qr) qr = qr_new (text, NULL);
  g_autoptr (Frame) frame = picture_new (&qr, 1, &take, WIDTH, HEIGHT, random);
  g_autoptr (QrFinder) finder = qr_finder_new ();
  Reads reads = { .plain = zbar_alone_reads (frame, text) ? 1 : 0 };

  g_assert_cmpuint (strlen (text), >=, 100);
  reads.first = says (qr_finder_look (finder, frame), text) ? 1 : 0;
  reads.soon = reads.first;
  for (guint i = 0; i < 3; i++)
    reads.soon |= says (qr_finder_look (finder, frame), text) ? 1 : 0;
  reads.search = says (qr_finder_search (finder, frame), text) ? 1 : 0;
  return reads;
}

static void test_hard (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (2016);
  Reads all = { 0 };

  for (guint kind = 0; kind < PICTURE_KINDS; kind++) {
    Reads of_kind = { 0 };
    for (guint i = 0; i < EACH; i++) {
      Reads one = read_one (kind, random);
      of_kind.plain += one.plain;
      of_kind.first += one.first;
      of_kind.soon += one.soon;
      of_kind.search += one.search;
    }
    g_test_message ("%-12s of %d: ZBar %u, first look %u, four looks %u, search %u",
                    PICTURE_NAMES[kind], EACH, of_kind.plain, of_kind.first, of_kind.soon,
                    of_kind.search);
    if (kind == PICTURE_PLAIN) {
      g_assert_cmpuint (of_kind.first, ==, EACH);
      g_assert_cmpuint (of_kind.search, ==, EACH);
      continue;
    }
    all.plain += of_kind.plain;
    all.first += of_kind.first;
    all.soon += of_kind.soon;
    all.search += of_kind.search;
  }
  g_test_message ("hard pictures: ZBar %u, first look %u, four looks %u, search %u", all.plain,
                  all.first, all.soon, all.search);
  g_assert_cmpuint (all.plain, >=, 20);
  g_assert_cmpuint (all.first * 10, >=, all.plain * 14);
  g_assert_cmpuint (all.soon * 10, >=, all.plain * 15);
  g_assert_cmpuint (all.search * 10, >=, all.plain * 15);
}

/* An empty hall in every light: nothing is read. */
static void test_none (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (5);
  g_autoptr (QrFinder) finder = qr_finder_new ();

  for (guint i = 0; i < 3 * PICTURE_KINDS; i++) {
    PictureTake take = picture_take (i % PICTURE_KINDS, random);
    g_autoptr (Frame) frame = picture_new (NULL, 0, &take, WIDTH, HEIGHT, random);
    g_assert_cmpuint (qr_finder_look (finder, frame)->len, ==, 0);
    g_assert_cmpuint (qr_finder_search (finder, frame)->len, ==, 0);
  }
}

/* Two delegates at once: both codes within a few looks, and nothing else. */
static void test_two (void)
{
  static const PictureKind KINDS[]
      = { PICTURE_PLAIN, PICTURE_INVERTED, PICTURE_LOW_LIGHT, PICTURE_NOISE };
  g_autoptr (GRand) random = g_rand_new_with_seed (9);
  g_autofree char *left = picture_ticket ("FR-0017"), *right = picture_ticket ("CN-0042");
  g_autoptr (Qr) left_qr = qr_new (left, NULL), right_qr = qr_new (right, NULL);
  Qr *both[] = { left_qr, right_qr };

  for (guint i = 0; i < G_N_ELEMENTS (KINDS); i++) {
    g_autoptr (QrFinder) finder = qr_finder_new ();
    PictureTake take = picture_take (KINDS[i], random);
    gboolean left_read = FALSE, right_read = FALSE;
    take.side_px = 280;
    take.angle /= 4;
    take.tilt = 0;
    take.bezel = FALSE;
    for (guint look = 0; look < 8; look++) {
      g_autoptr (Frame) frame = picture_new (both, 2, &take, WIDTH, HEIGHT, random);
      const GPtrArray *codes = qr_finder_look (finder, frame);
      for (guint c = 0; c < codes->len; c++) {
        const char *text = ((const QrFinderCode *) codes->pdata[c])->text;
        g_assert_true (strcmp (text, left) == 0 || strcmp (text, right) == 0);
        left_read = left_read || strcmp (text, left) == 0;
        right_read = right_read || strcmp (text, right) == 0;
      }
    }
    g_test_message ("%s", PICTURE_NAMES[KINDS[i]]);
    g_assert_true (left_read);
    g_assert_true (right_read);
  }
}

/* What a symbol may hold beside tickets: control characters never reach a listener,
 * Chinese does. */
static void test_texts (void)
{
  static const struct {
    const char *in_symbol, *told;
  } ROWS[] = { { "https://example.org/t?c=17", "https://example.org/t?c=17" },
               { "欧阳思远 Lefèvre", "欧阳思远 Lefèvre" },
               { "BEGIN:VCARD\r\nFN:A\x1b[31m\r\n", "BEGIN:VCARD??FN:A?[31m??" } };
  g_autoptr (GRand) random = g_rand_new_with_seed (9);

  for (guint i = 0; i < G_N_ELEMENTS (ROWS); i++) {
    PictureTake take = picture_take (PICTURE_PLAIN, random);
    g_autoptr (Qr) qr = qr_new (ROWS[i].in_symbol, NULL);
    g_autoptr (Frame) frame = picture_new (&qr, 1, &take, WIDTH, HEIGHT, random);
    g_autoptr (QrFinder) finder = qr_finder_new ();
    g_assert_true (says (qr_finder_look (finder, frame), ROWS[i].told));
  }
}

/* What a camera tells ---------------------------------------------------------------- */

typedef struct {
  Lock lock;
  Wake wake;
  GPtrArray *codes;
  ReaderState state;
  GString *said; /* all details, one a line */
} Told;

static void on_code (const char *reader, const char *text, gint64 at_us, gpointer data)
{
  Told *told = data;

  lock_take (&told->lock);
  g_ptr_array_add (told->codes, g_strdup (text));
  lock_wake_one (&told->wake);
  lock_give (&told->lock);
}

static void on_state (const char *reader, ReaderState state, const char *detail, gpointer data)
{
  Told *told = data;

  g_test_message ("%s: %s", reader_state_name (state), detail);
  lock_take (&told->lock);
  told->state = state;
  g_string_append_printf (told->said, "%s\n", detail);
  lock_wake_one (&told->wake);
  lock_give (&told->lock);
}

/* What came together is told as one, in the order of the alphabet. */
static gboolean on_several (const char *reader, const char *const *texts, gint64 at_us,
                            gpointer data)
{
  g_autofree char *both = g_strcmp0 (texts[0], texts[1]) < 0
                              ? g_strconcat (texts[0], "+", texts[1], NULL)
                              : g_strconcat (texts[1], "+", texts[0], NULL);
  const Told *told = data;

  g_assert_null (texts[2]);
  if (told->codes->len == 0 || strcmp (told->codes->pdata[told->codes->len - 1], both) != 0)
    on_code (reader, both, at_us, data);
  return TRUE;
}

static Camera *start (Told *told, const char *pipeline)
{
  ReaderListener listener
      = { .code = on_code, .state = on_state, .several = on_several, .data = told };

  *told = (Told){ .codes = g_ptr_array_new_with_free_func (g_free),
                  .state = READER_STARTING,
                  .said = g_string_new (NULL) };
  lock_init (&told->lock);
  lock_wake_init (&told->wake);
  return camera_new ("eye", pipeline, &listener);
}

static void stop (Told *told, Camera *camera)
{
  camera_free (camera);
  g_ptr_array_unref (told->codes);
  g_string_free (told->said, TRUE);
  lock_wake_clear (&told->wake);
  lock_clear (&told->lock);
}

/* Until the camera is in @state or, if that is READER_READY, not in it any more when
 * @leave. */
static void wait_state (Told *told, ReaderState state, gboolean leave)
{
  lock_take (&told->lock);
  patience_wake ((told->state == state) != leave, &told->wake, &told->lock);
  lock_give (&told->lock);
}

/* A video file ----------------------------------------------------------------------- */

/* Runs a GStreamer pipeline to its end. */
static void run_pipeline (const char *description)
{
  g_autoptr (GError) error = NULL;
  GstElement *pipeline = gst_parse_launch (description, &error);
  GstBus *bus;
  GstMessage *message;

  g_assert_no_error (error);
  bus = gst_element_get_bus (pipeline);
  gst_element_set_state (pipeline, GST_STATE_PLAYING);
  message
      = gst_bus_timed_pop_filtered (bus, GST_CLOCK_TIME_NONE, GST_MESSAGE_EOS | GST_MESSAGE_ERROR);
  g_assert_nonnull (message);
  g_assert_cmpint (GST_MESSAGE_TYPE (message), ==, GST_MESSAGE_EOS);
  gst_message_unref (message);
  gst_element_set_state (pipeline, GST_STATE_NULL);
  gst_object_unref (bus);
  gst_object_unref (pipeline);
}

/* @count pictures of @text (NULL: an empty hall) as grey bytes at the end of @file. */
static void film (FILE *file, const char *text, PictureKind kind, guint count, GRand *random)
{
  PictureTake take = picture_take (kind, random);
  g_autoptr (Qr) qr = text != NULL ? qr_new (text, NULL) : NULL;
  g_autoptr (Frame) frame = picture_new (&qr, text != NULL ? 1 : 0, &take, WIDTH, HEIGHT, random);

  for (guint i = 0; i < count; i++)
    g_assert_cmpuint (fwrite (frame->grey, WIDTH * HEIGHT, 1, file), ==, 1);
}

/* Two delegates one after the other, the first again later, with empty halls between. */
static void make_video (const char *path, const char *first, const char *second)
{
  g_autofree char *raw = g_build_filename (folder, "raw", NULL), *encode = NULL;
  g_autoptr (GRand) random = g_rand_new_with_seed (26);
  FILE *file = g_fopen (raw, "wb");

  film (file, NULL, PICTURE_PLAIN, 5, random);
  film (file, first, PICTURE_NOISE, 20, random);
  film (file, NULL, PICTURE_PLAIN, 5, random);
  film (file, second, PICTURE_INVERTED, 20, random);
  film (file, NULL, PICTURE_PLAIN, 25, random);
  film (file, first, PICTURE_LOW_LIGHT, 20, random);
  g_assert_cmpint (fclose (file), ==, 0);
  encode = g_strdup_printf (
      "filesrc location=%s ! rawvideoparse width=%d height=%d format=gray8 framerate=15/1 ! "
      "videoconvert ! jpegenc quality=90 ! matroskamux ! filesink location=%s",
      raw, WIDTH, HEIGHT, path);
  run_pipeline (encode);
  g_unlink (raw);
}

static void test_video (void)
{
  static const char *const READERS[]
      = { "filesrc location=%s ! matroskademux ! jpegdec", "filesrc location=%s ! decodebin" };
  g_autofree char *path = g_build_filename (folder, "door.mkv", NULL),
                  *first = picture_ticket ("FR-0017"), *second = picture_ticket ("CN-0042");

  make_video (path, first, second);
  for (guint i = 0; i < G_N_ELEMENTS (READERS); i++) {
    g_auto (GStrv) halves = g_strsplit (READERS[i], "%s", 2);
    g_autofree char *pipeline = g_strconcat (halves[0], path, halves[1], NULL);
    Told told;
    Camera *camera = start (&told, pipeline);
    wait_state (&told, READER_ENDED, FALSE);
    g_assert_cmpuint (told.codes->len, ==, 3);
    g_assert_cmpstr (told.codes->pdata[0], ==, first);
    g_assert_cmpstr (told.codes->pdata[1], ==, second);
    g_assert_cmpstr (told.codes->pdata[2], ==, first);
    stop (&told, camera);
  }
  g_unlink (path);
}

/* Two people hold their tickets before the camera at once: neither is told until one of
 * them is there alone; a ticket that comes while the other is still there is. */
static void test_two_at_once (void)
{
  g_autofree char *raw = g_build_filename (folder, "raw", NULL), *pipeline = NULL,
                  *one = picture_ticket ("CN-0042"), *two = picture_ticket ("FR-0017"),
                  *both = g_strcmp0 (one, two) < 0 ? g_strconcat (one, "+", two, NULL)
                                                   : g_strconcat (two, "+", one, NULL);
  g_autoptr (GRand) random = g_rand_new_with_seed (9);
  g_autoptr (Qr) one_qr = qr_new (one, NULL), two_qr = qr_new (two, NULL);
  Qr *pair[] = { one_qr, two_qr };
  PictureTake take = picture_take (PICTURE_PLAIN, random);
  FILE *file = g_fopen (raw, "wb");
  Told told;

  take.side_px = 280;
  take.angle = take.tilt = 0;
  take.bezel = FALSE;
  g_autoptr (Frame) together = picture_new (pair, 2, &take, WIDTH, HEIGHT, random),
                    alone = picture_new (pair, 1, &take, WIDTH, HEIGHT, random);
  film (file, NULL, PICTURE_PLAIN, 3, random);
  for (guint i = 0; i < 20; i++)
    g_assert_cmpuint (fwrite (together->grey, WIDTH * HEIGHT, 1, file), ==, 1);
  for (guint i = 0; i < 10; i++)
    g_assert_cmpuint (fwrite (alone->grey, WIDTH * HEIGHT, 1, file), ==, 1);
  for (guint i = 0; i < 20; i++) /* the other comes back beside it */
    g_assert_cmpuint (fwrite (together->grey, WIDTH * HEIGHT, 1, file), ==, 1);
  fclose (file);
  pipeline = g_strdup_printf (
      "filesrc location=%s ! rawvideoparse width=%d height=%d format=gray8 framerate=15/1", raw,
      WIDTH, HEIGHT);
  Camera *camera = start (&told, pipeline);
  wait_state (&told, READER_ENDED, FALSE);
  g_assert_cmpuint (told.codes->len, ==, 3);
  g_assert_cmpstr (told.codes->pdata[0], ==, both);
  g_assert_cmpstr (told.codes->pdata[1], ==, one);
  g_assert_cmpstr (told.codes->pdata[2], ==, two);
  stop (&told, camera);
  g_unlink (raw);
}

/* A code longer than any reader may tell is left out, and said. */
static void test_too_long (void)
{
  g_autofree char *raw = g_build_filename (folder, "raw", NULL),
                  *text = g_strnfill (READER_CODE_BYTES_MAX + 1, 'A'), *pipeline = NULL;
  g_autoptr (GRand) random = g_rand_new_with_seed (26);
  g_autoptr (Qr) qr = qr_new (text, NULL);
  PictureTake take = { .side_px = 470,
                       .left = 0.5,
                       .top = 0.5,
                       .dark = 0.05,
                       .light = 0.95,
                       .surroundings = 0.5,
                       .blur_px = 0.3,
                       .gain = 1 };
  g_autoptr (Frame) frame = picture_new (&qr, 1, &take, WIDTH, HEIGHT, random);
  FILE *file = g_fopen (raw, "wb");
  Camera *camera;
  Told told;

  for (guint i = 0; i < 15; i++)
    g_assert_cmpuint (fwrite (frame->grey, WIDTH * HEIGHT, 1, file), ==, 1);
  fclose (file);
  pipeline = g_strdup_printf (
      "filesrc location=%s ! rawvideoparse width=%d height=%d format=gray8 framerate=15/1", raw,
      WIDTH, HEIGHT);
  camera = start (&told, pipeline);
  wait_state (&told, READER_ENDED, FALSE);
  g_assert_cmpuint (told.codes->len, ==, 0);
  g_assert_nonnull (strstr (told.said->str, "a code of 1025 bytes was left out"));
  stop (&told, camera);
  g_unlink (raw);
}

/* A network camera ------------------------------------------------------------------- */

static gboolean plays (GstElement *pipeline)
{
  if (gst_element_set_state (pipeline, GST_STATE_PLAYING) != GST_STATE_CHANGE_FAILURE)
    return TRUE;
  gst_element_set_state (pipeline, GST_STATE_NULL);
  return FALSE;
}

/* Sends @picture without end on @port of this machine (0: any), as network cameras do:
 * JPEG in multipart. */
static GstElement *network_camera (const char *picture, gint *port)
{
  g_autofree char *description = g_strdup_printf (
      "multifilesrc location=%s loop=true caps=image/jpeg,framerate=15/1 ! jpegdec ! identity "
      "sync=true ! jpegenc ! multipartmux ! tcpserversink host=127.0.0.1 port=%d name=server",
      picture, *port);
  GstElement *pipeline = gst_parse_launch (description, NULL), *server;
  g_assert_nonnull (pipeline);
  server = gst_bin_get_by_name (GST_BIN (pipeline), "server");
  /* Its port may wait a moment for what is left of the last connection. */
  patience_wait (plays (pipeline));
  g_object_get (server, "current-port", port, NULL);
  gst_object_unref (server);
  return pipeline;
}

static void network_camera_off (GstElement *pipeline)
{
  gst_element_set_state (pipeline, GST_STATE_NULL);
  gst_object_unref (pipeline);
}

/* Switched off and on again: taken again by itself, and a code that stayed before it is
 * not told twice. */
static void test_network (void)
{
  g_autofree char *raw = g_build_filename (folder, "raw", NULL),
                  *jpeg = g_build_filename (folder, "still.jpg", NULL),
                  *text = picture_ticket ("FR-0017"), *encode = NULL, *pipeline = NULL;
  g_autoptr (GRand) random = g_rand_new_with_seed (3);
  FILE *file = g_fopen (raw, "wb");
  GstElement *server;
  Camera *camera;
  Told told;
  gint port = 0;

  film (file, text, PICTURE_PLAIN, 1, random);
  fclose (file);
  encode = g_strdup_printf ("filesrc location=%s ! rawvideoparse width=%d height=%d format=gray8 ! "
                            "videoconvert ! jpegenc ! filesink location=%s",
                            raw, WIDTH, HEIGHT, jpeg);
  run_pipeline (encode);
  server = network_camera (jpeg, &port);
  pipeline = g_strdup_printf (
      "tcpclientsrc host=127.0.0.1 port=%d ! multipartdemux single-stream=true ! jpegdec", port);
  camera = start (&told, pipeline);
  for (guint i = 0; i < 2; i++) {
    wait_state (&told, READER_READY, FALSE);
    network_camera_off (server);
    wait_state (&told, READER_READY, TRUE);
    g_assert_cmpint (told.state, !=, READER_ENDED);
    server = network_camera (jpeg, &port);
  }
  wait_state (&told, READER_READY, FALSE);
  lock_take (&told.lock);
  patience_wake (told.codes->len > 0, &told.wake, &told.lock);
  lock_give (&told.lock);
  camera_free (camera);
  g_assert_cmpuint (told.codes->len, ==, 1);
  g_assert_cmpstr (told.codes->pdata[0], ==, text);
  stop (&told, NULL);
  network_camera_off (server);
  g_unlink (raw);
  g_unlink (jpeg);
}

/* A hall without a code, of which every picture differs: nothing is told however long one
 * looks. */
static void test_videotestsrc (void)
{
  static const char *const PATTERNS[]
      = { "ball", "snow", "zone-plate kx2=20 ky2=20 kt=1", "checkers-2" };

  for (guint i = 0; i < G_N_ELEMENTS (PATTERNS); i++) {
    g_autofree char *pipeline = g_strdup_printf (
        "videotestsrc num-buffers=45 pattern=%s ! video/x-raw,width=640,height=480,framerate=30/1",
        PATTERNS[i]);
    Told told;
    Camera *camera = start (&told, pipeline);
    wait_state (&told, READER_ENDED, FALSE);
    g_assert_cmpuint (told.codes->len, ==, 0);
    stop (&told, camera);
  }
}

int main (int argc, char **argv)
{
  int status;

  g_test_init (&argc, &argv, NULL);
  gst_init (NULL, NULL);
  folder = g_dir_make_tmp ("accueil-door-XXXXXX", NULL);
  g_test_add_func ("/camera/hard", test_hard);
  g_test_add_func ("/camera/none", test_none);
  g_test_add_func ("/camera/two", test_two);
  g_test_add_func ("/camera/texts", test_texts);
  g_test_add_func ("/camera/video", test_video);
  g_test_add_func ("/camera/two-at-once", test_two_at_once);
  g_test_add_func ("/camera/too-long", test_too_long);
  g_test_add_func ("/camera/network", test_network);
  g_test_add_func ("/camera/videotestsrc", test_videotestsrc);
  status = g_test_run ();
  g_rmdir (folder);
  g_free (folder);
  return status;
}
