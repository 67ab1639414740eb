#include "hub/station_command.h"

#include "core/words.h"
#include "credential/qr.h"
#include "replication/enrolment.h"
#include "replication/hub_certificate.h"
#include "replication/roles.h"

#include <string.h>

#define QR_MODULE_PX 6
#define GROUP_LASTS_MS (24 * 60 * 60 * 1000LL)

static char *when (gint64 ms)
{
  g_autoptr (GDateTime) time = NULL;

  if (ms == 0)
    return g_strdup ("–");
  time = g_date_time_new_from_unix_local (ms / 1000);
  return g_date_time_format (time, "%F %T");
}

/* Inviting --------------------------------------------------------------------------- */

static gboolean write_qr (const char *path, const Qr *qr, GError **error)
{
  g_autoptr (GBytes) png = qr_png (qr, QR_MODULE_PX);
  gsize length;
  const char *data = g_bytes_get_data (png, &length);

  /* The code is a secret for an hour: nobody else may read it. */
  return g_file_set_contents_full (path, data, (gssize) length, G_FILE_SET_CONTENTS_CONSISTENT,
                                   0600, error);
}

static gboolean print_code (const HubOptions *options, const char *code, GError **error)
{
  g_autoptr (Qr) qr = qr_new (code, error);
  g_autofree char *picture = NULL;

  if (qr == NULL || (options->qr != NULL && !write_qr (options->qr, qr, error)))
    return FALSE;
  g_print ("%s\n", code);
  picture = qr_text (qr);
  g_printerr ("%s\n", picture);
  return TRUE;
}

static gboolean read_role (const HubOptions *options, Role *role, GError **error)
{
  *role = ROLES_USUAL;
  if (options->role == NULL
      || (authority_role_from_name (options->role, role) && *role != ROLE_NONE))
    return TRUE;
  return hub_options_misused (_ ("--role must be gate, desk or office"), error);
}

/* The address and the key's pin that stand in a code. */
static gboolean read_place (const HubOptions *options, Journal *journal, char **url,
                            Certificate **certificate, GError **error)
{
  *url = hub_options_address (options, journal);
  if (!g_str_has_prefix (*url, "https://"))
    return hub_options_misused (_ ("the address must begin with https://"), error);
  *certificate = hub_certificate_ensure (journal, NULL, error);
  return *certificate != NULL;
}

static gboolean invite_one (const HubOptions *options, Journal *journal, GError **error)
{
  const char *station = options->words[1];
  g_autoptr (Certificate) certificate = NULL;
  g_autofree char *url = NULL, *code = NULL;
  Role role;

  if (!read_role (options, &role, error)
      || !read_place (options, journal, &url, &certificate, error))
    return FALSE;
  code = enrolment_invite (journal, station, url, certificate->pin, error);
  if (code == NULL || (options->role != NULL && !enrolment_set_role (journal, station, role, error))
      || !print_code (options, code, error))
    return FALSE;
  g_printerr (_ ("Within one hour, on station “%s”:\n  accueil enrol CODE\n"), station);
  return TRUE;
}

/* The end of a group's code: as said, else GROUP_LASTS_MS from now. */
static gboolean read_end (const HubOptions *options, Journal *journal, gint64 *until_ms,
                          GError **error)
{
  g_autoptr (GTimeZone) here = g_time_zone_new_local ();
  g_autoptr (GDateTime) end = NULL;

  *until_ms = journal_now_ms (journal) + GROUP_LASTS_MS;
  if (options->until == NULL)
    return TRUE;
  end = g_date_time_new_from_iso8601 (options->until, here);
  if (end == NULL)
    return hub_options_misused (_ ("--until is no time; write it as 2016-10-26T12:00:00"), error);
  *until_ms = g_date_time_to_unix (end) * 1000;
  return TRUE;
}

static gboolean invite_group (const HubOptions *options, Journal *journal, GError **error)
{
  g_autoptr (Certificate) certificate = NULL;
  g_autofree char *url = NULL, *code = NULL, *end = NULL;
  gint64 until_ms;
  Role role;

  if (!read_role (options, &role, error) || !read_end (options, journal, &until_ms, error))
    return FALSE;
  if (role == ROLE_OFFICE)
    return hub_options_misused (
        _ ("a group's stations may be gates or desks: --role gate, --role desk"), error);
  if (!read_place (options, journal, &url, &certificate, error))
    return FALSE;
  code = enrolment_invite_group (journal, options->group, options->count, until_ms, role, url,
                                 certificate->pin, error);
  if (code == NULL || !print_code (options, code, error))
    return FALSE;
  end = when (until_ms);
  g_printerr (_ ("Until %s, on each of %lld machines:\n  accueil init --station NAME && accueil "
                 "enrol CODE\n"),
              end, (long long) options->count);
  return TRUE;
}

static gboolean invite (const HubOptions *options, const char *station, GError **error)
{
  g_autoptr (Journal) journal = journal_open (options->db, options->clock, error);

  if (journal == NULL)
    return FALSE;
  return station != NULL ? invite_one (options, journal, error)
                         : invite_group (options, journal, error);
}

/* Roles, revoking -------------------------------------------------------------------- */

static gboolean withdraw (const HubOptions *options, const char *station, GError **error)
{
  g_autoptr (Journal) journal = journal_open (options->db, options->clock, error);

  if (journal == NULL || !enrolment_revoke (journal, station, error))
    return FALSE;
  g_print (_ ("Station “%s” is revoked: its token opens nothing from now on, and its badges "
              "are refused wherever this is known.\n"),
           station);
  return TRUE;
}

