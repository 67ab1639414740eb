#include "roster/xml_stream.h"

#include "core/words.h"
#include "roster/import_fault.h"

#include <libxml/HTMLparser.h>
#include <libxml/parser.h>
#include <string.h>

struct _XmlStream {
  const XmlHandlers *handlers;
  gpointer data;
  xmlParserCtxtPtr parser;
  gboolean html, stopped, has_doctype;
};

/* libxml2 tells attributes in two ways; of either, one of the two pointers is set. */
struct _XmlAttributes {
  const xmlChar **five; /* local name, prefix, URI, value, its end; SAX2 */
  int count;
  const xmlChar **two; /* name, value, … NULL; HTML */
};

const char *xml_stream_attribute (const XmlAttributes *attributes, const char *name, char *buffer,
                                  gsize size)
{
  for (int i = 0; i < attributes->count; i++) {
    const xmlChar **one = attributes->five + 5 * i;
    if (strcmp ((const char *) one[0], name) == 0) {
      gsize length = MIN ((gsize) (one[4] - one[3]), size - 1);
      memcpy (buffer, one[3], length);
      buffer[length] = '\0';
      return buffer;
    }
  }
  for (const xmlChar **one = attributes->two; one != NULL && one[0] != NULL; one += 2)
    if (g_ascii_strcasecmp ((const char *) one[0], name) == 0) {
      g_strlcpy (buffer, one[1] != NULL ? (const char *) one[1] : "", size);
      return buffer;
    }
  return NULL;
}

/* What libxml2 calls ----------------------------------------------------------------- */

static void start_xml (void *context, const xmlChar *name, const xmlChar *prefix,
                       const xmlChar *uri, int namespaces, const xmlChar **declared, int count,
                       int defaulted, const xmlChar **attributes)
{
  XmlStream *stream = ((xmlParserCtxtPtr) context)->_private;
  XmlAttributes five = { .five = attributes, .count = count };
  if (!stream->stopped && stream->handlers->start != NULL)
    stream->handlers->start (stream->data, (const char *) name, &five);
}

static void end_xml (void *context, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri)
{
  XmlStream *stream = ((xmlParserCtxtPtr) context)->_private;
  if (!stream->stopped && stream->handlers->end != NULL)
    stream->handlers->end (stream->data, (const char *) name);
}

static void start_html (void *context, const xmlChar *name, const xmlChar **attributes)
{
  XmlStream *stream = ((xmlParserCtxtPtr) context)->_private;
  XmlAttributes two = { .two = attributes };
  if (!stream->stopped && stream->handlers->start != NULL)
    stream->handlers->start (stream->data, (const char *) name, &two);
}

static void end_html (void *context, const xmlChar *name)
{
  XmlStream *stream = ((xmlParserCtxtPtr) context)->_private;
  if (!stream->stopped && stream->handlers->end != NULL)
    stream->handlers->end (stream->data, (const char *) name);
}

static void tell_text (void *context, const xmlChar *text, int length)
{
  XmlStream *stream = ((xmlParserCtxtPtr) context)->_private;
  if (!stream->stopped && stream->handlers->text != NULL)
    stream->handlers->text (stream->data, (const char *) text, (gsize) length);
}

static void meet_doctype (void *context, const xmlChar *name, const xmlChar *external,
                          const xmlChar *system)
{
  XmlStream *stream = ((xmlParserCtxtPtr) context)->_private;
  stream->has_doctype = TRUE;
  xmlStopParser (stream->parser);
}

/* Streams ---------------------------------------------------------------------------- */

XmlStream *xml_stream_new (const XmlHandlers *handlers, gpointer data)
{
  XmlStream *stream = g_new0 (XmlStream, 1);
  xmlSAXHandler sax = {
    .initialized = XML_SAX2_MAGIC,
    .startElementNs = start_xml,
    .endElementNs = end_xml,
    .characters = tell_text,
    .cdataBlock = tell_text,
    .ignorableWhitespace = tell_text,
    .internalSubset = meet_doctype,
  };
  stream->handlers = handlers;
  stream->data = data;
  stream->parser = xmlCreatePushParserCtxt (&sax, NULL, NULL, 0, NULL);
  xmlCtxtUseOptions (stream->parser, XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING);
  stream->parser->_private = stream;
  return stream;
}

XmlStream *xml_stream_new_html (const XmlHandlers *handlers, gpointer data)
{
  XmlStream *stream = g_new0 (XmlStream, 1);
  xmlSAXHandler sax = {
    .startElement = start_html,
    .endElement = end_html,
    .characters = tell_text,
    .cdataBlock = tell_text,
    .ignorableWhitespace = tell_text,
  };
  stream->handlers = handlers;
  stream->data = data;
  stream->html = TRUE;
  stream->parser = htmlCreatePushParserCtxt (&sax, NULL, NULL, 0, NULL, XML_CHAR_ENCODING_UTF8);
  htmlCtxtUseOptions (stream->parser, HTML_PARSE_NONET | HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING
                                          | HTML_PARSE_IGNORE_ENC | HTML_PARSE_RECOVER);
  stream->parser->_private = stream;
  return stream;
}

void xml_stream_free (XmlStream *stream)
{
  if (stream == NULL)
    return;
  xmlDocPtr document = stream->parser->myDoc;
  if (stream->html)
    htmlFreeParserCtxt (stream->parser);
  else
    xmlFreeParserCtxt (stream->parser);
  if (document != NULL)
    xmlFreeDoc (document);
  g_free (stream);
}

void xml_stream_stop (XmlStream *stream)
{
  stream->stopped = TRUE;
  xmlStopParser (stream->parser);
}

gboolean xml_stream_feed (XmlStream *stream, const char *bytes, gsize length, gboolean last,
                          GError **error)
{
  int status = stream->html ? htmlParseChunk (stream->parser, bytes, (int) length, last)
                            : xmlParseChunk (stream->parser, bytes, (int) length, last);
  if (stream->stopped || stream->html || (status == XML_ERR_OK && !stream->has_doctype))
    return TRUE;
  const xmlError *why = xmlCtxtGetLastError (stream->parser);
  g_autofree char *reason = why != NULL && why->message != NULL
                                ? g_strstrip (g_strdup (why->message))
                                : g_strdup ("XML");
  if (stream->has_doctype)
    g_set_error_literal (
        error, IMPORT_ERROR, IMPORT_ERROR_FORMAT,
        _ ("the workbook declares a document type, as none that Excel writes does. "
           "Save it again in Excel."));
  else
    g_set_error (error, IMPORT_ERROR, IMPORT_ERROR_FORMAT,
                 _ ("the workbook is damaged (%s). Open it in Excel and save it again, or fetch it "
                    "again."),
                 reason);
  return FALSE;
}
