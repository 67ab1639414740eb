#include "kiosk/draft_record.h"

#include "issuance/badge_data.h"
#include "kiosk/form.h"

#include <string.h>

#define NOBODY_YET "W-0" /* a walk-in's reference is given when she is registered */

void draft_record_free (DraftRecord *record)
{
  if (record == NULL)
    return;
  guest_unref (record->before);
  guest_unref (record->after);
  guest_unref (record->namesake);
  badge_sheet_free (record->sheet);
  g_free (record);
}

/* The badge of @delegate as it would be. One that cannot be drawn is no fault of the
 * form: the desk registers people whose badge is then a matter for the office. */
static BadgeSheet *draw (Journal *journal, BadgeTemplate *template_, const Delegate *delegate,
                         guint dpi)
{
  g_autoptr (BadgeData) source = badge_data_open (journal, NULL);
  Delegate *copy = delegate_copy (delegate);
  if (*copy->reference == '\0') {
    g_free (copy->reference);
    copy->reference = g_strdup (NOBODY_YET);
  }
  if (source == NULL) {
    delegate_free (copy);
    return NULL;
  }
  g_autoptr (BadgeDataText) text = badge_data_text_trial (source, copy, NULL);
  return text != NULL
             ? badge_raster (template_, badge_data_text_content (text), BADGE_FRONT, dpi, NULL)
             : NULL;
}

static Guest *load_guest (Journal *journal, const Programme *programme, const char *reference)
{
  g_autoptr (Delegate) delegate = delegate_load (journal, reference, NULL);
  return delegate != NULL ? guest_new (delegate, programme) : NULL;
}

static Delegate *new_person (Journal *journal, GHashTable *fields, DeskResult *result,
                             GError **error)
{
  Delegate *delegate = NULL;
  g_auto (FormChoices) choices = { 0 };
  const DeskWalkIn form = form_walk_in (fields, &choices);
  return desk_walk_in_draft (journal, &form, &delegate, result, error) ? delegate : NULL;
}

/* *@before: as she is registered. */
static Delegate *changed_person (Journal *journal, const Programme *programme,
                                 const char *reference, GHashTable *fields, Delegate **before,
                                 DeskResult *result, GError **error)
{
  g_auto (FormChoices) choices = { 0 };
  const DeskRights rights = form_rights (fields, &choices);
  *before = delegate_load (journal, reference, error);
  if (*before == NULL) {
    result->verdict = DESK_UNKNOWN;
    return NULL;
  }
  g_autoptr (Delegate) after = delegate_copy (*before);
  result->verdict = desk_rights_fill (programme, &rights, after);
  return result->verdict == DESK_ALREADY ? g_steal_pointer (&after) : NULL;
}

DraftRecord *draft_record_read (Journal *journal, const Programme *programme,
                                BadgeTemplate *template_, const char *reference, GHashTable *fields,
                                guint dpi, DeskResult *result, GError **error)
{
  g_autoptr (DraftRecord) record = g_new0 (DraftRecord, 1);
  g_autoptr (Delegate) before = NULL;
  GError *failure = NULL;
  g_autoptr (Delegate) after
      = *reference == '\0'
            ? new_person (journal, fields, result, &failure)
            : changed_person (journal, programme, reference, fields, &before, result, &failure);
  if (after == NULL) {
    if (failure != NULL)
      g_propagate_error (error, failure);
    return NULL;
  }
  record->after = guest_new (after, programme);
  record->before = before != NULL ? guest_new (before, programme) : NULL;
  if (result->verdict == DESK_KNOWN)
    record->namesake = load_guest (journal, programme, result->reference);
  record->sheet = draw (journal, template_, after, dpi);
  record->reprint = before != NULL && !delegate_equal (before, after);
  return g_steal_pointer (&record);
}
