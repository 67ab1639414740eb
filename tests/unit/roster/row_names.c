/* The names of a row, in whatever columns a list has them. */
#include "roster/row_names.h"

#include "unit/roster/row_scene.h"

static void test_columns (void)
{
  static const SceneRow ROWS[] = {
    { "reference,name", "1,DUPONT Jean", "family=DUPONT;given=Jean;country=" },
    { "reference,name", "1,王明", "family=Wang;given=Ming;name_zh=王明" },
    { "编号,姓名", "7,欧阳思远", "family=Ouyang;given=Siyuan;country=CN" },
    { "编号,姓名", "7,吕䶮", "family=Lyu;given=Yan;name_zh=吕䶮" },
    { "编号,姓名,姓（拼音）,名（拼音）", "7,吕涛,Lü,Tao", "family=Lü;given=Tao" },
    { "编号,姓,名", "7,曾,明", "family=Zeng;given=Ming;name_zh=曾明" },
    { "编号,姓名", "7,John SMITH", "family=SMITH;given=John;name_zh=;country=CN" },
    { "编号,姓名", "FR-7,Martin", "family=Martin;name_zh=;country=FR" },
    { "编号,姓名,姓名拼音", "1,张伟,ZHANG WEI", "family=Zhang;given=Wei;name_zh=张伟" },
    { "编号,姓名,姓名拼音", "1,张伟,Zhang Wei", "family=Zhang;given=Wei;name_zh=张伟" },
    { "id,full name,last name,first name", "V3,Camille Rousseau,Rousseau,Camille",
      "family=Rousseau;given=Camille;name_zh=" },
    { "id,full name,last name,first name", "V3,陈家豪 Chan Ka Ho,Chan,Ka Ho",
      "family=Chan;given=Ka Ho;name_zh=陈家豪" },
    { "id,full name", "V4,M. Jean VALJEAN", "family=VALJEAN;given=Jean;title=M." },
    { "id,full name", "V5,张伟 ZHANG Wei", "family=Zhang;given=Wei;name_zh=张伟" },
    { "id,full name,title", "V4,M. Jean VALJEAN,S.E.", "family=VALJEAN;title=S.E." },
    { "id,full name", "V4,\"DUPONT Jean, Maire de Lyon\"",
      "family=DUPONT;given=Jean;function_fr=Maire de Lyon" },
    { "Réf,Nom complet,Fonction", "V4,\"DUPONT Jean, Maire de Lyon\",Maire",
      "family=DUPONT;given=Jean;function_fr=Maire" },
    { "编号,姓名,国家", "V6,让·杜邦 Jean Dupont,法国",
      "family=Dupont;given=Jean;name_zh=让·杜邦;country=FR" },
    { "编号,姓名,国家", "V6,让·杜邦,法国", "family=;given=;name_zh=让·杜邦" },
    { "编号,姓名", "V6,让·杜邦", "family=;given=;name_zh=让·杜邦" },
    { "编号,姓名,代表团", "V6,杜邦,法国代表团", "family=;given=;name_zh=杜邦" },
    { "编号,姓名,国家", "V6,阿依古丽·买买提,中国", "family=;given=;name_zh=阿依古丽·买买提" },
    { "编号,姓名", "CN-6,阿卜杜热合曼", "family=;given=;name_zh=阿卜杜热合曼;country=CN" },
    { "编号,姓名,国家", "V6,扎西次仁,中国", "family=;given=;name_zh=扎西次仁" },
    { "编号,姓名,国家", "V6,斯琴高娃,", "family=;given=;name_zh=斯琴高娃" },
    { "编号,姓名,国家", "V6,田中角荣,", "family=;given=;name_zh=田中角荣" },
    { "编号,姓名,国家", "V6,陳大文,香港", "family=;given=;name_zh=陳大文" },
    { "编号,姓名,国家", "V6,陳水扁,台湾", "family=;given=;name_zh=陳水扁" },
    { "编号,姓名,姓名拼音", "1,扎西次仁,Zhaxi Ciren",
      "family=Zhaxi Ciren;given=;name_zh=扎西次仁" },
    { "编号,姓名,姓名拼音", "1,扎西次仁,ZHAXICIREN", "family=ZHAXICIREN;given=;name_zh=扎西次仁" },
    { "编号,姓名,姓名拼音", "1,阿卜杜热合曼,Abdurahman", "family=Abdurahman;given=" },
    { "编号,姓名,姓名拼音", "1,曲珍,QU Zhen", "family=QU;given=Zhen;name_zh=曲珍" },
    { "编号,姓名,姓（拼音）,名（拼音）", "1,扎西次仁,Tashi,Tsering", "family=Tashi;given=Tsering" },
    { "编号,姓名,拼音,外文名", "1,王明,WANG MING,", "family=Wang;given=Ming;name_zh=王明" },
    { "编号,姓名,外文名", "1,阿卜杜热合曼,Abdurahman", "family=Abdurahman;given=" },
    { "编号,姓名,英文名", "1,王大卫,David Wang", "family=Wang;given=David;name_zh=王大卫" },
    { "编号,名字", "1,王明", "family=Wang;given=Ming;name_zh=王明" },
    { "编号,姓名", "1,王　明", "family=Wang;given=Ming;name_zh=王明" },
    { "编号,姓名", "1,欧阳 思远", "family=Ouyang;given=Siyuan;name_zh=欧阳思远" },
    { "编号,姓名", "1,扎西 次仁", "family=;given=;name_zh=扎西次仁" },
    { "编号,姓名（中英文）", "1,张伟 Zhang Wei", "family=Zhang;given=Wei;name_zh=张伟" },
    { "编号,姓名,姓名拼音", "1,岱林,DAI LIN", "family=Dai;given=Lin;name_zh=岱林" },
    { "编号,姓名", "V7,王芳女士", "family=Wang;given=Fang;name_zh=王芳;title=女士" },
    { "编号,姓名,称谓", "V7,王芳女士,教授", "name_zh=王芳;title=教授" },
    { "Référence,Nom,Prénom", "1,Mme DURAND,Anne", "family=DURAND;given=Anne;title=Mme" },
    { "Référence,Nom,Prénom", "1,,Björk", "family=Björk;given=" },
  };
  Scene scene = scene_new (TRUE, FALSE);
  scene_check (&scene, ROWS, G_N_ELEMENTS (ROWS), NULL);
  scene_free (&scene);
}

