/* What has happened to one person: every fact in words, in three languages, in order. */
#include "desk/history.h"

#include "unit/access/replica.h"
#include "words_here.h"

#include <string.h>

typedef struct {
  const char *kind, *subject, *body;
  const char *volunteer;
  const char *texts[HISTORY_LANGUAGES];
  gboolean warns;
} Case;

static const Case CASES[] = {
  { "registration",
    "P-1",
    "{\"list\":\"cuf\",\"family\":\"Naïm\",\"function_fr\":\"Maire\",\"days\":[\"26\"]}",
    "",
    { "Inscription par la liste «\u00a0cuf\u00a0»", "由名单“cuf”报名",
      "Registered by the list “cuf”" },
    FALSE },
  { "registration",
    "P-1",
    "{\"family\":\"Naïm\",\"function_fr\":\"Sénateur\",\"meals\":true,\"days\":[\"26\",\"27\"],"
    "\"corrected\":[\"function_fr\",\"days\",\"meals\"],\"volunteer\":\"Li Na\"}",
    "Li Na",
    { "Corrigé à un bureau d’accueil\u00a0: Fonction\u00a0: Maire → Sénateur\u202f; Jours"
      "\u00a0: 26 "
      "→ 26, 27\u202f; Repas\u00a0: oui",
      "服务台更正：职务（法文）：Maire → Sénateur；日期：26 → 26、27；用餐：是",
      "Corrected at a desk: Function: Maire → Sénateur; Days: 26 → 26, 27; Meals: yes" },
    FALSE },
  { "passage",
    "P-1",
    "{\"checkpoint\":\"door\",\"verdict\":\"ADMITTED\",\"day\":\"2016-10-26\","
    "\"direction\":\"in\",\"code\":\"ticket\"}",
    "",
    { "door · avec la convocation · annulé depuis", "door · 凭参会凭证 · 后已撤销",
      "door · with the ticket · taken back since" },
    FALSE },
  { "badge-issued",
    "P-1",
    "{\"serial\":1,\"reason\":\"first\"}",
    "",
    { "Badge 1 émis", "胸卡 1 已制发", "Badge 1 issued" },
    FALSE },
  { "badge-void",
    "P-1",
    "{\"serial\":1,\"issuer\":\"desk\",\"reason\":\"lost\",\"volunteer\":\"Li Na\"}",
    "Li Na",
    { "Badge 1 annulé · perdu", "胸卡 1 已作废 · 遗失", "Badge 1 made void · lost" },
    TRUE },
  { "note",
    "P-1",
    "{\"text\":\"Allergie\",\"volunteer\":\"Zoé\"}",
    "Zoé",
    { "Note pour l’équipe\u00a0: Allergie", "团队备注：Allergie", "Note for the team: Allergie" },
    FALSE },
  { "loan",
    "P-1",
    "{\"item\":\"headset\",\"direction\":\"out\",\"headset\":\"H-0001\"}",
    "",
    { "Casque H-0001 remis", "已领取耳机 H-0001", "Headset H-0001 was handed out" },
    FALSE },
  { "letter",
    "P-1",
    "{\"state\":\"refused\",\"reply\":\"550 no\"}",
    "",
    { "Lettre de convocation refusée par le serveur de messagerie · 550 no",
      "参会凭证信函被邮件服务器拒收 · 550 no",
      "The letter with the ticket was refused by the mail server · 550 no" },
    TRUE },
  { "ticket-void",
    "P-1",
    "{\"serial\":1,\"volunteer\":\"Zoé\"}",
    "Zoé",
    { "Convocation annulée", "参会凭证已作废", "The ticket was made void" },
    TRUE },
  { "conflict-closed",
    "P-1@door/2016-10-26",
    "{\"reason\":\"twins\",\"volunteer\":\"Zoé\"}",
    "Zoé",
    { "Conflit clos · twins", "冲突已处理 · twins", "A conflict was closed · twins" },
    FALSE },
  { "undone",
    "P-1",
    "{\"of\":\"desk\",\"seq\":4,\"reason\":\"mistake\",\"volunteer\":\"Zoé\"}",
    "Zoé",
    { "Passage annulé\u00a0: door · scanné par erreur", "已撤销通行：door · 误扫",
      "Passage taken back: door · scanned by mistake" },
    TRUE },
  { "passage",
    "P-1",
    "{\"checkpoint\":\"door\",\"verdict\":\"FULL\",\"day\":\"2016-10-26\",\"direction\":\"in\","
    "\"code\":\"badge\"}",
    "",
    { NULL },
    TRUE },
};

static void test_words (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) entries = NULL, nobody = NULL;
  Replica replica = { 0 };

  replica_open (&replica, "desk");
  for (guint i = 0; i < G_N_ELEMENTS (CASES); i++)
    append (replica.journal, CASES[i].kind, CASES[i].subject, CASES[i].body);
  append (replica.journal, "passage", "P-2", CASES[2].body);
  entries = history_read (replica.journal, "P-1", &error);
  g_assert_no_error (error);
  g_assert_cmpuint (entries->len, ==, G_N_ELEMENTS (CASES));
  for (guint i = 0; i < entries->len; i++) {
    const HistoryEntry *entry = entries->pdata[i];

    g_assert_cmpstr (entry->station, ==, "desk");
    g_assert_cmpstr (entry->volunteer, ==, CASES[i].volunteer);
    g_assert_cmpint (entry->warns, ==, CASES[i].warns);
    for (guint l = 0; l < HISTORY_LANGUAGES; l++) {
      if (CASES[i].texts[l] != NULL)
        g_assert_cmpstr (entry->texts[l], ==, CASES[i].texts[l]);
      g_assert_cmpstr (entry->texts[l], !=, "");
    }
  }
  nobody = history_read (replica.journal, "P-9", &error);
  g_assert_no_error (error);
  g_assert_cmpuint (nobody->len, ==, 0);
  replica_close (&replica);
}

/* What an erasure empties is told as such. */
static void test_erased (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) entries = NULL;
  Replica replica = { 0 };
  static const char *const TEXTS[]
      = { "Registered, or corrected; what it said was erased", "A note for the team, erased since",
          "Somebody else took the badge; who, was erased", "What was held until then was erased" };

  replica_open (&replica, "desk");
  append (replica.journal, "registration", "P-1", "{\"family\":\"Naïm\"}");
  append (replica.journal, "note", "P-1", "{\"text\":\"Allergie\"}");
  append (replica.journal, "handover", "P-1", "{\"to\":\"Zoé\"}");
  append (replica.journal, "erasure", "P-1", "{}");
  entries = history_read (replica.journal, "P-1", &error);
  g_assert_no_error (error);
  g_assert_cmpuint (entries->len, ==, G_N_ELEMENTS (TEXTS));
  for (guint i = 0; i < entries->len; i++)
    g_assert_cmpstr (((HistoryEntry *) entries->pdata[i])->texts[WORDS_SIDES], ==, TEXTS[i]);
  replica_close (&replica);
}

int main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  words_here ();
  g_test_add_func ("/desk/history/words", test_words);
  g_test_add_func ("/desk/history/erased", test_erased);
  return g_test_run ();
}
