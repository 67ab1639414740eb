/* clock_correction.h: how far a machine's clock is from a better one, kept so that it
 * holds although the clock is set in between, and after a restart.
 *
 * Within one boot the correction is anchored to CLOCK_BOOTTIME, which nobody sets: a wall
 * clock that is put right (or wrong) by an hour changes the correction by as much. After
 * a restart only the wall clock is left to go by. Less than CLOCK_CORRECTION_LEAST_MS is
 * no correction: two clocks that are set by NTP differ by less.
 *
 * Threads: reentrant. Nothing here blocks. */
#pragma once

#include <glib.h>

#define CLOCK_CORRECTION_LEAST_MS 1000

typedef struct {
  gint64 offset_ms; /* to be added to the wall clock, as it was then */
  gint64 wall_ms;   /* the wall clock then */
  gint64 boot_ms;   /* CLOCK_BOOTTIME then */
  char boot[40];    /* which boot that was; "" for none */
} ClockCorrection;

/* As it is now: @offset_ms belongs to @wall_ms. */
ClockCorrection clock_correction_new (gint64 offset_ms, gint64 wall_ms);
/* As text, for the replica's local value; free with g_free(). */
char *clock_correction_text (const ClockCorrection *correction);
/* NULL, or a text that is none: no correction. */
ClockCorrection clock_correction_parse (const char *text);
/* What is to be added to a wall clock that says @wall_ms in boot @boot, @boot_ms after it
 * began. */
gint64 clock_correction_at (const ClockCorrection *correction, gint64 wall_ms, const char *boot,
                            gint64 boot_ms);
/* The same on this machine now. */
gint64 clock_correction_now (const ClockCorrection *correction, gint64 wall_ms);
