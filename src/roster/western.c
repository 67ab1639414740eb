#include "roster/western.h"

#include <pthread.h>
#include <string.h>

#define COUNT WESTERN_COUNT

const char *western_name (WesternEncoding encoding)
{
  static const char *const NAMES[COUNT]
      = { "Windows-1252", "ISO-8859-15", "CP850",       "MACINTOSH",
          "Windows-1250", "ISO-8859-2",  "Windows-1254" };
  return NAMES[encoding];
}

static gunichar characters[COUNT][128]; /* of the bytes from 0x80 on; 0: none */

static void read_characters (void)
{
  for (gsize e = 0; e < COUNT; e++)
    for (guint i = 0; i < 128; i++) {
      const char byte = (char) (i + 0x80);
      g_autofree char *text
          = g_convert (&byte, 1, "UTF-8", western_name ((WesternEncoding) e), NULL, NULL, NULL);
      gunichar c = text != NULL ? g_utf8_get_char (text) : 0;
      characters[e][i] = c >= 0xA0 ? c : 0;
    }
}

static gunichar character_of (gsize encoding, guint8 byte)
{
  return byte < 0x80 ? byte : characters[encoding][byte - 0x80];
}

static gboolean is_latin_letter (gunichar c)
{
  return c != 0 && g_unichar_isalpha (c) && c != 0xAA && c != 0xBA && c != 0xB5 && c != 0x192
         && (c < 0x250 || (c >= 0x1E00 && c < 0x1F00));
}

/* Signs that stand beside letters: quotation marks, dashes, n°, M.ª … */
static gboolean is_usual_sign (gunichar c)
{
  static const char SIGNS[] = "’‘“”«»–—…·•°ºª®´€§\u00A0";
  return c != 0 && g_utf8_strchr (SIGNS, -1, c) != NULL;
}

static gboolean is_vowel (gunichar c)
{
  return c != 0 && c < 0x80 && strchr ("aeiouAEIOU", (int) c) != NULL;
}

/* A sign where it stands: 12 m² and « oui » fit, c½ur does not. */
static gboolean sign_fits (gunichar before, gunichar c, gunichar after)
{
  if (c == 0 || g_unichar_isalpha (c))
    return (c == 0xAA || c == 0xBA) && !is_latin_letter (after);
  gboolean beside = is_latin_letter (before) || is_latin_letter (after);
  gboolean inside = is_latin_letter (before) && is_latin_letter (after);
  if (inside && g_utf8_strchr ("“”«»°…", -1, c) != NULL)
    return FALSE;
  if (inside && c == 0x2018 && g_unichar_islower (after))
    return FALSE;
  if (inside && g_unichar_isupper (before) && (c == 0x20AC || c == 0xB7))
    return FALSE; /* FRAN€OIS, M·CON: Ç and À of MS-DOS */
  if ((c == 0xB2 || c == 0xB3) && before == 'm' && !is_latin_letter (after))
    return TRUE;
  return !beside || is_usual_sign (c);
}

/* The case of a letter with an accent within its word. */
static gboolean case_fits (gunichar before, gunichar c, gunichar after, gboolean first_choice)
{
  if (!is_latin_letter (before))
    return TRUE;
  if (g_unichar_isupper (c))
    return !g_unichar_islower (before)
           && !(g_unichar_isupper (before) && g_unichar_islower (after));
  /* “LEFéVRE” is what a French keyboard writes with capitals locked */
  return first_choice || !(g_unichar_isupper (before) && g_unichar_isupper (after));
}

/* A letter that Western languages have elsewhere or not at all, but that a letter of
 * Central Europe or Turkey has for its byte: Dvoøák, Petroviæ, Gdañsk, Iþýk. */
static gboolean is_doubtful (gunichar before, gunichar c, gunichar after)
{
  gboolean ends = !is_latin_letter (after);
  gboolean vowel_after = is_vowel (after), vowel_before = is_vowel (before);
  switch (c) {
  case 0xF8: /* ø: ř */
  case 0xD8: /* Ø: Ř */
    return vowel_before || vowel_after;
  case 0xE6: /* æ: ć */
    return ends;
  case 0xF1: /* ñ: ń */
    return !ends && !vowel_after && after < 0x80;
  case 0xF5: /* õ: ő */
    return after != 'e';
  case 0xE3: /* ã: ă */
    return after != 'e' && after != 'o';
  case 0xE8: /* è: č */
  case 0xC8: /* È: Č */
    return vowel_after;
  case 0xEC: /* ì: ě */
    return !ends;
  case 0xF9: /* ù: ů; there is où */
    return !ends || before != 'o';
  case 0xCC: /* Ì: Ě */
  case 0xD9: /* Ù: Ů */
  case 0xFD: /* ý: ı */
  case 0xDD: /* Ý: İ */
    return TRUE;
  default:
    return FALSE;
  }
}

/* A letter among capitals for which MS-DOS or a Macintosh has a likelier one: LEFÔVRE,
 * CHÒNE, NOÓL, LEFéVRE, CïTE. */
static gboolean is_unlikely_capital (gunichar before, gunichar c, gunichar after)
{
  gboolean first = !is_latin_letter (before), last = !is_latin_letter (after);
  if (!(first || g_unichar_isupper (before)) || !(last || g_unichar_isupper (after)))
    return FALSE;
  switch (c) {
  case 0xD4: /* Ô: È */
    return TRUE;
  case 0xD2: /* Ò: Ê */
    return !last;
  case 0xD3: /* Ó: Ë */
    return before == 'A' || before == 'O';
  default:
    return is_latin_letter (c) && g_unichar_islower (c) && !first && !last;
  }
}

