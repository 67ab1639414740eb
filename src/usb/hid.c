#include "usb/hid.h"

#include "core/words.h"

#define BITS_MAX (HID_REPORT_BYTES_MAX * 8)

/* Types and tags of short items (HID 1.11, 6.2.2.2). */
enum { TYPE_MAIN, TYPE_GLOBAL, TYPE_LOCAL };
enum { MAIN_INPUT = 8, MAIN_OUTPUT = 9, MAIN_COLLECTION = 10, MAIN_FEATURE = 11, MAIN_END = 12 };
enum {
  GLOBAL_PAGE,
  GLOBAL_MINIMUM,
  GLOBAL_MAXIMUM,
  GLOBAL_SIZE = 7,
  GLOBAL_REPORT = 8,
  GLOBAL_COUNT = 9,
  GLOBAL_PUSH = 10,
  GLOBAL_POP = 11
};
enum { LOCAL_USAGE, LOCAL_FIRST, LOCAL_LAST, LOCAL_DELIMITER = 10 };
#define LONG_ITEM 0xFE
#define COLLECTION_APPLICATION 1
#define FLAG_CONSTANT 1
#define FLAG_VARIABLE 2

typedef struct {
  guint32 page, size, count;
  gint64 minimum;
  guint32 maximum_bits; /* as written; its sign depends on the minimum */
  gint64 maximum_signed;
  guint8 report;
} Globals;

typedef struct {
  guint32 first, last;
  gboolean paged_first, paged_last; /* written with its page */
} LocalRange;

typedef struct {
  HidLayout *layout;
  Globals now, stack[HID_DEPTH_MAX];
  guint pushed;
  GArray *usages;  /* LocalRange */
  LocalRange open; /* a minimum that waits for its maximum */
  gboolean is_open;
  gboolean delimited;     /* within a delimiter: alternatives, of which the first counts */
  gboolean delimiter_has; /* and it has come */
  guint32 application[HID_DEPTH_MAX];
  guint depth;
  guint32 bits[3][256]; /* so far, by kind and report */
} Parser;

G_DEFINE_QUARK (hid - error - quark, hid_error)

static gboolean refuse (GError **error, gsize at, const char *why)
{
  g_set_error (error, HID_ERROR, HID_ERROR_DESCRIPTOR,
               _ ("the HID report descriptor is wrong at byte %zu: %s"), at, why);
  return FALSE;
}

static void forget_locals (Parser *parser)
{
  g_array_set_size (parser->usages, 0);
  parser->is_open = parser->delimited = parser->delimiter_has = FALSE;
}

/* A usage without a page has the page that holds at the main item (6.2.2.8). */
static guint32 with_page (const Parser *parser, guint32 usage, gboolean paged)
{
  return paged ? usage : (parser->now.page << 16 | (usage & 0xFFFF));
}

static gboolean add_ranges (Parser *parser, HidField *field, GError **error, gsize at)
{
  field->first_range = parser->layout->ranges->len;
  for (guint i = 0; i < parser->usages->len; i++) {
    const LocalRange *local = &g_array_index (parser->usages, LocalRange, i);
    HidRange range = { with_page (parser, local->first, local->paged_first),
                       with_page (parser, local->last, local->paged_last) };
    if (range.last < range.first || range.last >> 16 != range.first >> 16)
      range.last = range.first;
    if (parser->layout->ranges->len == HID_RANGES_MAX)
      return refuse (error, at, _ ("too many usages"));
    g_array_append_val (parser->layout->ranges, range);
  }
  field->ranges = parser->layout->ranges->len - field->first_range;
  return TRUE;
}

static gboolean take_field (Parser *parser, HidKind kind, guint32 flags, GError **error, gsize at)
{
  const Globals *now = &parser->now;
  guint32 *bits = &parser->bits[kind][now->report];
  guint64 room = (guint64) now->size * now->count;
  guint32 head = now->report != 0 ? 8 : 0;
  HidField field = { .kind = kind,
                     .report = now->report,
                     .bit = head + *bits,
                     .size = now->size,
                     .count = now->count,
                     .array = (flags & FLAG_VARIABLE) == 0 };

  if (now->size > BITS_MAX || now->count > BITS_MAX || *bits + room + head > BITS_MAX)
    return refuse (error, at, _ ("a report is larger than any scanner needs"));
  *bits += (guint32) room;
  if (kind == HID_INPUT && room > 0)
    parser->layout->input_bytes = MAX (parser->layout->input_bytes, (head + *bits + 7) / 8);
  if (room == 0 || (flags & FLAG_CONSTANT) != 0 || now->size > 32)
    return TRUE;
  if (parser->layout->fields->len == HID_FIELDS_MAX)
    return refuse (error, at, _ ("too many fields"));
  field.application = parser->depth > 0 ? parser->application[parser->depth - 1] : 0;
  field.minimum = now->minimum;
  field.maximum = now->minimum < 0 ? now->maximum_signed : (gint64) now->maximum_bits;
  if (!add_ranges (parser, &field, error, at))
    return FALSE;
  g_array_append_val (parser->layout->fields, field);
  return TRUE;
}

