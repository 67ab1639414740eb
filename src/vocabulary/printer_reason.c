#include "vocabulary/printer_reason.h"

#include <string.h>

static const char *const KEYWORDS[PRINTER_REASON_COUNT] = {
  [PRINTER_REASON_NO_SPOOLER] = "no-spooler",
  [PRINTER_REASON_NO_QUEUE] = "no-queue",
  [PRINTER_REASON_SPOOL] = "spool-full",
  [PRINTER_REASON_OFF] = "off",
  [PRINTER_REASON_OFFLINE] = "offline",
  [PRINTER_REASON_AUTHENTICATION] = "authentication",
  [PRINTER_REASON_FILTER] = "filter-failed",
  [PRINTER_REASON_JAM] = "media-jam",
  [PRINTER_REASON_COVER] = "cover-open",
  [PRINTER_REASON_TRAY] = "input-tray-missing",
  [PRINTER_REASON_PAPER] = "media-empty",
  [PRINTER_REASON_OTHER_PAPER] = "media-needed",
  [PRINTER_REASON_RIBBON] = "marker-supply-empty",
  [PRINTER_REASON_TONER] = "toner-empty",
  [PRINTER_REASON_WASTE] = "marker-waste-full",
  [PRINTER_REASON_OUTPUT] = "output-area-full",
  [PRINTER_REASON_HEAT] = "over-temp",
  [PRINTER_REASON_PART] = "part-worn",
  [PRINTER_REASON_PAUSED] = "paused",
  [PRINTER_REASON_RESTING] = "resting",
  [PRINTER_REASON_HELD] = "job-held",
  [PRINTER_REASON_REJECTING] = "not-accepting",
  [PRINTER_REASON_MEMORY] = "memory",
  [PRINTER_REASON_STOPPED] = "stopped",
  [PRINTER_REASON_SLOW] = "timed-out",
  [PRINTER_REASON_GARBLED] = "unreadable",
  [PRINTER_REASON_STALLED] = "stalled",
  [PRINTER_REASON_UNKNOWN] = "other",
  [PRINTER_REASON_PAPER_LOW] = "media-low",
  [PRINTER_REASON_RIBBON_LOW] = "marker-supply-low",
  [PRINTER_REASON_TONER_LOW] = "toner-low",
  [PRINTER_REASON_WASTE_HIGH] = "marker-waste-almost-full",
  [PRINTER_REASON_OUTPUT_HIGH] = "output-area-almost-full",
};

/* Patterns of reasons without their severity, the first that fits; "*" is any text. Not a
 * trouble: PRINTER_REASON_COUNT. */
typedef struct {
  const char *pattern;
  PrinterReason trouble;
} Row;

