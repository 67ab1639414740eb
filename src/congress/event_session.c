#include "congress/event_session.h"

#include "core/identifier.h"

#include <string.h>

/* Sub-themes and hours ---------------------------------------------------------------- */

/* How many there are. */
static guint read_themes (Parser *parser, const IniSection *section, JsonOut *body)
{
  guint count = 0;
  json_out_begin_array (body, "themes");
  for (guint i = 1; i <= EVENT_THEMES_MAX; i++) {
    g_autofree char *pattern = g_strdup_printf ("theme%u-@", i),
                    *key_first = parser_key (parser, pattern, WORDS_FIRST),
                    *key_second = parser_key (parser, pattern, WORDS_SECOND);
    const char *first = ini_text (parser->ini, section, key_first),
               *second = ini_text (parser->ini, section, key_second);
    if (first == NULL && second == NULL)
      continue;
    if (first == NULL || second == NULL)
      ini_fault (parser->ini, section, first != NULL ? key_second : key_first,
                 _ ("is missing: a sub-theme stands in both languages"));
    json_out_begin_object (body, NULL);
    json_out_string_if (body, "fr", first);
    json_out_string_if (body, "zh", second);
    json_out_end_object (body);
    count++;
  }
  json_out_end_array (body);
  return count;
}

/* Roles ------------------------------------------------------------------------------ */

/* Keys, and the words of registrations (roster/value.h) for what they give. */
static const struct {
  const char *key, *role;
} ROLES[] = { { "chair", "président de séance" },
              { "moderators", "animateur" },
              { "speakers", "intervenant" } };

/* "FR-0004" or, on the second sub-theme, "FR-0004:2"; @text is cut. FALSE with a fault. */
static gboolean read_who (Parser *parser, const IniSection *section, const char *key, char *text,
                          guint themes, guint *theme)
{
  g_autofree char *whole = g_strdup (text);
  char *colon = strrchr (text, ':');
  guint64 number = 0;
  gboolean numbered = colon == NULL
                      || g_ascii_string_to_unsigned (g_strstrip (colon + 1), 10, 1,
                                                     EVENT_THEMES_MAX, &number, NULL);
  if (colon != NULL)
    *colon = '\0';
  g_strstrip (text);
  *theme = (guint) number;
  if (!numbered || !identifier_is_reference (text)) {
    ini_fault (parser->ini, section, key,
               _ ("“%s” is no reference of a person like FR-0004, or FR-0004:2 on the second "
                  "sub-theme"),
               whole);
    return FALSE;
  }
  if (*theme > themes) {
    ini_fault (parser->ini, section, key,
               _ ("“%s”: the session has %u sub-themes; write one of them, or the reference alone"),
               whole, themes);
    return FALSE;
  }
  return TRUE;
}

/* Who has that role; @seen: "reference role theme", a set. */
static void read_role (Parser *parser, const IniSection *section, const char *key, const char *role,
                       guint themes, GHashTable *seen, JsonOut *body)
{
  g_auto (GStrv) people = ini_list (parser->ini, section, key);
  for (guint i = 0; people != NULL && people[i] != NULL; i++) {
    guint theme = 0;
    if (!read_who (parser, section, key, people[i], themes, &theme))
      continue;
    g_autofree char *number = theme > 0 ? g_strdup_printf ("%u", theme) : NULL;
    if (!g_hash_table_add (seen, g_strdup_printf ("%s %s %u", people[i], role, theme)))
      ini_fault (parser->ini, section, key, _ ("“%s” is listed twice"), people[i]);
    if (parser->look.places != NULL)
      g_hash_table_insert (parser->look.places, g_strdup (people[i]),
                           ini_place (parser->ini, section, key));
    json_out_begin_object (body, NULL);
    json_out_string (body, "reference", people[i]);
    json_out_string (body, "role", role);
    json_out_string_if (body, "theme", number);
    json_out_end_object (body);
  }
  if (people != NULL && g_strv_length (people) > EVENT_ROLES_MAX)
    ini_fault (parser->ini, section, key, _ ("lists more than %d people"), EVENT_ROLES_MAX);
}

static void read_roles (Parser *parser, const IniSection *section, guint themes, JsonOut *body)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  gboolean any = FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (ROLES); i++)
    any = any || parser_holds (ini_keys (parser->ini, section), ROLES[i].key);
  if (!any)
    return;
  json_out_begin_array (body, "roles");
  for (guint i = 0; i < G_N_ELEMENTS (ROLES); i++)
    read_role (parser, section, ROLES[i].key, ROLES[i].role, themes, seen, body);
  json_out_end_array (body);
}

/* The time at @key, -1 with a fault. */
static gint needed_time (Parser *parser, const IniSection *section, const char *key)
{
  const char *text = ini_text_needed (parser->ini, section, key);
  gint minutes = text != NULL ? definition_minutes (text, PARSER_DAY_MINUTES) : -1;
  if (text != NULL && minutes < 0)
    ini_fault (parser->ini, section, key, _ ("“%s” is not a time of the day like 09:30"), text);
  return minutes;
}

void event_session_read (Parser *parser, const IniSection *section)
{
  JsonOut *body = json_out_new ();
  json_out_begin_object (body, NULL);
  const char *event = ini_text_needed (parser->ini, section, "event") != NULL
                          ? parser_defined (parser, section, "event", "event")
                          : NULL;
  json_out_string_if (body, "event", event);

  const char *day = ini_text_needed (parser->ini, section, "day");
  const char *const *allowed = event != NULL ? g_hash_table_lookup (parser->days, event) : NULL;
  if (day != NULL && allowed != NULL && !parser_holds (allowed, day))
    parser_not_one_of (parser, section, "day", day, allowed);
  json_out_string_if (body, "day", day);

  gint from = needed_time (parser, section, "from"), to = needed_time (parser, section, "to");
  if (from >= 0 && to >= 0 && from >= to)
    ini_fault (parser->ini, section, "to", _ ("the session ends before it begins"));
  g_autofree char *from_text = parser_clock_text (MAX (from, 0));
  g_autofree char *to_text = parser_clock_text (MAX (to, 0));
  json_out_string (body, "from", from_text);
  json_out_string (body, "to", to_text);
  json_out_string_if (body, "room", ini_text_needed (parser->ini, section, "room"));
  parser_both_languages (parser, section, body);
  json_out_int_if (body, "capacity", parser_capacity (parser, section));
  guint themes = read_themes (parser, section, body);
  read_roles (parser, section, themes, body);
  parser_add (parser, section, section->id, body);

  const Definition *last = parser->definitions->pdata[parser->definitions->len - 1];
  g_hash_table_insert (parser->bodies, section->id, json_in_parse (last->body, -1, NULL));
}
