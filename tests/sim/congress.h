/* congress.h: what the programs of tests/sim share: a small congress at a hub, and
 * libsodium's random numbers from a seed. Include it once, in a program. */
#pragma once

#include "congress/event_file.h"
#include "core/sign.h"
#include "credential/code.h"
#include "journal/journal.h"
#include "replication/roles.h"

#include <glib/gstdio.h>
#include <sodium.h>

#define CONGRESS_BEGIN "2016-10-26T12:20:00+08:00"

/* Keys, tokens and epochs are the seed's too. */
static GRand *congress_secrets;

static inline uint32_t congress_draw_32 (void)
{
  return g_rand_int (congress_secrets);
}

static inline void congress_draw (void *const data, const size_t length)
{
  for (size_t i = 0; i < length; i++)
    ((guint8 *) data)[i] = (guint8) g_rand_int (congress_secrets);
}

static inline const char *congress_draw_name (void)
{
  return "a seed's";
}

static inline void congress_seed (guint32 seed)
{
  g_clear_pointer (&congress_secrets, g_rand_free);
  congress_secrets = g_rand_new_with_seed (seed);
}

/* Before sign_start(). */
static inline void congress_take_over_chance (void)
{
  static randombytes_implementation implementation = { .implementation_name = congress_draw_name,
                                                       .random = congress_draw_32,
                                                       .buf = congress_draw };

  congress_seed (1);
  randombytes_set_implementation (&implementation);
}

static inline gint64 congress_begin_ms (void)
{
  g_autoptr (GDateTime) time = g_date_time_new_from_iso8601 (CONGRESS_BEGIN, NULL);

  return g_date_time_to_unix (time) * 1000;
}

static inline void congress_append (Journal *journal, const char *kind, const char *subject,
                                    const char *body)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (journal_begin (journal, &error));
  g_assert_true (journal_append (journal, kind, subject, body, NULL, &error));
  g_assert_true (journal_commit (journal, &error));
  g_assert_no_error (error);
}

/* The event file @file, a key, @people with their @tickets; the hub is the root. */
static inline void congress_make (Journal *hub, const char *file, char **tickets, guint people)
{
  g_autoptr (GError) error = NULL;
  DefinitionSummary summary;
  SignSecret secret;
  SignPublic key;

  g_assert_true (event_file_load (hub, file, NULL, &summary, &error));
  g_assert_no_error (error);
  sign_key_new (&key, &secret);
  g_autofree char *id = sign_key_id_text (&key), *public = sign_public_text (&key),
                  *body = g_strdup_printf ("{\"public\":\"%s\"}", public);
  congress_append (hub, "key", id, body);
  for (guint i = 0; i < people; i++) {
    g_autofree char *reference = g_strdup_printf ("FR-%u", i + 1);

    congress_append (hub, "registration", reference,
                     "{\"family\":\"Le Goff\",\"given\":\"Anne\",\"category\":\"elu\",\"events\":["
                     "\"rencontres\"],\"days\":[\"26\"],\"meals\":true}");
    tickets[i] = code_make_ticket (&secret, reference, &error);
    g_assert_no_error (error);
  }
  g_assert_true (journal_begin (hub, &error) && roles_found (hub, &error)
                 && journal_commit (hub, &error));
}

/* A folder of its own where files are memory, if there is such a place. */
static inline char *congress_folder (void)
{
  const char *root = g_file_test ("/dev/shm", G_FILE_TEST_IS_DIR) ? "/dev/shm" : g_get_tmp_dir ();
  char *folder = g_build_filename (root, "accueil-sim-XXXXXX", NULL);

  g_assert_nonnull (g_mkdtemp (folder));
  return folder;
}

static inline void congress_remove_folder (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL) {
    g_autofree char *path = g_build_filename (folder, name, NULL);

    if (g_file_test (path, G_FILE_TEST_IS_DIR))
      congress_remove_folder (path);
    else
      g_unlink (path);
  }
  g_rmdir (folder);
}
