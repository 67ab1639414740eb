#include "core/ini.h"

#include "core/words.h"

#include <string.h>

#define QUOTE_MAX 60 /* characters of a bad line or value in a message */

struct _Ini {
  char *file;
  GKeyFile *keys;
  gboolean loaded;       /* keys could be read */
  GPtrArray *sections;   /* IniSection */
  GHashTable *by_name;   /* name → IniSection */
  GHashTable *lines;     /* "section\nkey" → line */
  GHashTable *key_list;  /* name → GPtrArray of keys, NULL-terminated */
  GPtrArray *texts;      /* values handed out */
  GHashTable *fault_set; /* every fault noted */
  GPtrArray *faults;     /* the first of them, in order */
  guint fault_count;
};

static void section_free (gpointer data)
{
  IniSection *section = data;
  g_free (section->name);
  g_free (section->kind);
  g_free (section->id);
  g_free (section);
}

static void pointers_free (gpointer data)
{
  g_ptr_array_unref (data);
}

/* Faults ----------------------------------------------------------------------------- */

/* The beginning of a text for a message, which must not steer a terminal. */
static char *quote (const char *text)
{
  GString *shown = g_string_new (NULL);
  guint count = 0;
  for (const char *p = text; *p && count < QUOTE_MAX; p += g_utf8_skip[(guchar) *p], count++)
    g_string_append_unichar (shown,
                             g_unichar_iscntrl (g_utf8_get_char (p)) ? '?' : g_utf8_get_char (p));
  if (g_utf8_strlen (text, -1) > QUOTE_MAX)
    g_string_append (shown, "…");
  return g_string_free (shown, FALSE);
}

static gboolean has_control (const char *text)
{
  for (const char *p = text; *p; p += g_utf8_skip[(guchar) *p])
    if (g_unichar_iscntrl (g_utf8_get_char (p)))
      return TRUE;
  return FALSE;
}

static void note (Ini *ini, guint line, const char *section, const char *key, const char *reason)
{
  GString *text = g_string_new (ini->file);
  if (line > 0)
    g_string_append_printf (text, ":%u", line);
  g_string_append (text, ":");
  g_autofree char *shown_section = quote (section != NULL ? section : "");
  g_autofree char *shown_key = quote (key != NULL ? key : "");
  if (section != NULL)
    g_string_append_printf (text, " [%s]", shown_section);
  if (key != NULL)
    g_string_append_printf (text, " %s", shown_key);
  g_string_append_printf (text, "%s %s", section != NULL ? ":" : "", reason);
  g_autofree char *fault = g_string_free (text, FALSE);
  if (g_hash_table_contains (ini->fault_set, fault))
    return; /* a value that is looked at twice is at fault once */
  ini->fault_count++;
  if (ini->faults->len < INI_FAULTS_MAX)
    g_ptr_array_add (ini->faults, fault);
  g_hash_table_add (ini->fault_set, g_steal_pointer (&fault));
}

static char *line_key (const char *section, const char *key)
{
  return g_strconcat (section, "\n", key, NULL);
}

static guint line_of (const Ini *ini, const IniSection *section, const char *key)
{
  if (section == NULL)
    return 0;
  g_autofree char *place = key != NULL ? line_key (section->name, key) : NULL;
  gpointer found = place != NULL ? g_hash_table_lookup (ini->lines, place) : NULL;
  return found != NULL ? GPOINTER_TO_UINT (found) : section->line;
}

char *ini_place (const Ini *ini, const IniSection *section, const char *key)
{
  return g_strdup_printf ("%s:%u", ini->file, line_of (ini, section, key));
}

void ini_fault (Ini *ini, const IniSection *section, const char *key, const char *format, ...)
{
  va_list arguments;
  va_start (arguments, format);
  g_autofree char *reason = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  note (ini, line_of (ini, section, key), section != NULL ? section->name : NULL, key, reason);
}

guint ini_fault_count (const Ini *ini)
{
  return ini->fault_count;
}

char *ini_faults (const Ini *ini)
{
  GString *text = g_string_new (NULL);
  for (guint i = 0; i < ini->faults->len; i++)
    g_string_append_printf (text, "%s%s", i ? "\n" : "", (const char *) ini->faults->pdata[i]);
  if (ini->fault_count > ini->faults->len) {
    g_string_append_c (text, '\n');
    g_string_append_printf (text, _ ("… and %u more"), ini->fault_count - ini->faults->len);
  }
  return g_string_free (text, FALSE);
}

