#include "badge/check.h"
#include "words_here.h"

#include "badge/badge.h"
#include "unit/badge/people.h"

#include <glib/gstdio.h>
#include <string.h>

static char *directory;

#define PAGE                                                                                       \
  "<svg xmlns='http://www.w3.org/2000/svg' width='100mm' height='100mm' viewBox='0 0 100 100'>"
#define NAME                                                                                       \
  "<g id='name'><rect x='5' y='5' width='90' height='30'/><text style='font-size:9px' "            \
  "lang='fr'>Anne <tspan font-weight='bold'>LE GOFF</tspan></text></g>"
#define CATEGORY                                                                                   \
  "<g id='category'><rect x='45' y='45' width='50' height='14'/><text "                            \
  "style='font-size:5px;font-weight:bold'>Élue</text></g>"
#define QR "<rect id='qr' x='8' y='60' width='30' height='30'/>"
#define GOOD NAME CATEGORY QR
#define POST(more)                                                                                 \
  "<g id='post'><rect x='45' y='62' width='50' height='30' " more                                  \
  "/><text style='font-size:4px'>x</text></g>"

static GPtrArray *check_text (const char *text, const char *name, guint dpi, gboolean one_bit)
{
  g_autofree char *path = g_build_filename (directory, name, NULL);
  g_assert_true (g_file_set_contents (path, text, -1, NULL));
  GPtrArray *faults = check_template (path, dpi, one_bit);
  for (guint i = 0; i < faults->len; i++) {
    const TemplateFault *fault = g_ptr_array_index (faults, i);
    g_test_message ("%s %s → %s", fault->where, fault->what, fault->remedy);
  }
  g_remove (path);
  return faults;
}

static gboolean has_fault (const GPtrArray *faults, const char *where, const char *says)
{
  for (guint i = 0; i < faults->len; i++) {
    const TemplateFault *fault = g_ptr_array_index (faults, i);
    if (strstr (fault->where, where) != NULL
        && (strstr (fault->what, says) != NULL || strstr (fault->remedy, says) != NULL))
      return TRUE;
  }
  return FALSE;
}

static void test_good (void)
{
  g_autoptr (GPtrArray) faults = check_text (PAGE GOOD POST ("") "</svg>", "good.svg", 203, TRUE);
  g_assert_cmpuint (faults->len, ==, 0);
  g_autoptr (GPtrArray) people = check_template (PEOPLE_TEMPLATE, 203, TRUE);
  g_assert_cmpuint (people->len, ==, 0);
  g_autoptr (GPtrArray) back
      = check_text (PAGE "</svg>", "good.back.svg", 203, FALSE); /* a back needs nothing */
  g_assert_cmpuint (back->len, ==, 0);
}

/* Every template that is shipped is without a fault, for label printers of both
 * resolutions. */
static void test_shipped (void)
{
  g_autoptr (GDir) folder = g_dir_open ("assets/badge", 0, NULL);
  const char *name;
  guint seen = 0;
  while ((name = g_dir_read_name (folder)) != NULL) {
    g_autofree char *path = g_build_filename ("assets/badge", name, NULL);
    if (!g_str_has_suffix (name, ".svg"))
      continue;
    for (guint i = 0; i < 2; i++) {
      g_autoptr (GPtrArray) faults = check_template (path, i ? 300 : 203, TRUE);
      for (guint j = 0; j < faults->len; j++) {
        const TemplateFault *fault = g_ptr_array_index (faults, j);
        g_error ("%s: %s %s", path, fault->where, fault->what);
      }
    }
    seen++;
  }
  g_assert_cmpuint (seen, >, 0);
}

