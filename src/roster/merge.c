#include "roster/merge.h"

#include "roster/known_list.h"
#include "roster/said.h"

#include <string.h>

typedef struct {
  MergeConflict shown;
  guint field;      /* its number */
  gboolean by_hand; /* the correction is no layer of its own: written before there were any */
  MergeDecision decision;
} Conflict;

struct _Merge {
  char *list;
  Delegate *now, *listed, *row, *result;
  guint64 news;           /* the fields of which the list says something new */
  GPtrArray *conflicts;   /* Conflict */
  const GPtrArray *lists; /* KnownList, of the basis */
};

static guint64 bit (guint field)
{
  return G_GUINT64_CONSTANT (1) << field;
}

static void conflict_free (gpointer data)
{
  Conflict *conflict = data;
  g_free (conflict->shown.listed);
  g_free (conflict->shown.corrected);
  g_free (conflict->shown.volunteer);
  g_free (conflict);
}

Delegate *merge_previous (const MergeBasis *basis, const char *list)
{
  g_autoptr (Said) said = said_parse (basis->listed->said);
  Delegate *previous = delegate_copy (basis->listed);
  said_lay_over (said, list, previous);
  return previous;
}

/* A desk's correction as it was written before corrections had a layer of their own: the
 * whole person, with a volunteer's name. */
static gboolean is_by_hand (const Delegate *now, const DelegateField *field)
{
  static const char *const FIELDS[]
      = { "title",       "family",          "given",           "name_zh", "function_fr",
          "function_zh", "organisation_fr", "organisation_zh", NULL };
  return *now->volunteer != '\0' && g_strv_contains (FIELDS, field->name);
}

static void add_conflict (Merge *merge, const DelegateField *field, guint number,
                          const Correction *correction)
{
  Conflict *conflict = g_new0 (Conflict, 1);
  conflict->field = number;
  conflict->by_hand = correction == NULL;
  conflict->shown = (MergeConflict){
    .field = field,
    .listed = delegate_field_text (merge->row, field),
    .corrected = delegate_field_text (merge->now, field),
    .volunteer = g_strdup (correction != NULL ? correction->volunteer : merge->now->volunteer),
    .at_ms = correction != NULL ? correction->at_ms : clock_hybrid_ms (merge->now->at),
  };
  g_ptr_array_add (merge->conflicts, conflict);
}

/* Notes that the list says something new of one field. */
static void compare (Merge *merge, const MergeBasis *basis, const DelegateField *field,
                     guint number)
{
  const Correction *correction
      = basis->corrections != NULL ? correction_of (basis->corrections, field->name) : NULL;
  merge->news |= bit (number);
  if (delegate_field_equal (merge->row, merge->now, field))
    return; /* agrees with whoever corrected it */
  if (correction != NULL || is_by_hand (merge->now, field))
    add_conflict (merge, field, number, correction);
}

Merge *merge_new (const MergeBasis *basis, const char *list, const Delegate *previous,
                  const Delegate *row)
{
  guint count;
  const DelegateField *fields = delegate_fields (&count);
  Merge *merge = g_new0 (Merge, 1);
  merge->list = g_strdup (list);
  merge->now = delegate_copy (basis->now);
  merge->listed = delegate_copy (basis->listed);
  merge->row = delegate_copy (row);
  merge->conflicts = g_ptr_array_new_with_free_func (conflict_free);
  merge->lists = basis->lists;
  for (guint i = 0; i < count; i++)
    if (!delegate_field_equal (previous, row, &fields[i]))
      compare (merge, basis, &fields[i], i);
  return merge;
}

void merge_free (Merge *merge)
{
  if (merge == NULL)
    return;
  g_free (merge->list);
  delegate_free (merge->now);
  delegate_free (merge->listed);
  delegate_free (merge->row);
  delegate_free (merge->result);
  g_ptr_array_unref (merge->conflicts);
  g_free (merge);
}

guint merge_conflicts (const Merge *merge)
{
  return merge->conflicts->len;
}

