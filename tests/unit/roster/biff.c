/* Records, and texts that go on from one into the next. */
#include "roster/biff.h"

#include "unit/roster/biff_maker.h"

static void test_records (void)
{
  g_autoptr (GByteArray) stream = g_byte_array_new ();
  Biff biff;
  maker_record (stream, 0x0203, "0100 02000000 0000000000001C40 AABB");
  maker_record (stream, 0x0204, "05");
  biff_start (&biff, stream->data, stream->len, 0);
  g_assert_true (biff_next (&biff));
  g_assert_cmpuint (biff.type, ==, 0x0203);
  g_assert_cmpuint (biff_u16 (&biff), ==, 1);
  g_assert_cmpuint (biff_u32 (&biff), ==, 2);
  g_assert_cmpfloat (biff_double (&biff), ==, 7);
  g_assert_cmpuint (biff_left (&biff), ==, 2);
  g_assert_true (biff_next (&biff));
  g_assert_cmpuint (biff_u8 (&biff), ==, 5);
  g_assert_false (biff.damaged);
  g_assert_cmpuint (biff_u8 (&biff), ==, 0);
  g_assert_true (biff.damaged);
  g_assert_false (biff_next (&biff));
  biff_start (&biff, stream->data, stream->len, 1000);
  g_assert_false (biff_next (&biff));
}

/* Texts of which parts stand in CONTINUE records. */
static void test_texts (void)
{
  static const struct {
    guint count;
    const char *record, *more, *last, *text;
  } ROWS[] = {
    { 2, "00 4142", NULL, NULL, "AB" },
    { 3, "00 41", "01 0E66 4200", NULL, "A明B" },      /* the width may change */
    { 1, "01 3DD8", "01 00DE", NULL, "\xEF\xBF\xBD" }, /* cut after one unit of one: half */
    { 2, "01 3DD8", "01 00DE", NULL, "😀" },
    { 2, "08 0100 4142", "0000 0000", NULL, "AB" },   /* formats in the next */
    { 2, "04 03000000 4142 00", "0000", NULL, "AB" }, /* readings, too */
    { 3, "00 41", "00 42", "01 4300", "ABC" },
    { 0, "00", NULL, NULL, "" },
  };
  g_autoptr (GString) text = g_string_new ("before");
  for (gsize i = 0; i < G_N_ELEMENTS (ROWS); i++) {
    g_autoptr (GByteArray) stream = g_byte_array_new ();
    Biff biff;
    maker_record (stream, 0x0204, ROWS[i].record);
    if (ROWS[i].more != NULL)
      maker_record (stream, 0x003C, ROWS[i].more);
    if (ROWS[i].last != NULL)
      maker_record (stream, 0x003C, ROWS[i].last);
    maker_record (stream, 0x000A, "");
    biff_start (&biff, stream->data, stream->len, 0);
    g_assert_true (biff_next (&biff));
    biff_text (&biff, ROWS[i].count, text);
    g_assert_cmpstr (text->str, ==, ROWS[i].text);
    g_assert_false (biff.damaged);
    g_assert_true (biff_next (&biff));
    while (biff.type != 0x000A)
      g_assert_true (biff_next (&biff));
  }
}

int main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/roster/biff/records", test_records);
  g_test_add_func ("/roster/biff/texts", test_texts);
  return g_test_run ();
}
