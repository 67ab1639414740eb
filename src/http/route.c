#include "http/route.h"

#include <string.h>

void route_parameters_clear (RouteParameters *parameters)
{
  for (guint i = 0; i < parameters->count; i++) {
    g_free (parameters->each[i].name);
    g_free (parameters->each[i].value);
  }
  parameters->count = 0;
}

/* How long the part is that begins at @text, up to the next slash. */
static gsize part (const char *text)
{
  return strcspn (text, "/");
}

static gboolean is_parameter (const char *pattern, gsize length)
{
  return length > 2 && pattern[0] == '{' && pattern[length - 1] == '}';
}

static void keep (RouteParameters *parameters, const char *pattern, gsize length, const char *value,
                  gsize value_length)
{
  guint at = parameters->count++;

  parameters->each[at].name = g_strndup (pattern + 1, length - 2);
  parameters->each[at].value = g_strndup (value, value_length);
}

/* Part by part; a parameter never stands for nothing. */
static gboolean fits (const char *pattern, const char *path, RouteParameters *parameters)
{
  while (TRUE) {
    gsize wanted = part (pattern), given = part (path);

    if (is_parameter (pattern, wanted)) {
      if (given == 0 || parameters->count == ROUTE_PARAMETERS_MAX)
        return FALSE;
      keep (parameters, pattern, wanted, path, given);
    } else if (wanted != given || strncmp (pattern, path, wanted) != 0)
      return FALSE;
    pattern += wanted;
    path += given;
    if (*pattern != *path)
      return FALSE;
    if (*pattern == '\0')
      return TRUE;
    pattern++;
    path++;
  }
}

/* In this order whatever that of the table is. */
static char *methods_of (const Route *routes, const char *path)
{
  static const char *const METHODS[] = { "GET", "HEAD", "POST", "PUT", "PATCH", "DELETE" };
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (METHODS); i++)
    for (const Route *route = routes; route->method != NULL; route++) {
      g_auto (RouteParameters) unused = { 0 };

      if (strcmp (route->method, METHODS[i]) == 0 && fits (route->path, path, &unused)) {
        g_string_append_printf (text, "%s%s", text->len > 0 ? ", " : "", METHODS[i]);
        break;
      }
    }
  return text->len > 0 ? g_string_free (g_steal_pointer (&text), FALSE) : NULL;
}

const Route *route_find (const Route *routes, const char *method, const char *path,
                         RouteParameters *parameters, char **allowed)
{
  *allowed = NULL;
  for (const Route *route = routes; route->method != NULL; route++) {
    if (strcmp (route->method, method) == 0 && fits (route->path, path, parameters))
      return route;
    route_parameters_clear (parameters);
  }
  *allowed = methods_of (routes, path);
  return NULL;
}