/* One broken template for each fault. */
static const struct {
  const char *content;
  gboolean one_bit;
  const char *where, *says;
} broken[] = {
  /* Slots. */
  { CATEGORY QR, FALSE, "“name”", "is missing" },
  { NAME QR, FALSE, "“category”", "is missing" },
  { NAME CATEGORY, FALSE, "“qr”", "is missing" },
  { GOOD QR, FALSE, "“qr”", "is there twice" },
  { GOOD "<rect id='catgory' x='45' y='62' width='50' height='10'/>", FALSE, "“catgory”",
    "Did you mean “category”?" },
  { GOOD "<g id='slots'><rect id='photo' x='45' y='62' width='50' height='10'/></g>", FALSE,
    "“photo”", "is no slot" },
  { GOOD "<g id='slots'><g><g id='posts'><rect x='45' y='62' width='50' height='10'/></g></g></g>",
    FALSE, "“posts”", "Did you mean “post”?" },
  { GOOD "<g id='post'><text style='font-size:4px'>x</text></g>", FALSE, "“post”", "0 rectangles" },
  { GOOD "<circle id='post' cx='60' cy='75' r='5'/>", FALSE, "“post”", "is a <circle>" },
  { GOOD "<rect id='post' x='45' y='50' width='50' height='30'/>", FALSE, "“category” and “post”",
    "lie over each other" },
  { GOOD "<rect id='post' x='45' y='80' width='50' height='30'/>", FALSE, "“post”",
    "lies outside of the page" },
  { GOOD "<rect id='post' x='45' y='62' width='50' height='30' display='none'/>", FALSE, "“post”",
    "is hidden" },
  { GOOD POST ("") "<g id='hole' data-minpt='3'><rect x='45' y='1' width='10' height='3'/></g>",
    FALSE, "“hole”", "data-minpt" },
  { GOOD "<g id='post' data-valign='up'><rect x='45' y='62' width='50' height='30'/></g>", FALSE,
    "“post”", "none of top, middle, bottom" },
  { GOOD "<g id='post' data-other='0.5'><rect x='45' y='62' width='50' height='30'/></g>", FALSE,
    "“post”", "0.667" },
  /* Conditions. */
  { GOOD "<g id='logo' data-if='catgeory:press'/>", FALSE, "“logo”", "“catgeory:press”" },
  { GOOD "<g id='logo' data-unless=''/>", FALSE, "“logo”", "is no word" },
  { NAME CATEGORY "<g data-if='proof'>" QR "</g><g id='qr2' data-if='day:'/>", FALSE, "“qr2”",
    "“day:”" },
  { NAME CATEGORY "<g id='qr' data-if='proof'><rect x='8' y='60' width='30' height='30'/></g>",
    FALSE, "“qr”", "shown to some only" },
  /* Texts. */
  { CATEGORY QR "<g id='name' data-min-pt='30'><rect x='5' y='5' width='90' height='30'/><text "
                "style='font-size:14px'>x</text></g>",
    FALSE, "“name”", "has no room" },
  { GOOD "<g id='post' data-if='category:press' data-min-pt='8'><rect x='45' y='62' width='50' "
         "height='8'/><text style='font-size:4px'>x</text></g>",
    FALSE, "“post”", "has no room" },
  { GOOD "<text id='small' x='45' y='70' style='font-family:Inter;font-size:1.9px'>merci</text>",
    FALSE, "“small”", "too small to be read" },
  { GOOD "<text id='small' x='45' y='70' style='font-family:\"Noto Sans CJK "
         "SC\";font-size:2.4px'>接待处</text>",
    FALSE, "“small”", "is Chinese of 6.8 points" },
  /* Code. */
  { NAME CATEGORY "<rect id='qr' x='8' y='60' width='18' height='18'/>", FALSE, "“qr”",
    "modules would be" },
  { NAME CATEGORY "<rect id='qr' x='1' y='60' width='34' height='34'/>", FALSE, "“qr”",
    "quiet zone" },
  { GOOD "<rect id='frame' x='39' y='60' width='2' height='30' fill='#000000'/>", FALSE, "“frame”",
    "quiet zone" },
  /* Fonts. */
  { GOOD "<text id='motto' x='50' y='80' style='font-family:Comic Sans "
         "MS;font-size:4px'>Bienvenue</text>",
    FALSE, "“motto”", "“Comic Sans MS”, which is not pinned" },
  { GOOD "<text id='motto' x='50' y='80' style='font-size:4px'>Bienvenue</text>", FALSE, "“motto”",
    "names no font" },
  { GOOD "<text id='motto' x='50' y='80' "
         "style='font-family:Inter;font-weight:800;font-size:4px'>Bienvenue</text>",
    FALSE, "“motto”", "weight 800" },
  { GOOD "<g id='post'><rect x='45' y='62' width='50' height='30'/><text id='example' "
         "style='font-family:Arial;font-size:4px'>x</text></g>",
    FALSE, "“example”", "“Arial”" },
  { GOOD
    "<text id='meal' x='50' y='80' style='font-family:Inter;font-size:6px'>\xf0\x9f\x8d\xb4</text>",
    FALSE, "“meal”", "U+1F374" },
  /* Lines. */
  { GOOD "<path id='rule' d='M45 70H95' style='stroke:#000000;stroke-width:0.1;fill:none'/>", FALSE,
    "“rule”", "0.10 mm" },
  { GOOD "<rect id='rule' x='45' y='70' width='50' height='0.2'/>", FALSE, "“rule”",
    "0.20 mm thin" },
  { GOOD "<g transform='scale(0.5)'><path id='rule' d='M90 140H190' stroke='#000' "
         "stroke-width='0.4' fill='none'/></g>",
    FALSE, "“rule”", "0.20 mm" },
  /* Colours. */
  { GOOD "<g id='post'><rect x='45' y='62' width='50' height='30'/><text "
         "style='font-size:4px;fill:#cccccc'>x</text></g>",
    FALSE, "“post”", "merge" },
  { GOOD "<g id='post'><rect x='45' y='62' width='50' height='30'/><text "
         "style='font-size:4px;fill:#7a7a7a'>x</text></g>",
    FALSE, "“post”", "4.5 : 1" },
  { GOOD "<g id='post'><rect x='45' y='62' width='50' height='30'/><text "
         "style='font-size:4px;fill:#4a5364'>x</text></g>",
    TRUE, "“post”", "pierce" },
  { GOOD "<rect x='44' y='61' width='52' height='32' fill='#c8102e'/>" POST (""), FALSE, "“post”",
    "merge" },
  { GOOD "<text id='motto' x='50' y='80' "
         "style='font-family:Inter;font-size:4px;fill:#999999'>Bienvenue</text>",
    TRUE, "“motto”", "pierce" },
  { GOOD "<rect x='44' y='70' width='52' height='20' fill='#1f3a93'/><text id='motto' x='50' "
         "y='80' style='font-family:Inter;font-size:4px'>Bienvenue</text>",
    FALSE, "“motto”", "merge" },
  { GOOD "<g id='a' data-if='category:press'><rect x='50' y='70' width='9' height='9' "
         "fill='#1f3a93'/></g><g id='b' data-if='category:staff'><rect x='50' y='70' width='9' "
         "height='9' fill='#b5121b'/></g>",
    TRUE, "“a” and “b”", "tell categories apart" },
  /* What Inkscape shows and no badge would. */
  { GOOD "<image id='logo' x='50' y='70' width='20' height='10' href='no-such.png'/>", FALSE,
    "“logo”", "nothing would be printed (no-such.png)" },
  { GOOD
    "<image id='logo' x='50' y='70' width='20' height='10' href='http://127.0.0.1:9/logo.png'/>",
    FALSE, "“logo”", "nothing would be printed" },
  { GOOD "<image id='logo' x='50' y='70' width='20' height='10' href='file:///etc/passwd'/>", FALSE,
    "“logo”", "nothing would be printed" },
  /* The head of a PNG, and no more. */
  { GOOD "<image id='logo' x='50' y='70' width='20' height='10' "
         "href='data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA='/>",
    FALSE, "“logo”", "nothing would be printed" },
  { GOOD
    "<image id='logo' x='50' y='70' width='20' height='10' href='data:image/png;base64,AAAA'/>",
    FALSE, "“logo”", "neither PNG nor JPEG" },
  { GOOD "<flowRoot id='motto' "
         "style='font-family:Inter;font-size:4px'><flowPara>x</flowPara></flowRoot>",
    FALSE, "“motto”", "form that is not drawn" },
  { GOOD "<style id='sheet'>.name { font-size: 4px }</style>", FALSE, "“sheet”", "style sheet" },
  { GOOD "<g transform='rotate(180 70 77)'>" POST ("") "</g>", FALSE, "“post”", "turned" },
  { GOOD "<g transform='matrix(-1 0 0 1 140 0)'>" POST ("") "</g>", FALSE, "“post”", "mirrored" },
};

