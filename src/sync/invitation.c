#include "sync/invitation.h"

#include "core/identifier.h"
#include "core/json.h"
#include "core/words.h"
#include "sync/hub_choice.h"

#include <string.h>

G_DEFINE_QUARK (invitation - error - quark, invitation_error)

static Invitation *malformed (GError **error)
{
  g_set_error (error, INVITATION_ERROR, INVITATION_ERROR_FORMAT,
               _ ("reading the enrolment code: this is none, or it was cut off; it begins with %s "
                  "and is printed by: accueil-hub invite STATION"),
               INVITATION_PREFIX);
  return NULL;
}

static char *without_space (const char *text)
{
  GString *kept = g_string_new (NULL);

  for (; *text != '\0'; text++)
    if (!g_ascii_isspace (*text))
      g_string_append_c (kept, *text);
  return g_string_free (kept, FALSE);
}

/* URL-safe base64 without padding (RFC 4648, 5). NULL if there is another character in
 * it. */
static char *decode (const char *base64, gsize *length)
{
  g_autoptr (GString) plain = g_string_new (base64);

  for (gsize i = 0; i < plain->len; i++) {
    char *c = &plain->str[i];

    if (*c == '-')
      *c = '+';
    else if (*c == '_')
      *c = '/';
    else if (!g_ascii_isalnum (*c))
      return NULL;
  }
  while (plain->len % 4 != 0)
    g_string_append_c (plain, '=');
  return (char *) g_base64_decode (plain->str, length);
}

static gboolean is_good (const Invitation *invitation)
{
  return invitation->url != NULL && g_str_has_prefix (invitation->url, "https://")
         && invitation->pin != NULL && g_str_has_prefix (invitation->pin, "sha256//")
         && strchr (invitation->pin, ';') == NULL
         && (invitation->station != NULL) != (invitation->group != NULL)
         && identifier_is_station (invitation->group != NULL ? invitation->group
                                                             : invitation->station)
         && invitation->secret != NULL;
}

Invitation *invitation_read (const char *text, GError **error)
{
  g_autoptr (Invitation) invitation = NULL;
  g_autofree char *code = NULL, *json = NULL;
  g_autoptr (JsonIn) in = NULL;
  JsonValue *root;
  gsize length = 0;

  if (strlen (text) > INVITATION_TEXT_MAX)
    return malformed (error);
  code = without_space (text);
  if (!g_str_has_prefix (code, INVITATION_PREFIX))
    return malformed (error);
  json = decode (code + strlen (INVITATION_PREFIX), &length);
  in = json != NULL && length > 0 ? json_in_parse (json, (gssize) length, NULL) : NULL;
  if (in == NULL || !json_in_is_object (json_in_root (in)))
    return malformed (error);
  root = json_in_root (in);
  invitation = g_new0 (Invitation, 1);
  invitation->url = g_strdup (json_in_string (root, "url"));
  invitation->pin = g_strdup (json_in_string (root, "pin"));
  invitation->station = g_strdup (json_in_string (root, "station"));
  invitation->group = g_strdup (json_in_string (root, "group"));
  invitation->secret = g_strdup (json_in_string (root, "secret"));
  invitation->others = hub_choice_clean (json_in_string (root, "others"), invitation->url);
  return is_good (invitation) ? g_steal_pointer (&invitation) : malformed (error);
}

void invitation_free (Invitation *invitation)
{
  if (invitation == NULL)
    return;
  g_free (invitation->url);
  g_free (invitation->pin);
  g_free (invitation->station);
  g_free (invitation->secret);
  g_free (invitation->others);
  g_free (invitation->group);
  g_free (invitation);
}
