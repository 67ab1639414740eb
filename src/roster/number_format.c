#include "roster/number_format.h"

#include <inttypes.h>
#include <math.h>
#include <string.h>

/* A piece of a number's format. */
typedef enum { PIECE_DIGIT, PIECE_POINT, PIECE_TEXT, PIECE_GENERAL } PieceKind;

typedef struct {
  PieceKind kind;
  char digit; /* 0 # ? */
  char *text;
} Piece;

/* One of the up to four parts of a format: positive; negative; zero; text. */
typedef struct {
  GArray *pieces;   /* Piece */
  gboolean general; /* it is General, and nothing else */
  gboolean has_general, has_date, has_time, has_exponent, elapsed;
  guint decimals, scale; /* scale: of thousands that are left out, 1 for "0," */
  guint percent;
} Section;

struct _NumberFormat {
  Section sections[3];
  guint count;
};

static void piece_clear (gpointer data)
{
  g_free (((Piece *) data)->text);
}

/* Reading a code --------------------------------------------------------------------- */

static void add_text (Section *section, const char *text, gsize length)
{
  Piece piece = { .kind = PIECE_TEXT, .text = g_strndup (text, length) };
  g_array_append_val (section->pieces, piece);
}

static void add_piece (Section *section, PieceKind kind, char digit)
{
  Piece piece = { .kind = kind, .digit = digit };
  g_array_append_val (section->pieces, piece);
}

/* [Red] and [>100] show nothing, [$€-40C] shows its sign, [h] counts hours past a day. */
static const char *take_bracket (Section *section, const char *p)
{
  gsize length = strcspn (p, "]");
  if (p[1] == '$') {
    gsize sign = strcspn (p + 2, "-]");
    if (p[2 + sign] != '\0')
      add_text (section, p + 2, sign);
  } else if (strchr ("hHmMsS", p[1]) != NULL && p[1] != '\0'
             && strspn (p + 1, "hHmMsS") == length - 1) {
    section->has_time = section->elapsed = TRUE;
  }
  return p + length + (p[length] == ']');
}

/* Letters of dates and times; the unquoted 年 of a Chinese format is a text like any
 * other. */
static gboolean take_date_letter (Section *section, const char *p)
{
  char c = g_ascii_tolower (*p);
  if (c == 'y' || c == 'd' || c == 'b')
    section->has_date = TRUE;
  else if (c == 'h' || c == 's')
    section->has_time = TRUE;
  else if (c != 'm' && c != 'e' && c != 'g' && c != 'a')
    return FALSE;
  return TRUE;
}

/* m alone is a month, beside hours or seconds minutes. */
static gboolean is_month_alone (const char *code, gsize length)
{
  gboolean month = FALSE;
  for (gsize i = 0; i < length; i++) {
    if (code[i] == '"')
      for (i++; i < length && code[i] != '"'; i++)
        ;
    else if (code[i] == '\\')
      i++;
    else if (code[i] == '[')
      for (; i < length && code[i] != ']'; i++)
        ;
    else
      month = month || g_ascii_tolower (code[i]) == 'm';
  }
  return month;
}

static const char *take_digit_sign (Section *section, const char *p, gboolean *after_point)
{
  if (*p == '.') {
    add_piece (section, PIECE_POINT, 0);
    *after_point = TRUE;
  } else if (*p == ',') { /* between digits it groups, after the last it divides by 1000 */
    gsize commas = strspn (p, ",");
    if (p[commas] != '0' && p[commas] != '#' && p[commas] != '?' && section->pieces->len > 0)
      section->scale += (guint) MIN (commas, 8);
    return p + commas;
  } else {
    section->decimals += *after_point && section->decimals < 30;
    add_piece (section, PIECE_DIGIT, *p);
  }
  return p + 1;
}

/* Its name in the file is English; some programs write that of their own language. */
static gboolean is_general (const char *code, gsize length)
{
  static const char *const NAMES[] = { "General", "Standard", "G/通用格式", "G/標準" };
  for (gsize i = 0; i < G_N_ELEMENTS (NAMES); i++)
    if (strlen (NAMES[i]) == length && g_ascii_strncasecmp (code, NAMES[i], length) == 0)
      return TRUE;
  return FALSE;
}

static const char *take_one (Section *section, const char *p, const char *end, gboolean *point)
{
  if (*p == '"') {
    const char *quote = memchr (p + 1, '"', (gsize) (end - p - 1));
    const char *stop = quote != NULL ? quote : end;
    add_text (section, p + 1, (gsize) (stop - p - 1));
    return quote != NULL ? quote + 1 : end;
  }
  if ((*p == '\\' || *p == '_' || *p == '*') && p + 1 < end) {
    const char *next = p + 1 + g_utf8_skip[(guchar) p[1]];
    if (*p == '\\')
      add_text (section, p + 1, (gsize) (MIN (next, end) - p - 1));
    return MIN (next, end);
  }
  if (end - p >= 7 && is_general (p, 7)) {
    section->has_general = TRUE;
    add_piece (section, PIECE_GENERAL, 0);
    return p + 7;
  }
  if (*p == '[') {
    const char *after = take_bracket (section, p);
    return MIN (after, end);
  }
  if (strchr ("0#?.,", *p) != NULL)
    return take_digit_sign (section, p, point);
  if ((*p == 'E' || *p == 'e') && p + 1 < end && (p[1] == '+' || p[1] == '-')) {
    section->has_exponent = TRUE;
    return p + 2;
  }
  if (*p == '%')
    section->percent++;
  if (*p == '@' || take_date_letter (section, p))
    return p + 1;
  gsize length = (gsize) g_utf8_skip[(guchar) *p];
  add_text (section, p, MIN (length, (gsize) (end - p)));
  return MIN (p + length, end);
}