static void test_broken (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (broken); i++) {
    g_autofree char *text = g_strconcat (PAGE, broken[i].content, "</svg>", NULL);
    g_autoptr (GPtrArray) faults = check_text (text, "broken.svg", 203, broken[i].one_bit);
    if (!has_fault (faults, broken[i].where, broken[i].says))
      g_error ("%s: no fault of %s says “%s” (there are %u)", broken[i].content, broken[i].where,
               broken[i].says, faults->len);
  }
}

/* Pictures that are there, in the template or beside it, and slots that end upright. */
static void test_seen (void)
{
  static const char dot[] = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNgAAAAAgABSK"
                            "+kcQAAAABJRU5ErkJggg=="; /* one black pixel */
  g_autofree char *embedded
      = g_strdup_printf (PAGE GOOD "<style> </style><image x='50' y='70' width='20' height='10' "
                                   "href='data:image/png;base64,%s'/></svg>",
                         dot);
  g_autoptr (GPtrArray) none = check_text (embedded, "embedded.svg", 203, FALSE);
  g_assert_cmpuint (none->len, ==, 0);
  gsize length = 0;
  g_autofree guchar *png = g_base64_decode (dot, &length);
  g_autofree char *file = g_build_filename (directory, "dot.png", NULL);
  g_assert_true (g_file_set_contents (file, (const char *) png, (gssize) length, NULL));
  g_autoptr (GPtrArray) beside
      = check_text (PAGE GOOD "<image x='50' y='70' width='20' height='10' href='dot.png'/></svg>",
                    "beside.svg", 203, FALSE);
  g_remove (file);
  g_assert_cmpuint (beside->len, ==, 0);
  g_autoptr (GPtrArray) upright = check_text (
      PAGE GOOD "<g transform='rotate(90)'><g transform='translate(3,4) rotate(-90)'>" POST (
          "") "</g></g></svg>",
      "upright.svg", 203, FALSE);
  g_assert_false (has_fault (upright, "“post”", "turned"));
  g_autoptr (GPtrArray) marked
      = check_text ("\xef\xbb\xbf" PAGE GOOD "</svg>", "marked.svg", 203, FALSE);
  g_assert_cmpuint (marked->len, ==, 0);
}

