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
    { "Téléphone", FIELD_TELEPHONE },
    { "N° de téléphone portable", FIELD_TELEPHONE },
    { "Tél. portable", FIELD_TELEPHONE },
    { "手机号码（必填）", FIELD_TELEPHONE },
    { "3、您的联系电话", FIELD_TELEPHONE },
    { "Téléphone / 手机", FIELD_TELEPHONE },
    { "Cell Phone", FIELD_TELEPHONE },
    { "Phone #", FIELD_TELEPHONE },
    { "Télécopie", FIELD_NONE },
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
    /* two languages, notes, questions */
    { "Référence / 编号", FIELD_REFERENCE },
    { "姓名 Nom chinois", FIELD_NAME_ZH },
    { "Nom / 姓", FIELD_FAMILY },
    { "Nom / 姓名", FIELD_FULL_NAME },
    { "Nom Last name", FIELD_FAMILY },
    { "Fonction / 职务", FIELD_FUNCTION },
    { "Organisme（单位）", FIELD_ORGANISATION },
    { "姓名（必填）", FIELD_NAME_ZH },
    { "1、您的姓名：", FIELD_NAME_ZH },
    { "2. Votre nom*", FIELD_FAMILY },
    { "參會人姓名", FIELD_NAME_ZH },
    { "编號", FIELD_REFERENCE },
    { "編號", FIELD_REFERENCE },
    { "單位", FIELD_ORGANISATION_ZH },
    { "職務", FIELD_FUNCTION_ZH },
    /* platforms */
    { "参会人姓名", FIELD_NAME_ZH },
    { "单位名称", FIELD_ORGANISATION_ZH },
    { "职务/职称", FIELD_FUNCTION_ZH },
    { "Nom participant", FIELD_FAMILY },
    { "Prénom participant", FIELD_GIVEN },
    { "N° billet", FIELD_REFERENCE },
    { "Code-barres", FIELD_CODE },
    { "签到码", FIELD_CODE },
    { "票种", FIELD_TICKET },
    { "Tarif", FIELD_TICKET },
    { "Ticket Type", FIELD_TICKET },
    { "Attendee #", FIELD_REFERENCE },
    { "Attendee", FIELD_FULL_NAME },
    { "Adresse de messagerie", FIELD_EMAIL },
    /* what may not be guessed */
    { "Nom (personne à contacter)", FIELD_NONE },
    { "Nom payeur", FIELD_NONE },
    { "Référence commande", FIELD_NONE },
    { "Order #", FIELD_NONE },
    { "Titre / 职务", FIELD_NONE },
    { "Dossier n°", FIELD_NONE },
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

/* A name that a message proposes is one that is known, whole and in each of its parts. */
static void test_proposed (void)
{
  for (int field = 0; field < FIELD_COUNT; field++) {
    g_auto (GStrv) parts = g_strsplit (heading_name ((Field) field), " · ", -1);
    g_assert_cmpint (heading_field (heading_name ((Field) field), NULL), ==, field);
    for (guint i = 0; parts[i] != NULL; i++)
      if (heading_field (parts[i], NULL) != (Field) field)
        g_test_message ("%s", parts[i]);
    for (guint i = 0; parts[i] != NULL; i++)
      g_assert_cmpint (heading_field (parts[i], NULL), ==, field);
  }
}

int main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/heading/fields", test_fields);
  g_test_add_func ("/heading/languages", test_languages);
  g_test_add_func ("/heading/names", test_names);
  g_test_add_func ("/heading/proposed", test_proposed);
  return g_test_run ();
}
