/* decoder.h: the bytes of a file in one of the encodings of encoding.h, as UTF-8, piece
 * by piece: a file of any size takes no more memory than the piece.
 *
 * Threads: a Decoder is used by one thread at a time. Blocks on reading mapped pages.  */
#pragma once

#include "roster/encoding.h"

typedef struct _Decoder Decoder;

/* @bytes must outlive the Decoder. */
Decoder *decoder_new (const guint8 *bytes, gsize length, Encoding encoding);
void decoder_free (Decoder *decoder);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Decoder, decoder_free)

/* Fills @buffer (at least 16 bytes) with the next UTF-8, cut anywhere: the number of
 * bytes, 0 at the end, -1 with IMPORT_ERROR_ENCODING for what has no character. */
gssize decoder_read (Decoder *decoder, char *buffer, gsize size, GError **error);

/* Bytes of the file that have been read. */
gsize decoder_position (const Decoder *decoder);
