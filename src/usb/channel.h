/* channel.h: from one interface of a scanner to codes: whatever its kind, transfers go
 * in, codes come out.
 *
 * The one place where USB meets the kinds of scanner: usb_device.h feeds a channel with
 * what libusb brings, a test with what it likes.
 *
 * Must not know: libusb, devices, clocks.
 * Threads: a Channel belongs to one thread and calls its listener from it. Nothing here
 * blocks; memory is bounded.  */
#pragma once

#include "usb/code_assembler.h"
#include "usb/hid.h"
#include "usb/keymap.h"
#include "usb/usb_raw.h"

#define CHANNEL_PAUSE_MS                                                                           \
  300 /* ends a code without suffix; slow scanners wait up to 100 ms between keys */
#define CHANNEL_CODES_PER_S 50 /* no hand shows more */

typedef enum { CHANNEL_POS, CHANNEL_KEYBOARD, CHANNEL_SERIAL } ChannelKind;

typedef enum {
  CHANNEL_GOOD,    /* a code without fault */
  CHANNEL_CONTROL, /* as CodeAssemblerProblem … */
  CHANNEL_LONG,
  CHANNEL_FAST,
  CHANNEL_UNFINISHED,
  CHANNEL_LIES, /* a report is not as its descriptor says; what is there was read */
} ChannelProblem;
/* What it is, in the organiser's language; "" for CHANNEL_GOOD. */
const char *channel_problem_text (ChannelProblem problem);

typedef struct {
  void (*code) (const char *text, gint64 at_us, gpointer data);
  void (*problem) (ChannelProblem problem, gpointer data);
  void (*raw) (const UsbRaw *raw, gpointer data); /* may be NULL */
  gpointer data;
} ChannelListener;

typedef struct _Channel Channel;

/* @layout: of HID interfaces; NULL for serial, and for a keyboard that speaks the boot
 * protocol. @keys: of keyboards. NULL if the layout is of another kind. */
Channel *channel_new (ChannelKind kind, const HidLayout *layout, KeysLayout keys,
                      const ChannelListener *listener);
void channel_free (Channel *channel);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Channel, channel_free)

/* One report, or some bytes of a serial scanner, that came at @at_us. */
void channel_feed (Channel *channel, const guint8 *bytes, gsize length, gint64 at_us);
/* When channel_tick() has something to do: a code ends by a pause; G_MAXINT64 for
 * never. */
gint64 channel_due_us (const Channel *channel);
void channel_tick (Channel *channel, gint64 now_us);
/* The device is gone. */
void channel_drop (Channel *channel);
