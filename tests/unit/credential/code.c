#include "credential/code.h"

#include "core/hash.h"
#include "credential/base45.h"

#include <string.h>

#define LONGEST "ABCDEFGHIJKLMNOPQRSTUVWXYZ-_./09"

/* A key of a fixed secret, so that texts can be compared with ones made before. */
static const char SECRET[] = "nWGxne/9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2DXWpgBgrEKt9VL/"
                             "tPJZAc6DuFy89qmIyWvAhpo9wdRGg=="; /* RFC 8032, 7.1, test 1 */

static SignSecret secret;
static SignPublic key;

static const struct {
  CodeKind kind;
  const char *reference;
  guint serial;
} ROWS[] = {
  { CODE_TICKET, "A", 0 },
  { CODE_TICKET, "FR-0017", 0 },
  { CODE_TICKET, "2016/CN.0042_b", 0 },
  { CODE_TICKET, LONGEST, 0 },
  { CODE_BADGE, "A", 1 },
  { CODE_BADGE, "FR-0017", 2 },
  { CODE_BADGE, "CN-0108", 256 },
  { CODE_BADGE, LONGEST, CODE_SERIAL_MAX },
};

static char *make (guint row)
{
  g_autoptr (GError) error = NULL;
  char *text = ROWS[row].kind == CODE_TICKET
                   ? code_make_ticket (&secret, ROWS[row].reference, &error)
                   : code_make_badge (&secret, ROWS[row].reference, ROWS[row].serial, &error);

  g_assert_no_error (error);
  g_assert_nonnull (text);
  return text;
}

/* TRUE if a door would open for @text. */
static gboolean accepted (const char *text)
{
  Code code;

  return code_read (text, &code, NULL) && code_is_signed_by (&code, &key);
}

static gsize bytes_of (const char *text, guint8 *bytes, gsize size)
{
  gsize length;

  g_assert_true (base45_decode (text + 3, strlen (text) - 3, bytes, size, &length));
  return length;
}

static char *text_of (const guint8 *bytes, gsize length)
{
  g_autofree char *encoded = base45_encode (bytes, length);

  return g_strconcat (CODE_PREFIX, encoded, NULL);
}

static void test_round_trip (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (ROWS); i++) {
    g_autofree char *text = make (i);
    g_autofree char *padded = g_strconcat (" \t", text, "\r\n", NULL);
    char id[9];
    g_autofree char *key_id = sign_key_id_text (&key);
    Code code;

    g_assert_cmpuint (strlen (text), <=, CODE_TEXT_MAX);
    g_assert_true (code_read (text, &code, NULL));
    g_assert_cmpint (code.kind, ==, ROWS[i].kind);
    g_assert_cmpstr (code.reference, ==, ROWS[i].reference);
    g_assert_cmpuint (code.serial, ==, ROWS[i].serial);
    code_key_id_text (&code, id);
    g_assert_cmpstr (id, ==, key_id);
    g_assert_true (code_is_signed_by (&code, &key));
    g_assert_true (accepted (padded));
  }
}

/* Caps Lock at a reader turns all letters round; some turned and some not is no reader's
 * doing. */
static void test_small_letters (void)
{
  g_autofree char *text = NULL, *small = NULL;
  Code code;

  text = code_make_ticket (&secret, "FR-0017", NULL);
  small = g_ascii_strdown (text, -1);
  g_assert_true (code_read (small, &code, NULL));
  g_assert_true (code_is_signed_by (&code, &key));
  g_assert_cmpstr (code.reference, ==, "FR-0017");
  small[0] = 'A';
  g_assert_false (code_read (small, &code, NULL));
}

/* The layout that src/README.md states, byte for byte. */
static void test_layout (void)
{
  g_autofree char *text = make (5);
  guint8 bytes[128];
  gsize length = bytes_of (text, bytes, sizeof bytes);
  Hash hash = hash_of (key.bytes, sizeof key.bytes);

  g_assert_cmpuint (length, ==, 1 + 4 + 1 + 7 + 2 + 64);
  g_assert_cmpuint (bytes[0], ==, 0xA2);
  g_assert_cmpmem (bytes + 1, 4, hash.bytes, 4);
  g_assert_cmpuint (bytes[5], ==, 7);
  g_assert_cmpmem (bytes + 6, 7, "FR-0017", 7);
  g_assert_cmpuint (bytes[13], ==, 0);
  g_assert_cmpuint (bytes[14], ==, 2);
  g_assert_true (sign_check (&key, bytes, 15, bytes + 15));
}

