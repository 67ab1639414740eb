/* What a page says of one moment: how large its one number is set. */
#include "office/view.h"

static void test_huge (void)
{
  static const struct {
    gint64 number;
    const char *classes;
  } TABLE[] = {
    { 0, "huge" },
    { 9999, "huge" },
    { 10000, "huge l" },
    { 100000, "huge l" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (TABLE); i++)
    g_assert_cmpstr (view_huge (TABLE[i].number), ==, TABLE[i].classes);
}

int main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/office/view/huge", test_huge);
  return g_test_run ();
}
