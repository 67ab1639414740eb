/* totp.h: one-time codes of six digits that change every thirty seconds (RFC 6238), as
 * telephones show them; by liboath.
 *
 * Threads: reentrant, after totp_start(). Nothing here blocks.  */
#pragma once

#include <glib.h>

#define TOTP_STEP_S 30

/* Once, before threads. FALSE if liboath is not the one that it was built for. */
gboolean totp_start (void);
/* A new secret of 160 bits as base32. Free with g_free(). */
char *totp_new_secret (void);
/* "otpauth://totp/…": what a telephone reads from a QR symbol. Free with g_free(). */
char *totp_uri (const char *secret, const char *issuer, const char *account);
/* TRUE if @code is that of @secret at @now_s, or of a step before or after, and of a
 * later step than *@last (0: none was used yet), which it then becomes: no code opens
 * twice. */
gboolean totp_check (const char *secret, const char *code, gint64 now_s, gint64 *last);
