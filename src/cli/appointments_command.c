/* appointments_command.c: `accueil appointments`, `… import`, `… met`: meetings,
 * signatures, airport, shuttle places, motorcades, working groups: from lists, and who
 * is there. */
#include "cli/desk_output.h"

#include "badge/badge.h"
#include "congress/programme.h"
#include "core/installation.h"
#include "core/json.h"
#include "core/words.h"
#include "counts/appointments.h"
#include "counts/as_of.h"
#include "credential/issue.h"
#include "issuance/appointment_sheet.h"
#include "roster/appointment_list.h"
#include "roster/import_fault.h"

#include <stdio.h>
#include <string.h>

static int run (int argc, char **argv);
static int run_import (int argc, char **argv);
static int run_met (int argc, char **argv);

extern const Command command_appointments, command_appointments_import, command_appointments_met;
const Command command_appointments = {
  .name = "appointments",
  .usage = N_ ("[--kind KIND] [--day DAY] [--missing] [--json|--csv] [-o FILE.pdf] [--protocol] "
               "[--db FILE]"),
  .summary = N_ ("List meetings, signatures, airport, shuttle places, motorcades and working "
                 "groups: who is there, who is still to be met, which shuttle is too full"),
  .run = run,
};
const Command command_appointments_import = {
  .name = "appointments import",
  .usage = N_ ("FILE [--kind KIND] [--list NAME] [--dry-run] [--db FILE]"),
  .summary = N_ ("Read a list of meetings, signatures, arrivals, departures, shuttle places, "
                 "motorcades or working groups"),
  .run = run_import,
};
const Command command_appointments_met = {
  .name = "appointments met",
  .usage = N_ ("REFERENCE --volunteer NAME [--id ID] [--undo] [--db FILE]"),
  .summary = N_ ("Note that somebody was met at the airport, or is on board of the shuttle"),
  .run = run_met,
};

/* Import ----------------------------------------------------------------------------- */

static gboolean take_kind (const Command *command, const char *word, AppointmentKind *kind,
                           int *status)
{
  *kind = APPOINTMENT_KINDS;
  if (word == NULL || appointment_kind_from_name (word, kind))
    return TRUE;
  *status = command_usage (command,
                           _ ("“%s” is no kind; write meeting, signature, prize, arrival, "
                              "departure, shuttle, motorcade or group"),
                           word);
  return FALSE;
}

/* A line each on standard error. */
static void print_faults (const AppointmentList *list)
{
  for (guint i = 0; i < list->faults->len; i++) {
    const ImportFault *one = list->faults->pdata[i];
    g_autofree char *line = g_strdup_printf (_ ("%s: line %u: %s “%s” %s"), one->file, one->line,
                                             one->column, one->value, one->reason);
    g_printerr ("%s\n", desk_output_clean (line));
  }
}

static int apply (Journal *journal, const AppointmentList *list, gboolean dry, GError **error)
{
  print_faults (list);
  for (guint i = 0; i < list->remarks->len; i++) {
    g_autofree char *line = g_strdup_printf ("! %s", (const char *) list->remarks->pdata[i]);
    g_printerr ("%s\n", desk_output_clean (line));
  }
  if (list->faults->len > 0) {
    g_printerr ("%s\n", _ ("Nothing was written. Correct these rows and read the list again."));
    return EXIT_REFUSED;
  }
  if (!dry && !appointment_list_apply (journal, list, error))
    return EXIT_REFUSED;
  g_print (dry ? _ ("“%s”: %u new, %u changed, %u no longer in it; nothing was written.\n")
               : _ ("“%s”: %u new, %u changed, %u no longer in it.\n"),
           list->name, list->added, list->changes->len - list->added, list->gone->len);
  return 0;
}

