/* admit_command.c: `accueil admit`: a volunteer lets a person pass whose code cannot be
 * read; the same rights and the same facts as a scan, with her name and reason. */
#include "cli/desk_output.h"
#include "core/words.h"
#include "desk/volunteer.h"
#include "station/gate.h"

#include <stdio.h>

static int run (int argc, char **argv);

extern const Command command_admit;
const Command command_admit = {
  .name = "admit",
  .usage = N_ ("REFERENCE --checkpoint ID --volunteer NAME --reason TEXT [--exit] [--override] "
               "[--json] [--db FILE]"),
  .summary = N_ ("Let a delegate pass without a code, as far as her rights go; exit 0 if she is "
                 "admitted, 1 if not"),
  .run = run,
};

static Pair sentence (const Gate *gate, const GateResult *result)
{
  if (result->verdict == VERDICT_ADMITTED)
    return wording_admitted (gate_checkpoint (gate)->kind, result->direction);
  return wording_told (result->verdict, result->detail);
}

static void print_json (const Gate *gate, const GateResult *result, const char *reference)
{
  Pair said = sentence (gate, result), remedy = wording_remedy (result->verdict, result->detail);
  JsonOut *out = json_out_new ();
  json_out_begin_object (out, NULL);
  json_out_string (out, "verdict", verdict_name (result->verdict));
  json_out_string (out, "detail", result->detail);
  json_out_string (out, "direction", direction_name (result->direction));
  json_out_string (out, "reference", reference);
  json_out_int (out, "badge_serial", result->badge_serial);
  json_out_string (out, "fr", said.first);
  json_out_string (out, "zh", said.second);
  json_out_string (out, "remedy_fr", remedy.first);
  json_out_string (out, "remedy_zh", remedy.second);
  json_out_end_object (out);
  g_autofree char *text = json_out_finish (out);
  puts (text);
}

static void print_line (const Gate *gate, const GateResult *result, const char *reference)
{
  Pair said = sentence (gate, result), remedy = wording_remedy (result->verdict, result->detail);
  gboolean named = result->delegate != NULL && !result->delegate->protocol;
  g_autofree char *name = named ? delegate_display_name (result->delegate) : g_strdup ("");
  g_autoptr (GString) line = g_string_new (result->verdict == VERDICT_ADMITTED ? "✓ " : "✗ ");
  g_string_append_printf (line, "%s  %s · %s%s%s  %s", verdict_name (result->verdict), said.first,
                          said.second, *name ? "  " : "", name, reference);
  if (result->badge_serial > 0)
    g_string_append_printf (line, "  badge %u", result->badge_serial);
  if (*remedy.first)
    g_string_append_printf (line, "  → %s %s", remedy.first, remedy.second);
  puts (desk_output_clean (line->str));
}

/* TRUE if @who may set a refusal aside; else the status to leave with is set. */
static gboolean may_override (Journal *journal, const char *who, int *status)
{
  GError *error = NULL;
  DeskResult result = { .verdict = DESK_NO_RIGHT };
  guint rights = 0;

  if (!volunteer_rights (journal, who, &rights, &error))
    *status = command_fail (&command_admit, error);
  else if ((rights & VOLUNTEER_OVERRIDE) == 0)
    *status = desk_output_report (&command_admit, TRUE, &result, "", FALSE, NULL);
  else
    return TRUE;
  return FALSE;
}

static int run (int argc, char **argv)
{
  g_autofree char *checkpoint = NULL, *volunteer = NULL, *reason = NULL;
  gboolean is_exit = FALSE, json = FALSE, override = FALSE;
  int status = 0;
  GOptionEntry entries[] = {
    { "checkpoint", 'c', 0, G_OPTION_ARG_STRING, &checkpoint,
      N_ ("The checkpoint of the event file"), N_ ("ID") },
    { "volunteer", 'v', 0, G_OPTION_ARG_STRING, &volunteer, N_ ("Who lets the person pass"),
      N_ ("NAME") },
    { "reason", 'r', 0, G_OPTION_ARG_STRING, &reason, N_ ("Why there is no code"), N_ ("TEXT") },
    { "exit", 0, 0, G_OPTION_ARG_NONE, &is_exit, N_ ("On the way out"), NULL },
    { "override", 0, 0, G_OPTION_ARG_NONE, &override,
      N_ ("Also against a refusal of the programme: NAME needs that right"), NULL },
    { "json", 0, 0, G_OPTION_ARG_NONE, &json, N_ ("As JSON, for machines"), NULL },
    { 0 },
  };
  if (!command_parse (&command_admit, entries, &argc, &argv, &status))
    return status;
  if (argc != 2)
    return command_usage (&command_admit, "%s",
                          argc < 2 ? _ ("the REFERENCE is missing")
                                   : _ ("one REFERENCE at a time"));
  if (checkpoint == NULL)
    return command_usage (&command_admit, _ ("which checkpoint? Name it with --checkpoint"));
  g_autofree char *who = issue_typed (volunteer, ISSUE_VOLUNTEER_MAX),
                  *why = issue_typed (reason, ISSUE_TEXT_MAX);
  if (!*who || !*why)
    return command_usage (
        &command_admit,
        _ ("who lets the person pass, and why? Write --volunteer NAME --reason TEXT"));

  g_autoptr (Journal) journal = command_open ();
  if (journal == NULL)
    return EXIT_REFUSED;
  if (override && !may_override (journal, who, &status))
    return status;
  GError *error = NULL;
  g_auto (GateResult) result = { 0 };
  g_autoptr (Gate) gate = gate_open (journal, checkpoint, &error);
  if (gate != NULL && is_exit)
    gate_set_exit (gate);
  if (gate == NULL
      || !(override ? gate_override : gate_admit) (gate, argv[1], who, why, &result, &error))
    return command_fail (&command_admit, error);
  (json ? print_json : print_line) (gate, &result, argv[1]);
  return result.verdict == VERDICT_ADMITTED ? 0 : EXIT_REFUSED;
}
