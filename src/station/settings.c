#include "station/settings.h"

#include "core/ini.h"
#include "core/words.h"

#include <gio/gio.h>
#include <string.h>

#define WAIT_MIN_S 5
#define WAIT_MAX_S 3600

G_DEFINE_QUARK (settings - error - quark, settings_error)

static void reader_free (SettingsReader *reader)
{
  g_free (reader->name);
  g_free (reader->device);
  g_free (reader->layout);
  g_free (reader->pipeline);
  g_free (reader);
}

static void place_clear (SettingsPlace *place)
{
  g_free (place->fr);
  g_free (place->zh);
}

static Settings *settings_new (void)
{
  Settings *settings = g_new0 (Settings, 1);

  settings->printers = g_new0 (char *, 1);
  settings->template_ = g_strdup ("");
  settings->pages = g_strdup ("");
  settings->wait_s = SETTINGS_WAIT_S;
  settings->back = TRUE;
  settings->volume = 100;
  settings->listen_key = g_strdup ("");
  settings->desk = (SettingsPlace){ g_strdup (""), g_strdup (""), SETTINGS_ARROW_NONE };
  settings->printer = (SettingsPlace){ g_strdup (""), g_strdup (""), SETTINGS_ARROW_NONE };
  settings->readers = g_ptr_array_new_with_free_func ((GDestroyNotify) reader_free);
  return settings;
}

void settings_free (Settings *settings)
{
  if (settings == NULL)
    return;
  g_strfreev (settings->printers);
  g_free (settings->template_);
  g_free (settings->pages);
  g_free (settings->listen_key);
  place_clear (&settings->desk);
  place_clear (&settings->printer);
  g_ptr_array_unref (settings->readers);
  g_free (settings);
}

/* Values ----------------------------------------------------------------------------- */

/* The value of @key if it is one of @words, else @usual and a fault. */
static guint read_word (Ini *ini, const IniSection *section, const char *key,
                        const char *const *words, guint usual)
{
  const char *value = ini_text (ini, section, key);
  g_autofree char *list = NULL;

  if (value == NULL)
    return usual;
  for (guint i = 0; words[i] != NULL; i++)
    if (strcmp (value, words[i]) == 0)
      return i;
  list = g_strjoinv (", ", (char **) (guintptr) words);
  ini_fault (ini, section, key, _ ("“%s” is none of %s"), value, list);
  return usual;
}

static guint read_seconds (Ini *ini, const IniSection *section, const char *key, guint usual)
{
  const char *value = ini_text (ini, section, key);
  guint64 seconds;

  if (value == NULL)
    return usual;
  if (g_ascii_string_to_unsigned (value, 10, WAIT_MIN_S, WAIT_MAX_S, &seconds, NULL))
    return (guint) seconds;
  ini_fault (ini, section, key, _ ("“%s” is no number of seconds between %d and %d"), value,
             WAIT_MIN_S, WAIT_MAX_S);
  return usual;
}

static double read_inches (Ini *ini, const IniSection *section, const char *key)
{
  const char *value = ini_text (ini, section, key);
  char *end = NULL;
  double inches = value != NULL ? g_ascii_strtod (value, &end) : 0;

  if (value == NULL
      || (end != value && *end == '\0' && inches >= SETTINGS_DIAGONAL_MIN
          && inches <= SETTINGS_DIAGONAL_MAX))
    return inches;
  ini_fault (ini, section, key, _ ("“%s” is no number of inches between %d and %d, like 15.6"),
             value, SETTINGS_DIAGONAL_MIN, SETTINGS_DIAGONAL_MAX);
  return 0;
}

static char *read_text (Ini *ini, const IniSection *section, const char *key, const char *usual)
{
  const char *value = ini_text (ini, section, key);

  return g_strdup (value != NULL ? value : usual);
}

static void check_keys (Ini *ini, const IniSection *section, const char *const *known)
{
  const char *const *keys = ini_keys (ini, section);
  g_autofree char *list = g_strjoinv (", ", (char **) (guintptr) known);

  for (guint i = 0; keys[i] != NULL; i++)
    if (!g_strv_contains (known, keys[i]))
      ini_fault (ini, section, keys[i], _ ("is no key of this section; there are %s"), list);
}

/* Sections --------------------------------------------------------------------------- */