static int run_import (int argc, char **argv)
{
  g_autofree char *word = NULL, *name = NULL;
  gboolean dry = FALSE;
  AppointmentKind kind;
  GError *error = NULL;
  int status = 0;
  GOptionEntry entries[] = {
    { "kind", 'k', 0, G_OPTION_ARG_STRING, &word,
      N_ ("Of all rows, where the list has no column for it"), N_ ("KIND") },
    { "list", 'l', 0, G_OPTION_ARG_STRING, &name,
      N_ ("Under which name it is known, and replaces what it said before; the file's"),
      N_ ("NAME") },
    { "dry-run", 'n', 0, G_OPTION_ARG_NONE, &dry, N_ ("Say what would change; write nothing"),
      NULL },
    { 0 },
  };
  if (!command_parse (&command_appointments_import, entries, &argc, &argv, &status)
      || !take_kind (&command_appointments_import, word, &kind, &status))
    return status;
  if (argc != 2)
    return command_usage (&command_appointments_import, "%s",
                          argc < 2 ? _ ("which list? Write the file's name")
                                   : _ ("one list at a time"));
  if (name != NULL && g_utf8_strlen (name, -1) > APPOINTMENT_TEXT_MAX)
    return command_usage (&command_appointments_import, "%s", _ ("the name is too long"));
  g_autoptr (Journal) journal = command_open ();
  if (journal == NULL)
    return EXIT_REFUSED;
  g_autoptr (Programme) programme = programme_read (journal, &error);
  g_autoptr (AppointmentList) list
      = programme != NULL ? appointment_list_read (journal, programme, argv[1], kind, name, &error)
                          : NULL;
  status = list != NULL ? apply (journal, list, dry, &error) : EXIT_REFUSED;
  return error != NULL ? command_fail (&command_appointments_import, error) : status;
}

/* Met -------------------------------------------------------------------------------- */

static int run_met (int argc, char **argv)
{
  g_autofree char *id = NULL, *volunteer = NULL;
  gboolean undo = FALSE;
  GError *error = NULL;
  int status = 0;
  GOptionEntry entries[] = {
    { "volunteer", 'v', 0, G_OPTION_ARG_STRING, &volunteer, N_ ("Who says so"), N_ ("NAME") },
    { "id", 'i', 0, G_OPTION_ARG_STRING, &id,
      N_ ("Of which arrival, departure or shuttle; else the next of hers"), N_ ("ID") },
    { "undo", 0, 0, G_OPTION_ARG_NONE, &undo, N_ ("Take it back"), NULL },
    { 0 },
  };
  if (!command_parse (&command_appointments_met, entries, &argc, &argv, &status))
    return status;
  if (argc != 2)
    return command_usage (&command_appointments_met, "%s",
                          argc < 2 ? _ ("who? Write her reference") : _ ("one person at a time"));
  if (volunteer == NULL)
    return command_usage (&command_appointments_met, "%s",
                          _ ("who does it? Write --volunteer NAME"));
  g_autoptr (Journal) journal = command_open ();
  if (journal == NULL)
    return EXIT_REFUSED;
  g_autofree char *who = issue_typed (volunteer, ISSUE_VOLUNTEER_MAX);
  if (!appointment_meet (journal, argv[1], id, undo, who, &error))
    return command_fail (&command_appointments_met, error);
  return 0;
}

/* Listing ---------------------------------------------------------------------------- */

typedef struct {
  char *kind, *day, *output;
  gboolean missing, json, csv, protocol;
} Listing;

static void listing_clear (Listing *listing)
{
  g_free (listing->kind);
  g_free (listing->day);
  g_free (listing->output);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Listing, listing_clear)

static void put_person (JsonOut *out, const AppointmentsPerson *person)
{
  json_out_begin_object (out, NULL);
  json_out_string (out, "reference", person->reference);
  json_out_string (out, "name", person->name);
  json_out_string (out, "organisation_fr", person->organisation_fr);
  json_out_string (out, "organisation_zh", person->organisation_zh);
  json_out_string (out, "hotel", person->hotel);
  json_out_string (out, "host", person->host);
  json_out_string (out, "seat", person->seat);
  json_out_string (out, "place", person->place);
  json_out_string (out, "state", appointments_state_name (person->state));
  json_out_end_object (out);
}