/* What stands beside a name is said, not lost in silence. */
static void test_remarks (void)
{
  static const SceneRow ROWS[] = {
    { "Réf,Nom complet,Fonction", "V4,\"DUPONT Jean, Maire de Lyon\",Maire",
      "V4: “Maire de Lyon” beside the name is left out: there is a function" },
    { "id,full name", "V4,Jean DUPONT née PETIT", "V4: “née PETIT” beside the name is left out" },
    { "Référence,Nom,Prénom", "1,,Björk",
      "1: “Björk” stands alone and is taken for the whole name" },
    { "id,name,phone", "1,王明,idem", "1: “idem” is no telephone number and is left out" },
    { "Référence,Nom,Prénom", "1,Roy (Bo),Anne",
      "1: “Roy (Bo)” holds “(”: see that a badge may show it so" },
    { "Référence,Nom,Prénom", "1,Petit,Anne 2",
      "1: “Anne 2” holds “2”: see that a badge may show it so" },
    { "Référence,Nom,Prénom", "1,Jean,DUPONT",
      "1: “Jean” stands as the family name and “DUPONT” as the given name: are they swapped?" },
    { "Référence,Nom,Prénom", "1,Petit,Anne", NULL },
    { "Référence,Nom,Prénom", "1,PETIT,ANNE", NULL },
    { "Référence,Nom,Prénom", "1,Petit,JP", NULL },
    { "Référence,Nom,Prénom", "1,McDONALD,RON", NULL },
  };
  Scene scene = scene_new (TRUE, FALSE);
  for (gsize i = 0; i < G_N_ELEMENTS (ROWS); i++) {
    g_autoptr (GPtrArray) faults
        = g_ptr_array_new_with_free_func ((GDestroyNotify) import_fault_free);
    g_autoptr (RowReader) reader = scene_reader (&scene, ROWS[i].headings, ROWS[i].row);
    g_autoptr (Delegate) delegate = scene_read_with (&scene, reader, NULL, faults);
    const GPtrArray *remarks = row_reader_remarks (reader);
    g_assert_cmpuint (faults->len, ==, 0);
    g_assert_cmpuint (remarks->len, ==, ROWS[i].wanted != NULL);
    if (ROWS[i].wanted != NULL)
      g_assert_cmpstr (g_ptr_array_index (remarks, 0), ==, ROWS[i].wanted);
  }
  scene_free (&scene);
}

