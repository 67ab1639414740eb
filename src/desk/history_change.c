#include "desk/history_change.h"

#include <string.h>

#define BIT(field) (G_GUINT64_CONSTANT (1) << (field))

static guint64 bits_of (JsonValue *body, const char *key)
{
  guint count;
  const DelegateField *fields = delegate_fields (&count);
  g_auto (GStrv) named = json_in_strings (body, key);
  guint64 bits = 0;
  for (guint i = 0; i < count; i++)
    bits |= g_strv_contains ((const char *const *) named, fields[i].name) ? BIT (i) : 0;
  return bits;
}

static Delegate *said_by (JsonValue *body)
{
  guint count;
  const DelegateField *fields = delegate_fields (&count);
  Delegate *said = delegate_new ();
  for (guint i = 0; i < count; i++)
    delegate_field_from_json (said, &fields[i], body);
  return said;
}

static void copy_fields (Delegate *to, const Delegate *from, guint64 bits)
{
  guint count;
  const DelegateField *fields = delegate_fields (&count);
  for (guint i = 0; i < count; i++)
    if (bits & BIT (i))
      delegate_field_copy (to, from, &fields[i]);
}

static guint64 differing (const Delegate *one, const Delegate *other)
{
  guint count;
  const DelegateField *fields = delegate_fields (&count);
  guint64 bits = 0;
  for (guint i = 0; i < count; i++)
    bits |= delegate_field_equal (one, other, &fields[i]) ? 0 : BIT (i);
  return bits;
}

void history_change_take (HistoryRegistered *registered, JsonValue *body, HistoryChange *change)
{
  guint64 corrected = bits_of (body, "corrected"), taken = bits_of (body, "taken");
  g_autoptr (Delegate) said = said_by (body);
  *change = (HistoryChange){ .first = registered->listed == NULL };
  change->before = registered->now != NULL ? registered->now : delegate_new ();
  if (json_in_has (body, "corrected")) {
    change->kind = HISTORY_CHANGE_CORRECTED;
    change->after = delegate_copy (change->before);
    copy_fields (change->after, said, corrected);
    registered->corrected |= corrected;
  } else {
    /* `taken` comes with the whole registration, in which the list's word stands. */
    change->kind = taken != 0 ? HISTORY_CHANGE_TAKEN : HISTORY_CHANGE_WHOLE;
    registered->corrected &= ~taken;
    change->after = delegate_copy (said);
    copy_fields (change->after, change->before, registered->corrected);
    delegate_free (registered->listed);
    registered->listed = g_steal_pointer (&said);
  }
  change->fields = differing (change->before, change->after);
  registered->now = delegate_copy (change->after);
}

void history_change_clear (HistoryChange *change)
{
  g_clear_pointer (&change->before, delegate_free);
  g_clear_pointer (&change->after, delegate_free);
}

void history_change_end (HistoryRegistered *registered)
{
  g_clear_pointer (&registered->listed, delegate_free);
  g_clear_pointer (&registered->now, delegate_free);
}
