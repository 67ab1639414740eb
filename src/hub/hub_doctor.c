#include "hub/hub_doctor.h"

#include "congress/programme.h"
#include "core/checkup_line.h"
#include "core/words.h"
#include "counts/as_of.h"
#include "hub/machine_size.h"
#include "http/certificate.h"
#include "journal/page_copy.h"
#include "journal/query.h"
#include "journal/shared_log.h"
#include "journal/soundness.h"
#include "office/account.h"
#include "replication/hub_certificate.h"
#include "replication/hub_clock.h"
#include "replication/service.h"
#include "replication/settling.h"

#include <string.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

static const char DELEGATES[] = "SELECT count (*) FROM delegate";

#define DAY_MS (24 * 60 * 60 * 1000LL)
#define HOUR_MS (60 * 60 * 1000LL)
#define CERTIFICATE_SOON_DAYS 21     /* certbot renews 30 days before the end */
#define BACKUP_LATE_MS (3 * HOUR_MS) /* the timer makes one every hour */
#define LAG_LONG_MS 5000
#define BEHIND_FAR 1000 /* facts */
#define STATIONS_NAMED 5

typedef struct {
  Journal *journal;
  const HubDoctorOptions *options;
  CheckupTally tally;
} Doctor;

static void say (Doctor *doctor, CheckupState state, const char *topic, const char *remedy,
                 const char *format, ...) G_GNUC_PRINTF (5, 6);
static void say (Doctor *doctor, CheckupState state, const char *topic, const char *remedy,
                 const char *format, ...)
{
  g_autofree char *line = NULL;
  va_list arguments;

  va_start (arguments, format);
  line = checkup_line_add (&doctor->tally, state, topic, remedy, format, arguments);
  va_end (arguments);
  g_print ("%s", line);
}

static void check_replica (Doctor *doctor)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (Programme) programme = programme_read (doctor->journal, &error);
  gint64 facts = error == NULL ? journal_last_number (doctor->journal, &error) : 0;

  if (error != NULL)
    say (doctor, CHECKUP_BAD, _ ("replica"), "accueil rebuild", "%s", error->message);
  else if (programme_is_empty (programme))
    say (doctor, CHECKUP_BAD, _ ("congress"), _ ("accueil event load FILE"),
         _ ("no event file is loaded"));
  else
    say (doctor, CHECKUP_GOOD, _ ("replica"), NULL, _ ("%s, facts: %lld; %s"), doctor->options->db,
         (long long) facts, programme->fr);
}

/* Certificate ------------------------------------------------------------------------ */

static void say_end (Doctor *doctor, const char *topic, const CertificateSight *sight,
                     const char *renew)
{
  gint64 now_ms = journal_now_ms (doctor->journal);
  long long days = (long long) ((sight->until_ms - now_ms) / DAY_MS);
  g_autoptr (GDateTime) until = g_date_time_new_from_unix_utc (sight->until_ms / 1000);
  g_autofree char *date = g_date_time_format (until, "%F");

  if (sight->until_ms <= now_ms)
    say (doctor, CHECKUP_BAD, topic, renew, _ ("ended on %s; browsers refuse it"), date);
  else if (sight->from_ms > now_ms)
    say (doctor, CHECKUP_BAD, topic, _ ("Set this machine's clock (timedatectl)."),
         _ ("not valid yet: this machine's clock is behind, or the certificate is of later"));
  else if (days < CERTIFICATE_SOON_DAYS)
    say (doctor, CHECKUP_CAUTION, topic, renew, _ ("ends on %s, in %lld days"), date, days);
  else
    say (doctor, CHECKUP_GOOD, topic, NULL, _ ("for %s, until %s"), sight->names, date);
}

