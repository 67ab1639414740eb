#include "station/state_report.h"

#include "core/installation.h"
#include "core/json.h"
#include "journal/decision_times.h"
#include "journal/query.h"
#include "spool/printer_state.h"
#include "sync/client_terms.h"

#include <string.h>

/* Every scan wakes who asks. */
#define LOOK_EVERY_US G_USEC_PER_SEC

static const char *const STATES[] = { "unknown", "ready", "printing", "trouble" };

void state_report_clear (StateReport *report)
{
  g_clear_pointer (&report->told, g_free);
}

static gint64 local_number (Journal *journal, const char *name)
{
  g_autofree char *text = journal_local (journal, name, NULL);

  return text != NULL ? g_ascii_strtoll (text, NULL, 10) : 0;
}

/* An array; of an agent that has ended nothing is known but the names. */
static char *printers_json (Journal *journal, GError **error)
{
  g_autoptr (GPtrArray) list = printer_state_read (journal, error);
  JsonOut *out;

  if (list == NULL)
    return NULL;
  out = json_out_new ();
  json_out_begin_array (out, NULL);
  for (guint i = 0; i < list->len; i++) {
    const PrinterState *printer = list->pdata[i];
    gboolean stale = printer_state_is_stale (printer, journal_now_ms (journal)),
             rests = printer->rests[0] != '\0' && printer->state != PRINTER_STATE_TROUBLE;

    json_out_begin_object (out, NULL);
    json_out_string (out, "queue", printer->queue);
    json_out_string (out, "state",
                     STATES[stale   ? PRINTER_STATE_UNKNOWN
                            : rests ? PRINTER_STATE_TROUBLE
                                    : printer->state]);
    json_out_string (out, "troubles", stale ? "" : rests ? "resting" : printer->troubles);
    json_out_string (out, "notes", stale ? "" : printer->notes);
    json_out_end_object (out);
  }
  json_out_end_array (out);
  return json_out_finish (out);
}

char *state_report_due (StateReport *report, Journal *journal, GError **error)
{
  gint64 now_us = g_get_monotonic_time (), seq;
  g_autofree char *printers = NULL, *times = NULL;
  Hash chain;
  JsonOut *out;

  if (report->looked_us != 0 && now_us - report->looked_us < LOOK_EVERY_US)
    return NULL;
  report->looked_us = now_us;
  printers = printers_json (journal, error);
  if (printers == NULL || !journal_head (journal, journal_station (journal), &seq, &chain, error))
    return NULL;
  if (g_strcmp0 (printers, report->told) == 0
      && now_us - report->at_us < STATE_REPORT_EVERY_MS * G_TIME_SPAN_MILLISECOND)
    return NULL;
  if (!journal_read_local (journal, DECISION_TIMES_LOCAL, &times, error))
    return NULL;
  g_free (report->told);
  report->told = g_strdup (printers);
  out = json_out_new ();
  json_out_begin_object (out, NULL);
  json_out_string (out, "version", installation_version ());
  json_out_int (out, "clock_ms", journal_machine_ms (journal));
  json_out_int (out, "waiting", MAX (seq - local_number (journal, JOURNAL_LOCAL_HUB_SENT), 0));
  json_out_raw (out, "printers", printers);
  if (times != NULL)
    json_out_raw (out, "decisions", times);
  json_out_end_object (out);
  return json_out_finish (out);
}

void state_report_sent (StateReport *report)
{
  report->at_us = g_get_monotonic_time ();
}
