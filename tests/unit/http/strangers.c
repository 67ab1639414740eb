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
  strangers_let (strangers, lines[4].stranger);
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

  strangers_let (strangers, known.stranger);
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

int main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/http/strangers/most", test_most);
  g_test_add_func ("/http/strangers/late", test_late);
  return g_test_run ();
}
