/* Files sealed to a public key: back again whole, and found out wherever they are
 * altered. */
#include "core/sealed.h"
#include "core/sign.h"

#include <fcntl.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

typedef struct {
  char *public, *secret;
} Keys;

static void set_up (Keys *keys, gconstpointer data)
{
  sign_start ();
  sealed_keys_new (&keys->public, &keys->secret);
}

static void tear_down (Keys *keys, gconstpointer data)
{
  g_free (keys->public);
  g_free (keys->secret);
}

/* A file in memory that holds @data, read from its beginning. */
static int file_of (const void *data, gsize length)
{
  int fd = memfd_create ("sealed", MFD_CLOEXEC);

  g_assert_cmpint (fd, >=, 0);
  g_assert_cmpint (pwrite (fd, data, length, 0), ==, (gssize) length);
  return fd;
}

static guint8 *contents (int fd, gsize *length)
{
  guint8 *data;

  *length = (gsize) lseek (fd, 0, SEEK_END);
  data = g_malloc (*length + 1);
  g_assert_cmpint (pread (fd, data, *length, 0), ==, (gssize) *length);
  close (fd);
  return data;
}

static guint8 *some_data (gsize length)
{
  guint8 *data = g_malloc (length + 1);

  for (gsize i = 0; i < length; i++)
    data[i] = (guint8) (i * 7 + i / 251);
  return data;
}

static guint8 *seal (const Keys *keys, const guint8 *data, gsize length, gsize *sealed_length)
{
  int from = file_of (data, length), to = file_of ("", 0);
  g_autofree guint8 *sealed = NULL;
  g_autoptr (GError) error = NULL;
  Hash written, found;

  g_assert_true (sealed_make (from, to, keys->public, &written, &error));
  g_assert_no_error (error);
  g_assert_true (sealed_is (to));
  close (from);
  sealed = contents (to, sealed_length);
  found = hash_of (sealed, *sealed_length);
  g_assert_true (hash_equal (&found, &written));
  return g_steal_pointer (&sealed);
}

static gboolean open_again (const char *secret, const guint8 *sealed, gsize length, guint8 **data,
                            gsize *data_length, GError **error)
{
  int from = file_of (sealed, length), to = file_of ("", 0);
  gboolean good = sealed_open (from, to, secret, error);

  close (from);
  *data = contents (to, data_length);
  return good;
}

/* All lengths about the end of a piece. */
static void test_lengths (Keys *keys, gconstpointer data)
{
  static const gsize LENGTHS[] = { 0,
                                   1,
                                   SEALED_PIECE_BYTES - 1,
                                   SEALED_PIECE_BYTES,
                                   SEALED_PIECE_BYTES + 1,
                                   3 * SEALED_PIECE_BYTES,
                                   3 * SEALED_PIECE_BYTES + 17 };

  for (guint i = 0; i < G_N_ELEMENTS (LENGTHS); i++) {
    g_autofree guint8 *text = some_data (LENGTHS[i]), *sealed = NULL, *back = NULL;
    g_autoptr (GError) error = NULL;
    gsize sealed_length, length;

    sealed = seal (keys, text, LENGTHS[i], &sealed_length);
    g_assert_true (open_again (keys->secret, sealed, sealed_length, &back, &length, &error));
    g_assert_no_error (error);
    g_assert_cmpuint (length, ==, LENGTHS[i]);
    g_assert_true (memcmp (back, text, length) == 0);
  }
}

/* Nothing of what is sealed shows, and the same file never looks the same. */
static void test_hides (Keys *keys, gconstpointer data)
{
  static const char NAME[] = "Œuvrard, Anne; Œuvrard, Anne; Œuvrard, Anne";
  gsize length, other_length;
  g_autofree guint8 *sealed = seal (keys, (const guint8 *) NAME, sizeof NAME, &length),
                    *other = seal (keys, (const guint8 *) NAME, sizeof NAME, &other_length);

  g_assert_null (memmem (sealed, length, "Anne", 4));
  g_assert_cmpuint (length, ==, other_length);
  g_assert_true (memcmp (sealed + 17, other + 17, length - 17) != 0);
}