static void check_given (Doctor *doctor)
{
  const HubDoctorOptions *options = doctor->options;
  const char *topic = _ ("pages' certificate");
  g_autofree char *certificate = NULL, *key = NULL;
  g_autoptr (GError) error = NULL;
  g_auto (CertificateSight) sight = { 0 };

  if (!g_file_get_contents (options->certificate, &certificate, NULL, &error)
      || !g_file_get_contents (options->key, &key, NULL, &error)) {
    say (doctor, CHECKUP_BAD, topic,
         _ ("Both files must be there and readable by the hub's user; a deploy hook of certbot "
            "copies them."),
         "%s", error->message);
    return;
  }
  if (!certificate_look (certificate, key, &sight, &error)) {
    say (doctor, CHECKUP_BAD, topic,
         _ ("Give the chain and the key that belong together: fullchain.pem and privkey.pem."),
         "%s", error->message);
    return;
  }
  say_end (doctor, topic, &sight,
           _ ("certbot renew; the running hub takes the new files by itself"));
  if (sight.self_signed)
    say (doctor, CHECKUP_CAUTION, topic,
         _ ("Take one of an authority that browsers know, or of the venue's."),
         _ ("it is signed by itself: browsers warn"));
}

static void check_certificates (Doctor *doctor)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (Certificate) own = hub_certificate_ensure (doctor->journal, NULL, &error);
  g_auto (CertificateSight) sight = { 0 };

  if (own == NULL || !certificate_look (own->certificate_pem, own->key_pem, &sight, &error))
    say (doctor, CHECKUP_BAD, _ ("hub's certificate"), _ ("Start the hub once: it makes another."),
         "%s", error->message);
  else
    say_end (doctor, _ ("hub's certificate"), &sight, _ ("Start the hub again with --name HOST."));
  if (doctor->options->certificate != NULL && doctor->options->key != NULL)
    check_given (doctor);
  else
    say (doctor, CHECKUP_CAUTION, _ ("pages' certificate"),
         _ ("certbot certonly --standalone -d NAME, then --web-certificate fullchain.pem "
            "--web-key privkey.pem; or a proxy before --web unix:PATH"),
         _ ("none is given: browsers warn of the hub's own"));
}

/* Stations --------------------------------------------------------------------------- */

static void check_stations (Doctor *doctor)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (AsOf) as_of = as_of_read (doctor->journal, &error);
  g_autoptr (GString) silent = g_string_new (NULL);
  guint heard, all = as_of != NULL ? as_of_count (as_of, 0, &heard, NULL) : 0, named = 0;

  if (as_of == NULL) {
    say (doctor, CHECKUP_BAD, _ ("stations"), NULL, "%s", error->message);
    return;
  }
  for (guint i = 0; i < as_of->stations->len; i++) {
    const AsOfStation *station = as_of->stations->pdata[i];

    if (station->silent && named++ < STATIONS_NAMED)
      g_string_append_printf (silent, "%s%s (%lld min)", named > 1 ? ", " : "", station->name,
                              (long long) ((as_of->at_ms - station->last_ms) / 60000));
  }
  if (all == 0)
    say (doctor, CHECKUP_CAUTION, _ ("stations"), "accueil-hub invite STATION",
         _ ("none is enrolled"));
  else if (named == 0)
    say (doctor, CHECKUP_GOOD, _ ("stations"), NULL, _ ("%u of %u heard within a minute"), heard,
         all);
  else
    say (doctor, heard == 0 ? CHECKUP_BAD : CHECKUP_CAUTION, _ ("stations"),
         heard == 0 ? _ ("Is the hub running, and reachable under its address? “accueil doctor” "
                         "at a station tells what it sees.")
                    : _ ("Look at their network and power; they go on by themselves, and upload "
                         "later. “accueil doctor” there tells more."),
         _ ("%u of %u heard; silent: %s%s"), heard, all, silent->str,
         named > STATIONS_NAMED ? " …" : "");
}

/* With how many open files the hub was started last: with too few some stations find no
 * room. */