static void read_section (Section *section, const char *code, gsize length)
{
  gboolean point = FALSE;
  const char *end = code + length;
  section->pieces = g_array_new (FALSE, TRUE, sizeof (Piece));
  g_array_set_clear_func (section->pieces, piece_clear);
  section->general = length == 0 || is_general (code, length) || (length == 1 && *code == '@');
  if (section->general)
    return;
  for (const char *p = code; p < end;)
    p = take_one (section, p, end, &point);
  if (!section->has_time && !section->has_date && is_month_alone (code, length))
    section->has_date = TRUE;
}

/* Where the section that begins at @p ends. */
static gsize section_length (const char *p)
{
  gsize i = 0;
  while (p[i] != '\0' && p[i] != ';') {
    if (p[i] == '"') {
      const char *quote = strchr (p + i + 1, '"');
      i = quote != NULL ? (gsize) (quote - p) : strlen (p) - 1;
    } else if (p[i] == '\\' && p[i + 1] != '\0')
      i++;
    i++;
  }
  return i;
}

NumberFormat *number_format_new (const char *code)
{
  NumberFormat *format = g_new0 (NumberFormat, 1);
  g_autofree char *valid = g_utf8_make_valid (code, -1);
  for (const char *p = valid; format->count < G_N_ELEMENTS (format->sections);) {
    gsize length = section_length (p);
    read_section (&format->sections[format->count++], p, length);
    if (p[length] == '\0')
      break;
    p += length + 1;
  }
  return format;
}

NumberFormat *number_format_new_built_in (guint id)
{
  static const struct {
    guint first, last;
    const char *code;
  } CODES[] = {
    { 1, 1, "0" },
    { 2, 2, "0.00" },
    { 3, 3, "0" },
    { 4, 4, "0.00" },
    { 9, 9, "0%" },
    { 10, 10, "0.00%" },
    { 14, 17, "yyyy-mm-dd" },
    { 18, 21, "h:mm:ss" },
    { 22, 22, "yyyy-mm-dd h:mm" },
    { 27, 31, "yyyy-mm-dd" },
    { 32, 35, "h:mm:ss" },
    { 36, 36, "yyyy-mm-dd" },
    { 37, 38, "0" },
    { 39, 40, "0.00" },
    { 45, 45, "mm:ss" },
    { 46, 46, "[h]:mm:ss" },
    { 47, 47, "mm:ss" },
    { 50, 54, "yyyy-mm-dd" },
    { 55, 56, "h:mm:ss" },
    { 57, 58, "yyyy-mm-dd" },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (CODES); i++)
    if (id >= CODES[i].first && id <= CODES[i].last)
      return number_format_new (CODES[i].code);
  return number_format_new ("General");
}

void number_format_free (NumberFormat *format)
{
  if (format == NULL)
    return;
  for (guint i = 0; i < format->count; i++)
    g_array_unref (format->sections[i].pieces);
  g_free (format);
}

gboolean number_format_is_general (const NumberFormat *format)
{
  return format == NULL || format->sections[0].general;
}

/* Showing a number ------------------------------------------------------------------- */

static char *show_general (double value)
{
  char buffer[G_ASCII_DTOSTR_BUF_SIZE];
  if (fabs (value) < 1e15 && value == floor (value))
    return g_strdup (g_ascii_formatd (buffer, sizeof buffer, "%.0f", value == 0 ? 0 : value));
  return g_strdup (g_ascii_formatd (buffer, sizeof buffer, "%.15G", value));
}

/* 1900 was no leap year, but Lotus and so Excel have its 29 February: the days before it
 * are one less. NULL if the number is no day. */
static char *show_date (const Section *section, double value, gboolean is_1904)
{
  gint64 seconds = (gint64) floor (value * 86400 + 0.5), days = seconds / 86400,
         rest = seconds % 86400;
  guint hour = (guint) (rest / 3600), minute = (guint) (rest / 60 % 60),
        second = (guint) (rest % 60);
  g_autofree char *time
      = section->elapsed ? g_strdup_printf ("%" PRId64 ":%02u:%02u", seconds / 3600, minute, second)
        : second > 0     ? g_strdup_printf ("%02u:%02u:%02u", hour, minute, second)
                         : g_strdup_printf ("%02u:%02u", hour, minute);
  if (!section->has_date)
    return g_steal_pointer (&time);
  GDate date;
  g_date_clear (&date, 1);
  g_date_set_dmy (&date,
                  is_1904     ? 1
                  : days < 60 ? 31
                              : 30,
                  is_1904 ? G_DATE_JANUARY : G_DATE_DECEMBER, is_1904 ? 1904 : 1899);
  g_date_add_days (&date, (guint) days);
  gboolean with_time = section->has_time && rest > 0;
  return g_strdup_printf ("%04u-%02u-%02u%s%s", g_date_get_year (&date),
                          (guint) g_date_get_month (&date), g_date_get_day (&date),
                          with_time ? " " : "", with_time ? time : "");
}

