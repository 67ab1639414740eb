#include "print/trouble.h"

#include <string.h>

static const char *const KEYWORDS[TROUBLE_COUNT] = {
  [TROUBLE_NO_SPOOLER] = "no-spooler",
  [TROUBLE_NO_QUEUE] = "no-queue",
  [TROUBLE_SPOOL] = "spool-full",
  [TROUBLE_REJECTING] = "not-accepting",
  [TROUBLE_OFF] = "off",
  [TROUBLE_OFFLINE] = "offline",
  [TROUBLE_AUTHENTICATION] = "authentication",
  [TROUBLE_FILTER] = "filter-failed",
  [TROUBLE_JAM] = "media-jam",
  [TROUBLE_COVER] = "cover-open",
  [TROUBLE_TRAY] = "input-tray-missing",
  [TROUBLE_PAPER] = "media-empty",
  [TROUBLE_OTHER_PAPER] = "media-needed",
  [TROUBLE_RIBBON] = "marker-supply-empty",
  [TROUBLE_TONER] = "toner-empty",
  [TROUBLE_WASTE] = "marker-waste-full",
  [TROUBLE_OUTPUT] = "output-area-full",
  [TROUBLE_HEAT] = "over-temp",
  [TROUBLE_PART] = "part-worn",
  [TROUBLE_MEMORY] = "memory",
  [TROUBLE_PAUSED] = "paused",
  [TROUBLE_STOPPED] = "stopped",
  [TROUBLE_SLOW] = "timed-out",
  [TROUBLE_UNKNOWN] = "other",
  [TROUBLE_PAPER_LOW] = "media-low",
  [TROUBLE_RIBBON_LOW] = "marker-supply-low",
  [TROUBLE_TONER_LOW] = "toner-low",
  [TROUBLE_WASTE_HIGH] = "marker-waste-almost-full",
  [TROUBLE_OUTPUT_HIGH] = "output-area-almost-full",
};

/* Patterns of reasons without their severity, the first that fits; "*" is any text. Not a trouble: TROUBLE_COUNT. */
typedef struct {
  const char *pattern;
  Trouble trouble;
} Row;

