#include "kit/memory_log.h"

#include "core/sign.h"

#include <string.h>

struct _LogLink {
  gboolean open;
};

static MemoryLog *now, *before; /* @before: what a rollback brings back */
static LogLink *writer;
static MemoryFate the_fate;
static gpointer the_data;

static Fact *copy_fact (const Fact *fact)
{
  Fact *copy = g_memdup2 (fact, sizeof *fact);

  copy->station = g_strdup (fact->station);
  copy->kind = g_strdup (fact->kind);
  copy->subject = g_strdup (fact->subject);
  copy->body = g_strdup (fact->body);
  return copy;
}

static MemoryLog *log_new (void)
{
  MemoryLog *made = g_new0 (MemoryLog, 1);

  made->history = 1;
  made->facts = g_ptr_array_new_with_free_func ((GDestroyNotify) fact_free);
  made->changes = g_ptr_array_new_with_free_func ((GDestroyNotify) log_engine_change_free);
  return made;
}

static MemoryLog *copy_log (const MemoryLog *log)
{
  MemoryLog *copy = log_new ();

  copy->station = g_strdup (log->station);
  copy->closed = log->closed;
  copy->history = log->history;
  copy->noted = g_strdup (log->noted);
  copy->version = log->version;
  for (guint i = 0; i < log->facts->len; i++)
    g_ptr_array_add (copy->facts, copy_fact (log->facts->pdata[i]));
  for (guint i = 0; i < log->changes->len; i++) {
    const LogChange *change = log->changes->pdata[i];

    g_ptr_array_add (copy->changes, log_engine_change_new (change->sheet, change->key, change->row,
                                                           change->version));
  }
  return copy;
}

void memory_log_free (MemoryLog *saved)
{
  if (saved == NULL)
    return;
  g_free (saved->station);
  g_free (saved->noted);
  g_ptr_array_unref (saved->facts);
  g_ptr_array_unref (saved->changes);
  g_free (saved);
}

MemoryLog *memory_log_now (void)
{
  if (now == NULL)
    now = log_new ();
  return now;
}

MemoryLog *memory_log_save (void)
{
  g_assert_null (writer);
  return copy_log (memory_log_now ());
}

void memory_log_load (const MemoryLog *saved)
{
  g_assert_null (writer);
  memory_log_free (now);
  now = saved != NULL ? copy_log (saved) : NULL;
}

void memory_log_fail_over (void)
{
  if (now != NULL)
    now->history++;
}

void memory_log_set_fate (MemoryFate fate, gpointer data)
{
  the_fate = fate;
  the_data = data;
}

gint64 memory_log_head (const char *station)
{
  gint64 seq = 0;

  for (guint i = 0; now != NULL && i < now->facts->len; i++) {
    const Fact *fact = now->facts->pdata[i];

    if (strcmp (fact->station, station) == 0)
      seq = MAX (seq, fact->seq);
  }
  return seq;
}

/* The engine --------------------------------------------------------------------------- */

static gboolean fail (GError **error)
{
  g_set_error (error, JOURNAL_ERROR, JOURNAL_ERROR_LOG, "the connection to the log is gone");
  return FALSE;
}

static MemoryTrouble fate (void)
{
  return the_fate != NULL ? the_fate (the_data) : MEMORY_LOG_WELL;
}

static void end (LogLink *link, gboolean keep)
{
  link->open = FALSE;
  if (writer != link)
    return;
  writer = NULL;
  if (!keep) {
    memory_log_free (now);
    now = g_steal_pointer (&before);
  }
  g_clear_pointer (&before, memory_log_free);
}

/* The server ends what a connection that is gone has begun. */
static gboolean reach (LogLink *link, GError **error)
{
  if (fate () == MEMORY_LOG_WELL)
    return TRUE;
  end (link, FALSE);
  return fail (error);
}

/* The same, for who has the lock. */
static gboolean write_to (LogLink *link, GError **error)
{
  return reach (link, error) && (writer == link || fail (error));
}

static LogLink *open_link (const char *address, GError **error)
{
  memory_log_now ();
  if (fate () == MEMORY_LOG_WELL)
    return g_new0 (LogLink, 1);
  fail (error);
  return NULL;
}

static void close_link (LogLink *link)
{
  end (link, FALSE);
  g_free (link);
}

static gboolean begin (LogLink *link, gboolean writing, LogState *state, GError **error)
{
  if (writing && writer != NULL)
    return fail (error);
  if (!reach (link, error))
    return FALSE;
  link->open = TRUE;
  if (writing) {
    writer = link;
    before = copy_log (now);
  }
  *state = (LogState){ .station = g_strdup (now->station),
                       .closed = now->closed,
                       .number = now->facts->len,
                       .version = now->version,
                       .timeline = g_strdup_printf ("%" G_GINT64_FORMAT, now->history),
                       .noted = g_strdup (now->noted) };
  return TRUE;
}

static gboolean commit (LogLink *link, GError **error)
{
  MemoryTrouble trouble = fate ();

  if (!link->open)
    return fail (error);
  end (link, trouble != MEMORY_LOG_BROKEN);
  return trouble == MEMORY_LOG_WELL || fail (error);
}

static void rollback (LogLink *link)
{
  end (link, FALSE);
}

