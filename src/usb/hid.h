/* hid.h: reports of USB HID devices, as their report descriptors lay them out.
 *
 * A parser of our own for report descriptors (Device Class Definition for HID 1.11,
 * 6.2.2): main, global and local items, report ids, push and pop, usage ranges,
 * delimiters, long items. A usage is written page << 16 | id. Descriptors come from
 * whatever is plugged in: everything has a limit, and a descriptor that contradicts
 * itself is refused. Constant fields only take room; so do values of more than 32 bits.
 *
 * Must not know: scanners, keyboards, USB.
 * Threads: a HidLayout is immutable and may be shared. Nothing here blocks.  */
#pragma once

#include <glib.h>

#define HID_DESCRIPTOR_BYTES_MAX 4096
#define HID_REPORT_BYTES_MAX 4096
#define HID_FIELDS_MAX 512
#define HID_RANGES_MAX 2048 /* of usages, in one descriptor */
#define HID_DEPTH_MAX 16    /* of collections, and of push */

#define HID_ERROR hid_error_quark ()
GQuark hid_error_quark (void);
typedef enum {
  HID_ERROR_DESCRIPTOR, /* ends within an item, is not balanced, or asks for more than the limits */
} HidError;

typedef enum { HID_INPUT, HID_OUTPUT, HID_FEATURE } HidKind;

typedef struct {
  guint32 first, last;
} HidRange;

typedef struct {
  HidKind kind;
  guint8 report;       /* id, 0 where reports have none */
  guint32 application; /* usage of the application collection around it, 0 for none */
  guint32 bit;         /* from the start of the report, its id included */
  guint32 size;        /* bits of one value, 1 … 32 */
  guint32 count;       /* of values */
  gboolean array; /* values choose among the usages; otherwise each value has a usage of its own,
                     the last one the rest */
  gint64 minimum, maximum; /* logical */
  guint ranges, first_range;
} HidField;

typedef struct {
  GArray *fields;      /* HidField */
  GArray *ranges;      /* HidRange */
  gboolean numbered;   /* reports begin with their id */
  guint32 input_bytes; /* of the longest input report, its id included; 0 if there is none */
} HidLayout;

/* Free with hid_free(). */
HidLayout *hid_parse (const guint8 *descriptor, gsize length, GError **error);
void hid_free (HidLayout *layout);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (HidLayout, hid_free)

/* The field's usage number @index; 0 if it has none. */
guint32 hid_usage (const HidLayout *layout, const HidField *field, guint32 index);
/* Where the field has @usage, or -1. */
gint64 hid_index_of (const HidLayout *layout, const HidField *field, guint32 usage);
/* Value number @index in a report of @length bytes that begins with its id where reports
 * have one. FALSE if the report is too short or there is no such value. */
gboolean hid_value (const HidField *field, const guint8 *report, gsize length, guint32 index,
                    guint32 *value);
/* The key or button that an array's value chooses; 0 for none. */
guint32 hid_chosen (const HidLayout *layout, const HidField *field, guint32 value);
