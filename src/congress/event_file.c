#include "congress/event_file.h"

#include "congress/event_parse.h"
#include "core/sign.h"
#include "core/words.h"
#include "journal/query.h"

#include <gio/gio.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>

/* The body that won, by kind: a projection's row names the fact that wrote it. */
#define KNOWN(table)                                                                               \
  "SELECT '" #table "', t.id, t.removed, f.body FROM " #table                                      \
  " t JOIN fact f ON f.station = t.station AND f.seq = t.seq"
/* clang-format off */
static const char KNOWN_DEFINITIONS[]
    = KNOWN (congress)
      " UNION ALL " KNOWN (event)
      " UNION ALL " KNOWN (category)
      " UNION ALL " KNOWN (rank)
      " UNION ALL " KNOWN (logo)
      " UNION ALL " KNOWN (deadline)
      " UNION ALL " KNOWN (delegation)
      " UNION ALL " KNOWN (session)
      " UNION ALL " KNOWN (checkpoint)
      " UNION ALL " KNOWN (question)
      " UNION ALL SELECT 'scan-message', t.id, t.removed, f.body FROM scan_message t JOIN fact f ON"
      " f.station = t.station AND f.seq = t.seq"
      " ORDER BY 1, 2";
/* clang-format on */

#define IDENTITY_BYTES 12

typedef struct {
  char *kind, *id, *body;
  gboolean removed, in_file;
} Known;

static void known_free (gpointer data)
{
  Known *known = data;
  g_free (known->kind);
  g_free (known->id);
  g_free (known->body);
  g_free (known);
}

/* The whole file; NULL with READ. */
static char *read_file (const char *path, gsize *length, GError **error)
{
  GStatBuf status;
  if (g_stat (path, &status) == 0 && S_ISDIR (status.st_mode)) {
    g_set_error (error, DEFINITION_ERROR, DEFINITION_ERROR_READ,
                 _ ("reading the event file %s: it is a directory; name the file in it"), path);
    return NULL;
  }
  if (g_stat (path, &status) == 0 && status.st_size > EVENT_FILE_BYTES_MAX) {
    g_set_error (error, DEFINITION_ERROR, DEFINITION_ERROR_READ,
                 _ ("reading the event file %s: it is larger than %d MiB; is it the right file?"),
                 path, EVENT_FILE_BYTES_MAX / (1024 * 1024));
    return NULL;
  }
  g_autoptr (GError) cause = NULL;
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GFileInputStream) stream = g_file_read (file, NULL, &cause);
  g_autofree char *text = g_malloc (EVENT_FILE_BYTES_MAX + 1);
  gsize read = 0;
  /* Read with a bound of its own: a pipe or a device has no size. */
  if (stream == NULL
      || !g_input_stream_read_all (G_INPUT_STREAM (stream), text, EVENT_FILE_BYTES_MAX + 1, &read,
                                   NULL, &cause)) {
    g_set_error (error, DEFINITION_ERROR, DEFINITION_ERROR_READ,
                 _ ("reading the event file %s: %s"), path, cause->message);
    return NULL;
  }
  if (read > EVENT_FILE_BYTES_MAX) {
    g_set_error (error, DEFINITION_ERROR, DEFINITION_ERROR_READ,
                 _ ("reading the event file %s: it is larger than %d MiB; is it the right file?"),
                 path, EVENT_FILE_BYTES_MAX / (1024 * 1024));
    return NULL;
  }
  *length = read;
  return g_steal_pointer (&text);
}

static char *key_of (const char *kind, const char *id)
{
  return g_strconcat (kind, " ", id, NULL);
}

static GHashTable *read_known (Journal *journal, GError **error)
{
  Query *query = journal_query (journal, KNOWN_DEFINITIONS, error);
  if (query == NULL)
    return NULL;
  g_autoptr (GHashTable) known
      = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, known_free);
  while (query_next (query)) {
    Known *row = g_new0 (Known, 1);
    row->kind = g_strdup (query_text (query, 0));
    row->id = g_strdup (query_text (query, 1));
    row->removed = query_int (query, 2) != 0;
    row->body = g_strdup (query_text (query, 3));
    g_hash_table_insert (known, key_of (row->kind, row->id), row);
  }
  return query_end (query, error) ? g_steal_pointer (&known) : NULL;
}

/* The congress with its identity, by which a rehearsal is told from it: what this replica
 * knows, or else a new one. @known may be NULL. */
