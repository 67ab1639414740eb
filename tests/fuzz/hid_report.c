/* A known scanner that sends anything: bounded, and what comes out as a code is fit to be
 * one. Input: a byte for the scanner (tests/devices/scanners.h; beyond them a serial one
 * and a boot keyboard), a byte for the layout, then pieces: length in one byte, bytes. A
 * piece of length 0 is a pause, of 255 the end of the device.  */
#include "usb/channel.h"
#include "scan/reader.h"

#include "../devices/scanners.h"

#include <stdint.h>
#include <string.h>

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

#define UNPLUGGED 255

static void on_code (const char *text, gint64 at_us, gpointer data)
{
  guint *count = data;

  g_assert_true (g_utf8_validate (text, -1, NULL));
  g_assert_cmpuint (strlen (text), >, 0);
  g_assert_cmpuint (strlen (text), <=, READER_CODE_BYTES_MAX);
  g_assert_false (g_ascii_isspace (text[0]));
  for (const char *at = text; *at != '\0'; at += g_utf8_skip[(guchar) *at])
    g_assert_false (g_unichar_iscntrl (g_utf8_get_char (at)));
  (*count)++;
}

static void on_problem (ChannelProblem problem, gpointer data)
{
  g_assert_cmpint (problem, <=, CHANNEL_LIES);
}

static Channel *make (uint8_t which, uint8_t keys, const ChannelListener *listener)
{
  guint model = which % (SCANNERS + 2);
  const ScannerBytes *descriptor
      = model < SCANNERS ? &SCANNER[model].interfaces[0].descriptor : NULL;
  g_autoptr (HidLayout) layout = descriptor != NULL && descriptor->length > 0
                                     ? hid_parse (descriptor->bytes, descriptor->length, NULL)
                                     : NULL;
  Channel *channel = layout != NULL ? channel_new (CHANNEL_POS, layout, KEYMAP_US, listener) : NULL;

  if (channel == NULL && (layout != NULL || model == SCANNERS + 1))
    channel
        = channel_new (CHANNEL_KEYBOARD, layout, (KeysLayout) (keys % KEYMAP_LAYOUTS), listener);
  return channel != NULL ? channel : channel_new (CHANNEL_SERIAL, NULL, KEYMAP_US, listener);
}

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  guint count = 0;
  ChannelListener listener = { .code = on_code, .problem = on_problem, .data = &count };
  g_autoptr (Channel) channel = size >= 2 ? make (data[0], data[1], &listener) : NULL;
  gint64 now_us = 0;

  for (size_t at = 2; channel != NULL && at < size;) {
    size_t piece = data[at++];
    now_us += 1000;
    if (piece == 0)
      channel_tick (channel, now_us += CHANNEL_PAUSE_MS * 1000);
    else if (piece == UNPLUGGED)
      channel_drop (channel);
    else {
      channel_feed (channel, data + at, MIN (piece, size - at), now_us);
      at += piece;
    }
  }
  /* The number of codes in a second has a limit, whatever is sent. */
  g_assert_cmpuint (count, <=, (guint) (now_us / G_USEC_PER_SEC + 2) * CHANNEL_CODES_PER_S);
  return 0;
}
