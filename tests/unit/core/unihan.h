/* unihan.h: the readings of the Unihan database, where this machine has them. Include it once, in
 * a test. */
#pragma once

#include <gio/gio.h>

#define READINGS "/usr/share/unicode/Unihan_Readings.txt"

/* The readings file as text: Debian ships it packed. NULL if it is not there. Free with
 * g_free(). */
static char *unihan_text (void)
{
  g_autofree char *text = NULL;
  if (g_file_get_contents (READINGS, &text, NULL, NULL))
    return g_steal_pointer (&text);
  if (!g_file_test (READINGS ".bz2", G_FILE_TEST_EXISTS))
    return NULL;
  g_autoptr (GSubprocess) unpack
      = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE, NULL, "bzcat", READINGS ".bz2", NULL);
  if (unpack == NULL || !g_subprocess_communicate_utf8 (unpack, NULL, NULL, &text, NULL, NULL)
      || !g_subprocess_get_successful (unpack))
    return NULL;
  return g_steal_pointer (&text);
}
