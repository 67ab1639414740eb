#include "desk/volunteer.h"

#include "core/json.h"
#include "core/password.h"
#include "core/sign.h"
#include "core/words.h"
#include "journal/pin_secret.h"
#include "journal/query.h"
#include "roster/delegate.h"

#include <stdlib.h>
#include <string.h>

#define NUMBER_LAST 999
#define LOCAL_LOCK "desk-lock-" /* and a number: "FAILURES UNTIL_MS" */

static const char ALL[] = "SELECT number, name, reference, pin <> '', rights FROM volunteer WHERE "
                          "removed = 0 ORDER BY number";
static const char OF_REFERENCE[]
    = "SELECT name, number FROM volunteer WHERE reference = :reference AND "
      "reference <> '' AND removed = 0 ORDER BY number LIMIT 1";
static const char PIN[]
    = "SELECT name, pin FROM volunteer WHERE number = :number AND removed = 0 AND pin <> ''";
/* Her own number if there is one of that name, else the first that nobody ever had. */
static const char NUMBER_OF_NAME[]
    = "SELECT ifnull (max (number), '') FROM volunteer WHERE name = :name AND removed = 0";
static const char RIGHTS[]
    = "SELECT r.value, v.name = :name FROM volunteer v, json_each (v.rights) r WHERE v.removed = 0";
/* Not the one after the last: a stranger's 999 must leave all the others. */
static const char FREE_NUMBER[]
    = "WITH RECURSIVE n (number) AS (SELECT 101 UNION ALL SELECT number + 1 FROM n WHERE number < "
      "999) "
      "SELECT number FROM n WHERE NOT EXISTS (SELECT 1 FROM volunteer v WHERE v.number = CAST "
      "(n.number AS TEXT)) ORDER BY number LIMIT 1";

G_DEFINE_QUARK (volunteer - error - quark, volunteer_error)

void volunteer_free (Volunteer *volunteer)
{
  if (volunteer == NULL)
    return;
  g_free (volunteer->number);
  g_free (volunteer->name);
  g_free (volunteer->reference);
  g_free (volunteer);
}

/* Rights ----------------------------------------------------------------------------- */

/* As facts have them. */
static const struct {
  VolunteerRight right;
  const char *name;
} RIGHT_NAMES[] = { { VOLUNTEER_LEADER, "leader" }, { VOLUNTEER_OVERRIDE, "override" } };

/* 0 for a right of a later version. */
static guint right_of_name (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (RIGHT_NAMES); i++)
    if (strcmp (RIGHT_NAMES[i].name, name) == 0)
      return RIGHT_NAMES[i].right;
  return 0;
}

static guint rights_of_json (const char *json)
{
  g_auto (GStrv) names = json_in_strings_of (json);
  guint rights = 0;

  for (guint i = 0; names[i] != NULL; i++)
    rights |= right_of_name (names[i]);
  return rights;
}

static void put_rights (JsonOut *out, guint rights)
{
  if (rights == 0)
    return;
  json_out_begin_array (out, "rights");
  for (guint i = 0; i < G_N_ELEMENTS (RIGHT_NAMES); i++)
    if ((rights & RIGHT_NAMES[i].right) != 0)
      json_out_string (out, NULL, RIGHT_NAMES[i].name);
  json_out_end_array (out);
}

gboolean volunteer_rights (Journal *journal, const char *name, guint *rights, GError **error)
{
  Query *query = journal_query (journal, RIGHTS, error);
  guint anybody = 0;

  *rights = 0;
  if (query == NULL)
    return FALSE;
  query_bind_text (query, ":name", name);
  while (query_next (query)) {
    guint right = right_of_name (query_text (query, 0));
    anybody |= right;
    if (query_int (query, 1) != 0)
      *rights |= right;
  }
  if ((anybody & VOLUNTEER_LEADER) == 0)
    *rights |= VOLUNTEER_LEADER;
  return query_end (query, error);
}

