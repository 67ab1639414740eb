#include "postgres/postgres_address.h"

#include "core/words.h"
#include "journal/journal_error.h"

#include <libpq-fe.h>
#include <string.h>

/* Where the person has said nothing. The last two find out within ten seconds that the
 * other end is gone without a word. */
static const struct {
  const char *name, *value;
} USUAL[] = {
  { "target_session_attrs", "read-write" },
  { "connect_timeout", POSTGRES_ADDRESS_CONNECT_S },
  { "application_name", "accueil" },
  { "client_encoding", "UTF8" },
  { "gssencmode", "disable" },
  { "keepalives_idle", "4" },
  { "keepalives_interval", "2" },
  { "keepalives_count", "3" },
  { "tcp_user_timeout", "10000" },
};

void postgres_address_clear (PostgresAddress *address)
{
  g_clear_pointer (&address->names, g_ptr_array_unref);
  g_clear_pointer (&address->values, g_ptr_array_unref);
}

static const char *value_of (const PQconninfoOption *options, const char *name)
{
  for (const PQconninfoOption *option = options; option->keyword != NULL; option++)
    if (strcmp (option->keyword, name) == 0)
      return option->val != NULL && option->val[0] != '\0' ? option->val : NULL;
  return NULL;
}

static gboolean is_here (const char *host)
{
  static const char *const HERE[] = { "", "localhost", "127.0.0.1", "::1" };

  if (host[0] == '/' || host[0] == '@')
    return TRUE;
  for (guint i = 0; i < G_N_ELEMENTS (HERE); i++)
    if (strcmp (host, HERE[i]) == 0)
      return TRUE;
  return FALSE;
}

/* Not knowing is being elsewhere: a service file says where. */
static gboolean all_here (const PQconninfoOption *options)
{
  const char *host = value_of (options, "hostaddr");
  g_auto (GStrv) hosts = NULL;

  if (host == NULL)
    host = value_of (options, "host");
  if (host == NULL)
    host = g_getenv ("PGHOST");
  if (host == NULL)
    return value_of (options, "service") == NULL && g_getenv ("PGSERVICE") == NULL;
  hosts = g_strsplit (host, ",", -1);
  for (char **one = hosts; *one != NULL; one++)
    if (!is_here (*one))
      return FALSE;
  return TRUE;
}

static gboolean refuse (const char *text, const char *why, GError **error)
{
  g_set_error (error, JOURNAL_ERROR, JOURNAL_ERROR_INVALID,
               _ ("the address of the log (“%.20s…”): %s"), text, why);
  return FALSE;
}

static void add (PostgresAddress *address, const char *name, const char *value)
{
  g_ptr_array_add (address->names, g_strdup (name));
  g_ptr_array_add (address->values, g_strdup (value));
}

static gboolean read_options (const char *text, const PQconninfoOption *options,
                              PostgresAddress *address, GError **error)
{
  const char *tls = value_of (options, "sslmode");
  gboolean here = all_here (options);

  if (!here && tls != NULL && strcmp (tls, "verify-full") != 0)
    return refuse (text,
                   _ ("a server on another machine must be verified: sslmode=verify-full, and "
                      "sslrootcert=FILE with the authority that signed its certificate"),
                   error);
  for (const PQconninfoOption *option = options; option->keyword != NULL; option++)
    if (option->val != NULL && option->val[0] != '\0')
      add (address, option->keyword, option->val);
  for (guint i = 0; i < G_N_ELEMENTS (USUAL); i++)
    if (value_of (options, USUAL[i].name) == NULL)
      add (address, USUAL[i].name, USUAL[i].value);
  if (!here && tls == NULL)
    add (address, "sslmode", "verify-full");
  g_ptr_array_add (address->names, NULL);
  g_ptr_array_add (address->values, NULL);
  return TRUE;
}

gboolean postgres_address_read (const char *text, PostgresAddress *address, GError **error)
{
  char *why = NULL;
  PQconninfoOption *options = PQconninfoParse (text, &why);
  gboolean good;

  address->names = g_ptr_array_new_with_free_func (g_free);
  address->values = g_ptr_array_new_with_free_func (g_free);
  if (options == NULL) {
    g_autofree char *line = g_strdup (why != NULL ? g_strchomp (why) : "");

    PQfreemem (why);
    return refuse (text, line, error);
  }
  good = read_options (text, options, address, error);
  PQconninfoFree (options);
  return good;
}