static const Row PRINTER_REASONS[] = {
  /* What says no more than printer-state does, or what a printer is just doing. */
  { "none", PRINTER_REASON_COUNT },
  { "moving-to-paused", PRINTER_REASON_COUNT },
  { "connecting-to-device", PRINTER_REASON_COUNT },
  { "stopping", PRINTER_REASON_COUNT },
  { "stopped-partly", PRINTER_REASON_COUNT },
  { "identify-printer-requested", PRINTER_REASON_COUNT },
  { "hibernate", PRINTER_REASON_COUNT },
  { "standby", PRINTER_REASON_COUNT },
  { "cleaner-*", PRINTER_REASON_COUNT },
  { "alert-removal-*", PRINTER_REASON_COUNT },
  { "*-closed", PRINTER_REASON_COUNT },
  { "*-added", PRINTER_REASON_COUNT },
  { "*-power-saver", PRINTER_REASON_COUNT },
  { "*-turned-on", PRINTER_REASON_COUNT },
  { "*warming-up", PRINTER_REASON_COUNT },
  { "*-configuration-change", PRINTER_REASON_COUNT },
  { "*-near-limit", PRINTER_REASON_COUNT },
  { "*near-eol", PRINTER_REASON_COUNT },
  { "*life-almost-over", PRINTER_REASON_COUNT },
  /* Drivers' own. */
  { "com.dymo.out-of-paper", PRINTER_REASON_PAPER },
  { "com.dymo.paper-size", PRINTER_REASON_OTHER_PAPER },
  { "com.dymo.paper-size-undefine", PRINTER_REASON_TRAY },
  { "com.dymo.head-overheat", PRINTER_REASON_HEAT },
  { "com.dymo.slot-status", PRINTER_REASON_JAM },
  { "com.*", PRINTER_REASON_COUNT },
  /* CUPS's notes of itself; scheduler/printers.c and printer_job.c set them. */
  { "cups-missing-filter", PRINTER_REASON_FILTER },
  { "cups-insecure-filter", PRINTER_REASON_FILTER },
  { "cups-filter-*", PRINTER_REASON_FILTER },
  { "cups-*", PRINTER_REASON_COUNT },
  { "auth-required", PRINTER_REASON_AUTHENTICATION },
  /* RFC 8011, and PWG 5100.9, which joins a part's name and what happened to it. */
  { "paused", PRINTER_REASON_PAUSED },
  { "hold-new-jobs", PRINTER_REASON_PAUSED },
  { "shutdown", PRINTER_REASON_OFF },
  { "offline", PRINTER_REASON_OFFLINE },
  { "deactivated", PRINTER_REASON_OFFLINE },
  { "timed-out", PRINTER_REASON_SLOW },
  { "spool-area-full", PRINTER_REASON_MEMORY },
  { "*jam*", PRINTER_REASON_JAM },
  { "*misfeed*", PRINTER_REASON_JAM },
  { "*-feed",
    PRINTER_REASON_JAM }, /* "input-media-tray-feed-error" without what looks like its severity */
  { "*cover-open", PRINTER_REASON_COVER },
  { "*door-open", PRINTER_REASON_COVER },
  { "*interlock-open", PRINTER_REASON_COVER },
  { "*head-open", PRINTER_REASON_COVER },
  { "*-opened", PRINTER_REASON_COVER },
  { "input-tray-missing", PRINTER_REASON_TRAY },
  { "input-*-missing", PRINTER_REASON_TRAY },
  { "output-*-almost-full", PRINTER_REASON_OUTPUT_HIGH },
  { "output-*-full", PRINTER_REASON_OUTPUT },
  { "output-*-missing", PRINTER_REASON_OUTPUT },
  { "media-low", PRINTER_REASON_PAPER_LOW },
  { "input-*-low", PRINTER_REASON_PAPER_LOW },
  { "input-*-almost-empty", PRINTER_REASON_PAPER_LOW },
  { "media-empty", PRINTER_REASON_PAPER },
  { "input-*-empty", PRINTER_REASON_PAPER },
  { "media-needed", PRINTER_REASON_OTHER_PAPER },
  { "input-media-*-change", PRINTER_REASON_OTHER_PAPER },
  { "input-manual-input-request", PRINTER_REASON_OTHER_PAPER },
  { "input-cannot-feed-size-selected", PRINTER_REASON_OTHER_PAPER },
  { "*toner*low", PRINTER_REASON_TONER_LOW },
  { "*toner*almost-empty", PRINTER_REASON_TONER_LOW },
  { "*toner*empty", PRINTER_REASON_TONER },
  { "*toner*missing", PRINTER_REASON_TONER },
  { "*developer*low", PRINTER_REASON_COUNT },
  { "*developer*almost-empty", PRINTER_REASON_COUNT },
  { "*developer*empty", PRINTER_REASON_PART },
  { "marker-waste*-almost-full", PRINTER_REASON_WASTE_HIGH },
  { "marker-waste*-full", PRINTER_REASON_WASTE },
  { "marker-*almost-empty", PRINTER_REASON_RIBBON_LOW },
  { "marker-*low", PRINTER_REASON_RIBBON_LOW },
  { "marker-*empty", PRINTER_REASON_RIBBON },
  { "marker-*missing", PRINTER_REASON_RIBBON },
  { "*over-temp*", PRINTER_REASON_HEAT },
  { "*under-temp*", PRINTER_REASON_HEAT },
  { "*life-over", PRINTER_REASON_PART },
  { "*-failure", PRINTER_REASON_PART },
  { "*memory-*", PRINTER_REASON_MEMORY },
  { "interpreter-resource-unavailable", PRINTER_REASON_MEMORY },
  { "*-almost-full", PRINTER_REASON_COUNT },
  { "*-almost-empty", PRINTER_REASON_COUNT },
  { "*-low", PRINTER_REASON_COUNT },
  { "*", PRINTER_REASON_UNKNOWN },
};

