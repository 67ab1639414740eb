/* Headsets with codes: drawn, read from a lender's list, refused with their line. */
#include "congress/headset.h"

#include "unit/access/replica.h"

static void test_make (void)
{
  Replica replica;
  g_autoptr (GError) error = NULL;
  guint made = 0;
  gboolean any = TRUE;
  replica_open (&replica, "hub");
  g_assert_true (headset_any (replica.journal, &any, &error) && !any);
  g_assert_true (headset_make (replica.journal, 40, &made, &error));
  g_assert_cmpuint (made, ==, 40);
  g_assert_true (headset_make (replica.journal, 42, &made, &error));
  g_assert_cmpuint (made, ==, 2);
  g_assert_true (headset_any (replica.journal, &any, &error) && any);
  g_autoptr (GPtrArray) labels = headset_labels (replica.journal, &error);
  g_assert_cmpuint (labels->len, ==, 42);
  g_autoptr (GHashTable) codes = g_hash_table_new (g_str_hash, g_str_equal);
  for (guint i = 0; i < labels->len; i++) {
    const HeadsetLabel *label = labels->pdata[i];
    g_autofree char *id = g_strdup_printf ("H-%04u", i + 1);
    Headset headset;
    g_assert_cmpstr (label->id, ==, id);
    g_assert_cmpuint (strlen (label->code), ==, strlen ("AH:") + 8);
    g_assert_true (g_str_has_prefix (label->code, HEADSET_CODE_PREFIX)
                   && g_hash_table_add (codes, label->code));
    g_assert_true (headset_find (replica.journal, label->code, &headset, &error));
    g_assert_cmpstr (headset.id, ==, id);
    g_assert_false (headset.defect || headset.out);
  }
  replica_close (&replica);
}

static void test_read (void)
{
  static const struct {
    const char *text, *fault; /* NULL: @made of them are new */
    guint made;
  } ROWS[] = {
    { "\357\273\277# lender\nC-1;900001\r\nC-2,900002\n\n", NULL, 2 },
    { "C-1;900001\nC-3;900003\n", NULL, 1 },
    { "C-1;900009\n", NULL, 1 }, /* another label */
    { "C-4;900002\n", "list:1: the code “900002” of the headset C-4 is that of C-2 already", 0 },
    { "C-4;1\nC-5;1\n", "list:2: the code “1” of the headset C-5 is that of C-4 already", 0 },
    { "C-4;1\nC-4;2\n", "list:2: the headset C-4 stands here for the second time", 0 },
    { "C 4;1\n", "list:1: “C 4” is no id of a headset", 0 },
    { "C-4\n", "list:1: the headset C-4 has no code", 0 },
    { "C-4;caf\303\251\n", "list:1: the headset C-4 has no code", 0 },
    { "C-4;AC:123\n", "list:1: the code of the headset C-4 begins as a badge's does", 0 },
    { "C-4;\377\n", "list:1: this is no text in UTF-8", 0 },
  };
  Replica replica;
  replica_open (&replica, "hub");
  for (guint i = 0; i < G_N_ELEMENTS (ROWS); i++) {
    g_autoptr (GError) error = NULL;
    guint made = 0;
    gint64 before = number_of (replica.journal, "SELECT count (*) FROM fact");
    gboolean good = headset_read (replica.journal, "list", ROWS[i].text, strlen (ROWS[i].text),
                                  &made, &error);
    g_test_message ("%s", ROWS[i].text);
    if (ROWS[i].fault == NULL) {
      g_assert_no_error (error);
      g_assert_true (good);
      g_assert_cmpuint (made, ==, ROWS[i].made);
    } else {
      g_assert_error (error, HEADSET_ERROR, HEADSET_ERROR_CONTENT);
      g_assert_nonnull (strstr (error->message, ROWS[i].fault));
    }
    g_assert_cmpint (number_of (replica.journal, "SELECT count (*) FROM fact"), ==,
                     before + ROWS[i].made);
  }
  replica_close (&replica);
}

int main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/headset/make", test_make);
  g_test_add_func ("/headset/read", test_read);
  return g_test_run ();
}