static void test_no_template (void)
{
  static const struct {
    const char *text, *where, *says;
  } table[] = {
    { "", "the file", "cannot be read" },
    { "<svg", "the file", "cannot be read" },
    { "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 1 1'>" GOOD "</svg>", "the page",
      "has no size" },
    { "<svg xmlns='http://www.w3.org/2000/svg' width='4mm' height='9000mm' viewBox='0 0 1 1'>" GOOD
      "</svg>",
      "the page", "4 × 9000 mm" },
  };
  for (guint i = 0; i < G_N_ELEMENTS (table); i++) {
    g_autoptr (GPtrArray) faults = check_text (table[i].text, "none.svg", 203, FALSE);
    g_assert_true (has_fault (faults, table[i].where, table[i].says));
  }
}

/* All at once, not only the first. */
static void test_every_fault (void)
{
  g_autoptr (GPtrArray) faults = check_text (
      PAGE CATEGORY "<rect id='nane' x='5' y='5' width='90' height='20'/>" QR
                    "<text id='meal' x='50' y='80' "
                    "style='font-family:Arial;font-size:6px;fill:#aaaaaa'>\xf0\x9f\x8d\xb4</text>"
                    "<path id='rule' d='M45 70H95' stroke='#000' stroke-width='0.1'/></svg>",
      "all.svg", 203, TRUE);
  g_assert_true (has_fault (faults, "“name”", "missing"));
  g_assert_true (has_fault (faults, "“nane”", "“name”"));
  g_assert_true (has_fault (faults, "“meal”", "“Arial”"));
  g_assert_true (has_fault (faults, "“meal”", "U+1F374"));
  g_assert_true (has_fault (faults, "“meal”", "pierce"));
  g_assert_true (has_fault (faults, "“rule”", "0.10 mm"));
}

/* The draft of the look: its code has no quiet zone, its meal mark is a glyph that no
 * font has. */
