#include "print/query_capabilities.h"

#include "core/words.h"

#include <string.h>

#define HUNDREDTHS_A_MM 100.0

static const char *text_of (ipp_t *answer, const char *name)
{
  ipp_attribute_t *attribute = ippFindAttribute (answer, name, IPP_TAG_ZERO);
  const char *text = attribute != NULL ? ippGetString (attribute, 0, NULL) : NULL;

  return text != NULL ? text : "";
}

static gboolean has_word (ipp_t *answer, const char *name, const char *word)
{
  ipp_attribute_t *attribute = ippFindAttribute (answer, name, IPP_TAG_ZERO);

  return attribute != NULL && ippContainsString (attribute, word) != 0;
}

/* Resolution ------------------------------------------------------------------------- */

/* Dots an inch of a square resolution; 0 of another. */
static guint dpi_at (ipp_attribute_t *attribute, int i)
{
  ipp_res_t unit;
  int y = 0, x = ippGetResolution (attribute, i, &y, &unit);

  if (x <= 0 || x != y)
    return 0;
  return unit == IPP_RES_PER_CM ? (guint) (x * 2.54 + 0.5) : (guint) x;
}

static void read_dpi_list (GArray *dpis, ipp_t *answer, const char *name)
{
  ipp_attribute_t *all = ippFindAttribute (answer, name, IPP_TAG_RESOLUTION);

  g_array_set_size (dpis, 0);
  for (int i = 0; all != NULL && i < ippGetCount (all); i++) {
    guint dpi = dpi_at (all, i);
    if (dpi > 0)
      g_array_append_val (dpis, dpi);
  }
}

static void read_dpis (Capabilities *traits, ipp_t *answer)
{
  ipp_attribute_t *usual
      = ippFindAttribute (answer, "printer-resolution-default", IPP_TAG_RESOLUTION);

  read_dpi_list (traits->dpis, answer, "printer-resolution-supported");
  traits->dpi = usual != NULL ? dpi_at (usual, 0) : 0;
}

/* Media ------------------------------------------------------------------------------ */

/* A dimension in mm: a number, or a range. */
static gboolean read_span (ipp_t *size, const char *name, double *least, double *most)
{
  ipp_attribute_t *attribute = ippFindAttribute (size, name, IPP_TAG_ZERO);
  int upper = 0, lower;

  if (attribute == NULL)
    return FALSE;
  lower = ippGetValueTag (attribute) == IPP_TAG_RANGE ? ippGetRange (attribute, 0, &upper)
                                                      : ippGetInteger (attribute, 0);
  *least = lower / HUNDREDTHS_A_MM;
  *most = ippGetValueTag (attribute) == IPP_TAG_RANGE ? upper / HUNDREDTHS_A_MM : *least;
  return lower > 0;
}

static double margin_of (ipp_t *medium, const char *name)
{
  ipp_attribute_t *attribute = ippFindAttribute (medium, name, IPP_TAG_INTEGER);

  return attribute != NULL ? ippGetInteger (attribute, 0) / HUNDREDTHS_A_MM : 0;
}

/* media-col-database, media-col-ready: sizes with what cannot be printed on; a range has
 * the size of its parts. */
static void read_collections (GArray *media, ipp_t *answer, const char *name)
{
  ipp_attribute_t *all = ippFindAttribute (answer, name, IPP_TAG_BEGIN_COLLECTION);

  for (int i = 0; all != NULL && i < ippGetCount (all); i++) {
    ipp_t *medium = ippGetCollection (all, i);
    ipp_attribute_t *inner
        = medium != NULL ? ippFindAttribute (medium, "media-size", IPP_TAG_BEGIN_COLLECTION) : NULL;
    ipp_t *size = inner != NULL ? ippGetCollection (inner, 0) : NULL;
    double width, height, max_width, max_height;
    if (size == NULL || !read_span (size, "x-dimension", &width, &max_width)
        || !read_span (size, "y-dimension", &height, &max_height))
      continue;
    if (max_width > width || max_height > height)
      media_add_range (media, width, height, max_width, max_height);
    else
      media_add_size (media, width, height, margin_of (medium, "media-left-margin"),
                      margin_of (medium, "media-right-margin"),
                      margin_of (medium, "media-top-margin"),
                      margin_of (medium, "media-bottom-margin"));
  }
}

/* Takes the words of an attribute. */
static void set_words (char ***words, ipp_t *answer, const char *name)
{
  ipp_attribute_t *attribute = ippFindAttribute (answer, name, IPP_TAG_ZERO);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  for (int i = 0; attribute != NULL && i < ippGetCount (attribute); i++)
    if (ippGetString (attribute, i, NULL) != NULL)
      g_strv_builder_add (builder, ippGetString (attribute, i, NULL));
  g_strfreev (*words);
  *words = g_strv_builder_end (builder);
}

/* media-supported, media-ready: names; the two ends of a range are values of their
 * own. */
static void read_names (GArray *media, ipp_t *answer, const char *attribute)
{
  g_auto (GStrv) names = NULL;

  set_words (&names, answer, attribute);
  media_add_names (media, (const char *const *) names);
}

/* Asking ----------------------------------------------------------------------------- */