static void print_json (const GPtrArray *things)
{
  JsonOut *out = json_out_new ();
  json_out_begin_array (out, NULL);
  for (guint i = 0; i < things->len; i++) {
    const AppointmentsThing *thing = things->pdata[i];
    json_out_begin_object (out, NULL);
    json_out_string (out, "id", thing->id);
    json_out_string (out, "kind", appointment_kind_name (thing->kind));
    json_out_string (out, "date", thing->date);
    json_out_string (out, "from", thing->from);
    json_out_string (out, "to", thing->to);
    json_out_string (out, "place", thing->place);
    json_out_string (out, "line", thing->line);
    json_out_string (out, "fr", thing->fr);
    json_out_string (out, "zh", thing->zh);
    json_out_int (out, "places", thing->places);
    json_out_int (out, "people", thing->people->len);
    json_out_int (out, "there", thing->there);
    json_out_bool (out, "crowded", appointments_is_crowded (thing));
    json_out_begin_array (out, "who");
    for (guint j = 0; j < thing->people->len; j++)
      put_person (out, thing->people->pdata[j]);
    json_out_end_array (out);
    json_out_end_object (out);
  }
  json_out_end_array (out);
  g_autofree char *text = json_out_finish (out);
  puts (text);
}

static void print_csv (const GPtrArray *things)
{
  g_autoptr (GString) csv = g_string_new ("kind,id,date,from,to,line,place,reference,name,"
                                          "organisation_fr,organisation_zh,hotel,host,seat,state"
                                          "\r\n");
  for (guint i = 0; i < things->len; i++) {
    const AppointmentsThing *thing = things->pdata[i];
    for (guint j = 0; j < thing->people->len; j++) {
      const AppointmentsPerson *person = thing->people->pdata[j];
      const char *const fields[] = { appointment_kind_name (thing->kind),
                                     thing->id,
                                     thing->date,
                                     thing->from,
                                     thing->to,
                                     thing->line,
                                     person->place,
                                     person->reference,
                                     person->name,
                                     person->organisation_fr,
                                     person->organisation_zh,
                                     person->hotel,
                                     person->host,
                                     person->seat,
                                     appointments_state_name (person->state) };
      for (guint k = 0; k < G_N_ELEMENTS (fields); k++)
        command_csv_append (csv, fields[k], k + 1 == G_N_ELEMENTS (fields));
    }
  }
  fputs (csv->str, stdout);
}

static void print_thing (const AppointmentsThing *thing)
{
  g_autofree char *kind = words_line (appointment_kind_wording (thing->kind)),
                  *about = words_line ((Pair){ thing->fr, thing->zh }),
                  *places = thing->places > 0
                                ? g_strdup_printf ("%u/%u", thing->people->len, thing->places)
                                : g_strdup_printf ("%u", thing->people->len),
                  *line = g_strdup_printf ("%s %s  %s  %s  %s  %s  [%s%s]", thing->date,
                                           thing->from, kind, thing->line, about, thing->place,
                                           places, appointments_is_crowded (thing) ? " !" : "");
  puts (desk_output_clean (line));
  for (guint i = 0; i < thing->people->len; i++) {
    const AppointmentsPerson *person = thing->people->pdata[i];
    g_autofree char *state
        = words_line (appointments_state_wording (thing->kind, person->state)),
        *row = g_strdup_printf ("  %s %-10s %s%s%s%s%s — %s",
                                person->state >= APPOINTMENTS_HERE ? "✓" : "–",
                                *person->reference != '\0' ? person->reference : "···",
                                person->name, *person->host != '\0' ? " · " : "", person->host,
                                *person->seat != '\0' ? " · " : "", person->seat, state);
    puts (desk_output_clean (row));
  }
}

