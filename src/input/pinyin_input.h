/* pinyin_input.h: Chinese written by pinyin, letters in and candidates out, by libpinyin.
 *
 * Nothing of what is written is kept. libpinyin learns by pinyin_train() and writes what
 * it has learnt by pinyin_save(): neither is called, and the folder that it is given for
 * such data is an empty one of its own, which is gone again when pinyin_input_open()
 * returns.
 *
 * Characters are simplified; traditional ones on choice (core/traditional.h), and with
 * each single character then also the form as it was, since names keep 范, 余 or 于.
 *
 * Must not know: where the text goes. Ownership: texts belong to the PinyinInput, until
 * it is written to again. Threads: belongs to one thread. Opening blocks on disk. */
#pragma once

#include <glib.h>

#define PINYIN_INPUT_LETTERS_MAX 40
#define PINYIN_INPUT_CANDIDATES_MAX 120

#define PINYIN_INPUT_ERROR pinyin_input_error_quark ()
GQuark pinyin_input_error_quark (void);
typedef enum {
  PINYIN_INPUT_ERROR_DATA, /* the dictionary is not there, or the private folder cannot be made */
} PinyinInputError;

typedef struct _PinyinInput PinyinInput;

PinyinInput *pinyin_input_open (GError **error);
void pinyin_input_close (PinyinInput *input);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PinyinInput, pinyin_input_close)
void pinyin_input_set_traditional (PinyinInput *input, gboolean traditional);

/* What @letters may stand for, the likeliest first. Letters other than a to z and the
 * apostrophe, which parts syllables, are passed over, and so is what exceeds
 * PINYIN_INPUT_LETTERS_MAX. @name: a name begins here; surnames come first. */
void pinyin_input_write (PinyinInput *input, const char *letters, gboolean name);
guint pinyin_input_count (const PinyinInput *input);
const char *pinyin_input_candidate (const PinyinInput *input, guint index);
/* How many of the letters the candidate stands for: it is taken, and the others are to be
 * written anew. */
guint pinyin_input_covers (PinyinInput *input, guint index);