static char *with_identity (const Definition *congress, const Known *known)
{
  g_autoptr (JsonIn) in = known != NULL ? json_in_parse (known->body, -1, NULL) : NULL;
  const char *given = in != NULL ? json_in_string (json_in_root (in), "identity") : NULL;
  g_autofree char *identity
      = given != NULL && *given ? g_strdup (given) : sign_secret_new (IDENTITY_BYTES);
  JsonOut *out = json_out_new ();
  json_out_begin_object (out, NULL);
  json_out_string (out, "identity", identity);
  json_out_end_object (out);
  g_autofree char *added = json_out_finish (out);
  /* Both are objects on one line. */
  return g_strdup_printf ("%.*s,%s", (int) strlen (congress->body) - 1, congress->body, added + 1);
}

static gboolean append_changed (Journal *journal, GPtrArray *definitions, GHashTable *known,
                                DefinitionSummary *summary, GError **error)
{
  for (guint i = 0; i < definitions->len; i++) {
    const Definition *definition = definitions->pdata[i];
    g_autofree char *key = key_of (definition->kind, definition->id);
    Known *row = g_hash_table_lookup (known, key);
    if (row != NULL)
      row->in_file = TRUE;
    g_autofree char *body = strcmp (definition->kind, "congress") == 0
                                ? with_identity (definition, row)
                                : g_strdup (definition->body);
    if (row != NULL && !row->removed && strcmp (row->body, body) == 0)
      continue;
    if (!journal_append (journal, definition->kind, definition->id, body, NULL, error))
      return FALSE;
    summary->facts++;
  }
  return TRUE;
}

/* What was taken out of the file is written once more, with its mark. A body is an object
 * on one line, written by this program or one like it. */
static gboolean append_removed (Journal *journal, GHashTable *known, DefinitionSummary *summary,
                                GError **error)
{
  g_autoptr (GList) keys = g_list_sort (g_hash_table_get_keys (known),
                                        (GCompareFunc) strcmp); /* the same order on every run */
  for (GList *key = keys; key != NULL; key = key->next) {
    const Known *row = g_hash_table_lookup (known, key->data);
    if (row->in_file || row->removed)
      continue;
    g_autofree char *open = g_strdup (row->body);
    char *brace = strrchr (open, '}');
    if (brace != NULL)
      *brace = '\0';
    gboolean empty = strchr (open, ':') == NULL;
    g_autofree char *body
        = g_strconcat (brace != NULL ? open : "{", empty ? "" : ",", "\"removed\":true}", NULL);
    if (!journal_append (journal, row->kind, row->id, body, NULL, error))
      return FALSE;
    summary->facts++;
    summary->removed++;
  }
  return TRUE;
}

/* What was written must be what holds now: of two definitions the later one does, and a
 * clock that is ahead may have dated another one later still. */
static gboolean took_effect (Journal *journal, GPtrArray *definitions, GError **error)
{
  g_autoptr (GHashTable) known = read_known (journal, error);
  for (guint i = 0; known != NULL && i < definitions->len; i++) {
    const Definition *definition = definitions->pdata[i];
    g_autofree char *key = key_of (definition->kind, definition->id);
    const Known *row = g_hash_table_lookup (known, key);
    gboolean congress = strcmp (definition->kind, "congress") == 0; /* with an identity */
    if (row != NULL && !row->removed
        && (congress ? strncmp (row->body, definition->body, strlen (definition->body) - 1)
                     : strcmp (row->body, definition->body))
               == 0)
      continue;
    g_set_error (error, DEFINITION_ERROR, DEFINITION_ERROR_EFFECT,
                 _ ("“%s” did not take effect, so nothing was changed: another definition of it "
                    "is dated later, by a clock that is ahead. “accueil doctor” names the station"),
                 key);
    return FALSE;
  }
  return known != NULL;
}

gboolean event_file_load (Journal *journal, const char *path, const DefinitionLook *look,
                          DefinitionSummary *summary, GError **error)
{
  gsize length = 0;
  g_autofree char *text = read_file (path, &length, error);
  if (text == NULL)
    return FALSE;
  g_autofree char *name = g_path_get_basename (path), *folder = g_path_get_dirname (path);
  DefinitionSummary counted = { 0 };
  g_autoptr (GPtrArray) definitions
      = event_parse (name, text, length, folder, look, &counted, error);
  if (definitions == NULL || !journal_begin (journal, error))
    return FALSE;
  g_autoptr (GHashTable) known = read_known (journal, error);
  if (known == NULL || !append_changed (journal, definitions, known, &counted, error)
      || !append_removed (journal, known, &counted, error)
      || !took_effect (journal, definitions, error)) {
    journal_rollback (journal);
    return FALSE;
  }
  if (!journal_commit (journal, error))
    return FALSE;
  *summary = counted;
  return TRUE;
}
