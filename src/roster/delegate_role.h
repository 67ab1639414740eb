/* delegate_role.h: the roles of a delegate in sessions, as her registration holds them in
 * one text: "intervenant A1/2; animateur A3" is a speaker of A1 on its second sub-theme
 * and a moderator of A3. Role words are value_role()'s.
 *
 * Threads: reentrant. Nothing here blocks or fails. */
#pragma once

#include <glib.h>

#define DELEGATE_ROLES_MAX 12

typedef struct {
  char *role, *session; /* "intervenant", "A1" */
  guint theme;          /* of the session's sub-themes, from 1; 0 for none */
} DelegateRole;

/* DelegateRole in the order of @text, each once; parts that name no session are passed over. Free
 * with g_ptr_array_unref(). */
GPtrArray *delegate_role_read (const char *text);
/* TRUE if one of them is in @session ("" and NULL: FALSE). Allocates nothing: doors ask
 * it at each scan. */
gboolean delegate_role_is_in (const char *text, const char *session);
/* Adds a role to @text; one that is there already is left alone. */
void delegate_role_add (GString *text, const char *role, const char *session, guint theme);
