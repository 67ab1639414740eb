#include "roster/delegate_role.h"

#include <stdlib.h>
#include <string.h>

static void role_free (gpointer data)
{
  DelegateRole *role = data;
  g_free (role->role);
  g_free (role->session);
  g_free (role);
}

/* One part of a text: where its session stands. Words of a role may hold spaces, sessions
 * do not. */
typedef struct {
  const char *start, *session;
  gsize role_length, session_length;
  guint theme;
} Part;

/* The part at @text, of @length bytes; FALSE if it names no session. */
static gboolean read_part (const char *text, gsize length, Part *part)
{
  while (length > 0 && *text == ' ') {
    text++;
    length--;
  }
  gsize at = length;
  while (at > 0 && text[at - 1] != ' ')
    at--;
  if (at < 2 || at == length)
    return FALSE;
  *part = (Part){ text, text + at, at - 1, length - at, 0 };
  const char *slash = memchr (part->session, '/', part->session_length);
  if (slash != NULL) {
    part->theme = (guint) strtoul (slash + 1, NULL, 10);
    part->session_length = (gsize) (slash - part->session);
  }
  return part->session_length > 0;
}

/* The next part from *@text on, which is moved behind it; FALSE at the end. */
static gboolean next_part (const char **text, Part *part)
{
  while (**text != '\0') {
    gsize length = strcspn (*text, ";");
    const char *start = *text;
    *text += length + (start[length] == ';');
    if (read_part (start, length, part))
      return TRUE;
  }
  return FALSE;
}

static gboolean has_role (const GPtrArray *roles, const Part *part)
{
  for (guint i = 0; i < roles->len; i++) {
    const DelegateRole *role = roles->pdata[i];
    if (role->theme == part->theme && strlen (role->role) == part->role_length
        && memcmp (role->role, part->start, part->role_length) == 0
        && strlen (role->session) == part->session_length
        && memcmp (role->session, part->session, part->session_length) == 0)
      return TRUE;
  }
  return FALSE;
}

GPtrArray *delegate_role_read (const char *text)
{
  GPtrArray *roles = g_ptr_array_new_with_free_func (role_free);
  Part part;
  while (roles->len < DELEGATE_ROLES_MAX && next_part (&text, &part)) {
    if (has_role (roles, &part))
      continue; /* the list and the event file give it both */
    DelegateRole *role = g_new0 (DelegateRole, 1);
    role->role = g_strndup (part.start, part.role_length);
    role->session = g_strndup (part.session, part.session_length);
    role->theme = part.theme;
    g_ptr_array_add (roles, role);
  }
  return roles;
}

gboolean delegate_role_is_in (const char *text, const char *session)
{
  gsize length = session != NULL ? strlen (session) : 0;
  Part part;
  while (text != NULL && length > 0 && next_part (&text, &part))
    if (part.session_length == length && memcmp (part.session, session, length) == 0)
      return TRUE;
  return FALSE;
}

void delegate_role_add (GString *text, const char *role, const char *session, guint theme)
{
  g_autofree char *part = theme > 0 ? g_strdup_printf ("%s %s/%u", role, session, theme)
                                    : g_strdup_printf ("%s %s", role, session);
  g_auto (GStrv) parts = g_strsplit (text->str, "; ", -1);
  if (!g_strv_contains ((const char *const *) parts, part))
    g_string_append_printf (text, "%s%s", text->len > 0 ? "; " : "", part);
}
