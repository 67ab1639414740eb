#include "usb/selftest_words.h"

#include "core/text.h"

#define SHOWN_MAX 24 /* characters of a scanned text that are shown */

static const char *const LAYOUTS[KEYMAP_LAYOUTS] = {
  [KEYMAP_US] = NC_ ("keyboard layout", "US (us)"),
  [KEYMAP_FR] = NC_ ("keyboard layout", "French (fr, AZERTY)"),
  [KEYMAP_DE] = NC_ ("keyboard layout", "German (de, QWERTZ)"),
};

/* Findings whose sentences hold nothing of their own. */
static const struct {
  SelftestKind kind;
  const char *said, *remedy; /* msgids */
} FIXED[] = {
  { SELFTEST_GOOD, N_ ("The test code was read without fault"), "" },
  { SELFTEST_NOTHING, N_ ("Nothing has come from the reader"),
    N_ ("Check the cable, and that the reader beeps. A reader in keyboard mode that is not taken "
        "here types into another window, or a Chinese input method swallows the code: “accueil "
        "scanner” shows the readers and says why.") },
  { SELFTEST_CAPS, N_ ("Capital and small letters are swapped: Caps Lock is on"),
    N_ ("Switch Caps Lock off on the keyboard. If it is off, set the reader back to its factory "
        "settings.") },
  { SELFTEST_INPUT_METHOD, N_ ("An input method has taken the letters of the code"),
    N_ ("Set the keyboard to English input. Better: declare the reader (kind = usb), then no input "
        "method touches it.") },
};

/* The text of a stranger's code: bounded, and harmless to a terminal. */
static char *shown (const char *text)
{
  GString *out = g_string_new (NULL);
  guint count = 0;

  for (const char *at = text; *at != '\0' && count < SHOWN_MAX; at = text_next (at), count++) {
    gunichar c = g_utf8_get_char (at);
    g_string_append_unichar (out, c == ' ' ? 0x2423 : g_unichar_isgraph (c) ? c : 0xFFFD);
  }
  if (g_utf8_strlen (text, -1) > SHOWN_MAX)
    g_string_append (out, "…");
  return g_string_free (out, FALSE);
}

static OwnedPair own (Pair pair)
{
  return (OwnedPair){ g_strdup (pair.first), g_strdup (pair.second) };
}

static SelftestWords words_of (OwnedPair said, const char *remedy)
{
  return (SelftestWords){ said, own (words_pair (remedy)) };
}

static const char *layout_in (WordsSide side, KeysLayout layout)
{
  return words_for_in (side, "keyboard layout", LAYOUTS[layout]);
}

static char *layout_said (WordsSide side, const SelftestFinding *finding)
{
  const char *scanner = layout_in (side, finding->scanner), *host = layout_in (side, finding->host);

  return finding->host_known
             ? g_strdup_printf (words_for (side, "The reader types in the layout %s; this station "
                                                 "reads it in the layout %s"),
                                scanner, host)
             : g_strdup_printf (words_for (side, "The reader types in the layout %s; the computer "
                                                 "expects the layout %s"),
                                scanner, host);
}

static SelftestWords layout_words (const SelftestFinding *finding)
{
  const char *name = keymap_layout_name (finding->scanner);

  return (SelftestWords){
    { layout_said (WORDS_FIRST, finding), layout_said (WORDS_SECOND, finding) },
    finding->host_known ? words_filled ("Write “layout = %s” into the station's settings, in the "
                                        "section of this reader.",
                                        name)
                        : words_filled ("Declare it in the station's settings (kind = usb, layout "
                                        "= %s): the computer's layout then counts no more.",
                                        name),
  };
}

/* Findings that show a piece of the text. */
static SelftestWords text_words (const SelftestFinding *finding)
{
  g_autofree char *text = shown (finding->text);
  guint count = finding->count;

  switch (finding->kind) {
  case SELFTEST_LOST:
    return words_of (
        words_filled ("Characters lost: %u (%s)", count, text),
        N_ ("The reader types too fast for this port, or the cable is bad. Set a delay of 2 to 5 "
            "ms between characters, or choose HID-POS or serial mode."));
  case SELFTEST_DOUBLED:
    return words_of (
        words_filled ("Characters doubled: %u (%s)", count, text),
        N_ ("Switch key repeat off, or set a delay between characters on the reader."));
  case SELFTEST_WRONG:
    return words_of (words_filled ("Characters changed or added: %u (%s)", count, text),
                     N_ ("Set the reader back to its factory settings, then read the code again."));
  case SELFTEST_PREFIX:
    return words_of (words_filled ("The reader adds before the code: %s", text),
                     N_ ("Remove the prefix in the reader's settings."));
  case SELFTEST_SYMBOLOGY:
    return words_of (words_filled ("The reader adds the identifier of symbology %s", text),
                     N_ ("Switch “AIM ID” off in the reader's settings."));
  case SELFTEST_SUFFIX:
    return words_of (words_filled ("The reader adds behind the code: %s", text),
                     N_ ("Keep only the Enter key (CR) as suffix."));
  default:
    return words_of (words_filled ("This is not the test code: %s", text),
                     N_ ("Aim at the test code alone, with no other code beside it."));
  }
}

static SelftestWords pace_words (const SelftestFinding *finding)
{
  guint took_ms = (guint) (finding->took_us / 1000), count = finding->count;

  switch (finding->kind) {
  case SELFTEST_REPEATED:
    return words_of (words_counted ("The same code came %u time too often within a second",
                                    "The same code came %u times too often within a second", count),
                     N_ ("It counts only once. Make the delay before the same code is read again "
                         "longer (1 s), or choose reading by trigger."));
  case SELFTEST_SLOW:
    return words_of (
        words_filled ("Slow: %u characters a second, %u ms for this code", count, took_ms),
        N_ ("Set the delay between characters to zero, or choose HID-POS or serial mode."));
  default:
    return words_of (
        words_filled ("Speed: %u characters a second, %u ms for this code", count, took_ms), "");
  }
}

SelftestWords selftest_words (const SelftestFinding *finding)
{
  for (guint i = 0; i < G_N_ELEMENTS (FIXED); i++)
    if (FIXED[i].kind == finding->kind)
      return words_of (own (words_pair (FIXED[i].said)), FIXED[i].remedy);
  if (finding->kind == SELFTEST_LAYOUT)
    return layout_words (finding);
  if (finding->kind == SELFTEST_REPEATED || finding->kind == SELFTEST_SLOW
      || finding->kind == SELFTEST_SPEED)
    return pace_words (finding);
  return text_words (finding);
}

void selftest_words_clear (SelftestWords *words)
{
  words_owned_clear (&words->said);
  words_owned_clear (&words->remedy);
}
