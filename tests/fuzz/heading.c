/* Any text as what a heading means, before the last =, and as a list with that
 * heading: it is remembered as it was said, and found again however it is written. */
#include "roster/heading.h"
#include "roster/heading_map.h"
#include "roster/known_list.h"

#include <stdint.h>
#include <string.h>

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autofree char *text = g_utf8_make_valid ((const char *) data, (gssize) size);
  char *equals = strrchr (text, '=');
  const char *meaning = equals != NULL ? equals + 1 : "";
  if (equals != NULL)
    *equals = '\0';
  g_autoptr (HeadingMap) map = heading_map_new (), again = heading_map_new ();
  g_assert_cmpuint (heading_field (text, NULL), <=, FIELD_NONE);
  g_assert_true (heading_map_add (map, text, meaning));
  g_auto (GStrv) headings = heading_map_headings (map);
  g_assert_cmpuint (g_strv_length (headings), ==, 1);
  const char *found = heading_map_find (map, headings[0]);
  g_assert_true (found != NULL || *headings[0] == '\0');
  if (found != NULL) {
    heading_map_add (again, headings[0], found);
    g_assert_true (heading_map_equal (map, again));
  }
  g_autofree char *name = known_list_name (text);
  g_assert_true (g_utf8_validate (name, -1, NULL));
  return 0;
}
