/* Any text and any keys as what a reader made of the test code: there is always a
 * finding, and its sentences are valid and harmless. */
#include "usb/selftest_words.h"

#include <stdint.h>
#include <string.h>

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

static void check_sentence (const char *text)
{
  g_assert_true (g_utf8_validate (text, -1, NULL));
  for (const char *at = text; *at != '\0'; at += g_utf8_skip[(guchar) *at])
    g_assert_false (g_unichar_iscntrl (g_utf8_get_char (at)));
}

static void check (const GPtrArray *findings)
{
  g_assert_cmpuint (findings->len, >, 0);
  for (guint i = 0; i < findings->len; i++) {
    const SelftestFinding *finding = g_ptr_array_index (findings, i);
    g_auto (SelftestWords) words = selftest_words (finding);
    check_sentence (words.said.first);
    check_sentence (words.said.second);
    check_sentence (words.remedy.first);
    check_sentence (words.remedy.second);
    g_assert_true (g_utf8_validate (finding->text, -1, NULL));
  }
}

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  size_t rest = size > 2 ? size - 2 : 0;
  g_autofree char *text = g_utf8_make_valid ((const char *) data + MIN (size, 2), (gssize) rest);
  g_autofree KeyboardStroke *strokes = g_new0 (KeyboardStroke, rest / 2 + 1);
  SelftestInput input = { .text = text };
  g_autoptr (GPtrArray) findings = NULL;

  if (size < 2)
    return 0;
  input.layout = (KeysLayout) (data[0] % KEYMAP_LAYOUTS);
  input.layout_known = (data[0] & 0x80) != 0;
  input.caps = (data[0] & 0x40) != 0;
  input.took_us = data[1] * 5000;
  input.repeats = data[1] % 4;
  if ((data[0] & 0x20) != 0) {
    for (size_t i = 0; i < rest / 2; i++)
      strokes[i] = (KeyboardStroke){ .usage = data[2 + 2 * i], .modifiers = data[3 + 2 * i] };
    input.strokes = strokes;
    input.n_strokes = (guint) (rest / 2);
  }
  findings = selftest_diagnose (&input);
  check (findings);
  return 0;
}