/* Letters that only Icelandic has, and Turkish letters have the bytes of. */
static gboolean is_icelandic (gunichar c)
{
  return c == 0xFE || c == 0xDE || c == 0xF0 || c == 0xD0;
}

typedef struct {
  gboolean fits;
  gsize misfit;
  guint64 doubts;
  gsize doubt;
  gboolean is_unlikely;
  gsize unlikely; /* the first such capital */
} Fit;

static gboolean letter_fits (gsize encoding, gunichar before, gunichar c, gunichar after)
{
  gboolean western = encoding == 0 || encoding == 1;
  return is_latin_letter (c) && case_fits (before, c, after, western)
         && !(western && is_icelandic (c));
}

/* A word of two letters with accents and more, and no other letter, is no word. */
static gboolean is_bare_run (const guint8 *bytes, gsize length, gsize at, gsize encoding)
{
  gsize run = 0;
  while (at + run < length && bytes[at + run] >= 0x80
         && is_latin_letter (character_of (encoding, bytes[at + run])))
    run++;
  return run >= 2 && (at == 0 || !g_ascii_isalpha (bytes[at - 1]))
         && (at + run >= length || !g_ascii_isalpha (bytes[at + run]));
}

static Fit fit_of (const guint8 *bytes, gsize length, gsize encoding)
{
  Fit fit = { .fits = TRUE };
  for (gsize i = 0; i < length; i++) {
    if (bytes[i] < 0x80)
      continue;
    gunichar before = i > 0 ? character_of (encoding, bytes[i - 1]) : 0,
             c = character_of (encoding, bytes[i]),
             after = i + 1 < length ? character_of (encoding, bytes[i + 1]) : 0;
    gboolean good = is_latin_letter (c) ? letter_fits (encoding, before, c, after)
                                        : sign_fits (before, c, after);
    gboolean begins = i == 0 || bytes[i - 1] < 0x80;
    if (!good || (begins && is_bare_run (bytes, length, i, encoding)))
      return (Fit){ .misfit = i };
    if (is_doubtful (before, c, after) && fit.doubts++ == 0)
      fit.doubt = i;
    if (!fit.is_unlikely && is_unlikely_capital (before, c, after)) {
      fit.is_unlikely = TRUE;
      fit.unlikely = i;
    }
  }
  return fit;
}

/* The first byte that two encodings read otherwise; @length if none. */
static gsize difference (const guint8 *bytes, gsize length, gsize a, gsize b)
{
  gsize i = 0;
  while (i < length && character_of (a, bytes[i]) == character_of (b, bytes[i]))
    i++;
  return i;
}

/* Another encoding that fits, from @from on, and reads the file otherwise than @than;
 * COUNT if none. */

static gsize rival_of (const guint8 *bytes, gsize length, gsize than, gsize from, gsize *where)
{
  for (gsize e = from; e < COUNT; e++) {
    gsize place = difference (bytes, length, than, e);
    if (e == than || place == length || !fit_of (bytes, length, e).fits)
      continue;
    *where = place;
    return e;
  }
  return COUNT;
}

Western western_find (const guint8 *bytes, gsize length)
{
  static pthread_once_t once = PTHREAD_ONCE_INIT;
  pthread_once (&once, read_characters);
  static const gsize FOREIGN = WESTERN_WINDOWS_1250; /* and those after it */
  Western found = { .verdict = WESTERN_FOUND, .encoding = WESTERN_WINDOWS_1252 };
  Fit windows = fit_of (bytes, length, 0);
  gsize taken = 0, rival = COUNT;
  for (gsize other = WESTERN_CP850; windows.is_unlikely && other < FOREIGN; other++) {
    gunichar likelier = character_of (other, bytes[windows.unlikely]);
    if (!is_latin_letter (likelier) || !fit_of (bytes, length, other).fits)
      continue;
    found.where = windows.unlikely;
    found.verdict = WESTERN_TWO;
    found.other = (WesternEncoding) other;
    return found;
  }
  if (windows.fits && windows.doubts == 0)
    return found;
  if (windows.fits)
    rival = rival_of (bytes, length, 0, FOREIGN, &found.where);
  else {
    for (taken = 1; taken < COUNT && !fit_of (bytes, length, taken).fits;)
      taken++;
    if (taken == COUNT)
      return (Western){ .verdict = WESTERN_NONE, .where = windows.misfit };
    rival = rival_of (bytes, length, taken, taken + 1, &found.where);
  }
  found.encoding = (WesternEncoding) taken;
  if (rival == COUNT)
    return found;
  found.verdict = WESTERN_TWO;
  found.other = (WesternEncoding) rival;
  return found;
}

char *western_word (const guint8 *bytes, gsize length, gsize where, WesternEncoding encoding)
{
  gsize start = where, end = where;
  g_autoptr (GString) word = g_string_new (NULL);
  while (start > 0 && where - start < 40
         && (bytes[start - 1] >= 0x80 || g_ascii_isalpha (bytes[start - 1])))
    start--;
  while (end < length && end - where < 40 && (bytes[end] >= 0x80 || g_ascii_isalpha (bytes[end])))
    end++;
  for (gsize i = start; i < end; i++) {
    gunichar c = character_of (encoding, bytes[i]);
    g_string_append_unichar (word, c != 0 ? c : 0xFFFD);
  }
  return g_strdup (word->str);
}