static const Row PRINTER_REASONS[] = {
  /* What says no more than printer-state does, or what a printer is just doing. */
  { "none", TROUBLE_COUNT },
  { "moving-to-paused", TROUBLE_COUNT },
  { "connecting-to-device", TROUBLE_COUNT },
  { "stopping", TROUBLE_COUNT },
  { "stopped-partly", TROUBLE_COUNT },
  { "identify-printer-requested", TROUBLE_COUNT },
  { "hibernate", TROUBLE_COUNT },
  { "standby", TROUBLE_COUNT },
  { "cleaner-*", TROUBLE_COUNT },
  { "alert-removal-*", TROUBLE_COUNT },
  { "*-closed", TROUBLE_COUNT },
  { "*-added", TROUBLE_COUNT },
  { "*-power-saver", TROUBLE_COUNT },
  { "*-turned-on", TROUBLE_COUNT },
  { "*warming-up", TROUBLE_COUNT },
  { "*-configuration-change", TROUBLE_COUNT },
  { "*-near-limit", TROUBLE_COUNT },
  { "*near-eol", TROUBLE_COUNT },
  { "*life-almost-over", TROUBLE_COUNT },
  /* Drivers' own. */
  { "com.dymo.out-of-paper", TROUBLE_PAPER },
  { "com.dymo.paper-size", TROUBLE_OTHER_PAPER },
  { "com.dymo.paper-size-undefine", TROUBLE_TRAY },
  { "com.dymo.head-overheat", TROUBLE_HEAT },
  { "com.dymo.slot-status", TROUBLE_JAM },
  { "com.*", TROUBLE_COUNT },
  /* CUPS's notes of itself; scheduler/printers.c and job.c set them. */
  { "cups-missing-filter", TROUBLE_FILTER },
  { "cups-insecure-filter", TROUBLE_FILTER },
  { "cups-filter-*", TROUBLE_FILTER },
  { "cups-*", TROUBLE_COUNT },
  { "auth-required", TROUBLE_AUTHENTICATION },
  /* RFC 8011, and PWG 5100.9, which joins a part's name and what happened to it. */
  { "paused", TROUBLE_PAUSED },
  { "hold-new-jobs", TROUBLE_PAUSED },
  { "shutdown", TROUBLE_OFF },
  { "offline", TROUBLE_OFFLINE },
  { "deactivated", TROUBLE_OFFLINE },
  { "timed-out", TROUBLE_SLOW },
  { "spool-area-full", TROUBLE_MEMORY },
  { "*jam*", TROUBLE_JAM },
  { "*misfeed*", TROUBLE_JAM },
  { "*-feed", TROUBLE_JAM },       /* "input-media-tray-feed-error" without what looks like its severity */
  { "*cover-open", TROUBLE_COVER },
  { "*door-open", TROUBLE_COVER },
  { "*interlock-open", TROUBLE_COVER },
  { "*head-open", TROUBLE_COVER },
  { "*-opened", TROUBLE_COVER },
  { "input-tray-missing", TROUBLE_TRAY },
  { "input-*-missing", TROUBLE_TRAY },
  { "output-*-almost-full", TROUBLE_OUTPUT_HIGH },
  { "output-*-full", TROUBLE_OUTPUT },
  { "output-*-missing", TROUBLE_OUTPUT },
  { "media-low", TROUBLE_PAPER_LOW },
  { "input-*-low", TROUBLE_PAPER_LOW },
  { "input-*-almost-empty", TROUBLE_PAPER_LOW },
  { "media-empty", TROUBLE_PAPER },
  { "input-*-empty", TROUBLE_PAPER },
  { "media-needed", TROUBLE_OTHER_PAPER },
  { "input-media-*-change", TROUBLE_OTHER_PAPER },
  { "input-manual-input-request", TROUBLE_OTHER_PAPER },
  { "input-cannot-feed-size-selected", TROUBLE_OTHER_PAPER },
  { "*toner*low", TROUBLE_TONER_LOW },
  { "*toner*almost-empty", TROUBLE_TONER_LOW },
  { "*toner*empty", TROUBLE_TONER },
  { "*toner*missing", TROUBLE_TONER },
  { "*developer*low", TROUBLE_COUNT },
  { "*developer*almost-empty", TROUBLE_COUNT },
  { "*developer*empty", TROUBLE_PART },
  { "marker-waste*-almost-full", TROUBLE_WASTE_HIGH },
  { "marker-waste*-full", TROUBLE_WASTE },
  { "marker-*almost-empty", TROUBLE_RIBBON_LOW },
  { "marker-*low", TROUBLE_RIBBON_LOW },
  { "marker-*empty", TROUBLE_RIBBON },
  { "marker-*missing", TROUBLE_RIBBON },
  { "*over-temp*", TROUBLE_HEAT },
  { "*under-temp*", TROUBLE_HEAT },
  { "*life-over", TROUBLE_PART },
  { "*-failure", TROUBLE_PART },
  { "*memory-*", TROUBLE_MEMORY },
  { "interpreter-resource-unavailable", TROUBLE_MEMORY },
  { "*-almost-full", TROUBLE_COUNT },
  { "*-almost-empty", TROUBLE_COUNT },
  { "*-low", TROUBLE_COUNT },
  { "*", TROUBLE_UNKNOWN },
};

static const Row JOB_REASONS[] = {
  { "cups-held-for-authentication", TROUBLE_AUTHENTICATION },
  { "account-authorization-failed", TROUBLE_AUTHENTICATION },
  { "account-info-needed", TROUBLE_AUTHENTICATION },
  { "cups-filter-crashed", TROUBLE_FILTER },
  { "cups-backend-missing", TROUBLE_FILTER },
  { "document-format-error", TROUBLE_FILTER },
  { "unsupported-document-format", TROUBLE_FILTER },
  { "document-unprintable-error", TROUBLE_FILTER },
  { "printer-stopped", TROUBLE_STOPPED },
};

