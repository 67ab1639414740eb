#include "print/capabilities.h"

#include <string.h>

#define ZPL_DPI 203
#define DPI_LEAST 100
#define DPI_MOST 1200

Capabilities *capabilities_new (void)
{
  Capabilities *traits = g_new0 (Capabilities, 1);

  traits->model = g_strdup ("");
  traits->place = g_strdup ("");
  traits->note = g_strdup ("");
  traits->uri = g_strdup ("");
  traits->dpis = g_array_new (FALSE, FALSE, sizeof (guint));
  traits->raster_dpis = g_array_new (FALSE, FALSE, sizeof (guint));
  traits->media = media_new ();
  traits->ready = media_new ();
  traits->formats = g_new0 (char *, 1);
  traits->raster_types = g_new0 (char *, 1);
  traits->urf = g_new0 (char *, 1);
  traits->sheet_back = g_strdup ("normal");
  return traits;
}

void capabilities_free (Capabilities *traits)
{
  if (traits == NULL)
    return;
  g_free (traits->model);
  g_free (traits->place);
  g_free (traits->note);
  g_free (traits->uri);
  g_array_unref (traits->dpis);
  g_array_unref (traits->raster_dpis);
  g_array_unref (traits->media);
  g_array_unref (traits->ready);
  g_strfreev (traits->formats);
  g_strfreev (traits->raster_types);
  g_strfreev (traits->urf);
  g_free (traits->sheet_back);
  g_free (traits);
}

/* The number before "dpi" in @text; 0 if there is none. */
static guint dpi_in (const char *text)
{
  const char *end = strcasestr (text, "dpi"), *start;
  guint64 number;

  if (end == NULL)
    return 0;
  while (end > text && g_ascii_isspace (end[-1]))
    end--;
  for (start = end; start > text && g_ascii_isdigit (start[-1]);)
    start--;
  number = g_ascii_strtoull (start, NULL, 10);
  return start < end && number >= DPI_LEAST && number <= DPI_MOST ? (guint) number : 0;
}

gboolean capabilities_speak_zpl (const Capabilities *traits, guint *dpi)
{
  guint said = dpi_in (traits->note);

  *dpi = said > 0 ? said : ZPL_DPI;
  return traits->raw
         && (strcasestr (traits->note, "ZPL") != NULL
             || g_ascii_strncasecmp (traits->uri, "usb://Zebra", 11) == 0);
}
