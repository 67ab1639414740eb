/* Connections that nobody knows: how many, for how long, and whose is cut off first. */
#include "http/strangers.h"

#include <netinet/in.h>
#include <poll.h>
#include <unistd.h>

typedef struct {
  int here, there;
  Stranger *stranger;
} Line;

static Line line_new (Strangers *strangers, guint32 address)
{
  const struct sockaddr_in from = { .sin_family = AF_INET, .sin_addr.s_addr = address };
  int ends[2];
  Line line;

  g_assert_cmpint (socketpair (AF_UNIX, SOCK_STREAM, 0, ends), ==, 0);
  line = (Line){ ends[0], ends[1], NULL };
  line.stranger
      = strangers_add (strangers, line.there, (const struct sockaddr *) (gconstpointer) &from);
  return line;
}

static gboolean is_cut (const Line *line, gint wait_ms)
{
  struct pollfd end = { .fd = line->here, .events = POLLIN };

  return poll (&end, 1, wait_ms) == 1 && (end.revents & POLLHUP) != 0;
}

static void line_end (Strangers *strangers, Line *line)
{
  strangers_remove (strangers, line->stranger);
  close (line->here);
  close (line->there);
}

static void test_most (void)
{
  Strangers *strangers = strangers_new (4, 3600);
  Line lines[7];

  lines[0] = line_new (strangers, 1); /* alone at its address, and the oldest */
  for (guint i = 1; i < 5; i++)
    lines[i] = line_new (strangers, 2);
  g_assert_true (is_cut (&lines[1], -1)); /* the oldest of the address that has most */
  strangers_set_served (strangers, lines[2].stranger, TRUE);
  lines[5] = line_new (strangers, 2);
  g_assert_true (is_cut (&lines[3], -1));
  strangers_let (strangers, lines[4].stranger, NULL);
  lines[6] = line_new (strangers, 3); /* there is room: one is known now */
  for (guint i = 0; i < G_N_ELEMENTS (lines); i++)
    g_assert_cmpint (is_cut (&lines[i], 0), ==, i == 1 || i == 3);
  for (guint i = 0; i < G_N_ELEMENTS (lines); i++)
    line_end (strangers, &lines[i]);
  strangers_free (strangers);
}

static void test_late (void)
{
  Strangers *strangers = strangers_new (10, 1);
  Line known = line_new (strangers, 1), served = line_new (strangers, 1),
       late = line_new (strangers, 1);

  strangers_let (strangers, known.stranger, NULL);
  strangers_set_served (strangers, served.stranger, TRUE);
  g_assert_true (is_cut (&late, -1));
  g_assert_false (is_cut (&known, 0));
  g_assert_false (is_cut (&served, 0));
  strangers_set_served (strangers, served.stranger, FALSE);
  g_assert_true (is_cut (&served, -1));
  line_end (strangers, &known);
  line_end (strangers, &served);
  line_end (strangers, &late);
  strangers_free (strangers);
}

/* Of one owner so many are kept, the newest; another's and nobody's are left alone. */
static void test_owners (void)
{
  enum { MORE = 5 };
  Strangers *strangers = strangers_new (100, 3600);
  Line lines[STRANGERS_OWNER_MAX + MORE], other = line_new (strangers, 1),
                                          nobodys = line_new (strangers, 1);

  strangers_let (strangers, other.stranger, "other");
  strangers_let (strangers, nobodys.stranger, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (lines); i++) {
    lines[i] = line_new (strangers, i);
    for (guint twice = 0; twice < 2; twice++)
      strangers_let (strangers, lines[i].stranger, "one");
  }
  for (guint i = 0; i < G_N_ELEMENTS (lines); i++)
    g_assert_cmpint (is_cut (&lines[i], 0), ==, i < MORE);
  /* One that has ended makes room. */
  line_end (strangers, &lines[MORE]);
  lines[MORE] = line_new (strangers, 1);
  strangers_let (strangers, lines[MORE].stranger, "one");
  g_assert_false (is_cut (&lines[MORE + 1], 0));
  g_assert_false (is_cut (&other, 0));
  g_assert_false (is_cut (&nobodys, 0));
  for (guint i = 0; i < G_N_ELEMENTS (lines); i++)
    line_end (strangers, &lines[i]);
  line_end (strangers, &other);
  line_end (strangers, &nobodys);
  strangers_free (strangers);
}

static void on_go (gpointer data)
{
  g_atomic_int_inc ((gint *) data);
}

/* Who is refused again and again waits longer and longer; who is known does not, and at
 * the end nobody. */
static void test_delays (void)
{
  Strangers *strangers = strangers_new (10, 3600);
  Line line = line_new (strangers, 1), known = line_new (strangers, 1);
  gint gone = 0;
  gint64 began;

  for (guint i = 0; i < 50; i++) {
    g_assert_cmpint (strangers_is_delayed (strangers, line.stranger), ==,
                     i >= STRANGERS_FREE_REFUSALS);
    strangers_note_refusal (strangers, line.stranger);
    strangers_note_refusal (strangers, known.stranger);
    if (i == STRANGERS_FREE_REFUSALS) {
      began = g_get_monotonic_time ();
      strangers_delay (strangers, line.stranger, on_go, &gone);
      while (g_atomic_int_get (&gone) == 0)
        g_thread_yield ();
      g_assert_cmpint (g_get_monotonic_time () - began, >=, STRANGERS_DELAY_MS * 1000);
    }
  }
  strangers_let (strangers, known.stranger, NULL);
  g_assert_false (strangers_is_delayed (strangers, known.stranger));
  strangers_delay (strangers, line.stranger, on_go, &gone); /* two seconds, but: */
  g_assert_cmpint (g_atomic_int_get (&gone), ==, 1);
  strangers_release (strangers);
  g_assert_cmpint (g_atomic_int_get (&gone), ==, 2);
  strangers_delay (strangers, line.stranger, on_go, &gone);
  g_assert_cmpint (g_atomic_int_get (&gone), ==, 3);
  line_end (strangers, &line);
  line_end (strangers, &known);
  strangers_free (strangers);
}

int main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/http/strangers/most", test_most);
  g_test_add_func ("/http/strangers/late", test_late);
  g_test_add_func ("/http/strangers/owners", test_owners);
  g_test_add_func ("/http/strangers/delays", test_delays);
  return g_test_run ();
}