const MergeConflict *merge_conflict (const Merge *merge, guint index)
{
  return &((const Conflict *) g_ptr_array_index (merge->conflicts, index))->shown;
}

void merge_decide (Merge *merge, guint index, MergeDecision decision)
{
  ((Conflict *) g_ptr_array_index (merge->conflicts, index))->decision = decision;
}

/* The conflict about a field, NULL if there is none. */
static const Conflict *conflict_of (const Merge *merge, guint field)
{
  for (guint i = 0; i < merge->conflicts->len; i++) {
    const Conflict *conflict = g_ptr_array_index (merge->conflicts, i);
    if (conflict->field == field)
      return conflict;
  }
  return NULL;
}

const Delegate *merge_result (Merge *merge)
{
  guint count;
  const DelegateField *fields = delegate_fields (&count);
  delegate_free (merge->result);
  merge->result = delegate_copy (merge->now);
  for (guint i = 0; i < count; i++) {
    const Conflict *conflict = conflict_of (merge, i);
    if ((merge->news & bit (i)) != 0 && (conflict == NULL || conflict->decision == MERGE_TAKE))
      delegate_field_copy (merge->result, merge->row, &fields[i]);
  }
  return merge->result;
}

/* Writing ---------------------------------------------------------------------------- */

/* A new word of this list is to be registered: what the others said of the field is kept,
 * or it would look new when they say it again. */
static void keep_others (const Merge *merge, Said *said, guint field)
{
  for (guint i = 0; i < merge->lists->len; i++) {
    const KnownList *other = g_ptr_array_index (merge->lists, i);
    if (strcmp (other->name, merge->list) != 0 && (other->fields & bit (field)) != 0
        && !said_has (said, other->name, field))
      said_keep (said, other->name, field, merge->listed);
  }
}

/* What lists say of the person from now on: @listed and @said. */
static void settle_field (const Merge *merge, guint number, const DelegateField *field,
                          Delegate *listed, Said *said)
{
  const Conflict *conflict = conflict_of (merge, number);
  if (conflict != NULL && conflict->decision == MERGE_KEEP && !conflict->by_hand)
    return;
  if (conflict != NULL && conflict->by_hand && conflict->decision != MERGE_TAKE) {
    said_keep (said, merge->list, number, merge->row); /* nothing lies over it */
    return;
  }
  keep_others (merge, said, number);
  said_drop (said, merge->list, number);
  delegate_field_copy (listed, merge->row, field);
}

/* The fields of which the list's word is taken in place of a correction. */
static char **taken_of (const Merge *merge)
{
  g_autoptr (GStrvBuilder) taken = g_strv_builder_new ();
  for (guint i = 0; i < merge->conflicts->len; i++) {
    const Conflict *conflict = g_ptr_array_index (merge->conflicts, i);
    if (conflict->decision == MERGE_TAKE)
      g_strv_builder_add (taken, conflict->shown.field->name);
  }
  return g_strv_builder_end (taken);
}

char *merge_body (Merge *merge)
{
  guint count;
  const DelegateField *fields = delegate_fields (&count);
  g_autoptr (Delegate) listed = delegate_copy (merge->listed);
  g_autoptr (Said) said = said_parse (merge->listed->said);
  for (guint i = 0; i < count; i++)
    if ((merge->news & bit (i)) != 0)
      settle_field (merge, i, &fields[i], listed, said);
  g_autofree char *kept = said_text (said);
  g_auto (GStrv) taken = taken_of (merge);
  if (taken[0] == NULL && delegate_equal (listed, merge->listed)
      && strcmp (kept, merge->listed->said) == 0)
    return NULL;
  JsonOut *out = json_out_new ();
  json_out_begin_object (out, NULL);
  delegate_put_json (listed, out);
  if (*kept != '\0')
    json_out_raw (out, "said", kept);
  json_out_strings_if (out, "taken", (const char *const *) taken);
  json_out_end_object (out);
  return json_out_finish (out);
}
