#include "core/text.h"

#include "core/simplified.h"

#include <string.h>
#include <unicode/uchar.h>
#include <unicode/unorm2.h>
#include <unicode/uscript.h>

gboolean text_is_han (gunichar c)
{
  if (c < 0x2E80)
    return FALSE;
  if (c >= 0x4E00 && c <= 0x9FFF)
    return TRUE;
  UErrorCode status = U_ZERO_ERROR;
  return uscript_getScript ((UChar32) c, &status) == USCRIPT_HAN;
}

gboolean text_has_han (const char *text)
{
  if (text == NULL)
    return FALSE;
  for (const char *p = text; *p != '\0'; p = text_next (p))
    if ((guint8) *p >= 0xE2 && text_is_han (g_utf8_get_char (p)))
      return TRUE;
  return FALSE;
}

/* Folding ---------------------------------------------------------------------------- */

/* Letters that Unicode does not decompose but that people type without their stroke or
 * ligature. NULL for all others. */
static const char *opened (gunichar c)
{
  switch (c) {
  case 0xDF:
    return "ss";
  case 0xE6:
    return "ae";
  case 0xF0:
    return "d";
  case 0xF8:
    return "o";
  case 0xFE:
    return "th";
  case 0x111:
    return "d";
  case 0x127:
    return "h";
  case 0x131:
    return "i";
  case 0x142:
    return "l";
  case 0x153:
    return "oe";
  default:
    return NULL;
  }
}

/* A text being folded: a space is due before the next letter if something else came
 * before it. */
typedef struct {
  GString *out;
  gboolean space_due;
} Folding;

static void folding_letter (Folding *folding, gunichar c)
{
  if (folding->space_due && folding->out->len > 0)
    g_string_append_c (folding->out, ' ');
  folding->space_due = FALSE;
  const char *ascii = opened (c);
  if (ascii != NULL)
    g_string_append (folding->out, ascii);
  else
    g_string_append_unichar (folding->out, c);
}

/* Marks of direction and order, soft hyphens, fillers, selectors of a character's
 * form, tags: what nobody sees, and a name that is typed by hand has not. */
static gboolean is_invisible (gunichar c)
{
  return c == 0xAD || c == 0x34F || c == 0x61C || c == 0x115F || c == 0x1160 || c == 0x180E
         || c == 0x200B || c == 0x200E || c == 0x200F || (c >= 0x202A && c <= 0x202E)
         || (c >= 0x2060 && c <= 0x2069) || c == 0x2800 || c == 0x3164
         || (c >= 0xFE00 && c <= 0xFE0F) || c == 0xFEFF || c == 0xFFA0
         || (c >= 0xE0000 && c <= 0xE0FFF);
}

static gboolean is_joiner (gunichar c)
{
  return c == 0x200C || c == 0x200D;
}

/* What people and keyboards write for an apostrophe, and Unicode calls a letter. */
static gboolean is_letter_apostrophe (gunichar c)
{
  return (c >= 0x2B9 && c <= 0x2BF) || c == 0x2C8 || c == 0x2CA || c == 0x2CB || c == 0xA78C;
}

static void folding_add (Folding *folding, gunichar c)
{
  guint32 type = U_MASK (u_charType ((UChar32) c));
  if (is_letter_apostrophe (c)) {
    folding->space_due = TRUE;
    return;
  }
  if (type & U_GC_M_MASK)
    return;
  if (type & (U_GC_L_MASK | U_GC_N_MASK))
    folding_letter (folding,
                    simplified_of ((gunichar) u_foldCase ((UChar32) c, U_FOLD_CASE_DEFAULT)));
  else
    folding->space_due = TRUE;
}

static void folding_decompose (Folding *folding, const UNormalizer2 *nfkd, gunichar c)
{
  if (is_invisible (c) || is_joiner (c))
    return; /* parts no words */
  UChar apart[32];
  UErrorCode status = U_ZERO_ERROR;
  int32_t units = unorm2_getDecomposition (nfkd, (UChar32) c, apart, G_N_ELEMENTS (apart), &status);
  if (units < 0 || U_FAILURE (status)) {
    folding_add (folding, c);
    return;
  }
  for (int32_t i = 0; i < units;) {
    UChar32 part;
    U16_NEXT (apart, i, units, part);
    folding_add (folding, (gunichar) part);
  }
}

