#include "cli/checkup.h"

#include "badge/badge.h"
#include "cli/command.h"
#include "cli/printer_sample.h"
#include "core/encrypted_volume.h"
#include "core/installation.h"
#include "core/words.h"
#include "print/printer.h"
#include "print/job_history.h"
#include "station/reading.h"
#include "vocabulary/wording.h"

#include <string.h>
#include <sys/stat.h>

void checkup_say (Checkup *checkup, CheckupState state, const char *topic, const char *remedy,
                  const char *format, ...)
{
  g_autofree char *line = NULL;
  va_list arguments;

  va_start (arguments, format);
  line = checkup_line_add (&checkup->tally, state, topic, remedy, format, arguments);
  va_end (arguments);
  g_print ("%s", line);
}

/* Badge ------------------------------------------------------------------------------ */

void checkup_badge (Checkup *checkup)
{
  g_autofree char *fonts = installation_asset ("fonts/fonts.conf");
  g_autofree char *path = installation_asset ("badge/a6-portrait.svg");
  g_autoptr (BadgeTemplate) template_ = NULL;
  g_autoptr (GError) error = NULL;

  if (!badge_fonts_start (fonts, &error)) {
    checkup_say (checkup, CHECKUP_BAD, _ ("fonts"),
                 g_error_matches (error, BADGE_ERROR, BADGE_ERROR_FONT)
                     ? "apt-get install fonts-inter fonts-noto-cjk fonts-noto-core"
                     : NULL,
                 "%s", error->message);
    return;
  }
  checkup_say (checkup, CHECKUP_GOOD, _ ("fonts"), NULL, _ ("all that %s names are installed"),
               fonts);

  template_ = badge_template_load (path, &error);
  if (template_ == NULL)
    checkup_say (checkup, CHECKUP_BAD, _ ("template"),
                 _ ("Install accueil again, or name its assets in $ACCUEIL_ASSETS."), "%s",
                 error->message);
  else
    checkup_say (checkup, CHECKUP_GOOD, _ ("template"), NULL, _ ("%s, %.0f × %.0f mm"), path,
                 badge_width_mm (template_), badge_height_mm (template_));
}

/* Printers --------------------------------------------------------------------------- */

static void check_queue (Checkup *checkup, const char *queue)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (Printer) printer = printer_open (queue, &error);
  g_autoptr (PrinterStatus) status = printer != NULL ? printer_status (printer, &error) : NULL;
  g_autofree char *troubles = NULL, *remedy = NULL;
  TroubleSet grave;

  if (status == NULL) {
    checkup_say (checkup, CHECKUP_BAD, _ ("printer"), NULL, "%s", error->message);
    return;
  }
  grave = status->errors != 0     ? status->errors
          : status->warnings != 0 ? status->warnings
                                  : status->notes;
  troubles = printer_reason_join (status->errors | status->warnings | status->notes);
  if ((status->errors & PRINTER_REASON_BIT (PRINTER_REASON_REJECTING)) != 0)
    remedy = g_strdup_printf ("cupsaccept %s", queue);
  else if (status->errors == PRINTER_REASON_BIT (PRINTER_REASON_STOPPED)
           || status->errors == PRINTER_REASON_BIT (PRINTER_REASON_RESTING))
    remedy = g_strdup_printf ("cupsenable %s", queue);
  else if (grave != 0) {
    Pair wording = wording_trouble (printer_reason_first (grave));
    remedy = g_strdup_printf ("%s %s", wording.first, wording.second);
  }
  checkup_say (checkup,
               status->errors != 0 ? CHECKUP_BAD
               : grave != 0        ? CHECKUP_CAUTION
                                   : CHECKUP_GOOD,
               _ ("printer"), remedy, "%s: %s%s%s", queue,
               status->errors != 0 ? _ ("cannot print") : _ ("ready"), grave != 0 ? ", " : "",
               troubles);
}

/* A queue of the pool must be there, and have paper for the station's badges. */
static void check_pool (Checkup *checkup)
{
  PrinterSampleOptions options = { 0 };
  g_autoptr (GError) error = NULL;
  g_autoptr (PrinterSample) sample = printer_sample_open (&options, &error);

  if (sample == NULL) {
    checkup_say (checkup, CHECKUP_BAD, _ ("settings"), NULL, "%s", error->message);
    return;
  }
  for (guint i = 0; sample->settings->printers[i] != NULL; i++) {
    g_autoptr (GError) cannot = NULL;
    g_autoptr (Printer) printer = printer_open (sample->settings->printers[i], &cannot);
    g_autoptr (PrintFormat) format
        = printer != NULL ? printer_format (printer, badge_width_mm (sample->template_),
                                            badge_height_mm (sample->template_), &cannot)
                          : NULL;
    if (format == NULL)
      checkup_say (checkup, CHECKUP_BAD, _ ("printer"), NULL, "%s", cannot->message);
  }
}

/* The agent has CUPS forget each badge that is out. What is left is of one that was
 * killed, or of a CUPS that does not let it. */
