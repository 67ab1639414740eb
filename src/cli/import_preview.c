#include "cli/import_preview.h"

#include "cli/desk_output.h"
#include "core/words.h"

#define SHOWN_MAX 20 /* of each kind */

static guint shown_of (guint count, gboolean all)
{
  return all ? count : MIN (count, SHOWN_MAX);
}

static void print_notes (const GPtrArray *notes)
{
  for (guint i = 0; i < notes->len; i++)
    g_printerr ("%s\n", (const char *) g_ptr_array_index (notes, i));
}

static void print_faults (const Import *import)
{
  for (guint i = 0; i < import->faults->len; i++) {
    const ImportFault *fault = g_ptr_array_index (import->faults, i);
    if (*fault->value != '\0')
      g_printerr (_ ("%s:%u: %s: “%s” "
                     "%s\n"),
                  fault->file, fault->line, fault->column, fault->value, fault->reason);
    else
      g_printerr (_ ("%s:%u: %s: %s\n"), fault->file, fault->line, fault->column, fault->reason);
  }
  if (import->fault_count > import->faults->len)
    g_printerr (_ ("… and %u more faults\n"), import->fault_count - import->faults->len);
}

static void print_rest (const char *mark, guint shown, guint count)
{
  if (shown < count)
    g_print (_ ("%s … and %u more (--all-changes shows all)\n"), mark, count - shown);
}

static void print_changes (const char *mark, const GPtrArray *changes, gboolean all)
{
  guint shown = shown_of (changes->len, all);
  for (guint i = 0; i < shown; i++) {
    const ImportChange *change = g_ptr_array_index (changes, i);
    g_autofree char *what = import_plan_change_text (change);
    g_print ("%s %s %s%s%s\n", mark, change->reference, change->name, *what != '\0' ? ": " : "",
             what);
  }
  print_rest (mark, shown, changes->len);
}

char *import_preview_conflict (const ImportConflict *conflict, GTimeZone *zone)
{
  const MergeConflict *says = &conflict->says;
  g_autofree char *when = desk_output_time (zone, says->at_ms, FALSE);
  return g_strdup_printf (_ ("%s %s: %s: the list says “%s”; %s put it right on %s: “%s”"),
                          conflict->reference, conflict->name, says->field->name, says->listed,
                          *says->volunteer != '\0' ? says->volunteer : _ ("somebody"), when,
                          says->corrected);
}

static void print_conflicts (const Import *import, GTimeZone *zone, gboolean all)
{
  guint shown = shown_of (import->conflicts->len, all);
  for (guint i = 0; i < shown; i++) {
    g_autofree char *line
        = import_preview_conflict (g_ptr_array_index (import->conflicts, i), zone);
    g_print ("! %s\n", line);
  }
  print_rest ("!", shown, import->conflicts->len);
}

/* What is noticed -------------------------------------------------------------------- */

char *import_preview_remark (const ImportRemark *remark)
{
  char character[7] = { 0 };
  switch (remark->kind) {
  case IMPORT_DOUBLE_EMAIL:
    return g_strdup_printf (_ ("%s %s: the same e-mail address as %s %s"), remark->reference,
                            remark->name, remark->other, remark->other_name);
  case IMPORT_DOUBLE_NAME:
    return g_strdup_printf (_ ("%s %s: the same name and organisation as %s %s"), remark->reference,
                            remark->name, remark->other, remark->other_name);
  case IMPORT_SPOILED:
    return g_strdup_printf (_ ("%s %s: the list writes “%s”; taken for the same person"),
                            remark->reference, remark->name, remark->other);
  case IMPORT_UNPRINTABLE:
    g_unichar_to_utf8 (remark->character, character);
    return remark->offer != NULL
               ? g_strdup_printf (
                   _ ("%s %s: %s: no badge can show “%s” (U+%04X); it can show “%s”"),
                   remark->reference, remark->name, remark->field->name, character,
                   remark->character, remark->offer)
               : g_strdup_printf (_ ("%s %s: %s: no badge can show “%s” (U+%04X)"),
                                  remark->reference, remark->name, remark->field->name, character,
                                  remark->character);
  case IMPORT_NOWHERE:
    return g_strdup_printf (_ ("%s %s: registered for no event or no day; no entrance admits her"),
                            remark->reference, remark->name);
  case IMPORT_NO_LATIN:
    return remark->offer != NULL
               ? g_strdup_printf (_ ("%s %s: no Latin name; the characters read “%s”, but how the "
                                     "person is written may be otherwise"),
                                  remark->reference, remark->name, remark->offer)
               : g_strdup_printf (_ ("%s %s: no Latin name"), remark->reference, remark->name);
  case IMPORT_REMARKS:
    break;
  }
  g_return_val_if_reached (g_strdup (""));
}

