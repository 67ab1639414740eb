/* replica.h: what the tests of roster/ share: a replica in a folder of its own, with the
 * congress of the demo's programme. */
#pragma once

#include "journal/journal.h"

#include <glib.h>
#include <glib/gstdio.h>

typedef struct {
  char *folder;
  Journal *journal;
} Replica;

static inline void replica_append (Journal *journal, const char *kind, const char *subject,
                                   const char *body)
{
  g_autoptr (GError) error = NULL;
  journal_append (journal, kind, subject, body, NULL, &error);
  g_assert_no_error (error);
}

static inline void replica_define (Journal *journal)
{
  static const char *const CATEGORIES[][4] = {
    { "elu", "élu", "民选代表", "\"当选代表\"" },
    { "technicien", "technicien de collectivité", "地方政府工作人员", "\"地方政府专业人员\"" },
    { "entreprise", "entreprise", "企业代表", "" },
    { "universitaire", "universitaire", "高校代表", "" },
    { "expert", "expert", "专家", "" },
    { "operateur", "opérateur national", "国家机构代表", "" },
    { "association", "association", "协会代表", "" },
    { "presse", "presse", "媒体", "" },
    { "personnalite", "personnalité", "贵宾", "" },
    { "organisation", "organisation", "组委会", "" },
  };
  g_autoptr (GError) error = NULL;
  journal_begin (journal, &error);
  g_assert_no_error (error);
  replica_append (
      journal, "congress", "congress",
      "{\"fr\":\"Rencontres "
      "franco-chinoises\",\"zh\":\"中法地方政府合作论坛\",\"place_fr\":\"Chengdu\",\"place_zh\":"
      "\"成都\",\"timezone\":\"Asia/Shanghai\",\"days\":["
      "{\"label\":\"26\",\"date\":\"2016-10-26\"},{\"label\":\"27\",\"date\":\"2016-10-27\"},{"
      "\"label\":\"28\",\"date\":\"2016-10-28\"},{\"label\":\"29\",\"date\":\"2016-10-29\"}]}");
  replica_append (
      journal, "event", "rencontres",
      "{\"fr\":\"Rencontres\",\"zh\":\"会议\",\"order\":1,\"days\":[\"26\",\"27\",\"28\"]}");
  replica_append (journal, "event", "foire",
                  "{\"fr\":\"Foire de l’Ouest\",\"zh\":\"西博会\",\"order\":2,\"days\":[\"29\"]}");
  for (gsize i = 0; i < G_N_ELEMENTS (CATEGORIES); i++) {
    g_autofree char *body = g_strdup_printf (
        "{\"fr\":\"%s\",\"zh\":\"%s\",\"also\":[%s],\"colour\":\"#1f3a93\",\"order\":%u}",
        CATEGORIES[i][1], CATEGORIES[i][2], CATEGORIES[i][3], (guint) i + 1);
    replica_append (journal, "category", CATEGORIES[i][0], body);
  }
  for (guint i = 1; i <= 6; i++) {
    g_autofree char *id
        = g_strdup_printf ("A%u", i),
        *body = g_strdup_printf ("{\"event\":\"rencontres\",\"day\":\"26\",\"from\":\"14:00\","
                                 "\"to\":\"17:00\",\"fr\":\"Atelier %u\",\"zh\":\"分论坛%u\","
                                 "\"themes\":[{\"fr\":\"a\",\"zh\":\"甲\"},{\"fr\":\"b\","
                                 "\"zh\":\"乙\"},{\"fr\":\"c\",\"zh\":\"丙\"}]}",
                                 i, i);
    replica_append (journal, "session", id, body);
  }
  replica_append (journal, "delegation", "france",
                  "{\"fr\":\"Délégation française\",\"zh\":\"法国代表团\",\"country\":\"FR\"}");
  journal_commit (journal, &error);
  g_assert_no_error (error);
}

/* @defined: with the programme. */
static inline Replica replica_new (gboolean defined)
{
  g_autoptr (GError) error = NULL;
  Replica replica = { .folder = g_dir_make_tmp ("accueil-roster-XXXXXX", &error) };
  g_assert_no_error (error);
  g_autofree char *path = g_build_filename (replica.folder, "replica.db", NULL);
  replica.journal = journal_create (path, "hub", clock_system (), &error);
  g_assert_no_error (error);
  if (defined)
    replica_define (replica.journal);
  return replica;
}

static inline void replica_free (Replica *replica)
{
  g_clear_pointer (&replica->journal, journal_close);
  g_autoptr (GDir) dir = g_dir_open (replica->folder, 0, NULL);
  for (const char *name; dir != NULL && (name = g_dir_read_name (dir)) != NULL;) {
    g_autofree char *path = g_build_filename (replica->folder, name, NULL);
    g_remove (path);
  }
  g_rmdir (replica->folder);
  g_free (replica->folder);
}

/* Writes @text (of @length bytes, -1 for a NUL-terminated one) to the file @name of the
 * replica's folder. Free the path with g_free(). */
static inline char *replica_file (const Replica *replica, const char *name, const char *text,
                                  gssize length)
{
  g_autoptr (GError) error = NULL;
  char *path = g_build_filename (replica->folder, name, NULL);
  g_file_set_contents (path, text, length, &error);
  g_assert_no_error (error);
  return path;
}
