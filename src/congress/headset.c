#include "congress/headset.h"

#include "core/json.h"
#include "core/sign.h"
#include "core/words.h"
#include "journal/query.h"

#include <string.h>

#define DRAWN_CHARACTERS 8
/* Neither 0 nor O, 1 nor I: people read them out to each other. Of 32, none is likelier
 * than another. */
static const char LETTERS[] = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ";

static const char BY_CODE[]
    = "SELECT h.id, ifnull (d.defect, 0), ifnull (l.direction, '') = 'out', ifnull (l.reference, "
      "'') FROM headset h LEFT JOIN headset_defect d ON d.headset = h.id LEFT JOIN headset_last l "
      "ON l.headset = h.id WHERE h.code = :code AND NOT h.removed ORDER BY h.id LIMIT 1";
static const char CODE_OF[] = "SELECT code FROM headset WHERE id = :id AND NOT removed";
static const char BY_WORD[]
    = "SELECT id FROM headset WHERE (id = :word OR code = :word) AND NOT removed ORDER BY id = "
      ":word DESC, id LIMIT 1";
static const char ANY[] = "SELECT 1 FROM headset WHERE NOT removed LIMIT 1";
static const char HELD[] = "SELECT headset FROM headset_last WHERE reference = :reference AND "
                           "direction = 'out' ORDER BY headset";
static const char HELD_WITHOUT[] = "SELECT 1 FROM loan WHERE reference = :reference AND item = "
                                   "'" HEADSET_ITEM "' AND direction = 'out'";
static const char LABELS[] = "SELECT id, code FROM headset WHERE NOT removed ORDER BY id";

G_DEFINE_QUARK (headset - error - quark, headset_error)

gboolean headset_find (Journal *journal, const char *code, Headset *headset, GError **error)
{
  *headset = (Headset){ 0 };
  Query *query = journal_query (journal, BY_CODE, error);
  if (query == NULL)
    return FALSE;
  query_bind_text (query, ":code", code);
  if (query_next (query)) {
    g_strlcpy (headset->id, query_text (query, 0), sizeof headset->id);
    headset->defect = query_int (query, 1) != 0;
    headset->out = query_int (query, 2) != 0;
    if (headset->out)
      g_strlcpy (headset->holder, query_text (query, 3), sizeof headset->holder);
  }
  return query_end (query, error);
}

char *headset_code_of (Journal *journal, const char *id, GError **error)
{
  Query *query = journal_query (journal, CODE_OF, error);
  if (query == NULL)
    return NULL;
  query_bind_text (query, ":id", id);
  g_autofree char *code = g_strdup (query_next (query) ? query_text (query, 0) : "");
  return query_end (query, error) ? g_steal_pointer (&code) : NULL;
}

gboolean headset_any (Journal *journal, gboolean *any, GError **error)
{
  Query *query = journal_query (journal, ANY, error);
  if (query == NULL)
    return FALSE;
  *any = query_next (query);
  return query_end (query, error);
}

void headset_held_clear (HeadsetHeld *held)
{
  g_clear_pointer (&held->coded, g_strfreev);
  held->uncoded = FALSE;
}

gboolean headset_held_by (Journal *journal, const char *reference, HeadsetHeld *held,
                          GError **error)
{
  g_autoptr (GStrvBuilder) ids = g_strv_builder_new ();
  headset_held_clear (held);
  Query *query = journal_query (journal, HELD, error);
  if (query == NULL)
    return FALSE;
  query_bind_text (query, ":reference", reference);
  while (query_next (query))
    g_strv_builder_add (ids, query_text (query, 0));
  if (!query_end (query, error))
    return FALSE;
  held->coded = g_strv_builder_end (ids);
  query = journal_query (journal, HELD_WITHOUT, error);
  if (query == NULL)
    return FALSE;
  query_bind_text (query, ":reference", reference);
  held->uncoded = query_next (query);
  return query_end (query, error);
}

gboolean headset_append_loan (Journal *journal, const char *reference, const HeadsetLoan *loan,
                              GError **error)
{
  JsonOut *body = json_out_new ();
  json_out_begin_object (body, NULL);
  json_out_string (body, "item", HEADSET_ITEM);
  json_out_string (body, "direction", loan->out ? "out" : "in");
  json_out_string_if (body, "headset", loan->headset);
  json_out_string_if (body, "event", loan->event);
  json_out_string_if (body, "checkpoint", loan->checkpoint);
  json_out_string_if (body, "day", loan->day);
  json_out_string_if (body, "channel", loan->channel);
  json_out_bool_if (body, "several", loan->several);
  json_out_end_object (body);
  g_autofree char *text = json_out_finish (body);
  return journal_append (journal, "loan", reference, text, NULL, error);
}

