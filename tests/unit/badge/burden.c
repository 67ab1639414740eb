/* What is too heavy for a badge is refused before anything is drawn; what a designer may
 * well want is not. */
#include "badge/burden.h"
#include "words_here.h"

#include "badge/badge.h"
#include "badge/template_fault.h"

#include <glib/gstdio.h>
#include <string.h>

#define PAGE                                                                                       \
  "<svg xmlns='http://www.w3.org/2000/svg' xmlns:xlink='http://www.w3.org/1999/xlink' "            \
  "width='100mm' height='100mm' viewBox='0 0 100 100'>"
#define SLOTS                                                                                      \
  "<rect id='name' x='5' y='5' width='90' height='30'/><rect id='category' x='45' y='45' "         \
  "width='50' height='14'/><rect id='qr' x='8' y='60' width='30' height='30'/>"
#define BOX "<rect id='box' width='9' height='9'/>"

static char *directory;

static GPtrArray *weigh (const char *content)
{
  g_autofree char *text = g_strconcat (PAGE, content, "</svg>", NULL),
                  *path = g_build_filename (directory, "template.svg", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GError) error = NULL;
  GPtrArray *faults = template_fault_list_new ();
  g_autoptr (SvgNode) root = svg_read (text, strlen (text), &error);
  g_assert_no_error (error);
  gboolean light = burden_weigh (root, file, faults);
  g_assert_cmpint (light, ==, faults->len == 0);
  return faults;
}

static void assert_light (const char *content)
{
  g_autoptr (GPtrArray) faults = weigh (content);
  for (guint i = 0; i < faults->len; i++)
    g_test_message ("%s %s", ((const TemplateFault *) faults->pdata[i])->where,
                    ((const TemplateFault *) faults->pdata[i])->what);
  g_assert_cmpuint (faults->len, ==, 0);
}

static void assert_heavy (const char *content, const char *where, const char *what)
{
  g_autoptr (GPtrArray) faults = weigh (content);
  for (guint i = 0; i < faults->len; i++) {
    const TemplateFault *fault = g_ptr_array_index (faults, i);
    g_assert_cmpstr (fault->remedy, !=, "");
    if (strstr (fault->where, where) != NULL && strstr (fault->what, what) != NULL)
      return;
  }
  g_error ("“%s %s” is not said of %.300s", where, what, content);
}

static char *repeat (const char *text, guint times)
{
  GString *all = g_string_new (NULL);
  while (times-- > 0)
    g_string_append (all, text);
  return g_string_free (all, FALSE);
}

/* What is drawn of a badge's art, a logo with a soft shadow, a faded photograph behind a
 * mask, a wide map. */
static void test_light (void)
{
  g_autofree char *rects = repeat (BOX, 20000), *map = repeat ("L1.25 3.75 ", 5000);
  g_autofree char *path = g_strdup_printf ("<path d='M0 0 %s'/>", map);
  assert_light (SLOTS);
  assert_light (rects);
  assert_light (path);
  assert_light ("<defs><filter id='f'>\n <feGaussianBlur stdDeviation='2'/>\n <feOffset dx='1'/>\n "
                "<feMerge><feMergeNode/><feMergeNode "
                "in='SourceGraphic'/></feMerge>\n</filter></defs><g filter='url(#f)'>" BOX "</g>");
  assert_light (
      "<defs><mask id='m'>" BOX "</mask><clipPath id='c'>" BOX
      "</clipPath></defs><g mask='url(#m)' style='opacity:.5'><g clip-path=\"url('#c')\">" BOX
      "</g></g>");
  assert_light ("<g id='one'>" BOX "</g><use xlink:href='#one'/><use href='#one'/><use "
                "xlink:href='#nowhere'/><use xlink:href='other.svg#one'/>");
  /* Circles, which librsvg breaks. */
  assert_light (
      "<g id='a'><use xlink:href='#b'/></g><g id='b'><use xlink:href='#a'/></g><use id='c' "
      "xlink:href='#c'/><defs><mask id='m' mask='url(#m)'/></defs><rect mask='url(#m)'/>");
}

static void test_heavy (void)
{
  GString *copies = g_string_new ("<defs><g id='a0'>" BOX "</g>"),
          *masks = g_string_new ("<defs><mask id='m0'>" BOX "</mask>");
  for (guint i = 1; i < 9; i++) {
    g_autofree char *use = g_strdup_printf ("<use xlink:href='#a%u'/>", i - 1),
                    *uses = repeat (use, 10);
    g_string_append_printf (copies, "<g id='a%u'>%s</g>", i, uses);
    g_string_append_printf (
        masks, "<mask id='m%u'><rect mask='url(#m%u)'/><rect style='mask:url(#m%u)'/></mask>", i,
        i - 1, i - 1);
  }
  g_string_append (copies, "</defs><g><rect/><use id='guilty' xlink:href='#a8'/></g>");
  g_string_append (masks, "</defs><g><rect/><rect id='guilty' mask='url(#m8)'/></g>");
  assert_heavy (copies->str, "“guilty”", "too much to draw");
  assert_heavy (masks->str, "“guilty”", "too much to draw");
  g_string_free (copies, TRUE);
  g_string_free (masks, TRUE);
  g_autofree char *filtered = repeat ("<rect style='filter:url(#f)'/>", 30),
                  *steps = repeat ("<feOffset/>", 30),
                  *stripes = repeat ("<rect fill='url(#p)'/>", 300);
  g_autofree char *long_filter = g_strdup_printf ("<defs><filter id='f'>%s</filter></defs>", steps),
                  *patterns
                  = g_strdup_printf ("<defs><pattern id='p'>" BOX "</pattern></defs>%s", stripes);
  assert_heavy (filtered, "<svg> in line 1", "too much to draw");
  assert_heavy (patterns, "<svg> in line 1", "too much to draw");
  assert_heavy (long_filter, "“f”", "more than 12 steps");
  assert_heavy ("<filter><feConvolveMatrix id='c' order='99'/></filter>", "“c”",
                "feConvolveMatrix");
  assert_heavy ("<filter><feTurbulence id='t' numOctaves='9999'/></filter>", "“t”", "feTurbulence");
  assert_heavy ("<filter><feMorphology id='m' radius='1 99'/></filter>", "“m”", "radius 1 99");
  assert_heavy ("<style>rect { filter: url(#f) }</style>", "<style>", "style sheet");
  assert_heavy ("<style>@import 'x.css';</style>", "<style>", "style sheet");
}