static gboolean take_collection (Parser *parser, guint32 kind, GError **error, gsize at)
{
  guint32 around = parser->depth > 0 ? parser->application[parser->depth - 1] : 0;
  const LocalRange *first
      = parser->usages->len > 0 ? &g_array_index (parser->usages, LocalRange, 0) : NULL;

  if (parser->depth == HID_DEPTH_MAX)
    return refuse (error, at, _ ("collections are nested too deeply"));
  if (kind == COLLECTION_APPLICATION && first != NULL)
    around = with_page (parser, first->first, first->paged_first);
  parser->application[parser->depth++] = around;
  return TRUE;
}

static gboolean take_main (Parser *parser, guint tag, guint32 value, GError **error, gsize at)
{
  gboolean good = TRUE;

  if (tag == MAIN_INPUT)
    good = take_field (parser, HID_INPUT, value, error, at);
  else if (tag == MAIN_OUTPUT)
    good = take_field (parser, HID_OUTPUT, value, error, at);
  else if (tag == MAIN_FEATURE)
    good = take_field (parser, HID_FEATURE, value, error, at);
  else if (tag == MAIN_COLLECTION)
    good = take_collection (parser, value, error, at);
  else if (tag == MAIN_END && parser->depth == 0)
    good = refuse (error, at, _ ("a collection ends that has not begun"));
  else if (tag == MAIN_END)
    parser->depth--;
  forget_locals (parser);
  return good;
}

static gboolean take_report (Parser *parser, guint32 id, GError **error, gsize at)
{
  if (id == 0 || id > 255)
    return refuse (error, at, _ ("report ids are 1 to 255"));
  if (!parser->layout->numbered && parser->layout->input_bytes > 0)
    return refuse (error, at, _ ("some reports have an id, others none"));
  parser->layout->numbered = TRUE;
  parser->now.report = (guint8) id;
  return TRUE;
}

static gboolean take_global (Parser *parser, guint tag, guint32 value, gint32 signed_value,
                             GError **error, gsize at)
{
  switch (tag) {
  case GLOBAL_PAGE:
    parser->now.page = value & 0xFFFF;
    break;
  case GLOBAL_MINIMUM:
    parser->now.minimum = signed_value;
    break;
  case GLOBAL_MAXIMUM:
    parser->now.maximum_bits = value;
    parser->now.maximum_signed = signed_value;
    break;
  case GLOBAL_SIZE:
    parser->now.size = value;
    break;
  case GLOBAL_COUNT:
    parser->now.count = value;
    break;
  case GLOBAL_REPORT:
    return take_report (parser, value, error, at);
  case GLOBAL_PUSH:
    if (parser->pushed == HID_DEPTH_MAX)
      return refuse (error, at, _ ("too many states are pushed"));
    parser->stack[parser->pushed++] = parser->now;
    break;
  case GLOBAL_POP:
    if (parser->pushed == 0)
      return refuse (error, at, _ ("a state is popped that was not pushed"));
    parser->now = parser->stack[--parser->pushed];
    break;
  default:
    break;
  }
  return TRUE;
}

static gboolean add_usage (Parser *parser, LocalRange range, GError **error, gsize at)
{
  if (parser->delimited && parser->delimiter_has)
    return TRUE;
  parser->delimiter_has = parser->delimited;
  if (parser->usages->len == HID_RANGES_MAX)
    return refuse (error, at, _ ("too many usages"));
  g_array_append_val (parser->usages, range);
  return TRUE;
}

static gboolean take_local (Parser *parser, guint tag, guint32 value, gboolean paged,
                            GError **error, gsize at)
{
  if (tag == LOCAL_USAGE)
    return add_usage (parser, (LocalRange){ value, value, paged, paged }, error, at);
  if (tag == LOCAL_FIRST) {
    parser->open.first = value;
    parser->open.paged_first = paged;
    parser->is_open = TRUE;
  } else if (tag == LOCAL_LAST && parser->is_open) {
    parser->open.last = value;
    parser->open.paged_last = paged;
    parser->is_open = FALSE;
    return add_usage (parser, parser->open, error, at);
  } else if (tag == LOCAL_DELIMITER) {
    parser->delimited = value != 0;
    parser->delimiter_has = FALSE;
  }
  return TRUE;
}