static const Row JOB_REASONS[] = {
  { "cups-held-for-authentication", PRINTER_REASON_AUTHENTICATION },
  { "account-authorization-failed", PRINTER_REASON_AUTHENTICATION },
  { "account-info-needed", PRINTER_REASON_AUTHENTICATION },
  { "cups-filter-crashed", PRINTER_REASON_FILTER },
  { "cups-backend-missing", PRINTER_REASON_FILTER },
  { "document-format-error", PRINTER_REASON_FILTER },
  { "unsupported-document-format", PRINTER_REASON_FILTER },
  { "document-unprintable-error", PRINTER_REASON_FILTER },
  { "printer-stopped", PRINTER_REASON_STOPPED },
};

/* Reasons that are no good end, of RFC 8011 (5.3.8), PWG 5100.7, 5100.11, 5100.13,
 * 5100.16 and 5100.18 as IANA lists them (ipp-registrations, job-state-reasons). */
static const struct {
  const char *reason;
  PrinterOutcome outcome;
} OUTCOMES[] = {
  /* It never was, or could not be read. */
  { "document-access-error", PRINTER_OUTCOME_NONE },
  { "document-format-error", PRINTER_OUTCOME_NONE },
  { "document-unprintable-error", PRINTER_OUTCOME_NONE },
  { "document-password-error", PRINTER_OUTCOME_NONE },
  { "document-permission-error", PRINTER_OUTCOME_NONE },
  { "document-security-error", PRINTER_OUTCOME_NONE },
  { "unsupported-document-format", PRINTER_OUTCOME_NONE },
  { "unsupported-compression", PRINTER_OUTCOME_NONE },
  { "compression-error", PRINTER_OUTCOME_NONE },
  { "digital-signature-did-not-verify", PRINTER_OUTCOME_NONE },
  { "digital-signature-type-not-supported", PRINTER_OUTCOME_NONE },
  { "unsupported-attributes-or-values", PRINTER_OUTCOME_NONE },
  { "conflicting-attributes", PRINTER_OUTCOME_NONE },
  { "resources-are-not-supported", PRINTER_OUTCOME_NONE },
  { "account-authorization-failed", PRINTER_OUTCOME_NONE },
  { "account-closed", PRINTER_OUTCOME_NONE },
  { "account-info-needed", PRINTER_OUTCOME_NONE },
  { "account-limit-reached", PRINTER_OUTCOME_NONE },
  { "destination-uri-failed", PRINTER_OUTCOME_NONE },
  /* It was under way. */
  { "aborted-by-system", PRINTER_OUTCOME_UNSURE },
  { "document-copying-error", PRINTER_OUTCOME_UNSURE },
  { "errors-detected", PRINTER_OUTCOME_UNSURE },
  { "job-canceled-at-device", PRINTER_OUTCOME_UNSURE },
  { "job-canceled-by-operator", PRINTER_OUTCOME_UNSURE },
  { "job-canceled-by-user", PRINTER_OUTCOME_UNSURE },
  { "job-canceled-after-timeout", PRINTER_OUTCOME_UNSURE },
  { "job-completed-with-errors", PRINTER_OUTCOME_UNSURE },
  { "job-printed-with-errors", PRINTER_OUTCOME_UNSURE },
  { "submission-interrupted", PRINTER_OUTCOME_UNSURE },
};

const char *printer_reason_keyword (PrinterReason trouble)
{
  g_return_val_if_fail ((guint) trouble < PRINTER_REASON_COUNT, KEYWORDS[PRINTER_REASON_UNKNOWN]);
  return KEYWORDS[trouble];
}

PrinterReason printer_reason_of_keyword (const char *keyword)
{
  for (guint i = 0; i < PRINTER_REASON_COUNT; i++)
    if (strcmp (KEYWORDS[i], keyword) == 0)
      return (PrinterReason) i;
  return PRINTER_REASON_UNKNOWN;
}

static gboolean find (const Row *rows, guint count, const char *plain, PrinterReason *trouble)
{
  for (guint i = 0; i < count; i++)
    if (g_pattern_match_simple (rows[i].pattern, plain)) {
      *trouble = rows[i].trouble;
      return rows[i].trouble != PRINTER_REASON_COUNT;
    }
  return FALSE;
}

