#include "journal/search_builder.h"

#include "core/lock.h"
#include "core/tokens.h"
#include "core/words.h"
#include "journal/query.h"

#include <unistd.h>

/* Pieces that may wait, each of some hundred people. */
#define PIECES_MOST 64
/* As many as fill FTS5's own memory of 1 MiB before it writes a part of the index. */
#define ROWS_AT_ONCE 2500

static const char ANYBODY[] = "SELECT EXISTS (SELECT 1 FROM delegate)";
/* Number and texts. */
static const char DUE[]
    = "SELECT * FROM delegate_texts WHERE number IN (SELECT number FROM delegate_unindexed)";
static const char TAKEN[] = "DELETE FROM delegate_unindexed";
static const char DECLARED[] = "SELECT sql FROM sqlite_schema WHERE name = 'delegate_search'";

/* In the thread's file. */
static const char ROWS[] = "CREATE TABLE row (number INTEGER PRIMARY KEY, tokens TEXT NOT NULL)";
static const char KEEP[] = "INSERT OR REPLACE INTO row (number, tokens) VALUES (?1, ?2)";
static const char INDEX[] = "INSERT OR REPLACE INTO delegate_search (rowid, tokens) SELECT "
                            "number, tokens FROM row; DELETE FROM row";
static const char ONE_PART[] = "INSERT INTO delegate_search (delegate_search) VALUES ('optimize')";

/* FTS5's own tables, which it fills by plain rows (fts5_storage.c, fts5_index.c). What
 * the connection remembers of the empty index goes with it. */
static const char EMPTY[]
    = "DELETE FROM delegate_search_data; DELETE FROM delegate_search_idx; DELETE FROM "
      "delegate_search_content; DELETE FROM delegate_search_config";
static const struct {
  const char *from, *to;
} TABLES[] = {
  { "SELECT id, block FROM delegate_search_data ORDER BY id",
    "INSERT INTO delegate_search_data (id, block) VALUES (?1, ?2)" },
  { "SELECT segid, term, pgno FROM delegate_search_idx ORDER BY segid, term",
    "INSERT INTO delegate_search_idx (segid, term, pgno) VALUES (?1, ?2, ?3)" },
  { "SELECT id, c0 FROM delegate_search_content ORDER BY id",
    "INSERT INTO delegate_search_content (id, c0) VALUES (?1, ?2)" },
  { "SELECT k, v FROM delegate_search_config ORDER BY k",
    "INSERT INTO delegate_search_config (k, v) VALUES (?1, ?2)" },
};
/* Who was taken and then erased. */
static const char LOST[]
    = "DELETE FROM delegate_search WHERE rowid IN (SELECT c.id FROM delegate_search_content c "
      "WHERE EXISTS (SELECT 1 FROM erasure) AND NOT EXISTS (SELECT 1 FROM delegate d WHERE "
      "d.number = c.id))";

/* Some people's texts. */
typedef struct {
  GArray *numbers;  /* gint64 */
  GPtrArray *texts; /* of each as many as the view has, and NULL */
  GStringChunk *room;
} Piece;

struct _SearchBuilder {
  char *path, *declared;
  sqlite3 *db; /* the thread's until it has ended */
  sqlite3_stmt *keep;
  guint rows; /* in `row` */
  GThread *thread;
  Lock mutex; /* over all that follows */
  Wake come, gone;
  GQueue waiting; /* Piece */
  gboolean end;
  GError *error; /* the thread's: it takes no more */
};

static void piece_free (Piece *piece)
{
  g_array_unref (piece->numbers);
  g_ptr_array_unref (piece->texts);
  g_string_chunk_free (piece->room);
  g_free (piece);
}

/* The thread ------------------------------------------------------------------------- */

static gboolean fail (SearchBuilder *builder, GError **error)
{
  return store_fail (builder->db, builder->path, _ ("indexing names in"), error);
}

static gboolean execute (SearchBuilder *builder, const char *sql, GError **error)
{
  return sqlite3_exec (builder->db, sql, NULL, NULL, NULL) == SQLITE_OK || fail (builder, error);
}

