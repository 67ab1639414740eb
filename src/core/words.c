#include "core/words.h"

#include "core/catalogue.h"

#include <locale.h>
#include <string.h>

#define SOURCE "en" /* the language of the source, which needs no catalogue */

/* Opened at the start for the life of the program, and only read from then on. */
static struct {
  char *directory;
  Catalogue *own;                /* NULL for the words of the source */
  char *own_key;                 /* "fr", "zh", "en" */
  Catalogue *sides[WORDS_SIDES]; /* the same */
  char *keys[WORDS_SIDES];       /* "fr", "zh" */
  char *tags[WORDS_SIDES];       /* "fr", "zh-cn" */
  GError *fault;                 /* why a side's is missing */
} words;

/* Choosing
 * ------------------------------------------------------------------------------------ */

static gboolean has_catalogue (const char *name)
{
  g_autofree char *path
      = g_build_filename (words.directory, name, "LC_MESSAGES", "accueil.mo", NULL);

  return g_file_test (path, G_FILE_TEST_EXISTS);
}

/* The catalogue for a locale's name ("zh_HK.UTF-8"), NULL if there is none: that
 * country's, that language's, or that language's of another country, since simplified
 * Chinese serves readers of all Chinese locales better than English. Free with
 * g_free(). */
static char *catalogue_of (const char *locale)
{
  g_autofree char *country = g_strndup (locale, strcspn (locale, ".@"));
  g_autofree char *language = g_strndup (locale, strcspn (locale, "_.@-"));
  g_autofree char *beginning = g_strconcat (language, "_", NULL);
  g_autoptr (GDir) directory
      = words.directory != NULL ? g_dir_open (words.directory, 0, NULL) : NULL;
  char *found = NULL;

  if (language[0] == '\0' || strchr (locale, '/') != NULL || words.directory == NULL)
    return NULL;
  if (g_ascii_strcasecmp (language, SOURCE) == 0)
    return g_strdup (SOURCE);
  if (has_catalogue (country))
    return g_steal_pointer (&country);
  if (has_catalogue (language))
    return g_steal_pointer (&language);
  for (const char *name; directory != NULL && (name = g_dir_read_name (directory)) != NULL;)
    if (g_str_has_prefix (name, beginning) && has_catalogue (name)
        && (found == NULL || strcmp (name, found) < 0)) {
      g_free (found);
      found = g_strdup (name);
    }
  return found;
}

static const char *locale_of_environment (void)
{
  static const char *const NAMES[] = { "LC_ALL", "LC_MESSAGES", "LANG" };

  for (guint i = 0; i < G_N_ELEMENTS (NAMES); i++) {
    const char *value = g_getenv (NAMES[i]);
    if (value != NULL && value[0] != '\0')
      return value;
  }
  return NULL;
}

/* As gettext chooses: C asks for the press's words; else LANGUAGE's list, in order,
 * comes before the locale. */
static char *choose (void)
{
  const char *locale = locale_of_environment ();
  const char *list = g_getenv ("LANGUAGE");
  char *name = NULL;

  if (g_strcmp0 (locale, "C") == 0 || g_strcmp0 (locale, "POSIX") == 0)
    return g_strdup (SOURCE);
  if (list != NULL) {
    g_auto (GStrv) names = g_strsplit (list, ":", 16);
    for (guint i = 0; names[i] != NULL && name == NULL; i++)
      name = catalogue_of (names[i]);
  }
  if (name == NULL && locale != NULL)
    name = catalogue_of (locale);
  return name != NULL ? name : g_strdup (SOURCE);
}

static char *words_directory (void)
{
  g_autofree char *program = g_file_read_link ("/proc/self/exe", NULL);
  g_autofree char *folder = program != NULL ? g_path_get_dirname (program) : g_strdup (".");
  g_autofree char *beside = g_build_filename (folder, "locale", NULL);

  if (g_file_test (beside, G_FILE_TEST_IS_DIR))
    return g_steal_pointer (&beside);
  return g_build_filename (folder, "..", "share", "locale", NULL);
}

/* NULL, with or without an error, for the words of the source. */
static Catalogue *open_catalogue (const char *name, GError **error)
{
  return strcmp (name, SOURCE) == 0 ? NULL : catalogue_open (words.directory, name, error);
}

static void tell_fault (const char *name, const GError *fault, GError **error)
{
  if (g_error_matches (fault, CATALOGUE_ERROR, CATALOGUE_ERROR_DAMAGED))
    g_set_error (error, CATALOGUE_ERROR, fault->code,
                 _ ("%s is no gettext catalogue, or is damaged; build it again with msgfmt"),
                 fault->message);
  else
    g_set_error (error, CATALOGUE_ERROR, fault->code,
                 _ ("Cannot read the words of language %s: %s"), name, fault->message);
}

