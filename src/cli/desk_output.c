#include "cli/desk_output.h"

#include "congress/programme.h"
#include "core/words.h"

#include <stdio.h>

char *desk_output_clean (char *text)
{
  for (char *p = text; *p; p++)
    if (g_ascii_iscntrl (*p))
      *p = ' ';
  return text;
}

static void print_json (const DeskResult *result, const char *reference)
{
  Pair said = desk_verdict_wording (result->verdict);
  JsonOut *out = json_out_new ();
  json_out_begin_object (out, NULL);
  json_out_bool (out, "done", desk_verdict_is_success (result->verdict));
  json_out_string (out, "verdict", desk_verdict_name (result->verdict));
  json_out_string (out, "reference", *result->reference ? result->reference : reference);
  json_out_int (out, "serial", result->serial);
  json_out_string (out, "field", result->field != NULL ? result->field : "");
  if (result->character != 0) {
    g_autofree char *code = g_strdup_printf ("U+%04X", result->character);
    json_out_string (out, "character", code);
    json_out_string (out, "offer", result->offer);
  }
  json_out_string (out, "fr", said.first);
  json_out_string (out, "zh", said.second);
  json_out_end_object (out);
  g_autofree char *text = json_out_finish (out);
  puts (text);
}

static void print_line (const DeskResult *result, const char *reference)
{
  Pair said = desk_verdict_wording (result->verdict);
  const char *about = *result->reference ? result->reference : reference;
  gboolean done = desk_verdict_is_success (result->verdict);
  g_autoptr (GString) line = g_string_new (done ? "✓ " : "✗ ");
  g_string_append_printf (line, "%s %s", said.first, said.second);
  if (*about)
    g_string_append_printf (line, "  %s", about);
  if (result->serial > 0)
    g_string_append_printf (line, "  badge %u", result->serial);
  if (result->field != NULL)
    g_string_append_printf (line, "  (%s)", result->field);
  if (result->character != 0) {
    g_string_append (line, "  “");
    g_string_append_unichar (line, result->character);
    g_string_append_printf (line, "” U+%04X", result->character);
    if (*result->offer != '\0')
      g_string_append_printf (line, _ ("; a badge can show “%s”"), result->offer);
  }
  puts (desk_output_clean (line->str));
}

int desk_output_report (const Command *command, gboolean done, const DeskResult *result,
                        const char *reference, gboolean json, GError *error)
{
  if (!done)
    return command_fail (command, error);
  (json ? print_json : print_line) (result, reference);
  return desk_verdict_is_success (result->verdict) ? 0 : EXIT_REFUSED;
}

GTimeZone *desk_output_zone (Journal *journal)
{
  g_autoptr (Programme) programme = programme_read (journal, NULL);
  GTimeZone *zone = programme != NULL && *programme->timezone
                        ? g_time_zone_new_identifier (programme->timezone)
                        : NULL;
  return zone != NULL ? zone : g_time_zone_new_local ();
}

char *desk_output_time (GTimeZone *zone, gint64 ms, gboolean machine)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (ms / 1000);
  g_autoptr (GDateTime) local = utc != NULL ? g_date_time_to_timezone (utc, zone) : NULL;
  return local != NULL
             ? g_date_time_format (local, machine ? "%Y-%m-%dT%H:%M:%S%:z" : "%Y-%m-%d %H:%M")
             : g_strdup ("");
}