static void check_traces (Checkup *checkup)
{
  g_autoptr (GError) error = NULL;
  guint jobs, documents;

  if (!job_history_count ("accueil-", &jobs, &documents, &error))
    checkup_say (checkup, CHECKUP_CAUTION, _ ("traces"), NULL, "%s", error->message);
  else if (documents > 0)
    checkup_say (checkup, CHECKUP_BAD, _ ("traces"),
                 _ ("cancel -a -x removes them; “PreserveJobFiles No” in /etc/cups/cupsd.conf "
                    "keeps CUPS from holding any"),
                 _ ("CUPS holds the documents of %u badges that are done, with names"), documents);
  else if (jobs > 0)
    checkup_say (checkup, CHECKUP_CAUTION, _ ("traces"),
                 _ ("cancel -a -x removes them; “PreserveJobHistory No” in /etc/cups/cupsd.conf "
                    "keeps CUPS from holding any"),
                 _ ("CUPS knows %u badges that are done, without names"), jobs);
  else
    checkup_say (checkup, CHECKUP_GOOD, _ ("traces"), NULL,
                 _ ("CUPS holds nothing of badges that are done"));
}

void checkup_printers (Checkup *checkup)
{
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) queues = printer_queues (&error);

  if (queues == NULL) {
    checkup_say (checkup, CHECKUP_CAUTION, _ ("printer"),
                 _ ("If badges are printed here: systemctl start cups"), "%s", error->message);
    return;
  }
  if (queues[0] == NULL)
    checkup_say (checkup, CHECKUP_CAUTION, _ ("printer"),
                 _ ("If badges are printed here, add one: lpadmin -p NAME -E -v "
                    "ipp://PRINTER/ipp/print -m everywhere"),
                 _ ("CUPS answers, but has no queue"));
  for (guint i = 0; queues[i] != NULL; i++)
    check_queue (checkup, queues[i]);
  check_pool (checkup);
  if (queues[0] != NULL)
    check_traces (checkup);
}

/* Readers ---------------------------------------------------------------------------- */

void checkup_readers (Checkup *checkup)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (Settings) settings = settings_read (NULL, &error);
  g_autoptr (GPtrArray) looks = settings != NULL ? reading_look (settings) : NULL;

  if (settings == NULL)
    checkup_say (checkup, CHECKUP_BAD, _ ("settings"), NULL, "%s", error->message);
  else if (looks->len == 0)
    checkup_say (checkup, CHECKUP_GOOD, _ ("reader"), NULL,
                 _ ("none in the settings: “accueil scan” reads lines of standard input"));
  for (guint i = 0; looks != NULL && i < looks->len; i++) {
    const ReadingLook *look = g_ptr_array_index (looks, i);
    gboolean works = look->state == READER_READY || look->state == READER_STARTING;
    checkup_say (checkup, works ? CHECKUP_GOOD : CHECKUP_BAD, _ ("reader"),
                 works ? NULL : "accueil scanner", "%s (%s): %s%s%s", look->name, look->kind,
                 reader_state_name (look->state), look->detail[0] != '\0' ? ", " : "",
                 look->detail);
  }
}

/* Files ------------------------------------------------------------------------------ */

/* Where it is not known (an overlay, a share), nothing is said. */
void checkup_volume (Checkup *checkup, const char *db)
{
  switch (encrypted_volume_of_file (db)) {
  case ENCRYPTED_VOLUME_YES:
    checkup_say (checkup, CHECKUP_GOOD, _ ("volume"), NULL,
                 _ ("encrypted: a disk that is taken while it is off tells nothing"));
    return;
  case ENCRYPTED_VOLUME_NO:
    checkup_say (checkup, CHECKUP_CAUTION, _ ("volume"),
                 _ ("Before the day, put the replica's folder on an encrypted volume: cryptsetup, "
                    "opened at start by a leader's passphrase or the machine's TPM with a PIN."),
                 _ ("not encrypted: whoever takes this disk reads names"));
    return;
  case ENCRYPTED_VOLUME_UNKNOWN:
  default:
    return;
  }
}

void checkup_disk (Checkup *checkup, const char *db)
{
  g_autofree char *folder = g_path_get_dirname (db);
  guint64 free_mb;
  CheckupState state;

  if (!checkup_line_disk (folder, &state, &free_mb))
    return;
  checkup_say (checkup, state, _ ("disk"),
               state == CHECKUP_GOOD
                   ? NULL
                   : _ ("Make room there; without it nothing can be decided or printed."),
               _ ("%llu MB free at %s"), (unsigned long long) free_mb, folder);
}

void checkup_modes (Checkup *checkup, const char *db)
{
  static const char *const ENDINGS[] = { "", "-wal", "-shm" };
  const mode_t right = (mode_t) journal_file_mode (db);
  g_autoptr (GString) open = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (ENDINGS); i++) {
    g_autofree char *path = g_strconcat (db, ENDINGS[i], NULL);
    struct stat info;
    if (stat (path, &info) == 0 && (info.st_mode & (S_IRWXG | S_IRWXO) & ~right) != 0)
      g_string_append_printf (open, " %s", path);
  }
  if (open->len > 0) {
    g_autofree char *remedy = g_strdup_printf ("chmod %03o%s", (guint) right, open->str);
    checkup_say (
        checkup, CHECKUP_BAD, _ ("file modes"), remedy,
        _ ("other users of this machine can open the replica, which holds keys and personal data"));
  } else
    checkup_say (checkup, CHECKUP_GOOD, _ ("file modes"), NULL,
                 (right & S_IRWXG) != 0 ? _ ("the replica is this machine's services' alone")
                                        : _ ("the replica is its owner's alone"));
}
