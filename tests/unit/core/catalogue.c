/* Gettext catalogues read directly: what is found, and that no damage is believed. */
#include "core/catalogue.h"

#include <glib/gstdio.h>
#include <string.h>

static const char PO[]
    = "msgid \"\"\nmsgstr \"Content-Type: text/plain; charset=UTF-8\\nPlural-Forms: nplurals=2; "
      "plural=n>1;\\n\"\n\nmsgid \"Welcome\"\nmsgstr \"欢迎光临\"\n\nmsgid \"Later\"\nmsgstr "
      "\"\"\n\nmsgid \"A\"\nmsgstr \"Á\"\n\nmsgctxt \"door\"\nmsgid \"Open\"\nmsgstr "
      "\"Ouverte\"\n\nmsgctxt \"touch\"\nmsgid \"Open\"\nmsgstr \"Ouvrir\"\n\nmsgid \"%u "
      "badge\"\nmsgid_plural \"%u badges\"\nmsgstr[0] \"%u carte\"\nmsgstr[1] \"%u cartes\"\n";

/* What msgfmt makes of PO. */
static GBytes *compiled (gboolean big_endian)
{
  g_autofree char *folder = g_dir_make_tmp ("accueil-catalogue-XXXXXX", NULL);
  g_autofree char *po = g_build_filename (folder, "t.po", NULL),
                  *mo = g_build_filename (folder, "t.mo", NULL);
  const char *argv[]
      = { "msgfmt", big_endian ? "--endianness=big" : "--endianness=little", "-o", mo, po, NULL };
  g_autofree char *data = NULL;
  gsize length;
  gint status;

  g_assert_true (g_file_set_contents (po, PO, -1, NULL));
  g_assert_true (g_spawn_sync (NULL, (char **) (guintptr) argv, NULL, G_SPAWN_SEARCH_PATH, NULL,
                               NULL, NULL, NULL, &status, NULL));
  g_assert_cmpint (status, ==, 0);
  g_assert_true (g_file_get_contents (mo, &data, &length, NULL));
  g_unlink (po);
  g_unlink (mo);
  g_rmdir (folder);
  return g_bytes_new_take (g_steal_pointer (&data), length);
}

/* A folder of catalogues that holds one, of a language "xx". */
typedef struct {
  char *folder, *language, *messages, *file;
} Place;

static void place_make (Place *place)
{
  place->folder = g_dir_make_tmp ("accueil-catalogue-XXXXXX", NULL);
  place->language = g_build_filename (place->folder, "xx", NULL);
  place->messages = g_build_filename (place->language, "LC_MESSAGES", NULL);
  place->file = g_build_filename (place->messages, "accueil.mo", NULL);
  g_assert_cmpint (g_mkdir_with_parents (place->messages, 0700), ==, 0);
}

static void place_remove (Place *place)
{
  g_unlink (place->file);
  g_rmdir (place->messages);
  g_rmdir (place->language);
  g_rmdir (place->folder);
  g_free (place->folder);
  g_free (place->language);
  g_free (place->messages);
  g_free (place->file);
}

static Catalogue *opened (const Place *place, const void *data, gsize length, GError **error)
{
  g_unlink (place->file); /* one that is open still is mapped */
  g_assert_true (g_file_set_contents_full (place->file, data, (gssize) length,
                                           G_FILE_SET_CONTENTS_NONE, 0600, NULL));
  return catalogue_open (place->folder, "xx", error);
}

static void test_finds (void)
{
  Place place;

  place_make (&place);
  for (int big = 0; big < 2; big++) {
    g_autoptr (GBytes) bytes = compiled (big);
    g_autoptr (GError) error = NULL;
    g_autoptr (Catalogue) catalogue
        = opened (&place, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), &error);
    g_assert_no_error (error);
    g_assert_cmpstr (catalogue_find (catalogue, NULL, "Welcome"), ==, "欢迎光临");
    g_assert_cmpstr (catalogue_find (catalogue, NULL, "A"), ==, "Á");
    g_assert_null (catalogue_find (catalogue, NULL, "Later"));
    g_assert_null (catalogue_find (catalogue, NULL, "Nothing"));
    g_assert_null (catalogue_find (catalogue, NULL, ""));
    g_assert_cmpstr (catalogue_find (catalogue, "door", "Open"), ==, "Ouverte");
    g_assert_cmpstr (catalogue_find (catalogue, "touch", "Open"), ==, "Ouvrir");
    g_assert_cmpstr (catalogue_source (catalogue, catalogue_find (catalogue, NULL, "A")), ==, "A");
    g_assert_cmpstr (catalogue_source (catalogue, catalogue_find (catalogue, "touch", "Open")), ==,
                     "Open");
    g_assert_null (catalogue_source (catalogue, "Ouvrir")); /* another pointer */
    g_assert_null (catalogue_find (catalogue, NULL, "Open"));
    g_assert_null (catalogue_find (catalogue, "doo", "Open"));
    g_assert_null (catalogue_find (catalogue, "doors", "Open"));
    g_assert_null (catalogue_find (catalogue, "door", ""));
    g_assert_cmpstr (catalogue_find_plural (catalogue, NULL, "%u badge", 0), ==, "%u carte");
    g_assert_cmpstr (catalogue_find_plural (catalogue, NULL, "%u badge", 1), ==, "%u carte");
    g_assert_cmpstr (catalogue_find_plural (catalogue, NULL, "%u badge", 2), ==, "%u cartes");
    g_assert_null (catalogue_find_plural (catalogue, NULL, "A", 2)); /* has no second form */
    g_assert_null (catalogue_find_plural (catalogue, NULL, "%u badges", 2));
  }
  place_remove (&place);
}

/* Cut anywhere, or with any one byte changed: refused or harmless, never read outside
 * (asan). */
static void test_damage (void)
{
  g_autoptr (GBytes) whole = compiled (FALSE);
  gsize length;
  const guint8 *data = g_bytes_get_data (whole, &length);
  Place place;

  place_make (&place);
  for (gsize cut = 0; cut < length; cut++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (Catalogue) catalogue = opened (&place, data, cut, &error);
    if (catalogue == NULL && cut > 0)
      g_assert_error (error, CATALOGUE_ERROR, CATALOGUE_ERROR_DAMAGED);
    if (catalogue != NULL) {
      catalogue_find (catalogue, "door", "Open");
      catalogue_find_plural (catalogue, NULL, "%u badge", 2);
    }
  }
  for (gsize at = 0; at < length; at++)
    for (guint bit = 0; bit < 8; bit++) {
      g_autofree guint8 *copy = g_memdup2 (data, length);
      g_autoptr (Catalogue) catalogue = NULL;
      copy[at] ^= (guint8) (1u << bit);
      catalogue = opened (&place, copy, length, NULL);
      if (at < 4)
        g_assert_null (catalogue);
      if (catalogue != NULL) {
        catalogue_find (catalogue, "door", "Open");
        catalogue_find_plural (catalogue, NULL, "%u badge", 2);
      }
    }
  place_remove (&place);
}

static void test_missing (void)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (catalogue_open ("/nonexistent", "fr", &error));
  g_assert_error (error, CATALOGUE_ERROR, CATALOGUE_ERROR_READ);
  g_assert_nonnull (strstr (error->message, "/nonexistent"));
}

int main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/catalogue/finds", test_finds);
  g_test_add_func ("/catalogue/damage", test_damage);
  g_test_add_func ("/catalogue/missing", test_missing);
  return g_test_run ();
}