static int write_sheet (Journal *journal, const Listing *listing, const AppointmentsFilter *filter,
                        const GPtrArray *things, GError **error)
{
  g_autofree char *fonts = installation_asset ("fonts/fonts.conf");
  if (!badge_fonts_start (fonts, error))
    return EXIT_REFUSED;
  g_autoptr (GBytes) pdf = appointment_sheet_draw (journal, filter, things, error);
  return pdf != NULL && command_write (listing->output, pdf, 0600, error) ? 0 : EXIT_REFUSED;
}

static int answer (Journal *journal, const Listing *listing, const AppointmentsFilter *filter,
                   GError **error)
{
  g_autoptr (AsOf) as_of = as_of_read (journal, error);
  g_autofree char *today = as_of != NULL ? as_of_day (as_of) : NULL;
  g_autoptr (GPtrArray) things
      = today != NULL ? appointments_read (journal, filter, today, error) : NULL;
  if (things == NULL)
    return EXIT_REFUSED;
  if (listing->output != NULL)
    return write_sheet (journal, listing, filter, things, error);
  if (listing->json)
    print_json (things);
  else if (listing->csv)
    print_csv (things);
  else
    for (guint i = 0; i < things->len; i++)
      print_thing (things->pdata[i]);
  return listing->missing && things->len > 0 ? EXIT_REFUSED : 0;
}

static int run (int argc, char **argv)
{
  g_auto (Listing) listing = { 0 };
  AppointmentsFilter filter = { .kind = APPOINTMENT_KINDS };
  GError *error = NULL;
  int status = 0;
  GOptionEntry entries[] = {
    { "kind", 'k', 0, G_OPTION_ARG_STRING, &listing.kind, N_ ("Of one kind"), N_ ("KIND") },
    { "day", 'd', 0, G_OPTION_ARG_STRING, &listing.day, N_ ("Of one day"), N_ ("DAY") },
    { "missing", 'm', 0, G_OPTION_ARG_NONE, &listing.missing,
      N_ ("Only those of which somebody is missing, or that are too full; fails if there are any"),
      NULL },
    { "json", 0, 0, G_OPTION_ARG_NONE, &listing.json, N_ ("As JSON, for machines"), NULL },
    { "csv", 0, 0, G_OPTION_ARG_NONE, &listing.csv, N_ ("As CSV, for a spreadsheet"), NULL },
    { "output", 'o', 0, G_OPTION_ARG_FILENAME, &listing.output,
      N_ ("On paper, to be ticked: the PDF to write"), N_ ("FILE.pdf") },
    { "protocol", 0, 0, G_OPTION_ARG_NONE, &listing.protocol,
      N_ ("Name guests of the protocol too"), NULL },
    { 0 },
  };
  if (!command_parse (&command_appointments, entries, &argc, &argv, &status)
      || !take_kind (&command_appointments, listing.kind, &filter.kind, &status))
    return status;
  if (argc > 1)
    return command_usage (&command_appointments, _ ("“%s” is not expected here"), argv[1]);
  if (listing.json && listing.csv)
    return command_usage (&command_appointments, "%s", _ ("either --json or --csv"));
  g_autoptr (Journal) journal = command_open ();
  if (journal == NULL)
    return EXIT_REFUSED;
  g_autoptr (Programme) programme = programme_read (journal, &error);
  if (programme == NULL)
    return command_fail (&command_appointments, error);
  const Day *day = listing.day != NULL ? programme_day (programme, listing.day) : NULL;
  filter.date = day != NULL ? day->date : listing.day; /* people arrive on other days too */
  filter.waiting = listing.missing;
  filter.protocol = listing.protocol;
  status = answer (journal, &listing, &filter, &error);
  return error != NULL ? command_fail (&command_appointments, error) : status;
}