static ipp_t *ask (const IppServer *server, GError **error)
{
  static const char *const ATTRIBUTES[] = {
    "printer-make-and-model",
    "printer-location",
    "printer-info",
    "device-uri",
    "color-supported",
    "sides-supported",
    "printer-resolution-supported",
    "printer-resolution-default",
    "media-col-database",
    "media-col-ready",
    "media-supported",
    "media-ready",
    "document-format-supported",
    "pwg-raster-document-type-supported",
    "pwg-raster-document-resolution-supported",
    "urf-supported",
    "pwg-raster-document-sheet-back",
  };
  g_autofree char *doing = g_strdup (_ ("Asking what the printer can do"));
  ipp_t *question = ipp_question (server, IPP_OP_GET_PRINTER_ATTRIBUTES);

  ippAddStrings (question, IPP_TAG_OPERATION, IPP_TAG_KEYWORD, "requested-attributes",
                 G_N_ELEMENTS (ATTRIBUTES), NULL, ATTRIBUTES);
  return ipp_ask_well (server, question, doing, error);
}

static void set_text (char **text, const char *value)
{
  g_free (*text);
  *text = g_strdup (value);
}

/* The device URI without what is nobody's business. */
static char *plain_uri (const char *uri)
{
  char scheme[32], user[256], host[256], path[1024];
  int port;

  if (httpSeparateURI (HTTP_URI_CODING_ALL, uri, scheme, sizeof scheme, user, sizeof user, host,
                       sizeof host, &port, path, sizeof path)
      < HTTP_URI_STATUS_OK)
    return g_strdup ("");
  path[strcspn (path, "?")] = '\0';
  return port > 0 ? g_strdup_printf (strchr (host, ':') != NULL ? "%s://[%s]:%d%s" : "%s://%s:%d%s",
                                     scheme, host, port, path)
                  : g_strdup_printf ("%s://%s%s", scheme, host, path);
}

static void read_queue (Capabilities *traits, ipp_t *answer)
{
  set_text (&traits->model, text_of (answer, "printer-make-and-model"));
  set_text (&traits->place, text_of (answer, "printer-location"));
  set_text (&traits->note, text_of (answer, "printer-info"));
  g_free (traits->uri);
  traits->uri = plain_uri (text_of (answer, "device-uri"));
  traits->colour
      = ippGetBoolean (ippFindAttribute (answer, "color-supported", IPP_TAG_BOOLEAN), 0) != 0;
  traits->two_sided = has_word (answer, "sides-supported", "two-sided-long-edge");
  read_dpis (traits, answer);
}

/* What a printer says of itself: CUPS makes up its raster types. @raw: CUPS knows nothing
 * of it. */
static void read_printer (Capabilities *traits, ipp_t *answer, gboolean raw)
{
  set_words (&traits->formats, answer, "document-format-supported");
  set_words (&traits->raster_types, answer, "pwg-raster-document-type-supported");
  set_words (&traits->urf, answer, "urf-supported");
  read_dpi_list (traits->raster_dpis, answer, "pwg-raster-document-resolution-supported");
  if (raw) {
    traits->colour
        = ippGetBoolean (ippFindAttribute (answer, "color-supported", IPP_TAG_BOOLEAN), 0) != 0;
    traits->two_sided = has_word (answer, "sides-supported", "two-sided-long-edge");
  }
  /* CUPS makes up a resolution, too (Lexmark MS421dn: 300 of 600). */
  if (raw || ippFindAttribute (answer, "printer-resolution-supported", IPP_TAG_RESOLUTION) != NULL)
    read_dpis (traits, answer);
  if (text_of (answer, "pwg-raster-document-sheet-back")[0] != '\0')
    set_text (&traits->sheet_back, text_of (answer, "pwg-raster-document-sheet-back"));
  if (text_of (answer, "printer-make-and-model")[0] != '\0')
    set_text (&traits->model, text_of (answer, "printer-make-and-model"));
  read_collections (traits->media, answer, "media-col-database");
  read_names (traits->media, answer, "media-supported");
  read_collections (traits->ready, answer, "media-col-ready");
  read_names (traits->ready, answer, "media-ready");
}

/* The driver that CUPS makes for IPP Everywhere hands on what the printer reads. */
static gboolean is_driverless (const Driver *driver)
{
  return driver_reads (driver, "image/pwg-raster") || driver_reads (driver, "image/urf");
}

gboolean query_capabilities (const IppServer *cups, const IppServer *device, Capabilities **traits,
                             Driver **driver, GError **error)
{
  g_autoptr (ipp_t) answer = ask (cups, error);
  g_autoptr (ipp_t) own = NULL;
  g_autoptr (Capabilities) found = capabilities_new ();
  g_autoptr (Driver) read = NULL;
  g_autofree char *path = g_strconcat (cups->resource, ".ppd", NULL);
  g_autoptr (GBytes) ppd = NULL;
  GError *cause = NULL;

  if (answer == NULL)
    return FALSE;
  read_queue (found, answer);
  ppd = ipp_fetch (cups, path, DRIVER_BYTES_MAX, &cause);
  if (cause != NULL) {
    g_propagate_error (error, cause);
    return FALSE;
  }
  if (ppd != NULL && (read = driver_parse (ppd, error)) == NULL)
    return FALSE;
  found->raw = ppd == NULL;
  /* Only of a driverless queue the printer's own word is that of the queue. */
  if (device != NULL && (read == NULL || is_driverless (read))
      && (own = ask (device, NULL)) != NULL)
    read_printer (found, own, found->raw);
  if (read != NULL && found->media->len == 0)
    driver_add_media (read, found->media);
  /* What CUPS says of a driver's sizes is made from the driver, and knows less. */
  if (found->media->len == 0) {
    read_collections (found->media, answer, "media-col-database");
    read_names (found->media, answer, "media-supported");
  }
  *traits = g_steal_pointer (&found);
  *driver = g_steal_pointer (&read);
  return TRUE;
}
