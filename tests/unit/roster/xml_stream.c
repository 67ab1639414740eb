/* XML and HTML in pieces. */
#include "roster/xml_stream.h"

#include "roster/import_fault.h"

#include <string.h>

typedef struct {
  GString *told;
  XmlStream *stream;
} Scene;

static void start (gpointer data, const char *name, const XmlAttributes *attributes)
{
  Scene *scene = data;
  char value[8];
  const char *found = xml_stream_attribute (attributes, "id", value, sizeof value);
  g_string_append_printf (scene->told, "<%s%s%s>", name, found != NULL ? " " : "",
                          found != NULL ? found : "");
  if (strcmp (name, "stop") == 0)
    xml_stream_stop (scene->stream);
}

static void end (gpointer data, const char *name)
{
  g_string_append_printf (((Scene *) data)->told, "</%s>", name);
}

static void text (gpointer data, const char *piece, gsize length)
{
  g_string_append_len (((Scene *) data)->told, piece, (gssize) length);
}

static const XmlHandlers HANDLERS = { start, end, text };

static char *told_of (const char *bytes, gboolean html, gsize piece, GError **error)
{
  Scene scene = { .told = g_string_new (NULL) };
  g_autoptr (XmlStream) stream
      = html ? xml_stream_new_html (&HANDLERS, &scene) : xml_stream_new (&HANDLERS, &scene);
  gsize length = strlen (bytes);
  gboolean good = TRUE;
  scene.stream = stream;
  for (gsize i = 0; good && i < length; i += piece)
    good = xml_stream_feed (stream, bytes + i, MIN (piece, length - i), FALSE, error);
  good = good && xml_stream_feed (stream, "", 0, TRUE, error);
  return g_string_free (scene.told, !good);
}

static void test_told (void)
{
  static const char *const ROWS[][2] = {
    { "<a id='1'><x:b xmlns:x='n' x:id='2'>é &amp; &#29579;</x:b><c/></a>",
      "<a 1><b 2>é & 王</b><c></c></a>" },
    { "<a id='longer than it may be'/>", "<a longer ></a>" },
    { "<a><![CDATA[<b>]]></a>", "<a><b></a>" },
    { "<a><stop/><b/></a>", "<a><stop>" },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (ROWS); i++)
    for (gsize piece = 1; piece < 100; piece = piece * 3 + 1) {
      g_autoptr (GError) error = NULL;
      g_autofree char *told = told_of (ROWS[i][0], FALSE, piece, &error);
      g_assert_no_error (error);
      g_assert_cmpstr (told, ==, ROWS[i][1]);
    }
}

static void test_html (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *told = told_of (
      "<html><meta charset=gb2312><table><tr><td ID=x>Élu<td>王&eacute;<tr>", TRUE, 5, &error);
  g_assert_no_error (error);
  g_assert_nonnull (strstr (told, "<tr><td x>Élu</td><td>王é</td></tr><tr>"));
}

static void test_refused (void)
{
  static const char *const ROWS[] = {
    "<a>",
    "<a></b>",
    "text",
    "<a>&unknown;</a>",
    "<!DOCTYPE a><a/>",
    "<!DOCTYPE a [<!ENTITY x 'y'>]><a>&x;</a>",
    "<a b=1/>",
    "<a>\x01</a>",
  };
  for (gsize i = 0; i < G_N_ELEMENTS (ROWS); i++) {
    g_autoptr (GError) error = NULL;
    g_autofree char *told = told_of (ROWS[i], FALSE, 4, &error);
    g_assert_null (told);
    g_assert_error (error, IMPORT_ERROR, IMPORT_ERROR_FORMAT);
  }
}

int main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/xml_stream/told", test_told);
  g_test_add_func ("/xml_stream/html", test_html);
  g_test_add_func ("/xml_stream/refused", test_refused);
  return g_test_run ();
}
