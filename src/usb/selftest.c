#include "usb/selftest.h"

#include "core/text.h"
#include "usb/align.h"

#include <string.h>

#define OTHER_SHARE 0.45 /* of the characters wrong: it is another code */

/* Caps Lock on: as Windows has it in that layout, or as Linux has it in all, where it
 * turns letters only. */
typedef enum { CAPS_OFF, CAPS_LAYOUT, CAPS_LETTERS } CapsKind;
#define CAPS_KINDS 3

typedef struct {
  KeysLayout scanner, host;
  CapsKind caps;
  char *expected; /* what would be seen if it were so */
  char *seen;     /* what was */
  guint cost;
} Guess;

static void guess_clear (Guess *guess)
{
  g_free (guess->expected);
  g_free (guess->seen);
}

static void finding_free (SelftestFinding *finding)
{
  g_free (finding->text);
  g_free (finding);
}

static SelftestFinding *add (GPtrArray *findings, SelftestKind kind, gboolean fault)
{
  SelftestFinding *finding = g_new0 (SelftestFinding, 1);

  finding->kind = kind;
  finding->fault = fault;
  finding->text = g_strdup ("");
  g_ptr_array_add (findings, finding);
  return finding;
}

static void add_text (GPtrArray *findings, SelftestKind kind, const char *text)
{
  SelftestFinding *finding = add (findings, kind, TRUE);

  g_free (finding->text);
  finding->text = g_strdup (text);
  finding->count = (guint) g_utf8_strlen (text, -1);
}

/* Typing ----------------------------------------------------------------------------- */

static char *with_letters_turned (const char *text)
{
  GString *turned = g_string_new (NULL);

  for (const char *at = text; *at != '\0'; at = text_next (at)) {
    gunichar c = g_utf8_get_char (at);
    g_string_append_unichar (turned,
                             g_unichar_isupper (c) ? g_unichar_tolower (c) : g_unichar_toupper (c));
  }
  return g_string_free (turned, FALSE);
}

/* Guessing --------------------------------------------------------------------------- */

static char *expected_under (KeysLayout scanner, KeysLayout host, CapsKind caps)
{
  g_autofree char *typed = keyboard_typed (SELFTEST_TEXT, scanner, host, caps == CAPS_LAYOUT);

  return caps == CAPS_LETTERS ? with_letters_turned (typed) : g_steal_pointer (&typed);
}

/* Takes @other if it explains more. */
static void take_better (Guess *guess, Guess other)
{
  other.cost = align_cost (other.expected, other.seen);
  if (guess->expected == NULL || other.cost < guess->cost) {
    guess_clear (guess);
    *guess = other;
  } else
    guess_clear (&other);
}

/* What was pressed, read in each layout. */
static Guess guess_by_keys (const SelftestInput *input)
{
  Guess guess = { 0 };
  guint count = MIN (input->n_strokes, SELFTEST_KEYS_MAX);

  for (guint i = 0; i < KEYMAP_LAYOUTS; i++) {
    KeysLayout scanner
        = (KeysLayout) ((input->layout + i) % KEYMAP_LAYOUTS); /* the configured one first: it wins
                                                                  where several are as good */
    g_autofree char *seen = keyboard_text (input->strokes, count, scanner, input->caps);
    g_autofree char *turned = with_letters_turned (seen);
    g_strchomp (seen);
    g_strchomp (turned);
    take_better (&guess, (Guess){ scanner, input->layout, CAPS_OFF, g_strdup (SELFTEST_TEXT),
                                  g_steal_pointer (&seen), 0 });
    take_better (&guess, (Guess){ scanner, input->layout, CAPS_LETTERS, g_strdup (SELFTEST_TEXT),
                                  g_steal_pointer (&turned), 0 });
  }
  return guess;
}

/* The text as it came, against what would have come in every combination. */
static Guess guess_by_text (const SelftestInput *input)
{
  Guess guess = { 0 };

  take_better (&guess, (Guess){ input->layout, input->layout, CAPS_OFF, g_strdup (SELFTEST_TEXT),
                                g_strdup (input->text), 0 });
  for (guint caps = 0; caps < CAPS_KINDS; caps++)
    for (guint host = 0; host < KEYMAP_LAYOUTS; host++)
      for (guint scanner = 0;
           scanner < KEYMAP_LAYOUTS && (!input->layout_known || host == input->layout); scanner++)
        take_better (&guess, (Guess){ (KeysLayout) scanner, (KeysLayout) host, (CapsKind) caps,
                                      expected_under ((KeysLayout) scanner, (KeysLayout) host,
                                                      (CapsKind) caps),
                                      g_strdup (input->text), 0 });
  return guess;
}

/* Findings --------------------------------------------------------------------------- */

/* Full-width forms and Chinese punctuation, which an input method makes of ASCII. */
static gboolean is_of_input_method (gunichar c)
{
  return text_is_han (c) || (c >= 0x3001 && c <= 0x3011) || (c >= 0xFF01 && c <= 0xFF5E)
         || c == 0xFFE5 || c == 0x2026 || c == 0x2014;
}

