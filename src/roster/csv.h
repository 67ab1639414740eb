/* csv.h: rows of separated values (RFC 4180, and as Excel writes them) out of a Decoder.
 *
 * Lines end with CRLF, LF or CR. A field that begins with a quote ends with one; inside,
 * "" is a quote and line breaks belong to the value. A quote elsewhere is a character
 * like any other; but text after a closing quote whose value has line breaks is refused:
 * there a stray quote has met another, and rows between them would be lost. Zero bytes
 * become U+0001, so that a value stays one text and its check for control characters
 * finds them. Memory is bounded by the limits of import_fault.h, whatever the file holds.
 *
 * Threads: a Csv is used by one thread at a time. Blocks as the Decoder.  */
#pragma once

#include "roster/decoder.h"

typedef struct _Csv Csv;

typedef struct {
  const char *const *fields; /* UTF-8, NULL-terminated, valid until the next csv_next() */
  guint count;
  guint line; /* where the row begins, from 1 */
} CsvRow;

/* Takes @decoder over. */
Csv *csv_new (Decoder *decoder, char separator);
void csv_free (Csv *csv);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Csv, csv_free)

/* The next row that is not an empty line. FALSE at the end (without @error), or with
 * IMPORT_ERROR_ENCODING (decoder.h) or _FORMAT: a field or a row over its limit, a quote
 * that never ends. */
gboolean csv_next (Csv *csv, CsvRow *row, GError **error);

/* Bytes of the file that have been read. */
gsize csv_position (const Csv *csv);
