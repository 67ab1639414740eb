#include "journal/shared_sheet.h"

#include "core/words.h"
#include "journal/query.h"
#include "journal/store.h"

#include <string.h>

/* Of `local`: what is of the hub and not of the machine. @N@ stands for the name. The
 * names are those of the headers that own them. */
#define SHARED_LOCALS                                                                              \
  "'station-secret', 'ticket-secret', 'root', 'settling', 'hub-key', 'office-accounts', "          \
  "'office-sessions', 'read-tokens', 'webhooks', 'webhooks-told', 'webhooks-sender', 'pin-secret'"
#define IS_SHARED(name)                                                                            \
  "(" name " IN (" SHARED_LOCALS ") OR " name " GLOB 'heading-map:*' OR " name                     \
  " GLOB 'hub-at:*' OR " name " GLOB 'enrolment-group:*' OR " name " GLOB 'pin-secret:*')"

typedef struct {
  const char *name, *key, *condition_new, *condition_old, *get, *put, *take;
} Sheet;

static const Sheet SHEETS[] = {
  { "local", "name", " WHEN " IS_SHARED ("NEW.name"), " WHEN " IS_SHARED ("OLD.name"),
    "SELECT json_object ('value', value) FROM local WHERE name = :key",
    "INSERT OR REPLACE INTO local (name, value) VALUES (:key, :row ->> 'value')",
    "DELETE FROM local WHERE name = :key" },
  { "enrolment", "station", "", "",
    "SELECT json_object ('secret_hash', secret_hash, 'expires_ms', expires_ms, 'attempts', "
    "attempts, 'public', public, 'token_hash', token_hash, 'enrolled_ms', enrolled_ms, "
    "'revoked_ms', revoked_ms, 'last_ms', last_ms) FROM enrolment WHERE station = :key",
    "INSERT OR REPLACE INTO enrolment (station, secret_hash, expires_ms, attempts, public, "
    "token_hash, enrolled_ms, revoked_ms, last_ms) VALUES (:key, :row ->> 'secret_hash', :row ->> "
    "'expires_ms', :row ->> 'attempts', :row ->> 'public', :row ->> 'token_hash', :row ->> "
    "'enrolled_ms', :row ->> 'revoked_ms', :row ->> 'last_ms')",
    "DELETE FROM enrolment WHERE station = :key" },
  { "enrolment_role", "station", "", "",
    "SELECT json_object ('role', role) FROM enrolment_role WHERE station = :key",
    "INSERT OR REPLACE INTO enrolment_role (station, role) VALUES (:key, :row ->> 'role')",
    "DELETE FROM enrolment_role WHERE station = :key" },
  { "epoch", "id", "", "",
    "SELECT json_object ('opened_at', opened_at, 'last_number', last_number) FROM epoch WHERE id "
    "= :key",
    "INSERT OR REPLACE INTO epoch (id, opened_at, last_number) VALUES (:key, :row ->> "
    "'opened_at', :row ->> 'last_number')",
    "DELETE FROM epoch WHERE id = :key" },
};

/* A signature that came after its fact (head_signature.h) goes along as a change,
 * too; the log has it on the fact, for those who take that later. */
static const Sheet SIGNATURE = {
  SHARED_SHEET_SIGNATURE,
  "number",
  "",
  "",
  "SELECT json_object ('signature', hex (signature)) FROM fact WHERE number = :key",
  NULL,
  NULL,
};

/* No key in it: a statement's own way with conflicts would rule inside its triggers. */
static const char NOTES[] = "CREATE TEMP TABLE IF NOT EXISTS shared_note (sheet TEXT, key TEXT)";
static const char ERASED[]
    = "CREATE TEMP TRIGGER IF NOT EXISTS shared_erased AFTER UPDATE OF body ON main.fact WHEN "
      "NEW.body IS NULL AND OLD.body IS NOT NULL BEGIN INSERT INTO shared_note (sheet, key) "
      "VALUES ('fact', "
      "NEW.number); END";
static const char SIGNED[]
    = "CREATE TEMP TRIGGER IF NOT EXISTS shared_signed AFTER UPDATE OF signature ON main.fact WHEN "
      "NEW.signature IS NOT NULL AND OLD.signature IS NULL BEGIN INSERT INTO shared_note (sheet, "
      "key) VALUES "
      "('" SHARED_SHEET_SIGNATURE "', NEW.number); END";
static const char CLEAR[] = "DELETE FROM shared_note";
static const char NOTED[] = "SELECT DISTINCT sheet, key FROM shared_note WHERE sheet <> 'fact' "
                            "AND (sheet <> '" SHARED_SHEET_SIGNATURE
                            "' OR CAST (key AS INTEGER) <= :number) ORDER BY sheet, key";
