/* Functions as lists write them, and the rank they give: by what is known here, and by
 * what an event file says. */
#include "congress/rank.h"
#include "words_here.h"

#include "unit/access/replica.h"

static const char *rank_by (const RankBook *book, const char *fr, const char *zh)
{
  return rank_at (book, rank_of_function (book, fr, zh))->id;
}

static RankBook *book_of (const Replica *replica)
{
  g_autoptr (GError) error = NULL;
  RankBook *book = rank_book_read (replica->journal, &error);
  g_assert_no_error (error);
  return book;
}

static void test_functions (void)
{
  static const struct {
    const char *fr, *zh, *rank;
  } ROWS[] = {
    { "Ambassadeur de France en Chine", "", "minister" },
    { "", "外交部副部长", "minister" },
    { "Ministre-conseiller", "", "deputy" },
    { "Présidente de la Région Bretagne", "", "governor" },
    { "Vice-président de la Région Occitanie", "", "deputy" },
    { "Vice-présidente de la Région Occitanie", "", "deputy" },
    { "", "四川省副省长", "governor" },
    { "Maire", "市长", "mayor" },
    { "Maire adjointe chargée de l’eau", "", "deputy" },
    { "Adjoint au maire", "副市长", "deputy" },
    { "", "成都市副市长", "deputy" },
    { "", "市长助理", "director" },
    { "Directrice générale des services", "", "director" },
    { "", "外事办公室副主任", "director" },
    { "Conseiller du ministre", "", "other" },
    { "Mairesse honoraire", "", "other" },
    { "Maître de conférences", "讲师", "other" },
    { "", "", "other" },
  };
  Replica replica;
  replica_open (&replica, "desk");
  g_autoptr (RankBook) book = book_of (&replica);
  for (guint i = 0; i < G_N_ELEMENTS (ROWS); i++) {
    g_test_message ("%s %s", ROWS[i].fr, ROWS[i].zh);
    g_assert_cmpstr (rank_by (book, ROWS[i].fr, ROWS[i].zh), ==, ROWS[i].rank);
  }
  replica_close (&replica);
}

static void test_words (void)
{
  Replica replica;
  replica_open (&replica, "desk");
  g_autoptr (RankBook) book = book_of (&replica);
  guint mayor = rank_find (book, "mayor");
  g_assert_cmpstr (rank_at (book, mayor)->fr, ==, "Maire, président de métropole");
  g_assert_cmpstr (rank_at (book, mayor)->zh, ==, "市长、大都市区主席");
  g_assert_cmpuint (rank_find (book, "MAIRE"), ==, mayor);
  g_assert_cmpuint (rank_find (book, "市长"), ==, mayor);
  g_assert_cmpuint (rank_find (book, "clown"), ==, RANK_NONE);
  g_assert_cmpuint (rank_find (book, ""), ==, RANK_NONE);
  replica_close (&replica);
}

/* The event file's own, in its order; a known id without words has those known here. */
static void test_defined (void)
{
  Replica replica;
  replica_open (&replica, "desk");
  append (replica.journal, "rank", "head",
          "{\"fr\":\"Tête\",\"zh\":\"团长\",\"words\":[\"Chef de délégation\",\"代表团团长\"],"
          "\"order\":1}");
  append (replica.journal, "rank", "mayor", "{\"fr\":\"Maire\",\"zh\":\"市长\",\"order\":2}");
  append (replica.journal, "rank", "gone",
          "{\"fr\":\"Parti\",\"zh\":\"去\",\"words\":[\"parti\"],\"order\":3,\"removed\":true}");
  g_autoptr (RankBook) book = book_of (&replica);
  g_assert_cmpuint (rank_count (book), ==, 3);
  g_assert_cmpstr (rank_at (book, 2)->id, ==, RANK_OTHER);
  g_assert_cmpstr (rank_by (book, "Chef de délégation, maire", ""), ==, "head");
  g_assert_cmpstr (rank_by (book, "Chef de délégations", ""), ==, "other");
  g_assert_cmpstr (rank_by (book, "Maire", "法国代表团团长"), ==, "head");
  g_assert_cmpstr (rank_by (book, "", "成都市市长"), ==, "mayor");
  g_assert_cmpstr (rank_by (book, "Ministre", ""), ==, "other");
  g_assert_cmpstr (rank_by (book, "Parti", ""), ==, "other");
  g_autofree char *names = rank_names (book);
  g_assert_true (g_str_has_prefix (names, "Tête; Maire; "));
  replica_close (&replica);
}

int main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  words_here ();
  g_test_add_func ("/rank/functions", test_functions);
  g_test_add_func ("/rank/words", test_words);
  g_test_add_func ("/rank/defined", test_defined);
  return g_test_run ();
}
