/* checkup_line.h: a line of the lists that `accueil doctor` and `accueil-hub doctor`
 * print: what was looked at, how it is, and what to do about it.
 * Threads: reentrant. Nothing here blocks or fails. */
#pragma once

#include <glib.h>

typedef enum {
  CHECKUP_GOOD,    /* ✓ */
  CHECKUP_CAUTION, /* ! works, but somebody should know */
  CHECKUP_BAD,     /* ✗ something will fail at the door */
} CheckupState;

/* How many of a list are no CHECKUP_GOOD. */
typedef struct {
  guint cautions, faults;
} CheckupTally;

/* "✓ topic  text\n", and under it the remedy, which may be NULL. Free with g_free(). */
char *checkup_line_make (CheckupState state, const char *topic, const char *remedy,
                         const char *text);
/* The same of a format, counted in @tally. */
char *checkup_line_add (CheckupTally *tally, CheckupState state, const char *topic,
                        const char *remedy, const char *format, va_list arguments)
    G_GNUC_PRINTF (5, 0);

/* How it is on the disk of @path, and what is free there; FALSE where that cannot be told. */
gboolean checkup_line_disk (const char *path, CheckupState *state, guint64 *free_mb);