static void check_clock (Doctor *doctor)
{
  HubClock clock;
  g_autoptr (GError) error = NULL;

  if (!hub_clock_noted (doctor->journal, &clock, &error))
    say (doctor, CHECKUP_BAD, _ ("clock"), NULL, "%s", error->message);
  else if (clock.offset_ms != 0)
    say (doctor, CHECKUP_CAUTION, _ ("clock"), _ ("Set this machine's clock (timedatectl)."),
         clock.offset_ms > 0
             ? _ ("behind by %lld s, if %u of %u stations are right; all follow it meanwhile")
             : _ ("ahead by %lld s, if %u of %u stations are right; all follow it meanwhile"),
         (long long) (ABS (clock.offset_ms) / 1000), clock.apart, clock.stations);
}

static void check_files (Doctor *doctor)
{
  g_autofree char *text = journal_local (doctor->journal, SERVICE_LOCAL_FILES, NULL);
  guint files = text != NULL ? (guint) g_ascii_strtoull (text, NULL, 10) : 0;

  if (text == NULL)
    return;
  say (doctor, files < SERVICE_FILES ? CHECKUP_CAUTION : CHECKUP_GOOD, _ ("connections"),
       files < SERVICE_FILES ? _ ("LimitNOFILE=8192 in the hub's unit (systemctl edit "
                                  "accueil-hub), or ulimit -n 8192 before it is started by hand.")
                             : NULL,
       _ ("room for some %u stations (open files: %u)"), SERVICE_CONNECTIONS_OF (files) / 3, files);
}

/* The rest --------------------------------------------------------------------------- */

static void check_disk (Doctor *doctor)
{
  g_autofree char *folder = g_path_get_dirname (doctor->options->db);
  guint64 free_mb;
  CheckupState state;

  if (!checkup_line_disk (folder, &state, &free_mb))
    return;
  say (doctor, state, _ ("disk"),
       state == CHECKUP_GOOD ? NULL
                             : _ ("Make room there: without it the hub takes nothing any more."),
       _ ("%llu MB free at %s"), (unsigned long long) free_mb, folder);
}

static guint64 size_mb (const char *path)
{
  struct stat status;

  return stat (path, &status) == 0 ? (guint64) status.st_size / 1000000 : 0;
}

/* NULL: there is enough of it. */
static char *want_of (const MachineSize *machine)
{
  guint64 least;

  switch (machine_size_want (machine, &least)) {
  case MACHINE_SIZE_MEMORY:
    return g_strdup_printf (_ ("A machine with %llu MB of memory, or that much given to this one."),
                            (unsigned long long) least);
  case MACHINE_SIZE_PROCESSORS:
    return g_strdup_printf (_ ("A machine with %llu processors, or that many given to this one."),
                            (unsigned long long) least);
  case MACHINE_SIZE_DISK:
    return g_strdup_printf (_ ("%llu MB of free disk: so much a day more and its copy take."),
                            (unsigned long long) least);
  case MACHINE_SIZE_ENOUGH:
    break;
  }
  return NULL;
}

static void check_machine (Doctor *doctor)
{
  g_autofree char *folder = g_path_get_dirname (doctor->options->db), *want = NULL;
  g_autoptr (GError) error = NULL;
  MachineSize machine
      = { .processors = g_get_num_processors (), .replica_mb = size_mb (doctor->options->db) };
  struct statvfs info;
  gint64 delegates;

  if (!query_number (doctor->journal, DELEGATES, &delegates, &error)) {
    say (doctor, CHECKUP_BAD, _ ("machine"), NULL, "%s", error->message);
    return;
  }
  machine.delegates = (guint64) delegates;
  machine.memory_mb
      = (guint64) sysconf (_SC_PHYS_PAGES) * (guint64) sysconf (_SC_PAGESIZE) / 1000000;
  machine.free_mb = statvfs (folder, &info) == 0 ? (guint64) info.f_bavail * info.f_frsize / 1000000
                                                 : G_MAXUINT64;
  want = want_of (&machine);
  say (doctor, want != NULL ? CHECKUP_CAUTION : CHECKUP_GOOD, _ ("machine"), want,
       _ ("delegates: %lld; processors: %u, memory: %llu MB"), (long long) delegates,
       machine.processors, (unsigned long long) machine.memory_mb);
}

