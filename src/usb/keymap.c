#include "usb/keymap.h"

#include <string.h>

/* The keys of usages 0x04 … 0x27 (letters and digits), 0x2D … 0x38 (signs) and 0x64
 * (the key beside the left Shift of a European keyboard), one character each; a space
 * is none. */
#define FIRST_RUN 0x04u
#define FIRST_RUN_LAST 0x27u
#define SECOND_RUN 0x2Du
#define SECOND_RUN_LAST 0x38u
#define EUROPEAN_KEY 0x64u
#define KEYS 49

typedef enum { PLAIN, SHIFT, ALTGR } Level;
#define LEVELS 3

typedef struct {
  const char *name;
  const char *levels[LEVELS];
  const char *dead[LEVELS]; /* accents among them that are dead keys */
  const char *no_caps;      /* plain characters whose keys Caps Lock does not shift */
  gboolean letters_only;    /* Caps Lock shifts letters, nothing else */
  const char *code_page;    /* of Alt with a number that does not begin with 0 */
} Layout;

static const Layout LAYOUTS[KEYMAP_LAYOUTS] = {
  [KEYMAP_US] = {
    "us",
    { "abcdefghijklmnopqrstuvwxyz" "1234567890" "-=[]\\\\;'`,./" "\\",
      "ABCDEFGHIJKLMNOPQRSTUVWXYZ" "!@#$%^&*()" "_+{}||:\"~<>?" "|",
      "                          " "          " "            " " " },
    { "", "", "" }, "", TRUE, "CP437",
  },
  [KEYMAP_FR] = {
    "fr",
    { "qbcdefghijkl,noparstuvzxyw" "&é\"'(-è_çà" ")=^$**mù²;:!" "<",
      "QBCDEFGHIJKL?NOPARSTUVZXYW" "1234567890" "°+¨£µµM% ./§" ">",
      "    €                     " " ~#{[|`\\^@" "]} ¤        " " " },
    { "^", "¨", "~`" }, "^²<", FALSE, "CP850",
  },
  [KEYMAP_DE] = {
    "de",
    { "abcdefghijklmnopqrstuvwxzy" "1234567890" "ß´ü+##öä^,.-" "<",
      "ABCDEFGHIJKLMNOPQRSTUVWXZY" "!\"§$%&/()=" "?`Ü*''ÖÄ°;:_" ">",
      "    €       µ   @         " " ²³   {[]}" "\\  ~        " "|" },
    { "^´", "`", "" }, "^´-<", FALSE, "CP850",
  },
};

const char *keymap_layout_name (KeysLayout layout)
{
  return LAYOUTS[layout].name;
}

gboolean keymap_layout_named (const char *name, KeysLayout *layout)
{
  for (guint i = 0; i < KEYMAP_LAYOUTS; i++)
    if (strcmp (LAYOUTS[i].name, name) == 0) {
      *layout = (KeysLayout) i;
      return TRUE;
    }
  return FALSE;
}

/* Where the usage stands in a row of characters, or -1. */
static int row_index (guint usage)
{
  if (usage >= FIRST_RUN && usage <= FIRST_RUN_LAST)
    return (int) (usage - FIRST_RUN);
  if (usage >= SECOND_RUN && usage <= SECOND_RUN_LAST)
    return (int) (usage - SECOND_RUN + FIRST_RUN_LAST - FIRST_RUN + 1);
  return usage == EUROPEAN_KEY ? KEYS - 1 : -1;
}

static gunichar in_row (const char *row, int index)
{
  return g_utf8_get_char (g_utf8_offset_to_pointer (row, index));
}

static gboolean among (const char *characters, gunichar c)
{
  return g_utf8_strchr (characters, -1, c) != NULL;
}

/* Keys that type the same in every layout, and the number pad, with Num Lock on: scanners
 * rely on it. */
