#include "roster/import_apply.h"

#include "core/words.h"
#include "roster/known_list.h"

#define PROGRESS_FACTS 500

static gboolean check_unchanged (Journal *journal, const ImportState *state, GError **error)
{
  gint64 count, latest;
  if (!delegate_state (journal, &count, &latest, error))
    return FALSE;
  if (count == state->count && latest == state->latest)
    return TRUE;
  g_set_error_literal (error, IMPORT_ERROR, IMPORT_ERROR_CHANGED,
                       _ ("writing the delegates: somebody else has changed delegates in the "
                          "meantime. Nothing was written; run the import again."));
  return FALSE;
}

static gboolean write_all (Journal *journal, const ImportState *state, const ImportOptions *options,
                           GError **error)
{
  if (!check_unchanged (journal, state, error))
    return FALSE;
  for (guint i = 0; i < state->spoken->len; i++) {
    const ImportSpoken *spoken = &g_array_index (state->spoken, ImportSpoken, i);
    if (!known_list_append (journal, spoken->name, spoken->fields, error))
      return FALSE;
  }
  for (guint i = 0; i < state->mapped->len; i++) {
    const ImportMapped *mapped = &g_array_index (state->mapped, ImportMapped, i);
    if (!heading_map_save (journal, mapped->list, mapped->map, error))
      return FALSE;
  }
  for (guint i = 0; i < state->undecided->len; i++) {
    const ImportUndecided *undecided = g_ptr_array_index (state->undecided, i);
    g_autofree char *body = merge_body (undecided->merge);
    if (body != NULL
        && !journal_append (journal, "registration", undecided->reference, body, NULL, error))
      return FALSE;
  }
  for (guint i = 0; i < state->pending->len; i++) {
    const ImportPending *pending = &g_array_index (state->pending, ImportPending, i);
    if (!journal_append (journal, "registration", pending->reference, pending->body, NULL, error))
      return FALSE;
    if (options->progress != NULL && i % PROGRESS_FACTS == 0)
      options->progress (NULL, i, state->pending->len, options->progress_data);
  }
  if (options->progress != NULL)
    options->progress (NULL, 1, 1, options->progress_data);
  return TRUE;
}

gboolean import_apply (Journal *journal, Import *import, const ImportOptions *options,
                       GError **error)
{
  const ImportState *state = import_plan_state (import);
  if (import->fault_count > 0 && !options->skip_bad) {
    g_set_error (error, IMPORT_ERROR, IMPORT_ERROR_ROWS,
                 _ ("nothing was imported: %u rows are bad. Correct them, or import the others "
                    "with --skip-bad."),
                 import->bad_rows);
    return FALSE;
  }
  for (guint i = 0; i < import->conflicts->len; i++) {
    const ImportConflict *conflict = g_ptr_array_index (import->conflicts, i);
    merge_decide (conflict->merge, conflict->index, conflict->decision);
  }
  if (state->pending->len == 0 && state->undecided->len == 0 && state->spoken->len == 0
      && state->mapped->len == 0)
    return TRUE;
  if (!journal_begin (journal, error))
    return FALSE;
  if (!write_all (journal, state, options, error)) {
    journal_rollback (journal);
    return FALSE;
  }
  return journal_commit (journal, error);
}