GPtrArray *volunteer_all (Journal *journal, GError **error)
{
  g_autoptr (GPtrArray) all = g_ptr_array_new_with_free_func ((GDestroyNotify) volunteer_free);
  Query *query = journal_query (journal, ALL, error);

  if (query == NULL)
    return NULL;
  while (query_next (query)) {
    Volunteer *volunteer = g_new0 (Volunteer, 1);
    volunteer->number = g_strdup (query_text (query, 0));
    volunteer->name = g_strdup (query_text (query, 1));
    volunteer->reference = g_strdup (query_text (query, 2));
    volunteer->has_pin = query_int (query, 3) != 0;
    volunteer->rights = rights_of_json (query_text (query, 4));
    g_ptr_array_add (all, volunteer);
  }
  return query_end (query, error) ? g_steal_pointer (&all) : NULL;
}

/* The first column of the first row, "" for none; NULL on failure. */
static char *read_text (Journal *journal, const char *sql, const char *name, const char *value,
                        GError **error)
{
  g_autofree char *text = NULL;
  Query *query = journal_query (journal, sql, error);

  if (query == NULL)
    return NULL;
  if (name != NULL)
    query_bind_text (query, name, value);
  text = g_strdup (query_next (query) ? query_text (query, 0) : "");
  return query_end (query, error) ? g_steal_pointer (&text) : NULL;
}

/* Adding and removing ---------------------------------------------------------------- */

static char *choose_number (Journal *journal, const char *name, GError **error)
{
  g_autofree char *own = read_text (journal, NUMBER_OF_NAME, ":name", name, error), *next = NULL;

  if (own == NULL || own[0] != '\0')
    return g_steal_pointer (&own);
  next = read_text (journal, FREE_NUMBER, NULL, NULL, error);
  if (next == NULL || next[0] != '\0')
    return g_steal_pointer (&next);
  g_set_error (error, VOLUNTEER_ERROR, VOLUNTEER_ERROR_INPUT,
               _ ("Cannot add volunteer %s: all numbers up to %d have been given"), name,
               NUMBER_LAST);
  return NULL;
}

static gboolean append (Journal *journal, const char *number, const char *name,
                        const char *reference, const char *hash, guint rights, gboolean removed,
                        GError **error)
{
  JsonOut *out = json_out_new ();
  g_autofree char *body = NULL;

  json_out_begin_object (out, NULL);
  json_out_string (out, "name", name);
  json_out_string_if (out, "reference", reference);
  json_out_string_if (out, "pin", hash);
  put_rights (out, rights);
  json_out_bool_if (out, "removed", removed);
  json_out_end_object (out);
  body = json_out_finish (out);
  return journal_append (journal, "volunteer", number, body, NULL, error);
}

static gboolean is_sound (Journal *journal, const char *name, const char *reference, GError **error)
{
  GError *cause = NULL;
  g_autoptr (Delegate) delegate = NULL;

  if (name[0] == '\0' || !g_utf8_validate (name, -1, NULL)
      || g_utf8_strlen (name, -1) > VOLUNTEER_NAME_MAX) {
    g_set_error (error, VOLUNTEER_ERROR, VOLUNTEER_ERROR_INPUT,
                 _ ("A volunteer needs a name of 1 to %d characters"), VOLUNTEER_NAME_MAX);
    return FALSE;
  }
  if (reference[0] == '\0')
    return TRUE;
  delegate = delegate_load (journal, reference, &cause);
  if (delegate == NULL && cause == NULL)
    g_set_error (
        &cause, VOLUNTEER_ERROR, VOLUNTEER_ERROR_INPUT,
        _ ("Cannot give volunteer %s the badge of %s: nobody is registered under that reference"),
        name, reference);
  if (cause != NULL)
    g_propagate_error (error, cause);
  return delegate != NULL;
}

static char *add (Journal *journal, const char *name, const char *reference, const char *pin,
                  const char *hash, guint rights, GError **error)
{
  g_autofree char *number
      = is_sound (journal, name, reference, error) ? choose_number (journal, name, error) : NULL;

  if (number == NULL || !append (journal, number, name, reference, hash, rights, FALSE, error))
    return NULL;
  return g_strconcat (number, pin, NULL);
}

/* What is hashed: nobody can try all PINs without the secret (pin_secret.h). Free with
 * g_free(). */
static char *keyed (const char *secret, const char *pin)
{
  Hasher *hasher = hash_new ();
  Hash hash;

  hash_add_text (hasher, "accueil volunteer's PIN");
  hash_add_text (hasher, secret);
  hash_add_text (hasher, pin);
  hash = hash_finish (hasher);
  return hash_to_hex (&hash);
}

