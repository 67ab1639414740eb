/* What people are told is what is held. */
#include "roster/notice.h"
#include "words_here.h"

#include "unit/access/replica.h"

static char *text_of (Journal *journal, NoticeLanguage language)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (Notice) notice = notice_read (journal, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < NOTICE_LANGUAGES; i++)
    g_assert_cmpuint (notice->paragraphs[i]->len, ==, notice->paragraphs[0]->len);
  return notice_text (notice, language);
}

static void assert_has (Journal *journal, NoticeLanguage language, const char *part, gboolean there)
{
  g_autofree char *text = text_of (journal, language);
  g_assert_cmpint (strstr (text, part) != NULL, ==, there);
}

static void test_held (void)
{
  Replica replica;
  replica_open (&replica, "hub");
  Journal *journal = replica.journal;
  append (journal, "congress", "congress",
          "{\"fr\":\"Rencontres\",\"zh\":\"论坛\",\"retention\":\"2017-01-31\",\"contact\":"
          "\"a@b.example\"}");
  assert_has (journal, NOTICE_ENGLISH, "your badge, we keep", FALSE); /* nobody yet */
  append (journal, "registration", "FR-1", "{\"family\":\"Le Goff\",\"email\":\"l@g.example\"}");
  assert_has (journal, NOTICE_ENGLISH, "Your data at Rencontres", TRUE);
  assert_has (journal, NOTICE_FIRST, "Vos données", TRUE);
  assert_has (journal, NOTICE_SECOND, "您的数据：论坛", TRUE);
  assert_has (journal, NOTICE_ENGLISH, "Family name · E-mail.", TRUE);
  assert_has (journal, NOTICE_FIRST, "31/01/2017", TRUE);
  assert_has (journal, NOTICE_SECOND, "2017年1月31日", TRUE);
  assert_has (journal, NOTICE_ENGLISH, "31 January 2017", TRUE);
  assert_has (journal, NOTICE_FIRST, "a@b.example", TRUE);
  assert_has (journal, NOTICE_ENGLISH, "write a note", FALSE);
  append (journal, "note", "FR-1", "{\"text\":\"t\"}");
  assert_has (journal, NOTICE_ENGLISH, "write a note", TRUE);
  append (journal, "registration", "FR-1", "{\"family\":\"Le Goff\",\"hotel\":\"Ibis\"}");
  assert_has (journal, NOTICE_ENGLISH, "Family name · Hotel.", TRUE);
  assert_has (journal, NOTICE_ENGLISH, "E-mail", FALSE);
  append (journal, "congress", "congress", "{\"fr\":\"Rencontres\",\"zh\":\"论坛\"}");
  assert_has (journal, NOTICE_ENGLISH, "No day has been set", TRUE);
  assert_has (journal, NOTICE_ENGLISH, "Ask us at the welcome desk.", TRUE);
  g_assert_cmpstr (notice_tag (NOTICE_FIRST), ==, "fr");
  g_assert_cmpstr (notice_tag (NOTICE_ENGLISH), ==, "en");
  replica_close (&replica);
}

int main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  words_here ();
  g_test_add_func ("/notice/held", test_held);
  return g_test_run ();
}
