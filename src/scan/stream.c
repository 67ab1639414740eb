#include "scan/stream.h"

#include "core/lock.h"
#include "core/words.h"
#include "scan/debounce.h"

#include <string.h>

#define BATCH 16 /* codes delivered before the context's other sources get their turn */

typedef struct {
  char *name, *kind;
  /* Told by the reader's thread, behind the stream's lock. */
  ReaderState state;
  char *detail;
  gboolean changed;
  guint waiting;
  guint64 repeats, lost;
  gint64 last_us;
  /* Of the stream's own thread. */
  ReaderState shown;
  char *shown_detail;
  guint64 codes, lost_said;
  gint64 lost_said_us;
} Slot;

typedef struct {
  Slot *slot;
  char *text;
  gint64 at_us;
} Waiting;

typedef struct {
  gpointer reader;
  GDestroyNotify free_reader;
} Kept;

struct _Stream {
  StreamHandler handler;
  GSource *source;
  GPtrArray *slots; /* Slot; only ever grows, in the stream's thread and behind the lock */
  GArray *kept;     /* Kept */
  Lock lock;
  GQueue *queue; /* Waiting */
  Debounce *debounce;
};

typedef struct {
  GSource source;
  Stream *stream;
} StreamSource;

G_DEFINE_QUARK (stream - error - quark, stream_error)

static void slot_free (Slot *slot)
{
  g_free (slot->name);
  g_free (slot->kind);
  g_free (slot->detail);
  g_free (slot->shown_detail);
  g_free (slot);
}

static void waiting_free (Waiting *waiting)
{
  g_free (waiting->text);
  g_free (waiting);
}

/* From the readers' threads ---------------------------------------------------------- */

/* Behind the lock, or in the stream's thread. */
static Slot *slot_of (const Stream *stream, const char *name)
{
  for (guint i = 0; i < stream->slots->len; i++) {
    Slot *slot = g_ptr_array_index (stream->slots, i);
    if (strcmp (slot->name, name) == 0)
      return slot;
  }
  return NULL;
}

static void take_code (Stream *stream, Slot *slot, const char *text, gint64 at_us)
{
  Waiting *waiting;

  slot->last_us = at_us;
  if (slot->waiting >= STREAM_WAITING_MAX || strlen (text) > READER_CODE_BYTES_MAX) {
    slot->lost++; /* and is not remembered, so that its repeat is a scan */
    return;
  }
  if (!debounce_is_new (stream->debounce, text, at_us)) {
    slot->repeats++;
    return;
  }
  waiting = g_new (Waiting, 1);
  *waiting = (Waiting){ slot, g_strdup (text), at_us };
  g_queue_push_tail (stream->queue, waiting);
  slot->waiting++;
}

static void on_code (const char *reader, const char *text, gint64 at_us, gpointer data)
{
  Stream *stream = data;
  Slot *slot;

  lock_take (&stream->lock);
  slot = slot_of (stream, reader);
  if (slot != NULL)
    take_code (stream, slot, text, at_us);
  g_source_set_ready_time (stream->source, 0);
  lock_give (&stream->lock);
}

static void on_state (const char *reader, ReaderState state, const char *detail, gpointer data)
{
  Stream *stream = data;
  Slot *slot;

  lock_take (&stream->lock);
  slot = slot_of (stream, reader);
  if (slot != NULL && (slot->state != state || strcmp (slot->detail, detail) != 0)) {
    slot->changed = TRUE;
    slot->state = state;
    g_free (slot->detail);
    slot->detail = g_strdup (detail);
  }
  g_source_set_ready_time (stream->source, 0);
  lock_give (&stream->lock);
}

static gboolean is_full (const char *reader, gpointer data)
{
  Stream *stream = data;
  const Slot *slot;
  gboolean full;

  lock_take (&stream->lock);
  slot = slot_of (stream, reader);
  full = slot != NULL && slot->waiting >= STREAM_WAITING_MAX;
  lock_give (&stream->lock);
  return full;
}

ReaderListener stream_listener (Stream *stream)
{
  return (ReaderListener){ .code = on_code, .state = on_state, .full = is_full, .data = stream };
}

/* In the stream's thread ------------------------------------------------------------- */

static Waiting *next_code (Stream *stream)
{
  Waiting *waiting;

  lock_take (&stream->lock);
  waiting = g_queue_pop_head (stream->queue);
  if (waiting != NULL)
    waiting->slot->waiting--;
  lock_give (&stream->lock);
  return waiting;
}

static void deliver_codes (Stream *stream)
{
  Waiting *waiting;

  for (guint i = 0; i < BATCH && (waiting = next_code (stream)) != NULL; i++) {
    waiting->slot->codes++;
    if (stream->handler.code != NULL)
      stream->handler.code (waiting->slot->name, waiting->text, waiting->at_us,
                            stream->handler.data);
    waiting_free (waiting);
  }
}

static char *detail_of (const Slot *slot)
{
  g_autofree char *lost
      = slot->lost > 0 ? g_strdup_printf (
            _ ("codes that came faster than they could be taken, and are lost: %llu"),
            (unsigned long long) slot->lost)
                       : g_strdup ("");

  return g_strconcat (slot->detail, slot->detail[0] != '\0' && lost[0] != '\0' ? "; " : "", lost,
                      NULL);
}

/* TRUE if there is something to say about the slot; behind the lock. *@again_us is
 * brought forward if there will be. */