/* "ID:HASH"; NULL with @error. */
static char *hash_pin (Journal *journal, const char *name, const char *pin, GError **error)
{
  GError *cause = NULL;
  g_autofree char *secret = pin_secret_current (journal, &cause),
                  *id = secret != NULL ? pin_secret_id (secret) : NULL,
                  *password = secret != NULL ? keyed (secret, pin) : NULL,
                  *hash = secret != NULL ? password_hash (password) : NULL;

  if (cause != NULL)
    g_propagate_error (error, cause);
  else if (secret == NULL)
    g_set_error (error, VOLUNTEER_ERROR, VOLUNTEER_ERROR_INPUT,
                 _ ("Cannot add volunteer %s: this machine has not heard from the hub yet by what "
                    "PINs are protected. Let it reach the hub (accueil agent --once), or add her "
                    "at the hub"),
                 name);
  else if (hash == NULL)
    g_set_error (error, VOLUNTEER_ERROR, VOLUNTEER_ERROR_INPUT,
                 _ ("Cannot add volunteer %s: no memory to protect the PIN (64 MB are needed)"),
                 name);
  return hash != NULL ? g_strconcat (id, ":", hash, NULL) : NULL;
}

char *volunteer_add (Journal *journal, const char *name, const char *reference, guint rights,
                     GError **error)
{
  g_autofree char *pin = NULL, *hash = NULL, *clean = g_strstrip (g_strdup (name));
  char *typed;

  sign_start ();
  pin = password_new_digits (VOLUNTEER_PIN_DIGITS);
  hash = hash_pin (journal, clean, pin, error);
  if (hash == NULL || !journal_begin (journal, error))
    return NULL;
  typed = add (journal, clean, reference, pin, hash, rights, error);
  if (typed == NULL) {
    journal_rollback (journal);
    return NULL;
  }
  if (!journal_commit (journal, error))
    g_clear_pointer (&typed, g_free);
  return typed;
}

gboolean volunteer_remove (Journal *journal, const char *number, GError **error)
{
  g_autoptr (GPtrArray) all = NULL;
  gboolean written = FALSE;

  if (!journal_begin (journal, error))
    return FALSE;
  all = volunteer_all (journal, error);
  for (guint i = 0; all != NULL && i < all->len; i++) {
    const Volunteer *one = g_ptr_array_index (all, i);
    if (strcmp (one->number, number) == 0)
      written = append (journal, number, one->name, one->reference, "", 0, TRUE, error);
  }
  if (written)
    return journal_commit (journal, error);
  if (all != NULL && (error == NULL || *error == NULL))
    g_set_error (error, VOLUNTEER_ERROR, VOLUNTEER_ERROR_UNKNOWN,
                 _ ("No volunteer has the number %s; "
                    "“accueil volunteer list” shows them"),
                 number);
  journal_rollback (journal);
  return FALSE;
}

/* Entering --------------------------------------------------------------------------- */

char *volunteer_of_reference (Journal *journal, const char *reference, char **number,
                              GError **error)
{
  Query *query = journal_query (journal, OF_REFERENCE, error);
  g_autofree char *name = NULL, *hers = NULL;

  *number = NULL;
  if (query == NULL)
    return NULL;
  query_bind_text (query, ":reference", reference);
  if (query_next (query)) {
    name = g_strdup (query_text (query, 0));
    hers = g_strdup (query_text (query, 1));
  }
  if (!query_end (query, error) || name == NULL || name[0] == '\0')
    return NULL;
  *number = g_steal_pointer (&hers);
  return g_steal_pointer (&name);
}

typedef struct {
  char name[sizeof LOCAL_LOCK + VOLUNTEER_NUMBER_DIGITS];
  gint64 failures, until_ms;
} Lock;

/* Of the number that @typed begins with. */
static gboolean read_lock (Journal *journal, const char *typed, Lock *lock, GError **error)
{
  GError *cause = NULL;
  g_autofree char *text = NULL;
  char *rest = NULL;

  *lock = (Lock){ 0 };
  g_snprintf (lock->name, sizeof lock->name, "%s%.*s", LOCAL_LOCK, VOLUNTEER_NUMBER_DIGITS, typed);
  text = journal_local (journal, lock->name, &cause);
  if (cause != NULL) {
    g_propagate_error (error, cause);
    return FALSE;
  }
  if (text == NULL)
    return TRUE;
  lock->failures = g_ascii_strtoll (text, &rest, 10);
  lock->until_ms = g_ascii_strtoll (rest, NULL, 10);
  /* A clock that was set back must not lock her out for a day. */
  lock->until_ms = MIN (lock->until_ms, journal_now_ms (journal) + VOLUNTEER_LOCK_MAX_MS);
  return TRUE;
}

