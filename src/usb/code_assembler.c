#include "usb/code_assembler.h"

#include "scan/reader.h"

#define STX 0x02
#define ETX 0x03

struct _CodeAssembler {
  gint64 pause_us;
  guint per_second;
  CodeAssemblerListener listener;
  GString *raw; /* never longer than READER_CODE_BYTES_MAX */
  GString *text;
  gboolean cut;     /* more came than raw may hold */
  gint64 last_us;   /* of the latest byte of the code under way */
  gint64 second_us; /* the beginning of the second that is counted */
  guint in_second;
};

CodeAssembler *code_assembler_new (gint64 pause_us, guint per_second,
                                   const CodeAssemblerListener *listener)
{
  CodeAssembler *gather = g_new0 (CodeAssembler, 1);

  gather->pause_us = pause_us;
  gather->per_second = per_second;
  gather->listener = *listener;
  gather->raw = g_string_sized_new (READER_CODE_BYTES_MAX);
  gather->text = g_string_sized_new (READER_CODE_BYTES_MAX);
  gather->second_us = G_MININT64 / 2;
  return gather;
}

void code_assembler_free (CodeAssembler *gather)
{
  if (gather == NULL)
    return;
  g_string_free (gather->raw, TRUE);
  g_string_free (gather->text, TRUE);
  g_free (gather);
}

static void forget (CodeAssembler *gather)
{
  g_string_truncate (gather->raw, 0);
  gather->cut = FALSE;
}

static void tell (CodeAssembler *gather, CodeAssemblerProblem problem)
{
  gather->listener.problem (problem, gather->listener.data);
}

/* White space at the beginning does not count, nor does it towards the limit. */
static void add (CodeAssembler *gather, const char *bytes, gsize length, gint64 at_us)
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
static gboolean clean (CodeAssembler *gather)
{
  gsize length = gather->raw->len;

  while (length > 0 && g_ascii_isspace (gather->raw->str[length - 1]))
    length--;
  g_string_truncate (gather->text, 0);
  return reader_append (gather->text, gather->raw->str, length) > 0;
}

static gboolean too_fast (CodeAssembler *gather, gint64 at_us)
{
  if (at_us - gather->second_us >= G_USEC_PER_SEC) {
    gather->second_us = at_us;
    gather->in_second = 0;
  }
  return ++gather->in_second > gather->per_second;
}

void code_assembler_end (CodeAssembler *gather, gint64 at_us)
{
  gboolean cut = gather->cut;
  gboolean replaced = clean (gather);
  gboolean nothing = gather->text->len == 0;

  forget (gather);
  if (nothing)
    return;
  if (too_fast (gather, at_us))
    tell (gather, CODE_ASSEMBLER_FAST);
  else if (cut)
    tell (gather, CODE_ASSEMBLER_LONG);
  else {
    gather->listener.code (gather->text->str, at_us, gather->listener.data);
    tell (gather, replaced ? CODE_ASSEMBLER_CONTROL : CODE_ASSEMBLER_GOOD);
  }
}

void code_assembler_bytes (CodeAssembler *gather, const guint8 *bytes, gsize length, gboolean lines,
                           gint64 at_us)
{
  for (gsize i = 0; i < length; i++) {
    char byte = (char) bytes[i];
    if (lines && (byte == '\r' || byte == '\n' || byte == ETX || byte == '\0'))
      code_assembler_end (gather, at_us);
    else if (!lines || byte != STX || gather->raw->len > 0)
      add (gather, &byte, 1, at_us);
  }
}

void code_assembler_character (CodeAssembler *gather, gunichar c, gint64 at_us)
{
  char bytes[6];

  if (c == '\r' || c == '\n' || c == '\t')
    code_assembler_end (gather, at_us);
  else
    add (gather, bytes, (gsize) g_unichar_to_utf8 (c, bytes), at_us);
}

gint64 code_assembler_due_us (const CodeAssembler *gather)
{
  return gather->raw->len > 0 ? gather->last_us + gather->pause_us : G_MAXINT64;
}

void code_assembler_tick (CodeAssembler *gather, gint64 now_us)
{
  if (now_us >= code_assembler_due_us (gather))
    code_assembler_end (gather, gather->last_us);
}

void code_assembler_drop (CodeAssembler *gather)
{
  gboolean any = gather->raw->len > 0;

  forget (gather);
  if (any)
    tell (gather, CODE_ASSEMBLER_UNFINISHED);
}
