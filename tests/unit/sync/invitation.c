/* Enrolment codes: read as printed, broken over lines, and refused when they are anything
 * else. */
#include "sync/invitation.h"

#include <string.h>

static char *code_of (const char *json)
{
  g_autofree char *base64 = g_base64_encode ((const guchar *) json, strlen (json));

  g_strdelimit (base64, "+", '-');
  g_strdelimit (base64, "/", '_');
  g_strdelimit (base64, "=", '\0');
  return g_strconcat (INVITATION_PREFIX, base64, NULL);
}

/* '?' and '~' make '-' and '_' in the base64. */
static const char GOOD[] = "{\"url\":\"https://hub:8443\",\"pin\":\"sha256//"
                           "abc=\",\"station\":\"desk-1\",\"secret\":\"s???~~~e\"}";

static void test_good (void)
{
  g_autofree char *code = code_of (GOOD),
                  *broken = g_strdup_printf ("\n  %.20s\r\n %s \t\n", code, code + 20);
  const char *const texts[] = { code, broken };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (Invitation) invitation = invitation_read (texts[i], &error);

    g_assert_no_error (error);
    g_assert_cmpstr (invitation->url, ==, "https://hub:8443");
    g_assert_cmpstr (invitation->pin, ==, "sha256//abc=");
    g_assert_cmpstr (invitation->station, ==, "desk-1");
    g_assert_cmpstr (invitation->secret, ==, "s???~~~e");
  }
}

static void assert_bad (const char *text)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (Invitation) invitation = invitation_read (text, &error);

  if (invitation != NULL)
    g_error ("taken: %s", text);
  g_assert_error (error, INVITATION_ERROR, INVITATION_ERROR_FORMAT);
}

static void test_bad (void)
{
  static const char *const JSON[] = {
    "",
    "{}",
    "[]",
    "x",
    /* no TLS */
    "{\"url\":\"http://hub\",\"pin\":\"sha256//a\",\"station\":\"a\",\"secret\":\"s\"}",
    "{\"url\":\"file:///etc\",\"pin\":\"sha256//a\",\"station\":\"a\",\"secret\":\"s\"}",
    "{\"url\":\"https://hub\",\"pin\":\"\",\"station\":\"a\",\"secret\":\"s\"}", /* no pin */
    /* libcurl would read a file */
    "{\"url\":\"https://hub\",\"pin\":\"/etc/passwd\",\"station\":\"a\",\"secret\":\"s\"}",
    "{\"url\":\"https://hub\",\"pin\":\"sha256//a;sha256//b\",\"station\":\"a\",\"secret\":\"s\"}",
    "{\"url\":\"https://hub\",\"station\":\"a\",\"secret\":\"s\"}",
    "{\"url\":\"https://hub\",\"pin\":\"sha256//a\",\"station\":\"NO NAME\",\"secret\":\"s\"}",
    "{\"url\":\"https://hub\",\"pin\":\"sha256//a\",\"station\":\"a\"}",
  };
  g_autofree char *good = code_of (GOOD), *long_text = g_strnfill (INVITATION_TEXT_MAX + 1, 'A');

  for (guint i = 0; i < G_N_ELEMENTS (JSON); i++) {
    g_autofree char *code = code_of (JSON[i]);
    assert_bad (code);
  }
  for (gsize cut = 1; cut < strlen (good); cut++) {
    g_autofree char *part = g_strndup (good, cut);
    assert_bad (part);
  }
  assert_bad (good + 1);
  assert_bad (long_text);
  assert_bad ("ACCUEIL1:é");
  assert_bad ("ACCUEIL1:====");
  assert_bad ("AC:0123");
}

int main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sync/invitation/good", test_good);
  g_test_add_func ("/sync/invitation/bad", test_bad);
  return g_test_run ();
}
