/* What badges cannot show, and what they can in its place. */
#include "roster/printable.h"

/* Latin letters with accents of Latin-1, and one hanzi. */
static gboolean can (gunichar character, gconstpointer data)
{
  return (character > 0x20 && character < 0x100) || character == 0x738B;
}

static void test_offer (void)
{
  static const struct {
    const char *text;
    gunichar fault;
    const char *offer;
  } ROWS[] = {
    { "Jean Dupont", 0, "Jean Dupont" },
    { "Guy 🎉", 0x1F389, "Guy" },
    { "🎉 Al 🎉 B", 0x1F389, "Al B" },
    { "Ｌéa", 0xFF2C, "Léa" },       /* full width */
    { "Nguyễn", 0x1EC5, "Nguyên" },  /* two marks, of which one is there */
    { "Z\xCC\xA7oe", 0x327, "Zoe" }, /* a mark by itself */
    { "Œuf", 0x152, NULL },          /* a letter that is not two */
    { "عبد", 0x639, NULL },
    { "王𬀩", 0x2C029, NULL },
    { "王", 0, "王" },
    { "🎉", 0x1F389, NULL },
    { "", 0, NULL },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (ROWS); i++) {
    g_autofree char *offer = printable_offer (ROWS[i].text, can, NULL);
    g_assert_cmphex (printable_fault (ROWS[i].text, can, NULL), ==, ROWS[i].fault);
    g_assert_cmpstr (offer, ==, ROWS[i].offer);
  }
}

int main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/roster/printable/offer", test_offer);
  return g_test_run ();
}
