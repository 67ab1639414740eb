#include "station/bystander.h"

#include "core/sign.h"
#include "credential/code.h"

#define S G_USEC_PER_SEC

/* What is none of ours is passed over for a while after what is, and only then. */
static void test_passed_over (void)
{
  g_autoptr (GError) error = NULL;
  SignSecret secret;
  SignPublic key;
  Bystander bystander = { 0 };
  g_autofree char *ticket = NULL;

  sign_start ();
  sign_key_new (&key, &secret);
  ticket = code_make_ticket (&secret, "FR-0017", &error);
  g_assert_no_error (error);
  g_assert_false (bystander_is (&bystander, "https://poster.example", 10 * S));
  g_assert_false (bystander_is (&bystander, ticket, 11 * S));
  g_assert_true (bystander_is (&bystander, "https://poster.example", 11 * S + 1));
  g_assert_true (bystander_is (&bystander, "WIFI:S:x;;", 13 * S));
  /* Another ticket, and a headset that is lent with the first, are shown. */
  g_assert_false (bystander_is (&bystander, ticket, 13 * S));
  g_assert_false (bystander_is (&bystander, "AH:0001", 13 * S + 1));
  g_assert_true (bystander_is (&bystander, "https://poster.example", 15 * S));
  g_assert_false (bystander_is (&bystander, "https://poster.example", 16 * S + 1));
}

int main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/station/bystander/passed-over", test_passed_over);
  return g_test_run ();
}
