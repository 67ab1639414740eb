#include "badge/cff.h"

/* Operators of charstrings. */
enum { OP_RLINETO = 5, OP_RRCURVETO = 8, OP_ENDCHAR = 14, OP_RMOVETO = 21 };
/* Operators of dictionaries. */
enum { DICT_CHARSET = 15, DICT_CHARSTRINGS = 17, DICT_PRIVATE = 18 };
#define SID_OWN 391 /* the first string of a file's own; ours has none */
#define OFFSET_BYTES 4

struct _CffFont {
  GByteArray *charstrings;
  GArray *ends; /* guint32: where each glyph's charstring ends */
};

/* Numbers ---------------------------------------------------------------------------- */

static void put (GByteArray *out, guint32 value, guint bytes)
{
  for (guint i = bytes; i-- > 0;) {
    guint8 byte = (guint8) (value >> 8 * i);
    g_byte_array_append (out, &byte, 1);
  }
}

/* As charstrings and dictionaries have it. */
static void put_number (GByteArray *out, int value)
{
  if (value >= -107 && value <= 107)
    put (out, (guint32) (value + 139), 1);
  else if (value >= 108 && value <= 1131)
    put (out, (guint32) (value - 108 + (247 << 8)), 2);
  else if (value >= -1131 && value <= -108)
    put (out, (guint32) (-value - 108 + (251 << 8)), 2);
  else {
    put (out, 28, 1);
    put (out, (guint16) value, 2);
  }
}

/* In dictionaries only: five bytes whatever the value, so that offsets can be told before
 * they are known. */
static void put_long (GByteArray *out, guint32 value)
{
  put (out, 29, 1);
  put (out, value, 4);
}

/* Glyphs ----------------------------------------------------------------------------- */

typedef struct {
  GByteArray *out;
  FT_Vector at;
  int advance;
  gboolean begun; /* the advance goes before the first operator */
} Pen;

static void put_step (Pen *pen, const FT_Vector *to)
{
  put_number (pen->out, (int) (to->x - pen->at.x));
  put_number (pen->out, (int) (to->y - pen->at.y));
  pen->at = *to;
}

static void begin (Pen *pen)
{
  if (!pen->begun)
    put_number (pen->out, pen->advance);
  pen->begun = TRUE;
}

static int move_to (const FT_Vector *to, void *data)
{
  Pen *pen = data;
  begin (pen);
  put_step (pen, to);
  put (pen->out, OP_RMOVETO, 1);
  return 0;
}

static int line_to (const FT_Vector *to, void *data)
{
  Pen *pen = data;
  put_step (pen, to);
  put (pen->out, OP_RLINETO, 1);
  return 0;
}

static int cubic_to (const FT_Vector *one, const FT_Vector *two, const FT_Vector *to, void *data)
{
  Pen *pen = data;
  put_step (pen, one);
  put_step (pen, two);
  put_step (pen, to);
  put (pen->out, OP_RRCURVETO, 1);
  return 0;
}

/* None of the pinned fonts has such; it is drawn as what it is near to. */
static int conic_to (const FT_Vector *control, const FT_Vector *to, void *data)
{
  Pen *pen = data;
  const FT_Vector from = pen->at;
  const FT_Vector one
      = { from.x + 2 * (control->x - from.x) / 3, from.y + 2 * (control->y - from.y) / 3 },
      two = { to->x + 2 * (control->x - to->x) / 3, to->y + 2 * (control->y - to->y) / 3 };
  return cubic_to (&one, &two, to, data);
}

CffFont *cff_new (void)
{
  CffFont *cff = g_new0 (CffFont, 1);
  cff->charstrings = g_byte_array_new ();
  cff->ends = g_array_new (FALSE, FALSE, sizeof (guint32));
  g_autoptr (GBytes) empty = cff_charstring (NULL, CFF_UNITS_PER_EM);
  cff_add (cff, empty);
  return cff;
}

void cff_free (CffFont *cff)
{
  if (cff == NULL)
    return;
  g_byte_array_unref (cff->charstrings);
  g_array_unref (cff->ends);
  g_free (cff);
}

GBytes *cff_charstring (FT_Outline *outline, int advance)
{
  static const FT_Outline_Funcs steps = { move_to, line_to, conic_to, cubic_to, 0, 0 };
  Pen pen = { .out = g_byte_array_new (), .advance = advance };
  if (outline != NULL)
    FT_Outline_Decompose (outline, &steps, &pen);
  begin (&pen);
  put (pen.out, OP_ENDCHAR, 1);
  return g_byte_array_free_to_bytes (pen.out);
}

guint cff_add (CffFont *cff, GBytes *charstring)
{
  gsize length = 0;
  const guint8 *bytes = g_bytes_get_data (charstring, &length);
  g_byte_array_append (cff->charstrings, bytes, (guint) length);
  g_array_append_val (cff->ends, cff->charstrings->len);
  return cff->ends->len - 1;
}

/* File ------------------------------------------------------------------------------- */

/* An INDEX with one object. */
static void put_index_of_one (GByteArray *out, const void *object, guint length)
{
  put (out, 1, 2);
  put (out, 1, 1);
  put (out, 1, 1);
  put (out, 1 + length, 1);
  g_byte_array_append (out, object, length);
}

static void put_charstrings (GByteArray *out, const CffFont *cff)
{
  put (out, cff->ends->len, 2);
  put (out, OFFSET_BYTES, 1);
  put (out, 1, OFFSET_BYTES);
  for (guint i = 0; i < cff->ends->len; i++)
    put (out, 1 + g_array_index (cff->ends, guint32, i), OFFSET_BYTES);
  g_byte_array_append (out, cff->charstrings->data, cff->charstrings->len);
}

typedef struct {
  guint32 charset, private_dict, charstrings;
} Places;

/* As long whatever the places are. */
static GByteArray *top_dict (const Places *places)
{
  GByteArray *out = g_byte_array_new ();
  put_long (out, places->charset);
  put (out, DICT_CHARSET, 1);
  put_long (out, places->charstrings);
  put (out, DICT_CHARSTRINGS, 1);
  put_long (out, 0); /* an empty private dictionary */
  put_long (out, places->private_dict);
  put (out, DICT_PRIVATE, 1);
  return out;
}

/* The file with @places told in it; tells where they really are. */
static GByteArray *write_file (const CffFont *cff, Places *places)
{
  GByteArray *out = g_byte_array_new ();
  g_autoptr (GByteArray) top = top_dict (places);
  guint n = cff->ends->len;
  put (out, 0x01000400 | OFFSET_BYTES, 4); /* header: version 1.0, four bytes long */
  put_index_of_one (out, "A", 1);
  put_index_of_one (out, top->data, top->len);
  put (out, 0, 2);            /* no strings */
  put (out, 0, 2);            /* no global subroutines */
  places->charset = out->len; /* one range */
  put (out, 2, 1);
  put (out, SID_OWN, 2);
  put (out, n > 1 ? n - 2 : 0, 2);
  places->private_dict = out->len;
  places->charstrings = out->len;
  put_charstrings (out, cff);
  return out;
}

GBytes *cff_write (const CffFont *cff)
{
  Places places = { 0 };
  g_byte_array_unref (write_file (cff, &places));
  return g_byte_array_free_to_bytes (write_file (cff, &places));
}
