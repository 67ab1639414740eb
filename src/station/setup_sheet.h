/* setup_sheet.h: the sheet that lies beside a scanner that does not work: test codes with
 * what should happen, and one page of set-up codes for each maker (usb/setup.h).
 * Threads: badge_fonts_start() first. Reentrant. Blocks on nothing; takes a fraction of a
 * second.  */
#pragma once

#include <glib.h>

/* A PDF of A4 pages in French and Chinese; free with g_bytes_unref(). BADGE_ERROR. */
GBytes *setup_sheet_pdf (GError **error);
