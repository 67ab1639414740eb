/* attestation.h: the code of a certificate of attendance: who, and what she took part in,
 * signed with the congress key, so that whoever holds the paper can ask the hub whether it
 * was issued so.
 *
 * The text is URL-safe base64 without padding of
 *
 *     type        1 byte  0xA3
 *     key id      4 bytes
 *     reference   1 byte of length (1…32), ASCII
 *     claims      1 byte of length (0…160), ASCII: “2016-10-26,2016-10-27;A1,A3”
 *     signature   64 bytes, Ed25519 over all the bytes before it
 *
 * Must not know: whether the person exists, or where the page is that confirms it.
 * Threads: reentrant. Nothing here blocks. */
#pragma once

#include "core/sign.h"

#include <glib.h>

#define ATTESTATION_CLAIMS_MAX 160
#define ATTESTATION_TEXT_MAX 400 /* a longer text is none */

typedef struct {
  char reference[33], claims[ATTESTATION_CLAIMS_MAX + 1];
  guint8 key_id[SIGN_KEY_ID_BYTES];
  guint8 signed_part[256];
  gsize signed_length;
  guint8 signature[SIGNATURE_BYTES];
} Attestation;

/* NULL for a reference or claims that are too long, or no ASCII. Free with g_free(). */
char *attestation_make (const SignSecret *congress, const char *reference, const char *claims);
/* FALSE for what is no certificate by its form; says nothing of the signature. */
gboolean attestation_read (const char *text, Attestation *attestation);
gboolean attestation_is_signed_by (const Attestation *attestation, const SignPublic *key);
