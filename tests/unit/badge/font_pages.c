#include "badge/font_pages.h"
#include "words_here.h"

#include "unit/badge/people.h"

#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#define NOTO "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc"

/* How much of the pinned fonts is resident, in KB (proc(5), /proc/self/smaps). */
static guint resident_kb (void)
{
  g_autofree char *maps = NULL;
  g_assert_true (g_file_get_contents ("/proc/self/smaps", &maps, NULL, NULL));
  g_auto (GStrv) lines = g_strsplit (maps, "\n", -1);
  gboolean font = FALSE;
  guint sum = 0;
  for (guint i = 0; lines[i] != NULL; i++) {
    guint kb = 0;
    if (strcspn (lines[i], "-")
        < strcspn (lines[i], ":")) /* of a mapping, not of what is said of it */
      font = strstr (lines[i], " r--p ") != NULL
             && (g_str_has_suffix (lines[i], ".ttc") || g_str_has_suffix (lines[i], ".otf"));
    else if (font && sscanf (lines[i], "Rss: %u", &kb) == 1)
      sum += kb;
  }
  return sum;
}

static GBytes *draw (BadgeTemplate *template_)
{
  g_autoptr (GError) error = NULL;
  BadgeContent content = people_french ();
  g_autoptr (BadgeSheet) sheet = badge_pdf (template_, &content, BADGE_FRONT, &error);
  g_assert_no_error (error);
  return g_bytes_ref (sheet->bytes);
}

static void test_given_back (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BadgeTemplate) first = badge_template_load (PEOPLE_TEMPLATE, &error),
                            second = badge_template_load (PEOPLE_TEMPLATE, &error);
  g_assert_no_error (error);
  g_autoptr (GBytes) before = draw (first);
  g_assert_cmpuint (resident_kb (), >, 1000);
  font_pages_give_back ();
  g_assert_cmpuint (resident_kb (), ==, 0);
  g_autoptr (GBytes) again = draw (first), after = draw (second);
  g_assert_true (g_bytes_equal (before, again));
  g_assert_true (g_bytes_equal (before, after)); /* which has read nothing yet */
  g_assert_cmpuint (resident_kb (), >, 1000);
}

/* What could not be read from the file again stays as it is. */
static void test_written_to (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *bytes = NULL;
  gsize length = 0, page = (gsize) sysconf (_SC_PAGESIZE);
  g_assert_true (g_file_get_contents (NOTO, &bytes, &length, &error));
  g_assert_cmpuint (length, >, page);
  FILE *file = fopen (NOTO, "rb");
  char *mapped = mmap (NULL, page, PROT_READ | PROT_WRITE, MAP_PRIVATE, fileno (file), 0);
  g_assert_true (mapped != MAP_FAILED);
  fclose (file);
  mapped[0] = (char) (bytes[0] ^ 1);
  font_pages_give_back ();
  g_assert_cmpint (mapped[0], ==, (char) (bytes[0] ^ 1));
  munmap (mapped, page);
}

int main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  words_here ();
  g_autoptr (GError) error = NULL;
  badge_fonts_start (PEOPLE_FONTS, &error);
  g_assert_no_error (error);
  g_test_add_func ("/font-pages/given-back", test_given_back);
  g_test_add_func ("/font-pages/written-to", test_written_to);
  return g_test_run ();
}