/* Takes the item at @at and moves on. */
static gboolean take_item (Parser *parser, const guint8 *bytes, gsize length, gsize *at,
                           GError **error)
{
  gsize start = *at;
  guint8 prefix = bytes[start];
  gsize size = (prefix & 3) == 3 ? 4 : prefix & 3;
  guint tag = prefix >> 4;
  guint32 value = 0;
  gint32 signed_value;

  if (prefix == LONG_ITEM)
    size = length - start >= 2 ? 2u + bytes[start + 1] : 2;
  if (length - start - 1 < size)
    return refuse (error, start, _ ("it ends within an item"));
  *at = start + 1 + size;
  if (prefix == LONG_ITEM)
    return TRUE;
  for (gsize i = 0; i < size; i++)
    value |= (guint32) bytes[start + 1 + i] << (8 * i);
  signed_value = size == 1 ? (gint8) value : size == 2 ? (gint16) value : (gint32) value;
  switch (prefix >> 2 & 3) {
  case TYPE_MAIN:
    return take_main (parser, tag, value, error, start);
  case TYPE_GLOBAL:
    return take_global (parser, tag, value, signed_value, error, start);
  case TYPE_LOCAL:
    return take_local (parser, tag, value, size == 4, error, start);
  default:
    return refuse (error, start, _ ("an item is of no known type"));
  }
}

HidLayout *hid_parse (const guint8 *descriptor, gsize length, GError **error)
{
  g_autoptr (HidLayout) layout = g_new0 (HidLayout, 1);
  g_autofree Parser *parser = g_new0 (Parser, 1);
  gboolean good = TRUE;
  gsize at = 0;

  layout->fields = g_array_new (FALSE, FALSE, sizeof (HidField));
  layout->ranges = g_array_new (FALSE, FALSE, sizeof (HidRange));
  parser->layout = layout;
  parser->usages = g_array_new (FALSE, FALSE, sizeof (LocalRange));
  if (length > HID_DESCRIPTOR_BYTES_MAX)
    good = refuse (error, HID_DESCRIPTOR_BYTES_MAX, _ ("it is too long"));
  while (good && at < length)
    good = take_item (parser, descriptor, length, &at, error);
  if (good && parser->depth > 0)
    good = refuse (error, length, _ ("a collection does not end"));
  g_array_unref (parser->usages);
  return good ? g_steal_pointer (&layout) : NULL;
}

void hid_free (HidLayout *layout)
{
  if (layout == NULL)
    return;
  g_array_unref (layout->fields);
  g_array_unref (layout->ranges);
  g_free (layout);
}

guint32 hid_usage (const HidLayout *layout, const HidField *field, guint32 index)
{
  guint32 last = 0;

  for (guint i = 0; i < field->ranges; i++) {
    const HidRange *range = &g_array_index (layout->ranges, HidRange, field->first_range + i);
    guint32 room = range->last - range->first; /* one less than its usages: no overflow */
    if (index <= room)
      return range->first + index;
    index -= room + 1;
    last = range->last;
  }
  return field->array ? 0 : last;
}

gint64 hid_index_of (const HidLayout *layout, const HidField *field, guint32 usage)
{
  gint64 index = 0;

  for (guint i = 0; i < field->ranges; i++) {
    const HidRange *range = &g_array_index (layout->ranges, HidRange, field->first_range + i);
    if (usage >= range->first && usage <= range->last)
      return index + (usage - range->first);
    index += (gint64) (range->last - range->first) + 1;
  }
  return -1;
}

gboolean hid_value (const HidField *field, const guint8 *report, gsize length, guint32 index,
                    guint32 *value)
{
  gsize bit = field->bit + (gsize) index * field->size;
  guint64 window = 0;

  if (index >= field->count || (bit + field->size + 7) / 8 > length)
    return FALSE;
  for (gsize i = 0; i < 5 && bit / 8 + i < length; i++)
    window |= (guint64) report[bit / 8 + i] << (8 * i);
  *value = (guint32) (window >> (bit % 8) & ((G_GUINT64_CONSTANT (1) << field->size) - 1));
  return TRUE;
}

static gint64 as_signed (const HidField *field, guint32 value)
{
  if (field->minimum < 0 && (value >> (field->size - 1) & 1) != 0)
    return (gint64) value - (G_GINT64_CONSTANT (1) << field->size);
  return value;
}

guint32 hid_chosen (const HidLayout *layout, const HidField *field, guint32 value)
{
  gint64 chosen = as_signed (field, value);

  if (chosen < field->minimum || chosen > field->maximum)
    return 0;
  return hid_usage (layout, field, (guint32) (chosen - field->minimum));
}