static void test_draft_of_the_look (void)
{
  g_autoptr (GPtrArray) faults = check_text (
      "<svg xmlns='http://www.w3.org/2000/svg' width='105mm' height='148mm' viewBox='0 0 105 148'>"
      "<g id='name'><rect x='8' y='32' width='89' height='40'/><text "
      "style='font-size:12px'>x</text></g>"
      "<rect id='category-band' x='0' y='103' width='105' height='12'/>"
      "<g id='category'><rect x='8' y='104' width='89' height='10'/><text "
      "style='font-size:5px'>x</text></g>"
      "<rect id='qr' x='8' y='116' width='25' height='25'/>"
      "<text id='meal-mark' x='85' y='123' "
      "style='font-family:Inter;font-size:3px'>\xef\x80\x8d</text></svg>",
      "draft.svg", 203, FALSE);
  g_assert_true (has_fault (faults, "“qr”", "quiet zone"));
  g_assert_true (has_fault (faults, "“meal-mark”", "U+F00D"));
}

/* The printer's resolution counts. */
static void test_resolution (void)
{
  /* Modules of 0.502 mm are four dots of 203 to the inch, but neither five nor six of
   * 300: there is no room to grow. */
  static const char template_[]
      = PAGE NAME CATEGORY "<rect id='qr' x='2.02' y='60' width='22.6' height='22.6'/></svg>";
  g_autoptr (GPtrArray) coarse = check_text (template_, "dpi.svg", 203, FALSE),
                        fine = check_text (template_, "dpi.svg", 300, FALSE);
  g_assert_cmpuint (coarse->len, ==, 0);
  g_assert_true (has_fault (fine, "“qr”", "300 dots an inch"));
  g_autoptr (GPtrArray) line = check_text (
      PAGE GOOD
      "<path id='rule' d='M45 70H95' stroke='#000' stroke-width='0.3' fill='none'/></svg>",
      "line.svg", 150, TRUE);
  g_assert_true (has_fault (line, "“rule”", "150 dots an inch"));
}

static void test_back (void)
{
  g_autofree char *front = g_build_filename (directory, "badge.svg", NULL),
                  *back = g_build_filename (directory, "badge.back.svg", NULL);
  g_autofree char *none = check_back (front);
  g_assert_null (none);
  g_assert_true (g_file_set_contents (back, PAGE "</svg>", -1, NULL));
  g_autofree char *found = check_back (front);
  g_assert_cmpstr (found, ==, back);
  g_autofree char *of_back = check_back (back);
  g_assert_null (of_back);
  g_autoptr (GPtrArray) alone = check_template (back, 203, FALSE);
  g_assert_cmpuint (alone->len, ==, 0);
  g_assert_true (g_file_set_contents (front, PAGE GOOD "</svg>", -1, NULL));
  g_autoptr (GPtrArray) alike = check_template (back, 203, FALSE);
  g_assert_cmpuint (alike->len, ==, 0);
  g_assert_true (g_file_set_contents (
      back,
      "<svg xmlns='http://www.w3.org/2000/svg' width='90mm' height='100mm' viewBox='0 0 90 100'/>",
      -1, NULL));
  g_autoptr (GPtrArray) narrower = check_template (back, 203, FALSE);
  g_assert_true (
      has_fault (narrower, "the page", "90.0 × 100.0 mm, but its front is 100.0 × 100.0 mm"));
  g_remove (front);
  g_remove (back);
}

int main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  words_here ();
  g_autoptr (GError) error = NULL;
  badge_fonts_start (PEOPLE_FONTS, &error);
  g_assert_no_error (error);
  directory = g_dir_make_tmp ("badge-check-XXXXXX", &error);
  g_assert_no_error (error);
  g_test_add_func ("/check/good", test_good);
  g_test_add_func ("/check/shipped", test_shipped);
  g_test_add_func ("/check/broken", test_broken);
  g_test_add_func ("/check/seen", test_seen);
  g_test_add_func ("/check/no-template", test_no_template);
  g_test_add_func ("/check/every-fault", test_every_fault);
  g_test_add_func ("/check/draft-of-the-look", test_draft_of_the_look);
  g_test_add_func ("/check/resolution", test_resolution);
  g_test_add_func ("/check/back", test_back);
  int result = g_test_run ();
  g_rmdir (directory);
  g_free (directory);
  return result;
}
