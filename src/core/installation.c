#include "core/installation.h"

const char *installation_version (void)
{
  return INSTALLATION_VERSION;
}

/* @name in the first of @folders in which it stands, NULL if it stands in none. */
static char *standing (const char *const *folders, const char *name)
{
  for (; *folders != NULL; folders++) {
    g_autofree char *path = g_build_filename (*folders, name, NULL);
    if (g_file_test (path, G_FILE_TEST_EXISTS))
      return g_canonicalize_filename (path, NULL);
  }
  return NULL;
}

char *installation_asset (const char *name)
{
  const char *chosen = g_getenv ("ACCUEIL_ASSETS");
  g_autofree char *program = g_file_read_link ("/proc/self/exe", NULL);
  g_autofree char *folder = program != NULL ? g_path_get_dirname (program) : g_strdup (".");
  g_autofree char *top = g_build_filename (folder, "..", "..", NULL);
  g_autofree char *assets = g_build_filename (top, "assets", NULL);
  g_autofree char *beside = NULL;
  char *found;

  if (chosen != NULL && chosen[0] != '\0') {
    beside = g_build_filename (chosen, "..", NULL);
    found = standing ((const char *const[]){ chosen, beside, NULL }, name);
    return found != NULL ? found : g_build_filename (chosen, name, NULL);
  }
  found = standing ((const char *const[]){ assets, top, NULL }, name);
  return found != NULL ? found : g_build_filename (INSTALLATION_ASSETS, name, NULL);
}

char *installation_program (const char *name)
{
  g_autofree char *own = g_file_read_link ("/proc/self/exe", NULL);
  g_autofree char *folder = own != NULL ? g_path_get_dirname (own) : g_strdup (".");

  return g_build_filename (folder, name, NULL);
}
