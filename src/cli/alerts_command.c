/* alerts_command.c: `accueil alerts`, `alerts close`: what a person should look at, at
 * the whole congress, newest first; with --watch each as it comes. */
#include "cli/desk_output.h"
#include "cli/stop_signal.h"
#include "core/words.h"
#include "desk/alert.h"

#include <stdio.h>

#define WATCH_MS 1000 /* how soon a signal ends the watch at the latest */

static int run_list (int argc, char **argv);
static int run_close (int argc, char **argv);

extern const Command command_alerts, command_alerts_close;
const Command command_alerts = {
  .name = "alerts",
  .usage = N_ ("[--all] [--watch] [--json] [--db FILE]"),
  .summary = N_ ("List what a person should look at: void badges shown, forged codes, protocol "
                 "guests, doubtful prints, conflicts"),
  .run = run_list,
};
const Command command_alerts_close = {
  .name = "alerts close",
  .usage = N_ ("ALERT --volunteer NAME --reason TEXT [--seen N] [--json] [--db FILE]"),
  .summary = N_ ("Close an alert; what happens again after that opens it again"),
  .run = run_close,
};

/* One alert -------------------------------------------------------------------------- */

static void put_json (JsonOut *out, const Alert *alert, GTimeZone *zone)
{
  Pair text = alert_wording (alert), remedy = alert_remedy (alert);
  g_autofree char *at = desk_output_time (zone, alert->at_ms, TRUE);
  json_out_begin_object (out, NULL);
  json_out_string (out, "id", alert->id);
  json_out_string (out, "kind", alert_kind_name (alert->kind));
  json_out_string (out, "at", at);
  json_out_int (out, "happened", alert->happened);
  json_out_bool (out, "closed", alert->closed);
  json_out_string (out, "reference", alert->reference);
  json_out_string (out, "name", alert->name);
  json_out_int (out, "serial", alert->serial);
  json_out_string (out, "issuer", alert->issuer);
  json_out_string (out, "checkpoint", alert->checkpoint);
  json_out_string_if (out, "other_checkpoint", alert->other);
  json_out_string (out, "station", alert->station);
  json_out_string (out, "job", alert->job);
  if (alert->reception != NULL)
    json_out_string_if (out, "host", alert->reception->known);
  json_out_string (out, "fr", text.first);
  json_out_string (out, "zh", text.second);
  json_out_string (out, "remedy_fr", remedy.first);
  json_out_string (out, "remedy_zh", remedy.second);
  json_out_end_object (out);
}

static void print_json_line (const Alert *alert, GTimeZone *zone)
{
  JsonOut *out = json_out_new ();
  put_json (out, alert, zone);
  g_autofree char *text = json_out_finish (out);
  puts (text);
}

static void print_text (const Alert *alert, GTimeZone *zone)
{
  Pair text = alert_wording (alert), remedy = alert_remedy (alert);
  g_autofree char *at = desk_output_time (zone, alert->at_ms, FALSE);
  g_autoptr (GString) line = g_string_new (alert->closed ? "✓ " : "● ");
  g_string_append_printf (line, "%s  %s · %s", at, text.first, text.second);
  if (*alert->checkpoint_fr)
    g_string_append_printf (line, "  %s · %s", alert->checkpoint_fr, alert->checkpoint_zh);
  if (*alert->station)
    g_string_append_printf (line, "  [%s]", alert->station);
  if (*alert->reference)
    g_string_append_printf (line, "  %s%s%s", alert->reference, *alert->name ? " " : "",
                            alert->name);
  if (alert->serial > 0)
    g_string_append_printf (line, "  badge %u", alert->serial);
  if (alert->happened > 1)
    g_string_append_printf (line, "  × %u", alert->happened);
  g_auto (OwnedPair) host = alert_host (alert);
  if (*host.first != '\0')
    g_string_append_printf (line, "  %s · %s", host.first, host.second);
  puts (desk_output_clean (line->str));
  printf ("    → %s %s\n    %s\n", remedy.first, remedy.second, alert->id);
}

/* Listing ---------------------------------------------------------------------------- */

static void print_all (const GPtrArray *alerts, gboolean json, GTimeZone *zone)
{
  if (!json) {
    for (guint i = 0; i < alerts->len; i++)
      print_text (alerts->pdata[i], zone);
    if (alerts->len == 0)
      g_printerr ("%s\n", _ ("No alert is open."));
    return;
  }
  JsonOut *out = json_out_new ();
  json_out_begin_array (out, NULL);
  for (guint i = 0; i < alerts->len; i++)
    put_json (out, alerts->pdata[i], zone);
  json_out_end_array (out);
  g_autofree char *text = json_out_finish (out);
  puts (text);
}

/* Those of @alerts that are not in @shown, or have happened again; @shown then holds just
 * what is open. */
