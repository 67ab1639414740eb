#include "usb/code_assembler.h"

#include "scan/reader.h"

#include <string.h>

#define PAUSE_US 300000
#define PER_SECOND 50

typedef struct {
  GString *codes; /* each followed by '|' */
  guint count, problems[CODE_ASSEMBLER_UNFINISHED + 1];
  gint64 at_us;
  CodeAssembler *gather;
} Heard;

static void on_code (const char *text, gint64 at_us, gpointer data)
{
  Heard *heard = data;

  g_assert_true (g_utf8_validate (text, -1, NULL));
  g_assert_cmpuint (strlen (text), <=, READER_CODE_BYTES_MAX);
  g_string_append_printf (heard->codes, "%s|", text);
  heard->count++;
  heard->at_us = at_us;
}

static void on_problem (CodeAssemblerProblem problem, gpointer data)
{
  ((Heard *) data)->problems[problem]++;
}

static Heard *heard_new (void)
{
  Heard *heard = g_new0 (Heard, 1);
  CodeAssemblerListener listener = { .code = on_code, .problem = on_problem, .data = heard };

  heard->codes = g_string_new (NULL);
  heard->gather = code_assembler_new (PAUSE_US, PER_SECOND, &listener);
  return heard;
}

static void heard_free (Heard *heard)
{
  code_assembler_free (heard->gather);
  g_string_free (heard->codes, TRUE);
  g_free (heard);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Heard, heard_free)

static void send (Heard *heard, const char *bytes, gsize length, gint64 at_us)
{
  code_assembler_bytes (heard->gather, (const guint8 *) bytes, length, TRUE, at_us);
}

