/* Which volumes are encrypted, by trees such as the kernel shows them. */
#include "core/encrypted_volume.h"

#include <gio/gio.h>
#include <glib/gstdio.h>

/* "DEVICE", "DEVICE uuid TEXT", "DEVICE on OTHER" */
static void make (const char *sys, const char *const *lines)
{
  for (guint i = 0; lines[i] != NULL; i++) {
    g_auto (GStrv) words = g_strsplit (lines[i], " ", 3);
    g_autofree char *folder = g_build_filename (sys, "dev", "block", words[0], NULL),
                    *dm = g_build_filename (folder, "dm", NULL),
                    *uuid = g_build_filename (dm, "uuid", NULL),
                    *slaves = g_build_filename (folder, "slaves", NULL);

    g_assert_cmpint (g_mkdir_with_parents (slaves, 0700), ==, 0);
    if (g_strcmp0 (words[1], "uuid") == 0) {
      g_assert_cmpint (g_mkdir_with_parents (dm, 0700), ==, 0);
      g_assert_true (g_file_set_contents (uuid, words[2], -1, NULL));
    } else if (words[1] != NULL) {
      g_autofree char *link = g_build_filename (slaves, words[2], NULL),
                      *target = g_build_filename ("..", "..", words[2], NULL);
      g_autoptr (GFile) file = g_file_new_for_path (link);

      g_assert_true (g_file_make_symbolic_link (file, target, NULL, NULL));
    }
  }
}

static void clear (const char *path)
{
  g_autoptr (GDir) dir
      = g_file_test (path, G_FILE_TEST_IS_SYMLINK) ? NULL : g_dir_open (path, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL) {
    g_autofree char *inner = g_build_filename (path, name, NULL);

    clear (inner);
  }
  g_assert_cmpint (g_remove (path), ==, 0);
}

static void test_trees (void)
{
  static const struct {
    const char *lines[8];
    EncryptedVolume expected;
  } ROWS[] = {
    { { NULL }, ENCRYPTED_VOLUME_UNKNOWN },   /* an overlay */
    { { "8:1", NULL }, ENCRYPTED_VOLUME_NO }, /* a partition */
    { { "8:1 uuid CRYPT-LUKS2-ab", NULL }, ENCRYPTED_VOLUME_YES },
    { { "8:1 uuid LVM-xy", NULL }, ENCRYPTED_VOLUME_NO },
    { { "8:1 uuid LVM-xy", "8:1 on 8:2", "8:2 uuid CRYPT-PLAIN-x", NULL }, ENCRYPTED_VOLUME_YES },
    /* Half of it lies in the open. */
    { { "8:1 uuid LVM-xy", "8:1 on 8:2", "8:2 uuid CRYPT-LUKS2-a", "8:1 on 8:3", "8:3", NULL },
      ENCRYPTED_VOLUME_NO },
    { { "8:1 on 8:1", NULL }, ENCRYPTED_VOLUME_NO }, /* no end */
  };

  for (guint i = 0; i < G_N_ELEMENTS (ROWS); i++) {
    g_autofree char *sys = g_dir_make_tmp ("accueil-sys-XXXXXX", NULL);

    make (sys, ROWS[i].lines);
    g_assert_cmpint (encrypted_volume_of_device (sys, 8, 1), ==, ROWS[i].expected);
    clear (sys);
  }
  g_assert_cmpint (encrypted_volume_of_file ("/none/of/it"), ==, ENCRYPTED_VOLUME_UNKNOWN);
  g_assert_cmpint (encrypted_volume_of_file ("/proc/self"), ==, ENCRYPTED_VOLUME_UNKNOWN);
}

int main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/encrypted_volume/trees", test_trees);
  return g_test_run ();
}
