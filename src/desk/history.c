#include "desk/history.h"

#include "desk/history_words.h"

#include <string.h>

static void entry_free (gpointer data)
{
  HistoryEntry *entry = data;
  g_free (entry->station);
  g_free (entry->volunteer);
  for (guint i = 0; i < HISTORY_LANGUAGES; i++)
    g_free (entry->texts[i]);
  g_free (entry);
}

static HistoryEntry *entry_of (const HistoryTold *told)
{
  HistoryEntry *entry = g_new0 (HistoryEntry, 1);
  const char *volunteer = json_in_string (told->body, "volunteer");
  entry->at_ms = told->fact->at_ms;
  entry->station = g_strdup (told->fact->station);
  entry->volunteer = g_strdup (volunteer != NULL ? volunteer : "");
  for (guint i = 0; i < HISTORY_LANGUAGES; i++)
    entry->texts[i] = history_words_sentence (told, i);
  entry->warns = history_words_warns (told);
  return entry;
}

/* Of a fact that takes a passage back, which; NULL for any other. */
static const PersonFact *undone_by (const PersonFile *file, const PersonFact *fact)
{
  if (strcmp (fact->kind, "undone") != 0 || fact->body == NULL)
    return NULL;
  g_autoptr (JsonIn) in = json_in_parse (fact->body, -1, NULL);
  const char *station = in != NULL ? json_in_string (json_in_root (in), "of") : NULL;
  for (guint i = 0; station != NULL && i < file->facts->len; i++) {
    const PersonFact *other = file->facts->pdata[i];
    if (strcmp (other->kind, "passage") == 0 && strcmp (other->station, station) == 0
        && other->seq == json_in_int (json_in_root (in), "seq"))
      return other;
  }
  return NULL;
}

/* The text of a note that was taken back or written anew is not told again; a passage that was
 * taken back, by whatever clock, is told as such. */
static gboolean is_past (const PersonFile *file, guint place)
{
  const PersonFact *fact = file->facts->pdata[place];
  gboolean note = strcmp (fact->kind, "note") == 0;
  if (!note && strcmp (fact->kind, "passage") != 0)
    return FALSE;
  for (guint i = note ? place + 1 : 0; i < file->facts->len; i++) {
    const PersonFact *other = file->facts->pdata[i];
    if (note ? strcmp (other->kind, "note") == 0 : undone_by (file, other) == fact)
      return TRUE;
  }
  return FALSE;
}

/* Every registration is followed, also where only the last entries are told. */
static void add_fact (GPtrArray *entries, const Programme *programme, const PersonFile *file,
                      guint place, HistoryRegistered *registered)
{
  const PersonFact *fact = file->facts->pdata[place];
  g_autoptr (JsonIn) in = json_in_parse (fact->body != NULL ? fact->body : "{}", -1, NULL);
  HistoryTold told = { .programme = programme,
                       .fact = fact,
                       .is_past = is_past (file, place),
                       .undone = undone_by (file, fact) };
  HistoryChange change = { 0 };
  if (in == NULL)
    return;
  told.body = json_in_root (in);
  if (strcmp (fact->kind, "registration") == 0 && fact->body != NULL) {
    history_change_take (registered, told.body, &change);
    told.change = &change;
  }
  if (place + HISTORY_MAX >= file->facts->len)
    g_ptr_array_add (entries, entry_of (&told));
  history_change_clear (&change);
}

GPtrArray *history_read (Journal *journal, const char *reference, GError **error)
{
  g_autoptr (GPtrArray) entries = g_ptr_array_new_with_free_func (entry_free);
  g_autoptr (Programme) programme = programme_read (journal, error);
  g_autoptr (GError) cause = NULL;
  g_autoptr (PersonFile) file
      = programme != NULL ? person_file_read (journal, reference, &cause) : NULL;
  HistoryRegistered registered = { 0 };
  if (g_error_matches (cause, PERSON_FILE_ERROR, PERSON_FILE_ERROR_NOBODY))
    return g_steal_pointer (&entries);
  if (cause != NULL)
    g_propagate_error (error, g_steal_pointer (&cause));
  if (file == NULL)
    return NULL;
  for (guint i = 0; i < file->facts->len; i++)
    add_fact (entries, programme, file, i, &registered);
  history_change_end (&registered);
  return g_steal_pointer (&entries);
}
