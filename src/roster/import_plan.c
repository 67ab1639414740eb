#include "roster/import_plan.h"

#include "roster/known_list.h"

#include <string.h>

static void field_free (gpointer data)
{
  ImportField *field = data;
  g_free (field->before);
  g_free (field->after);
  g_free (field);
}

static void change_free (gpointer data)
{
  ImportChange *change = data;
  g_clear_pointer (&change->fields, g_ptr_array_unref);
  g_free (change);
}

static void conflict_free (gpointer data)
{
  ImportConflict *conflict = data;
  g_free (conflict->reference);
  g_free (conflict->name);
  g_free (conflict);
}

static void remark_clear (ImportRemark *remark)
{
  g_free (remark->reference);
  g_free (remark->name);
  g_free (remark->other);
  g_free (remark->other_name);
  g_free (remark->offer);
}

static void remark_free (gpointer data)
{
  remark_clear (data);
  g_free (data);
}

static void undecided_free (gpointer data)
{
  ImportUndecided *undecided = data;
  g_free (undecided->reference);
  merge_free (undecided->merge);
  g_free (undecided);
}

static void mapped_clear (gpointer data)
{
  ImportMapped *mapped = data;
  g_free (mapped->list);
  heading_map_free (mapped->map);
}

static void spoken_clear (gpointer data)
{
  g_free (((ImportSpoken *) data)->name);
}

static ImportState *state_new (void)
{
  ImportState *state = g_new0 (ImportState, 1);
  state->store = g_string_chunk_new (256 * 1024);
  state->pending = g_array_new (FALSE, FALSE, sizeof (ImportPending));
  state->undecided = g_ptr_array_new_with_free_func (undecided_free);
  state->spoken = g_array_new (FALSE, FALSE, sizeof (ImportSpoken));
  g_array_set_clear_func (state->spoken, spoken_clear);
  state->mapped = g_array_new (FALSE, FALSE, sizeof (ImportMapped));
  g_array_set_clear_func (state->mapped, mapped_clear);
  return state;
}

static void state_free (ImportState *state)
{
  g_ptr_array_unref (state->undecided);
  g_array_unref (state->spoken);
  g_array_unref (state->mapped);
  g_clear_pointer (&state->lists, g_ptr_array_unref);
  g_string_chunk_free (state->store);
  g_array_unref (state->pending);
  g_free (state);
}

Import *import_plan_new (void)
{
  Import *import = g_new0 (Import, 1);
  import->state = state_new ();
  import->added = g_ptr_array_new_with_free_func (change_free);
  import->changed = g_ptr_array_new_with_free_func (change_free);
  import->missing = g_ptr_array_new_with_free_func (change_free);
  import->conflicts = g_ptr_array_new_with_free_func (conflict_free);
  import->remarks = g_ptr_array_new_with_free_func (remark_free);
  import->faults = g_ptr_array_new_with_free_func ((GDestroyNotify) import_fault_free);
  import->notes = g_ptr_array_new_with_free_func (g_free);
  import->places = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  return import;
}

void import_plan_free (Import *import)
{
  if (import == NULL)
    return;
  g_ptr_array_unref (import->conflicts);
  g_hash_table_unref (import->places);
  state_free (import->state);
  g_ptr_array_unref (import->added);
  g_ptr_array_unref (import->changed);
  g_ptr_array_unref (import->missing);
  g_ptr_array_unref (import->remarks);
  g_ptr_array_unref (import->faults);
  g_ptr_array_unref (import->notes);
  g_free (import);
}

ImportState *import_plan_state (const Import *import)
{
  return import->state;
}

char *import_plan_keep (Import *import, const char *text)
{
  const ImportState *state = import_plan_state (import);
  const char *last
      = state->pending->len > 0
            ? g_array_index (state->pending, ImportPending, state->pending->len - 1).reference
            : "";
  return strcmp (last, text) == 0 ? (char *) (guintptr) last
                                  : g_string_chunk_insert (state->store, text);
}

/* Changes ---------------------------------------------------------------------------- */

static ImportChange *change_of (Import *import, const Delegate *delegate)
{
  ImportChange *change = g_new0 (ImportChange, 1);
  g_autofree char *name = delegate_display_name (delegate);
  change->reference = import_plan_keep (import, delegate->reference);
  change->name = g_string_chunk_insert (import_plan_state (import)->store, name);
  return change;
}

static void add_fields (Import *import, ImportChange *change, const Delegate *before,
                        const Delegate *after)
{
  guint count;
  const DelegateField *fields = delegate_fields (&count);
  change->fields = g_ptr_array_new_with_free_func (field_free);
  for (guint i = 0; i < count; i++) {
    if (delegate_field_equal (before, after, &fields[i]))
      continue;
    ImportField *field = g_new0 (ImportField, 1);
    *field = (ImportField){ &fields[i], delegate_field_text (before, &fields[i]),
                            delegate_field_text (after, &fields[i]) };
    g_ptr_array_add (change->fields, field);
    import->field_counts[i]++;
  }
}

