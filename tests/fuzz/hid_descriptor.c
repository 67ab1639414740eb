/* A device with any report descriptor, and any reports after it: within the limits or
 * refused, and what comes out as a code is fit to be one. Input: the descriptor's length
 * in one byte, the descriptor, reports of the length that it says. */
#include "usb/channel.h"
#include "usb/keyboard.h"
#include "scan/reader.h"

#include <stdint.h>
#include <string.h>

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

static void on_code (const char *text, gint64 at_us, gpointer data)
{
  g_assert_true (g_utf8_validate (text, -1, NULL));
  g_assert_cmpuint (strlen (text), >, 0);
  g_assert_cmpuint (strlen (text), <=, READER_CODE_BYTES_MAX);
  for (const char *at = text; *at != '\0'; at += g_utf8_skip[(guchar) *at])
    g_assert_false (g_unichar_iscntrl (g_utf8_get_char (at)));
}

static void on_problem (ChannelProblem problem, gpointer data)
{
  g_assert_cmpint (problem, <=, CHANNEL_LIES);
}

static void on_raw (const UsbRaw *raw, gpointer data)
{
  volatile guint8 sum = 0;

  for (gsize i = 0; i < raw->length; i++)
    sum = (guint8) (sum + raw->bytes[i]);
}

/* Everything that can be asked of a layout. */
static void look (const HidLayout *layout, const guint8 *report, gsize length)
{
  g_assert_cmpuint (layout->input_bytes, <=, HID_REPORT_BYTES_MAX);
  g_assert_cmpuint (layout->fields->len, <=, HID_FIELDS_MAX);
  for (guint i = 0; i < layout->fields->len; i++) {
    const HidField *field = &g_array_index (layout->fields, HidField, i);
    g_assert_cmpuint ((field->bit + (guint64) field->size * field->count + 7) / 8, <=,
                      HID_REPORT_BYTES_MAX);
    for (guint32 j = 0; j < MIN (field->count, 16); j++) {
      guint32 value = 0, usage = hid_usage (layout, field, j);
      if (hid_value (field, report, length, j, &value))
        hid_chosen (layout, field, value);
      if (usage != 0)
        g_assert_cmpint (hid_index_of (layout, field, usage), >=, 0);
    }
  }
}

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  static const ChannelKind KINDS[] = { CHANNEL_POS, CHANNEL_KEYBOARD };
  const ChannelListener LISTENER = { .code = on_code, .problem = on_problem, .raw = on_raw };
  gsize said = size > 0 ? data[0] : 0, length = MIN (said, size > 0 ? size - 1 : 0);
  const uint8_t *reports = data + 1 + length;
  gsize left = size > 0 ? size - 1 - length : 0;
  g_autoptr (HidLayout) layout = hid_parse (size > 0 ? data + 1 : data, length, NULL);

  if (layout == NULL)
    return 0;
  look (layout, left > 0 ? reports : data, left > 0 ? left : size);
  for (guint i = 0; i < G_N_ELEMENTS (KINDS); i++) {
    g_autoptr (Channel) channel
        = channel_new (KINDS[i], layout, (KeysLayout) (said % KEYMAP_LAYOUTS), &LISTENER);
    gsize each = MAX (layout->input_bytes, 1);
    for (gsize at = 0; channel != NULL && at < left; at += each)
      channel_feed (channel, reports + at, MIN (each, left - at), (gint64) at * 1000);
    if (channel != NULL)
      channel_tick (channel, G_MAXINT64 / 2);
  }
  return 0;
}
