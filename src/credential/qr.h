/* qr.h: QR symbols (ISO/IEC 18004) as a matrix of modules, and as a PNG for tickets.
 * Threads: reentrant. Blocks only when writing a file.  */
#pragma once

#include <glib.h>

#define QR_QUIET_MODULES 4

typedef struct {
  guint size;      /* modules a side, without quiet zone */
  guint8 *modules; /* size * size, row by row; 1 is dark */
} Qr;

#define QR_ERROR qr_error_quark ()
GQuark qr_error_quark (void);
typedef enum {
  QR_ERROR_TOO_LONG, /* @text does not fit into a symbol */
} QrError;

/* Error correction M, smallest version that holds @text. */
Qr *qr_new (const char *text, GError **error);
void qr_free (Qr *qr);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Qr, qr_free)
gboolean qr_is_dark (const Qr *qr, guint x, guint y);

/* One-bit grey PNG with quiet zone, @module_px pixels a module (1…64); the bytes, free
 * with g_bytes_unref(). */
GBytes *qr_png (const Qr *qr, guint module_px);
/* For a terminal: two modules a character in half blocks, with quiet zone, black on white
 * by escape sequences. Free with g_free(). */
char *qr_text (const Qr *qr);
