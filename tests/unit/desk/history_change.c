/* What each registration of a person changes, told one after the other. */
#include "desk/history_change.h"

#include <string.h>

typedef struct {
  const char *body;
  HistoryChangeKind kind;
  gboolean first;
  const char *changed; /* fields, with commas between, in their order */
  const char *field, *value;
} Case;

/* One congress's order of things: each on what the ones before it left. */
static const Case CASES[] = {
  { "{\"list\":\"cuf\",\"family\":\"Naïm\",\"days\":[\"26\"]}", HISTORY_CHANGE_WHOLE, TRUE,
    "list,family,days", "family", "Naïm" },
  { "{\"list\":\"cuf\",\"family\":\"Naïm\",\"days\":[\"26\"]}", HISTORY_CHANGE_WHOLE, FALSE, "",
    "days", "26" },
  { "{\"family\":\"Naim\",\"days\":[\"27\"],\"corrected\":[\"family\"]}", HISTORY_CHANGE_CORRECTED,
    FALSE, "family", "days", "26" },
  { "{\"list\":\"cuf\",\"family\":\"Naïm\",\"days\":[\"26\",\"27\"]}", HISTORY_CHANGE_WHOLE, FALSE,
    "days", "family", "Naim" },
  { "{\"list\":\"cuf\",\"family\":\"Naïm\",\"days\":[\"26\",\"27\"],\"taken\":[\"family\"]}",
    HISTORY_CHANGE_TAKEN, FALSE, "family", "family", "Naïm" },
  { "{\"list\":\"cuf\",\"family\":\"Naïm\",\"revoked\":true}", HISTORY_CHANGE_WHOLE, FALSE,
    "days,revoked", "days", "" },
};

static char *names_of (guint64 bits)
{
  guint count;
  const DelegateField *fields = delegate_fields (&count);
  g_autoptr (GString) names = g_string_new (NULL);

  for (guint i = 0; i < count; i++)
    if (bits >> i & 1)
      g_string_append_printf (names, "%s%s", names->len > 0 ? "," : "", fields[i].name);
  return g_string_free (g_steal_pointer (&names), FALSE);
}

static char *value_of (const Delegate *delegate, const char *name)
{
  guint count;
  const DelegateField *fields = delegate_fields (&count);

  for (guint i = 0; i < count; i++)
    if (strcmp (fields[i].name, name) == 0)
      return delegate_field_text (delegate, &fields[i]);
  return NULL;
}

static void test_cases (void)
{
  HistoryRegistered registered = { 0 };

  for (guint i = 0; i < G_N_ELEMENTS (CASES); i++) {
    g_autoptr (JsonIn) in = json_in_parse (CASES[i].body, -1, NULL);
    HistoryChange change;
    g_autofree char *changed = NULL, *value = NULL;

    g_test_message ("%s", CASES[i].body);
    history_change_take (&registered, json_in_root (in), &change);
    changed = names_of (change.fields);
    value = value_of (change.after, CASES[i].field);
    g_assert_cmpint (change.kind, ==, CASES[i].kind);
    g_assert_cmpint (change.first, ==, CASES[i].first);
    g_assert_cmpstr (changed, ==, CASES[i].changed);
    g_assert_cmpstr (value, ==, CASES[i].value);
    history_change_clear (&change);
  }
  history_change_end (&registered);
}

int main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/desk/history_change/cases", test_cases);
  return g_test_run ();
}
