#include "export/table_column.h"

#include "core/language.h"
#include "core/words.h"

static char *in_language (WordsSide side, const char *heading)
{
  g_autofree char *other = language_name (words_key (WORDS_SECOND), words_key (side));
  g_auto (GStrv) parts = g_strsplit (words_for_in (side, "column", heading), "{language}", 2);

  return g_strjoinv (other, parts);
}

char *table_column_heading (const TableColumn *column)
{
  g_autofree char *first = in_language (WORDS_FIRST, column->heading),
                  *second = in_language (WORDS_SECOND, column->heading);

  return words_line ((Pair){ first, second });
}
