/* press.h: from a `badge-issued` fact to a badge's PDF: reads the replica, signs the badge's code, fills the template.
 * Threads: as Journal and BadgeTemplate. Blocks on disk.  */
#pragma once

#include "badge/badge.h"
#include "journal/journal.h"

#define PRESS_ERROR press_error_quark ()
GQuark press_error_quark (void);
typedef enum {
  PRESS_ERROR_UNKNOWN, /* no such delegate or badge */
  PRESS_ERROR_KEY,     /* the badge was issued by another station, whose key is not here */
} PressError;

typedef enum { PRESS_PDF, PRESS_PNG } PressFormat;

/* The badge of @reference with @serial, issued here. @serial 0: a proof, marked so, whose code opens nothing. */
GBytes *press_badge (Journal *journal, BadgeTemplate *template_, const char *reference, guint serial, PressFormat format, guint dpi, GError **error);

/* Name under which a badge is printed: "accueil-STATION-REFERENCE-SERIAL". Free with g_free(). */
char *press_job_name (const char *station, const char *reference, guint serial);

/* Place and dates as the two sides write them: "Chengdu, 26–29 octobre 2016" and "成都 2016年10月26–29日". Days are ISO dates; without them, the place alone. Free both with g_free(). */
void press_place_and_dates (const char *place_fr, const char *place_zh, const char *first_day, const char *last_day, char **fr, char **zh);
