/* Surnames by how common they are. */
#include "core/surnames.h"

static void test_rank (void)
{
  g_assert_cmpuint (surnames_rank ("王"), ==, 1);
  g_assert_cmpuint (surnames_rank ("李"), <, surnames_rank ("曾"));
  g_assert_cmpuint (surnames_rank ("曾"), <, surnames_rank ("仇"));
  g_assert_cmpuint (surnames_rank ("欧阳"), ==, 1);
  g_assert_cmpuint (surnames_rank ("诸葛"), >, 0);
  g_assert_cmpuint (surnames_rank ("是"), ==, 0);
  g_assert_cmpuint (surnames_rank ("王李"), ==, 0); /* neighbours of the list are no surname */
  g_assert_cmpuint (surnames_rank (""), ==, 0);
  g_assert_cmpuint (surnames_rank ("a"), ==, 0);
}

int main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/surnames/rank", test_rank);
  return g_test_run ();
}
