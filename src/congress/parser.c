#include "congress/parser.h"

#include <string.h>

void parser_add (Parser *parser, const IniSection *section, const char *id, JsonOut *body)
{
  parser_add_as (parser, section->kind, id, body);
}

void parser_add_as (Parser *parser, const char *kind, const char *id, JsonOut *body)
{
  Definition *definition = g_new0 (Definition, 1);
  definition->kind = g_strdup (kind);
  definition->id = g_strdup (id);
  json_out_end_object (body);
  definition->body = json_out_finish (body);
  g_ptr_array_add (parser->definitions, definition);
}

gboolean parser_holds (const char *const *list, const char *id)
{
  return list != NULL && id != NULL && g_strv_contains (list, id);
}

gboolean parser_is_defined (Parser *parser, const char *kind, const char *id)
{
  g_autofree char *name = g_strconcat (kind, " ", id, NULL);
  return g_hash_table_contains (parser->sections, name);
}

char *parser_clock_text (gint minutes)
{
  return g_strdup_printf ("%02d:%02d", minutes / 60, minutes % 60);
}

char *parser_key (Parser *parser, const char *pattern, WordsSide side)
{
  g_auto (GStrv) parts = g_strsplit (pattern, "@", -1);
  return g_strjoinv (parser->languages[side], parts);
}

void parser_pair_needed (Parser *parser, const IniSection *section, const char *pattern,
                         JsonOut *body, const char *first, const char *second)
{
  for (WordsSide side = WORDS_FIRST; side < WORDS_SIDES; side++) {
    g_autofree char *key = parser_key (parser, pattern, side);
    json_out_string_if (body, side == WORDS_FIRST ? first : second,
                        ini_text_needed (parser->ini, section, key));
  }
}

void parser_both_languages (Parser *parser, const IniSection *section, JsonOut *body)
{
  parser_pair_needed (parser, section, "@", body, "fr", "zh");
}

guint parser_capacity (Parser *parser, const IniSection *section)
{
  const char *text = ini_text (parser->ini, section, "capacity");
  guint64 number = 0;
  if (text != NULL && !g_ascii_string_to_unsigned (text, 10, 1, EVENT_CAPACITY_MAX, &number, NULL))
    ini_fault (parser->ini, section, "capacity",
               _ ("“%s” is not a number from 1 to %d; take the line out where there is no limit"),
               text, EVENT_CAPACITY_MAX);
  return (guint) number;
}

/* Names what may stand at @key where @value does not. */
void parser_not_one_of (Parser *parser, const IniSection *section, const char *key,
                        const char *value, const char *const *words)
{
  g_autofree char *list = g_strjoinv (", ", (char **) (guintptr) words);
  if (*list)
    ini_fault (parser->ini, section, key, _ ("“%s” is not one of %s"), value, list);
  else
    ini_fault (parser->ini, section, key, _ ("“%s” is not defined in this file"), value);
}

/* The id at @key if such a section is there; NULL if absent or, with a fault, unknown. */
const char *parser_defined (Parser *parser, const IniSection *section, const char *key,
                            const char *kind)
{
  const char *id = ini_text (parser->ini, section, key);
  if (id == NULL || parser_is_defined (parser, kind, id))
    return id;
  ini_fault (parser->ini, section, key, _ ("“%s” is unknown: there is no section [%s %s]"), id,
             kind, id);
  return NULL;
}

char **parser_defined_list (Parser *parser, const IniSection *section, const char *key,
                            const char *kind)
{
  char **ids = ini_list (parser->ini, section, key);
  for (guint i = 0; ids != NULL && ids[i] != NULL; i++)
    if (!parser_is_defined (parser, kind, ids[i]))
      ini_fault (parser->ini, section, key, _ ("“%s” is unknown: there is no section [%s %s]"),
                 ids[i], kind, ids[i]);
  return ids;
}

gboolean parser_is_date (const char *text)
{
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();
  g_autofree char *full = g_strconcat (text, "T00:00:00", NULL);
  g_autoptr (GDateTime) date = strlen (text) == 10 && text[4] == '-' && text[7] == '-'
                                   ? g_date_time_new_from_iso8601 (full, utc)
                                   : NULL;
  return date != NULL;
}
