#include "credential/qr.h"

#include "core/png_file.h"
#include "core/words.h"

#include <qrencode.h>
#include <string.h>

/* Capacity of the largest symbol, 40-L, in the densest mode; anything longer need not be
 * tried. */
#define TEXT_MAX 7089
#define MODULE_PX_MAX 64

G_DEFINE_QUARK (qr - error - quark, qr_error)

Qr *qr_new (const char *text, GError **error)
{
  QRcode *symbol = NULL;
  Qr *qr;
  guint count;

  if (text[0] != '\0' && strnlen (text, TEXT_MAX + 1) <= TEXT_MAX)
    symbol = QRcode_encodeString (text, 0, QR_ECLEVEL_M, QR_MODE_8, 1);
  if (symbol == NULL) {
    /* The library fails for want of room or of memory, and GLib's rule for memory is to
     * abort long before. */
    g_set_error (error, QR_ERROR, QR_ERROR_TOO_LONG,
                 _ ("drawing a QR symbol: a text of %zu bytes does not fit into one"),
                 strnlen (text, TEXT_MAX + 1));
    return NULL;
  }

  qr = g_new0 (Qr, 1);
  qr->size = (guint) symbol->width;
  count = qr->size * qr->size;
  qr->modules = g_new (guint8, count);
  for (guint i = 0; i < count; i++)
    qr->modules[i] = symbol->data[i] & 1;
  QRcode_free (symbol);
  return qr;
}

void qr_free (Qr *qr)
{
  if (qr == NULL)
    return;
  g_free (qr->modules);
  g_free (qr);
}

gboolean qr_is_dark (const Qr *qr, guint x, guint y)
{
  return x < qr->size && y < qr->size && qr->modules[y * qr->size + x];
}

/* Dark module at a place counted from the quiet zone's corner. */
static gboolean is_dark_with_quiet (const Qr *qr, guint x, guint y)
{
  return x >= QR_QUIET_MODULES && y >= QR_QUIET_MODULES
         && qr_is_dark (qr, x - QR_QUIET_MODULES, y - QR_QUIET_MODULES);
}

/* PNG -------------------------------------------------------------------------------- */

GBytes *qr_png (const Qr *qr, guint module_px)
{
  guint scale = CLAMP (module_px, 1, MODULE_PX_MAX);
  guint side_px = (qr->size + 2 * QR_QUIET_MODULES) * scale;
  gsize stride = (side_px + 7) / 8;
  g_autofree guint8 *bits = g_malloc (stride * side_px);

  memset (bits, 0xff, stride * side_px);
  for (guint y = 0; y < side_px; y++)
    for (guint x = 0; x < side_px; x++)
      if (is_dark_with_quiet (qr, x / scale, y / scale))
        bits[y * stride + x / 8] &= (guint8) ~(0x80 >> x % 8);
  return png_file_of_bits (bits, side_px, side_px);
}

/* Terminal --------------------------------------------------------------------------- */

char *qr_text (const Qr *qr)
{
  /* Black on white is asked for, since a reader may not take the symbol that a dark
   * terminal would show inverted. */
  static const char ON[] = "\033[30;107m", OFF[] = "\033[0m\n";
  static const char *const HALVES[] = { " ", "▀", "▄", "█" };
  guint side = qr->size + 2 * QR_QUIET_MODULES;
  GString *text = g_string_new (NULL);

  for (guint y = 0; y < side; y += 2) {
    g_string_append (text, ON);
    for (guint x = 0; x < side; x++)
      g_string_append (text, HALVES[(is_dark_with_quiet (qr, x, y) ? 1 : 0)
                                    + (is_dark_with_quiet (qr, x, y + 1) ? 2 : 0)]);
    g_string_append (text, OFF);
  }
  return g_string_free (text, FALSE);
}