/* One that replaces an earlier ticket says the how manieth it is; the first is a plain one. */
static void test_later_ticket (void)
{
  static const guint SERIALS[] = { 1, 2, 256, CODE_SERIAL_MAX };
  g_autofree char *first = code_make_later_ticket (&secret, "FR-0017", 0, NULL), *plain = make (1);
  g_autoptr (GError) error = NULL;

  g_assert_cmpstr (first, ==, plain);
  for (guint i = 0; i < G_N_ELEMENTS (SERIALS); i++) {
    g_autofree char *text = code_make_later_ticket (&secret, "FR-0017", SERIALS[i], &error);
    Code code;

    g_assert_no_error (error);
    g_assert_true (code_read (text, &code, NULL));
    g_assert_true (code_is_signed_by (&code, &key));
    g_assert_cmpint (code.kind, ==, CODE_TICKET);
    g_assert_cmpstr (code.reference, ==, "FR-0017");
    g_assert_cmpuint (code.serial, ==, SERIALS[i]);
  }
  g_assert_null (code_make_later_ticket (&secret, "FR-0017", CODE_SERIAL_MAX + 1, &error));
  g_assert_error (error, CODE_ERROR, CODE_ERROR_REFERENCE);
}

/* Tickets are sent months before the congress: a later version must still read them. */
static void test_stable (void)
{
  g_autofree char *text = make (1);

  g_assert_cmpstr (text, ==,
                   "AC:QIK5E9A362+83W5746G27RCD7.M$E4Z1CH:3G$4B$55FVUMIYS6. "
                   "JZ$VMSQ.THHN0X9VG1NLVO:B04W8Q8IB 7Y3Q TOJV0JCLBVM.+L734$0MGCMA0");
  g_assert_true (accepted (text));
}

static void test_bit_flips (void)
{
  for (guint row = 0; row < G_N_ELEMENTS (ROWS); row++) {
    g_autofree char *text = make (row);
    guint8 bytes[128];
    gsize length = bytes_of (text, bytes, sizeof bytes);

    g_assert_true (accepted (text));
    for (gsize i = 0; text[i] != '\0'; i++)
      for (guint bit = 0; bit < 8; bit++) {
        g_autofree char *flipped = g_strdup (text);
        flipped[i] = (char) (flipped[i] ^ (1 << bit));
        g_assert_false (accepted (flipped));
      }
    for (gsize i = 0; i < length; i++)
      for (guint bit = 0; bit < 8; bit++) {
        g_autofree char *flipped = NULL;
        bytes[i] ^= (guint8) (1 << bit);
        flipped = text_of (bytes, length);
        g_assert_false (accepted (flipped));
        bytes[i] ^= (guint8) (1 << bit);
      }
  }
}

static void test_truncations (void)
{
  for (guint row = 0; row < G_N_ELEMENTS (ROWS); row++) {
    g_autofree char *text = make (row);
    guint8 bytes[128];
    gsize length = bytes_of (text, bytes, sizeof bytes);

    for (gsize kept = 0; kept < strlen (text); kept++) {
      g_autofree char *head = g_strndup (text, kept);
      g_autofree char *tail = g_strconcat (CODE_PREFIX, text + strlen (text) - kept, NULL);
      g_assert_false (accepted (head));
      g_assert_false (strcmp (tail, text) != 0 && accepted (tail));
    }
    for (gsize kept = 0; kept < length; kept++) {
      g_autofree char *head = text_of (bytes, kept);
      g_autofree char *tail = text_of (bytes + length - kept, kept);
      g_assert_false (accepted (head));
      g_assert_false (accepted (tail));
    }
    bytes[length] = 0;
    {
      g_autofree char *longer = text_of (bytes, length + 1);
      g_autofree char *twice = g_strconcat (text, text, NULL);
      g_assert_false (accepted (longer));
      g_assert_false (accepted (twice));
    }
  }
}

static void test_refused (void)
{
  g_autofree char *big = g_strnfill (100000, 'A');
  g_autofree char *ours_big = g_strconcat (CODE_PREFIX, big, NULL);
  g_autofree char *spaces = g_strnfill (300, ' ');
  g_autofree char *ours_spaces = g_strconcat (CODE_PREFIX, spaces, NULL);
  const struct {
    const char *text;
    CodeError error;
  } rows[] = {
    { "", CODE_ERROR_FOREIGN },
    { "   ", CODE_ERROR_FOREIGN },
    { "AC", CODE_ERROR_FOREIGN },
    { "ac:BB8", CODE_ERROR_FOREIGN },
    { "https://example.org/t/1", CODE_ERROR_FOREIGN },
    { big, CODE_ERROR_FOREIGN },
    { "AC:", CODE_ERROR_MALFORMED },
    { "AC: ", CODE_ERROR_MALFORMED },
    { "AC:BB8", CODE_ERROR_MALFORMED },
    { ours_big, CODE_ERROR_MALFORMED },
    { ours_spaces, CODE_ERROR_MALFORMED },
    { "AC:\xff\xfe", CODE_ERROR_MALFORMED },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (GError) error = NULL;
    Code code;
    g_assert_false (code_read (rows[i].text, &code, &error));
    g_assert_error (error, CODE_ERROR, (gint) rows[i].error);
    g_assert_cmpstr (code.reference, ==, "");
  }
}

