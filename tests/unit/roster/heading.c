/* What headings mean, in three languages. */
#include "roster/heading.h"

static void test_fields (void)
{
  static const struct {
    const char *text;
    Field field;
  } ROWS[] = {
    { "Référence", FIELD_REFERENCE },
    { "REFERENCE", FIELD_REFERENCE },
    { "编号", FIELD_REFERENCE },
    { "réf.", FIELD_REFERENCE },
    { "Civilité", FIELD_TITLE },
    { "称谓", FIELD_TITLE },
    { "Nom", FIELD_FAMILY },
    { "姓（拼音）", FIELD_FAMILY },
    { "姓(拼音)", FIELD_FAMILY },
    { "Surname", FIELD_FAMILY },
    { "Prénom", FIELD_GIVEN },
    { "名（拼音）", FIELD_GIVEN },
    { "First  name", FIELD_GIVEN },
    { "姓名", FIELD_NAME_ZH },
    { "Nom chinois", FIELD_NAME_ZH },
    { "Name", FIELD_FULL_NAME },
    { "Nom complet", FIELD_FULL_NAME },
    { "Fonction", FIELD_FUNCTION_FR },
    { "Fonction (chinois)", FIELD_FUNCTION_ZH },
    { "职务", FIELD_FUNCTION_ZH },
    { "职务（法文）", FIELD_FUNCTION_FR },
    { "Job title", FIELD_FUNCTION },
    { "Organisme", FIELD_ORGANISATION_FR },
    { "Organisme (chinois)", FIELD_ORGANISATION_ZH },
    { "单位", FIELD_ORGANISATION_ZH },
    { "单位（法文）", FIELD_ORGANISATION_FR },
    { "Organization", FIELD_ORGANISATION },
    { "Catégorie", FIELD_CATEGORY },
    { "类别", FIELD_CATEGORY },
    { "Délégation", FIELD_DELEGATION },
    { "Pays", FIELD_COUNTRY },
    { "国家", FIELD_COUNTRY },
    { "Courriel", FIELD_EMAIL },
    { "E-mail", FIELD_EMAIL },
    { "电子邮箱", FIELD_EMAIL },
    { "Jours", FIELD_DAYS },
    { "日期", FIELD_DAYS },
    { "Ateliers", FIELD_WORKSHOPS },
    { "分论坛", FIELD_WORKSHOPS },
    { "Rôle", FIELD_ROLE },
    { "角色", FIELD_ROLE },
    { "Repas", FIELD_MEALS },
    { "用餐", FIELD_MEALS },
    { "Transport", FIELD_TRANSPORT },
    { "交通", FIELD_TRANSPORT },
    { "Casque", FIELD_HEADSET },
    { "同传耳机", FIELD_HEADSET },
    { "Hôtel", FIELD_HOTEL },
    { "Langue", FIELD_LANGUAGE },
    { "Code QR", FIELD_CODE },
    { "Rubans", FIELD_RIBBONS },
    { "Protocole", FIELD_PROTOCOL },
    { "Annulé", FIELD_REVOKED },
    { "", FIELD_NONE },
    { "Rencontres", FIELD_NONE },
    { "N°", FIELD_NONE },
    { "序号", FIELD_NONE },
    { "—", FIELD_NONE },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (ROWS); i++) {
    Field field = heading_field (ROWS[i].text, NULL);
    if (field != ROWS[i].field) {
      g_test_message ("%s: %d, not %d", ROWS[i].text, (int) field, (int) ROWS[i].field);
      g_test_fail ();
    }
  }
}

static void test_languages (void)
{
  HeadingLanguage language;
  heading_field ("Prénom", &language);
  g_assert_cmpint (language, ==, HEADING_FRENCH);
  heading_field ("编号", &language);
  g_assert_cmpint (language, ==, HEADING_CHINESE);
  heading_field ("given name", &language);
  g_assert_cmpint (language, ==, HEADING_ENGLISH);
  heading_field ("Transport", &language); /* the same word in French */
  g_assert_cmpint (language, ==, HEADING_ENGLISH);
}

static void test_names (void)
{
  for (int field = 0; field < FIELD_COUNT; field++)
    g_assert_cmpstr (heading_name ((Field) field), !=, NULL);
  g_assert_cmpstr (heading_name (FIELD_NONE), ==, "");
}

int main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/heading/fields", test_fields);
  g_test_add_func ("/heading/languages", test_languages);
  g_test_add_func ("/heading/names", test_names);
  return g_test_run ();
}