static const char NOTED_ERASED[]
    = "SELECT DISTINCT CAST (key AS INTEGER) FROM shared_note WHERE sheet = 'fact' AND CAST (key "
      "AS INTEGER) <= :number";
static const char TOUCH[] = "INSERT INTO shared_note (sheet, key) VALUES (:sheet, :key)";
static const char LOCAL_IS_SHARED[] = "SELECT " IS_SHARED (":name");

static const Sheet *sheet_of (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (SHEETS); i++)
    if (strcmp (SHEETS[i].name, name) == 0)
      return &SHEETS[i];
  return strcmp (name, SIGNATURE.name) == 0 ? &SIGNATURE : NULL;
}

/* Noting ----------------------------------------------------------------------------- */

static gboolean watch_event (Journal *journal, const Sheet *sheet, const char *event,
                             const char *row, GError **error)
{
  const char *condition = strcmp (row, "OLD") == 0 ? sheet->condition_old : sheet->condition_new;
  g_autofree char *sql = g_strdup_printf (
      "CREATE TEMP TRIGGER IF NOT EXISTS shared_%s_%s AFTER %s ON main.%s%s BEGIN INSERT INTO "
      "shared_note (sheet, key) VALUES ('%s', %s.%s); END",
      sheet->name, event, event, sheet->name, condition, sheet->name, row, sheet->key);

  return journal_execute (journal, sql, error);
}

gboolean shared_sheet_watch (Journal *journal, GError **error)
{
  if (!journal_execute (journal, NOTES, error) || !journal_execute (journal, ERASED, error)
      || !journal_execute (journal, SIGNED, error))
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (SHEETS); i++)
    if (!watch_event (journal, &SHEETS[i], "insert", "NEW", error)
        || !watch_event (journal, &SHEETS[i], "update", "NEW", error)
        || !watch_event (journal, &SHEETS[i], "delete", "OLD", error))
      return FALSE;
  return TRUE;
}

gboolean shared_sheet_clear (Journal *journal, GError **error)
{
  return journal_execute (journal, CLEAR, error);
}

gboolean shared_sheet_touch_all (Journal *journal, GError **error)
{
  for (guint i = 0; i < G_N_ELEMENTS (SHEETS); i++) {
    const Sheet *sheet = &SHEETS[i];
    g_autofree char *sql = g_strdup_printf (
        "INSERT INTO shared_note (sheet, key) SELECT '%s', %s FROM %s%s", sheet->name, sheet->key,
        sheet->name, i == 0 ? " WHERE " IS_SHARED ("name") : "");

    if (!journal_execute (journal, sql, error))
      return FALSE;
  }
  return TRUE;
}

gboolean shared_sheet_touch (Journal *journal, const LogChange *change, GError **error)
{
  Query *query = sheet_of (change->sheet) != NULL ? journal_query (journal, TOUCH, error) : NULL;

  if (query == NULL)
    return sheet_of (change->sheet) == NULL;
  query_bind_text (query, ":sheet", change->sheet);
  query_bind_text (query, ":key", change->key);
  query_next (query);
  return query_end (query, error);
}

gboolean shared_sheet_has_local (Journal *journal, const char *name, gboolean *shared,
                                 GError **error)
{
  Query *query = journal_query (journal, LOCAL_IS_SHARED, error);

  if (query == NULL)
    return FALSE;
  query_bind_text (query, ":name", name);
  *shared = query_next (query) && query_int (query, 0) != 0;
  return query_end (query, error);
}

/* Rows ------------------------------------------------------------------------------- */

/* NULL without @error: there is no such row any more. */
static char *read_row (Journal *journal, const Sheet *sheet, const char *key, GError **error)
{
  Query *query = journal_query (journal, sheet->get, error);
  char *row = NULL;

  if (query == NULL)
    return NULL;
  query_bind_text (query, ":key", key);
  if (query_next (query))
    row = g_strdup (query_text (query, 0));
  if (!query_end (query, error))
    g_clear_pointer (&row, g_free);
  return row;
}

static gboolean fill (Journal *journal, GPtrArray *changes, GError **error)
{
  for (guint i = 0; i < changes->len; i++) {
    LogChange *change = changes->pdata[i];
    const Sheet *sheet = sheet_of (change->sheet);
    GError *cause = NULL;

    if (sheet == NULL)
      continue; /* noted for no table of this version */
    change->row = read_row (journal, sheet, change->key, &cause);
    if (cause != NULL) {
      g_propagate_error (error, cause);
      return FALSE;
    }
  }
  return TRUE;
}