static gboolean take_state (Slot *slot, gint64 now_us, gint64 *again_us)
{
  gboolean waits = slot->state == READER_ENDED && slot->waiting > 0;
  gboolean lost = slot->lost != slot->lost_said,
           soon = slot->lost_said > 0 && now_us < slot->lost_said_us + STREAM_SAY_US;

  if (!waits && lost && soon && !slot->changed)
    *again_us = MIN (*again_us, slot->lost_said_us + STREAM_SAY_US);
  if (waits || (!slot->changed && (!lost || soon)))
    return FALSE;
  slot->changed = FALSE;
  if (lost)
    slot->lost_said_us = now_us;
  slot->lost_said = slot->lost;
  slot->shown = slot->state;
  g_free (slot->shown_detail);
  slot->shown_detail = detail_of (slot);
  return TRUE;
}

static void deliver_states (Stream *stream)
{
  gint64 now_us = g_get_monotonic_time (), again_us = G_MAXINT64;

  for (guint i = 0; i < stream->slots->len; i++) {
    gboolean said;
    lock_take (&stream->lock);
    said = take_state (g_ptr_array_index (stream->slots, i), now_us, &again_us);
    lock_give (&stream->lock);
    if (said && stream->handler.state != NULL) {
      StreamReader reader = stream_reader (stream, i);
      stream->handler.state (&reader, stream->handler.data);
    }
  }
  /* Readers set the time behind the same lock, so that what one told meanwhile is not put
   * off. */
  lock_take (&stream->lock);
  if (!g_queue_is_empty (stream->queue))
    g_source_set_ready_time (stream->source, 0);
  else if (again_us != G_MAXINT64 && g_source_get_ready_time (stream->source) < 0)
    g_source_set_ready_time (stream->source, again_us);
  lock_give (&stream->lock);
}

static gboolean dispatch (GSource *source, GSourceFunc callback, gpointer data)
{
  Stream *stream = ((StreamSource *) source)->stream;

  g_source_set_ready_time (source, -1);
  deliver_codes (stream);
  deliver_states (stream);
  return G_SOURCE_CONTINUE;
}

static GSourceFuncs source_funcs = { .dispatch = dispatch };

/* Life ------------------------------------------------------------------------------- */

Stream *stream_new (GMainContext *context, const StreamHandler *handler)
{
  Stream *stream = g_new0 (Stream, 1);

  stream->handler = *handler;
  stream->slots = g_ptr_array_new_with_free_func ((GDestroyNotify) slot_free);
  stream->kept = g_array_new (FALSE, FALSE, sizeof (Kept));
  stream->queue = g_queue_new ();
  stream->debounce = debounce_new ();
  lock_init (&stream->lock);
  stream->source = g_source_new (&source_funcs, sizeof (StreamSource));
  ((StreamSource *) stream->source)->stream = stream;
  g_source_set_name (stream->source, "stream");
  g_source_attach (stream->source, context);
  return stream;
}

void stream_free (Stream *stream)
{
  if (stream == NULL)
    return;
  for (guint i = stream->kept->len; i > 0; i--) {
    Kept *kept = &g_array_index (stream->kept, Kept, i - 1);
    kept->free_reader (kept->reader);
  }
  g_array_unref (stream->kept);
  g_source_destroy (stream->source);
  g_source_unref (stream->source);
  g_queue_free_full (stream->queue, (GDestroyNotify) waiting_free);
  debounce_free (stream->debounce);
  g_ptr_array_unref (stream->slots);
  lock_clear (&stream->lock);
  g_free (stream);
}

gboolean stream_add (Stream *stream, const char *name, const char *kind, GError **error)
{
  Slot *slot;

  if (name[0] == '\0' || strlen (name) > READER_NAME_MAX || slot_of (stream, name) != NULL) {
    g_set_error (
        error, STREAM_ERROR, STREAM_ERROR_NAME,
        _ ("a reader cannot be called “%s”: the name is taken, empty or longer than %d bytes"),
        name, READER_NAME_MAX);
    return FALSE;
  }
  if (stream->slots->len >= STREAM_READERS_MAX) {
    g_set_error (error, STREAM_ERROR, STREAM_ERROR_MANY,
                 _ ("the reader “%s” is one too many: a station has at most %d"), name,
                 STREAM_READERS_MAX);
    return FALSE;
  }
  slot = g_new0 (Slot, 1);
  slot->name = g_strdup (name);
  slot->kind = g_strdup (kind);
  slot->detail = g_strdup ("");
  slot->shown_detail = g_strdup ("");
  lock_take (&stream->lock);
  g_ptr_array_add (stream->slots, slot);
  lock_give (&stream->lock);
  return TRUE;
}

void stream_keep (Stream *stream, gpointer reader, GDestroyNotify free_reader)
{
  Kept kept = { reader, free_reader };

  g_array_append_val (stream->kept, kept);
}

guint stream_count (const Stream *stream)
{
  return stream->slots->len;
}

StreamReader stream_reader (Stream *stream, guint index)
{
  Slot *slot = g_ptr_array_index (stream->slots, index);
  StreamReader reader = { .name = slot->name,
                          .kind = slot->kind,
                          .state = slot->shown,
                          .detail = slot->shown_detail,
                          .codes = slot->codes };

  lock_take (&stream->lock);
  reader.repeats = slot->repeats;
  reader.lost = slot->lost;
  reader.last_us = slot->last_us;
  lock_give (&stream->lock);
  return reader;
}
