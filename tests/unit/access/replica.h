/* replica.h: what tests of access/ and station/ share: a replica in a temporary folder, a
 * clock that the test turns, facts written plainly. Include it once, in a test. */
#pragma once

#include "core/sign.h"
#include "journal/journal.h"
#include "journal/query.h"

#include <glib/gstdio.h>
#include <string.h>

typedef struct {
  char *folder;
  Journal *journal;
} Replica;

static gint64 hand_ms;

static inline gint64 hand_now (gpointer data)
{
  return hand_ms;
}

/* "2016-10-26T09:12:00+08:00" */
static inline void set_time (const char *iso)
{
  g_autoptr (GDateTime) time = g_date_time_new_from_iso8601 (iso, NULL);
  g_assert_nonnull (time);
  hand_ms = g_date_time_to_unix (time) * 1000;
}

static inline char *replica_path (const Replica *replica, const char *name)
{
  return g_build_filename (replica->folder, name, NULL);
}

static inline void replica_open (Replica *replica, const char *station)
{
  g_autoptr (GError) error = NULL;
  sign_start ();
  set_time ("2016-10-26T09:12:00+08:00");
  replica->folder = g_dir_make_tmp ("accueil-XXXXXX", &error);
  g_assert_no_error (error);
  g_autofree char *path = replica_path (replica, "a.db");
  replica->journal = journal_create (path, station, (Clock){ .now_ms = hand_now }, &error);
  g_assert_no_error (error);
}

static inline void replica_close (Replica *replica)
{
  journal_close (replica->journal);
  g_autoptr (GDir) dir = g_dir_open (replica->folder, 0, NULL);
  for (const char *name; (name = g_dir_read_name (dir));) {
    g_autofree char *path = replica_path (replica, name);
    g_remove (path);
  }
  g_rmdir (replica->folder);
  g_free (replica->folder);
}

static inline void append (Journal *journal, const char *kind, const char *subject,
                           const char *body)
{
  g_autoptr (GError) error = NULL;
  g_assert_true (journal_begin (journal, &error));
  g_assert_true (journal_append (journal, kind, subject, body, NULL, &error));
  g_assert_true (journal_commit (journal, &error));
  g_assert_no_error (error);
}

static inline gint64 number_of (Journal *journal, const char *sql)
{
  g_autoptr (GError) error = NULL;
  Query *query = journal_query (journal, sql, &error);
  g_assert_no_error (error);
  gint64 number = query_next (query) ? query_int (query, 0) : -1;
  g_assert_true (query_end (query, &error));
  return number;
}

/* All facts of this replica so far are taken by @to, as sync would. */
static inline void copy_facts (Journal *from, Journal *to)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) facts = journal_facts_after (from, 0, NULL, G_MAXINT, &error);
  g_assert_no_error (error);
  g_assert_true (journal_begin (to, &error));
  for (guint i = 0; i < facts->len; i++)
    g_assert_true (journal_receive (to, facts->pdata[i], 1, NULL, &error));
  g_assert_true (journal_commit (to, &error));
  g_assert_no_error (error);
}
