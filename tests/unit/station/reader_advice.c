#include "station/reader_advice.h"

#include "credential/code.h"
#include "words_here.h"

#include <string.h>

/* As a scanner that is set to an American keyboard types on a French one. */
static char *azerty (const char *text)
{
  static const char US[] = "1234567890$%*-./:+AQWZM";
  static const char *const FRENCH[] = { "&", "é", "\"", "'", "(", "-", "è", "_", "ç", "à", "4", "5",
                                        "8", ")", ":",  "!", "M", "+", "Q", "A", "Z", "W", "?" };
  GString *typed = g_string_new (NULL);

  for (; *text != '\0'; text++)
    if (strchr (US, *text) != NULL)
      g_string_append (typed, FRENCH[strchr (US, *text) - US]);
    else
      g_string_append_c (typed, *text);
  return g_string_free (typed, FALSE);
}

/* Each reader is told of once, by what it sends; what is none of ours says nothing. */
static void test_told_once (void)
{
  g_autoptr (ReaderAdvice) advice = reader_advice_new ();
  SignSecret secret;
  SignPublic key;

  sign_start ();
  sign_key_new (&key, &secret);
  g_autofree char *code = code_make_ticket (&secret, "FR-0017", NULL),
                  *small = g_ascii_strdown (code, -1), *french = azerty (code),
                  *marked = g_strconcat ("]Q1", code, NULL),
                  *quoted = g_strdup_printf ("\"%s\"", code),
                  *link = g_strconcat ("https://a.example/t?c=", code, NULL),
                  *ended = g_strconcat (code, "\r\n", NULL);
  const struct {
    const char *reader, *text;
    gboolean told;
    const char *said;
  } ROWS[] = {
    { "a", code, FALSE, "" },          { "a", ended, FALSE, "" },
    { "a", link, FALSE, "" },          { "a", "]Q1https://poster.example", FALSE, "" },
    { "a", marked, TRUE, "préfixe" },  { "a", quoted, FALSE, "préfixe" },
    { "a", code, FALSE, "préfixe" },   { "b", code, FALSE, "" },
    { "b", small, TRUE, "Verr" },      { "c", french, TRUE, "clavier" },
    { "c", french, FALSE, "clavier" }, { "c", marked, FALSE, "clavier" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (ROWS); i++) {
    g_test_message ("row %u", i);
    g_assert_cmpint (reader_advice_see (advice, ROWS[i].reader, ROWS[i].text), ==, ROWS[i].told);
    Pair said = reader_advice_said (advice, ROWS[i].reader);
    g_assert_cmpint (said.first[0] != '\0', ==, ROWS[i].said[0] != '\0');
    g_assert_nonnull (strstr (said.first, ROWS[i].said));
  }
}

int main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  words_here ();
  g_test_add_func ("/station/reader-advice/told-once", test_told_once);
  return g_test_run ();
}