static void read_printing (Settings *settings, Ini *ini, const IniSection *section)
{
  static const char *const KEYS[] = { "printers", "pages", "template", "wait", "back", NULL },
                           *const YES_NO[] = { "no", "yes", NULL };
  char **printers;

  check_keys (ini, section, KEYS);
  printers = ini_list (ini, section, "printers");
  if (printers != NULL) {
    g_strfreev (settings->printers);
    settings->printers = printers;
  }
  if (g_strv_length (settings->printers) > SETTINGS_PRINTERS_MAX)
    ini_fault (ini, section, "printers", _ ("a station has at most %d"), SETTINGS_PRINTERS_MAX);
  for (guint i = 0; settings->printers[i] != NULL; i++)
    for (guint j = 0; j < i; j++)
      if (strcmp (settings->printers[i], settings->printers[j]) == 0)
        ini_fault (ini, section, "printers", _ ("“%s” stands twice"), settings->printers[i]);
  g_free (settings->template_);
  settings->template_ = read_text (ini, section, "template", "");
  g_free (settings->pages);
  settings->pages = read_text (ini, section, "pages", "");
  settings->wait_s = read_seconds (ini, section, "wait", SETTINGS_WAIT_S);
  settings->back = read_word (ini, section, "back", YES_NO, 1) == 1;
}

/* “where-fr”, “where-zh” and “where-arrow” for @what “where”. */
static void read_place (SettingsPlace *place, Ini *ini, const IniSection *section, const char *what)
{
  static const char *const ARROWS[] = { "none", "left", "right", "ahead", "below", NULL };
  g_autofree char *fr = g_strconcat (what, "-fr", NULL), *zh = g_strconcat (what, "-zh", NULL),
                  *arrow = g_strconcat (what, "-arrow", NULL);

  place_clear (place);
  place->fr = read_text (ini, section, fr, "");
  place->zh = read_text (ini, section, zh, "");
  place->arrow = (SettingsArrow) read_word (ini, section, arrow, ARROWS, SETTINGS_ARROW_NONE);
  if ((place->fr[0] == '\0') != (place->zh[0] == '\0'))
    ini_fault (ini, section, place->fr[0] == '\0' ? fr : zh, "%s",
               _ ("is missing: a place is named in both languages"));
  for (guint i = 0; i < 2; i++)
    if (g_utf8_strlen (i == 0 ? place->fr : place->zh, -1) > SETTINGS_PLACE_MAX)
      ini_fault (ini, section, i == 0 ? fr : zh, _ ("has more than %d characters"),
                 SETTINGS_PLACE_MAX);
}

static guint read_volume (Ini *ini, const IniSection *section)
{
  const char *value = ini_text (ini, section, "volume");
  guint64 volume = 100;

  if (value != NULL && !g_ascii_string_to_unsigned (value, 10, 0, 100, &volume, NULL))
    ini_fault (ini, section, "volume", _ ("“%s” is no number from 0 to 100"), value);
  return (guint) volume;
}

static void read_screen (Settings *settings, Ini *ini, const IniSection *section)
{
  static const char *const KEYS[]
      = { "diagonal", "where-fr",    "where-zh", "where-arrow", "badge-fr",
          "badge-zh", "badge-arrow", "theme",    "voice",       "listen-key",
          "volume",   "companions",  NULL },
      *const YES_NO[] = { "no", "yes", NULL }, *const THEMES[] = { "light", "dark", NULL };

  check_keys (ini, section, KEYS);
  read_place (&settings->desk, ini, section, "where");
  read_place (&settings->printer, ini, section, "badge");
  settings->dark = read_word (ini, section, "theme", THEMES, 0) == 1;
  settings->voice = read_word (ini, section, "voice", YES_NO, 0) == 1;
  settings->companions = read_word (ini, section, "companions", YES_NO, 0) == 1;
  settings->volume = read_volume (ini, section);
  g_free (settings->listen_key);
  settings->listen_key = read_text (ini, section, "listen-key", "");
  settings->diagonal_inches = read_inches (ini, section, "diagonal");
}

/* "05f9:2203", or a class. */
static void check_usb_device (Ini *ini, const IniSection *section, const char *device)
{
  static const char *const CLASSES[] = { "", "hid-pos", "keyboard", "serial", NULL };
  gboolean good = strlen (device) == 9 && device[4] == ':';

  for (guint i = 0; good && i < 9; i++)
    good = i == 4 || g_ascii_isxdigit (device[i]);
  if (!good && !g_strv_contains (CLASSES, device))
    ini_fault (ini, section, "device",
               _ ("“%s” is neither VENDOR:PRODUCT in four hexadecimal digits each (lsusb shows "
                  "them) nor hid-pos, keyboard or serial"),
               device);
}

/* Of two readers that want the same, one would get nothing, or each a half. */
static void check_twin (Settings *settings, Ini *ini, const IniSection *section,
                        const SettingsReader *reader)
{
  static const char *const KEYS[] = { "device", "pipeline", "path" }; /* by SettingsReaderKind */

  for (guint i = 0; i < settings->readers->len; i++) {
    const SettingsReader *other = g_ptr_array_index (settings->readers, i);
    if (other == reader || other->kind != reader->kind
        || strcmp (other->device, reader->device) != 0
        || strcmp (other->pipeline, reader->pipeline) != 0)
      continue;
    ini_fault (ini, section, KEYS[reader->kind],
               _ ("is the same as that of [reader %s], which takes all there is; each reader needs "
                  "another"),
               other->name);
    return;
  }
}

