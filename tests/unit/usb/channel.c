#include "usb/channel.h"

#include "devices/scanners.h"
#include "devices/typing.h"

typedef struct {
  GString *codes;
  guint count, raws, problems[CHANNEL_LIES + 1];
  ChannelProblem last;
  UsbRaw raw;
  Channel *channel;
} Heard;

static void on_code (const char *text, gint64 at_us, gpointer data)
{
  Heard *heard = data;

  g_string_append_printf (heard->codes, "%s|", text);
  heard->count++;
}

static void on_problem (ChannelProblem problem, gpointer data)
{
  Heard *heard = data;

  heard->problems[problem]++;
  heard->last = problem;
}

static void on_raw (const UsbRaw *raw, gpointer data)
{
  Heard *heard = data;

  heard->raw = *raw;
  heard->raws++;
}

static Heard *heard_new (ChannelKind kind, const ScannerBytes *descriptor, KeysLayout keys)
{
  Heard *heard = g_new0 (Heard, 1);
  ChannelListener listener
      = { .code = on_code, .problem = on_problem, .raw = on_raw, .data = heard };
  g_autoptr (HidLayout) layout
      = descriptor != NULL ? hid_parse (descriptor->bytes, descriptor->length, NULL) : NULL;

  heard->codes = g_string_new (NULL);
  heard->channel = channel_new (kind, layout, keys, &listener);
  g_assert_nonnull (heard->channel);
  return heard;
}

static void heard_free (Heard *heard)
{
  channel_free (heard->channel);
  g_string_free (heard->codes, TRUE);
  g_free (heard);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Heard, heard_free)

static void type (Heard *heard, KeysLayout keys, const char *text, gint64 at_us)
{
  g_autoptr (GByteArray) reports = typing_reports (keys, text);

  for (guint i = 0; i < reports->len; i += 8)
    channel_feed (heard->channel, reports->data + i, 8, at_us);
}

static void scan (Heard *heard, ScannerModel model, const char *text, gsize length, gint64 at_us)
{
  for (gsize at = 0; at < length || at == 0; at += 56) {
    gsize piece = MIN (56, length - at);
    guint8 report[64];
    scanner_pos_report (report, model, text + at, piece, at + piece < length);
    channel_feed (heard->channel, report, sizeof report, at_us);
  }
}

static const char TICKET[]
    = "AC:%69 VD92EK1PSCFHC.NFO5YO8G*H-+3$A0Z/TT:B1NOL%30JRK3V8QPI0*S9+O7AXM/M4$W:1N BJ7L0IU/RH5G9";

/* The same ticket from every family, in each one's own way. */
static void test_families (void)
{
  static const struct {
    ScannerModel model;
    ChannelKind kind;
    KeysLayout keys;
  } ROWS[] = {
    { HONEYWELL_POS, CHANNEL_POS, KEYMAP_US },
    { ZEBRA_POS, CHANNEL_POS, KEYMAP_US },
    { NEWLAND_POS, CHANNEL_POS, KEYMAP_US },
    { ZEBRA_KEYBOARD, CHANNEL_KEYBOARD, KEYMAP_US },
    { DATALOGIC_KEYBOARD, CHANNEL_KEYBOARD, KEYMAP_FR },
    { NETUM_KEYBOARD, CHANNEL_KEYBOARD, KEYMAP_DE },
    { DARK_KEYBOARD, CHANNEL_KEYBOARD, KEYMAP_US },
  };

  for (guint i = 0; i < G_N_ELEMENTS (ROWS); i++) {
    g_autoptr (Heard) heard
        = heard_new (ROWS[i].kind, &SCANNER[ROWS[i].model].interfaces[0].descriptor, ROWS[i].keys);
    g_autofree char *line = g_strconcat (TICKET, "\r", NULL);
    for (guint j = 0; j < 3; j++)
      if (ROWS[i].kind == CHANNEL_POS)
        scan (heard, ROWS[i].model, line, sizeof TICKET,
              1); /* with Enter as suffix, as many are set up */
      else
        type (heard, ROWS[i].keys, line, 1);
    g_autofree char *thrice = g_strdup_printf ("%s|%s|%s|", TICKET, TICKET, TICKET);
    g_assert_cmpstr (heard->codes->str, ==, thrice);
    g_assert_cmpuint (heard->problems[CHANNEL_GOOD], ==, 3);
    g_assert_cmpuint (heard->problems[CHANNEL_LIES], ==, 0);
    g_assert_cmpuint (heard->raws, >, 0);
  }
}

static void test_serial (void)
{
  g_autoptr (Heard) heard = heard_new (CHANNEL_SERIAL, NULL, KEYMAP_US);

  channel_feed (heard->channel, (const guint8 *) "AC:1\r\nAC", 8, 1);
  channel_feed (heard->channel, (const guint8 *) ":2\r\n", 4, 2);
  g_assert_cmpstr (heard->codes->str, ==, "AC:1|AC:2|");
  g_assert_cmpuint (heard->raw.length, ==, 4);
}

static void test_symbology (void)
{
  g_autoptr (Heard) heard
      = heard_new (CHANNEL_POS, &SCANNER[HONEYWELL_POS].interfaces[0].descriptor, KEYMAP_US);

  scan (heard, HONEYWELL_POS, "AC:1", 4, 7);
  g_assert_cmpstr (heard->raw.symbology, ==, "]Q1");
  g_assert_cmpint (heard->raw.kind, ==, USB_RAW_BYTES);
  g_assert_cmpint (heard->raw.at_us, ==, 7);
  g_assert_cmpstr (heard->codes->str, ==, "AC:1|");
}

