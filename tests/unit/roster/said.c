/* What lists last said of a person, kept as text. */
#include "roster/said.h"

static guint field_of (const char *name)
{
  guint count;
  const DelegateField *fields = delegate_fields (&count);
  for (guint i = 0; i < count; i++)
    if (g_strcmp0 (fields[i].name, name) == 0)
      return i;
  g_assert_not_reached ();
}

/* One field of each kind, an empty one, and a list with a name in Chinese. */
static void test_kept (void)
{
  g_autoptr (Said) said = said_parse ("");
  g_autoptr (Delegate) words = delegate_new (), read = delegate_new ();
  g_free (words->hotel);
  words->hotel = g_strdup ("Ibis “centre”");
  words->meals = TRUE;
  g_strfreev (words->days);
  words->days = g_strsplit ("26,27", ",", -1);
  said_keep (said, "报名表", field_of ("hotel"), words);
  said_keep (said, "报名表", field_of ("meals"), words);
  said_keep (said, "hotels", field_of ("days"), words);
  said_keep (said, "hotels", field_of ("family"), words);
  g_autofree char *text = said_text (said);
  g_assert_cmpstr (text, ==,
                   "{\"hotels\":{\"family\":\"\",\"days\":[\"26\",\"27\"]},\"报名表\":{\"meals\":"
                   "true,\"hotel\":\"Ibis “centre”\"}}");
  g_autoptr (Said) again = said_parse (text);
  g_assert_true (said_has (again, "报名表", field_of ("hotel")));
  g_assert_false (said_has (again, "hotels", field_of ("hotel")));
  g_assert_false (said_has (again, "nobody", field_of ("hotel")));
  g_free (read->family);
  read->family = g_strdup ("Martin");
  said_lay_over (again, "报名表", read);
  g_assert_cmpstr (read->hotel, ==, "Ibis “centre”");
  g_assert_true (read->meals);
  g_assert_cmpstr (read->family, ==, "Martin");
  said_lay_over (again, "hotels", read);
  g_assert_cmpstr (read->family, ==, "");
  g_assert_cmpuint (g_strv_length (read->days), ==, 2);
  said_drop (again, "报名表", field_of ("hotel"));
  said_drop (again, "报名表", field_of ("meals"));
  g_autofree char *rest = said_text (again);
  g_assert_cmpstr (rest, ==, "{\"hotels\":{\"family\":\"\",\"days\":[\"26\",\"27\"]}}");
}

/* Facts come from other machines: what is not of the form says nothing. */
static void test_strange (void)
{
  static const char *const TEXTS[]
      = { "", "null", "[]", "[1]", "{", "{\"a\":1}", "{\"a\":{\"none\":1}}", "{\"a\":[]}" };
  for (guint i = 0; i < G_N_ELEMENTS (TEXTS); i++) {
    g_autoptr (Said) said = said_parse (TEXTS[i]);
    g_autofree char *text = said_text (said);
    g_assert_cmpstr (text, ==, "");
  }
}

int main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/said/kept", test_kept);
  g_test_add_func ("/said/strange", test_strange);
  return g_test_run ();
}