static gboolean choose_side (WordsSide side, const char *language, GError **error)
{
  g_autoptr (GError) fault = NULL;
  g_autofree char *there = catalogue_of (language);
  const char *name = there != NULL ? there : language;
  Catalogue *catalogue = open_catalogue (name, &fault);

  catalogue_free (words.sides[side]);
  g_free (words.keys[side]);
  g_free (words.tags[side]);
  words.sides[side] = catalogue;
  words.keys[side] = g_strndup (language, strcspn (language, "_"));
  words.tags[side] = g_strdelimit (g_ascii_strdown (name, -1), "_", '-');
  if (fault == NULL)
    return TRUE;
  tell_fault (name, fault, error);
  return FALSE;
}

gboolean words_choose (const char *first, const char *second, GError **error)
{
  g_clear_error (&words.fault);
  gboolean good = choose_side (WORDS_FIRST, first, &words.fault);
  good = choose_side (WORDS_SECOND, second, good ? &words.fault : NULL) && good;
  return good || words_check (error);
}

gboolean words_has (const char *language)
{
  g_autofree char *there = catalogue_of (language);

  return there != NULL;
}

gboolean words_check (GError **error)
{
  if (words.fault != NULL && error != NULL)
    *error = g_error_copy (words.fault);
  return words.fault == NULL;
}

void words_start (const char *directory)
{
  g_free (words.directory);
  words.directory = directory != NULL ? g_strdup (directory) : words_directory ();
  g_autofree char *name = choose ();

  /* What GLib, GTK and the C library say is translated by glibc, which does so in no
   * locale that is not installed, nor in "C"; "C.UTF-8" is always there, and in it
   * LANGUAGE alone decides. */
  setlocale (LC_ALL, "C.UTF-8");
  g_setenv ("LANGUAGE", name, TRUE);
  catalogue_free (words.own);
  words.own = open_catalogue (name, NULL);
  g_free (words.own_key);
  words.own_key = g_strndup (name, strcspn (name, "_"));
  words_choose ("fr", "zh_CN", NULL);
}

const char *words_key (WordsSide side)
{
  return words.keys[side] != NULL ? words.keys[side] : side == WORDS_FIRST ? "fr" : "zh";
}

WordsSide words_own_side (void)
{
  for (guint side = 0; side < WORDS_SIDES; side++)
    if (g_strcmp0 (words.own_key, words_key ((WordsSide) side)) == 0)
      return (WordsSide) side;
  return WORDS_SIDES;
}

const char *words_tag (WordsSide side)
{
  return words.tags[side] != NULL ? words.tags[side] : side == WORDS_FIRST ? "fr" : "zh-cn";
}

gboolean words_is_chinese (WordsSide side)
{
  return g_str_has_prefix (words_tag (side), "zh");
}

/* Looking up
 * ------------------------------------------------------------------------------------ */

static const char *find (const Catalogue *catalogue, const char *context, const char *text)
{
  const char *found = catalogue != NULL ? catalogue_find (catalogue, context, text) : NULL;

  return found != NULL ? found : text;
}

static const char *find_plural (const Catalogue *catalogue, const char *one, const char *many,
                                guint64 n)
{
  const char *found = catalogue != NULL ? catalogue_find_plural (catalogue, NULL, one, n) : NULL;

  return found != NULL ? found : n == 1 ? one : many;
}

const char *words_own (const char *text)
{
  return find (words.own, NULL, text);
}

const char *words_own_in (const char *context, const char *text)
{
  return find (words.own, context, text);
}

const char *words_plural (const char *one, const char *many, guint64 n)
{
  return find_plural (words.own, one, many, n);
}

const char *words_for (WordsSide side, const char *text)
{
  return find (words.sides[side], NULL, text);
}

const char *words_for_in (WordsSide side, const char *context, const char *text)
{
  return find (words.sides[side], context, text);
}

const char *words_for_plural (WordsSide side, const char *one, const char *many, guint64 n)
{
  return find_plural (words.sides[side], one, many, n);
}

Pair words_pair (const char *text)
{
  return words_pair_in (NULL, text);
}

Pair words_pair_in (const char *context, const char *text)
{
  return (Pair){ find (words.sides[WORDS_FIRST], context, text),
                 find (words.sides[WORDS_SECOND], context, text) };
}

const char *words_side (Pair pair, WordsSide side)
{
  return side == WORDS_FIRST ? pair.first : pair.second;
}

const char *words_source (Pair pair)
{
  for (guint side = 0; side < WORDS_SIDES; side++) {
    const Catalogue *catalogue = words.sides[side];
    const char *found = catalogue != NULL
                            ? catalogue_source (catalogue, words_side (pair, (WordsSide) side))
                            : NULL;

    if (found != NULL)
      return found;
  }
  return pair.first;
}

/* Composing
 * ------------------------------------------------------------------------------------ */

void words_owned_clear (OwnedPair *pair)
{
  g_clear_pointer (&pair->first, g_free);
  g_clear_pointer (&pair->second, g_free);
}

Pair words_of_owned (const OwnedPair *pair)
{
  return (Pair){ pair->first, pair->second };
}

char *words_line (Pair pair)
{
  if (pair.second[0] == '\0' || strcmp (pair.first, pair.second) == 0)
    return g_strdup (pair.first);
  return pair.first[0] == '\0' ? g_strdup (pair.second)
                               : g_strdup_printf ("%s · %s", pair.first, pair.second);
}
