#include "sync/hub_choice.h"

#include "sync/client_terms.h"

#include <string.h>

#define LOOK_MS 2000

typedef struct {
  char *url;
  const char *proxy; /* NULL: directly */
  gint connect_ms;
} Way;

struct _HubChoice {
  char *first, *others, *pin, *token, *proxy;
  GArray *ways; /* Way; the first of them is home */
  guint at, tried;
  HubConnection *http;
  gint64 looked_us; /* for home, monotonic */
  gboolean moved;   /* since the exchange before */
};

static void way_clear (gpointer data)
{
  g_free (((Way *) data)->url);
}

/* Addresses -------------------------------------------------------------------------- */

/* One that could be written into a request, and no longer than any needs. */
static gboolean is_address (const char *url)
{
  return g_str_has_prefix (url, "https://") && strlen (url) > strlen ("https://")
         && strlen (url) <= HUB_CHOICE_ADDRESS_BYTES_MAX && g_str_is_ascii (url)
         && strpbrk (url, "\"\\<>{}|^`@#?") == NULL;
}

char *hub_choice_clean (const char *text, const char *but)
{
  g_auto (GStrv) words = g_strsplit_set (text != NULL ? text : "", " \t\r\n", -1);
  g_autoptr (GPtrArray) kept = g_ptr_array_new ();

  for (char **word = words; *word != NULL; word++)
    if (is_address (*word) && g_strcmp0 (*word, but) != 0 && kept->len < HUB_CHOICE_ADDRESSES_MAX
        && !g_ptr_array_find_with_equal_func (kept, *word, g_str_equal, NULL))
      g_ptr_array_add (kept, *word);
  g_ptr_array_add (kept, NULL);
  return g_strjoinv (" ", (char **) kept->pdata);
}

static void add_ways (HubChoice *choice, const char *proxy, gint connect_ms)
{
  g_auto (GStrv) others = g_strsplit (choice->others, " ", -1);
  Way home = { g_strdup (choice->first), proxy, connect_ms };

  g_array_append_val (choice->ways, home);
  for (char **url = others; *url != NULL; url++) {
    Way way = { g_strdup (*url), proxy, connect_ms };

    if (**url != '\0')
      g_array_append_val (choice->ways, way);
    else
      g_free (way.url);
  }
}

/* One address alone is never in a hurry. */
static void lay_out (HubChoice *choice)
{
  gboolean alone = choice->others[0] == '\0' && choice->proxy == NULL;

  g_array_set_size (choice->ways, 0);
  if (!alone)
    add_ways (choice, NULL, HUB_CHOICE_HURRY_MS);
  if (choice->proxy != NULL)
    add_ways (choice, choice->proxy, HUB_CONNECTION_CONNECT_MS);
  add_ways (choice, NULL, HUB_CONNECTION_CONNECT_MS);
}

static const char *machine_proxy (void)
{
  const char *proxy = g_getenv ("https_proxy");

  if (proxy == NULL)
    proxy = g_getenv ("HTTPS_PROXY");
  return proxy != NULL && proxy[0] != '\0' ? proxy : NULL;
}

/* Connections ------------------------------------------------------------------------ */

static const Way *way_at (const HubChoice *choice, guint at)
{
  return &g_array_index (choice->ways, Way, at);
}

static HubConnection *connection_by (const HubChoice *choice, const Way *way, GError **error)
{
  HubConnection *http
      = hub_connection_new (way->url, choice->pin, choice->token, CLIENT_ANSWER_BYTES_MAX, error);

  if (http != NULL)
    hub_connection_set_way (http, way->connect_ms, way->proxy);
  return http;
}

/* FALSE where libcurl refuses: then all stays as it was. */
static gboolean go (HubChoice *choice, guint at)
{
  HubConnection *http = connection_by (choice, way_at (choice, at), NULL);

  if (http == NULL)
    return FALSE;
  hub_connection_free (choice->http);
  choice->http = http;
  choice->at = at;
  choice->moved = TRUE;
  return TRUE;
}