/* Characters of an input method, or everything but the letters. */
static gboolean took_letters (const char *text)
{
  g_autoptr (GString) rest = g_string_new (NULL);
  guint letters = 0;

  for (const char *at = text; *at != '\0'; at = text_next (at)) {
    gunichar c = g_utf8_get_char (at);
    if (is_of_input_method (c))
      return TRUE;
    letters += g_unichar_isalpha (c) ? 1 : 0;
  }
  for (const char *at = SELFTEST_TEXT; *at != '\0'; at++)
    if (!g_ascii_isalpha (*at))
      g_string_append_c (rest, *at);
  return letters <= 3 && align_cost (rest->str, text) <= rest->len / 4;
}

/* Lost, doubled and wrong characters of the part that is the code. */
static void find_damage (GPtrArray *findings, const Alignment *alignment)
{
  g_autoptr (GString) lost = g_string_new (NULL), doubled = g_string_new (NULL),
                      wrong = g_string_new (NULL);

  for (guint i = 0; i < alignment->pairs->len; i++) {
    const AlignPair *pair = &g_array_index (alignment->pairs, AlignPair, i);
    gunichar before = i > 0 ? pair[-1].got : 0,
             after = i + 1 < alignment->pairs->len ? pair[1].got : 0;
    if (pair->got == 0)
      g_string_append_unichar (lost, pair->expected);
    else if (pair->expected == 0 && (pair->got == before || pair->got == after))
      g_string_append_unichar (doubled, pair->got);
    else if (pair->expected != pair->got)
      g_string_append_unichar (wrong, pair->got);
  }
  if (lost->len > 0)
    add_text (findings, SELFTEST_LOST, lost->str);
  if (doubled->len > 0)
    add_text (findings, SELFTEST_DOUBLED, doubled->str);
  if (wrong->len > 0)
    add_text (findings, SELFTEST_WRONG, wrong->str);
}

static void find_surroundings (GPtrArray *findings, const char *seen, const Alignment *alignment)
{
  g_autofree char *before = g_utf8_substring (seen, 0, alignment->before),
                  *after = g_utf8_substring (seen, (glong) (alignment->length - alignment->after),
                                             (glong) alignment->length);
  gboolean aim = strlen (before) == 3 && before[0] == ']' && g_ascii_isalpha (before[1]);

  if (before[0] != '\0')
    add_text (findings, aim ? SELFTEST_SYMBOLOGY : SELFTEST_PREFIX, before);
  if (after[0] != '\0')
    add_text (findings, SELFTEST_SUFFIX, after);
}

static void find_layout (GPtrArray *findings, const SelftestInput *input, const Guess *guess)
{
  if (guess->scanner != guess->host) {
    SelftestFinding *finding = add (findings, SELFTEST_LAYOUT, TRUE);
    finding->scanner = guess->scanner;
    finding->host = guess->host;
    finding->host_known = input->layout_known;
  }
  if (guess->caps != CAPS_OFF)
    add (findings, SELFTEST_CAPS, TRUE);
}

static void find_pace (GPtrArray *findings, const SelftestInput *input, guint length)
{
  guint per_s = input->took_us > 0 ? (guint) MIN (
                    (guint64) (length - 1) * G_USEC_PER_SEC / (guint64) input->took_us, G_MAXUINT)
                                   : 0;

  if (input->repeats > 0)
    add (findings, SELFTEST_REPEATED, TRUE)->count = input->repeats;
  if (per_s > 0) {
    SelftestFinding *finding
        = add (findings, per_s < SELFTEST_SLOW_PER_S ? SELFTEST_SLOW : SELFTEST_SPEED,
               per_s < SELFTEST_SLOW_PER_S);
    finding->count = per_s;
    finding->took_us = input->took_us;
  }
}

/* What is found in a text that is the test code, however mangled. */
static void find_all (GPtrArray *findings, const SelftestInput *input, const Guess *guess)
{
  g_auto (Alignment) alignment = { 0 };
  gboolean fault = FALSE;

  align (guess->expected, guess->seen, &alignment);
  find_layout (findings, input, guess);
  find_damage (findings, &alignment);
  find_surroundings (findings, guess->seen, &alignment);
  find_pace (findings, input, alignment.length);
  for (guint i = 0; i < findings->len; i++)
    fault = fault || ((const SelftestFinding *) g_ptr_array_index (findings, i))->fault;
  if (!fault) {
    add (findings, SELFTEST_GOOD, FALSE);
    g_ptr_array_insert (findings, 0, g_ptr_array_steal_index (findings, findings->len - 1));
  }
}

GPtrArray *selftest_diagnose (const SelftestInput *input)
{
  GPtrArray *findings = g_ptr_array_new_with_free_func ((GDestroyNotify) finding_free);
  Guess guess;

  if (input->text == NULL && input->n_strokes == 0) {
    add (findings, SELFTEST_NOTHING, TRUE);
    return findings;
  }
  if (input->n_strokes == 0 && took_letters (input->text)) {
    add (findings, SELFTEST_INPUT_METHOD, TRUE);
    return findings;
  }
  guess = input->n_strokes > 0 ? guess_by_keys (input) : guess_by_text (input);
  if (guess.cost > OTHER_SHARE * (double) strlen (SELFTEST_TEXT))
    add_text (findings, SELFTEST_OTHER, guess.seen);
  else
    find_all (findings, input, &guess);
  guess_clear (&guess);
  return findings;
}
