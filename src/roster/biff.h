/* biff.h: the records of an old Excel workbook's stream ([MS-XLS] 2.1.4), and the texts
 * and numbers in them.
 *
 * A record is at most 8,224 bytes long; what is longer goes on in CONTINUE records after
 * it, in the midst of a text where it must, and the text then begins anew with the byte
 * that says how wide its characters are.
 *
 * Nothing is read outside the bytes; what is not there is 0 or "", and biff_is_damaged()
 * says so afterwards.
 * Must not know: what records mean.
 * Threads: a Biff is used by one thread at a time. Nothing here blocks. */
#pragma once

#include <glib.h>

typedef struct {
  const guint8 *bytes; /* the stream */
  gsize length, next;  /* next: the record after this one */
  guint type;
  const guint8 *data; /* of the record, or of the CONTINUE record that is being read */
  gsize size, used;
  gboolean damaged; /* something was missing */
} Biff;

/* @bytes must outlive it. */
void biff_start (Biff *biff, const guint8 *bytes, gsize length, gsize at);
/* The next record; FALSE at the end. */
gboolean biff_next (Biff *biff);

guint biff_u8 (Biff *biff);
guint biff_u16 (Biff *biff);
guint32 biff_u32 (Biff *biff);
double biff_double (Biff *biff);
/* Passes @count bytes, into CONTINUE records too. */
void biff_skip (Biff *biff, gsize count);
/* How many bytes are left of this record. */
gsize biff_left (const Biff *biff);

/* A text of @count characters after the byte that says how wide they are, with what
 * formats it has passed over; replaces @text, cut at IMPORT_FIELD_BYTES_MAX + 1. A zero
 * becomes U+0001, for the check of control characters to find. */
void biff_text (Biff *biff, guint count, GString *text);