const char *trouble_keyword (Trouble trouble)
{
  g_return_val_if_fail ((guint) trouble < TROUBLE_COUNT, KEYWORDS[TROUBLE_UNKNOWN]);
  return KEYWORDS[trouble];
}

Trouble trouble_of_keyword (const char *keyword)
{
  for (guint i = 0; i < TROUBLE_COUNT; i++)
    if (strcmp (KEYWORDS[i], keyword) == 0)
      return (Trouble) i;
  return TROUBLE_UNKNOWN;
}

static gboolean find (const Row *rows, guint count, const char *plain, Trouble *trouble)
{
  for (guint i = 0; i < count; i++)
    if (g_pattern_match_simple (rows[i].pattern, plain)) {
      *trouble = rows[i].trouble;
      return rows[i].trouble != TROUBLE_COUNT;
    }
  return FALSE;
}

gboolean trouble_of_printer_reason (const char *reason, Trouble *trouble, TroubleSeverity *severity)
{
  static const char *const ENDINGS[] = { "-report", "-warning", "-error" };
  g_autofree char *plain = g_strdup (reason);

  /* Without a severity it is an error (RFC 8011, 5.4.12). */
  *severity = TROUBLE_ERROR;
  for (guint i = 0; i < G_N_ELEMENTS (ENDINGS); i++)
    if (g_str_has_suffix (reason, ENDINGS[i])) {
      *severity = (TroubleSeverity) i;
      plain[strlen (reason) - strlen (ENDINGS[i])] = '\0';
    }
  if (plain[0] == '\0' || !find (PRINTER_REASONS, G_N_ELEMENTS (PRINTER_REASONS), plain, trouble))
    return FALSE;
  if (*trouble >= TROUBLE_PAPER_LOW)
    *severity = TROUBLE_NOTE;
  /* CUPS's backends only report a printer that is not there, and only warn of a driver that is not. */
  if (*trouble == TROUBLE_OFFLINE || *trouble == TROUBLE_FILTER)
    *severity = TROUBLE_ERROR;
  return *severity != TROUBLE_NOTE || *trouble >= TROUBLE_PAPER_LOW;
}

gboolean trouble_of_job_reason (const char *reason, Trouble *trouble)
{
  return find (JOB_REASONS, G_N_ELEMENTS (JOB_REASONS), reason, trouble);
}

TroubleSet trouble_of_message (const char *message)
{
  static const Row MESSAGES[] = {
    { "The printer may not exist or is unavailable*", TROUBLE_OFF }, { "The printer is unreachable*", TROUBLE_OFF },
    { "The printer is not responding*", TROUBLE_OFF },               { "The printer is not connected*", TROUBLE_OFF },
    { "Unable to locate printer*", TROUBLE_OFF },                    { "Waiting for printer to become available*", TROUBLE_OFF },
    { "Connection error*", TROUBLE_OFF },                            { "*Filter failed*", TROUBLE_FILTER },
    { "*Authentication is required*", TROUBLE_AUTHENTICATION },      { "*filter* not available*", TROUBLE_FILTER },
  };
  Trouble trouble;

  return find (MESSAGES, G_N_ELEMENTS (MESSAGES), message, &trouble) ? TROUBLE_BIT (trouble) : 0;
}

Trouble trouble_first (TroubleSet set)
{
  guint first = 0;

  while (first < TROUBLE_COUNT && (set & TROUBLE_BIT (first)) == 0)
    first++;
  return (Trouble) first;
}

char *trouble_join (TroubleSet set)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < TROUBLE_COUNT; i++)
    if ((set & TROUBLE_BIT (i)) != 0)
      g_string_append_printf (text, "%s%s", text->len > 0 ? "," : "", KEYWORDS[i]);
  return g_string_free (text, FALSE);
}
