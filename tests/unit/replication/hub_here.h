/* hub_here.h: for the tests of replication's routes: a hub's parts over a replica of its
 * own, behind a server without TLS, and the replica of an enrolled station "a". */
#pragma once

#include "core/sign.h"
#include "journal/fact_json.h"
#include "journal/journal.h"
#include "replication/enrolment.h"
#include "replication/station_request.h"
#include "replication/station_routes.h"
#include "unit/http/plain_client.h"

#include <glib/gstdio.h>

typedef struct {
  char *folder, *db;
  Journal *hub, *station; /* the hub's beside the running parts */
  HubParts *parts;
  PlainServer plain;
  char *token; /* "Authorization: Bearer …\r\n" */
} HubHere;

static inline char *hub_here_path (const HubHere *here, const char *name)
{
  return g_build_filename (here->folder, name, NULL);
}

static inline void hub_here_append (Journal *journal, const char *kind, const char *subject,
                                    const char *body)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (journal_begin (journal, &error));
  g_assert_true (journal_append (journal, kind, subject, body, NULL, &error));
  g_assert_true (journal_commit (journal, &error));
  g_assert_no_error (error);
}

/* The public key of @journal's station, as it is sent at enrolment. */
static inline char *hub_here_public (Journal *journal)
{
  g_autofree char *text = journal_local (journal, JOURNAL_LOCAL_STATION_SECRET, NULL);
  SignSecret secret;
  SignPublic public;

  g_assert_true (sign_secret_from_text (text, &secret));
  sign_public_of (&secret, &public);
  return sign_public_text (&public);
}

/* An open invitation's secret. */
static inline char *hub_here_invite (HubHere *here, const char *station)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *code
      = enrolment_invite (here->hub, station, "https://hub:8443", "sha256//pin", &error),
      *padded = NULL;
  g_autofree guchar *json = NULL;
  g_autoptr (JsonIn) in = NULL;
  gsize length;

  g_assert_no_error (error);
  padded = g_strconcat (code + strlen (ENROLMENT_CODE_PREFIX), "===", NULL);
  padded[strlen (padded) / 4 * 4] = '\0';
  g_strdelimit (padded, "-", '+');
  g_strdelimit (padded, "_", '/');
  json = g_base64_decode (padded, &length);
  in = json_in_parse ((const char *) json, (gssize) length, NULL);
  g_assert_nonnull (in);
  return g_strdup (json_in_string (json_in_root (in), "secret"));
}

/* Serves the replica @here->db. */
static inline void hub_here_serve (HubHere *here)
{
  g_autoptr (GError) error = NULL;

  here->hub = journal_open (here->db, clock_system (), &error);
  g_assert_no_error (error);
  here->parts = hub_parts_start (here->db, clock_system (), here->hub, &error);
  g_assert_no_error (error);
  plain_start (&here->plain, station_routes (),
               (ServerOptions){ .context = here->parts, .decorate = station_request_decorate });
}

static inline void hub_here_stop (HubHere *here)
{
  hub_parts_stop (here->parts);
  server_stop (here->plain.server);
  hub_parts_free (here->parts);
  journal_close (here->hub);
}

static inline void hub_here_set_up (HubHere *here, gconstpointer data)
{
  g_autofree char *path = NULL, *public = NULL, *secret = NULL, *token = NULL;
  g_autoptr (GError) error = NULL;

  sign_start ();
  here->folder = g_dir_make_tmp ("accueil-hub-here-XXXXXX", NULL);
  here->db = hub_here_path (here, "hub.db");
  path = hub_here_path (here, "a.db");
  journal_close (journal_create (here->db, "hub", clock_system (), &error));
  g_assert_no_error (error);
  here->station = journal_create (path, "a", clock_system (), &error);
  g_assert_no_error (error);
  hub_here_serve (here);
  public = hub_here_public (here->station);
  secret = hub_here_invite (here, "a");
  token = enrolment_redeem (here->hub, &(EnrolmentCode){ "a", secret, NULL }, public, &error);
  g_assert_no_error (error);
  here->token = g_strdup_printf ("Authorization: Bearer %s\r\n", token);
}

static inline void hub_here_tear_down (HubHere *here, gconstpointer data)
{
  g_autoptr (GDir) dir = NULL;

  hub_here_stop (here);
  journal_close (here->station);
  dir = g_dir_open (here->folder, 0, NULL);
  for (const char *name; (name = g_dir_read_name (dir)) != NULL;) {
    g_autofree char *path = hub_here_path (here, name);
    g_unlink (path);
  }
  g_rmdir (here->folder);
  g_free (here->folder);
  g_free (here->db);
  g_free (here->token);
}

/* @count facts of @journal's own station after @after, as lines. */
static inline char *hub_here_lines (Journal *journal, gint64 after, guint count)
{
  g_autoptr (GPtrArray) facts
      = journal_facts_of (journal, journal_station (journal), after, count, NULL);
  GString *lines = g_string_new (NULL);

  for (guint i = 0; i < facts->len; i++) {
    g_autofree char *json = fact_to_json (facts->pdata[i]);
    g_string_append_printf (lines, "%s\n", json);
  }
  return g_string_free (lines, FALSE);
}

/* Asks with the station's token; @headers: lines more, or NULL. */
static inline char *hub_here_ask (HubHere *here, const char *method, const char *path,
                                  const char *headers, const char *body)
{
  g_autofree char *all = g_strconcat (here->token, headers, NULL);

  return plain_ask (&here->plain, method, path, all, body);
}

static inline void hub_here_expect (HubHere *here, const char *method, const char *path,
                                    const char *headers, const char *body, guint status,
                                    const char *expected)
{
  g_autofree char *answer = hub_here_ask (here, method, path, headers, body);

  plain_assert (answer, status, expected);
}