gboolean printer_reason_of_printer_reason (const char *reason, PrinterReason *trouble,
                                           PrinterReasonSeverity *severity)
{
  static const char *const ENDINGS[] = { "-report", "-warning", "-error" };
  g_autofree char *plain = g_strdup (reason);

  /* Without a severity it is an error (RFC 8011, 5.4.12). */
  *severity = PRINTER_REASON_ERROR;
  for (guint i = 0; i < G_N_ELEMENTS (ENDINGS); i++)
    if (g_str_has_suffix (reason, ENDINGS[i])) {
      *severity = (PrinterReasonSeverity) i;
      plain[strlen (reason) - strlen (ENDINGS[i])] = '\0';
    }
  if (plain[0] == '\0' || !find (PRINTER_REASONS, G_N_ELEMENTS (PRINTER_REASONS), plain, trouble))
    return FALSE;
  if (*trouble >= PRINTER_REASON_PAPER_LOW)
    *severity = PRINTER_REASON_NOTE;
  /* CUPS's backends only report a printer that is not there, and only warn of a driver
   * that is not. */
  if (*trouble == PRINTER_REASON_OFFLINE || *trouble == PRINTER_REASON_FILTER)
    *severity = PRINTER_REASON_ERROR;
  /* A printer without work only reports what will keep it from printing. */
  return *severity != PRINTER_REASON_NOTE || *trouble >= PRINTER_REASON_PAPER_LOW
         || (*trouble >= PRINTER_REASON_JAM && *trouble <= PRINTER_REASON_OUTPUT);
}

gboolean printer_reason_of_job_reason (const char *reason, PrinterReason *trouble)
{
  return find (JOB_REASONS, G_N_ELEMENTS (JOB_REASONS), reason, trouble);
}

PrinterOutcome printer_reason_outcome (const char *reasons, guint impressions, const char **why)
{
  g_auto (GStrv) each = g_strsplit (reasons, ",", -1);
  PrinterOutcome outcome = PRINTER_OUTCOME_GOOD;

  *why = "";
  for (guint i = 0; i < G_N_ELEMENTS (OUTCOMES); i++)
    if (OUTCOMES[i].outcome > outcome
        && g_strv_contains ((const char *const *) each, OUTCOMES[i].reason)) {
      outcome = OUTCOMES[i].outcome;
      *why = OUTCOMES[i].reason;
    }
  /* A side has come out, whatever is on it. */
  return outcome == PRINTER_OUTCOME_NONE && impressions > 0 ? PRINTER_OUTCOME_UNSURE : outcome;
}

TroubleSet printer_reason_of_message (const char *message)
{
  static const Row MESSAGES[] = {
    { "The printer may not exist or is unavailable*", PRINTER_REASON_OFF },
    { "The printer is unreachable*", PRINTER_REASON_OFF },
    { "The printer is not responding*", PRINTER_REASON_OFF },
    { "The printer is not connected*", PRINTER_REASON_OFF },
    { "Unable to locate printer*", PRINTER_REASON_OFF },
    { "Waiting for printer to become available*", PRINTER_REASON_OFF },
    { "Connection error*", PRINTER_REASON_OFF },
    { "*Filter failed*", PRINTER_REASON_FILTER },
    { "*Authentication is required*", PRINTER_REASON_AUTHENTICATION },
    { "*filter* not available*", PRINTER_REASON_FILTER },
  };
  PrinterReason trouble;

  return find (MESSAGES, G_N_ELEMENTS (MESSAGES), message, &trouble) ? PRINTER_REASON_BIT (trouble)
                                                                     : 0;
}

PrinterReason printer_reason_first (TroubleSet set)
{
  guint first = 0;

  while (first < PRINTER_REASON_COUNT && (set & PRINTER_REASON_BIT (first)) == 0)
    first++;
  return (PrinterReason) first;
}

char *printer_reason_join (TroubleSet set)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < PRINTER_REASON_COUNT; i++)
    if ((set & PRINTER_REASON_BIT (i)) != 0)
      g_string_append_printf (text, "%s%s", text->len > 0 ? "," : "", KEYWORDS[i]);
  return g_string_free (text, FALSE);
}