/* What is no name is refused rather than printed. */
static void test_no_names (void)
{
  static const SceneRow ROWS[] = {
    { "Référence,Nom,Prénom", "1,z@roy.fr,Zoé", "holds “@”" },
    { "Référence,Nom,Prénom", "1,Roy,{{prenom}}", "holds “{”" },
    { "Référence,Nom,Prénom", "1,<b>Roy</b>,Zoé", "holds “<”" },
    { "Référence,Nom,Prénom", "1,Roy + 1,Zoé", "holds “+”" },
    { "Référence,Nom,Prénom", "1,Zoé ROY,Zoé ROY", "is the family name too" },
    { "编号,姓名", "1,张伟 李娜", "no part of a name" },
    { "Réf,Participants", "1,\"Jean DUPONT, Marie DURAND\"", "may hold a function" },
    { "Réf,Participants", "1,\"Jean DUPONT\nMarie DURAND\"", "which is the family name" },
    { "编号,姓名", "1,张伟、李娜", "" },
  };
  Scene scene = scene_new (TRUE, FALSE);
  for (gsize i = 0; i < G_N_ELEMENTS (ROWS); i++) {
    g_autoptr (GPtrArray) faults
        = g_ptr_array_new_with_free_func ((GDestroyNotify) import_fault_free);
    g_autoptr (RowReader) reader = scene_reader (&scene, ROWS[i].headings, ROWS[i].row);
    g_autoptr (Delegate) delegate = scene_read_with (&scene, reader, NULL, faults);
    g_assert_cmpuint (faults->len, ==, 1);
    const ImportFault *fault = g_ptr_array_index (faults, 0);
    g_assert_nonnull (strstr (fault->reason, ROWS[i].wanted));
  }
  scene_free (&scene);
}

/* Another Chinese name leaves nobody the pinyin of the old one. */
static void test_pinyin (void)
{
  static const SceneRow ROWS[] = {
    { "编号,姓名", "CN-1,王明", "family=Wang;given=Ming;name_zh=王明" },
    { "编号,姓名", "CN-1,李明", "family=Li;given=Ming;name_zh=李明" },
    { "编号,姓名,国家", "1,李明,法国", "family=;given=;name_zh=李明" },
  };
  Scene scene = scene_new (TRUE, FALSE);
  g_autoptr (Delegate) existing = delegate_new ();
  row_reader_set (&existing->reference, "CN-1");
  row_reader_set (&existing->family, "Wang");
  row_reader_set (&existing->given, "Ming");
  row_reader_set (&existing->name_zh, "王明");
  scene_check (&scene, ROWS, G_N_ELEMENTS (ROWS), existing);
  scene_free (&scene);
}

int main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/row_names/columns", test_columns);
  g_test_add_func ("/row_names/remarks", test_remarks);
  g_test_add_func ("/row_names/no-names", test_no_names);
  g_test_add_func ("/row_names/pinyin", test_pinyin);
  return g_test_run ();
}
