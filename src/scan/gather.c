#include "scan/gather.h"

#include "scan/reader.h"

#define STX 0x02
#define ETX 0x03

struct _Gather {
  gint64 pause_us;
  guint per_second;
  GatherListener listener;
  GString *raw;       /* never longer than READER_CODE_BYTES_MAX */
  GString *text;
  gboolean cut;       /* more came than raw may hold */
  gint64 last_us;     /* of the latest byte of the code under way */
  gint64 second_us;   /* the beginning of the second that is counted */
  guint in_second;
};

Gather *gather_new (gint64 pause_us, guint per_second, const GatherListener *listener)
{
  Gather *gather = g_new0 (Gather, 1);

  gather->pause_us = pause_us;
  gather->per_second = per_second;
  gather->listener = *listener;
  gather->raw = g_string_sized_new (READER_CODE_BYTES_MAX);
  gather->text = g_string_sized_new (READER_CODE_BYTES_MAX);
  gather->second_us = G_MININT64 / 2;
  return gather;
}

void gather_free (Gather *gather)
{
  if (gather == NULL)
    return;
  g_string_free (gather->raw, TRUE);
  g_string_free (gather->text, TRUE);
  g_free (gather);
}

static void forget (Gather *gather)
{
  g_string_truncate (gather->raw, 0);
  gather->cut = FALSE;
}

static void tell (Gather *gather, GatherProblem problem)
{
  gather->listener.problem (problem, gather->listener.data);
}

/* White space at the beginning does not count, nor does it towards the limit. */
static void add (Gather *gather, const char *bytes, gsize length, gint64 at_us)
{
  if (gather->raw->len == 0 && length == 1 && g_ascii_isspace (bytes[0]))
    return;
  if (gather->raw->len + length <= READER_CODE_BYTES_MAX)
    g_string_append_len (gather->raw, bytes, (gssize) length);
  else if (length > 1 || !g_ascii_isspace (bytes[0]))
    gather->cut = TRUE;
  gather->last_us = at_us;
}

/* TRUE if something was replaced. */
static gboolean clean (Gather *gather)
{
  gsize length = gather->raw->len;

  while (length > 0 && g_ascii_isspace (gather->raw->str[length - 1]))
    length--;
  g_string_truncate (gather->text, 0);
  return reader_append (gather->text, gather->raw->str, length) > 0;
}

static gboolean too_fast (Gather *gather, gint64 at_us)
{
  if (at_us - gather->second_us >= G_USEC_PER_SEC) {
    gather->second_us = at_us;
    gather->in_second = 0;
  }
  return ++gather->in_second > gather->per_second;
}

void gather_end (Gather *gather, gint64 at_us)
{
  gboolean cut = gather->cut;
  gboolean replaced = clean (gather);
  gboolean nothing = gather->text->len == 0;

  forget (gather);
  if (nothing)
    return;
  if (too_fast (gather, at_us))
    tell (gather, GATHER_FAST);
  else if (cut)
    tell (gather, GATHER_LONG);
  else {
    gather->listener.code (gather->text->str, at_us, gather->listener.data);
    tell (gather, replaced ? GATHER_CONTROL : GATHER_GOOD);
  }
}

void gather_bytes (Gather *gather, const guint8 *bytes, gsize length, gboolean lines, gint64 at_us)
{
  for (gsize i = 0; i < length; i++) {
    char byte = (char) bytes[i];
    if (lines && (byte == '\r' || byte == '\n' || byte == ETX || byte == '\0'))
      gather_end (gather, at_us);
    else if (!lines || byte != STX || gather->raw->len > 0)
      add (gather, &byte, 1, at_us);
  }
}

void gather_character (Gather *gather, gunichar c, gint64 at_us)
{
  char bytes[6];

  if (c == '\r' || c == '\n' || c == '\t')
    gather_end (gather, at_us);
  else
    add (gather, bytes, (gsize) g_unichar_to_utf8 (c, bytes), at_us);
}

gint64 gather_due_us (const Gather *gather)
{
  return gather->raw->len > 0 ? gather->last_us + gather->pause_us : G_MAXINT64;
}

void gather_tick (Gather *gather, gint64 now_us)
{
  if (now_us >= gather_due_us (gather))
    gather_end (gather, gather->last_us);
}

void gather_drop (Gather *gather)
{
  gboolean any = gather->raw->len > 0;

  forget (gather);
  if (any)
    tell (gather, GATHER_UNFINISHED);
}