static gboolean index_rows (SearchBuilder *builder, GError **error)
{
  builder->rows = 0;
  return execute (builder, INDEX, error);
}

static gboolean index_piece (SearchBuilder *builder, const Piece *piece, GError **error)
{
  const char *const *texts = (const char *const *) piece->texts->pdata;

  for (guint i = 0; i < piece->numbers->len; i++) {
    sqlite3_bind_int64 (builder->keep, 1, g_array_index (piece->numbers, gint64, i));
    sqlite3_bind_text (builder->keep, 2, tokens_of_texts (texts), -1, g_free);
    if (sqlite3_step (builder->keep) != SQLITE_DONE)
      return fail (builder, error);
    sqlite3_reset (builder->keep);
    while (*texts++ != NULL)
      ;
  }
  builder->rows += piece->numbers->len;
  return builder->rows < ROWS_AT_ONCE || index_rows (builder, error);
}

/* NULL: there are no more. */
static Piece *next_piece (SearchBuilder *builder)
{
  Piece *piece;

  lock_take (&builder->mutex);
  while ((piece = g_queue_pop_head (&builder->waiting)) == NULL && !builder->end)
    lock_wake_wait (&builder->come, &builder->mutex);
  lock_wake_one (&builder->gone);
  lock_give (&builder->mutex);
  return piece;
}

static gpointer run (gpointer data)
{
  SearchBuilder *builder = data;
  GError *error = NULL;
  Piece *piece;

  while ((piece = next_piece (builder)) != NULL) {
    if (error == NULL)
      index_piece (builder, piece, &error);
    piece_free (piece);
  }
  if (error == NULL && index_rows (builder, &error))
    execute (builder, ONE_PART, &error);
  lock_take (&builder->mutex);
  builder->error = error;
  lock_give (&builder->mutex);
  return NULL;
}

/* ------------------------------------------------------------------------------------ */

static void builder_free (SearchBuilder *builder)
{
  sqlite3_finalize (builder->keep);
  sqlite3_close (builder->db);
  g_clear_error (&builder->error);
  lock_clear (&builder->mutex);
  lock_wake_clear (&builder->come);
  lock_wake_clear (&builder->gone);
  g_free (builder->path);
  g_free (builder->declared);
  g_free (builder);
}

static gboolean open_file (SearchBuilder *builder, GError **error)
{
  unlink (builder->path); /* of a program that was killed */
  builder->db = store_scratch (builder->path, _ ("indexing names in"), error);
  unlink (builder->path);
  return builder->db != NULL && execute (builder, builder->declared, error)
         && execute (builder, ROWS, error)
         && (sqlite3_prepare_v2 (builder->db, KEEP, -1, &builder->keep, NULL) == SQLITE_OK
             || fail (builder, error));
}

static char *declared_in (Journal *journal, GError **error)
{
  Query *query = journal_query (journal, DECLARED, error);
  char *text = query != NULL && query_next (query) ? g_strdup (query_text (query, 0)) : NULL;

  if (query == NULL || query_end (query, error))
    return text;
  g_free (text);
  return NULL;
}

gboolean search_builder_start (Journal *journal, GError **error)
{
  SearchBuilder *builder;
  gint64 anybody;

  if (!query_number (journal, ANYBODY, &anybody, error))
    return FALSE;
  if (anybody != 0)
    return TRUE;
  builder = g_new0 (SearchBuilder, 1);
  builder->path = g_strconcat (journal->path, ".search", NULL);
  lock_init (&builder->mutex);
  lock_wake_init (&builder->come);
  lock_wake_init (&builder->gone);
  g_queue_init (&builder->waiting);
  builder->declared = declared_in (journal, error);
  if (builder->declared == NULL || !open_file (builder, error)) {
    builder_free (builder);
    return FALSE;
  }
  builder->thread = g_thread_new ("search", run, builder);
  journal->search = builder;
  return TRUE;
}

