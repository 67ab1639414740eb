/* camera: how many hard pictures are read, against ZBar alone; the time of a 640 × 480
 * picture; the processor's time of a camera before which nobody stands. Prints
 *   "kind NAME ZBAR FIRST SOON SEARCH" each of EACH pictures: ZBar alone, a finder's
 *   first look, within four looks, its search "rate ZBAR FIRST SOON SEARCH COUNT", "code
 *   P50 P95" and "none P50 P95" in milliseconds of the processor (decoding never waits,
 *   and other programs should not count), "still SHARE" and "crowd SHARE" of one core,
 *   "wrong COUNT".  */
#include "integration/pictures.h"
#include "integration/zbar_alone.h"
#include "camera/camera.h"
#include "camera/qr_finder.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <time.h>

#define WIDTH 640
#define HEIGHT 480
#define EACH 30
#define LOOKS 4
#define NONE 200
#define WATCH_S 8

typedef struct {
  guint zbar, first, soon, search;
} Reads;

typedef struct {
  gint64 us[PICTURE_KINDS * EACH * LOOKS];
  guint count;
} Times;

static guint wrong;

static gboolean says (const GPtrArray *codes, const char *text)
{
  gboolean said = FALSE;

  for (guint i = 0; i < codes->len; i++) {
    gboolean right
        = text != NULL && strcmp (((const QrFinderCode *) codes->pdata[i])->text, text) == 0;
    said = said || right;
    wrong += right ? 0 : 1;
  }
  return said;
}

static gint64 processor_us (void)
{
  struct timespec spent;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &spent);
  return (gint64) spent.tv_sec * G_USEC_PER_SEC + spent.tv_nsec / 1000;
}

static gboolean look (QrFinder *finder, const Frame *frame, const char *text, Times *times)
{
  gint64 start_us = processor_us ();
  const GPtrArray *codes = qr_finder_look (finder, frame);

  times->us[times->count++] = processor_us () - start_us;
  return says (codes, text);
}

static Reads read_one (PictureKind kind, Times *times, GRand *random)
{
  g_autofree char *reference = g_strdup_printf ("FR-%04d", g_rand_int_range (random, 0, 10000)),
                  *text = picture_ticket (reference);
  PictureTake take = picture_take (kind, random);
  g_autoptr (Qr) qr = qr_new (text, NULL);
  g_autoptr (Frame) frame = picture_new (&qr, 1, &take, WIDTH, HEIGHT, random);
  g_autoptr (QrFinder) finder = qr_finder_new ();
  Reads reads = { .zbar = zbar_alone_reads (frame, text) ? 1 : 0,
                  .first = look (finder, frame, text, times) ? 1 : 0 };

  reads.soon = reads.first;
  for (guint i = 1; i < LOOKS; i++)
    reads.soon |= look (finder, frame, text, times) ? 1 : 0;
  reads.search = says (qr_finder_search (finder, frame), text) ? 1 : 0;
  return reads;
}

static int by_time (const void *a, const void *b)
{
  gint64 x = *(const gint64 *) a, y = *(const gint64 *) b;

  return x < y ? -1 : x > y;
}

static void print_times (const char *what, Times *times)
{
  qsort (times->us, times->count, sizeof *times->us, by_time);
  printf ("%s %.2f %.2f\n", what, (double) times->us[times->count / 2] / 1000,
          (double) times->us[times->count * 95 / 100] / 1000);
}

static void measure_reading (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (2016);
  g_autofree Times *times = g_new0 (Times, 1);
  Reads all = { 0 };

  for (guint kind = 0; kind < PICTURE_KINDS; kind++) {
    Reads of_kind = { 0 };
    for (guint i = 0; i < EACH; i++) {
      Reads one = read_one (kind, times, random);
      of_kind.zbar += one.zbar;
      of_kind.first += one.first;
      of_kind.soon += one.soon;
      of_kind.search += one.search;
    }
    printf ("kind \"%s\" %u %u %u %u\n", PICTURE_NAMES[kind], of_kind.zbar, of_kind.first,
            of_kind.soon, of_kind.search);
    if (kind == PICTURE_PLAIN)
      continue;
    all.zbar += of_kind.zbar;
    all.first += of_kind.first;
    all.soon += of_kind.soon;
    all.search += of_kind.search;
  }
  printf ("rate %u %u %u %u %u\n", all.zbar, all.first, all.soon, all.search,
          (PICTURE_KINDS - 1) * EACH);
  print_times ("code", times);
}

/* Halls without a code, in every light. */
static void measure_none (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (5);
  g_autoptr (QrFinder) finder = qr_finder_new ();
  g_autofree Times *times = g_new0 (Times, 1);

  for (guint i = 0; i < NONE; i++) {
    PictureTake take = picture_take (i % PICTURE_KINDS, random);
    g_autoptr (Frame) frame = picture_new (NULL, 0, &take, WIDTH, HEIGHT, random);
    look (finder, frame, NULL, times);
  }
  print_times ("none", times);
}

static void on_code (const char *reader, const char *text, gint64 at_us, gpointer data)
{
  g_atomic_int_inc ((gint *) data);
}

static void on_state (const char *reader, ReaderState state, const char *detail, gpointer data)
{
}

static double processor_s (void)
{
  struct rusage usage;

  getrusage (RUSAGE_SELF, &usage);
  return (double) (usage.ru_utime.tv_sec + usage.ru_stime.tv_sec)
         + (double) (usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e6;
}

/* The share of one core that a whole camera takes, the making of its pictures included;
 * after it has fallen asleep, or not. */
static void measure_share (const char *what, const char *pattern)
{
  gint codes = 0;
  ReaderListener listener = { .code = on_code, .state = on_state, .data = &codes };
  g_autofree char *pipeline
      = g_strdup_printf ("videotestsrc is-live=true pattern=%s ! "
                         "video/x-raw,format=YUY2,width=%d,height=%d,framerate=30/1",
                         pattern, WIDTH, HEIGHT);
  g_autoptr (Camera) camera = camera_new ("eye", pipeline, &listener);
  double before, share;

  g_usleep (3 * G_USEC_PER_SEC);
  before = processor_s ();
  g_usleep (WATCH_S * G_USEC_PER_SEC);
  share = (processor_s () - before) / WATCH_S;
  printf ("%s %.3f\n", what, share);
  wrong += (guint) g_atomic_int_get (&codes);
}

int main (void)
{
  measure_reading ();
  measure_none ();
  measure_share ("still", "smpte");
  measure_share ("crowd", "snow");
  printf ("wrong %u\n", wrong);
  return wrong > 0;
}