static gint64 lock_ms (gint64 failures)
{
  gint64 ms = VOLUNTEER_LOCK_MS;

  if (failures < VOLUNTEER_FREE_TRIES)
    return 0;
  for (gint64 i = VOLUNTEER_FREE_TRIES; i < failures && ms < VOLUNTEER_LOCK_MAX_MS; i++)
    ms *= 2;
  return MIN (ms, VOLUNTEER_LOCK_MAX_MS);
}

static gboolean note_failure (Journal *journal, Lock *lock, gint64 *locked_ms, GError **error)
{
  g_autofree char *text = NULL;

  lock->failures++;
  *locked_ms = lock_ms (lock->failures);
  text = g_strdup_printf ("%" G_GINT64_FORMAT " %" G_GINT64_FORMAT, lock->failures,
                          journal_now_ms (journal) + *locked_ms);
  return journal_set_local (journal, lock->name, text, error);
}

/* TRUE in *@good if @pin is the one of @hash; those of earlier versions have no secret. */
static gboolean check_pin (Journal *journal, const char *hash, const char *pin, gboolean *good,
                           GError **error)
{
  GError *cause = NULL;
  g_autofree char *id = NULL, *secret = NULL, *password = NULL;

  if (hash[0] == '$') {
    *good = password_check (hash, pin);
    return TRUE;
  }
  *good = FALSE;
  if (strlen (hash) <= PIN_SECRET_ID_CHARS + 1)
    return TRUE;
  id = g_strndup (hash, PIN_SECRET_ID_CHARS);
  secret = pin_secret_of_id (journal, id, &cause);
  if (cause != NULL) {
    g_propagate_error (error, cause);
    return FALSE;
  }
  password = keyed (secret != NULL ? secret : "", pin);
  *good = password_check (hash + PIN_SECRET_ID_CHARS + 1, password) && secret != NULL;
  return TRUE;
}

/* The name of whoever has that number and PIN, "" for nobody, NULL on failure. */
static char *check (Journal *journal, const char *typed, GError **error)
{
  g_autofree char *number = NULL, *name = NULL, *hash = NULL;
  gboolean good = FALSE;
  Query *query;

  number = g_strndup (typed, VOLUNTEER_NUMBER_DIGITS);
  query = journal_query (journal, PIN, error);
  if (query == NULL)
    return NULL;
  query_bind_text (query, ":number", number);
  if (query_next (query)) {
    name = g_strdup (query_text (query, 0));
    hash = g_strdup (query_text (query, 1));
  }
  if (!query_end (query, error)
      || (name != NULL
          && !check_pin (journal, hash, typed + VOLUNTEER_NUMBER_DIGITS, &good, error)))
    return NULL;
  return good ? g_steal_pointer (&name) : g_strdup ("");
}

gboolean volunteer_enter (Journal *journal, const char *typed, char **name, gint64 *locked_ms,
                          GError **error)
{
  g_autofree char *found = NULL;
  Lock lock;

  sign_start ();
  *name = NULL;
  *locked_ms = 0;
  if (strlen (typed) != VOLUNTEER_NUMBER_DIGITS + VOLUNTEER_PIN_DIGITS
      || strspn (typed, "0123456789") != strlen (typed))
    return TRUE;
  if (!read_lock (journal, typed, &lock, error))
    return FALSE;
  *locked_ms = MAX (lock.until_ms - journal_now_ms (journal), 0);
  if (*locked_ms > 0)
    return TRUE;
  found = check (journal, typed, error);
  if (found == NULL)
    return FALSE;
  if (found[0] == '\0')
    return note_failure (journal, &lock, locked_ms, error);
  if (lock.failures > 0 && !journal_set_local (journal, lock.name, NULL, error))
    return FALSE;
  *name = g_steal_pointer (&found);
  return TRUE;
}
