/* Every slot of a page against names that would break out of it. */
#include "office/markup.h"

#include <string.h>

static const char *const HOSTILE[] = {
  "<script>alert(1)</script>",
  "\"><img src=x onerror=alert(1)>",
  "' onmouseover='alert(1)",
  "javascript:alert(1)",
  "JaVaScRiPt:alert(1)",
  " javascript:alert(1)",
  "data:text/html,<script>alert(1)</script>",
  "//evil.example/x",
  "/\\evil.example",
  "https://evil.example/",
  "</title></textarea><svg onload=alert(1)>",
  "&lt;b&gt;",
  "{{7*7}}%s%n%d",
  "O'Brien & Fils <SARL> \"Nord\"",
  "\xff\xfe<b>",
  "a\x01\x1b[31m\x7f",
  "=HYPERLINK(\"http://evil\")",
  "-->",
  "欧阳<思>远",
};

/* What a browser reads in @html: no tag but those of the template, no attribute more. */
static void check (const char *html, const char *before, const char *after)
{
  gsize length = strlen (html), head = strlen (before), tail = strlen (after);
  g_autofree char *middle = NULL;

  g_assert_true (g_str_has_prefix (html, before));
  g_assert_true (g_str_has_suffix (html, after));
  g_assert_true (g_utf8_validate (html, -1, NULL));
  middle = g_strndup (html + head, length - head - tail);
  g_assert_null (strpbrk (middle, "<>\"'"));
  for (const char *p = middle; *p != '\0'; p++)
    g_assert_true ((guchar) *p >= 0x20);
}

static void test_text (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (HOSTILE); i++) {
    Markup *markup = markup_new ();
    g_autofree char *html = NULL;

    markup_add (markup, "<p>%s</p>", HOSTILE[i]);
    html = markup_finish (markup);
    check (html, "<p>", "</p>");
  }
}

static void test_attribute (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (HOSTILE); i++)
    for (guint quote = 0; quote < 2; quote++) {
      Markup *markup = markup_new ();
      g_autofree char *html = NULL;

      if (quote == 0)
        markup_add (markup, "<p title=\"a %s\">", HOSTILE[i]);
      else
        markup_add (markup, "<p title='a %s'>", HOSTILE[i]);
      html = markup_finish (markup);
      check (html, quote == 0 ? "<p title=\"a " : "<p title='a ", quote == 0 ? "\">" : "'>");
    }
}

static void test_address (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (HOSTILE); i++) {
    Markup *whole = markup_new (), *part = markup_new ();
    g_autofree char *html = NULL, *within = NULL;

    markup_add (whole, "<a href=\"%s\">", HOSTILE[i]);
    html = markup_finish (whole);
    check (html, "<a href=\"", "\">");
    g_assert_cmpstr (html, ==, "<a href=\"#\">");
    markup_add (part, "<a href=\"/people/%s?q=%s\">", HOSTILE[i], HOSTILE[i]);
    within = markup_finish (part);
    check (within, "<a href=\"/people/", "\">");
    for (const char *p = within + strlen ("<a href=\"/people/"); *p != '?'; p++)
      g_assert_true (g_ascii_isalnum (*p) || strchr ("-._~%", *p) != NULL);
  }
}

static void test_values (void)
{
  Markup *markup = markup_new ();
  const char *nothing = NULL;
  g_autofree char *html = NULL;

  markup_add (markup, "<a href=\"%s\">%s %d %u %lld 100%%", "/now?day=26", "é & 中", -3, 4u,
              (long long) G_MAXINT64);
  markup_add (markup, "</a><i>%s</i>", markup_keep (markup, g_strdup ("kept")));
  markup_add (markup, "%s<!-- %% --><b>%s</b>", nothing, "<");
  html = markup_finish (markup);
  g_assert_cmpstr (html, ==,
                   "<a href=\"/now?day=26\">é &amp; 中 -3 4 9223372036854775807 100%</a>"
                   "<i>kept</i><!-- % --><b>&lt;</b>");
}

/* Over several templates a slot is known by all that came before it. */
static void test_pieces (void)
{
  Markup *markup = markup_new ();
  g_autofree char *html = NULL;

  markup_add (markup, "<a");
  markup_add (markup, " href=\"/x/");
  markup_add (markup, "%s", "a/b");
  markup_add (markup, "\"");
  markup_add (markup, ">%s</a>", "a/b");
  html = markup_finish (markup);
  g_assert_cmpstr (html, ==, "<a href=\"/x/a%2Fb\">a/b</a>");
}

/* Slots that nothing makes safe end the program. */
#pragma GCC diagnostic ignored "-Wformat-security"
static void test_refused (void)
{
  static const char *const TABLE[] = {
    "<%s>",
    "<p %s>",
    "<p title=%s>",
    "<script>%s</script>",
    "<style>%s",
    "<p style='%s'",
    "<p onclick=\"%s\">",
    "<!-- %s -->",
    "<p title=\"\"%s>",
  };
  static const guint COUNT = G_N_ELEMENTS (TABLE);

  if (g_test_subprocess ()) {
    guint which = (guint) g_ascii_strtoull (g_getenv ("SLOT"), NULL, 10);

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
    markup_add (markup_new (), TABLE[which], "x");
#pragma GCC diagnostic pop
    return;
  }
  for (guint i = 0; i < COUNT; i++) {
    g_autofree char *which = g_strdup_printf ("%u", i);

    g_setenv ("SLOT", which, TRUE);
    g_test_trap_subprocess (NULL, 0, G_TEST_SUBPROCESS_DEFAULT);
    g_test_trap_assert_failed ();
    g_test_trap_assert_stderr ("*nothing can be escaped*");
  }
}

int main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/office/markup/text", test_text);
  g_test_add_func ("/office/markup/attribute", test_attribute);
  g_test_add_func ("/office/markup/address", test_address);
  g_test_add_func ("/office/markup/values", test_values);
  g_test_add_func ("/office/markup/pieces", test_pieces);
  g_test_add_func ("/office/markup/refused", test_refused);
  return g_test_run ();
}
