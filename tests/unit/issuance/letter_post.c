/* Which letters are due: none twice. */
#include "issuance/letter_post.h"

#include "unit/access/replica.h"

static void test_due (void)
{
  static const struct {
    LetterPostState state;
    gboolean same, other; /* due to the same address, to another one */
  } ROWS[] = { { LETTER_POST_SENDING, FALSE, FALSE },
               { LETTER_POST_SENT, FALSE, FALSE },
               { LETTER_POST_DELAYED, TRUE, TRUE },
               { LETTER_POST_REFUSED, FALSE, TRUE } };
  Replica replica;
  g_autoptr (GError) error = NULL;
  replica_open (&replica, "hub");
  g_assert_true (letter_post_is_due (NULL, "a@b.c"));
  for (guint i = 0; i < G_N_ELEMENTS (ROWS); i++) {
    hand_ms += 1000;
    g_assert_true (letter_post_note (replica.journal, "FR-1", ROWS[i].state, "A@b.c",
                                     i == 3 ? "550 no" : NULL, &error));
    g_autoptr (GHashTable) posts = letter_post_read (replica.journal, &error);
    const LetterPost *post = g_hash_table_lookup (posts, "FR-1");
    g_assert_cmpint (post->state, ==, ROWS[i].state);
    g_assert_cmpstr (post->reply, ==, i == 3 ? "550 no" : "");
    g_assert_null (strchr (post->address, '@'));
    g_assert_cmpint (letter_post_is_due (post, "a@B.c"), ==, ROWS[i].same);
    g_assert_cmpint (letter_post_is_due (post, "d@e.f"), ==, ROWS[i].other);
  }
  replica_close (&replica);
}

int main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/letter-post/due", test_due);
  return g_test_run ();
}
