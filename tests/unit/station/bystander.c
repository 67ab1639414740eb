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

/* Two people's codes at once; not one person's, nor a poster beside one. */
static void test_several (void)
{
  SignSecret secret;
  SignPublic key;
  g_autofree char *one = NULL, *two = NULL, *badge = NULL;

  sign_start ();
  sign_key_new (&key, &secret);
  one = code_make_ticket (&secret, "FR-0017", NULL);
  two = code_make_ticket (&secret, "FR-0018", NULL);
  badge = code_make_badge (&secret, "FR-0017", 1, NULL);
  const struct {
    const char *texts[4];
    gboolean several;
  } ROWS[] = {
    { { one, two }, TRUE },
    { { two, "https://poster.example", badge }, TRUE },
    { { one, badge }, FALSE },
    { { one, "https://poster.example", "WIFI:S:x;;" }, FALSE },
    { { one, "AH:0001" }, FALSE }, /* a headset that is lent with it */
    { { "https://a.example", "https://b.example" }, FALSE },
    { { NULL }, FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (ROWS); i++)
    g_assert_cmpint (bystander_several (ROWS[i].texts), ==, ROWS[i].several);
}

int main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/station/bystander/passed-over", test_passed_over);
  g_test_add_func ("/station/bystander/several", test_several);
  return g_test_run ();
}
