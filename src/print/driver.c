#include "print/driver.h"

#include "core/descriptor.h"
#include "core/words.h"
#include "print/job.h"

#include <cups/ppd.h>
#include <math.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#define MM_PER_PT (25.4 / 72.0)
/* A PPD's size is in whole points. */
#define SIZE_TOLERANCE_MM 0.4

/* All that libcups has for PPD files is marked so; see driver.h. */
#pragma GCC diagnostic ignored "-Wdeprecated-declarations"

struct _Driver {
  ppd_file_t *ppd;
};

Driver *driver_parse (GBytes *ppd, GError **error)
{
  g_autoptr (Driver) driver = g_new0 (Driver, 1);
  int fd = memfd_create ("ppd", MFD_CLOEXEC);

  if (fd >= 0 && descriptor_write (fd, g_bytes_get_data (ppd, NULL), g_bytes_get_size (ppd)) && lseek (fd, 0, SEEK_SET) == 0)
    driver->ppd = ppdOpenFd (fd);
  if (fd >= 0)
    close (fd);
  if (driver->ppd == NULL) {
    int line = 0;
    ppd_status_t status = ppdLastError (&line);
    g_set_error (error, PRINTER_ERROR, PRINTER_ERROR_DOCUMENT, _("The queue's driver file (PPD) cannot be read: %s in line %d; choose its driver again with lpadmin -m"), ppdErrorString (status), line);
    return NULL;
  }
  ppdMarkDefaults (driver->ppd);
  return g_steal_pointer (&driver);
}

void driver_free (Driver *driver)
{
  if (driver == NULL)
    return;
  if (driver->ppd != NULL)
    ppdClose (driver->ppd);
  g_free (driver);
}

static gboolean leads (const char *filter, const char *mime)
{
  gsize length = strlen (mime);

  return filter != NULL && strncmp (filter, mime, length) == 0 && g_ascii_isspace (filter[length]);
}

gboolean driver_reads (const Driver *driver, const char *mime)
{
  ppd_attr_t *second = ppdFindAttr (driver->ppd, "cupsFilter2", NULL);

  if (second != NULL) {
    for (; second != NULL; second = ppdFindNextAttr (driver->ppd, "cupsFilter2", NULL))
      if (leads (second->value, mime))
        return TRUE;
    return FALSE;
  }
  for (int i = 0; i < driver->ppd->num_filters; i++)
    if (leads (driver->ppd->filters[i], mime))
      return TRUE;
  return FALSE;
}

void driver_add_media (const Driver *driver, GArray *media)
{
  const ppd_file_t *ppd = driver->ppd;

  for (int i = 0; i < ppd->num_sizes; i++) {
    const ppd_size_t *size = &ppd->sizes[i];
    if (strcmp (size->name, "Custom") != 0)
      media_add_size (media, size->width * MM_PER_PT, size->length * MM_PER_PT, size->left * MM_PER_PT, (size->width - size->right) * MM_PER_PT, (size->length - size->top) * MM_PER_PT,
                      size->bottom * MM_PER_PT);
  }
  if (ppd->variable_sizes) {
    Medium *range;
    media_add_range (media, ppd->custom_min[0] * MM_PER_PT, ppd->custom_min[1] * MM_PER_PT, ppd->custom_max[0] * MM_PER_PT, ppd->custom_max[1] * MM_PER_PT);
    range = media->len > 0 ? &g_array_index (media, Medium, media->len - 1) : NULL;
    if (range != NULL && range->name[0] == '\0') {
      range->left_mm = ppd->custom_margins[0] * MM_PER_PT;
      range->bottom_mm = ppd->custom_margins[1] * MM_PER_PT;
      range->right_mm = ppd->custom_margins[2] * MM_PER_PT;
      range->top_mm = ppd->custom_margins[3] * MM_PER_PT;
    }
  }
}

/* Marks the page size; FALSE if the driver has none like it. */
static gboolean mark_size (ppd_file_t *ppd, const MediaFit *fit)
{
  char custom[64], width[G_ASCII_DTOSTR_BUF_SIZE], height[G_ASCII_DTOSTR_BUF_SIZE];

  for (int i = 0; i < ppd->num_sizes && !fit->custom; i++) {
    const ppd_size_t *size = &ppd->sizes[i];
    if (strcmp (size->name, "Custom") != 0 && fabs (size->width * MM_PER_PT - fit->width_mm) < SIZE_TOLERANCE_MM && fabs (size->length * MM_PER_PT - fit->height_mm) < SIZE_TOLERANCE_MM) {
      ppdMarkOption (ppd, "PageSize", size->name);
      return TRUE;
    }
  }
  if (!ppd->variable_sizes)
    return FALSE;
  g_ascii_formatd (width, sizeof width, "%.3f", fit->width_mm);
  g_ascii_formatd (height, sizeof height, "%.3f", fit->height_mm);
  g_snprintf (custom, sizeof custom, "Custom.%sx%smm", width, height);
  ppdMarkOption (ppd, "PageSize", custom);
  return TRUE;
}

gboolean driver_head (Driver *driver, const MediaFit *fit, cups_page_header2_t *head)
{
  memset (head, 0, sizeof *head);
  return mark_size (driver->ppd, fit) && cupsRasterInterpretPPD (head, driver->ppd, 0, NULL, NULL) == 0 && head->cupsWidth > 0 && head->cupsHeight > 0 && head->HWResolution[0] > 0
         && head->HWResolution[1] > 0;
}
