/* hid_pos.h: scanned data in the reports of a HID POS scanner.
 *
 * HID Point of Sale Usage Tables 1.02, page 0x8C: a report carries Decoded Data (0xFE),
 * perhaps the three characters of the AIM symbology identifier (0xFB … 0xFD), and Decode
 * Data Continued (0xFF) when the code goes on in the next report; makers add Byte Count
 * (Generic Desktop, 0x3B), without which NULs at the end are padding. Where each stands,
 * the report descriptor says.
 *
 * Must not know: USB, time, what a code means.
 * Threads: a HidPos belongs to one thread. Nothing here blocks.  */
#pragma once

#include "usb/hid.h"

typedef struct _HidPos HidPos;

/* TRUE if the layout is a HID POS scanner's: decoded data within an application of page
 * 0x8C. */
gboolean hid_pos_fits (const HidLayout *layout);
/* NULL if it is none. Keeps nothing of @layout. */
HidPos *hid_pos_new (const HidLayout *layout);
void hid_pos_free (HidPos *pos);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (HidPos, hid_pos_free)

typedef struct {
  const guint8 *bytes; /* valid until the next call */
  gsize length;
  gboolean more;     /* the code goes on in the next report */
  gboolean lies;     /* the report says that it holds more than it can, or is shorter than its
                        descriptor says */
  char symbology[4]; /* "]Q1", or "" */
} HidPosPiece;

/* FALSE if the report is of another kind. @report begins with its id where reports have
 * one. */
gboolean hid_pos_read (HidPos *pos, const guint8 *report, gsize length, HidPosPiece *piece);