static gboolean find_id (Journal *journal, const char *word, char **id, GError **error)
{
  Query *query = journal_query (journal, BY_WORD, error);
  if (query == NULL)
    return FALSE;
  query_bind_text (query, ":word", word);
  *id = query_next (query) ? g_strdup (query_text (query, 0)) : NULL;
  if (!query_end (query, error))
    return FALSE;
  if (*id == NULL)
    g_set_error (error, HEADSET_ERROR, HEADSET_ERROR_UNKNOWN,
                 _ ("there is no headset “%s”; “accueil headset codes” makes them"), word);
  return *id != NULL;
}

gboolean headset_set_defect (Journal *journal, const char *word, gboolean defect, const char *text,
                             const char *volunteer, GError **error)
{
  g_autofree char *id = NULL;
  if (!find_id (journal, word, &id, error) || !journal_begin (journal, error))
    return FALSE;
  JsonOut *body = json_out_new ();
  json_out_begin_object (body, NULL);
  json_out_bool_if (body, "repaired", !defect);
  json_out_string_if (body, "text", text);
  json_out_string (body, "volunteer", volunteer);
  json_out_end_object (body);
  g_autofree char *made = json_out_finish (body);
  return journal_finish (journal, journal_append (journal, "headset-defect", id, made, NULL, error),
                         error);
}

/* Defining --------------------------------------------------------------------------- */

static void label_free (HeadsetLabel *label)
{
  g_free (label->id);
  g_free (label->code);
  g_free (label);
}

static HeadsetLabel *label_new (const char *id, const char *code)
{
  HeadsetLabel *label = g_new (HeadsetLabel, 1);
  label->id = g_strdup (id);
  label->code = g_strdup (code);
  return label;
}

GPtrArray *headset_labels (Journal *journal, GError **error)
{
  g_autoptr (GPtrArray) labels = g_ptr_array_new_with_free_func ((GDestroyNotify) label_free);
  Query *query = journal_query (journal, LABELS, error);
  if (query == NULL)
    return NULL;
  while (query_next (query))
    g_ptr_array_add (labels, label_new (query_text (query, 0), query_text (query, 1)));
  return query_end (query, error) ? g_steal_pointer (&labels) : NULL;
}

