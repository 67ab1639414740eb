#include "congress/event_logo.h"

#include <string.h>

static const guint8 PNG[] = { 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n' };
#define PNG_SIZE_AT 16 /* ISO/IEC 15948, 11.2.2: width, then height */

/* SVG ------------------------------------------------------------------------------- */

typedef struct {
  gboolean svg;     /* the root is one */
  const char *evil; /* what it must not have; static */
} SvgLook;

static void look_at (GMarkupParseContext *context, const char *name, const char **keys,
                     const char **values, gpointer data, GError **error)
{
  SvgLook *look = data;
  const char *colon = strrchr (name, ':'), *bare = colon != NULL ? colon + 1 : name;
  if (g_markup_parse_context_get_element_stack (context)->next == NULL)
    look->svg = strcmp (bare, "svg") == 0;
  if (strcmp (bare, "script") == 0 || strcmp (bare, "foreignObject") == 0)
    look->evil = "script";
  for (guint i = 0; keys[i] != NULL; i++) {
    gboolean link = g_str_has_suffix (keys[i], "href");
    if (g_str_has_prefix (keys[i], "on"))
      look->evil = "script";
    if (link && values[i][0] != '#' && !g_str_has_prefix (values[i], "data:image/"))
      look->evil = "href";
  }
}

static const char *fault_of_svg (const char *bytes, gsize length)
{
  static const GMarkupParser PARSER = { .start_element = look_at };
  SvgLook look = { FALSE, NULL };
  g_autoptr (GMarkupParseContext) context
      = g_markup_parse_context_new (&PARSER, G_MARKUP_TREAT_CDATA_AS_TEXT, &look, NULL);
  if (!g_markup_parse_context_parse (context, bytes, (gssize) length, NULL)
      || !g_markup_parse_context_end_parse (context, NULL) || !look.svg)
    return _ ("is neither an SVG nor a PNG; export the logo as one of these");
  if (look.evil != NULL)
    return _ ("has a script in it or needs another file; export it as a plain SVG, texts as "
              "paths and pictures embedded");
  return NULL;
}

/* PNG ------------------------------------------------------------------------------- */

static guint big_endian (const guint8 *bytes)
{
  return (guint) bytes[0] << 24 | (guint) bytes[1] << 16 | (guint) bytes[2] << 8 | bytes[3];
}

static const char *fault_of_png (const guint8 *bytes, gsize length)
{
  guint width = length > PNG_SIZE_AT + 8 ? big_endian (bytes + PNG_SIZE_AT) : 0,
        height = width > 0 ? big_endian (bytes + PNG_SIZE_AT + 4) : 0;
  if (width == 0 || height == 0)
    return _ ("is a PNG that is cut off; export it again");
  if (width > EVENT_LOGO_SIDE_MAX || height > EVENT_LOGO_SIDE_MAX)
    return _ ("is larger than 4000 pixels on a side; export it smaller, or as SVG");
  return NULL;
}

/* The file -------------------------------------------------------------------------- */

/* A name that stays in the folder. */
static gboolean is_beneath (const char *file)
{
  g_auto (GStrv) parts = g_strsplit (file, "/", -1);
  return !g_path_is_absolute (file) && !g_strv_contains ((const char *const *) parts, "..");
}

/* NULL with a fault noted. */
static GBytes *read_picture (Parser *parser, const IniSection *section, const char *file)
{
  g_autofree char *path = g_build_filename (parser->folder, file, NULL);
  g_autoptr (GMappedFile) mapped = NULL;
  g_autoptr (GError) why = NULL;
  if (!is_beneath (file)) {
    ini_fault (parser->ini, section, "file",
               _ ("“%s” leads out of the event file's folder; put the logo beside it"), file);
    return NULL;
  }
  mapped
      = g_file_test (path, G_FILE_TEST_IS_REGULAR) ? g_mapped_file_new (path, FALSE, &why) : NULL;
  if (mapped == NULL) {
    ini_fault (parser->ini, section, "file",
               _ ("“%s” cannot be read%s%s; is it beside the event "
                  "file?"),
               file, why != NULL ? ": " : "", why != NULL ? why->message : "");
    return NULL;
  }
  if (g_mapped_file_get_length (mapped) > EVENT_LOGO_BYTES_MAX) {
    ini_fault (parser->ini, section, "file",
               _ ("“%s” is larger than %d KiB; export it simpler: every station keeps it"), file,
               EVENT_LOGO_BYTES_MAX / 1024);
    return NULL;
  }
  return g_bytes_new (g_mapped_file_get_contents (mapped), g_mapped_file_get_length (mapped));
}

static void add_picture (Parser *parser, const IniSection *section, const char *file,
                         GBytes *picture, JsonOut *body)
{
  gsize length;
  const guint8 *bytes = g_bytes_get_data (picture, &length);
  gboolean png = length >= sizeof PNG && memcmp (bytes, PNG, sizeof PNG) == 0;
  const char *fault
      = png ? fault_of_png (bytes, length) : fault_of_svg ((const char *) bytes, length);
  g_autoptr (GError) why = NULL;
  if (fault == NULL && parser->look.picture != NULL && !parser->look.picture (picture, !png, &why))
    fault = why->message;
  if (fault != NULL)
    ini_fault (parser->ini, section, "file", "“%s” %s", file, fault);
  g_autofree char *text = g_base64_encode (bytes, length);
  json_out_string (body, "type", png ? "png" : "svg");
  json_out_string (body, "picture", text);
}

void event_logo_read (Parser *parser, const IniSection *section)
{
  JsonOut *body = json_out_new ();
  json_out_begin_object (body, NULL);
  parser_both_languages (parser, section, body);
  json_out_string_if (body, "event", parser_defined (parser, section, "event", "event"));
  json_out_int_if (body, "order", parser->order);
  const char *file = ini_text_needed (parser->ini, section, "file");
  g_autoptr (GBytes) picture
      = file != NULL && parser->folder != NULL ? read_picture (parser, section, file) : NULL;
  if (picture != NULL)
    add_picture (parser, section, file, picture, body);
  parser_add (parser, section, section->id, body);
}
