#include "usb/hid_pos.h"

#include <string.h>

#define PAGE_POS 0x8Cu
#define USAGE_SYMBOLOGY 0x8C00FBu /* three of them */
#define USAGE_DATA 0x8C00FEu
#define USAGE_MORE 0x8C00FFu
#define USAGE_BYTE_COUNT 0x1003Bu

#define REPORTS_MAX 8 /* kinds of report with data in one device */
#define IDENTIFIERS 3

/* A value in a report. */
typedef struct {
  gboolean is;
  HidField field;
  guint32 index;
} Place;

typedef struct {
  guint8 report;
  HidField data;
  Place more, count, symbology[IDENTIFIERS];
} Form;

struct _HidPos {
  gboolean numbered;
  Form forms[REPORTS_MAX];
  guint count;
  guint8 bytes[HID_REPORT_BYTES_MAX];
};

static gboolean is_data (const HidLayout *layout, const HidField *field)
{
  return field->kind == HID_INPUT && field->application >> 16 == PAGE_POS && field->size == 8
         && !field->array && hid_usage (layout, field, 0) == USAGE_DATA;
}

gboolean hid_pos_fits (const HidLayout *layout)
{
  for (guint i = 0; i < layout->fields->len; i++)
    if (is_data (layout, &g_array_index (layout->fields, HidField, i)))
      return TRUE;
  return FALSE;
}

/* Remembers where in the report @usage stands, if it is in this field and has not been
 * found before. */
static void place (const HidLayout *layout, const HidField *field, guint32 usage, Place *place)
{
  gint64 index = hid_index_of (layout, field, usage);

  if (place->is || field->array || index < 0 || index >= field->count)
    return;
  *place = (Place){ TRUE, *field, (guint32) index };
}

static void find_places (const HidLayout *layout, Form *form)
{
  for (guint i = 0; i < layout->fields->len; i++) {
    const HidField *field = &g_array_index (layout->fields, HidField, i);
    if (field->kind != HID_INPUT || field->report != form->report)
      continue;
    place (layout, field, USAGE_MORE, &form->more);
    place (layout, field, USAGE_BYTE_COUNT, &form->count);
    for (guint j = 0; j < IDENTIFIERS; j++)
      place (layout, field, USAGE_SYMBOLOGY + j, &form->symbology[j]);
  }
}

HidPos *hid_pos_new (const HidLayout *layout)
{
  g_autoptr (HidPos) pos = g_new0 (HidPos, 1);

  pos->numbered = layout->numbered;
  for (guint i = 0; i < layout->fields->len && pos->count < REPORTS_MAX; i++) {
    const HidField *field = &g_array_index (layout->fields, HidField, i);
    gboolean known = FALSE;
    for (guint j = 0; j < pos->count; j++)
      known = known || pos->forms[j].report == field->report;
    if (known || !is_data (layout, field))
      continue;
    pos->forms[pos->count] = (Form){ .report = field->report, .data = *field };
    find_places (layout, &pos->forms[pos->count++]);
  }
  return pos->count > 0 ? g_steal_pointer (&pos) : NULL;
}

void hid_pos_free (HidPos *pos)
{
  g_free (pos);
}

/* 0 where the report has no such value. */
static guint32 value_at (const Place *place, const guint8 *report, gsize length)
{
  guint32 value = 0;

  return place->is && hid_value (&place->field, report, length, place->index, &value) ? value : 0;
}

static void read_symbology (const Form *form, const guint8 *report, gsize length, char *symbology)
{
  memset (symbology, 0, IDENTIFIERS + 1);
  for (guint i = 0; i < IDENTIFIERS; i++) {
    guint32 c = value_at (&form->symbology[i], report, length);
    symbology[i] = c > 0x20 && c < 0x7F ? (char) c : '\0';
  }
  if (symbology[0] != ']' || symbology[1] == '\0' || symbology[2] == '\0')
    symbology[0] = '\0';
}

gboolean hid_pos_read (HidPos *pos, const guint8 *report, gsize length, HidPosPiece *piece)
{
  const Form *form = NULL;
  gsize had = 0;
  guint32 value;

  for (guint i = 0; i < pos->count && form == NULL; i++)
    if (!pos->numbered || (length > 0 && pos->forms[i].report == report[0]))
      form = &pos->forms[i];
  if (form == NULL)
    return FALSE;
  while (had < form->data.count && hid_value (&form->data, report, length, (guint32) had, &value))
    pos->bytes[had++] = (guint8) value;
  piece->bytes = pos->bytes;
  piece->length = had;
  piece->lies = had < form->data.count;
  if (form->count.is) {
    gsize said = value_at (&form->count, report, length);
    piece->lies = said > had;
    piece->length = MIN (said, had);
  } else
    while (piece->length > 0 && pos->bytes[piece->length - 1] == '\0')
      piece->length--;
  piece->more = (value_at (&form->more, report, length) & 1) != 0;
  read_symbology (form, report, length, piece->symbology);
  return TRUE;
}
