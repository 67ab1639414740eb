#include "input/pinyin_input.h"

#include "core/traditional.h"
#include "core/words.h"
#include "core/surnames.h"

#include <glib/gstdio.h>
#include <stdbool.h> /* of which pinyin.h speaks */

#include <pinyin.h>
#include <string.h>

typedef struct {
  char *text;
  guint rank;  /* among surnames; 0 for none, or where no name begins */
  guint order; /* of libpinyin's candidate */
} Candidate;

struct _PinyinInput {
  pinyin_context_t *context;
  pinyin_instance_t *instance;
  GPtrArray *candidates; /* Candidate */
  gboolean traditional;
};

G_DEFINE_QUARK (pinyin - input - error - quark, pinyin_input_error)

static void candidate_free (gpointer data)
{
  Candidate *candidate = data;

  g_free (candidate->text);
  g_free (candidate);
}

/* Opening ---------------------------------------------------------------------------- */

/* With a folder where nothing stands but an empty file of settings (the library says on
 * standard error that it misses one), and nothing is left. */
static pinyin_context_t *open_context (GError **error)
{
  g_autofree char *folder = g_dir_make_tmp ("accueil-pinyin-XXXXXX", NULL);
  g_autofree char *settings = NULL;
  pinyin_context_t *context;

  if (folder == NULL) {
    g_set_error (error, PINYIN_INPUT_ERROR, PINYIN_INPUT_ERROR_DATA,
                 _ ("Chinese cannot be written by pinyin: no private folder can be made in %s"),
                 g_get_tmp_dir ());
    return NULL;
  }
  settings = g_build_filename (folder, "user.conf", NULL);
  g_file_set_contents (settings, "", 0, NULL);
  context = pinyin_init (PINYIN_INPUT_DATA, folder);
  g_unlink (settings);
  g_rmdir (folder);
  if (context == NULL)
    g_set_error (error, PINYIN_INPUT_ERROR, PINYIN_INPUT_ERROR_DATA,
                 _ ("Chinese cannot be written by pinyin: the dictionary in %s cannot be read; "
                    "install the package libpinyin-data"),
                 PINYIN_INPUT_DATA);
  return context;
}

PinyinInput *pinyin_input_open (GError **error)
{
  g_autoptr (PinyinInput) input = g_new0 (PinyinInput, 1);

  input->candidates = g_ptr_array_new_with_free_func (candidate_free);
  input->context = open_context (error);
  if (input->context == NULL)
    return NULL;
  /* Begun syllables count, and slips; what was written before does not
   * (DYNAMIC_ADJUST). */
  pinyin_set_options (input->context, PINYIN_INCOMPLETE | PINYIN_CORRECT_ALL | USE_DIVIDED_TABLE
                                          | USE_RESPLIT_TABLE);
  input->instance = pinyin_alloc_instance (input->context);
  return g_steal_pointer (&input);
}

void pinyin_input_close (PinyinInput *input)
{
  if (input == NULL)
    return;
  g_clear_pointer (&input->instance, pinyin_free_instance);
  g_clear_pointer (&input->context, pinyin_fini);
  g_ptr_array_unref (input->candidates);
  g_free (input);
}

void pinyin_input_set_traditional (PinyinInput *input, gboolean traditional)
{
  input->traditional = traditional;
}

/* Writing ---------------------------------------------------------------------------- */

static char *letters_of (const char *text)
{
  GString *letters = g_string_new (NULL);

  for (const char *p = text; *p != '\0' && letters->len < PINYIN_INPUT_LETTERS_MAX; p++)
    if (g_ascii_isalpha (*p) || (*p == '\'' && letters->len > 0))
      g_string_append_c (letters, g_ascii_tolower (*p));
  return g_string_free (letters, FALSE);
}

static void add (PinyinInput *input, const char *text, guint order, gboolean name)
{
  Candidate *candidate;

  for (guint i = 0; i < input->candidates->len; i++)
    if (strcmp (((const Candidate *) input->candidates->pdata[i])->text, text) == 0)
      return;
  candidate = g_new0 (Candidate, 1);
  candidate->text = g_strdup (text);
  candidate->rank = name ? surnames_rank (text) : 0;
  candidate->order = order;
  g_ptr_array_add (input->candidates, candidate);
}

/* Surnames first, the longer ones before the others, then by how common they are:
 * “ouyang” is 欧阳 before it is 欧. */
static gint by_rank (gconstpointer a, gconstpointer b)
{
  const Candidate *first = *(const Candidate *const *) a, *second = *(const Candidate *const *) b;

  if ((first->rank > 0) != (second->rank > 0))
    return first->rank > 0 ? -1 : 1;
  if (first->rank > 0 && strlen (first->text) != strlen (second->text))
    return strlen (first->text) > strlen (second->text) ? -1 : 1;
  if (first->rank != second->rank)
    return first->rank < second->rank ? -1 : 1;
  return first->order < second->order ? -1 : 1;
}

/* Each in the form that is asked for; of a single character also the other. */
static void set_forms (PinyinInput *input)
{
  g_autoptr (GPtrArray) plain = g_steal_pointer (&input->candidates);

  input->candidates = g_ptr_array_new_with_free_func (candidate_free);
  for (guint i = 0; i < plain->len; i++) {
    const Candidate *candidate = plain->pdata[i];
    g_autofree char *text = traditional_of (candidate->text);
    add (input, text, candidate->order, FALSE);
    if (g_utf8_strlen (candidate->text, -1) == 1)
      add (input, candidate->text, candidate->order, FALSE);
  }
}

void pinyin_input_write (PinyinInput *input, const char *letters, gboolean name)
{
  g_autofree char *read = letters_of (letters);
  guint count = 0;

  g_ptr_array_set_size (input->candidates, 0);
  pinyin_reset (input->instance);
  if (read[0] == '\0')
    return;
  pinyin_parse_more_full_pinyins (input->instance, read);
  pinyin_guess_sentence (input->instance);
  if (!pinyin_guess_candidates (input->instance, 0, SORT_BY_PHRASE_LENGTH_AND_FREQUENCY)
      || !pinyin_get_n_candidate (input->instance, &count))
    return;
  for (guint i = 0; i < MIN (count, PINYIN_INPUT_CANDIDATES_MAX); i++) {
    lookup_candidate_t *candidate = NULL;
    const gchar *text = NULL;
    if (!pinyin_get_candidate (input->instance, i, &candidate)
        || !pinyin_get_candidate_string (input->instance, candidate, &text) || text == NULL)
      continue;
    add (input, text, i, name);
  }
  g_ptr_array_sort (input->candidates, by_rank);
  if (input->traditional)
    set_forms (input);
}

guint pinyin_input_count (const PinyinInput *input)
{
  return input->candidates->len;
}

const char *pinyin_input_candidate (const PinyinInput *input, guint index)
{
  return ((const Candidate *) input->candidates->pdata[index])->text;
}

guint pinyin_input_covers (PinyinInput *input, guint index)
{
  const Candidate *chosen = input->candidates->pdata[index];
  lookup_candidate_t *candidate = NULL;
  int end = 0;

  if (pinyin_get_candidate (input->instance, chosen->order, &candidate))
    end = pinyin_choose_candidate (input->instance, 0, candidate);
  return (guint) MAX (end, 0);
}
