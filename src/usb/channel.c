#include "usb/channel.h"

#include "core/words.h"
#include "usb/keyboard.h"
#include "usb/hid_pos.h"

#include <string.h>

struct _Channel {
  ChannelKind kind;
  ChannelListener listener;
  CodeAssembler *gather;
  HidPos *pos;
  Keyboard *keyboard;
  gint64 at_us; /* of the report that is being read */
};

const char *channel_problem_text (ChannelProblem problem)
{
  switch (problem) {
  case CHANNEL_CONTROL:
    return _ ("a code had control characters in it, or was no UTF-8: “?” stands for them. Take "
              "prefixes out of the scanner's settings");
  case CHANNEL_LONG:
    return _ ("a code was longer than 1,024 bytes and was dropped: it is none of ours, or the "
              "scanner sends no Enter at its end");
  case CHANNEL_FAST:
    return _ ("it sends more codes a second than any hand can show, and what was too much was "
              "dropped: unplug it and plug it in again, or take another one");
  case CHANNEL_UNFINISHED:
    return _ ("it was unplugged within a code: scan again");
  case CHANNEL_LIES:
    return _ ("its reports are not as its own descriptor says: if codes are wrong, set it to "
              "another mode (keyboard, serial or HID POS)");
  case CHANNEL_GOOD:
  default:
    return "";
  }
}

static void on_code (const char *text, gint64 at_us, gpointer data)
{
  Channel *channel = data;

  channel->listener.code (text, at_us, channel->listener.data);
}

static void on_problem (CodeAssemblerProblem problem, gpointer data)
{
  static const ChannelProblem SAME[] = {
    [CODE_ASSEMBLER_GOOD] = CHANNEL_GOOD,
    [CODE_ASSEMBLER_CONTROL] = CHANNEL_CONTROL,
    [CODE_ASSEMBLER_LONG] = CHANNEL_LONG,
    [CODE_ASSEMBLER_FAST] = CHANNEL_FAST,
    [CODE_ASSEMBLER_UNFINISHED] = CHANNEL_UNFINISHED,
  };
  Channel *channel = data;

  channel->listener.problem (SAME[problem], channel->listener.data);
}

static void on_key (guint8 usage, guint8 modifiers, gboolean caps, gpointer data)
{
  Channel *channel = data;
  UsbRaw raw = { .kind = USB_RAW_KEY,
                 .at_us = channel->at_us,
                 .usage = usage,
                 .modifiers = modifiers,
                 .caps = caps };

  channel->listener.raw (&raw, channel->listener.data);
}

static void on_character (gunichar c, gpointer data)
{
  Channel *channel = data;

  code_assembler_character (channel->gather, c, channel->at_us);
}

Channel *channel_new (ChannelKind kind, const HidLayout *layout, KeysLayout keys,
                      const ChannelListener *listener)
{
  g_autoptr (Channel) channel = g_new0 (Channel, 1);
  CodeAssemblerListener gathered = { .code = on_code, .problem = on_problem, .data = channel };
  KeyboardListener typed = { .key = listener->raw != NULL ? on_key : NULL,
                             .character = on_character,
                             .data = channel };

  channel->kind = kind;
  channel->listener = *listener;
  channel->gather = code_assembler_new (CHANNEL_PAUSE_MS * G_GINT64_CONSTANT (1000),
                                        CHANNEL_CODES_PER_S, &gathered);
  if (kind == CHANNEL_POS && (channel->pos = layout != NULL ? hid_pos_new (layout) : NULL) == NULL)
    return NULL;
  if (kind == CHANNEL_KEYBOARD && (channel->keyboard = keyboard_new (layout, keys, &typed)) == NULL)
    return NULL;
  return g_steal_pointer (&channel);
}

void channel_free (Channel *channel)
{
  if (channel == NULL)
    return;
  code_assembler_free (channel->gather);
  hid_pos_free (channel->pos);
  keyboard_free (channel->keyboard);
  g_free (channel);
}

static void tell_bytes (Channel *channel, const guint8 *bytes, gsize length, const char *symbology)
{
  UsbRaw raw = { .kind = USB_RAW_BYTES, .at_us = channel->at_us, .bytes = bytes, .length = length };

  if (channel->listener.raw == NULL)
    return;
  g_strlcpy (raw.symbology, symbology, sizeof raw.symbology);
  channel->listener.raw (&raw, channel->listener.data);
}

/* A report is part of a code, or the last of it. Some scanners say “continued” of a last
 * report that is full: then the pause ends the code. */
static void feed_pos (Channel *channel, const guint8 *report, gsize length)
{
  HidPosPiece piece;

  if (!hid_pos_read (channel->pos, report, length, &piece))
    return;
  tell_bytes (channel, piece.bytes, piece.length, piece.symbology);
  code_assembler_bytes (channel->gather, piece.bytes, piece.length, FALSE, channel->at_us);
  if (!piece.more)
    code_assembler_end (channel->gather, channel->at_us);
  if (piece.lies)
    channel->listener.problem (CHANNEL_LIES, channel->listener.data);
}

void channel_feed (Channel *channel, const guint8 *bytes, gsize length, gint64 at_us)
{
  code_assembler_tick (channel->gather, at_us);
  channel->at_us = at_us;
  if (channel->kind == CHANNEL_POS)
    feed_pos (channel, bytes, length);
  else if (channel->kind == CHANNEL_KEYBOARD && !keyboard_report (channel->keyboard, bytes, length))
    channel->listener.problem (CHANNEL_LIES, channel->listener.data);
  else if (channel->kind == CHANNEL_SERIAL) {
    tell_bytes (channel, bytes, length, "");
    code_assembler_bytes (channel->gather, bytes, length, TRUE, at_us);
  }
}

gint64 channel_due_us (const Channel *channel)
{
  return code_assembler_due_us (channel->gather);
}

void channel_tick (Channel *channel, gint64 now_us)
{
  code_assembler_tick (channel->gather, now_us);
}

void channel_drop (Channel *channel)
{
  code_assembler_drop (channel->gather);
}
