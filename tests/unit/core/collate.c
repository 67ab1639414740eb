/* Names in the order in which their readers look them up. */
#include "core/collate.h"

#include <string.h>

typedef struct {
  const char *name_zh, *family, *given;
} Name;

static char *key_fr (const Name *name)
{
  return collate_name_fr (name->family, name->given);
}

static char *key_zh (const Name *name)
{
  return collate_name_zh (name->name_zh, name->family, name->given);
}

static void assert_in_order (const Name *names, guint count, char *(*key_of) (const Name *) )
{
  for (guint i = 0; i < count; i++)
    for (guint j = 0; j < count; j++) {
      g_autofree char *one = key_of (&names[i]), *other = key_of (&names[j]);
      int order = strcmp (one, other);
      if ((i < j && order >= 0) || (i == j && order != 0) || (i > j && order <= 0))
        g_error ("%s%s and %s%s are in the wrong order", names[i].family, names[i].name_zh,
                 names[j].family, names[j].name_zh);
    }
}

static void test_french (void)
{
  static const Name ROWS[] = {
    { "", "Abel", "Zoé" },    { "", "Abélard", "Anne" }, { "", "Cote", "A" },
    { "", "Coté", "A" },      { "", "côte", "A" },       { "", "Côté", "A" },
    { "", "De Smet", "Jan" }, { "", "d’Estienne", "A" }, { "", "Étienne", "A" },
    { "", "de Gaulle", "Y" }, { "", "Le Goff", "A" },    { "", "Le Goff", "Élie" },
    { "", "Leclerc", "A" },   { "", "Œuvrard", "A" },    { "", "Ouyang", "Siyuan" },
    { "", "Zhang", "Wei" },
  };
  assert_in_order (ROWS, G_N_ELEMENTS (ROWS), key_fr);
}

/* 曾 is read zeng, 单 shan, 区 ou, not as the common words are; 重庆 and a transliteration by
 * their own pinyin; Latin names among them. */
static void test_chinese (void)
{
  static const Name ROWS[] = {
    { "安娜·杜邦", "Dupont", "Anna" },
    { "陈静", "", "" },
    { "", "Dupont", "Jean" },
    { "李伟", "", "" },
    { "李雪梅", "", "" },
    { "区文", "", "" },
    { "欧阳思远", "", "" },
    { "单伟", "", "" },
    { "王伟", "", "" },
    { "曾雪梅", "", "" },
    { "诸葛子涵", "", "" },
  };
  assert_in_order (ROWS, G_N_ELEMENTS (ROWS), key_zh);
}

static void test_any (void)
{
  g_autofree char *latin = collate_key ("Zürich"), *han = collate_key ("成都"),
                  *later = collate_key ("广州"), *empty = collate_key ("");

  g_assert_cmpint (strcmp (empty, latin), <, 0);
  g_assert_cmpint (strcmp (latin, han), <, 0);
  g_assert_cmpint (strcmp (han, later), <, 0);
}

int main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/core/collate/french", test_french);
  g_test_add_func ("/core/collate/chinese", test_chinese);
  g_test_add_func ("/core/collate/any", test_any);
  return g_test_run ();
}
