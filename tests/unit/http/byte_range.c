/* What part is asked for, in all the ways of writing it, right and wrong. */
#include "http/byte_range.h"

#define NONE 0, 0

static const struct {
  const char *header;
  guint64 size;
  ByteRange expected;
  guint64 first, last;
} CASES[] = {
  { NULL, 100, BYTE_RANGE_WHOLE, NONE },
  { "", 100, BYTE_RANGE_WHOLE, NONE },
  { "bytes=0-", 100, BYTE_RANGE_PART, 0, 99 },
  { "BYTES=0-0", 100, BYTE_RANGE_PART, 0, 0 },
  { "bytes=40-", 100, BYTE_RANGE_PART, 40, 99 },
  { "bytes=40-59", 100, BYTE_RANGE_PART, 40, 59 },
  { "bytes=40-1000", 100, BYTE_RANGE_PART, 40, 99 },
  { "bytes=99-", 100, BYTE_RANGE_PART, 99, 99 },
  { "bytes=100-", 100, BYTE_RANGE_OUTSIDE, NONE },
  { "bytes=0-", 0, BYTE_RANGE_OUTSIDE, NONE },
  { "bytes=-30", 100, BYTE_RANGE_PART, 70, 99 },
  { "bytes=-300", 100, BYTE_RANGE_PART, 0, 99 },
  { "bytes=-0", 100, BYTE_RANGE_OUTSIDE, NONE },
  { "bytes=-5", 0, BYTE_RANGE_OUTSIDE, NONE },
  { "bytes=-", 100, BYTE_RANGE_WHOLE, NONE },
  { "bytes=", 100, BYTE_RANGE_WHOLE, NONE },
  { "bytes=7", 100, BYTE_RANGE_WHOLE, NONE },
  { "bytes=60-40", 100, BYTE_RANGE_WHOLE, NONE },
  { "bytes=0-1,5-6", 100, BYTE_RANGE_WHOLE, NONE },
  { "bytes= 0-1", 100, BYTE_RANGE_WHOLE, NONE },
  { "bytes=0-1x", 100, BYTE_RANGE_WHOLE, NONE },
  { "bytes=x-", 100, BYTE_RANGE_WHOLE, NONE },
  { "bytes=+1-", 100, BYTE_RANGE_WHOLE, NONE },
  { "lines=0-", 100, BYTE_RANGE_WHOLE, NONE },
  { "bytes=99999999999999999999-", 100, BYTE_RANGE_WHOLE, NONE },
  { "bytes=0-99999999999999999999", 100, BYTE_RANGE_WHOLE, NONE },
};

static void test_table (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (CASES); i++) {
    guint64 first = 0, last = 0;
    ByteRange range = byte_range_read (CASES[i].header, CASES[i].size, &first, &last);

    g_test_message ("%s of %" G_GUINT64_FORMAT, CASES[i].header, CASES[i].size);
    g_assert_cmpint (range, ==, CASES[i].expected);
    if (range == BYTE_RANGE_PART) {
      g_assert_cmpuint (first, ==, CASES[i].first);
      g_assert_cmpuint (last, ==, CASES[i].last);
    }
  }
}

int main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/http/byte-range/table", test_table);
  return g_test_run ();
}