static void print_remarks (const Import *import, ImportRemarkKind kind, const char *mark,
                           gboolean all)
{
  guint listed = 0, shown = shown_of (import->remark_counts[kind], all);
  for (guint i = 0; i < import->remarks->len && listed < shown; i++) {
    const ImportRemark *remark = g_ptr_array_index (import->remarks, i);
    if (remark->kind != kind)
      continue;
    g_autofree char *line = import_preview_remark (remark);
    g_print ("%s %s\n", mark, line);
    listed++;
  }
  print_rest (mark, listed, import->remark_counts[kind]);
}

/* "changed by field: family 3, hotel 40". */
static void print_fields (const Import *import)
{
  guint count;
  const DelegateField *fields = delegate_fields (&count);
  g_autoptr (GString) text = g_string_new (NULL);
  for (guint i = 0; i < count; i++)
    if (import->field_counts[i] > 0)
      g_string_append_printf (text, "%s%s %u", text->len > 0 ? ", " : "", fields[i].name,
                              import->field_counts[i]);
  if (text->len > 0)
    g_print (_ ("changed by field: %s\n"), text->str);
}

/* What to do ------------------------------------------------------------------------- */

static void print_advice (const Import *import)
{
  const guint *counts = import->remark_counts;
  guint doubles = counts[IMPORT_DOUBLE_EMAIL] + counts[IMPORT_DOUBLE_NAME];
  if (import->missing->len > 0)
    g_print (_ ("%u delegates of these lists are no longer in them (?); they are kept. To withdraw "
                "one, write “oui” in a column “annulé”.\n"),
             import->missing->len);
  if (import->conflicts->len > 0)
    g_print (_ ("%u fields that people have put right are said otherwise by the list (!): "
                "--corrections keep, list or ask decides.\n"),
             import->conflicts->len);
  if (doubles > 0)
    g_print (_ ("%u may be registered twice (=): take one of each two out of the list, or leave "
                "both if they are two people.\n"),
             doubles);
  if (counts[IMPORT_UNPRINTABLE] > 0)
    g_print (_ ("%u texts cannot be printed (x): put them right in the list, or at the desk: "
                "accueil correct REFERENCE …\n"),
             counts[IMPORT_UNPRINTABLE]);
  if (counts[IMPORT_NOWHERE] > 0)
    g_print (_ ("%u would be admitted nowhere (0): add columns for events and days, or give the "
                "whole list both: --event ID --days DAYS\n"),
             counts[IMPORT_NOWHERE]);
  if (counts[IMPORT_NO_LATIN] > 0)
    g_print (_ ("%u have no Latin name (a): badges show the Chinese one alone. Ask them how they "
                "are written in their passport, and give the list a column for it, or: accueil "
                "correct REFERENCE --family … --given …\n"),
             counts[IMPORT_NO_LATIN]);
  if (import->pending > 0)
    g_print (_ ("%u are to be confirmed: doors send them to the desk, which can do it.\n"),
             import->pending);
  if (import->bad_rows > 0)
    g_print (_ ("%u rows are bad: correct them, or import the others with --skip-bad.\n"),
             import->bad_rows);
}

void import_preview_print (const Import *import, GTimeZone *zone, gboolean all)
{
  print_notes (import->notes);
  print_faults (import);
  print_changes ("+", import->added, all);
  print_changes ("~", import->changed, all);
  print_changes ("?", import->missing, all);
  print_conflicts (import, zone, all);
  print_remarks (import, IMPORT_SPOILED, "#", all);
  print_remarks (import, IMPORT_DOUBLE_EMAIL, "=", all);
  print_remarks (import, IMPORT_DOUBLE_NAME, "=", all);
  print_remarks (import, IMPORT_UNPRINTABLE, "x", all);
  print_remarks (import, IMPORT_NOWHERE, "0", all);
  print_remarks (import, IMPORT_NO_LATIN, "a", all);
  g_print (_ ("%u rows: %u added (+), %u changed (~), %u as before, %u bad\n"), import->rows,
           import->added->len, import->changed->len, import->unchanged, import->bad_rows);
  if (import->pending + import->cancelled > 0)
    g_print (_ ("by their status: %u to be confirmed, %u cancelled\n"), import->pending,
             import->cancelled);
  print_fields (import);
  print_advice (import);
}
