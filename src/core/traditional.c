#include "core/traditional.h"

#include "core/lock.h"

#include <glib.h>
#include <pthread.h>
#include <unicode/utrans.h>
#include <unicode/ustring.h>

#define UNITS_MAX 256 /* of UTF-16; a longer text is left as it is */

static UTransliterator *shared;

static void open_shared (void)
{
  UErrorCode status = U_ZERO_ERROR;

  shared = utrans_openU (u"Simplified-Traditional", -1, UTRANS_FORWARD, NULL, 0, NULL, &status);
  if (U_FAILURE (status))
    g_error ("ICU has no Simplified-Traditional transliteration on this machine (%s): its data is "
             "incomplete",
             u_errorName (status));
}

char *traditional_of (const char *text)
{
  static pthread_once_t once = PTHREAD_ONCE_INIT;
  static Lock mutex = LOCK_INIT;
  UChar units[UNITS_MAX];
  int32_t length = 0;
  UErrorCode status = U_ZERO_ERROR;

  pthread_once (&once, open_shared);
  u_strFromUTF8 (units, UNITS_MAX, &length, text, -1, &status);
  if (U_FAILURE (status))
    return g_strdup (text);
  int32_t limit = length;
  lock_take (&mutex);
  utrans_transUChars (shared, units, &length, UNITS_MAX, 0, &limit, &status);
  lock_give (&mutex);
  g_autofree char *made
      = U_SUCCESS (status) ? g_utf16_to_utf8 ((const gunichar2 *) units, length, NULL, NULL, NULL)
                           : NULL;
  return made != NULL ? g_steal_pointer (&made) : g_strdup (text);
}
