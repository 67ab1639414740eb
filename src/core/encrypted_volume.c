#include "core/encrypted_volume.h"

#include <sys/stat.h>
#include <sys/sysmacros.h>

#define DEPTH_MAX 8

static EncryptedVolume of_folder (const char *folder, guint depth);

/* All that it is made of. */
static EncryptedVolume of_slaves (const char *folder, guint depth)
{
  g_autofree char *slaves = g_build_filename (folder, "slaves", NULL);
  g_autoptr (GDir) dir = g_dir_open (slaves, 0, NULL);
  gboolean any = FALSE;
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL) {
    g_autofree char *slave = g_build_filename (slaves, name, NULL);

    any = TRUE;
    if (of_folder (slave, depth + 1) != ENCRYPTED_VOLUME_YES)
      return ENCRYPTED_VOLUME_NO;
  }
  return any ? ENCRYPTED_VOLUME_YES : ENCRYPTED_VOLUME_NO;
}

static EncryptedVolume of_folder (const char *folder, guint depth)
{
  g_autofree char *path = g_build_filename (folder, "dm", "uuid", NULL), *uuid = NULL;

  if (g_file_get_contents (path, &uuid, NULL, NULL) && g_str_has_prefix (uuid, "CRYPT-"))
    return ENCRYPTED_VOLUME_YES;
  return depth < DEPTH_MAX ? of_slaves (folder, depth) : ENCRYPTED_VOLUME_NO;
}

EncryptedVolume encrypted_volume_of_device (const char *sys, guint major, guint minor)
{
  g_autofree char *folder = g_strdup_printf ("%s/dev/block/%u:%u", sys, major, minor);

  if (!g_file_test (folder, G_FILE_TEST_IS_DIR))
    return ENCRYPTED_VOLUME_UNKNOWN;
  return of_folder (folder, 0);
}

EncryptedVolume encrypted_volume_of_file (const char *path)
{
  struct stat status;

  if (stat (path, &status) != 0)
    return ENCRYPTED_VOLUME_UNKNOWN;
  return encrypted_volume_of_device ("/sys", major (status.st_dev), minor (status.st_dev));
}
