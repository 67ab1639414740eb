#include "station/reader_advice.h"

#include "credential/code.h"

struct _ReaderAdvice {
  GHashTable *sent; /* reader → CodeSent, the worst so far */
};

ReaderAdvice *reader_advice_new (void)
{
  ReaderAdvice *advice = g_new0 (ReaderAdvice, 1);

  advice->sent = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  return advice;
}

void reader_advice_free (ReaderAdvice *advice)
{
  if (advice == NULL)
    return;
  g_hash_table_unref (advice->sent);
  g_free (advice);
}

static CodeSent known (const ReaderAdvice *advice, const char *reader)
{
  return (CodeSent) GPOINTER_TO_UINT (g_hash_table_lookup (advice->sent, reader));
}

gboolean reader_advice_see (ReaderAdvice *advice, const char *reader, const char *text)
{
  CodeSent sent = code_sent (text);

  if (sent <= known (advice, reader))
    return FALSE;
  g_hash_table_replace (advice->sent, g_strdup (reader), GUINT_TO_POINTER ((guint) sent));
  return TRUE;
}

Pair reader_advice_said (const ReaderAdvice *advice, const char *reader)
{
  static const char *const TEXTS[CODE_SENT_COUNT] = {
    [CODE_SENT_AROUND] = N_ ("Sends signs before or after the code: switch off prefix, suffix and "
                             "AIM identifier."),
    [CODE_SENT_SMALL] = N_ ("Sends small letters: switch off Caps Lock."),
    [CODE_SENT_FRENCH] = N_ ("Types for another keyboard: set its country to that of this "
                             "machine (accueil scanner)."),
  };
  const char *text = TEXTS[known (advice, reader)];

  return text != NULL ? words_pair (text) : PAIR_EMPTY;
}
