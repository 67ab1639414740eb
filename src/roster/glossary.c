#include "roster/glossary.h"

#include "core/text.h"
#include "core/words.h"
#include "roster/delegate.h"
#include "roster/import_fault.h"
#include "roster/list.h"
#include "roster/value.h"

struct _Glossary {
  GHashTable *zh[GLOSSARY_KINDS],
      *fr[GLOSSARY_KINDS]; /* folded word → word of the other language */
  guint size;
};

/* The columns of the list. */
typedef enum { COLUMN_KIND, COLUMN_FR, COLUMN_ZH, COLUMNS } Column;

/* Folded. */
static const char *const COLUMN_NAMES[COLUMNS] = {
  [COLUMN_KIND] = "|genre|type|nature|kind|类型|类别|种类|",
  [COLUMN_FR] = "|fr|francais|french|法文|法语|",
  [COLUMN_ZH] = "|zh|chinois|chinese|中文|汉语|",
};

static const char *const KIND_NAMES[GLOSSARY_KINDS] = {
  [GLOSSARY_ORGANISATION] = "|organisme|organismes|organisation|organization|structure|单位|机构|",
  [GLOSSARY_FUNCTION] = "|fonction|fonctions|function|position|职务|职位|",
  [GLOSSARY_CATEGORY] = "|categorie|categories|category|类别|",
};

/* The place of the word @text in @names, or -1. */
static int place_of (const char *const *names, int count, const char *text)
{
  g_autofree char *folded = text_fold (text);
  g_autofree char *mark = g_strconcat ("|", folded, "|", NULL);
  for (int i = 0; *folded != '\0' && i < count; i++)
    if (g_strstr_len (names[i], -1, mark) != NULL)
      return i;
  return -1;
}

static gboolean knows (const char *heading, gpointer data)
{
  return place_of (COLUMN_NAMES, COLUMNS, heading) >= 0;
}

static void add_word (GHashTable *table, const char *word, const char *other)
{
  char *key = text_fold (word);
  if (*key == '\0' || *other == '\0' || g_hash_table_contains (table, key))
    g_free (key);
  else
    g_hash_table_insert (table, key, g_strdup (other));
}

static void add_pair (Glossary *glossary, int kind, const char *fr, const char *zh)
{
  for (int i = 0; i < GLOSSARY_KINDS; i++)
    if (kind < 0 || kind == i) {
      add_word (glossary->zh[i], fr, zh);
      add_word (glossary->fr[i], zh, fr);
    }
  glossary->size++;
}

static gboolean fail_row (const List *list, guint line, GError **error, const char *reason,
                          const char *value)
{
  g_set_error (error, IMPORT_ERROR, IMPORT_ERROR_FORMAT, _ ("%s: line %u: %s (“%s”)"),
               list_path (list), line, reason, value);
  return FALSE;
}

static gboolean read_row (Glossary *glossary, const List *list, const CsvRow *row,
                          const int columns[COLUMNS], GError **error)
{
  g_auto (GStrv) cells = g_new0 (char *, COLUMNS + 1);
  for (int i = 0; i < COLUMNS; i++) {
    const char *text
        = columns[i] >= 0 && (guint) columns[i] < row->count ? row->fields[columns[i]] : "";
    cells[i] = text_clean (text);
    if (value_has_control (cells[i]))
      return fail_row (list, row->line, error,
                       _ ("this row holds a control character or one that could not be read; write "
                          "the word again"),
                       row->fields[0]);
    if (g_utf8_strlen (cells[i], -1) > DELEGATE_TEXT_MAX)
      return fail_row (list, row->line, error,
                       _ ("this is longer than a field of a delegate may be; shorten it"),
                       row->fields[0]);
  }
  int kind
      = columns[COLUMN_KIND] >= 0 ? place_of (KIND_NAMES, GLOSSARY_KINDS, cells[COLUMN_KIND]) : -1;
  if (columns[COLUMN_KIND] >= 0 && kind < 0)
    return fail_row (list, row->line, error,
                     _ ("this is no kind of word; write organisme, fonction or catégorie"),
                     cells[COLUMN_KIND]);
  if (*cells[COLUMN_FR] == '\0' || *cells[COLUMN_ZH] == '\0')
    return TRUE; /* a word that has not been translated yet */
  add_pair (glossary, kind, cells[COLUMN_FR], cells[COLUMN_ZH]);
  return TRUE;
}

static gboolean find_columns (const List *list, int columns[COLUMNS], GError **error)
{
  for (int i = 0; i < COLUMNS; i++)
    columns[i] = -1;
  const char *const *headings = list_headings (list);
  for (int i = 0; headings[i] != NULL; i++) {
    int place = place_of (COLUMN_NAMES, COLUMNS, headings[i]);
    if (place >= 0 && columns[place] < 0)
      columns[place] = i;
  }
  if (columns[COLUMN_FR] >= 0 && columns[COLUMN_ZH] >= 0)
    return TRUE;
  g_set_error (error, IMPORT_ERROR, IMPORT_ERROR_FORMAT,
               _ ("%s: a glossary needs the columns fr and zh; line %u has not both"),
               list_path (list), list_heading_line (list));
  return FALSE;
}

Glossary *glossary_read (const char *path, GError **error)
{
  g_autoptr (GError) failed = NULL;
  const ListOptions options = { .knows = knows, .hint = "genre,fr,zh" };
  g_autoptr (List) list = list_open (path, &options, error);
  int columns[COLUMNS];
  if (list == NULL || !find_columns (list, columns, error))
    return NULL;
  g_autoptr (Glossary) glossary = g_new0 (Glossary, 1);
  for (int i = 0; i < GLOSSARY_KINDS; i++) {
    glossary->zh[i] = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
    glossary->fr[i] = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  }
  CsvRow row;
  while (list_next (list, &row, &failed))
    if (!read_row (glossary, list, &row, columns, error))
      return NULL;
  if (failed != NULL) {
    g_propagate_error (error, g_steal_pointer (&failed));
    return NULL;
  }
  return g_steal_pointer (&glossary);
}

void glossary_free (Glossary *glossary)
{
  if (glossary == NULL)
    return;
  for (int i = 0; i < GLOSSARY_KINDS; i++) {
    g_clear_pointer (&glossary->zh[i], g_hash_table_unref);
    g_clear_pointer (&glossary->fr[i], g_hash_table_unref);
  }
  g_free (glossary);
}

guint glossary_size (const Glossary *glossary)
{
  return glossary->size;
}

const char *glossary_zh (const Glossary *glossary, GlossaryKind kind, const char *fr)
{
  if (glossary == NULL || *fr == '\0')
    return NULL;
  g_autofree char *key = text_fold (fr);
  return g_hash_table_lookup (glossary->zh[kind], key);
}

const char *glossary_fr (const Glossary *glossary, GlossaryKind kind, const char *zh)
{
  if (glossary == NULL || *zh == '\0')
    return NULL;
  g_autofree char *key = text_fold (zh);
  return g_hash_table_lookup (glossary->fr[kind], key);
}
