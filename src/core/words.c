#include "core/words.h"

#include <locale.h>
#include <string.h>

#define DOMAIN "accueil"

/* The catalogue for a locale's name ("zh_HK.UTF-8"), NULL if we have none. Simplified
 * Chinese serves readers of all Chinese locales better than English. */
static const char *catalogue_of (const char *locale)
{
  static const struct {
    const char *language, *catalogue;
  } KNOWN[] = { { "fr", "fr" }, { "zh", "zh_CN" }, { "en", "en" } };
  gsize length = strcspn (locale, "_.@-");

  for (guint i = 0; i < G_N_ELEMENTS (KNOWN); i++)
    if (length == strlen (KNOWN[i].language)
        && g_ascii_strncasecmp (locale, KNOWN[i].language, length) == 0)
      return KNOWN[i].catalogue;
  return NULL;
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

/* As gettext chooses: C asks for the source's words; else LANGUAGE's list, in order,
 * comes before the locale. */
static const char *choose (void)
{
  const char *locale = locale_of_environment ();
  const char *list = g_getenv ("LANGUAGE");
  const char *catalogue = NULL;

  if (g_strcmp0 (locale, "C") == 0 || g_strcmp0 (locale, "POSIX") == 0)
    return "en";
  if (list != NULL) {
    g_auto (GStrv) names = g_strsplit (list, ":", 16);
    for (guint i = 0; names[i] != NULL && catalogue == NULL; i++)
      catalogue = catalogue_of (names[i]);
  }
  if (catalogue == NULL && locale != NULL)
    catalogue = catalogue_of (locale);
  return catalogue != NULL ? catalogue : "en";
}

char *words_directory (void)
{
  g_autofree char *program = g_file_read_link ("/proc/self/exe", NULL);
  g_autofree char *folder = program != NULL ? g_path_get_dirname (program) : g_strdup (".");
  g_autofree char *beside = g_build_filename (folder, "locale", NULL);

  if (g_file_test (beside, G_FILE_TEST_IS_DIR))
    return g_steal_pointer (&beside);
  return g_build_filename (folder, "..", "share", "locale", NULL);
}

void words_start (const char *directory)
{
  g_autofree char *own = directory == NULL ? words_directory () : NULL;

  /* glibc translates nothing in a locale that is not installed, nor in "C"; "C.UTF-8" is
   * always there, and in it LANGUAGE alone decides. */
  setlocale (LC_ALL, "C.UTF-8");
  g_setenv ("LANGUAGE", choose (), TRUE);
  bindtextdomain (DOMAIN, directory != NULL ? directory : own);
  bind_textdomain_codeset (DOMAIN, "UTF-8");
  textdomain (DOMAIN);
}