char *import_plan_change_text (const ImportChange *change)
{
  g_autoptr (GString) text = g_string_new (NULL);
  for (guint i = 0; change->fields != NULL && i < change->fields->len; i++) {
    const ImportField *field = g_ptr_array_index (change->fields, i);
    g_string_append_printf (text, "%s%s: %s → %s", text->len > 0 ? "; " : "", field->field->name,
                            *field->before != '\0' ? field->before : "–",
                            *field->after != '\0' ? field->after : "–");
  }
  return g_strdup (text->str);
}

static void add_pending (Import *import, const char *reference, const char *body)
{
  ImportState *state = import->state;
  ImportPending pending = {
    .reference = import_plan_keep (import, reference),
    .body = g_string_chunk_insert (state->store, body),
  };
  g_array_append_val (state->pending, pending);
}

void import_plan_add_new (Import *import, const Delegate *delegate)
{
  g_autofree char *body = delegate_to_json (delegate);
  add_pending (import, delegate->reference, body);
  g_ptr_array_add (import->added, change_of (import, delegate));
}

void import_plan_add_missing (Import *import, const Delegate *delegate)
{
  g_ptr_array_add (import->missing, change_of (import, delegate));
}

/* Lists the conflicts of one person, whose merge it takes over. */
static void add_conflicts (Import *import, const Delegate *delegate, Merge *merge)
{
  ImportState *state = import->state;
  ImportUndecided *undecided = g_new0 (ImportUndecided, 1);
  *undecided = (ImportUndecided){ g_strdup (delegate->reference), merge };
  g_ptr_array_add (state->undecided, undecided);
  for (guint i = 0; i < merge_conflicts (merge); i++) {
    ImportConflict *conflict = g_new0 (ImportConflict, 1);
    *conflict = (ImportConflict){ .reference = g_strdup (delegate->reference),
                                  .name = delegate_display_name (delegate),
                                  .says = *merge_conflict (merge, i),
                                  .merge = merge,
                                  .index = i };
    g_ptr_array_add (import->conflicts, conflict);
  }
}

void import_plan_add_merged (Import *import, const Delegate *before, Merge *merge)
{
  const Delegate *after = merge_result (merge);
  if (delegate_equal (before, after))
    import->unchanged++;
  else {
    ImportChange *change = change_of (import, after);
    add_fields (import, change, before, after);
    g_ptr_array_add (import->changed, change);
  }
  if (merge_conflicts (merge) > 0) {
    add_conflicts (import, before, merge);
    return;
  }
  g_autofree char *body = merge_body (merge);
  if (body != NULL)
    add_pending (import, before->reference, body);
  merge_free (merge);
}

void import_plan_add_remark (Import *import, ImportRemark remark)
{
  if (import->remark_counts[remark.kind]++ < IMPORT_LISTED_MAX)
    g_ptr_array_add (import->remarks, g_memdup2 (&remark, sizeof remark));
  else
    remark_clear (&remark);
}

void import_plan_add_list (Import *import, const char *name, guint64 fields)
{
  ImportState *state = import->state;
  const KnownList *known = known_list_find (state->lists, name);
  ImportSpoken spoken = { .fields = fields | (known != NULL ? known->fields : 0) };
  if (known != NULL && known->fields == spoken.fields)
    return;
  spoken.name = g_strdup (name);
  g_array_append_val (state->spoken, spoken);
}

/* Taking back ------------------------------------------------------------------------ */

static void drop_change (GPtrArray *changes, const char *reference)
{
  for (guint i = 0; i < changes->len; i++)
    if (strcmp (((const ImportChange *) g_ptr_array_index (changes, i))->reference, reference)
        == 0) {
      g_ptr_array_remove_index (changes, i);
      return;
    }
}

static void drop_undecided (Import *import, const char *reference)
{
  GPtrArray *conflicts = import->conflicts, *undecided = import_plan_state (import)->undecided;
  for (guint i = conflicts->len; i > 0; i--) {
    const ImportConflict *conflict = g_ptr_array_index (conflicts, i - 1);
    if (strcmp (conflict->reference, reference) == 0)
      g_ptr_array_remove_index (conflicts, i - 1);
  }
  for (guint i = undecided->len; i > 0; i--) {
    const ImportUndecided *one = g_ptr_array_index (undecided, i - 1);
    if (strcmp (one->reference, reference) == 0)
      g_ptr_array_remove_index (undecided, i - 1);
  }
}

void import_plan_drop (Import *import, const char *reference)
{
  GArray *pending = import_plan_state (import)->pending;
  drop_change (import->added, reference);
  drop_change (import->changed, reference);
  drop_undecided (import, reference);
  for (guint i = 0; i < pending->len; i++)
    if (strcmp (g_array_index (pending, ImportPending, i).reference, reference) == 0) {
      g_array_remove_index (pending, i);
      return;
    }
}

void import_plan_add_mapped (Import *import, const char *list, HeadingMap *map)
{
  ImportMapped mapped = { g_strdup (list), map };
  g_array_append_val (import_plan_state (import)->mapped, mapped);
}

void import_plan_add_place (Import *import, const char *reference, const char *path, guint line)
{
  g_autofree char *name = g_path_get_basename (path);
  g_hash_table_replace (import->places, g_strdup (reference),
                        g_strdup_printf ("%s:%u", name, line));
}