static char *draw_code (void)
{
  /* Six random bits a character, of which five are taken. */
  static const char BASE64[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
  g_autofree char *random = sign_secret_new (DRAWN_CHARACTERS);
  g_autoptr (GString) code = g_string_new (HEADSET_CODE_PREFIX);
  for (guint i = 0; i < DRAWN_CHARACTERS; i++)
    g_string_append_c (code, LETTERS[(strchr (BASE64, random[i]) - BASE64) % 32]);
  return g_strdup (code->str);
}

static gboolean append_headset (Journal *journal, const HeadsetLabel *label, GError **error)
{
  JsonOut *body = json_out_new ();
  json_out_begin_object (body, NULL);
  json_out_string (body, "code", label->code);
  json_out_end_object (body);
  g_autofree char *text = json_out_finish (body);
  return journal_append (journal, "headset", label->id, text, NULL, error);
}

/* Ids and codes that are taken: id → code and code → id, of @labels. */
typedef struct {
  GHashTable *code_of, *id_of; /* borrow from the labels */
} Taken;

static Taken taken_of (const GPtrArray *labels)
{
  Taken taken
      = { g_hash_table_new (g_str_hash, g_str_equal), g_hash_table_new (g_str_hash, g_str_equal) };
  for (guint i = 0; i < labels->len; i++) {
    const HeadsetLabel *label = labels->pdata[i];
    g_hash_table_insert (taken.code_of, label->id, label->code);
    g_hash_table_insert (taken.id_of, label->code, label->id);
  }
  return taken;
}

static void taken_clear (Taken *taken)
{
  g_hash_table_unref (taken->code_of);
  g_hash_table_unref (taken->id_of);
}

/* In one transaction those of @wanted that are not there as they stand. */
static gboolean write_new (Journal *journal, const GPtrArray *wanted, const Taken *taken,
                           guint *made, GError **error)
{
  *made = 0;
  if (!journal_begin (journal, error))
    return FALSE;
  for (guint i = 0; i < wanted->len; i++) {
    const HeadsetLabel *label = wanted->pdata[i];
    if (g_strcmp0 (g_hash_table_lookup (taken->code_of, label->id), label->code) == 0)
      continue;
    if (!append_headset (journal, label, error))
      return journal_finish (journal, FALSE, error);
    ++*made;
  }
  return journal_finish (journal, TRUE, error);
}

gboolean headset_make (Journal *journal, guint count, guint *made, GError **error)
{
  g_autoptr (GPtrArray) labels = headset_labels (journal, error);
  if (labels == NULL)
    return FALSE;
  Taken taken = taken_of (labels);
  g_autoptr (GPtrArray) wanted = g_ptr_array_new_with_free_func ((GDestroyNotify) label_free);
  for (guint i = 1; i <= MIN (count, HEADSETS_MAX); i++) {
    g_autofree char *id = g_strdup_printf ("H-%04u", i);
    if (g_hash_table_contains (taken.code_of, id))
      continue;
    g_autofree char *code = draw_code ();
    while (g_hash_table_contains (taken.id_of, code)) {
      g_free (code);
      code = draw_code ();
    }
    HeadsetLabel *label = label_new (id, code);
    g_ptr_array_add (wanted, label);
    g_hash_table_insert (taken.id_of, label->code, label->id);
  }
  gboolean good = write_new (journal, wanted, &taken, made, error);
  taken_clear (&taken);
  return good;
}

/* A list of the lender ----------------------------------------------------------- */

static gboolean fail (GError **error, const char *file, guint line, const char *what)
{
  g_set_error (error, HEADSET_ERROR, HEADSET_ERROR_CONTENT, "%s:%u: %s", file, line, what);
  return FALSE;
}

/* What is wrong with a line; NULL for nothing. Free with g_free(). */
static char *line_fault (const HeadsetLabel *label, const Taken *taken)
{
  const char *id = label->id, *code = label->code;
  if (!identifier_is_valid (id))
    return g_strdup_printf (
        _ ("“%s” is no id of a headset: write 1 to %d ASCII letters, digits, - _ and ."), id,
        IDENTIFIER_MAX);
  if (*code == '\0' || strlen (code) > HEADSET_CODE_MAX || !g_str_is_ascii (code))
    return g_strdup_printf (
        _ ("the headset %s has no code: write what its label says to a reader, 1 to %d ASCII "
           "characters"),
        id, HEADSET_CODE_MAX);
  if (g_str_has_prefix (code, "AC:"))
    return g_strdup_printf (
        _ ("the code of the headset %s begins as a badge's does; another label is needed"), id);
  const char *owner = g_hash_table_lookup (taken->id_of, code);
  if (owner != NULL && strcmp (owner, id) != 0)
    return g_strdup_printf (
        _ ("the code “%s” of the headset %s is that of %s already; stick another label on one of "
           "them"),
        code, id, owner);
  return NULL;
}

static HeadsetLabel *label_of_line (const char *line)
{
  gsize end = strcspn (line, ";,\t");
  g_autofree char *id = g_strndup (line, end),
                  *code = g_strdup (line[end] != '\0' ? line + end + 1 : "");
  return label_new (g_strstrip (id), g_strstrip (code));
}

static gboolean read_lines (char **lines, const char *file, GPtrArray *wanted, Taken *taken,
                            GError **error)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  for (guint i = 0; lines[i] != NULL; i++) {
    g_autofree char *line = g_strstrip (g_strdup (lines[i]));
    if (*line == '\0' || *line == '#')
      continue;
    HeadsetLabel *label = label_of_line (line);
    g_ptr_array_add (wanted, label);
    g_autofree char *fault = line_fault (label, taken);
    if (fault == NULL && !g_hash_table_add (seen, label->id))
      fault = g_strdup_printf (_ ("the headset %s stands here for the second time"), label->id);
    if (fault == NULL && wanted->len > HEADSETS_MAX)
      fault = g_strdup_printf (_ ("more than %d headsets"), HEADSETS_MAX);
    if (fault != NULL)
      return fail (error, file, i + 1, fault);
    g_hash_table_insert (taken->id_of, label->code, label->id);
  }
  return TRUE;
}

gboolean headset_read (Journal *journal, const char *file, const char *text, gsize length,
                       guint *made, GError **error)
{
  if (!g_utf8_validate_len (text, length, NULL))
    return fail (error, file, 1, _ ("this is no text in UTF-8; save the file with that encoding"));
  g_autoptr (GPtrArray) labels = headset_labels (journal, error),
                        wanted = g_ptr_array_new_with_free_func ((GDestroyNotify) label_free);
  if (labels == NULL)
    return FALSE;
  g_autofree char *whole = g_strndup (text, length);
  g_auto (GStrv) lines
      = g_strsplit (g_str_has_prefix (whole, "\357\273\277") ? whole + 3 : whole, "\n", -1);
  Taken taken = taken_of (labels);
  gboolean good = read_lines (lines, file, wanted, &taken, error)
                  && write_new (journal, wanted, &taken, made, error);
  taken_clear (&taken);
  return good;
}
