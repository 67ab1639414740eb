/* All that is held about a person, and nothing of anybody else. */
#include "roster/person_file.h"
#include "words_here.h"

#include "core/json.h"
#include "unit/access/replica.h"

static void fill (Journal *journal)
{
  append (journal, "checkpoint", "est", "{\"kind\":\"entrance\",\"fr\":\"Est\",\"zh\":\"东\"}");
  append (journal, "registration", "FR-1", "{\"family\":\"Le Goff\",\"given\":\"Aurélien\"}");
  append (journal, "registration", "FR-11", "{\"family\":\"Autre\"}");
  append (journal, "registration", "FR-1",
          "{\"given\":\"Aurèle\",\"corrected\":[\"given\"],\"volunteer\":\"Zoé\"}");
  append (journal, "passage", "FR-1",
          "{\"checkpoint\":\"est\",\"verdict\":\"ADMITTED\",\"day\":\"2016-10-26\",\"code\":"
          "\"ticket\",\"direction\":\"in\"}");
  append (journal, "badge-issued", "FR-1", "{\"serial\":1,\"reason\":\"first\"}");
  append (journal, "print", "accueil-desk-FR-1-1",
          "{\"state\":\"printed\",\"reference\":\"FR-1\",\"issuer\":\"desk\",\"serial\":1}");
  append (journal, "print", "accueil-desk-FR-11-1",
          "{\"state\":\"printed\",\"reference\":\"FR-11\",\"issuer\":\"desk\",\"serial\":1}");
  append (journal, "note", "FR-1", "{\"text\":\"allergique\",\"volunteer\":\"Zoé\"}");
  append (journal, "volunteer", "101",
          "{\"name\":\"Aurélien\",\"reference\":\"FR-1\",\"pin\":\"$argon2id$secret\"}");
  append (journal, "alert-closed", "badge-void:FR-1:desk:1",
          "{\"seen\":1,\"reason\":\"vu\",\"volunteer\":\"Zoé\"}");
  append (journal, "alert-closed", "badge-void:FR-11:desk:1", "{\"seen\":1,\"reason\":\"vu\"}");
  append (journal, "conflict-closed", "FR-1@est/2016-10-26", "{\"reason\":\"parlé\"}");
  append (journal, "conflict-closed", "FR-11@est/2016-10-26", "{\"reason\":\"parlé\"}");
  /* A checkpoint that is called as she is. */
  append (journal, "checkpoint", "FR-1", "{\"kind\":\"zone\",\"fr\":\"Z\",\"zh\":\"Z\"}");
}

/* The kinds of its facts, in order. */
static char *kinds_of (const PersonFile *file)
{
  g_autoptr (GString) text = g_string_new (NULL);
  for (guint i = 0; i < file->facts->len; i++)
    g_string_append_printf (text, "%s ", ((const PersonFact *) file->facts->pdata[i])->kind);
  return g_strdup (text->str);
}

static void test_all (void)
{
  Replica replica;
  g_autoptr (GError) error = NULL;
  replica_open (&replica, "desk");
  fill (replica.journal);
  g_autoptr (PersonFile) file = person_file_read (replica.journal, "FR-1", &error);
  g_assert_no_error (error);
  g_autofree char *kinds = kinds_of (file);
  g_assert_cmpstr (kinds, ==,
                   "registration registration passage badge-issued print note volunteer "
                   "alert-closed conflict-closed ");
  g_assert_cmpstr (file->delegate->given, ==, "Aurèle");
  g_assert_cmpstr (((const PersonFact *) file->facts->pdata[2])->place_zh, ==, "东");

  g_autoptr (GTimeZone) zone = g_time_zone_new_identifier ("Asia/Shanghai");
  g_autofree char *json = person_file_json (file, replica.journal, zone);
  g_autoptr (JsonIn) in = json_in_parse (json, -1, &error);
  g_assert_no_error (error);
  JsonValue *root = json_in_root (in), *facts = json_in_member (root, "facts");
  g_assert_cmpstr (json_in_string (root, "station"), ==, "desk");
  g_assert_cmpstr (json_in_string (root, "at"), ==, "2016-10-26T09:12:00+08:00");
  g_assert_cmpstr (json_in_string (json_in_member (root, "registration"), "given"), ==, "Aurèle");
  g_assert_cmpuint (json_in_length (facts), ==, file->facts->len);
  JsonValue *first = json_in_member (json_in_element (facts, 0), "body");
  g_assert_cmpstr (json_in_string (first, "given"), ==, "Aurélien"); /* as it was, too */
  g_assert_nonnull (strstr (json, "allergique"));
  g_assert_null (strstr (json, "argon2id"));
  g_assert_null (strstr (json, "FR-11"));
  g_assert_null (strstr (json, "Autre"));
  replica_close (&replica);
}

/* What was erased is said to be. */
static void test_erased (void)
{
  Replica replica;
  g_autoptr (GError) error = NULL;
  replica_open (&replica, "desk");
  fill (replica.journal);
  append (replica.journal, "erasure", "FR-1", "{\"reason\":\"asked\"}");
  g_autoptr (PersonFile) file = person_file_read (replica.journal, "FR-1", &error);
  g_assert_no_error (error);
  g_assert_null (file->delegate);
  g_assert_null (((const PersonFact *) file->facts->pdata[0])->body);
  g_autoptr (GTimeZone) zone = g_time_zone_new_utc ();
  g_autofree char *json = person_file_json (file, replica.journal, zone);
  g_assert_nonnull (strstr (json, "\"erased\":true"));
  g_assert_null (strstr (json, "allergique"));
  g_autoptr (PersonFile) nobody = person_file_read (replica.journal, "FR-2", &error);
  g_assert_error (error, PERSON_FILE_ERROR, PERSON_FILE_ERROR_NOBODY);
  g_assert_null (nobody);
  replica_close (&replica);
}

int main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  words_here ();
  g_test_add_func ("/person_file/all", test_all);
  g_test_add_func ("/person_file/erased", test_erased);
  return g_test_run ();
}