static void print_new (const GPtrArray *alerts, GHashTable *shown, gboolean json, GTimeZone *zone)
{
  g_autoptr (GHashTable) before = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  GHashTableIter iter;
  gpointer id, happened;
  g_hash_table_iter_init (&iter, shown);
  while (g_hash_table_iter_next (&iter, &id, &happened)) {
    g_hash_table_iter_steal (&iter);
    g_hash_table_insert (before, id, happened);
  }
  for (guint i = 0; i < alerts->len; i++) {
    const Alert *alert = alerts->pdata[i];
    if (alert->happened != GPOINTER_TO_UINT (g_hash_table_lookup (before, alert->id)))
      (json ? print_json_line : print_text) (alert, zone);
    g_hash_table_insert (shown, g_strdup (alert->id), GUINT_TO_POINTER (alert->happened));
  }
  fflush (stdout);
}

static gboolean watch (Journal *journal, gboolean json, GTimeZone *zone, GError **error)
{
  g_autoptr (GHashTable) shown = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  gint64 seen = journal_data_version (journal);
  gint *stopped = stop_signal_catch ();
  while (!g_atomic_int_get (stopped)) {
    g_autoptr (GPtrArray) alerts = alert_list (journal, FALSE, error);
    if (alerts == NULL)
      return FALSE;
    print_new (alerts, shown, json, zone);
    if (ferror (stdout))
      return TRUE;
    while (!journal_wait (journal, &seen, WATCH_MS, stopped) && !g_atomic_int_get (stopped))
      continue;
  }
  return TRUE;
}

static int run_list (int argc, char **argv)
{
  gboolean all = FALSE, watching = FALSE, json = FALSE;
  GOptionEntry entries[] = {
    { "all", 'a', 0, G_OPTION_ARG_NONE, &all, N_ ("Also those that were closed"), NULL },
    { "watch", 'w', 0, G_OPTION_ARG_NONE, &watching, N_ ("Go on, and show each as it comes"),
      NULL },
    { "json", 0, 0, G_OPTION_ARG_NONE, &json,
      N_ ("As a JSON array; with --watch one object a line"), NULL },
    { 0 },
  };
  int status = 0;
  if (!command_parse (&command_alerts, entries, &argc, &argv, &status))
    return status;
  if (argc > 1)
    return command_usage (&command_alerts, _ ("“%s” is not expected here"), argv[1]);
  if (all && watching)
    return command_usage (&command_alerts, _ ("either --all or --watch"));
  g_autoptr (Journal) journal = command_open ();
  if (journal == NULL)
    return EXIT_REFUSED;
  GError *error = NULL;
  g_autoptr (GTimeZone) zone = desk_output_zone (journal);
  if (watching)
    return watch (journal, json, zone, &error) ? 0 : command_fail (&command_alerts, error);
  g_autoptr (GPtrArray) alerts = alert_list (journal, all, &error);
  if (alerts == NULL)
    return command_fail (&command_alerts, error);
  print_all (alerts, json, zone);
  return 0;
}

static int run_close (int argc, char **argv)
{
  g_autofree char *volunteer = NULL, *reason = NULL;
  gboolean json = FALSE;
  gint seen = 0;
  GOptionEntry entries[] = {
    { "volunteer", 'v', 0, G_OPTION_ARG_STRING, &volunteer, N_ ("Who closes it"), N_ ("NAME") },
    { "reason", 'r', 0, G_OPTION_ARG_STRING, &reason, N_ ("What was done about it"), N_ ("TEXT") },
    { "seen", 0, 0, G_OPTION_ARG_INT, &seen,
      N_ ("How often it had happened when you looked (default: as often as is known here)"),
      N_ ("N") },
    { "json", 0, 0, G_OPTION_ARG_NONE, &json, N_ ("As JSON, for machines"), NULL },
    { 0 },
  };
  int status = 0;
  if (!command_parse (&command_alerts_close, entries, &argc, &argv, &status))
    return status;
  if (argc != 2)
    return command_usage (&command_alerts_close, "%s",
                          argc < 2 ? _ ("which ALERT? “accueil alerts” lists them")
                                   : _ ("one ALERT at a time"));
  if (volunteer == NULL || reason == NULL)
    return command_usage (&command_alerts_close,
                          _ ("who closes it, and why? Write --volunteer NAME --reason TEXT"));
  if (seen < 0)
    return command_usage (&command_alerts_close, _ ("--seen is a number"));
  g_autoptr (Journal) journal = command_open ();
  if (journal == NULL)
    return EXIT_REFUSED;
  GError *error = NULL;
  DeskResult result;
  gboolean done = alert_close (journal, argv[1], (guint) seen, volunteer, reason, &result, &error);
  return desk_output_report (&command_alerts_close, done, &result, "", json, error);
}
