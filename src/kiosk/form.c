#include "kiosk/form.h"

#include <string.h>

void form_add (GString *form, const char *name, const char *value)
{
  g_autofree char *line = g_strdelimit (g_strdup (value), "\r\n", ' ');

  g_string_append_printf (form, "%s=%s\n", name, g_strstrip (line));
}

GHashTable *form_read (const char *form)
{
  GHashTable *fields = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_auto (GStrv) lines = g_strsplit (form, "\n", -1);

  for (guint i = 0; lines[i] != NULL; i++) {
    const char *sign = strchr (lines[i], '=');
    if (sign != NULL)
      g_hash_table_replace (fields, g_strndup (lines[i], (gsize) (sign - lines[i])),
                            g_strdup (sign + 1));
  }
  return fields;
}

DeskCorrection form_texts (GHashTable *fields)
{
  return (DeskCorrection){
    .title = g_hash_table_lookup (fields, "title"),
    .family = g_hash_table_lookup (fields, "family"),
    .given = g_hash_table_lookup (fields, "given"),
    .name_zh = g_hash_table_lookup (fields, "name_zh"),
    .function_fr = g_hash_table_lookup (fields, "function_fr"),
    .function_zh = g_hash_table_lookup (fields, "function_zh"),
    .organisation_fr = g_hash_table_lookup (fields, "organisation_fr"),
    .organisation_zh = g_hash_table_lookup (fields, "organisation_zh"),
  };
}

/* The words of a field between spaces, never NULL. */
static char **form_list (GHashTable *fields, const char *name)
{
  const char *value = g_hash_table_lookup (fields, name);

  return g_strsplit (value != NULL && value[0] != '\0' ? value : "", " ", -1);
}

gboolean form_flag (GHashTable *fields, const char *name)
{
  return g_strcmp0 (g_hash_table_lookup (fields, name), "1") == 0;
}

void form_choices_clear (FormChoices *choices)
{
  g_strfreev (choices->events);
  g_strfreev (choices->days);
  g_strfreev (choices->sessions);
}

static void read_choices (GHashTable *fields, FormChoices *choices)
{
  choices->events = form_list (fields, "events");
  choices->days = form_list (fields, "days");
  choices->sessions = form_list (fields, "sessions");
}

/* NULL for a list that is not in the form. */
static const char *const *list_of (GHashTable *fields, const char *name, char **read)
{
  return g_hash_table_contains (fields, name) ? (const char *const *) read : NULL;
}

DeskWalkIn form_walk_in (GHashTable *fields, FormChoices *choices)
{
  read_choices (fields, choices);
  return (DeskWalkIn){
    .texts = form_texts (fields),
    .category = g_hash_table_lookup (fields, "category"),
    .country = g_hash_table_lookup (fields, "country"),
    .events = (const char *const *) choices->events,
    .days = list_of (fields, "days", choices->days),
    .meals = form_flag (fields, "meals"),
    .transport = form_flag (fields, "transport"),
    .headset = form_flag (fields, "headset"),
    .namesake = form_flag (fields, "namesake"),
  };
}

DeskRights form_rights (GHashTable *fields, FormChoices *choices)
{
  read_choices (fields, choices);
  return (DeskRights){
    .title = g_hash_table_lookup (fields, "title"),
    .category = g_hash_table_lookup (fields, "category"),
    .events = list_of (fields, "events", choices->events),
    .days = list_of (fields, "days", choices->days),
    .sessions = list_of (fields, "sessions", choices->sessions),
    .meals = form_flag (fields, "meals"),
    .transport = form_flag (fields, "transport"),
    .headset = form_flag (fields, "headset"),
  };
}