HubChoice *hub_choice_new (Journal *journal, GError **error)
{
  g_autoptr (HubChoice) choice = g_new0 (HubChoice, 1);
  g_autofree char *others = NULL;
  g_autoptr (GError) cause = NULL;

  choice->ways = g_array_new (FALSE, TRUE, sizeof (Way));
  g_array_set_clear_func (choice->ways, way_clear);
  if (!journal_read_local (journal, JOURNAL_LOCAL_HUB_URL, &choice->first, error)
      || !journal_read_local (journal, JOURNAL_LOCAL_HUB_PIN, &choice->pin, error)
      || !journal_read_local (journal, JOURNAL_LOCAL_HUB_TOKEN, &choice->token, error)
      || !journal_read_local (journal, JOURNAL_LOCAL_HUB_OTHERS, &others, error)
      || choice->first == NULL || choice->pin == NULL || choice->token == NULL)
    return NULL;
  choice->others = hub_choice_clean (others, choice->first);
  choice->proxy = g_strdup (machine_proxy ());
  lay_out (choice);
  choice->http = connection_by (choice, way_at (choice, 0), &cause);
  if (choice->http != NULL)
    return g_steal_pointer (&choice);
  g_set_error_literal (error, CLIENT_ERROR, CLIENT_ERROR_PROTOCOL, cause->message);
  return NULL;
}

void hub_choice_free (HubChoice *choice)
{
  if (choice == NULL)
    return;
  hub_connection_free (choice->http);
  g_array_unref (choice->ways);
  g_free (choice->first);
  g_free (choice->others);
  g_free (choice->pin);
  g_free (choice->token);
  g_free (choice->proxy);
  g_free (choice);
}

HubConnection *hub_choice_connection (HubChoice *choice)
{
  return choice->http;
}

gboolean hub_choice_is_away (const HubChoice *choice)
{
  const Way *way = way_at (choice, choice->at);

  return way->proxy != NULL || strcmp (way->url, choice->first) != 0;
}

/* Choosing --------------------------------------------------------------------------- */

/* Does the first hub serve again? It says no while it cannot write. */
static gboolean is_home_well (const HubChoice *choice)
{
  g_autoptr (HubConnection) http = connection_by (choice, way_at (choice, 0), NULL);
  g_auto (HubAnswer) answer = { 0 };

  return http != NULL && hub_connection_get (http, "/v1/health", LOOK_MS, NULL, &answer, NULL)
         && answer.status == 200;
}

gboolean hub_choice_begin (HubChoice *choice)
{
  gint64 now = g_get_monotonic_time ();
  gboolean moved;

  choice->tried = 1;
  if (hub_choice_is_away (choice)
      && now - choice->looked_us >= HUB_CHOICE_RETURN_MS * G_TIME_SPAN_MILLISECOND) {
    if (is_home_well (choice))
      go (choice, 0);
    choice->looked_us = g_get_monotonic_time ();
  }
  moved = choice->moved;
  choice->moved = FALSE;
  return moved;
}

gboolean hub_choice_next (HubChoice *choice)
{
  if (choice->tried >= choice->ways->len)
    return FALSE;
  choice->tried++;
  if (!hub_choice_is_away (choice))
    choice->looked_us = g_get_monotonic_time ();
  return go (choice, (choice->at + 1) % choice->ways->len);
}

/* The way that is in use goes on, wherever it stands among the new ones. */
static void lay_out_again (HubChoice *choice)
{
  Way used = *way_at (choice, choice->at);
  g_autofree char *url = g_strdup (used.url);

  lay_out (choice);
  choice->at = 0;
  for (guint i = 0; i < choice->ways->len; i++)
    if (strcmp (way_at (choice, i)->url, url) == 0 && way_at (choice, i)->proxy == used.proxy) {
      choice->at = i;
      return;
    }
  go (choice, 0);
}

void hub_choice_learn (HubChoice *choice, Journal *journal, const char *hubs)
{
  g_autofree char *others = hubs != NULL ? hub_choice_clean (hubs, choice->first) : NULL;

  if (others == NULL || strcmp (others, choice->others) == 0
      || !journal_set_local (journal, JOURNAL_LOCAL_HUB_OTHERS, others, NULL))
    return;
  g_free (choice->others);
  choice->others = g_steal_pointer (&others);
  lay_out_again (choice);
}
