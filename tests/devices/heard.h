/* heard.h: what USB readers tell, kept for a test to look at. */
#pragma once

#include "core/lock.h"
#include "usb/usb.h"

typedef struct {
  Lock lock;
  GString *codes; /* "reader:code|" */
  guint count;
  gint64 code_at_us, heard_us;
  GHashTable *states; /* name to "state detail" */
  guint told;
  guint keys, bytes; /* from the tap */
} Heard;

static inline void heard_on_code (const char *reader, const char *text, gint64 at_us, gpointer data)
{
  Heard *heard = data;
  gint64 now_us = g_get_monotonic_time ();

  lock_take (&heard->lock);
  if (heard->codes->len < 65536)
    g_string_append_printf (heard->codes, "%s:%s|", reader, text);
  heard->count++;
  heard->code_at_us = at_us;
  heard->heard_us = now_us;
  lock_give (&heard->lock);
}

static inline void heard_on_state (const char *reader, ReaderState state, const char *detail,
                                   gpointer data)
{
  Heard *heard = data;

  lock_take (&heard->lock);
  g_hash_table_replace (heard->states, g_strdup (reader),
                        g_strdup_printf ("%s %s", reader_state_name (state), detail));
  heard->told++;
  lock_give (&heard->lock);
}

static inline void heard_on_raw (const char *reader, const UsbRaw *raw, gpointer data)
{
  Heard *heard = data;

  lock_take (&heard->lock);
  heard->keys += raw->kind == USB_RAW_KEY ? 1 : 0;
  heard->bytes += raw->kind == USB_RAW_BYTES ? 1 : 0;
  lock_give (&heard->lock);
}

static inline Heard *heard_new (void)
{
  Heard *heard = g_new0 (Heard, 1);

  lock_init (&heard->lock);
  heard->codes = g_string_new (NULL);
  heard->states = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  return heard;
}

static inline void heard_free (Heard *heard)
{
  g_string_free (heard->codes, TRUE);
  g_hash_table_unref (heard->states);
  lock_clear (&heard->lock);
  g_free (heard);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Heard, heard_free)

static inline ReaderListener heard_listener (Heard *heard)
{
  return (ReaderListener){ .code = heard_on_code, .state = heard_on_state, .data = heard };
}

static inline guint heard_count (Heard *heard)
{
  guint count;

  lock_take (&heard->lock);
  count = heard->count;
  lock_give (&heard->lock);
  return count;
}

/* When the last code was heard. */
static inline gint64 heard_last_us (Heard *heard)
{
  gint64 last_us;

  lock_take (&heard->lock);
  last_us = heard->heard_us;
  lock_give (&heard->lock);
  return last_us;
}

/* Free with g_free(). */
static inline char *heard_codes (Heard *heard)
{
  char *codes;

  lock_take (&heard->lock);
  codes = g_strdup (heard->codes->str);
  lock_give (&heard->lock);
  return codes;
}

/* TRUE if @end is the last that was heard. */
static inline gboolean heard_ends (Heard *heard, const char *end)
{
  g_autofree char *codes = heard_codes (heard);

  return g_str_has_suffix (codes, end);
}

/* "ready Honeywell …"; free with g_free(). */
static inline char *heard_state (Heard *heard, const char *reader)
{
  char *state;

  lock_take (&heard->lock);
  state = g_strdup (g_hash_table_lookup (heard->states, reader));
  lock_give (&heard->lock);
  return state != NULL ? state : g_strdup ("");
}

/* TRUE if the reader's state and detail have @begin at the beginning and @part in
 * them. */
static inline gboolean heard_is (Heard *heard, const char *reader, const char *begin,
                                 const char *part)
{
  g_autofree char *state = heard_state (heard, reader);

  return g_str_has_prefix (state, begin) && strstr (state, part) != NULL;
}