/* Lines ------------------------------------------------------------------------------ */

static IniSection *read_section (Ini *ini, const char *text, guint line)
{
  const char *end = strchr (text, ']');
  g_autofree char *name = end != NULL ? g_strndup (text + 1, (gsize) (end - text - 1)) : NULL;
  if (end == NULL || end[1] != '\0' || *name == '\0' || strchr (name, '[') != NULL
      || strlen (name) > INI_TEXT_MAX || has_control (name)) {
    g_autofree char *shown = quote (text);
    g_autofree char *reason = g_strdup_printf (
        _ ("“%s” is not the name of a section; write [section] alone on its line"), shown);
    note (ini, line, NULL, NULL, reason);
    return NULL;
  }
  IniSection *known = g_hash_table_lookup (ini->by_name, name);
  if (known != NULL) {
    g_autofree char *reason = g_strdup_printf (
        _ ("this section stands in line %u already; join the two or give this one another id"),
        known->line);
    note (ini, line, name, NULL, reason);
    return known;
  }
  if (ini->sections->len >= INI_SECTIONS_MAX) {
    g_autofree char *reason
        = g_strdup_printf (_ ("there are more than %d sections"), INI_SECTIONS_MAX);
    note (ini, line, name, NULL, reason);
    return NULL;
  }
  IniSection *section = g_new0 (IniSection, 1);
  gsize word = strcspn (name, " \t");
  section->name = g_strdup (name);
  section->kind = g_strndup (name, word);
  section->id = g_strstrip (g_strdup (name + word));
  section->line = line;
  g_ptr_array_add (ini->sections, section);
  g_hash_table_insert (ini->by_name, section->name, section);
  g_hash_table_insert (ini->key_list, section->name,
                       g_ptr_array_new_null_terminated (8, g_free, TRUE));
  return section;
}

static void read_key (Ini *ini, const IniSection *section, const char *text, guint line)
{
  const char *equals = strchr (text, '=');
  if (equals == NULL || equals == text) {
    g_autofree char *shown = quote (text);
    g_autofree char *reason
        = g_strdup_printf (_ ("“%s” is neither [section], key = value, nor a # comment"), shown);
    note (ini, line, section != NULL ? section->name : NULL, NULL, reason);
    return;
  }
  if (section == NULL)
    return; /* its section's name was at fault */
  g_autofree char *key = g_strchomp (g_strndup (text, (gsize) (equals - text)));
  g_autofree char *place = line_key (section->name, key);
  gpointer known = g_hash_table_lookup (ini->lines, place);
  if (known != NULL) {
    g_autofree char *reason = g_strdup_printf (_ ("stands in line %u of this section already"),
                                               GPOINTER_TO_UINT (known));
    note (ini, line, section->name, key, reason);
    return;
  }
  g_hash_table_insert (ini->lines, g_steal_pointer (&place), GUINT_TO_POINTER (line));
  g_ptr_array_add (g_hash_table_lookup (ini->key_list, section->name), g_steal_pointer (&key));
}

static void read_lines (Ini *ini, const char *text)
{
  IniSection *section = NULL;
  gboolean begun = FALSE;
  guint line = 0;
  while (*text) {
    gsize length = strcspn (text, "\n");
    g_autofree char *content = g_strstrip (g_strndup (text, length));
    text += length + (text[length] == '\n');
    line++;
    if (!g_utf8_validate (content, -1, NULL)) {
      note (ini, line, NULL, NULL, _ ("is not UTF-8; save the file as UTF-8"));
      begun = TRUE;
      continue;
    }
    if (*content == '\0' || *content == '#')
      continue;
    if (*content == '[')
      section = read_section (ini, content, line);
    else if (begun)
      read_key (ini, section, content, line);
    else
      note (ini, line, NULL, NULL,
            _ ("stands before the first [section]; write the section's name above it"));
    begun = TRUE;
  }
}

/* Opening ---------------------------------------------------------------------------- */

