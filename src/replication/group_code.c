#include "replication/group_code.h"

#include "core/hash.h"
#include "core/identifier.h"
#include "core/json.h"
#include "core/sign.h"
#include "core/words.h"

#include <string.h>

#define SECRET_BYTES 24

G_DEFINE_QUARK (group - code - error - quark, group_code_error)

typedef struct {
  char *hash;
  gint64 left, until_ms;
  Role role;
} Group;

static void group_clear (Group *group)
{
  g_free (group->hash);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Group, group_clear)

static char *hash_text (const char *secret)
{
  Hash hash = hash_of (secret, strlen (secret));

  return hash_to_hex (&hash);
}

/* What is kept ----------------------------------------------------------------------- */

static gboolean keep (Journal *journal, const char *name, const Group *group, GError **error)
{
  JsonOut *out = json_out_new ();
  g_autofree char *local = g_strconcat (JOURNAL_LOCAL_GROUP, name, NULL), *text = NULL;

  json_out_begin_object (out, NULL);
  json_out_string (out, "hash", group->hash);
  json_out_int (out, "left", group->left);
  json_out_int (out, "until_ms", group->until_ms);
  json_out_string (out, "role", authority_role_name (group->role));
  json_out_end_object (out);
  text = json_out_finish (out);
  return journal_set_local (journal, local, text, error);
}

/* One that is not there, or cannot be read, has none left. */
static gboolean read_group (Journal *journal, const char *name, Group *group, GError **error)
{
  g_autofree char *local = g_strconcat (JOURNAL_LOCAL_GROUP, name, NULL), *text = NULL;
  g_autoptr (JsonIn) in = NULL;
  JsonValue *root;

  if (!journal_read_local (journal, local, &text, error))
    return FALSE;
  in = text != NULL ? json_in_parse (text, -1, NULL) : NULL;
  root = in != NULL ? json_in_root (in) : NULL;
  if (root == NULL || json_in_string (root, "hash") == NULL
      || !authority_role_from_name (json_in_string (root, "role"), &group->role))
    return TRUE;
  group->hash = g_strdup (json_in_string (root, "hash"));
  group->left = json_in_int (root, "left");
  group->until_ms = json_in_int (root, "until_ms");
  return TRUE;
}

/* Making ----------------------------------------------------------------------------- */

static gboolean check_terms (const char *name, gint64 count, gint64 left_ms, GError **error)
{
  if (!identifier_is_station (name))
    g_set_error (error, GROUP_CODE_ERROR, GROUP_CODE_ERROR_NAME,
                 _ ("“%.40s” cannot be a group's name: use 1 to %d lower-case letters, digits and "
                    "hyphens, for example “entree-est”"),
                 name, STATION_NAME_MAX);
  else if (count < 1 || count > GROUP_CODE_COUNT_MAX)
    g_set_error (error, GROUP_CODE_ERROR, GROUP_CODE_ERROR_COUNT,
                 _ ("a group's code is for 1 to %d stations: --count 10"), GROUP_CODE_COUNT_MAX);
  else if (left_ms <= 0 || left_ms > GROUP_CODE_LONGEST_MS)
    g_set_error (error, GROUP_CODE_ERROR, GROUP_CODE_ERROR_END,
                 _ ("a group's code must end within seven days, and later than now: --until "
                    "2016-10-26T12:00"));
  else
    return TRUE;
  return FALSE;
}

char *group_code_make (Journal *journal, const char *name, gint64 count, gint64 until_ms, Role role,
                       GError **error)
{
  g_autofree char *secret = NULL;
  g_auto (Group) group = { .left = count, .until_ms = until_ms, .role = role };

  sign_start ();
  if (!check_terms (name, count, until_ms - journal_now_ms (journal), error))
    return NULL;
  secret = sign_secret_new (SECRET_BYTES);
  group.hash = hash_text (secret);
  return keep (journal, name, &group, error) ? g_steal_pointer (&secret) : NULL;
}

/* Using ------------------------------------------------------------------------------ */

gboolean group_code_check (Journal *journal, const char *name, const char *secret, gboolean *good,
                           GError **error)
{
  g_autofree char *hash = hash_text (secret);
  g_auto (Group) group = { 0 };

  *good = FALSE;
  if (!identifier_is_station (name))
    return TRUE;
  if (!read_group (journal, name, &group, error))
    return FALSE;
  *good = group.hash != NULL && group.left > 0 && group.until_ms > journal_now_ms (journal)
          && sign_secret_equal (hash, group.hash);
  return TRUE;
}

gboolean group_code_spend (Journal *journal, const char *name, Role *role, GError **error)
{
  g_auto (Group) group = { 0 };

  if (!read_group (journal, name, &group, error))
    return FALSE;
  *role = group.role;
  group.left--;
  return keep (journal, name, &group, error);
}
