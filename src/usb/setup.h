/* setup.h: how scanners of the usual makers are set up for accueil: set-up codes that can
 * be drawn, and where the manual has the others.
 *
 * A code is here only where it is known as text from published documents, which setup.c
 * names row by row: makers print most of their codes as pictures alone. Codes are Code
 * 128 with FNC3 first (code128.h).
 *
 * Must not know: paper.
 * Threads: reentrant; all is static.  */
#pragma once

#include <glib.h>

typedef enum {
  SETUP_DEFAULTS,  /* factory settings, from which to begin */
  SETUP_HID_POS,   /* the best: whole codes, no keyboard */
  SETUP_SERIAL,    /* as good: USB CDC-ACM */
  SETUP_KEYBOARD,  /* where the two are missing */
  SETUP_US_LAYOUT, /* and then these two */
  SETUP_SUFFIX_CR,
} SetupPurpose;
#define SETUP_PURPOSES 6

typedef struct {
  const char *code; /* for code128_modules(); NULL where no text of it is published */
  const char *text; /* where the manual has it: a msgid, or with a code its name there */
} SetupStep;

typedef struct {
  const char *name;   /* "Honeywell" */
  const char *models; /* "Xenon, Granit, Voyager"; a msgid where they are no names */
  const char *manual; /* what the steps were taken from */
  const char *text;   /* what to know before: a msgid */
  SetupStep steps[SETUP_PURPOSES];
} SetupFamily;

const SetupFamily *setup_families (guint *count);

/* "Factory settings" …: a msgid. */
const char *setup_purpose (SetupPurpose purpose);
/* The code as it is written beneath the bars: without FNC3, CR as " CR". Free with
 * g_free(). */
char *setup_code_text (const char *code);