static void check_proof (Doctor *doctor)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *text = journal_local (doctor->journal, SOUNDNESS_LOCAL_HELD, &error);
  gint64 age_ms
      = text != NULL ? journal_now_ms (doctor->journal) - g_ascii_strtoll (text, NULL, 10) : 0;
  const char *remedy = _ ("accueil verify, once a day; the hub may run meanwhile");

  if (error != NULL)
    say (doctor, CHECKUP_BAD, _ ("whole file"), NULL, "%s", error->message);
  else if (text == NULL)
    say (doctor, CHECKUP_CAUTION, _ ("whole file"), remedy,
         _ ("not proved yet, or not since that failed"));
  else
    say (doctor, age_ms > DAY_MS ? CHECKUP_CAUTION : CHECKUP_GOOD, _ ("whole file"),
         age_ms > DAY_MS ? remedy : NULL, _ ("proved %lld h ago"),
         (long long) (MAX (0, age_ms) / HOUR_MS));
}

/* The log that hubs share ------------------------------------------------------------- */

static void say_standbys (Doctor *doctor, const LogStandbys *standbys)
{
  const char *topic = _ ("standby");

  if (standbys->hidden)
    say (doctor, CHECKUP_CAUTION, topic, "GRANT pg_monitor TO accueil",
         _ ("%u; how they are may only be seen with pg_monitor"), standbys->all);
  else if (standbys->all == 0)
    say (doctor, CHECKUP_CAUTION, topic,
         _ ("Start the other server: until then one disk holds all. “pg_autoctl show state” at the "
            "monitor tells more."),
         _ ("none: the log is on one server alone"));
  else if (!standbys->wanted || standbys->synchronous == 0)
    say (doctor, CHECKUP_CAUTION, topic,
         _ ("It is on its way where it was just started; else set synchronous_standby_names."),
         _ ("%u, none in step: what is acknowledged may be on one server alone"), standbys->all);
  else
    say (doctor, standbys->lag_ms > LAG_LONG_MS ? CHECKUP_CAUTION : CHECKUP_GOOD, topic,
         standbys->lag_ms > LAG_LONG_MS ? _ ("Look at its disk, and at the network between.")
                                        : NULL,
         _ ("in step: %u of %u, behind by %lld ms"), standbys->synchronous, standbys->all,
         (long long) standbys->lag_ms);
}

static void check_log (Doctor *doctor)
{
  g_autofree char *address = NULL;
  g_autoptr (GError) error = NULL;
  LogStandbys standbys = { 0 };
  gint64 behind = 0;

  if (journal_read_local (doctor->journal, JOURNAL_LOCAL_LOG, &address, &error) && address == NULL)
    return;
  if (error != NULL || !journal_look_at_log (doctor->journal, &behind, &standbys, &error)) {
    say (doctor, CHECKUP_BAD, _ ("log"),
         _ ("Stations go on, and keep what they write. Look whether PostgreSQL runs: systemctl "
            "status 'accueil-log@*'"),
         "%s", error->message);
    return;
  }
  say (doctor, behind > BEHIND_FAR ? CHECKUP_CAUTION : CHECKUP_GOOD, _ ("log"),
       behind > BEHIND_FAR ? _ ("Is the hub running? It follows by itself.") : NULL,
       _ ("takes facts; this hub is %lld behind"), (long long) behind);
  say_standbys (doctor, &standbys);
}

/* Copies ------------------------------------------------------------------------------ */

