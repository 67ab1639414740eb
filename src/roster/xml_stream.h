/* xml_stream.h: XML or HTML in pieces, told as elements and text, through libxml2.
 *
 * Nothing is ever fetched, no entity is declared or opened but the five of XML: a
 * document type in XML is refused, since no workbook has one. libxml2 limits depth (256
 * elements) and the length of names and attributes. Elements have no prefix: `x:row` is
 * `row`.
 *
 * Must not know: what the elements mean.
 * Threads: an XmlStream is used by one thread at a time. Nothing here blocks.  */
#pragma once

#include <glib.h>

typedef struct _XmlStream XmlStream;
typedef struct _XmlAttributes XmlAttributes;

typedef struct {
  void (*start) (gpointer data, const char *name, const XmlAttributes *attributes);
  void (*end) (gpointer data, const char *name);
  void (*text) (gpointer data, const char *text, gsize length); /* in pieces, cut anywhere */
} XmlHandlers;

/* @handlers (any may be NULL) and @data must outlive the stream. */
XmlStream *xml_stream_new (const XmlHandlers *handlers, gpointer data);
/* HTML, forgiving, in UTF-8 already. */
XmlStream *xml_stream_new_html (const XmlHandlers *handlers, gpointer data);
void xml_stream_free (XmlStream *stream);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (XmlStream, xml_stream_free)

/* FALSE with IMPORT_ERROR_FORMAT if it is no XML. @last: there is no more. */
gboolean xml_stream_feed (XmlStream *stream, const char *bytes, gsize length, gboolean last,
                          GError **error);
/* From a handler: nothing more is told. */
void xml_stream_stop (XmlStream *stream);

/* The value of an attribute, in @buffer (cut to @size), or NULL if it is not there. */
const char *xml_stream_attribute (const XmlAttributes *attributes, const char *name, char *buffer,
                                  gsize size);
