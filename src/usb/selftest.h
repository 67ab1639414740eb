/* selftest.h: what a reader made of the test code, and what that says about how the
 * reader is set up.
 *
 * SELFTEST_TEXT holds every character that codes may hold (the alphabet of base45, which
 * is that of QR's alphanumeric mode), so that any two of the layouts us, fr and de, with
 * and without Caps Lock, type different garbage for it: which layout a scanner is set to
 * is found by typing the text in every layout and comparing. It opens nothing: codes
 * begin with another prefix.
 *
 * Where the keys are known that were pressed (usb_raw.h), they are read in every layout
 * instead, which also sees what the configured layout has no character for.
 *
 * Pure: same input, same findings. Sentences are French and Chinese, for whoever holds
 * the reader, and come from selftest_words.h.
 * Threads: reentrant. Nothing here blocks or fails; any text and any keys are allowed.
 * Takes a few milliseconds.  */
#pragma once

#include "usb/keyboard.h"

#define SELFTEST_TEXT "ACCUEIL 0123456789 ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:END"
#define SELFTEST_KEYS_MAX 2048
#define SELFTEST_SLOW_PER_S 80 /* characters: a ticket of 120 then takes a second and a half */

typedef enum {
  SELFTEST_GOOD,         /* read as it is */
  SELFTEST_NOTHING,      /* nothing came */
  SELFTEST_OTHER,        /* something else than the test code */
  SELFTEST_LAYOUT,       /* typed in @scanner, read in @host */
  SELFTEST_CAPS,         /* Caps Lock, or the scanner turns letters round */
  SELFTEST_LOST,         /* @count characters, @text */
  SELFTEST_DOUBLED,      /* the same */
  SELFTEST_WRONG,        /* changed or added: the same */
  SELFTEST_PREFIX,       /* @text stands before the code */
  SELFTEST_SYMBOLOGY,    /* an AIM identifier (ISO/IEC 15424) does: @text */
  SELFTEST_SUFFIX,       /* @text stands behind it */
  SELFTEST_REPEATED,     /* read @count times more within a second */
  SELFTEST_INPUT_METHOD, /* an input method took the letters */
  SELFTEST_SLOW,         /* @count characters a second */
  SELFTEST_SPEED,        /* the same, fast enough; @took_us for the whole code */
} SelftestKind;

typedef struct {
  SelftestKind kind;
  gboolean fault; /* something is to be done */
  guint count;
  char *text;          /* "" for none */
  gboolean host_known; /* layout: it is ours, from the settings, and not the computer's */
  KeysLayout scanner, host;
  gint64 took_us;
} SelftestFinding;

typedef struct {
  const char *text;              /* the code as it came, UTF-8; NULL if nothing came */
  const KeyboardStroke *strokes; /* what was pressed for it; NULL where that is not known */
  guint n_strokes;
  gboolean caps;         /* Caps Lock was on when the strokes began */
  gboolean layout_known; /* @text was read in @layout, not in some keymap of the system */
  KeysLayout layout;
  gint64 took_us; /* from the first character to the last; 0 where that is not known */
  guint repeats;  /* how often it came again within a second */
} SelftestInput;

/* SelftestFinding, the most important first, at least one; free with
 * g_ptr_array_unref(). */
GPtrArray *selftest_diagnose (const SelftestInput *input);