static Piece *read_due (Journal *journal, GError **error)
{
  Query *query = journal_query (journal, DUE, error);
  Piece *piece;

  if (query == NULL)
    return NULL;
  piece = g_new0 (Piece, 1);
  piece->numbers = g_array_new (FALSE, FALSE, sizeof (gint64));
  piece->texts = g_ptr_array_new ();
  piece->room = g_string_chunk_new (64 * 1024);
  while (query_next (query)) {
    gint64 number = query_int (query, 0);

    g_array_append_val (piece->numbers, number);
    for (int i = 1; i < query_columns (query); i++)
      if (*query_text (query, i) != '\0')
        g_ptr_array_add (piece->texts, g_string_chunk_insert (piece->room, query_text (query, i)));
    g_ptr_array_add (piece->texts, NULL);
  }
  if (query_end (query, error))
    return piece;
  piece_free (piece);
  return NULL;
}

gboolean search_builder_take (Journal *journal, GError **error)
{
  SearchBuilder *builder = journal->search;
  Piece *piece;

  if (builder == NULL)
    return TRUE;
  piece = read_due (journal, error);
  if (piece == NULL)
    return FALSE;
  lock_take (&builder->mutex);
  while (g_queue_get_length (&builder->waiting) >= PIECES_MOST)
    lock_wake_wait (&builder->gone, &builder->mutex);
  g_queue_push_tail (&builder->waiting, piece);
  lock_wake_one (&builder->come);
  lock_give (&builder->mutex);
  return journal_execute (journal, TAKEN, error);
}

void search_builder_end (Journal *journal)
{
  SearchBuilder *builder = journal->search;

  if (builder == NULL)
    return;
  lock_take (&builder->mutex);
  builder->end = TRUE;
  lock_wake_one (&builder->come);
  lock_give (&builder->mutex);
}

/* What it has made ------------------------------------------------------------------- */

static gboolean put_rows (Journal *journal, sqlite3_stmt *from, sqlite3_stmt *to, GError **error)
{
  int status;

  while ((status = sqlite3_step (from)) == SQLITE_ROW) {
    for (int i = 0; i < sqlite3_column_count (from); i++)
      sqlite3_bind_value (to, i + 1, sqlite3_column_value (from, i));
    if (sqlite3_step (to) != SQLITE_DONE)
      return store_fail (journal->db, journal->path, _ ("writing to"), error);
    sqlite3_reset (to);
  }
  return status == SQLITE_DONE || fail (journal->search, error);
}

static gboolean put_table (Journal *journal, const char *from, const char *to, GError **error)
{
  sqlite3_stmt *rows = NULL, *row = NULL;
  gboolean good = (sqlite3_prepare_v2 (journal->search->db, from, -1, &rows, NULL) == SQLITE_OK
                   || fail (journal->search, error))
                  && (sqlite3_prepare_v2 (journal->db, to, -1, &row, NULL) == SQLITE_OK
                      || store_fail (journal->db, journal->path, _ ("writing to"), error))
                  && put_rows (journal, rows, row, error);

  sqlite3_finalize (rows);
  sqlite3_finalize (row);
  return good;
}

static gboolean put_index (Journal *journal, GError **error)
{
  if (!journal_execute (journal, "DROP TABLE delegate_search", error)
      || !journal_execute (journal, journal->search->declared, error)
      || !journal_execute (journal, EMPTY, error))
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (TABLES); i++)
    if (!put_table (journal, TABLES[i].from, TABLES[i].to, error))
      return FALSE;
  return journal_execute (journal, LOST, error);
}

gboolean search_builder_finish (Journal *journal, GError **error)
{
  SearchBuilder *builder = journal->search;
  gboolean good;

  if (builder == NULL)
    return TRUE;
  search_builder_end (journal);
  g_thread_join (g_steal_pointer (&builder->thread));
  good = builder->error == NULL;
  if (!good)
    g_propagate_error (error, g_steal_pointer (&builder->error));
  good = good && put_index (journal, error);
  search_builder_drop (journal);
  return good;
}

void search_builder_drop (Journal *journal)
{
  SearchBuilder *builder = journal->search;

  if (builder == NULL)
    return;
  search_builder_end (journal);
  if (builder->thread != NULL)
    g_thread_join (builder->thread);
  builder_free (builder);
  journal->search = NULL;
}
