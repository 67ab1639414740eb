/* Letters: what stands in them, her language first, and the longest names. */
#include "issuance/letter.h"
#include "pdf_text.h"
#include "words_here.h"

#include "badge/badge.h"
#include "unit/access/demo.h"
#include "unit/access/replica.h"

static char *letter_of (const LetterBook *book, Journal *journal, const char *reference)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (Delegate) delegate = delegate_load (journal, reference, &error);
  g_autoptr (GBytes) pdf = letter_draw (book, delegate, "AC:TEST", &error);
  g_assert_no_error (error);
  return pdf_text (pdf);
}

static void test_words (void)
{
  static const char *const FRENCH[]
      = { "KERDONCUFF", "安娜",          "A1",           "Rencontres", "Ibis", "FR-1", "Repas",
          "用餐",       "gare de l’Est", "请在东站下车", "Vos données" };
  Replica replica;
  g_autoptr (GError) error = NULL;
  replica_open (&replica, "hub");
  Journal *journal = replica.journal;
  demo_load (journal);
  append (journal, "congress", "congress",
          "{\"fr\":\"Rencontres\",\"zh\":\"论坛\",\"place_fr\":\"Chengdu\",\"place_zh\":\"成都\","
          "\"timezone\":\"Asia/Shanghai\",\"days\":[{\"label\":\"26\",\"date\":\"2016-10-26\"}],"
          "\"reach_fr\":\"Descendez à la gare de l’Est.\",\"reach_zh\":\"请在东站下车。\"}");
  append (journal, "registration", "FR-1",
          "{\"family\":\"Kerdoncuff\",\"given\":\"Anne-Laure\",\"name_zh\":\"安娜\",\"country\":"
          "\"FR\",\"events\":[\"rencontres\"],\"days\":[\"26\"],\"workshops\":[\"A1\"],\"role\":"
          "\"animateur A2\",\"meals\":true,\"hotel\":\"Ibis\",\"email\":\"a@b.fr\",\"telephone\":"
          "\"0299\",\"language\":\"fr\",\"protocol\":true,\"headset\":true,\"transport\":true,"
          "\"title\":\"Mme\",\"function_fr\":\"maire\",\"organisation_fr\":\"Rennes\","
          "\"category\":\"elu\",\"delegation\":\"rennes\"}");
  append (
      journal, "registration", "CN-1",
      "{\"family\":\"Ouyang\",\"given\":\"Siyuan\",\"name_zh\":\"欧阳思远\",\"country\":\"CN\"}");
  g_autofree char *body = g_strdup_printf ("{\"family\":\"Du %s\",\"given\":\"\",\"name_zh\":"
                                           "\"𓀀\",\"organisation_fr\":\"%s %s %s\"}",
                                           "Plessis-Bellière-de-la-Rochefoucauld-Montmorency",
                                           "Conseil", "régional", "de Bourgogne-Franche-Comté");
  append (journal, "registration", "FR-2", body);
  g_autoptr (LetterBook) book = letter_book_new (journal, &error);
  g_assert_no_error (error);
  g_autofree char *french = letter_of (book, journal, "FR-1"),
                  *chinese = letter_of (book, journal, "CN-1"),
                  *longest = letter_of (book, journal, "FR-2");
  for (guint i = 0; i < G_N_ELEMENTS (FRENCH); i++) {
    g_test_message ("%s", FRENCH[i]);
    g_assert_nonnull (strstr (french, FRENCH[i]));
  }
  g_assert_true (strstr (french, "KERDONCUFF") < strstr (french, "安娜"));
  g_assert_true (strstr (chinese, "欧阳思远") < strstr (chinese, "OUYANG"));
  g_assert_nonnull (strstr (longest, "〓"));
  g_autoptr (Delegate) delegate = delegate_load (journal, "CN-1", &error);
  g_autofree char *subject = letter_subject (book, delegate), *text = letter_text (book, delegate);
  g_assert_true (g_str_has_prefix (subject, "论坛"));
  g_assert_true (g_str_has_prefix (text, "欧阳思远"));
  replica_close (&replica);
}

int main (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  g_test_init (&argc, &argv, NULL);
  words_here ();
  g_assert_true (badge_fonts_start ("fonts/fonts.conf", &error));
  g_test_add_func ("/letter/words", test_words);
  return g_test_run ();
}