/* Each byte of the head, and some of each piece; each place to cut; and what is added. */
static void test_altered (Keys *keys, gconstpointer data)
{
  gsize length, plain_length;
  g_autofree guint8 *text = some_data (2 * SEALED_PIECE_BYTES + 5),
                    *sealed = seal (keys, text, 2 * SEALED_PIECE_BYTES + 5, &length);

  for (gsize at = 0; at < length; at += at < 200 ? 1 : 977) {
    g_autofree guint8 *back = NULL, *more = NULL;
    g_autoptr (GError) error = NULL;

    sealed[at] ^= 1;
    g_assert_false (open_again (keys->secret, sealed, length, &back, &plain_length, &error));
    g_assert_error (error, SEALED_ERROR, SEALED_ERROR_FILE);
    sealed[at] ^= 1;
    g_clear_error (&error);
    g_assert_false (open_again (keys->secret, sealed, at, &more, &plain_length, &error));
    g_assert_error (error, SEALED_ERROR, SEALED_ERROR_FILE);
  }
  g_autofree guint8 *longer = g_malloc0 (length + 1), *back = NULL;
  g_autoptr (GError) error = NULL;
  memcpy (longer, sealed, length);
  g_assert_false (open_again (keys->secret, longer, length + 1, &back, &plain_length, &error));
  g_assert_error (error, SEALED_ERROR, SEALED_ERROR_FILE);
}

static void test_other_key (Keys *keys, gconstpointer data)
{
  gsize length, plain_length;
  g_autofree guint8 *sealed = seal (keys, (const guint8 *) "x", 1, &length), *back = NULL;
  g_autofree char *public = NULL, *secret = NULL;
  g_autoptr (GError) error = NULL;

  sealed_keys_new (&public, &secret);
  g_assert_false (open_again (secret, sealed, length, &back, &plain_length, &error));
  g_assert_error (error, SEALED_ERROR, SEALED_ERROR_FILE);
  g_assert_cmpuint (plain_length, ==, 0);
}

/* A key with one letter wrong is refused: nobody could open what is sealed to it. */
static void test_mistyped (Keys *keys, gconstpointer data)
{
  gsize begin = strlen (SEALED_PUBLIC_PREFIX);

  g_assert_true (sealed_check_public (keys->public, NULL));
  for (gsize at = 0; at < strlen (keys->public); at++) {
    g_autofree char *wrong = g_strdup (keys->public), *cut = g_strndup (keys->public, at);
    g_autoptr (GError) error = NULL;

    wrong[at] = at >= begin && wrong[at] == 'A' ? 'B' : 'A';
    g_assert_true (strcmp (wrong, keys->public) == 0 || !sealed_check_public (wrong, &error));
    g_assert_error (error, SEALED_ERROR, SEALED_ERROR_KEY);
    g_assert_false (sealed_check_public (cut, NULL));
  }
  g_assert_false (sealed_check_public (keys->secret, NULL));
  g_assert_false (sealed_check_public (NULL, NULL));
}

static void test_not_sealed (Keys *keys, gconstpointer data)
{
  gsize length;
  g_autofree guint8 *back = NULL, *more = NULL;
  g_autoptr (GError) error = NULL;
  int fd = file_of ("SQLite format 3", 16);

  g_assert_false (sealed_is (fd));
  close (fd);
  g_assert_false (
      open_again (keys->secret, (const guint8 *) "SQLite format 3", 16, &back, &length, &error));
  g_assert_error (error, SEALED_ERROR, SEALED_ERROR_FILE);
  g_clear_error (&error);
  g_assert_false (open_again (keys->public, (const guint8 *) "", 0, &more, &length, &error));
  g_assert_error (error, SEALED_ERROR, SEALED_ERROR_KEY);
}

int main (int argc, char **argv)
{
  static const struct {
    const char *name;
    void (*run) (Keys *keys, gconstpointer data);
  } TESTS[] = {
    { "lengths", test_lengths },   { "hides", test_hides },
    { "altered", test_altered },   { "other-key", test_other_key },
    { "mistyped", test_mistyped }, { "not-sealed", test_not_sealed },
  };

  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (TESTS); i++) {
    g_autofree char *path = g_strconcat ("/core/sealed/", TESTS[i].name, NULL);
    g_test_add (path, Keys, NULL, set_up, TESTS[i].run, tear_down);
  }
  return g_test_run ();
}
