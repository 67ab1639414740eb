/* What one row of a list comes to: the delegate, or the faults. */
#include "roster/row.h"

#include "unit/roster/row_scene.h"

static void test_good (void)
{
  static const SceneRow ROWS[] = {
    { "Référence,Nom,Prénom", "FR-1,d'Estienne,Zoë",
      "family=d'Estienne;given=Zoë;name_zh=;country=FR;events=;days=" },
    { "Référence,Nom,Pays", "FR-1,Li,Chine", "country=CN" },
    { "Référence,Nom,Catégorie", "1,A,Élue", "category=elu" },
    { "编号,姓名,类别", "1,王明,地方政府专业人员", "category=technicien" },
    { "Référence,Nom,Catégorie", "1,A,", "category=" },
    { "Référence,Nom,Catégorie", "1,A,élu / 民选代表", "category=elu" },
    { "Référence,Nom,Repas", "1,A,×", "meals=no" },
    { "Référence,Nom,Catégorie", "1,A,专家 Expert", "category=expert" },
    { "Réf;Nom;Repas;Transport;Casque", "1;A;oui;non;", "meals=yes;transport=no;headset=no" },
    { "Référence;Nom;Organisme", "1;A;Ville de Nice",
      "organisation_fr=Ville de Nice;delegation=Ville de Nice;organisation_zh=" },
    { "编号,姓名,单位", "1,王明,四川大学",
      "organisation_zh=四川大学;delegation=四川大学;organisation_fr=" },
    { "reference,name,organisation,function", "1,王明,四川大学,教授",
      "organisation_zh=四川大学;function_zh=教授;function_fr=" },
    { "reference,surname,organisation,function", "1,Martin,Ville de Nice,Maire",
      "organisation_fr=Ville de Nice;function_fr=Maire;function_zh=" },
    { "Réf;Nom;Délégation;Organisme", "1;A;Délégation française;X", "delegation=france" },
    { "Référence;Nom;Délégation;Organisme", "1;A;Nantes;X", "delegation=Nantes" },
    { "Référence;Nom;Téléphone", "1;A;06 12 34 56 78", "telephone=06 12 34 56 78" },
    { "编号,姓名,手机", "1,王明,138 0013 8000", "telephone=138 0013 8000" },
    { "编号,姓名,手机号码", "1,王明,１３８００１３８０００", "telephone=13800138000" },
    { "id,name,phone", "1,王明,n/a", "telephone=" },
    { "id,name,phone", "1,王明,3.36E+10", "telephone=" },
    { "Référence;Nom;Téléphone;Portable", "1;A;01 23 45 67 89;06 12 34 56 78",
      "telephone=01 23 45 67 89 / 06 12 34 56 78" },
    { "Référence;Nom;Tél. fixe;Tél. portable", "1;A;;06 12 34 56 78", "telephone=06 12 34 56 78" },
    { "Référence;Nom;Rang", "1;A;Maire", "rank=mayor" },
    { "编号,姓名,级别", "1,王明,部长", "rank=minister" },
    { "Référence;Nom;Rang", "1;A;", "rank=" },
    { "Référence;Nom;Régime alimentaire", "1;A;Végétarienne, fruits à coque",
      "diet=vegetarian, nuts" },
    { "编号,姓名,饮食禁忌", "1,王明,清真、芒果过敏", "diet=halal, 芒果过敏" },
    { "Référence;Nom;Allergies", "1;A;aucune", "diet=" },
    { "Référence;Nom;Langue;Hôtel;Code", "1;A;Chinois;Hôtel de la Gare;XK-9",
      "language=zh;hotel=Hôtel de la Gare;code=XK-9" },
    { "Réf;Nom;Fonction", "1;A;\"Chargée\n de  mission\"", "function_fr=Chargée de mission" },
    { "Référence;Nom;;Note", "1;A;;secret", "family=A" },
    { "Référence;Nom", "1;A;;", "family=A" },
  };
  Scene scene = scene_new (TRUE, FALSE);
  scene_check (&scene, ROWS, G_N_ELEMENTS (ROWS), NULL);
  scene_free (&scene);
}

static void test_glossary (void)
{
  static const SceneRow ROWS[] = {
    { "Référence;Nom;Organisme;Fonction", "1;A;Ville de Nice;Urbaniste",
      "organisation_zh=尼斯市;function_zh=城市规划师;delegation=Ville de Nice" },
    { "编号,姓名,单位,职务", "1,王明,四川大学,记者",
      "organisation_fr=Université du Sichuan;function_fr=Journaliste;delegation=Université du "
      "Sichuan" },
    { "编号,姓名,单位,单位（法文）", "1,王明,四川大学,Autre nom",
      "organisation_fr=Autre nom;organisation_zh=四川大学" },
    { "Référence;Nom;Organisme", "1;A;Inconnu", "organisation_zh=" },
  };
  Scene scene = scene_new (TRUE, TRUE);
  scene_check (&scene, ROWS, G_N_ELEMENTS (ROWS), NULL);
  scene_free (&scene);
}

/* Without an event file all is taken as it stands. */
static void test_unchecked (void)
{
  static const SceneRow ROWS[] = {
    { "Référence;Nom;Catégorie;Jours;Ateliers;Événements;Rôle",
      "1;A;clown;J1,J2;Z9;bal;intervenant Z9",
      "category=clown;days=J1, J2;workshops=Z9;events=bal;role=intervenant Z9" },
  };
  Scene scene = scene_new (FALSE, FALSE);
  scene_check (&scene, ROWS, G_N_ELEMENTS (ROWS), NULL);
  scene_free (&scene);
}