char *text_fold (const char *text)
{
  UErrorCode status = U_ZERO_ERROR;
  const UNormalizer2 *nfkd = unorm2_getNFKDInstance (&status);
  if (U_FAILURE (status))
    g_error ("ICU has no NFKD on this machine (%s): its data is incomplete", u_errorName (status));
  Folding folding = { .out = g_string_sized_new (strlen (text) + 8) };
  for (const char *p = text; *p != '\0'; p = text_next (p)) {
    gunichar c = g_utf8_get_char (p);
    if (c >= 0x80 && !(c >= 0x4E00 && c <= 0x9FFF))
      folding_decompose (&folding, nfkd, c);
    else if (c >= 0x80 || g_ascii_isalnum ((char) c))
      folding_letter (&folding,
                      c < 0x80 ? (gunichar) g_ascii_tolower ((char) c) : simplified_of (c));
    else
      folding.space_due = TRUE;
  }
  return g_string_free (folding.out, FALSE);
}

char *text_key (const char *text)
{
  char *folded = text_fold (text), *to = folded;
  for (const char *p = folded; *p != '\0'; p++)
    if (*p != ' ')
      *to++ = *p;
  *to = '\0';
  return folded;
}

/* Cleaning --------------------------------------------------------------------------- */

/* Joins letters of scripts that need it, which begin with Arabic, and pictures;
 * between others it is seen no more than those. */
static gboolean is_idle_joiner (gunichar c, gunichar before)
{
  return is_joiner (c) && (before < 0x600 || text_is_han (before));
}

/* Characters that are in NFC whatever stands beside them, and need no look at ICU's or
 * GLib's tables: most of all names. */
static gboolean is_settled (gunichar c)
{
  return c < 0x300 || (c >= 0x2010 && c <= 0x2027) || (c >= 0x3400 && c <= 0x9FFF)
         || (c >= 0xFF01 && c <= 0xFF5E);
}

static gboolean is_space (gunichar c)
{
  return c == ' ' || (c >= '\t' && c <= '\r')
         || (c >= 0x80 && (g_unichar_isspace (c) || c == 0x85));
}

char *text_clean (const char *text)
{
  GString *out = g_string_sized_new (strlen (text) + 1);
  gboolean settled = TRUE, space_due = FALSE;
  gunichar before = 0;
  for (const char *p = text; *p != '\0'; p = text_next (p)) {
    gunichar c = g_utf8_get_char (p);
    if (is_space (c)) {
      space_due = TRUE;
      continue;
    }
    if (c >= 0xAD && (is_invisible (c) || is_idle_joiner (c, before)))
      continue;
    before = c;
    if (space_due && out->len > 0)
      g_string_append_c (out, ' ');
    space_due = FALSE;
    settled = settled && is_settled (c);
    if (c < 0x80)
      g_string_append_c (out, (char) c);
    else
      g_string_append_unichar (out, c);
  }
  if (settled)
    return g_string_free (out, FALSE);
  char *composed = g_utf8_normalize (out->str, (gssize) out->len, G_NORMALIZE_DEFAULT_COMPOSE);
  g_string_free (out, TRUE);
  return composed;
}

/* Tables ----------------------------------------------------------------------------- */

gboolean text_is_formula (const char *text)
{
  switch (g_utf8_get_char (text)) {
  case '=':
  case '+':
  case '-':
  case '@':
  case '\t':
  case '\r':
  case 0xFF1D:
  case 0xFF0B:
  case 0xFF0D:
  case 0xFF20:
    return TRUE;
  default:
    return FALSE;
  }
}

char *text_capital (const char *text)
{
  if (text == NULL || *text == '\0')
    return g_strdup ("");
  const char *rest = text_next (text);
  g_autofree char *first = g_utf8_strup (text, rest - text);
  return g_strconcat (first, rest, NULL);
}

guint text_distance (const char *a, const char *b)
{
  gsize length = strlen (b);
  g_autofree guint *row = g_new (guint, length + 1);

  for (gsize j = 0; j <= length; j++)
    row[j] = (guint) j;
  for (gsize i = 1; a[i - 1] != '\0'; i++) {
    guint diagonal = row[0];
    row[0] = (guint) i;
    for (gsize j = 1; j <= length; j++) {
      guint replaced = diagonal + (a[i - 1] != b[j - 1]);
      diagonal = row[j];
      row[j] = MIN (replaced, MIN (row[j], row[j - 1]) + 1);
    }
  }
  return row[length];
}

static int columns_of (gunichar c)
{
  return g_unichar_iszerowidth (c) ? 0 : g_unichar_iswide (c) ? 2 : 1;
}

int text_columns (const char *text)
{
  int columns = 0;

  for (const char *at = text; *at != '\0'; at = text_next (at))
    columns += columns_of (g_utf8_get_char (at));
  return columns;
}

char *text_fitted (const char *text, int columns)
{
  const char *end = text;

  if (text_columns (text) <= columns)
    return g_strdup (text);
  for (int left = columns - 1; (left -= columns_of (g_utf8_get_char (end))) >= 0;)
    end = text_next (end);
  return g_strdup_printf ("%.*s…", (int) (end - text), text);
}