static GPtrArray *facts (LogLink *link, gint64 after, guint limit, GError **error)
{
  GPtrArray *list;

  if (!reach (link, error))
    return NULL;
  list = g_ptr_array_new_with_free_func ((GDestroyNotify) fact_free);
  for (gint64 i = after; i < now->facts->len && list->len < limit; i++)
    g_ptr_array_add (list, copy_fact (now->facts->pdata[i]));
  return list;
}

static gint by_version (gconstpointer a, gconstpointer b)
{
  const LogChange *one = *(LogChange *const *) a, *other = *(LogChange *const *) b;

  return (one->version > other->version) - (one->version < other->version);
}

static GPtrArray *changes (LogLink *link, gint64 after, GError **error)
{
  GPtrArray *list;

  if (!reach (link, error))
    return NULL;
  list = g_ptr_array_new_with_free_func ((GDestroyNotify) log_engine_change_free);
  for (guint i = 0; i < now->changes->len; i++) {
    const LogChange *change = now->changes->pdata[i];

    if (change->version > after)
      g_ptr_array_add (
          list, log_engine_change_new (change->sheet, change->key, change->row, change->version));
  }
  g_ptr_array_sort (list, by_version);
  return list;
}

static void head_free (gpointer data)
{
  g_free (((JournalHead *) data)->station);
  g_free (data);
}

static gint by_station (gconstpointer a, gconstpointer b)
{
  return strcmp ((*(JournalHead *const *) a)->station, (*(JournalHead *const *) b)->station);
}

static GPtrArray *heads (LogLink *link, GError **error)
{
  g_autoptr (GHashTable) last = g_hash_table_new (g_str_hash, g_str_equal);
  GPtrArray *list = g_ptr_array_new_with_free_func (head_free);
  GHashTableIter iter;
  gpointer value;

  for (guint i = 0; i < now->facts->len; i++) {
    Fact *fact = now->facts->pdata[i];

    g_hash_table_insert (last, fact->station, fact);
  }
  g_hash_table_iter_init (&iter, last);
  while (g_hash_table_iter_next (&iter, NULL, &value)) {
    const Fact *fact = value;
    JournalHead *head = g_new0 (JournalHead, 1);

    head->station = g_strdup (fact->station);
    head->seq = fact->seq;
    head->at = fact->at;
    head->chain = fact->chain;
    g_ptr_array_add (list, head);
  }
  g_ptr_array_sort (list, by_station);
  return list;
}

static gboolean append (LogLink *link, const GPtrArray *list, GError **error)
{
  if (!write_to (link, error))
    return FALSE;
  for (guint i = 0; i < list->len; i++) {
    const Fact *fact = list->pdata[i];

    g_assert_cmpint (fact->number, ==, (gint64) now->facts->len + 1);
    g_ptr_array_add (now->facts, copy_fact (fact));
  }
  return TRUE;
}

static gboolean change (LogLink *link, const GPtrArray *list, GError **error)
{
  if (!write_to (link, error))
    return FALSE;
  for (guint i = 0; i < list->len; i++) {
    const LogChange *one = list->pdata[i];

    for (guint j = now->changes->len; j > 0; j--) {
      const LogChange *other = now->changes->pdata[j - 1];

      if (strcmp (one->sheet, other->sheet) == 0 && strcmp (one->key, other->key) == 0)
        g_ptr_array_remove_index_fast (now->changes, j - 1);
    }
    g_ptr_array_add (now->changes,
                     log_engine_change_new (one->sheet, one->key, one->row, one->version));
    now->version = MAX (now->version, one->version);
  }
  return TRUE;
}

static gboolean sign (LogLink *link, gint64 number, const char *signature, GError **error)
{
  Fact *fact;

  if (!write_to (link, error))
    return FALSE;
  fact = number >= 1 && number <= now->facts->len ? now->facts->pdata[number - 1] : NULL;
  if (fact != NULL && !fact->is_signed)
    fact->is_signed = sign_signature_from_text (signature, fact->signature);
  return TRUE;
}

static gboolean erase (LogLink *link, const GArray *numbers, GError **error)
{
  if (!write_to (link, error))
    return FALSE;
  for (guint i = 0; i < numbers->len; i++) {
    Fact *fact = now->facts->pdata[g_array_index (numbers, gint64, i) - 1];

    g_clear_pointer (&fact->body, g_free);
  }
  return TRUE;
}

static gboolean note (LogLink *link, const char *station, const char *timeline, gboolean closed,
                      GError **error)
{
  if (!write_to (link, error))
    return FALSE;
  g_free (now->station);
  now->station = g_strdup (station);
  now->closed = closed;
  if (timeline != NULL) {
    g_free (now->noted);
    now->noted = g_strdup (timeline);
  }
  return TRUE;
}

static gboolean standbys (LogLink *link, LogStandbys *standbys, GError **error)
{
  *standbys = (LogStandbys){ 0 };
  return reach (link, error);
}

static gboolean wait_for_news (LogLink *link, guint timeout_ms, int wake, GError **error)
{
  return reach (link, error);
}

const LogEngine MEMORY_LOG = { .scheme = "memory://",
                               .open = open_link,
                               .close = close_link,
                               .begin = begin,
                               .commit = commit,
                               .rollback = rollback,
                               .facts = facts,
                               .changes = changes,
                               .heads = heads,
                               .append = append,
                               .change = change,
                               .sign = sign,
                               .erase = erase,
                               .note = note,
                               .standbys = standbys,
                               .wait = wait_for_news };
