#include "roster/import_remarks.h"

#include "roster/doubles.h"
#include "roster/name.h"
#include "roster/printable.h"

#include <string.h>

#define CODE_POINTS 0x110000

struct _ImportRemarks {
  Import *import;
  const ImportOptions *options;
  const Programme *programme;
  Doubles *doubles;
  GPtrArray *people;          /* references, by the number that Doubles has; of the plan's */
  guint32 *asked, *printable; /* a bit a code point: was it asked about, and the answer */
};

ImportRemarks *import_remarks_new (Import *import, const ImportOptions *options,
                                   const Programme *programme)
{
  ImportRemarks *remarks = g_new0 (ImportRemarks, 1);
  remarks->import = import;
  remarks->options = options;
  remarks->programme = programme;
  remarks->doubles = doubles_new ();
  remarks->people = g_ptr_array_new ();
  remarks->asked = g_new0 (guint32, CODE_POINTS / 32);
  remarks->printable = g_new0 (guint32, CODE_POINTS / 32);
  return remarks;
}

void import_remarks_free (ImportRemarks *remarks)
{
  if (remarks == NULL)
    return;
  doubles_free (remarks->doubles);
  g_ptr_array_unref (remarks->people);
  g_free (remarks->asked);
  g_free (remarks->printable);
  g_free (remarks);
}

static void remark (ImportRemarks *remarks, const Delegate *delegate, ImportRemark what)
{
  if (remarks->import->remark_counts[what.kind] < IMPORT_LISTED_MAX) {
    what.reference = g_strdup (delegate->reference);
    what.name = delegate_display_name (delegate);
    what.other = g_strdup (what.other);
    what.other_name = g_strdup (what.other_name);
  } else
    what.other = what.other_name = NULL;
  import_plan_add_remark (remarks->import, what);
}

/* Printing --------------------------------------------------------------------------- */

static gboolean can_print (ImportRemarks *remarks, gunichar c)
{
  guint32 bit = 1u << (c % 32);
  if ((remarks->asked[c / 32] & bit) == 0) {
    remarks->asked[c / 32] |= bit;
    if (remarks->options->can_print (c, remarks->options->can_print_data))
      remarks->printable[c / 32] |= bit;
  }
  return (remarks->printable[c / 32] & bit) != 0;
}

static gboolean may_print (gunichar character, gconstpointer options)
{
  const ImportOptions *asked = options;
  return asked->can_print (character, asked->can_print_data);
}

static void look_at_text (ImportRemarks *remarks, const Delegate *delegate,
                          const DelegateField *field, const char *text)
{
  for (const char *at = text; *at != '\0'; at += g_utf8_skip[(guchar) *at]) {
    if ((guchar) *at < 0x80)
      continue;
    gunichar c = g_utf8_get_char (at);
    if (c >= CODE_POINTS || can_print (remarks, c))
      continue;
    remark (remarks, delegate,
            (ImportRemark){ .kind = IMPORT_UNPRINTABLE,
                            .field = field,
                            .character = c,
                            .offer = printable_offer (text, may_print, remarks->options) });
    return;
  }
}

/* The texts that a badge shows. */
static void look_at_print (ImportRemarks *remarks, const Delegate *delegate)
{
  static const char *const SHOWN[]
      = { "title",       "family",          "given",           "name_zh", "function_fr",
          "function_zh", "organisation_fr", "organisation_zh", NULL };
  guint count;
  const DelegateField *fields = delegate_fields (&count);
  for (guint i = 0; i < count; i++)
    if (fields[i].kind == DELEGATE_TEXT && g_strv_contains (SHOWN, fields[i].name))
      look_at_text (remarks, delegate, &fields[i], delegate_text (delegate, &fields[i]));
}

/* Doubles ---------------------------------------------------------------------------- */

/* The name of somebody whom the lists add or change; few are asked for. */
static const char *name_of (const Import *import, const char *reference)
{
  const GPtrArray *const both[] = { import->added, import->changed };
  for (guint i = 0; i < G_N_ELEMENTS (both); i++)
    for (guint k = 0; k < both[i]->len; k++) {
      const ImportChange *change = g_ptr_array_index (both[i], k);
      if (strcmp (change->reference, reference) == 0)
        return change->name;
    }
  return "";
}

static void remark_double (ImportRemarks *remarks, const Delegate *delegate, DoubleKind kind,
                           guint number)
{
  const char *other = g_ptr_array_index (remarks->people, number);
  ImportRemark what = { .kind = kind == DOUBLE_EMAIL ? IMPORT_DOUBLE_EMAIL : IMPORT_DOUBLE_NAME };
  if (remarks->import->remark_counts[what.kind] < IMPORT_LISTED_MAX) {
    what.other = (char *) (guintptr) other;
    what.other_name = (char *) (guintptr) name_of (remarks->import, other);
  }
  remark (remarks, delegate, what);
}

static void look_for_double (ImportRemarks *remarks, const Delegate *delegate)
{
  guint other = 0;
  DoubleKind kind = doubles_add (remarks->doubles, delegate, remarks->people->len, &other);
  g_ptr_array_add (remarks->people, import_plan_keep (remarks->import, delegate->reference));
  if (kind != DOUBLE_NONE)
    remark_double (remarks, delegate, kind, other);
}

static void compare_known (const Delegate *delegate, gpointer data)
{
  ImportRemarks *remarks = data;
  guint other = 0;
  if (delegate->revoked)
    return;
  DoubleKind kind = doubles_find (remarks->doubles, delegate, &other);
  /* Herself, or somebody whom the lists name too: seen already. */
  if (kind == DOUBLE_NONE
      || strcmp (g_ptr_array_index (remarks->people, other), delegate->reference) == 0)
    return;
  remark_double (remarks, delegate, kind, other);
}

gboolean import_remarks_finish (ImportRemarks *remarks, Journal *journal, GError **error)
{
  return remarks->people->len == 0 || import_plan_state (remarks->import)->count == 0
         || delegate_each (journal, compare_known, remarks, error);
}

/* All -------------------------------------------------------------------------------- */

void import_remarks_look (ImportRemarks *remarks, const Delegate *delegate, gboolean fresh)
{
  if (remarks->options->can_print != NULL)
    look_at_print (remarks, delegate);
  if (delegate->revoked)
    return;
  if ((delegate->events[0] == NULL && remarks->programme->events->len > 0)
      || (delegate->days[0] == NULL && remarks->programme->days->len > 0))
    remark (remarks, delegate, (ImportRemark){ .kind = IMPORT_NOWHERE });
  if (*delegate->family == '\0' && *delegate->given == '\0' && *delegate->name_zh != '\0')
    remark (remarks, delegate,
            (ImportRemark){ .kind = IMPORT_NO_LATIN,
                            .offer = name_as_read (delegate->name_zh, delegate->country) });
  if (fresh)
    look_for_double (remarks, delegate);
}