static void set (char **place, const char *value)
{
  g_free (*place);
  *place = g_strdup (value);
}

/* What the list has no column for stays. */
static void test_existing (void)
{
  static const SceneRow ROWS[] = {
    { "Référence;Nom;Hôtel", "FR-1;Martin;Gare",
      "given=Zoë;hotel=Gare;events=foire;days=27;meals=yes;category=expert;country=BE;delegation="
      "Chosen;role=intervenant A1;name_zh=马丁" },
    { "Référence;Nom;Repas", "FR-1;Martin;", "meals=no" },
    { "Référence;Nom;Rencontres", "FR-1;Martin;oui", "events=rencontres, foire" },
    { "Référence;Nom;Foire", "FR-1;Martin;non", "events=" },
    { "Référence;Nom;Rôle", "FR-1;Martin;", "role=" },
    { "Référence;Nom;Organisme", "FR-1;Martin;Other", "organisation_fr=Other;delegation=Chosen" },
    { "编号,姓名", "FR-1,马丁", "family=Martin;given=Zoë;name_zh=马丁" },
    { "编号,姓名", "FR-1,王明", "family=;given=;name_zh=王明" }, /* of no Chinese person */
  };
  Scene scene = scene_new (TRUE, FALSE);
  g_autoptr (Delegate) existing = delegate_new ();
  set (&existing->reference, "FR-1");
  set (&existing->family, "Martin");
  set (&existing->given, "Zoë");
  set (&existing->name_zh, "马丁");
  set (&existing->country, "BE");
  set (&existing->category, "expert");
  set (&existing->organisation_fr, "Ville");
  set (&existing->delegation, "Chosen");
  set (&existing->role, "intervenant A1");
  g_strfreev (existing->events);
  existing->events = g_strsplit ("foire", "|", -1);
  g_strfreev (existing->days);
  existing->days = g_strsplit ("27", "|", -1);
  existing->meals = TRUE;
  scene_check (&scene, ROWS, G_N_ELEMENTS (ROWS), existing);
  scene_free (&scene);
}

static void test_bad (void)
{
  g_autofree char *name = g_strnfill (301, 'x'), *long_row = g_strconcat ("1,", name, NULL),
                  *long_reference = g_strnfill (33, 'r');
  g_autofree char *reference_row = g_strconcat (long_reference, ",A", NULL);
  const SceneFault ROWS[] = {
    { "Référence,Nom", ",Martin", "Référence", "", "there is no reference" },
    { "Référence,Nom", "é1,Martin", "Référence", "é1", "cannot be a reference" },
    { "Référence,Nom", "a b,Martin", "Référence", "a b", "cannot be a reference" },
    { "Référence,Nom", reference_row, "Référence", long_reference, "cannot be a reference" },
    { "Référence,Nom,Prénom", "1,,", "Nom", "", "there is no name" },
    { "reference,name", "1,\"DUPONT Jean, Paul\"", "name", "DUPONT Jean, Paul",
      "a function beside" },
    { "reference,name", "1,DUPONT & Cie", "name", "DUPONT & Cie", "no part of a name" },
    { "编号,姓名", "1,Jean Dupont", "姓名", "Jean Dupont", "which is the family name" },
    { "编号,姓名", "1,", "姓名", "", "there is no name" },
    { "reference,name", "1,Jean Dupont", "name", "Jean Dupont", "which is the family name" },
    { "Référence,Nom", long_row, "Nom", NULL, "too long: 301 characters" },
    { "Référence,Nom", "1,Mar\x07tin", "Nom", "Mar\\x07tin", "control character" },
    { "Référence,Nom", "1,Caf\xEF\xBF\xBD", "Nom", NULL, "could not be read" },
    { "Référence,Nom,Catégorie", "1,A,clown", "Catégorie", "clown",
      "no category of the event file. Write one of: élu, technicien" },
    { "Référence,Nom,Repas", "1,A,2", "Repas", "2", "neither yes nor no" },
    { "Référence,Nom,Courriel", "1,A,a.example.org", "Courriel", "a.example.org",
      "no e-mail address" },
    { "Référence,Nom,Courriel", "1,A,@b", "Courriel", "@b", "no e-mail address" },
    { "Référence,Nom,Code", "1,A,AC:6Y", "Code", "AC:6Y", "accueil ticket issue" },
    { "Référence,Nom,Pays", "1,A,Atlantide", "Pays", "Atlantide", "two-letter code" },
    { "Référence,Nom,Rang", "1,A,clown", "Rang", "clown", "is no rank. Write one of" },
    { "Référence,Nom,Prénom", "1,Martin", "Nom", "Martin", "after 2 of 3 columns" },
    { "Référence,Nom", "1,Martin,Zoë", "column 3", "Zoë", "beyond the last of the 2 headings" },
  };
  Scene scene = scene_new (TRUE, FALSE);
  scene_check_faults (&scene, ROWS, G_N_ELEMENTS (ROWS));
  scene_free (&scene);
}

int main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/row/good", test_good);
  g_test_add_func ("/row/glossary", test_glossary);
  g_test_add_func ("/row/unchecked", test_unchecked);
  g_test_add_func ("/row/existing", test_existing);
  g_test_add_func ("/row/bad", test_bad);
  return g_test_run ();
}