/* Signed by the right key, yet no code: the signature alone does not make one. */
static void test_signed_nonsense (void)
{
  static const struct {
    const char *bytes;
    gsize length;
  } ROWS_SIGNED[] = {
    { "\xA1####\x00", 6 }, /* no reference */
    { "\xA1####\x02"
      "A",
      7 }, /* a length beyond the end */
    { "\xA1####\x01"
      "AB",
      8 }, /* and one before it */
    { "\xA1####\x03"
      "A\0B",
      9 }, /* a hidden rest */
    { "\xA1####\x02"
      "A ",
      8 }, /* no reference's letters */
    { "\xA1####\x02\xc3\xa9", 8 },
    { "\xA2####\x01"
      "A\0\0",
      9 }, /* serial 0 */
    { "\xA2####\x01"
      "A",
      7 }, /* no serial */
    { "\xA1####\x01"
      "A\0\1",
      9 }, /* a ticket with one */
    { "\xA3####\x01"
      "A",
      7 }, /* a later ticket without its number */
    { "\xA4####\x01"
      "A",
      7 }, /* a version not known here */
    { "\xA1", 1 },
    { "", 0 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (ROWS_SIGNED); i++) {
    guint8 bytes[128];
    gsize length = ROWS_SIGNED[i].length;
    g_autofree char *text = NULL;
    g_autoptr (GError) error = NULL;
    Code code;
    memcpy (bytes, ROWS_SIGNED[i].bytes, length);
    if (length >= 5)
      sign_key_id (&key, bytes + 1);
    sign_make (&secret, bytes, length, bytes + length);
    text = text_of (bytes, length + SIGNATURE_BYTES);
    g_assert_false (code_read (text, &code, &error));
    g_assert_error (error, CODE_ERROR, CODE_ERROR_MALFORMED);
  }
}

static void test_strangers (void)
{
  SignPublic other;
  SignSecret other_secret;
  g_autofree char *text = NULL, *raised = NULL;
  guint8 bytes[130];
  gsize length;
  Code code;

  sign_key_new (&other, &other_secret);
  text = code_make_ticket (&other_secret, "FR-0017", NULL);
  g_assert_true (code_read (text, &code, NULL));
  g_assert_true (code_is_signed_by (&code, &other));
  g_assert_false (code_is_signed_by (&code, &key));

  /* Another's signature under our key's id. */
  length = bytes_of (text, bytes, sizeof bytes);
  sign_key_id (&key, bytes + 1);
  raised = text_of (bytes, length);
  g_assert_true (code_read (raised, &code, NULL));
  g_assert_false (code_is_signed_by (&code, &key));
  g_assert_false (code_is_signed_by (&code, &other));
}

/* A ticket's signature must not serve a badge, nor a badge's its successor. */
static void test_promotion (void)
{
  g_autofree char *ticket = make (1), *badge = make (5), *promoted = NULL, *successor = NULL;
  guint8 bytes[128], longer[130];
  gsize length = bytes_of (ticket, bytes, sizeof bytes);

  memcpy (longer, bytes, 13);
  longer[0] = 0xA2;
  longer[13] = 0;
  longer[14] = 1;
  memcpy (longer + 15, bytes + 13, length - 13);
  promoted = text_of (longer, length + 2);
  g_assert_false (accepted (promoted));

  length = bytes_of (badge, bytes, sizeof bytes);
  bytes[14]++;
  successor = text_of (bytes, length);
  g_assert_false (accepted (successor));
}

static void test_making_refused (void)
{
  static const char *const REFERENCES[] = { "", "A B", "é", LONGEST "x", "A\n", NULL };

  for (guint i = 0; i < G_N_ELEMENTS (REFERENCES); i++) {
    g_autoptr (GError) error = NULL, badge_error = NULL;
    g_assert_null (code_make_ticket (&secret, REFERENCES[i], &error));
    g_assert_error (error, CODE_ERROR, CODE_ERROR_REFERENCE);
    g_assert_null (code_make_badge (&secret, REFERENCES[i], 1, &badge_error));
    g_assert_error (badge_error, CODE_ERROR, CODE_ERROR_REFERENCE);
  }
  for (guint serial = 0; serial <= CODE_SERIAL_MAX + 1; serial += CODE_SERIAL_MAX + 1) {
    g_autoptr (GError) error = NULL;
    g_assert_null (code_make_badge (&secret, "A", serial, &error));
    g_assert_error (error, CODE_ERROR, CODE_ERROR_REFERENCE);
  }
}

/* What readers put around a code, and make of it: the door opens all the same; what is no
 * whole code of ours stays a stranger's. */
static void test_surrounded (void)
{
  static const char *const AROUND[][2] = {
    { "]Q1", "" },
    { "]Q3", "\r\n" },
    { "#", "" },
    { "", "#" },
    { "\x02", "\x03" },
    { "\x1d", "\x1d" },
    { "\xC2\xA0", "" },
    { "", "\xC2\xA0" },
    { "\"", "\"" },
    { "«\xC2\xA0", "\xC2\xA0»" },
    { "“", "”" },
    { "'", "'" },
    { "\xEF\xBB\xBF", "" },
    { "\x02]Q1", "\x1d#\r" },
  };

  for (guint row = 0; row < G_N_ELEMENTS (ROWS); row++) {
    g_autofree char *text = make (row), *escaped = g_uri_escape_string (text, NULL, FALSE);
    g_autofree char *link = g_strconcat ("https://congres.example/t?c=", escaped, "&l=fr", NULL),
                    *plain = g_strconcat ("https://congres.example/t/", text, NULL),
                    *other = g_strconcat ("other ", text, NULL),
                    *cut = g_strndup (link, strlen (link) - 12);
    for (guint i = 0; i < G_N_ELEMENTS (AROUND); i++) {
      g_autofree char *surrounded = g_strconcat (AROUND[i][0], text, AROUND[i][1], NULL);
      if (!accepted (surrounded))
        g_error ("not accepted between “%s” and “%s”", AROUND[i][0], AROUND[i][1]);
    }
    g_assert_true (accepted (link) && accepted (plain));
    g_assert_false (accepted (other) || accepted (cut));
  }
}

/* A scanner set to an American keyboard on a machine with a French one. */
static void test_azerty (void)
{
  static const char US[] = "1234567890$%*-./:+ AQWZM";
  static const char *const FRENCH[]
      = { "&", "é", "\"", "'", "(", "-", "è", "_", "ç", "à", "4", "5",
          "8", ")", ":",  "!", "M", "+", " ", "Q", "A", "Z", "W", "?" };

  for (guint row = 0; row < G_N_ELEMENTS (ROWS); row++) {
    g_autofree char *text = make (row);
    g_autoptr (GString) typed = g_string_new (NULL);
    for (const char *c = text; *c != '\0'; c++) {
      const char *at = strchr (US, *c);
      if (at != NULL)
        g_string_append (typed, FRENCH[at - US]);
      else
        g_string_append_c (typed, *c);
    }
    g_assert_true (accepted (typed->str));
    g_string_append (typed, "\r\n");
    g_assert_true (accepted (typed->str));
    g_string_truncate (typed, typed->len / 2);
    g_assert_false (accepted (typed->str));
  }
}

int main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  sign_start ();
  g_assert_true (sign_secret_from_text (SECRET, &secret));
  sign_public_of (&secret, &key);
  g_test_add_func ("/ticket/code/round-trip", test_round_trip);
  g_test_add_func ("/ticket/code/small-letters", test_small_letters);
  g_test_add_func ("/ticket/code/layout", test_layout);
  g_test_add_func ("/ticket/code/later-ticket", test_later_ticket);
  g_test_add_func ("/ticket/code/stable", test_stable);
  g_test_add_func ("/ticket/code/bit-flips", test_bit_flips);
  g_test_add_func ("/ticket/code/truncations", test_truncations);
  g_test_add_func ("/ticket/code/refused", test_refused);
  g_test_add_func ("/ticket/code/signed-nonsense", test_signed_nonsense);
  g_test_add_func ("/ticket/code/strangers", test_strangers);
  g_test_add_func ("/ticket/code/promotion", test_promotion);
  g_test_add_func ("/ticket/code/making-refused", test_making_refused);
  g_test_add_func ("/ticket/code/surrounded", test_surrounded);
  g_test_add_func ("/ticket/code/azerty", test_azerty);
  return g_test_run ();
}
