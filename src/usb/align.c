#include "usb/align.h"

typedef struct {
  gunichar *expected, *text;
  guint rows, columns; /* characters of each */
  guint16 *costs; /* (rows + 1) × (columns + 1): of the first i expected, ending at the first j of
                     the text */
} Table;

static gunichar *characters_of (const char *text, guint *count)
{
  glong length = 0;
  gunichar *characters = g_utf8_to_ucs4_fast (text, -1, &length);

  *count = (guint) MIN (length, ALIGN_MAX);
  return characters;
}

static guint16 *cell (const Table *table, guint i, guint j)
{
  return &table->costs[i * (table->columns + 1) + j];
}

static guint change_cost (const Table *table, guint i, guint j)
{
  return *cell (table, i - 1, j - 1) + (table->expected[i - 1] != table->text[j - 1] ? 2u : 0u);
}

/* What stands before the part costs nothing, so that the first row is 0. */
static Table fill (const char *expected, const char *text)
{
  Table table;

  table.expected = characters_of (expected, &table.rows);
  table.text = characters_of (text, &table.columns);
  table.costs = g_new0 (guint16, (table.rows + 1) * (table.columns + 1));
  for (guint i = 1; i <= table.rows; i++) {
    *cell (&table, i, 0) = (guint16) i;
    for (guint j = 1; j <= table.columns; j++) {
      guint lost = *cell (&table, i - 1, j) + 1u, added = *cell (&table, i, j - 1) + 1u;
      *cell (&table, i, j) = (guint16) MIN (change_cost (&table, i, j), MIN (lost, added));
    }
  }
  return table;
}

static void clear (Table *table)
{
  g_free (table->expected);
  g_free (table->text);
  g_free (table->costs);
}

/* Where the part ends: at the cheapest place, the first of several, so that what follows
 * is a suffix. */
static guint end_of (const Table *table)
{
  guint end = 0;

  for (guint j = 1; j <= table->columns; j++)
    if (*cell (table, table->rows, j) < *cell (table, table->rows, end))
      end = j;
  return end;
}

guint align_cost (const char *expected, const char *text)
{
  Table table = fill (expected, text);
  guint cost = *cell (&table, table.rows, end_of (&table));

  clear (&table);
  return cost;
}

static void prepend (GArray *pairs, gunichar expected, gunichar got)
{
  AlignPair pair = { expected, got };

  g_array_prepend_val (pairs, pair);
}

void align (const char *expected, const char *text, Alignment *alignment)
{
  Table table = fill (expected, text);
  guint i = table.rows, j = end_of (&table);

  *alignment = (Alignment){ .cost = *cell (&table, i, j),
                            .after = table.columns - j,
                            .length = table.columns,
                            .pairs = g_array_new (FALSE, FALSE, sizeof (AlignPair)) };
  while (i > 0) {
    guint cost = *cell (&table, i, j);
    if (j > 0 && cost == change_cost (&table, i, j)) {
      i--;
      j--;
      prepend (alignment->pairs, table.expected[i], table.text[j]);
    } else if (j > 0 && cost == *cell (&table, i, j - 1) + 1u) {
      j--;
      prepend (alignment->pairs, 0, table.text[j]);
    } else {
      i--;
      prepend (alignment->pairs, table.expected[i], 0);
    }
  }
  alignment->before = j;
  clear (&table);
}

void align_clear (Alignment *alignment)
{
  g_clear_pointer (&alignment->pairs, g_array_unref);
}