static guint count_digits (const Section *section, gboolean *has_point)
{
  guint digits = 0;
  for (guint i = 0; i < section->pieces->len; i++) {
    const Piece *piece = &g_array_index (section->pieces, Piece, i);
    if (piece->kind == PIECE_POINT) {
      *has_point = TRUE;
      break;
    }
    digits += piece->kind == PIECE_DIGIT;
  }
  return digits;
}

/* The decimals, without the zeros that # leaves out at their end. */
static void add_decimals (GString *text, const Section *section, guint from, const char *decimals)
{
  gsize point = text->len, at = 0, needed = text->len;
  g_string_append_c (text, '.');
  for (guint i = from; i < section->pieces->len; i++) {
    const Piece *piece = &g_array_index (section->pieces, Piece, i);
    if (piece->kind == PIECE_TEXT)
      g_string_append (text, piece->text);
    if (piece->kind == PIECE_DIGIT && decimals[at] != '\0')
      g_string_append_c (text, decimals[at++]);
    if (piece->kind == PIECE_TEXT || piece->digit == '0' || text->str[text->len - 1] != '0')
      needed = text->len;
  }
  g_string_truncate (text, needed > point + 1 ? needed : point);
}

/* @digits set into the places of the format, those too many before the first; zeros where
 * the format wants them. */
static char *show_digits (const Section *section, const char *digits, const char *decimals)
{
  g_autoptr (GString) text = g_string_new (NULL);
  gboolean has_point = FALSE;
  guint places = count_digits (section, &has_point), place = 0, i = 0;
  gsize length = strcmp (digits, "0") == 0 ? 0 : strlen (digits);
  for (; i < section->pieces->len; i++) {
    const Piece *piece = &g_array_index (section->pieces, Piece, i);
    if (piece->kind == PIECE_POINT)
      break;
    if (piece->kind == PIECE_TEXT)
      g_string_append (text, piece->text);
    if (piece->kind != PIECE_DIGIT)
      continue;
    if (place++ == 0 && length > places)
      g_string_append_len (text, digits, (gssize) (length - places));
    guint left = places - place; /* digits that follow this one */
    if (left < length)
      g_string_append_c (text, digits[length - 1 - left]);
    else if (piece->digit == '0')
      g_string_append_c (text, '0');
  }
  if (has_point)
    add_decimals (text, section, i + 1, decimals);
  return g_strdup (text->str);
}

/* "FR-"General */
static char *show_with_words (const Section *section, double value)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char *number = show_general (value);
  for (guint i = 0; i < section->pieces->len; i++) {
    const Piece *piece = &g_array_index (section->pieces, Piece, i);
    if (piece->kind == PIECE_GENERAL || piece->kind == PIECE_TEXT)
      g_string_append (text, piece->kind == PIECE_TEXT ? piece->text : number);
  }
  return g_strdup (text->str);
}

static char *show_number (const Section *section, double value, gboolean negative)
{
  char buffer[400];
  gboolean has_point = FALSE;
  if (section->has_exponent
      || (count_digits (section, &has_point) == 0 && !has_point && section->pieces->len == 0))
    return show_general (negative ? -value : value);
  value *= pow (100, section->percent) / pow (1000, section->scale);
  if (!(value < 1e300))
    return show_general (negative ? -value : value);
  g_autofree char *code = g_strdup_printf ("%%.%uf", section->decimals);
  g_ascii_formatd (buffer, sizeof buffer, code, value);
  char *point = strchr (buffer, '.');
  if (point != NULL)
    *point = '\0';
  g_autofree char *shown = show_digits (section, buffer, point != NULL ? point + 1 : "");
  gboolean is_zero = strspn (buffer, "0") == strlen (buffer)
                     && (point == NULL || strspn (point + 1, "0") == strlen (point + 1));
  return g_strconcat (negative && !is_zero ? "-" : "", shown, NULL);
}

char *number_format_show (const NumberFormat *format, double value, gboolean is_1904)
{
  if (!isfinite (value) || format == NULL)
    return show_general (isfinite (value) ? value : 0);
  guint index = value < 0 && format->count > 1 ? 1 : value == 0 && format->count > 2 ? 2 : 0;
  const Section *section = &format->sections[index];
  if (section->general)
    return show_general (value);
  if (section->has_general)
    return show_with_words (section, value);
  if (section->has_date || section->has_time)
    return value >= 0 && value < 2958466 /* the end of 9999 */ ? show_date (section, value, is_1904)
                                                               : show_general (value);
  return show_number (section, fabs (value), value < 0 && index == 0);
}
