/* Who may write what: the table of roles, kind by kind, and the bounds of each. */
#include "journal/authority.h"

#include <string.h>

static void test_names (void)
{
  static const char *const NAMES[] = { "none", "gate", "desk", "office", "root" };
  Role role = ROLE_ROOT;

  for (guint i = 0; i < G_N_ELEMENTS (NAMES); i++) {
    g_assert_cmpstr (authority_role_name ((Role) i), ==, NAMES[i]);
    g_assert_cmpint (authority_role_from_name (NAMES[i], &role), ==, i != ROLE_ROOT);
    if (i != ROLE_ROOT)
      g_assert_cmpint (role, ==, i);
  }
  g_assert_false (authority_role_from_name ("king", &role));
  g_assert_false (authority_role_from_name (NULL, &role));
}

/* The least role of each kind: all below it are refused, it and all above may. */
static void test_least (void)
{
  static const struct {
    const char *kind;
    Role least;
  } CASES[] = {
    { "badge-issued", ROLE_GATE },
    { "loan", ROLE_GATE },
    { "conflict-closed", ROLE_DESK },
    { "alert-closed", ROLE_DESK },
    { "congress", ROLE_OFFICE },
    { "event", ROLE_OFFICE },
    { "category", ROLE_OFFICE },
    { "session", ROLE_OFFICE },
    { "checkpoint", ROLE_OFFICE },
    { "letter", ROLE_OFFICE },
    { "session-change", ROLE_OFFICE },
    { "headset", ROLE_OFFICE },
    { "list", ROLE_OFFICE },
    { "key", ROLE_OFFICE },
    { "volunteer", ROLE_OFFICE },
    { "erasure", ROLE_ROOT },
    { "role", ROLE_ROOT },
    { "disown", ROLE_ROOT },
    { "of tomorrow", ROLE_ROOT },
  };

  for (guint i = 0; i < G_N_ELEMENTS (CASES); i++) {
    g_assert_cmpint (authority_least (CASES[i].kind), ==, CASES[i].least);
    for (Role role = ROLE_NONE; role < ROLE_ROOT && i + 1 < G_N_ELEMENTS (CASES); role++) {
      const char *fault = authority_fault (role, "porte", CASES[i].kind, "FR-1", "{}");
      g_test_message ("%s by %s", CASES[i].kind, authority_role_name (role));
      g_assert_cmpstr (fault, ==, role < CASES[i].least ? "role" : NULL);
    }
  }
  g_assert_true (authority_is_root_only ("erasure"));
  g_assert_false (authority_is_root_only ("key"));
  g_assert_false (authority_is_root_only ("of tomorrow"));
}

static void test_bounds (void)
{
  static const struct {
    Role role;
    const char *kind, *subject, *body, *fault;
  } CASES[] = {
    { ROLE_GATE, "call", "call:porte", "{}", NULL },
    { ROLE_GATE, "call", "call:autre", "{}", "subject" },
    { ROLE_GATE, "badge-void", "FR-1", "{\"serial\":1,\"issuer\":\"porte\"}", NULL },
    { ROLE_GATE, "badge-void", "FR-1", "{\"serial\":1,\"issuer\":\"autre\"}", "bounds" },
    { ROLE_DESK, "badge-void", "FR-1",
      "{\"serial\":1,\"issuer\":\"autre\",\"volunteer\":\"Li Na\"}", NULL },
    { ROLE_DESK, "registration", "FR-1", "{\"volunteer\":\"Li Na\"}", NULL },
    { ROLE_DESK, "registration", "FR-1", "{}", "bounds" },
    { ROLE_OFFICE, "registration", "FR-1", "{}", NULL },
    { ROLE_GATE, "station", "porte", "{}", NULL },
    { ROLE_GATE, "station", "autre", "{}", "subject" },
    { ROLE_GATE, "passage", "FR-1", "{\"verdict\":\"ADMITTED\"}", NULL },
    { ROLE_GATE, "passage", "FR-1", "{\"verdict\":\"ADMITTED\",\"override\":\"FULL\"}", "bounds" },
    { ROLE_DESK, "passage", "FR-1",
      "{\"verdict\":\"ADMITTED\",\"override\":\"FULL\",\"volunteer\":\"Li Na\"}", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (CASES); i++) {
    g_test_message ("%u: %s", i, CASES[i].kind);
    g_assert_cmpstr (
        authority_fault (CASES[i].role, "porte", CASES[i].kind, CASES[i].subject, CASES[i].body),
        ==, CASES[i].fault);
  }
}

int main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/authority/names", test_names);
  g_test_add_func ("/authority/least", test_least);
  g_test_add_func ("/authority/bounds", test_bounds);
  return g_test_run ();
}
