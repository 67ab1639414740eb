/* Any bytes as an SVG file: reading must answer, and what was read is read again from
 * what is written of it. */
#include "badge/svg.h"

#include <stdint.h>
#include <string.h>

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

static gboolean count (const SvgNode *node, gpointer data)
{
  ++*(guint *) data;
  return TRUE;
}

static gboolean keep (const SvgNode *node, gpointer data)
{
  return TRUE;
}

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SvgNode) root = svg_read ((const char *) data, size, &error), again = NULL;
  g_autofree char *text = NULL;
  guint elements = 0, elements_again = 0;

  if (root == NULL) {
    g_assert_nonnull (error);
    return 0;
  }
  svg_walk (root, count, &elements);
  text = svg_write (root, keep, NULL);
  again = svg_read (text, strlen (text), &error);
  g_assert_no_error (error);
  svg_walk (again, count, &elements_again);
  g_assert_cmpuint (elements, ==, elements_again);
  return 0;
}
