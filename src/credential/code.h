/* code.h: the codes that delegates carry: made, read, and checked against a signature.
 *
 * The layout of the bytes stands in src/README.md ("Codes"); the text in the QR symbol is
 * CODE_PREFIX and their base45 (RFC 9285), so that QR uses its alphanumeric mode. A
 * ticket is signed by the congress key, a badge by the station that issues it.
 *
 * Must not know: whether the person exists, or what she may do.
 * Threads: reentrant. Nothing here blocks.  */
#pragma once

#include "core/sign.h"

#include <glib.h>

#define CODE_PREFIX "AC:"
#define CODE_TEXT_MAX 256 /* longest text that is looked at; a longer one is no code of ours */
#define CODE_SERIAL_MAX 65535

#define CODE_ERROR code_error_quark ()
GQuark code_error_quark (void);
typedef enum {
  CODE_ERROR_FOREIGN,   /* does not begin with CODE_PREFIX: perhaps another platform's code */
  CODE_ERROR_MALFORMED, /* ours, but cut off, too long, not base45, or of an unknown version */
  CODE_ERROR_REFERENCE, /* making: no valid reference or serial */
} CodeError;

typedef enum { CODE_TICKET, CODE_BADGE } CodeKind;

typedef struct {
  CodeKind kind;
  char reference[33]; /* NUL-terminated */
  guint serial;       /* badges; on tickets how many were made void before, mostly 0 */
  guint8 key_id[SIGN_KEY_ID_BYTES]; /* who is said to have signed */
  guint8 signed_part[64];           /* the bytes that are signed */
  gsize signed_length;
  guint8 signature[SIGNATURE_BYTES];
} Code;

/* The text of a signed code; free with g_free(). */
char *code_make_ticket (const SignSecret *congress, const char *reference, GError **error);
/* One of a person of whom @serial tickets were made void (ticket_void.h); 0: as above. */
char *code_make_later_ticket (const SignSecret *congress, const char *reference, guint serial,
                              GError **error);
char *code_make_badge (const SignSecret *station, const char *reference, guint serial,
                       GError **error);

/* Reads a scanned text. Surrounding white space is ignored. A text wholly in small
 * letters is read as capitals: Caps Lock at a reader turns them round, and base45 has no
 * others; a mixture is refused. Says nothing yet about the signature. */
gboolean code_read (const char *text, Code *code, GError **error);
/* How a reader has sent a code of ours, where it might be set to send it plainly. */
typedef enum {
  CODE_SENT_PLAIN,  /* as it is, in a link, or none of ours */
  CODE_SENT_AROUND, /* with a mark of the symbology or other signs round it */
  CODE_SENT_SMALL,  /* in small letters: Caps Lock */
  CODE_SENT_FRENCH, /* as an American keyboard's keys on a French one */
  CODE_SENT_COUNT
} CodeSent;
CodeSent code_sent (const char *text);
/* TRUE if @key has the code's key id and its signature is right. */
gboolean code_is_signed_by (const Code *code, const SignPublic *key);
/* The key id as 8 hex digits, into @text of 9 bytes. */
void code_key_id_text (const Code *code, char text[9]);
