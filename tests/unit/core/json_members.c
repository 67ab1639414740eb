/* The members of objects and arrays, as spans of the text. */
#include "core/json_check.h"
#include "core/json_members.h"

#include <string.h>

static const struct {
  const char *text, *told; /* "name=TYPE:value;" for each member; NULL: no container */
} CASES[] = {
  { "{}", "" },
  { " [ ] ", "" },
  { "{\"a\":1}", "a=1:1;" },
  { "{ \"a\" : \"x\\\"y\" , \"b\" : true }", "a=0:x\\\"y;b=2:true;" },
  { "{\"a\":null,\"b\":-1.5e3,\"c\":false}", "a=3:null;b=1:-1.5e3;c=2:false;" },
  { "{\"a\":[1,{\"b\":\"]}\"}],\"c\":{\"d\":{}}}", "a=4:[1,{\"b\":\"]}\"}];c=5:{\"d\":{}};" },
  { "[\"a\",\"\\\\\",[],{}]", "=0:a;=0:\\\\;=4:[];=5:{};" },
  { "\"text\"", NULL },
  { "12", NULL },
  { "{\"\":\"\"}", "=0:;" },
};

static void test_cases (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (CASES); i++) {
    g_autoptr (GString) told = g_string_new (NULL);
    JsonMembers members;
    JsonMember member;
    gsize at;

    g_assert_cmpint (json_check (CASES[i].text, strlen (CASES[i].text), 8, &at), ==,
                     JSON_CHECK_GOOD);
    if (!json_members_start (&members, CASES[i].text, strlen (CASES[i].text))) {
      g_assert_null (CASES[i].told);
      continue;
    }
    while (json_members_next (&members, &member))
      g_string_append_printf (told, "%.*s=%d:%.*s;", (int) member.name_length,
                              member.name != NULL ? member.name : "", member.type,
                              (int) member.length, member.text);
    g_assert_cmpstr (told->str, ==, CASES[i].told);
  }
}

int main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/json_members/cases", test_cases);
  return g_test_run ();
}
