/* INI files: what is read, and how every fault is named. */
#include "core/ini.h"

#include <string.h>

static void test_reads (void)
{
  static const char TEXT[]
      = "\xef\xbb\xbf# comment\r\n[congress]\r\n fr = L’été\r\nzh=成都 \r\n\r\n[event "
        "rencontres]\nlist = a; b ;;c;\nspaced = \\sx\nnfc = e\xcc\x81\n";
  g_autoptr (Ini) ini = ini_new ("f.ini", TEXT, strlen (TEXT));
  g_assert_cmpuint (ini_fault_count (ini), ==, 0);
  g_assert_cmpuint (ini_section_count (ini), ==, 2);
  const IniSection *congress = ini_section (ini, 0), *event = ini_section (ini, 1);
  g_assert_cmpstr (congress->kind, ==, "congress");
  g_assert_cmpstr (congress->id, ==, "");
  g_assert_cmpuint (congress->line, ==, 2);
  g_assert_cmpstr (ini_text (ini, congress, "fr"), ==, "L’été");
  g_assert_cmpstr (ini_text (ini, congress, "zh"), ==, "成都");
  g_assert_null (ini_text (ini, congress, "absent"));
  g_assert_cmpstr (event->id, ==, "rencontres");
  g_auto (GStrv) list = ini_list (ini, event, "list");
  g_autofree char *joined = g_strjoinv ("|", list);
  g_assert_cmpstr (joined, ==, "a|b|c");
  g_assert_cmpstr (ini_text (ini, event, "nfc"), ==, "\xc3\xa9");
  g_autofree char *keys = g_strjoinv (",", (char **) (guintptr) ini_keys (ini, event));
  g_assert_cmpstr (keys, ==, "list,spaced,nfc");
  g_assert_cmpuint (ini_fault_count (ini), ==, 0);
  g_assert_null (ini_text_needed (ini, congress, "absent"));
  g_autofree char *faults = ini_faults (ini);
  g_assert_cmpstr (faults, ==, "f.ini:2: [congress] absent: is missing");
}

/* Faults of the lines themselves. */
static void test_lines (void)
{
  static const struct {
    const char *text, *fault;
  } ROWS[] = {
    { "[a]\nx = 1\nwhat\n", "f.ini:3: [a]: “what” is neither" },
    { "[a]\n= 1\n", "f.ini:2: [a]: “= 1” is neither" },
    { "[a\nx = 1\n", "f.ini:1: “[a” is not the name of a section" },
    { "[]\n", "f.ini:1: “[]” is not the name" },
    { "[a] b\n", "f.ini:1: “[a] b” is not the name" },
    { "[a]\n[b]\n[a]\n", "f.ini:3: [a]: this section stands in line 1 already" },
    { "[a]\nx = 1\ny = 2\nx = 3\n", "f.ini:4: [a] x: stands in line 2 of this section already" },
    { "[a\033[31m]\n", "f.ini:1: “[a?[31m]” is not the name of a section" },
    { "[a\377]\n", "f.ini:1: is not UTF-8" },
    { "[a]\nx = \377\n", "f.ini:2: is not UTF-8" },
    { "# c\nx = 1\ny = 2\n[a]\n", "f.ini:2: stands before the first [section]" },
  };
  for (guint i = 0; i < G_N_ELEMENTS (ROWS); i++) {
    g_autoptr (Ini) ini = ini_new ("f.ini", ROWS[i].text, strlen (ROWS[i].text));
    g_autofree char *faults = ini_faults (ini);
    g_test_message ("%s", faults);
    g_assert_cmpuint (ini_fault_count (ini), ==, 1);
    g_assert_true (g_str_has_prefix (faults, ROWS[i].fault));
  }
}

/* Faults of values. */
static void test_values (void)
{
  g_autofree char *longest = g_strnfill (INI_TEXT_MAX, 'x');
  g_autofree char *text = g_strdup_printf (
      "[a]\nok = %s\nlong = %sx\nempty =\nbreak = a\\nb\nescape = a\\qb\n", longest, longest);
  static const struct {
    const char *key, *fault;
  } ROWS[] = {
    { "long", "f.ini:3: [a] long: is longer than 300 characters" },
    { "empty", "f.ini:4: [a] empty: is empty" },
    { "break", "f.ini:5: [a] break: holds a line break" },
    { "escape", "f.ini:6: [a] escape: a backslash begins" },
  };
  g_autoptr (Ini) ini = ini_new ("f.ini", text, strlen (text));
  const IniSection *section = ini_section (ini, 0);
  g_assert_cmpstr (ini_text (ini, section, "ok"), ==, longest);
  for (guint i = 0; i < G_N_ELEMENTS (ROWS); i++) {
    g_assert_null (ini_text (ini, section, ROWS[i].key));
    g_assert_null (
        ini_text_needed (ini, section, ROWS[i].key)); /* looked at twice, at fault once */
    g_assert_cmpuint (ini_fault_count (ini), ==, i + 1);
  }
  g_autofree char *faults = ini_faults (ini);
  g_auto (GStrv) lines = g_strsplit (faults, "\n", -1);
  g_test_message ("%s", faults);
  for (guint i = 0; i < G_N_ELEMENTS (ROWS); i++)
    g_assert_true (g_str_has_prefix (lines[i], ROWS[i].fault));
}

/* However much is wrong, a message stays readable. */
static void test_limits (void)
{
  g_autoptr (GString) text = g_string_new ("[a]\n");
  g_autofree char *wide = g_strnfill (5000, 'w');
  for (guint i = 0; i < INI_FAULTS_MAX + 50; i++)
    g_string_append_printf (text, "%s%u\n", wide, i);
  g_autoptr (Ini) ini = ini_new ("f.ini", text->str, text->len);
  g_assert_cmpuint (ini_fault_count (ini), ==, INI_FAULTS_MAX + 50);
  g_autofree char *faults = ini_faults (ini);
  g_assert_cmpuint (strlen (faults), <, INI_FAULTS_MAX * 200);
  g_assert_true (g_str_has_suffix (faults, "\n… and 50 more"));

  g_string_assign (text, "");
  for (guint i = 0; i < INI_SECTIONS_MAX + 5; i++)
    g_string_append_printf (text, "[s %u]\n", i);
  g_autoptr (Ini) many = ini_new ("f.ini", text->str, text->len);
  g_assert_cmpuint (ini_section_count (many), ==, INI_SECTIONS_MAX);
  g_assert_cmpuint (ini_fault_count (many), ==, 5);

  g_string_assign (text, "[a]\nlist = ");
  for (guint i = 0; i < INI_LIST_MAX + 1; i++)
    g_string_append (text, "x;");
  g_autoptr (Ini) list = ini_new ("f.ini", text->str, text->len);
  g_assert_null (ini_list (list, ini_section (list, 0), "list"));
  g_assert_cmpuint (ini_fault_count (list), ==, 1);
}

int main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ini/reads", test_reads);
  g_test_add_func ("/ini/lines", test_lines);
  g_test_add_func ("/ini/values", test_values);
  g_test_add_func ("/ini/limits", test_limits);
  return g_test_run ();
}