GPtrArray *shared_sheet_changes (Journal *journal, gint64 version, gint64 number, GError **error)
{
  g_autoptr (GPtrArray) changes
      = g_ptr_array_new_with_free_func ((GDestroyNotify) log_engine_change_free);
  Query *query = journal_query (journal, NOTED, error);

  if (query == NULL)
    return NULL;
  query_bind_int (query, ":number", number);
  while (query_next (query))
    g_ptr_array_add (changes, log_engine_change_new (query_text (query, 0), query_text (query, 1),
                                                     NULL, ++version));
  return query_end (query, error) && fill (journal, changes, error) ? g_steal_pointer (&changes)
                                                                    : NULL;
}

GArray *shared_sheet_erased (Journal *journal, gint64 number, GError **error)
{
  g_autoptr (GArray) numbers = g_array_new (FALSE, FALSE, sizeof (gint64));
  Query *query = journal_query (journal, NOTED_ERASED, error);

  if (query == NULL)
    return NULL;
  query_bind_int (query, ":number", number);
  while (query_next (query)) {
    gint64 erased = query_int (query, 0);

    g_array_append_val (numbers, erased);
  }
  return query_end (query, error) ? g_steal_pointer (&numbers) : NULL;
}

static gboolean put (Journal *journal, const Sheet *sheet, const LogChange *change, GError **error)
{
  Query *query = journal_query (journal, change->row != NULL ? sheet->put : sheet->take, error);

  if (query == NULL)
    return FALSE;
  query_bind_text (query, ":key", change->key);
  if (change->row != NULL)
    query_bind_text (query, ":row", change->row);
  query_next (query);
  return query_end (query, error);
}

/* A root that was not known yet has all facts judged again. */
static gboolean put_root (Journal *journal, const LogChange *change, GError **error)
{
  g_autoptr (JsonIn) in = json_in_parse (change->row, -1, error);

  return in != NULL
         && journal_set_root (journal, json_in_string (json_in_root (in), "value"), error);
}

char *shared_sheet_signature (const LogChange *change, GError **error)
{
  g_autoptr (JsonIn) in = json_in_parse (change->row != NULL ? change->row : "{}", -1, error);
  const char *hex = in != NULL ? json_in_string (json_in_root (in), "signature") : NULL;
  guint8 signature[SIGNATURE_BYTES];

  if (in == NULL)
    return NULL;
  for (gsize i = 0; hex != NULL && i < SIGNATURE_BYTES && strlen (hex) == 2 * SIGNATURE_BYTES; i++)
    signature[i]
        = (guint8) (g_ascii_xdigit_value (hex[2 * i]) << 4 | g_ascii_xdigit_value (hex[2 * i + 1]));
  if (hex != NULL && strlen (hex) == 2 * SIGNATURE_BYTES)
    return g_base64_encode (signature, SIGNATURE_BYTES);
  g_set_error (error, JOURNAL_ERROR, JOURNAL_ERROR_LOG, _ ("the log holds a broken signature"));
  return NULL;
}

/* As if the fact had come again, signed. One that is not here yet brings it along. */
static gboolean put_signature (Journal *journal, const LogChange *change, GError **error)
{
  g_autofree char *signature = shared_sheet_signature (change, error);
  gint64 number = g_ascii_strtoll (change->key, NULL, 10);
  g_autoptr (GPtrArray) facts
      = signature != NULL ? journal_facts_after (journal, number - 1, NULL, 1, error) : NULL;
  Fact *fact = facts != NULL && facts->len > 0 ? facts->pdata[0] : NULL;
  gboolean good;

  if (facts == NULL)
    return FALSE;
  if (fact == NULL || fact->number != number)
    return TRUE;
  fact->is_signed = sign_signature_from_text (signature, fact->signature);
  journal->following = TRUE;
  good = journal_receive (journal, fact, 1, NULL, error);
  journal->following = FALSE;
  return good;
}

gboolean shared_sheet_apply (Journal *journal, const LogChange *change, GError **error)
{
  const Sheet *sheet = sheet_of (change->sheet);

  if (sheet == NULL) {
    g_set_error (error, JOURNAL_ERROR, JOURNAL_ERROR_NEWER,
                 _ ("the log holds values of “%.40s”, which this version does not know; install "
                    "the version of the other hubs here too"),
                 change->sheet);
    return FALSE;
  }
  if (sheet == &SIGNATURE)
    return put_signature (journal, change, error);
  if (sheet == &SHEETS[0] && change->row != NULL && strcmp (change->key, JOURNAL_LOCAL_ROOT) == 0)
    return put_root (journal, change, error);
  return put (journal, sheet, change, error);
}