static void test_lines (void)
{
  static const struct {
    const char *bytes, *codes;
    gsize length;
    guint controls;
  } ROWS[] = {
    { "AC:1\r", "AC:1|", 0, 0 },       { "AC:1\r\nAC:2\r\n", "AC:1|AC:2|", 0, 0 },
    { "\r\n \r\t\r", "", 0, 0 },       { "  AC:1 2 \n", "AC:1 2|", 0, 0 },
    { "\002AC:1\003", "AC:1|", 0, 0 }, { "AC:1\0AC:2\0", "AC:1|AC:2|", 10, 0 },
    { "A\0361\r", "A?1|", 0, 1 },      { "\033[2Jx\r", "?[2Jx|", 0, 1 },
    { "a\xFF\xC3\r", "a??|", 0, 1 },   { "é 王思远\r", "é 王思远|", 0, 0 },
    { "a\002b\r", "a?b|", 0, 1 },      { "a\342\200\256b\r", "a?b|", 0, 1 },
    { "a\tb\r", "a?b|", 0, 1 },        { "AC:1", "", 0, 0 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (ROWS); i++) {
    g_autoptr (Heard) heard = heard_new ();
    send (heard, ROWS[i].bytes, ROWS[i].length > 0 ? ROWS[i].length : strlen (ROWS[i].bytes), 1);
    g_assert_cmpstr (heard->codes->str, ==, ROWS[i].codes);
    g_assert_cmpuint (heard->problems[CODE_ASSEMBLER_CONTROL], ==, ROWS[i].controls);
    g_assert_cmpuint (heard->problems[CODE_ASSEMBLER_GOOD], ==, heard->count - ROWS[i].controls);
  }
}

static void test_characters (void)
{
  g_autoptr (Heard) heard = heard_new ();

  for (const char *at = "\tAC:1\té王\r\n"; *at != '\0'; at += g_utf8_skip[(guchar) *at])
    code_assembler_character (heard->gather, g_utf8_get_char (at), 5);
  g_assert_cmpstr (heard->codes->str, ==, "AC:1|é王|");
  g_assert_cmpint (heard->at_us, ==, 5);
}

static void test_pause (void)
{
  g_autoptr (Heard) heard = heard_new ();

  g_assert_cmpint (code_assembler_due_us (heard->gather), ==, G_MAXINT64);
  send (heard, "AC", 2, 1000);
  g_assert_cmpint (code_assembler_due_us (heard->gather), ==, 1000 + PAUSE_US);
  send (heard, ":1", 2, 200000);
  code_assembler_tick (heard->gather, 1000 + PAUSE_US);
  g_assert_cmpuint (heard->count, ==, 0);
  code_assembler_tick (heard->gather, 200000 + PAUSE_US);
  g_assert_cmpstr (heard->codes->str, ==, "AC:1|");
  g_assert_cmpint (heard->at_us, ==, 200000); /* when its last byte came */
  code_assembler_tick (heard->gather, G_MAXINT64 - 1);
  g_assert_cmpuint (heard->count, ==, 1);
}

static void test_long (void)
{
  static const struct {
    gsize length;
    gboolean good;
  } ROWS[] = { { READER_CODE_BYTES_MAX, TRUE },
               { READER_CODE_BYTES_MAX + 1, FALSE },
               { 10000, FALSE },
               { 1000000, FALSE } };

  for (guint i = 0; i < G_N_ELEMENTS (ROWS); i++) {
    g_autoptr (Heard) heard = heard_new ();
    g_autofree char *code = g_strnfill (ROWS[i].length, 'x');
    send (heard, code, ROWS[i].length, 1);
    send (heard, "  \rAC:2\r", 8, 1);
    g_assert_cmpuint (heard->count, ==, ROWS[i].good ? 2 : 1);
    g_assert_cmpuint (heard->problems[CODE_ASSEMBLER_LONG], ==, ROWS[i].good ? 0 : 1);
    g_assert_true (g_str_has_suffix (heard->codes->str, "AC:2|"));
  }
}

/* A character that the limit would cut in two is not half kept: the whole code is
 * dropped. */
static void test_long_character (void)
{
  g_autoptr (Heard) heard = heard_new ();

  for (guint i = 0; i < READER_CODE_BYTES_MAX - 1; i++)
    code_assembler_character (heard->gather, 'x', 1);
  code_assembler_character (heard->gather, 0xE9, 1);
  code_assembler_character (heard->gather, '\r', 1);
  g_assert_cmpuint (heard->count, ==, 0);
  g_assert_cmpuint (heard->problems[CODE_ASSEMBLER_LONG], ==, 1);
}

/* 100,000 codes in a second: as many as a door can take, the rest dropped; the next
 * second is a new one. */
static void test_fast (void)
{
  g_autoptr (Heard) heard = heard_new ();

  for (guint i = 0; i < 100000; i++)
    send (heard, "AC:1\r", 5, G_USEC_PER_SEC + i * 10);
  g_assert_cmpuint (heard->count, ==, PER_SECOND);
  g_assert_cmpuint (heard->problems[CODE_ASSEMBLER_FAST], ==, 100000 - PER_SECOND);
  send (heard, "AC:2\r", 5, 2 * G_USEC_PER_SEC);
  g_assert_cmpuint (heard->count, ==, PER_SECOND + 1);
}

static void test_drop (void)
{
  g_autoptr (Heard) heard = heard_new ();

  code_assembler_drop (heard->gather);
  g_assert_cmpuint (heard->problems[CODE_ASSEMBLER_UNFINISHED], ==, 0);
  send (heard, "AC:HALF", 7, 1);
  code_assembler_drop (heard->gather);
  g_assert_cmpuint (heard->problems[CODE_ASSEMBLER_UNFINISHED], ==, 1);
  send (heard, "AC:1\r", 5, 2);
  g_assert_cmpstr (heard->codes->str, ==, "AC:1|");
}

/* However the same bytes are cut into pieces, the same codes come out. */
static void test_pieces (void)
{
  static const char BYTES[] = "AC:1\rAC:22\r\n\002x\003 é王 \n\xFF\r";
  guint32 seed = (guint32) g_test_rand_int ();
  g_autoptr (GRand) rand = g_rand_new_with_seed (seed);

  g_test_message ("seed %u", seed);
  for (guint round = 0; round < 200; round++) {
    g_autoptr (Heard) heard = heard_new ();
    for (gsize at = 0; at < sizeof BYTES - 1;) {
      gsize piece = (gsize) g_rand_int_range (rand, 1, 6);
      piece = MIN (piece, sizeof BYTES - 1 - at);
      send (heard, BYTES + at, piece, 1);
      at += piece;
    }
    g_assert_cmpstr (heard->codes->str, ==, "AC:1|AC:22|x|é王|?|");
  }
}

int main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/scan/gather/lines", test_lines);
  g_test_add_func ("/scan/gather/characters", test_characters);
  g_test_add_func ("/scan/gather/pause", test_pause);
  g_test_add_func ("/scan/gather/long", test_long);
  g_test_add_func ("/scan/gather/long-character", test_long_character);
  g_test_add_func ("/scan/gather/fast", test_fast);
  g_test_add_func ("/scan/gather/drop", test_drop);
  g_test_add_func ("/scan/gather/pieces", test_pieces);
  return g_test_run ();
}
