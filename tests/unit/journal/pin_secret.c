/* The secret by which PINs are hashed: who makes it, who is told it, and who forgets it. */
#include "journal/pin_secret.h"

#include "unit/access/replica.h"

#include <string.h>

static const char HEARD[] = "0123456789-0123456789-0123456789-0123456789";

/* One that knows no hub makes its own, once; one of a hub waits to be told. */
static void test_made (void)
{
  Replica replica;
  g_autoptr (GError) error = NULL;
  replica_open (&replica, "alone");
  Journal *journal = replica.journal;
  g_assert_null (pin_secret_told (journal, &error));
  g_autofree char *made = pin_secret_current (journal, &error),
                  *again = pin_secret_current (journal, &error),
                  *told = pin_secret_told (journal, &error), *id = pin_secret_id (made),
                  *found = pin_secret_of_id (journal, id, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (strlen (made), ==, 43);
  g_assert_cmpstr (again, ==, made);
  g_assert_cmpstr (told, ==, made);
  g_assert_cmpstr (found, ==, made);
  g_assert_cmpuint (strlen (id), ==, PIN_SECRET_ID_CHARS);
  g_assert_null (pin_secret_of_id (journal, "00000000", &error));
  replica_close (&replica);

  replica_open (&replica, "desk");
  g_assert_true (journal_set_local (replica.journal, JOURNAL_LOCAL_ROOT, "hub", NULL));
  g_assert_null (pin_secret_current (replica.journal, &error));
  g_assert_no_error (error);
  replica_close (&replica);
}

/* What the hub tells takes the place of what was known, which stays to be found; nonsense
 * is passed over; a gate forgets all. */
static void test_kept (void)
{
  Replica replica;
  g_autoptr (GError) error = NULL;
  replica_open (&replica, "desk");
  Journal *journal = replica.journal;
  g_autofree char *own = pin_secret_current (journal, &error), *own_id = pin_secret_id (own),
                  *heard_id = pin_secret_id (HEARD), *long_one = g_strnfill (1000, 'x');
  const char *const NONSENSE[] = { "", "short", long_one };
  for (guint i = 0; i < G_N_ELEMENTS (NONSENSE); i++) {
    g_assert_true (pin_secret_keep (journal, NONSENSE[i], &error));
    g_autofree char *still = pin_secret_current (journal, &error);
    g_assert_cmpstr (still, ==, own);
  }
  for (guint i = 0; i < 2; i++)
    g_assert_true (pin_secret_keep (journal, HEARD, &error));
  g_autofree char *now = pin_secret_current (journal, &error),
                  *before = pin_secret_of_id (journal, own_id, &error),
                  *heard = pin_secret_of_id (journal, heard_id, &error);
  g_assert_cmpstr (now, ==, HEARD);
  g_assert_cmpstr (before, ==, own);
  g_assert_cmpstr (heard, ==, HEARD);
  g_assert_true (pin_secret_forget (journal, &error));
  g_assert_null (pin_secret_told (journal, &error));
  g_assert_null (pin_secret_of_id (journal, own_id, &error));
  g_assert_null (pin_secret_of_id (journal, heard_id, &error));
  g_assert_no_error (error);
  replica_close (&replica);
}

int main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/journal/pin-secret/made", test_made);
  g_test_add_func ("/journal/pin-secret/kept", test_kept);
  return g_test_run ();
}