static void test_long (void)
{
  g_autofree char *points = repeat (" 1 2", 20000), *words = repeat ("字 ", 10000),
                  *path = g_strdup_printf ("<path id='long' d='M%s'/>", points),
                  *poly = g_strdup_printf ("<polygon id='long' points='%s'/>", points);
  g_autofree char *part = g_strdup_printf ("<path d='M%.60000s'/>", points),
                  *parts = repeat (part, 20),
                  *text
                  = g_strdup_printf ("<desc>%s</desc><text id='words'>%s</text>", words, words);
  assert_heavy (path, "“long”", "too many points");
  assert_heavy (poly, "“long”", "too many points");
  assert_heavy (parts, "<path>", "too many points");
  assert_heavy (text, "“words”", "more text");
}

/* The head of a PNG of that size. */
static void png_head (guint8 head[33], guint width, guint height)
{
  const guint8 begin[16]
      = { 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n', 0, 0, 0, 13, 'I', 'H', 'D', 'R' };
  guint32 sizes[2] = { GUINT32_TO_BE (width), GUINT32_TO_BE (height) };
  memset (head, 0, 33);
  memcpy (head, begin, sizeof begin);
  memcpy (head + sizeof begin, sizes, sizeof sizes);
}

static char *embedded (const char *kind, const guint8 *bytes, gsize length)
{
  g_autofree char *text = g_base64_encode (bytes, length);
  return g_strdup_printf ("<image id='photo' xlink:href='data:image/%s;base64,%s'/>", kind, text);
}

static void test_pictures (void)
{
  guint8 head[33];
  png_head (head, 640, 480);
  g_autofree char *small = embedded ("png", head, sizeof head);
  assert_light (small);
  png_head (head, 32000, 32000);
  g_autofree char *large = embedded ("png", head, sizeof head),
                  *path = g_build_filename (directory, "large photo.png", NULL);
  assert_heavy (large, "“photo”", "32000 × 32000 dots");
  png_head (head, G_MAXUINT32, G_MAXUINT32);
  g_autofree char *absurd = embedded ("png", head, sizeof head);
  assert_heavy (absurd, "“photo”", "dots");
  png_head (head, 5000, 5000);
  g_autofree char *one = embedded ("png", head, sizeof head), *two = g_strconcat (one, one, NULL);
  assert_light (one);
  assert_heavy (two, "“photo”", "5000 × 5000");
  g_autofree char *nested = embedded ("svg+xml", (const guint8 *) "<svg/>", 6);
  assert_heavy (nested, "“photo”", "neither PNG nor JPEG");
  png_head (head, 32000, 32000);
  g_assert_true (g_file_set_contents (path, (const char *) head, sizeof head, NULL));
  assert_heavy ("<image id='photo' href='large%20photo.png'/>", "“photo”", "32000 × 32000");
  g_remove (path);
  /* What is not there is not drawn, and said by the check. */
  assert_light (
      "<image href='large%20photo.png'/><image href='http://127.0.0.1/x.png'/><image/><image "
      "href='data:,'/><image href='/dev/zero'/>");
}

/* An agent, too, refuses it, and names the element. */
static void test_refused (void)
{
  g_autofree char *path = g_build_filename (directory, "heavy.svg", NULL);
  g_autoptr (GError) error = NULL;
  g_assert_true (g_file_set_contents (
      path, PAGE SLOTS "<defs><filter><feConvolveMatrix id='c' order='99'/></filter></defs></svg>",
      -1, NULL));
  g_autoptr (BadgeTemplate) none = badge_template_load (path, &error);
  g_assert_null (none);
  g_assert_error (error, BADGE_ERROR, BADGE_ERROR_TEMPLATE);
  g_assert_nonnull (strstr (error->message, "“c”"));
  g_remove (path);
}

int main (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  g_test_init (&argc, &argv, NULL);
  words_here ();
  directory = g_dir_make_tmp ("accueil-burden-XXXXXX", NULL);
  badge_fonts_start ("fonts/fonts.conf", &error);
  g_assert_no_error (error);
  g_test_add_func ("/badge/burden/light", test_light);
  g_test_add_func ("/badge/burden/heavy", test_heavy);
  g_test_add_func ("/badge/burden/long", test_long);
  g_test_add_func ("/badge/burden/pictures", test_pictures);
  g_test_add_func ("/badge/burden/refused", test_refused);
  int status = g_test_run ();
  g_rmdir (directory);
  g_free (directory);
  return status;
}
