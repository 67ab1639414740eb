/* The glossary of the demo, and glossaries that are refused. */
#include "roster/glossary.h"

#include "roster/import_fault.h"
#include "unit/roster/replica.h"

#include <string.h>

static void test_demo (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (Glossary) glossary = glossary_read ("assets/demo/glossaire-术语表.csv", &error);
  g_assert_no_error (error);
  g_assert_cmpuint (glossary_size (glossary), ==, 98);
  g_assert_cmpstr (glossary_zh (glossary, GLOSSARY_ORGANISATION, "Région Île-de-France"), ==,
                   "法兰西岛大区");
  g_assert_cmpstr (glossary_zh (glossary, GLOSSARY_ORGANISATION, "REGION ILE DE FRANCE"), ==,
                   "法兰西岛大区");
  g_assert_cmpstr (glossary_fr (glossary, GLOSSARY_ORGANISATION, "四川大学"), ==,
                   "Université du Sichuan");
  g_assert_cmpstr (glossary_zh (glossary, GLOSSARY_FUNCTION, "Chargée de mission"), ==, "专员");
  g_assert_cmpstr (glossary_fr (glossary, GLOSSARY_FUNCTION, "专员"), ==,
                   "Chargé de mission"); /* the first of two */
  g_assert_cmpstr (glossary_fr (glossary, GLOSSARY_CATEGORY, "媒体"), ==, "presse");
  g_assert_null (glossary_zh (glossary, GLOSSARY_FUNCTION, "Région Bretagne"));
  g_assert_null (glossary_zh (glossary, GLOSSARY_FUNCTION, ""));
  g_assert_null (glossary_zh (NULL, GLOSSARY_FUNCTION, "Urbaniste"));
}

static void test_forms (void)
{
  static const struct {
    const char *text, *fr, *zh;
  } ROWS[] = {
    { "fr,zh\nVille,城市\n", "Ville", "城市" },
    { "中文;法文;类型\n城市;Ville;单位\n", "Ville", "城市" },
    { "kind\tFrench\tChinese\nOrganisation\tVille\t城市\nfunction\tMaire\t\n", "Ville", "城市" },
  };
  Replica place = { .folder = g_dir_make_tmp ("accueil-glossary-XXXXXX", NULL) };
  for (gsize i = 0; i < G_N_ELEMENTS (ROWS); i++) {
    g_autoptr (GError) error = NULL;
    g_autofree char *path = replica_file (&place, "g.csv", ROWS[i].text, -1);
    g_autoptr (Glossary) glossary = glossary_read (path, &error);
    g_assert_no_error (error);
    g_assert_cmpstr (glossary_zh (glossary, GLOSSARY_ORGANISATION, ROWS[i].fr), ==, ROWS[i].zh);
    g_assert_cmpstr (glossary_fr (glossary, GLOSSARY_ORGANISATION, ROWS[i].zh), ==, ROWS[i].fr);
    g_assert_cmpuint (glossary_size (glossary), ==, 1);
  }
  replica_free (&place);
}

static void test_refused (void)
{
  g_autofree char *word = g_strnfill (301, 'x');
  g_autofree char *long_word = g_strconcat ("fr,zh\n", word, ",城市\n", NULL);
  const struct {
    const char *text, *says;
  } ROWS[] = {
    { "nom,prénom\nx,y\n", "no headings that are known" },
    { "genre,fr\norganisme,Ville\n", "needs the columns fr and zh" },
    { "genre,fr,zh\nplanète,Ville,城市\n", "line 2: this is no kind of word" },
    { "fr,zh\nVi\x01lle,城市\n", "line 2: this row holds a control character" },
    { long_word, "line 2: this is longer" },
    { "fr,zh\n\"Ville,城市\n", "never ends" },
  };
  Replica place = { .folder = g_dir_make_tmp ("accueil-glossary-XXXXXX", NULL) };
  for (gsize i = 0; i < G_N_ELEMENTS (ROWS); i++) {
    g_autoptr (GError) error = NULL;
    g_autofree char *path = replica_file (&place, "g.csv", ROWS[i].text, -1);
    g_assert_null (glossary_read (path, &error));
    g_assert_error (error, IMPORT_ERROR, IMPORT_ERROR_FORMAT);
    if (strstr (error->message, ROWS[i].says) == NULL) {
      g_test_message ("%s", error->message);
      g_test_fail ();
    }
  }
  replica_free (&place);
}

int main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/glossary/demo", test_demo);
  g_test_add_func ("/glossary/forms", test_forms);
  g_test_add_func ("/glossary/refused", test_refused);
  return g_test_run ();
}