Ini *ini_new (const char *file, const char *text, gsize length)
{
  static const char MARK[]
      = "\xef\xbb\xbf"; /* editors on Windows begin UTF-8 with it; GKeyFile does not know it */
  if (length >= 3 && memcmp (text, MARK, 3) == 0) {
    text += 3;
    length -= 3;
  }
  Ini *ini = g_new0 (Ini, 1);
  ini->file = g_strdup (file);
  ini->keys = g_key_file_new ();
  ini->sections = g_ptr_array_new_with_free_func (section_free);
  ini->by_name = g_hash_table_new (g_str_hash, g_str_equal);
  ini->lines = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  ini->key_list = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, pointers_free);
  ini->texts = g_ptr_array_new_with_free_func (g_free);
  ini->faults = g_ptr_array_new ();
  ini->fault_set = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  g_autofree char *copy = g_strndup (text, length);
  read_lines (ini, copy);
  if (strlen (copy) < length)
    note (ini, 0, NULL, NULL, _ ("holds a byte 0; it is no text file"));
  g_autoptr (GError) cause = NULL;
  ini->loaded
      = *copy
        && g_key_file_load_from_data (ini->keys, copy, strlen (copy), G_KEY_FILE_NONE, &cause);
  if (cause != NULL && ini->fault_count == 0) {
    g_autofree char *shown = quote (cause->message);
    note (ini, 0, NULL, NULL, shown);
  }
  return ini;
}

void ini_free (Ini *ini)
{
  if (ini == NULL)
    return;
  g_key_file_unref (ini->keys);
  g_hash_table_unref (ini->by_name);
  g_hash_table_unref (ini->key_list);
  g_hash_table_unref (ini->lines);
  g_ptr_array_unref (ini->sections);
  g_ptr_array_unref (ini->texts);
  g_ptr_array_unref (ini->faults);
  g_hash_table_unref (ini->fault_set);
  g_free (ini->file);
  g_free (ini);
}

guint ini_section_count (const Ini *ini)
{
  return ini->sections->len;
}

const IniSection *ini_section (const Ini *ini, guint index)
{
  return ini->sections->pdata[index];
}

const char *const *ini_keys (const Ini *ini, const IniSection *section)
{
  GPtrArray *keys = g_hash_table_lookup (ini->key_list, section->name);
  return (const char *const *) keys->pdata;
}

/* Values ----------------------------------------------------------------------------- */

static const char *value (Ini *ini, const IniSection *section, const char *key, glong longest)
{
  g_autofree char *place = line_key (section->name, key);
  if (!ini->loaded || !g_hash_table_contains (ini->lines, place))
    return NULL; /* why it could not be read is a fault that is noted */
  g_autoptr (GError) cause = NULL;
  g_autofree char *raw = g_key_file_get_string (ini->keys, section->name, key, &cause);
  g_autofree char *normal
      = raw != NULL ? g_utf8_normalize (g_strstrip (raw), -1, G_NORMALIZE_NFC) : NULL;
  if (cause != NULL
      || normal == NULL) /* GKeyFile hands out the text even where it found it at fault */
    ini_fault (
        ini, section, key,
        _ ("a backslash begins \\s, \\n, \\t, \\r or \\\\ only; write \\\\ for a backslash"));
  else if (*normal == '\0')
    ini_fault (ini, section, key, _ ("is empty; write a value or take the line out"));
  else if (has_control (normal))
    ini_fault (ini, section, key, _ ("holds a line break, a tab or another control character"));
  else if (g_utf8_strlen (normal, -1) > longest)
    ini_fault (ini, section, key, _ ("is longer than %ld characters"), longest);
  else {
    char *text = g_steal_pointer (&normal);
    g_ptr_array_add (ini->texts, text);
    return text;
  }
  return NULL;
}

const char *ini_text (Ini *ini, const IniSection *section, const char *key)
{
  return value (ini, section, key, INI_TEXT_MAX);
}

const char *ini_text_needed (Ini *ini, const IniSection *section, const char *key)
{
  g_autofree char *place = line_key (section->name, key);
  if (g_hash_table_contains (ini->lines, place))
    return value (ini, section, key, INI_TEXT_MAX);
  ini_fault (ini, section, key, _ ("is missing"));
  return NULL;
}

char **ini_list (Ini *ini, const IniSection *section, const char *key)
{
  const char *text = value (ini, section, key, INI_LIST_TEXT_MAX);
  if (text == NULL)
    return NULL;
  g_auto (GStrv) parts = g_strsplit (text, ";", INI_LIST_MAX + 1);
  if (g_strv_length (parts) > INI_LIST_MAX) {
    ini_fault (ini, section, key, _ ("lists more than %d values"), INI_LIST_MAX);
    return NULL;
  }
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  for (guint i = 0; parts[i] != NULL; i++)
    if (*g_strstrip (parts[i]))
      g_strv_builder_add (builder, parts[i]);
  return g_strv_builder_end (builder);
}
