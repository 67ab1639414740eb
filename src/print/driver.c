#include "print/driver.h"

#include "core/descriptor.h"
#include "core/words.h"
#include "print/printer_job.h"

#include <cups/ppd.h>
#include <math.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#define MM_PER_PT (25.4 / 72.0)
/* A PPD's size is in whole points. */
#define SIZE_TOLERANCE_MM 0.4
/* No printer of badges is wider. */
#define WIDTH_SAID_MM 2000
#define WIDEST_SPARE_MM 0.5

/* All that libcups has for PPD files is marked so; see driver.h. */
#pragma GCC diagnostic ignored "-Wdeprecated-declarations"

struct _Driver {
  ppd_file_t *ppd;
};

Driver *driver_parse (GBytes *ppd, GError **error)
{
  g_autoptr (Driver) driver = g_new0 (Driver, 1);
  int fd = memfd_create ("ppd", MFD_CLOEXEC);

  if (fd >= 0 && descriptor_write (fd, g_bytes_get_data (ppd, NULL), g_bytes_get_size (ppd))
      && lseek (fd, 0, SEEK_SET) == 0)
    driver->ppd = ppdOpenFd (fd);
  if (fd >= 0)
    close (fd);
  if (driver->ppd == NULL) {
    int line = 0;
    ppd_status_t status = ppdLastError (&line);
    g_set_error (error, PRINTER_ERROR, PRINTER_ERROR_DOCUMENT,
                 _ ("The queue's driver file (PPD) cannot be read: %s in line %d; choose its "
                    "driver again with lpadmin -m"),
                 ppdErrorString (status), line);
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

static double widest_mm (const ppd_file_t *ppd)
{
  double widest = 0;

  for (int i = 0; i < ppd->num_sizes; i++)
    if (strcmp (ppd->sizes[i].name, "Custom") != 0)
      widest = MAX (widest, ppd->sizes[i].width * MM_PER_PT + WIDEST_SPARE_MM);
  return widest;
}

void driver_add_media (const Driver *driver, GArray *media)
{
  const ppd_file_t *ppd = driver->ppd;

  for (int i = 0; i < ppd->num_sizes; i++) {
    const ppd_size_t *size = &ppd->sizes[i];
    if (strcmp (size->name, "Custom") != 0)
      media_add_size (media, size->width * MM_PER_PT, size->length * MM_PER_PT,
                      size->left * MM_PER_PT, (size->width - size->right) * MM_PER_PT,
                      (size->length - size->top) * MM_PER_PT, size->bottom * MM_PER_PT);
  }
  /* A DYMO looks for the next label within the length it is told, so that of its own
   * names must be told, which counts the gap. */
  if (ppd->variable_sizes
      && g_ascii_strcasecmp (ppd->manufacturer != NULL ? ppd->manufacturer : "", "DYMO") != 0) {
    Medium *range;
    double max_width = ppd->custom_max[0] * MM_PER_PT;
    /* Brother's driver takes 35 m: then the widest tape that it names is the widest there
     * is. */
    media_add_range (media, ppd->custom_min[0] * MM_PER_PT, ppd->custom_min[1] * MM_PER_PT,
                     max_width > WIDTH_SAID_MM ? widest_mm (ppd) : max_width,
                     ppd->custom_max[1] * MM_PER_PT);
    range = media->len > 0 ? &g_array_index (media, Medium, media->len - 1) : NULL;
    if (range != NULL && range->name[0] == '\0') {
      range->left_mm = ppd->custom_margins[0] * MM_PER_PT;
      range->bottom_mm = ppd->custom_margins[1] * MM_PER_PT;
      range->right_mm = ppd->custom_margins[2] * MM_PER_PT;
      range->top_mm = ppd->custom_margins[3] * MM_PER_PT;
    }
  }
}

/* By how much a size of the driver lacks what @fit offers. */
static double shortfall (const ppd_size_t *size, const MediaFit *fit)
{
  double off[] = { size->left * MM_PER_PT - fit->left_mm,
                   (size->width - size->right) * MM_PER_PT - fit->right_mm,
                   (size->length - size->top) * MM_PER_PT - fit->top_mm,
                   size->bottom * MM_PER_PT - fit->bottom_mm };
  double sum = 0;

  for (guint i = 0; i < G_N_ELEMENTS (off); i++)
    sum += MAX (off[i], 0);
  return sum;
}

void driver_settle (const Driver *driver, MediaFit *fit, char *size)
{
  const ppd_size_t *best = NULL;

  size[0] = '\0';
  for (int i = 0; i < driver->ppd->num_sizes && !fit->custom; i++) {
    const ppd_size_t *each = &driver->ppd->sizes[i];
    if (strcmp (each->name, "Custom") == 0
        || fabs (each->width * MM_PER_PT - fit->width_mm) >= SIZE_TOLERANCE_MM
        || fabs (each->length * MM_PER_PT - fit->height_mm) >= SIZE_TOLERANCE_MM)
      continue;
    if (best == NULL || shortfall (each, fit) < shortfall (best, fit))
      best = each;
  }
  if (best == NULL)
    return;
  g_strlcpy (size, best->name, PPD_MAX_NAME);
  fit->left_mm = MAX (fit->left_mm, best->left * MM_PER_PT);
  fit->right_mm = MAX (fit->right_mm, (best->width - best->right) * MM_PER_PT);
  fit->top_mm = MAX (fit->top_mm, (best->length - best->top) * MM_PER_PT);
  fit->bottom_mm = MAX (fit->bottom_mm, best->bottom * MM_PER_PT);
  fit->bare = FALSE;
}

/* A choice of the option whose code makes pages of one black bit; NULL: none. */
static const ppd_choice_t *bits_choice (const ppd_option_t *option)
{
  for (int i = 0; i < option->num_choices; i++) {
    const char *code = option->choices[i].code;
    if (code != NULL && strstr (code, "cupsBitsPerColor 1/") != NULL
        && strstr (code, "cupsColorSpace 3") != NULL)
      return &option->choices[i];
  }
  return NULL;
}

gboolean driver_ask_for_bits (Driver *driver, char *option, char *choice)
{
  cups_page_header2_t head = { 0 };

  option[0] = choice[0] = '\0';
  if (cupsRasterInterpretPPD (&head, driver->ppd, 0, NULL, NULL) == 0 && head.cupsBitsPerPixel == 1)
    return TRUE;
  for (const ppd_option_t *o = ppdFirstOption (driver->ppd); o != NULL;
       o = ppdNextOption (driver->ppd)) {
    const ppd_choice_t *bits = bits_choice (o);
    if (bits == NULL)
      continue;
    g_strlcpy (option, o->keyword, PPD_MAX_NAME);
    g_strlcpy (choice, bits->choice, PPD_MAX_NAME);
    ppdMarkOption (driver->ppd, option, choice);
    return TRUE;
  }
  return FALSE;
}

/* Marks the page size; FALSE if the driver has none like it. */
static gboolean mark_size (ppd_file_t *ppd, const MediaFit *fit)
{
  char custom[64], width[G_ASCII_DTOSTR_BUF_SIZE], height[G_ASCII_DTOSTR_BUF_SIZE];

  for (int i = 0; i < ppd->num_sizes && !fit->custom; i++) {
    const ppd_size_t *size = &ppd->sizes[i];
    if (strcmp (size->name, "Custom") != 0
        && fabs (size->width * MM_PER_PT - fit->width_mm) < SIZE_TOLERANCE_MM
        && fabs (size->length * MM_PER_PT - fit->height_mm) < SIZE_TOLERANCE_MM) {
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
  return mark_size (driver->ppd, fit)
         && cupsRasterInterpretPPD (head, driver->ppd, 0, NULL, NULL) == 0 && head->cupsWidth > 0
         && head->cupsHeight > 0 && head->HWResolution[0] > 0 && head->HWResolution[1] > 0;
}
