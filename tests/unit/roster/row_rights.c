/* What a row says that its person is registered for: events, days, sessions, roles,
 * ribbons. */
#include "roster/row_rights.h"

#include "unit/roster/row_scene.h"

static void test_good (void)
{
  static const SceneRow ROWS[] = {
    { "Référence,Nom,26/10,27/10,28/10", "1,A,x,,oui", "days=26, 28" },
    { "Référence,Nom,Présence 26/10,Présence 27/10", "1,A,non,x", "days=27" },
    { "编号,姓名,10月26日,10月27日（可多选）", "1,王明,√,是", "days=26, 27" },
    { "Référence,Nom,Jours,29 octobre", "1,A,26,x", "days=26, 29" },
    { "Référence,Nom,Ateliers", "1,A,Atelier A1", "workshops=A1" },
    { "Référence,Nom,Ateliers", "1,A,A1+A2 et A3", "workshops=A1, A2, A3" },
    { "Référence,Nom,Rencontres,Foire", "1,A,oui,non", "events=rencontres" },
    { "Référence,Nom,Foire,Rencontres", "1,A,x,1", "events=rencontres, foire" },
    { "编号,姓名,会议,西博会", "1,王明,否,是", "events=foire" },
    { "reference,name,events", "1,王明,\"foire, Rencontres\"", "events=rencontres, foire" },
    { "编号,姓名,活动", "1,王明,会议、西博会", "events=rencontres, foire" },
    { "Référence,Nom,Jours", "1,A,\"29,27, 26\"", "days=26, 27, 29" },
    { "编号,姓名,日期", "1,王明,26、27、28", "days=26, 27, 28" },
    { "Référence;Nom;Jours", "1;A;26 octobre, 27/10", "days=26, 27" },
    { "Référence;Nom;Jours", "1;A;26/27/28", "days=26, 27, 28" },
    { "Référence;Nom;Jours", "1;A;26 27", "days=26, 27" },
    { "Référence;Nom;Jours", "1;A;2016-10-29", "days=29" },
    { "Référence;Nom;Ateliers", "1;A;A3,a1 A2,A3", "workshops=A3, A1, A2" },
    { "Référence;Nom;Rôle", "1;A;Intervenante A1", "role=intervenant A1" },
    { "编号,姓名,角色", "1,王明,主持人A6", "role=animateur A6" },
    { "编号,姓名,角色", "1,王明,", "role=" },
    { "Référence;Nom;Rubans;Protocole;Annulé", "1;A;signataire, candidat;oui;non",
      "ribbons=signatory, candidate;protocol=yes;revoked=no" },
  };
  Scene scene = scene_new (TRUE, FALSE);
  scene_check (&scene, ROWS, G_N_ELEMENTS (ROWS), NULL);
  scene_free (&scene);
}

/* Several roles a person, in any of the ways that people write them. */
static void test_roles (void)
{
  static const char *const ROWS[][2] = {
    { "A1:speaker; A3:moderator", "intervenant A1; animateur A3" },
    { "intervenante A1, A2", "intervenant A1; intervenant A2" },
    { "主席A2、发言人A1", "président de séance A2; intervenant A1" },
    { "Intervenant A1 : thème 2 ; Animatrice A3", "intervenant A1/2; animateur A3" },
    { "A1:speaker:theme2", "intervenant A1/2" },
    { "发言人A1 子议题1", "intervenant A1/1" },
    { "intervenant A1/3; intervenant A1/3", "intervenant A1/3" },
    { "animateur A4", "animateur A4" },
    { "", "" },
  };
  Scene scene = scene_new (TRUE, FALSE);
  for (gsize i = 0; i < G_N_ELEMENTS (ROWS); i++) {
    g_autofree char *row = g_strdup_printf ("1;A;\"%s\"", ROWS[i][0]);
    g_autoptr (GPtrArray) faults
        = g_ptr_array_new_with_free_func ((GDestroyNotify) import_fault_free);
    g_autoptr (Delegate) delegate = scene_read (&scene, "Référence;Nom;Rôle", row, NULL, faults);
    for (guint f = 0; f < faults->len; f++)
      g_test_message ("%s: %s", row, ((const ImportFault *) faults->pdata[f])->reason);
    g_assert_cmpuint (faults->len, ==, 0);
    g_assert_cmpstr (delegate->role, ==, ROWS[i][1]);
  }
  scene_free (&scene);
}

static void test_bad (void)
{
  static const SceneFault ROWS[] = {
    { "Référence,Nom,Jours", "1,A,\"26,30\"", "Jours", "30",
      "no day of the event. Its days are: 26 (2016-10-26)" },
    { "Référence,Nom,Ateliers", "1,A,\"A1,A9\"", "Ateliers", "A9",
      "no session of the event file. Write one of: A1, A2" },
    { "Référence,Nom,Rôle", "1,A,clown A1", "Rôle", "clown A1", "no role in a session" },
    { "Référence,Nom,Rôle", "1,A,intervenant", "Rôle", "intervenant",
      "does not say in which session" },
    { "Référence,Nom,Rôle", "1,A,intervenant A9", "Rôle", "intervenant A9",
      "no session of the event file" },
    { "Référence;Nom;Rôle", "1;A;intervenant A1, Z2", "Rôle", "Z2",
      "no session of the event file" },
    { "Référence;Nom;Rôle", "1;A;A1:speaker:theme9", "Rôle", "A1:speaker:theme9",
      "names a sub-theme that there is not: session A1 has" },
    { "Référence,Nom,Rencontres", "1,A,peut-être", "Rencontres", "peut-être",
      "neither yes nor no" },
    { "Réf,Nom,Événements", "1,A,bal", "Événements", "bal", "no event of the event file" },
    { "Référence,Nom,Rubans", "1,A,médaille", "Rubans", "médaille", "no ribbon" },
  };
  Scene scene = scene_new (TRUE, FALSE);
  scene_check_faults (&scene, ROWS, G_N_ELEMENTS (ROWS));
  scene_free (&scene);
}

int main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/row_rights/good", test_good);
  g_test_add_func ("/row_rights/roles", test_roles);
  g_test_add_func ("/row_rights/bad", test_bad);
  return g_test_run ();
}