static gboolean give_role (const HubOptions *options, const char *station, GError **error)
{
  g_autoptr (Journal) journal = NULL;
  Role role;

  if (!authority_role_from_name (options->words[2], &role))
    return hub_options_misused (_ ("the role must be gate, desk, office or none"), error);
  journal = journal_open (options->db, options->clock, error);
  if (journal == NULL || !roles_set (journal, station, role, error)
      || !enrolment_set_role (journal, station, role, error))
    return FALSE;
  if (role == ROLE_NONE)
    g_print (_ ("Station “%s” has no role any more: what it writes from its next fact on does "
                "not count.\n"),
             station);
  else
    g_print (_ ("Station “%s” is a %s from its next fact on.\n"), station,
             authority_role_name (role));
  return TRUE;
}

/* A thief has the token as well as the key: both end. */
static gboolean disown (const HubOptions *options, const char *station, GError **error)
{
  g_autoptr (Journal) journal = NULL;
  gint64 held = 0;

  if (options->from == 0)
    return hub_options_misused (
        _ ("--from is missing: the number of the first fact that is not the station's own "
           "any more; “accueil-hub stations” tells how many it has written"),
        error);
  journal = journal_open (options->db, options->clock, error);
  if (journal == NULL
      || !roles_disown (journal, station, options->from, options->reason, &held, error)
      || !enrolment_shut_out (journal, station, error))
    return FALSE;
  g_print (_ ("Station “%s” is disowned from its fact %lld on (held here: %lld): they count "
              "nowhere. What it wrote before stays true, and the badges it issued before go on "
              "opening. Its token opens nothing from now on.\n"),
           station, (long long) options->from, (long long) held);
  return TRUE;
}

/* Listing ---------------------------------------------------------------------------- */

static const char *state_of (const Enrolment *enrolment, gint64 now_ms)
{
  if (enrolment->revoked_ms > 0)
    return _ ("revoked");
  if (enrolment->enrolled_ms > 0)
    return _ ("enrolled");
  return enrolment->expires_ms > now_ms ? _ ("invited") : _ ("invitation expired");
}

static void print_table (const GPtrArray *list, gint64 now_ms)
{
  if (list->len == 0)
    g_print (_ ("No station was invited yet: accueil-hub invite STATION\n"));
  for (guint i = 0; i < list->len; i++) {
    const Enrolment *enrolment = list->pdata[i];
    g_autofree char *enrolled = when (enrolment->enrolled_ms), *last = when (enrolment->last_ms);

    g_print (_ ("%-*s  %s; enrolled %s; last contact %s; %lld facts\n"), STATION_NAME_MAX,
             enrolment->station, state_of (enrolment, now_ms), enrolled, last,
             (long long) enrolment->seq);
  }
}

static void print_json (const GPtrArray *list, gint64 now_ms)
{
  JsonOut *out = json_out_new ();
  g_autofree char *text = NULL;

  json_out_begin_array (out, NULL);
  for (guint i = 0; i < list->len; i++) {
    const Enrolment *enrolment = list->pdata[i];

    json_out_begin_object (out, NULL);
    json_out_string (out, "station", enrolment->station);
    json_out_bool (out, "invited", enrolment->expires_ms > now_ms);
    json_out_int (out, "enrolled_ms", enrolment->enrolled_ms);
    json_out_int (out, "revoked_ms", enrolment->revoked_ms);
    json_out_int (out, "last_ms", enrolment->last_ms);
    json_out_int (out, "seq", enrolment->seq);
    json_out_end_object (out);
  }
  json_out_end_array (out);
  text = json_out_finish (out);
  g_print ("%s\n", text);
}

static gboolean list (const HubOptions *options, const char *station, GError **error)
{
  g_autoptr (Journal) journal = journal_open (options->db, options->clock, error);
  g_autoptr (GPtrArray) list = journal != NULL ? enrolment_list (journal, error) : NULL;

  if (list == NULL)
    return FALSE;
  if (options->json)
    print_json (list, journal_now_ms (journal));
  else
    print_table (list, journal_now_ms (journal));
  return TRUE;
}

/* Commands --------------------------------------------------------------------------- */

static const struct {
  const char *word;
  guint words; /* with itself; with --group one less */
  const char *usage;
  gboolean (*run) (const HubOptions *options, const char *station, GError **error);
} COMMANDS[] = {
  { "invite", 2, N_ ("one station's name is wanted, or --group NAME and --count NUMBER"), invite },
  { "revoke", 2, N_ ("one station's name is wanted"), withdraw },
  { "role", 3, N_ ("a station's name and its role are wanted"), give_role },
  { "disown", 2, N_ ("one station's name is wanted"), disown },
  { "stations", 1, N_ ("“stations” takes no name"), list },
};

gboolean station_command_run (const HubOptions *options, GError **error)
{
  guint words = g_strv_length (options->words);

  for (guint i = 0; i < G_N_ELEMENTS (COMMANDS); i++)
    if (strcmp (options->words[0], COMMANDS[i].word) == 0)
      return words == COMMANDS[i].words - (options->group != NULL)
                 ? COMMANDS[i].run (options, options->words[1], error)
                 : hub_options_misused (_ (COMMANDS[i].usage), error);
  return hub_options_misused (_ ("there is no such command"), error);
}

void station_command_help (void)
{
  g_print (_ ("\n"
              "Many stations by one code:\n"
              "       accueil-hub invite --group NAME --count NUMBER [--until TIME] [--role "
              "gate|desk]\n"
              "\n"
              "  --group NAME            what the code is for, in words of your own: entree-est; "
              "a new code voids the old\n"
              "  --count NUMBER          so many stations may join by it, each under its own "
              "name\n"
              "  --until TIME            and no longer than until then (usual: a day): "
              "2016-10-26T12:00:00\n"));
}
