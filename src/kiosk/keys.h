/* keys.h: which letters the keyboard on the screen has: its rows, and what each letter
 * leads to when it is held.
 *
 * Must not know: GTK. Texts are static. Threads: reentrant. */
#pragma once

#include <glib.h>

#define KEYS_ROWS 3

typedef enum {
  KEYS_AZERTY,
  KEYS_QWERTY,
  KEYS_FIGURES,
  /* The letters with accents that are written most, then, after a “+”, letters that open
   * the others of their kind: so each can be reached without holding a key. */
  KEYS_ACCENTS,
  KEYS_LAYER_COUNT
} KeysLayer;

/* One of its KEYS_ROWS rows, from above. */
const char *keys_row (KeysLayer layer, guint row);

/* The letters that @letter stands for too, in the order of how often they are written:
 * "é" "è" … of "e"; NULL for a letter that has none. */
const char *keys_like (const char *letter);