/* “Continued” in a last report that is full, as some firmware has it: the pause ends the
 * code, and so does what comes after one. */
static void test_continued_for_ever (void)
{
  g_autoptr (Heard) heard
      = heard_new (CHANNEL_POS, &SCANNER[HONEYWELL_POS].interfaces[0].descriptor, KEYMAP_US);
  guint8 report[64];

  scanner_pos_report (report, HONEYWELL_POS, TICKET, 56, TRUE);
  channel_feed (heard->channel, report, sizeof report, 1000);
  g_assert_cmpint (channel_due_us (heard->channel), ==, 1000 + CHANNEL_PAUSE_MS * 1000);
  channel_tick (heard->channel, 1000 + CHANNEL_PAUSE_MS * 1000);
  g_assert_cmpuint (heard->count, ==, 1);
  channel_feed (heard->channel, report, sizeof report, G_USEC_PER_SEC);
  scan (heard, HONEYWELL_POS, "AC:2", 4, 2 * G_USEC_PER_SEC);
  g_assert_cmpuint (heard->count, ==, 3);
  g_assert_true (g_str_has_suffix (heard->codes->str, "|AC:2|"));
}

static void test_pause_ends_typing (void)
{
  g_autoptr (Heard) heard = heard_new (CHANNEL_KEYBOARD, NULL, KEYMAP_FR);

  type (heard, KEYMAP_FR, "AC:1", 1000);
  g_assert_cmpuint (heard->count, ==, 0);
  channel_tick (heard->channel, 1000 + CHANNEL_PAUSE_MS * 1000);
  g_assert_cmpstr (heard->codes->str, ==, "AC:1|");
}

static void test_unplugged_within (void)
{
  g_autoptr (Heard) heard = heard_new (CHANNEL_KEYBOARD, NULL, KEYMAP_US);

  type (heard, KEYMAP_US, "AC:HALF", 1);
  channel_drop (heard->channel);
  g_assert_cmpuint (heard->problems[CHANNEL_UNFINISHED], ==, 1);
  g_assert_cmpuint (heard->count, ==, 0);
}

/* Codes of 10,000 characters over 179 reports, and a scanner gone mad. */
static void test_bounded (void)
{
  g_autoptr (Heard) heard
      = heard_new (CHANNEL_POS, &SCANNER[HONEYWELL_POS].interfaces[0].descriptor, KEYMAP_US);
  g_autofree char *code = g_strnfill (10000, 'x');

  scan (heard, HONEYWELL_POS, code, 10000, 1);
  g_assert_cmpuint (heard->count, ==, 0);
  g_assert_cmpint (heard->last, ==, CHANNEL_LONG);
  for (guint i = 0; i < 100000; i++)
    scan (heard, HONEYWELL_POS, "AC:1", 4, 5 * G_USEC_PER_SEC + i * 10);
  g_assert_cmpuint (heard->count, ==, CHANNEL_CODES_PER_S);
  g_assert_cmpint (heard->last, ==, CHANNEL_FAST);
  scan (heard, HONEYWELL_POS, "AC:2", 4, 7 * G_USEC_PER_SEC);
  g_assert_cmpint (heard->last, ==, CHANNEL_GOOD);
}

static void test_lies (void)
{
  g_autoptr (Heard) heard
      = heard_new (CHANNEL_POS, &SCANNER[HONEYWELL_POS].interfaces[0].descriptor, KEYMAP_US);
  g_autofree guint8 *report = g_malloc0 (4096);

  scanner_pos_report (report, HONEYWELL_POS, "AC:1", 4, FALSE);
  report[1] = 200;
  channel_feed (heard->channel, report, 64, 1);
  g_assert_cmpint (heard->last, ==, CHANNEL_LIES);
  report[1] = 4;
  channel_feed (heard->channel, report, 4096,
                2); /* longer than said: what is beyond does not matter */
  g_assert_true (g_str_has_suffix (heard->codes->str, "|AC:1|"));
  for (guint problem = CHANNEL_CONTROL; problem <= CHANNEL_LIES; problem++)
    g_assert_cmpuint (strlen (channel_problem_text ((ChannelProblem) problem)), >, 20);
  g_assert_cmpstr (channel_problem_text (CHANNEL_GOOD), ==, "");
}

static void test_wrong_kind (void)
{
  ChannelListener listener = { .code = on_code, .problem = on_problem };
  const ScannerBytes *keyboard = &SCANNER[ZEBRA_KEYBOARD].interfaces[0].descriptor;
  g_autoptr (HidLayout) layout = hid_parse (keyboard->bytes, keyboard->length, NULL);

  g_assert_null (channel_new (CHANNEL_POS, layout, KEYMAP_US, &listener));
  g_assert_null (channel_new (CHANNEL_POS, NULL, KEYMAP_US, &listener));
}

int main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/scan/channel/families", test_families);
  g_test_add_func ("/scan/channel/serial", test_serial);
  g_test_add_func ("/scan/channel/symbology", test_symbology);
  g_test_add_func ("/scan/channel/continued-for-ever", test_continued_for_ever);
  g_test_add_func ("/scan/channel/pause-ends-typing", test_pause_ends_typing);
  g_test_add_func ("/scan/channel/unplugged-within", test_unplugged_within);
  g_test_add_func ("/scan/channel/bounded", test_bounded);
  g_test_add_func ("/scan/channel/lies", test_lies);
  g_test_add_func ("/scan/channel/wrong-kind", test_wrong_kind);
  return g_test_run ();
}