static gunichar common_character (KeysLayout layout, guint usage)
{
  static const char PAD[] = "/*-+\r1234567890"; /* 0x54 … 0x62 */

  if (usage == KEYMAP_USAGE_ENTER)
    return '\r';
  if (usage == KEYMAP_USAGE_TAB)
    return '\t';
  if (usage == 0x2C)
    return ' ';
  if (usage == 0x29)
    return 0x1B;
  if (usage >= 0x54 && usage <= KEYMAP_USAGE_PAD_0)
    return (gunichar) PAD[usage - 0x54];
  if (usage == 0x63)
    return layout == KEYMAP_DE ? ',' : '.';
  return usage == 0x67 ? '=' : 0;
}

/* Ctrl with a letter or one of [ \ ] ^ _, as keyboards have made control characters since
 * the teletype. */
static gunichar control_character (gunichar c)
{
  c = c < 0x80 ? (gunichar) g_ascii_toupper ((char) c) : 0;
  return c >= '@' && c <= '_' ? c - '@' : 0;
}

gunichar keymap_character (KeysLayout layout, guint usage, guint8 modifiers, gboolean caps,
                           gboolean *dead)
{
  const Layout *keys = &LAYOUTS[layout];
  gboolean ctrl = (modifiers & (KEYMAP_LEFT_CTRL | KEYMAP_RIGHT_CTRL)) != 0;
  gboolean alt = (modifiers & KEYMAP_LEFT_ALT) != 0;
  gboolean altgr = (modifiers & KEYMAP_RIGHT_ALT) != 0 || (ctrl && alt);
  gboolean shift = (modifiers & (KEYMAP_LEFT_SHIFT | KEYMAP_RIGHT_SHIFT)) != 0;
  int index = row_index (usage);
  Level level;
  gunichar c;

  *dead = FALSE;
  if ((modifiers & (KEYMAP_LEFT_GUI | KEYMAP_RIGHT_GUI)) != 0 || (alt && !altgr))
    return 0;
  if (index < 0)
    return common_character (layout, usage);
  /* A layout without AltGr takes it for Alt: the character is typed all the same. */
  if (altgr && layout != KEYMAP_US)
    level = ALTGR;
  else {
    gunichar plain = in_row (keys->levels[PLAIN], index);
    if (caps && !(keys->letters_only ? !g_unichar_isalpha (plain) : among (keys->no_caps, plain)))
      shift = !shift;
    level = shift ? SHIFT : PLAIN;
  }
  c = in_row (keys->levels[level], index);
  if (c == ' ')
    return 0;
  if (ctrl && !altgr)
    return control_character (c);
  *dead = among (keys->dead[level], c);
  return c;
}

gunichar keymap_compose (gunichar accent, gunichar letter)
{
  static const struct {
    gunichar accent, combining;
  } ACCENTS[]
      = { { '^', 0x302 }, { 0xA8, 0x308 }, { 0xB4, 0x301 }, { '`', 0x300 }, { '~', 0x303 } };

  if (letter == ' ')
    return accent;
  for (guint i = 0; i < G_N_ELEMENTS (ACCENTS); i++)
    if (ACCENTS[i].accent == accent) {
      gunichar composed;
      return g_unichar_compose (letter, ACCENTS[i].combining, &composed) ? composed : 0;
    }
  return 0;
}

gunichar keymap_of_number (KeysLayout layout, const char *digits)
{
  guint64 number = g_ascii_strtoull (digits, NULL, 10);
  char byte = (char) number;
  g_autofree char *text = NULL;

  if (number < 0x80 || number > 0xFF)
    return number <= 0x10FFFF && g_unichar_validate ((gunichar) number) ? (gunichar) number : 0;
  text
      = g_convert (&byte, 1, "UTF-8", digits[0] == '0' ? "WINDOWS-1252" : LAYOUTS[layout].code_page,
                   NULL, NULL, NULL);
  return text != NULL ? g_utf8_get_char (text) : 0;
}
