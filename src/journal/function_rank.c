#include "journal/function_rank.h"

#include "core/json.h"
#include "core/rank_words.h"

#include <string.h>

#define OTHER "other"

/* What was asked last. */
typedef struct {
  char *ranks;      /* the text; NULL before any */
  RankWords *words; /* of it */
  GPtrArray *ids;   /* char *: by place, OTHER last */
} Book;

static void book_clear (Book *book)
{
  g_free (book->ranks);
  rank_words_free (book->words);
  g_clear_pointer (&book->ids, g_ptr_array_unref);
}

static void book_free (gpointer data)
{
  book_clear (data);
  g_free (data);
}

static void add_words (Book *book, const char *id, const char *const *words)
{
  const char *const *all = words[0] != NULL ? words : rank_words_known (id);
  for (; all != NULL && *all != NULL; all++)
    rank_words_add (book->words, *all, book->ids->len);
  g_ptr_array_add (book->ids, g_strdup (id));
}

/* The words that “other” has may be the event file's too. */
static char **add_ranks (Book *book, JsonValue *ranks)
{
  char **others = NULL;
  for (guint i = 0; i < json_in_length (ranks); i++) {
    JsonValue *rank = json_in_element (ranks, i);
    const char *id = json_in_element_string (rank, 0);
    JsonValue *list = json_in_element (rank, 1);
    g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
    for (guint j = 0; j < json_in_length (list); j++)
      if (json_in_element_string (list, j) != NULL)
        g_strv_builder_add (builder, json_in_element_string (list, j));
    g_auto (GStrv) words = g_strv_builder_end (builder);
    if (id != NULL && strcmp (id, OTHER) == 0) {
      g_strfreev (others);
      others = g_steal_pointer (&words);
    } else if (id != NULL)
      add_words (book, id, (const char *const *) words);
  }
  return others;
}

static void take (Book *book, const char *ranks)
{
  static const char *const NONE[] = { NULL };
  g_autoptr (JsonIn) in = json_in_parse (ranks, -1, NULL);
  book_clear (book);
  *book = (Book){ g_strdup (ranks), rank_words_new (), g_ptr_array_new_with_free_func (g_free) };
  g_auto (GStrv) others = in != NULL ? add_ranks (book, json_in_root (in)) : NULL;
  for (guint i = 0; book->ids->len == i && rank_words_known_id (i) != NULL
                    && strcmp (rank_words_known_id (i), OTHER) != 0;
       i++)
    add_words (book, rank_words_known_id (i), NONE);
  add_words (book, OTHER, others != NULL ? (const char *const *) others : NONE);
}

static const char *text_of (sqlite3_value *value)
{
  const char *text = (const char *) sqlite3_value_text (value);
  return text != NULL ? text : "";
}

static void function_rank (sqlite3_context *context, int count, sqlite3_value **values)
{
  Book *book = sqlite3_user_data (context);
  const char *ranks = text_of (values[2]);
  if (g_strcmp0 (book->ranks, ranks) != 0)
    take (book, ranks);
  guint place
      = rank_words_of (book->words, text_of (values[0]), text_of (values[1]), book->ids->len - 1);
  sqlite3_result_text (context, book->ids->pdata[place], -1, SQLITE_TRANSIENT);
}

int function_rank_register (sqlite3 *db)
{
  return sqlite3_create_function_v2 (db, "function_rank", 3, SQLITE_UTF8 | SQLITE_DETERMINISTIC,
                                     g_new0 (Book, 1), function_rank, NULL, NULL, book_free);
}
