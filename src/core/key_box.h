/* key_box.h: a key that a card and a PIN open: of the volume on which a machine's
 * replica lies, so that a venue without network can start, and who takes the disk
 * reads nothing.
 *
 * It is sealed by Argon2id over both (RFC 9106) and XSalsa20-Poly1305, from
 * libsodium. The card is a text that only it bears, a leader's badge say; the
 * signature in a badge's code cannot be guessed, and what made it lies on the volume
 * itself. The PIN alone could be. Threads: reentrant. sign_start() must have been
 * called once. Sealing and opening take some tenths of a second and 64 MB. */
#pragma once

#include <glib.h>

#define KEY_BOX_ERROR key_box_error_quark ()
GQuark key_box_error_quark (void);
typedef enum {
  KEY_BOX_ERROR_FORM,   /* this is no sealed key */
  KEY_BOX_ERROR_WRONG,  /* another card or PIN sealed it, or it was altered */
  KEY_BOX_ERROR_WEAK,   /* a card of less than KEY_BOX_CARD_MIN, a PIN of KEY_BOX_PIN_MIN */
  KEY_BOX_ERROR_MEMORY, /* there is not enough for Argon2id */
} KeyBoxError;

#define KEY_BOX_KEY_BYTES 64
#define KEY_BOX_CARD_MIN 24
#define KEY_BOX_PIN_MIN 5

/* Fills @key with a new one. */
void key_box_new (guint8 key[KEY_BOX_KEY_BYTES]);
void key_box_wipe (guint8 key[KEY_BOX_KEY_BYTES]);
/* One line of text, without its end; free with g_free(). NULL: WEAK, MEMORY. */
char *key_box_seal (const guint8 key[KEY_BOX_KEY_BYTES], const char *card, const char *pin,
                    GError **error);
/* FALSE: FORM, WRONG, MEMORY; then @key is zero. */
gboolean key_box_open (const char *text, const char *card, const char *pin,
                       guint8 key[KEY_BOX_KEY_BYTES], GError **error);
