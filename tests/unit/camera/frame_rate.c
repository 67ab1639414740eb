#include "camera/frame_rate.h"

#include <string.h>

#define PICTURE_MS 33
#define LOOK_US 10000

static Frame *scene (guint8 grey)
{
  Frame *frame = frame_new (320, 240);

  memset (frame->grey, grey, 320 * 240);
  return frame;
}

/* Pictures for @ms from *@now_ms on, each another one if @moving; how many are looked at,
 * each for @look_us. */
static guint looks_in (FrameRate *pace, gint64 *now_ms, gint64 ms, gboolean moving, gint64 look_us,
                       gboolean found)
{
  g_autoptr (Frame) a = scene (80), b = scene (140);
  guint looks = 0;

  for (gint64 end = *now_ms + ms; *now_ms < end; *now_ms += PICTURE_MS)
    if (frame_rate_wants (pace, moving && (*now_ms / PICTURE_MS) % 2 == 0 ? b : a,
                          *now_ms * 1000)) {
      looks++;
      frame_rate_looked (pace, *now_ms * 1000 + look_us, look_us, found);
    }
  return looks;
}

static void test_asleep_and_awake (void)
{
  FrameRate pace = { 0 };
  gint64 now_ms = 1000;

  looks_in (&pace, &now_ms, FRAME_RATE_AWAKE_MS + 100, FALSE, LOOK_US, FALSE);
  /* Nothing moves: four a second. */
  g_assert_cmpuint (looks_in (&pace, &now_ms, 10000, FALSE, LOOK_US, FALSE), <=,
                    10000 / FRAME_RATE_ASLEEP_MS);
  /* Something moves: every picture. */
  g_assert_cmpuint (looks_in (&pace, &now_ms, 10000, TRUE, LOOK_US, FALSE), >=,
                    10000 / PICTURE_MS - 1);
  /* And goes on for a while. */
  g_assert_cmpuint (looks_in (&pace, &now_ms, 1000, FALSE, LOOK_US, FALSE), >=,
                    1000 / PICTURE_MS - 1);
}

/* Asleep, the first picture that differs is looked at. */
static void test_wakes_at_once (void)
{
  FrameRate pace = { 0 };
  gint64 now_ms = 1000;
  g_autoptr (Frame) other = scene (200);

  looks_in (&pace, &now_ms, 5000, FALSE, LOOK_US, FALSE);
  for (guint i = 0; i < 20; i++) {
    g_assert_true (frame_rate_wants (&pace, other, now_ms * 1000));
    frame_rate_looked (&pace, now_ms * 1000 + LOOK_US, LOOK_US, FALSE);
    now_ms += PICTURE_MS;
    looks_in (&pace, &now_ms, 2000 + i * 13, FALSE, LOOK_US, FALSE);
  }
}

/* A slow machine before a crowd: less than half of the time; with a code in sight: all it
 * takes. */
static void test_half (void)
{
  FrameRate pace = { 0 };
  gint64 now_ms = 1000;
  guint looks = looks_in (&pace, &now_ms, 20000, TRUE, 30000, FALSE);

  g_assert_cmpuint (looks * 30, <=, 20000 / 2);
  g_assert_cmpuint (looks * 30, >=, 20000 / 4);
  g_assert_cmpuint (looks_in (&pace, &now_ms, 10000, TRUE, 30000, TRUE), >=,
                    10000 / PICTURE_MS - 3);
  g_assert_cmpuint (looks_in (&pace, &now_ms, 20000, TRUE, 30000, FALSE) * 30, <=,
                    20000 / 2 + FRAME_RATE_AWAKE_MS);
}

int main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/scan/pace/asleep-and-awake", test_asleep_and_awake);
  g_test_add_func ("/scan/pace/wakes-at-once", test_wakes_at_once);
  g_test_add_func ("/scan/pace/half", test_half);
  return g_test_run ();
}