static void read_reader (Settings *settings, Ini *ini, const IniSection *section)
{
  static const char *const KINDS[] = { "usb", "camera", "lines", NULL }, *const LAYOUTS[]
                                                                         = { "us", "fr", "de",
                                                                             NULL };
  static const char *const KEYS[][4] = { { "kind", "device", "layout", NULL },
                                         { "kind", "pipeline", NULL },
                                         { "kind", "path", NULL } };
  SettingsReader *reader = g_new0 (SettingsReader, 1);

  g_ptr_array_add (settings->readers, reader);
  reader->name = g_strdup (section->id);
  ini_text_needed (ini, section, "kind");
  reader->kind = (SettingsReaderKind) read_word (ini, section, "kind", KINDS, SETTINGS_USB);
  reader->device = read_text (ini, section, reader->kind == SETTINGS_LINES ? "path" : "device", "");
  reader->layout = g_strdup (LAYOUTS[read_word (ini, section, "layout", LAYOUTS, 0)]);
  reader->pipeline = read_text (ini, section, "pipeline", "");
  check_keys (ini, section, KEYS[reader->kind]);
  if (reader->kind == SETTINGS_USB)
    check_usb_device (ini, section, reader->device);
  else if (reader->kind == SETTINGS_LINES)
    ini_text_needed (ini, section, "path");
  check_twin (settings, ini, section, reader);
}

static void read_section (Settings *settings, Ini *ini, const IniSection *section)
{
  if (strcmp (section->name, "printing") == 0)
    read_printing (settings, ini, section);
  else if (strcmp (section->name, "screen") == 0)
    read_screen (settings, ini, section);
  else if (strcmp (section->kind, "reader") != 0)
    ini_fault (ini, section, NULL, "%s",
               _ ("is no section of a station's settings; there are [printing], [screen] and "
                  "[reader NAME]"));
  else if (section->id[0] == '\0' || strlen (section->id) > 40)
    ini_fault (ini, section, NULL, "%s",
               _ ("needs a name of at most 40 letters (13 in Chinese): [reader NAME]"));
  else if (settings->readers->len >= SETTINGS_READERS_MAX)
    ini_fault (ini, section, NULL, _ ("a station has at most %d readers"), SETTINGS_READERS_MAX);
  else
    read_reader (settings, ini, section);
}

/* Files ------------------------------------------------------------------------------ */

Settings *settings_parse (const char *file, const char *text, gsize length, GError **error)
{
  g_autoptr (Ini) ini = ini_new (file, text, length);
  g_autoptr (Settings) settings = settings_new ();
  g_autofree char *faults = NULL;

  for (guint i = 0; i < ini_section_count (ini); i++)
    read_section (settings, ini, ini_section (ini, i));
  if (ini_fault_count (ini) == 0)
    return g_steal_pointer (&settings);
  faults = ini_faults (ini);
  g_set_error_literal (error, SETTINGS_ERROR, SETTINGS_ERROR_FAULT, faults);
  return NULL;
}

Settings *settings_read (const char *path, GError **error)
{
  const char *chosen = path != NULL ? path : g_getenv ("ACCUEIL_SETTINGS");
  gboolean asked = chosen != NULL && chosen[0] != '\0';
  g_autoptr (GFile) file = g_file_new_for_path (asked ? chosen : SETTINGS_FILE);
  g_autoptr (GFileInfo) info = NULL;
  g_autofree char *text = NULL;
  GError *cause = NULL;
  gsize length = 0;

  info = g_file_query_info (file, G_FILE_ATTRIBUTE_STANDARD_SIZE "," G_FILE_ATTRIBUTE_STANDARD_TYPE,
                            G_FILE_QUERY_INFO_NONE, NULL, &cause);
  if (info == NULL && !asked && g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_NOT_FOUND)) {
    g_error_free (cause);
    return settings_new ();
  }
  if (info != NULL
      && (g_file_info_get_file_type (info) != G_FILE_TYPE_REGULAR
          || g_file_info_get_size (info) > SETTINGS_BYTES_MAX))
    g_set_error (&cause, SETTINGS_ERROR, SETTINGS_ERROR_READ,
                 _ ("it is no file, or larger than %d KB"), SETTINGS_BYTES_MAX / 1024);
  if (cause == NULL && g_file_load_contents (file, NULL, &text, &length, NULL, &cause))
    return settings_parse (g_file_peek_path (file), text, length, error);
  g_set_error (error, SETTINGS_ERROR, SETTINGS_ERROR_READ,
               _ ("Cannot read the station's settings %s: %s"), g_file_peek_path (file),
               cause->message);
  g_error_free (cause);
  return NULL;
}