static void check_backup (Doctor *doctor)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *text = journal_local (doctor->journal, PAGE_COPY_LOCAL_KEPT, &error);
  gint64 age_ms
      = text != NULL ? journal_now_ms (doctor->journal) - g_ascii_strtoll (text, NULL, 10) : 0;
  const char *remedy = _ ("systemctl enable --now accueil-backup.timer, or accueil-hub backup DIR");

  if (error != NULL)
    say (doctor, CHECKUP_BAD, _ ("backup"), NULL, "%s", error->message);
  else if (text == NULL)
    say (doctor, CHECKUP_CAUTION, _ ("backup"), remedy, _ ("none was ever made"));
  else
    say (doctor, age_ms > BACKUP_LATE_MS ? CHECKUP_CAUTION : CHECKUP_GOOD, _ ("backup"),
         age_ms > BACKUP_LATE_MS ? remedy : NULL, _ ("the last %lld min ago"),
         (long long) (MAX (0, age_ms) / 60000));
}

/* A hub that is an older copy of itself. */
static void check_copy (Doctor *doctor)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *settling = journal_local (doctor->journal, JOURNAL_LOCAL_SETTLING, &error),
                  *fork = journal_local (doctor->journal, SETTLING_LOCAL_FORK, NULL);

  if (error != NULL)
    say (doctor, CHECKUP_BAD, _ ("older copy"), NULL, "%s", error->message);
  else if (fork != NULL)
    say (doctor, CHECKUP_BAD, _ ("older copy"),
         _ ("Stop the hub, put its file and those beside it into another folder, and put the copy "
            "back anew: accueil-hub restore COPY. Stations give back what is missing; what was "
            "entered since is to be entered again."),
         _ ("this file was put back by hand and written to; stations hold another history of this "
            "hub, up to number %s"),
         fork);
  else if (settling != NULL)
    say (doctor, CHECKUP_CAUTION, _ ("older copy"),
         _ ("Start the hub, and see that all stations reach it; where one is lost for good: "
            "accueil-hub settle"),
         _ ("the hub writes nothing of its own until all stations have been heard"));
}

static void check_accounts (Doctor *doctor)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) accounts = account_all (doctor->journal, &error);
  guint administrators = 0;

  for (guint i = 0; accounts != NULL && i < accounts->len; i++)
    administrators += ((const Account *) accounts->pdata[i])->role == ACCOUNT_ADMINISTRATOR;
  if (accounts == NULL)
    say (doctor, CHECKUP_BAD, _ ("accounts"), NULL, "%s", error->message);
  else if (administrators == 0)
    say (doctor, CHECKUP_CAUTION, _ ("accounts"), "accueil-hub user add NAME --role administrator",
         _ ("%u, none of an administrator: nobody can add or revoke stations in the pages"),
         accounts->len);
  else
    say (doctor, CHECKUP_GOOD, _ ("accounts"), NULL, _ ("%u, administrators: %u"), accounts->len,
         administrators);
}

gboolean hub_doctor_run (Journal *journal, const HubDoctorOptions *options)
{
  Doctor doctor = { .journal = journal, .options = options };

  check_replica (&doctor);
  check_certificates (&doctor);
  check_log (&doctor);
  check_backup (&doctor);
  check_copy (&doctor);
  check_disk (&doctor);
  check_machine (&doctor);
  check_stations (&doctor);
  check_clock (&doctor);
  check_files (&doctor);
  check_proof (&doctor);
  check_accounts (&doctor);
  if (doctor.tally.faults > 0)
    g_print (words_plural ("%u thing will fail.\n", "%u things will fail.\n", doctor.tally.faults),
             doctor.tally.faults);
  else
    g_print ("%s\n", _ ("Nothing will fail."));
  return doctor.tally.faults == 0;
}

void hub_doctor_help (void)
{
  g_print (_ ("\n"
              "Before the doors open:\n"
              "       accueil-hub doctor [--web-certificate FILE --web-key FILE]   what is wrong "
              "with this hub, and what to do\n"));
}
