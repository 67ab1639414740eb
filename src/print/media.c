#include "print/media.h"

#include "core/words.h"

#include <cups/cups.h>
#include <cups/pwg.h>
#include <math.h>
#include <string.h>

#define HUNDREDTHS_A_MM 100.0
/* The same medium, once in hundredths of a millimetre and once in the whole points of a
 * driver. */
#define SAME_MM 0.4
#define SIDE_MIN_MM 5.0
#define SIDE_MAX_MM 5000.0

static void medium_clear (gpointer data)
{
  Medium *medium = data;

  g_free (medium->name);
}

GArray *media_new (void)
{
  GArray *media = g_array_new (FALSE, TRUE, sizeof (Medium));

  g_array_set_clear_func (media, medium_clear);
  return media;
}

static char *size_name (double width_mm, double height_mm)
{
  const pwg_media_t *known = pwgMediaForSize ((int) lround (width_mm * HUNDREDTHS_A_MM),
                                              (int) lround (height_mm * HUNDREDTHS_A_MM));
  char name[128], keyword[128];

  /* A standard name only if it is that size: libcups takes what is within a few
   * millimetres for it. */
  if (known != NULL && fabs (known->width / HUNDREDTHS_A_MM - width_mm) < 0.05
      && fabs (known->length / HUNDREDTHS_A_MM - height_mm) < 0.05)
    return g_strdup (known->pwg);
  pwgFormatSizeName (keyword, sizeof keyword, "custom", NULL,
                     (int) lround (width_mm * HUNDREDTHS_A_MM),
                     (int) lround (height_mm * HUNDREDTHS_A_MM), "mm");
  g_strlcpy (name, keyword, sizeof name);
  return g_strdup (name);
}

static gboolean is_same (const Medium *a, const Medium *b)
{
  return (a->name == NULL || a->name[0] == '\0') == (b->name == NULL || b->name[0] == '\0')
         && fabs (a->width_mm - b->width_mm) < SAME_MM
         && fabs (a->height_mm - b->height_mm) < SAME_MM
         && fabs (a->max_width_mm - b->max_width_mm) < SAME_MM
         && fabs (a->max_height_mm - b->max_height_mm) < SAME_MM;
}

static double margins (const Medium *medium)
{
  return medium->left_mm + medium->right_mm + medium->top_mm + medium->bottom_mm;
}

/* Takes @medium's name, too. */
static void add (GArray *media, Medium medium)
{
  for (guint i = 0; i < media->len; i++) {
    Medium *known = &g_array_index (media, Medium, i);
    if (!is_same (known, &medium))
      continue;
    if (!medium.bare && (known->bare || margins (&medium) < margins (known))) {
      char *name = known->name;
      *known = medium;
      known->name = name;
    }
    g_free (medium.name);
    return;
  }
  g_array_append_val (media, medium);
}

static gboolean is_of_this_world (double width_mm, double height_mm)
{
  return width_mm >= SIDE_MIN_MM && height_mm >= SIDE_MIN_MM && width_mm <= SIDE_MAX_MM
         && height_mm <= SIDE_MAX_MM;
}

void media_add_size (GArray *media, double width_mm, double height_mm, double left_mm,
                     double right_mm, double top_mm, double bottom_mm)
{
  if (is_of_this_world (width_mm, height_mm))
    add (media, (Medium){ size_name (width_mm, height_mm), width_mm, height_mm, width_mm, height_mm,
                          left_mm, right_mm, top_mm, bottom_mm, FALSE });
}

void media_add_range (GArray *media, double min_width_mm, double min_height_mm, double max_width_mm,
                      double max_height_mm)
{
  Medium range = { NULL,
                   MAX (min_width_mm, SIDE_MIN_MM),
                   MAX (min_height_mm, SIDE_MIN_MM),
                   MIN (max_width_mm, SIDE_MAX_MM),
                   MIN (max_height_mm, SIDE_MAX_MM),
                   0,
                   0,
                   0,
                   0,
                   FALSE };

  if (range.width_mm > range.max_width_mm || range.height_mm > range.max_height_mm)
    return;
  range.name = g_strdup ("");
  add (media, range);
}

/* The first words of the names of a range's ends (PWG 5101.1, 5.3; PWG 5100.7). */
static const char *const KINDS[] = { "custom_", "roll_" };

/* @name is an end of a range: "min_" or "max_". */
static gboolean is_end (const char *name, const char *end)
{
  for (guint i = 0; i < G_N_ELEMENTS (KINDS); i++)
    if (g_str_has_prefix (name, KINDS[i]) && g_str_has_prefix (name + strlen (KINDS[i]), end))
      return TRUE;
  return FALSE;
}

gboolean media_add_name (GArray *media, const char *name)
{
  const pwg_media_t *known;

  if (is_end (name, "min_") || is_end (name, "max_"))
    return FALSE;
  known = pwgMediaForPWG (name);
  if (known == NULL
      || !is_of_this_world (known->width / HUNDREDTHS_A_MM, known->length / HUNDREDTHS_A_MM))
    return FALSE;
  double width_mm = known->width / HUNDREDTHS_A_MM, height_mm = known->length / HUNDREDTHS_A_MM;
  add (media, (Medium){ size_name (width_mm, height_mm), width_mm, height_mm, width_mm, height_mm,
                        0, 0, 0, 0, TRUE });
  return TRUE;
}

/* The numbers of "roll_max_62x1000mm" in mm; either may be 0. */
static gboolean read_end (const char *name, double *width_mm, double *height_mm)
{
  const char *numbers = strrchr (name, '_');
  char *end = NULL;
  double scale = g_str_has_suffix (name, "in") ? 25.4 : 1;

  if (numbers == NULL)
    return FALSE;
  *width_mm = g_ascii_strtod (numbers + 1, &end) * scale;
  if (end == numbers + 1 || *end != 'x')
    return FALSE;
  *height_mm = g_ascii_strtod (end + 1, &end) * scale;
  return isfinite (*width_mm) && isfinite (*height_mm);
}

/* A range for each kind that has two ends. */
static void add_ranges (GArray *media, const char *const *names)
{
  for (guint kind = 0; kind < G_N_ELEMENTS (KINDS); kind++) {
    double least[2] = { 0, 0 }, most[2] = { 0, 0 };
    for (guint i = 0; names[i] != NULL; i++) {
      if (!g_str_has_prefix (names[i], KINDS[kind]))
        continue;
      if (is_end (names[i], "min_"))
        read_end (names[i], &least[0], &least[1]);
      else if (is_end (names[i], "max_"))
        read_end (names[i], &most[0], &most[1]);
    }
    if (most[0] > 0 && most[1] > 0)
      media_add_range (media, least[0], least[1], most[0], most[1]);
  }
}

void media_add_names (GArray *media, const char *const *names)
{
  double width_mm, height_mm;

  for (guint i = 0; names[i] != NULL; i++)
    if (!media_add_name (media, names[i]) && !is_end (names[i], "min_")
        && !is_end (names[i], "max_") && read_end (names[i], &width_mm, &height_mm) && width_mm > 0
        && height_mm == 0)
      media_add_range (media, width_mm, SIDE_MIN_MM, width_mm, SIDE_MAX_MM);
  add_ranges (media, names);
}

/* Choosing --------------------------------------------------------------------------- */

static gboolean is_range (const Medium *medium)
{
  return medium->name[0] == '\0';
}

/* How well a sheet goes on a medium of fixed size: by how much it is off, or less than 0
 * if it does not. */
static double misfit (const Medium *medium, double width_mm, double height_mm, double spare_mm)
{
  double across = medium->width_mm - width_mm, along = medium->height_mm - height_mm;

  if (is_range (medium) || across < -MEDIA_TOLERANCE_MM || along < -MEDIA_TOLERANCE_MM
      || across > spare_mm || along > spare_mm)
    return -1;
  return fabs (across) + fabs (along);
}

static gboolean choose_fixed (const GArray *media, double width_mm, double height_mm,
                              double spare_mm, MediaFit *fit)
{
  const Medium *best = NULL;
  double least = 0;

  for (guint i = 0; i < media->len; i++) {
    const Medium *medium = &g_array_index (media, Medium, i);
    double off = misfit (medium, width_mm, height_mm, spare_mm);
    if (off >= 0 && (best == NULL || off < least)) {
      best = medium;
      least = off;
    }
  }
  if (best != NULL)
    *fit = (MediaFit){
      g_strdup (best->name), best->width_mm,  best->height_mm, best->left_mm, best->right_mm,
      best->top_mm,          best->bottom_mm, best->bare,      FALSE,         FALSE
    };
  return best != NULL;
}

static gboolean choose_custom (const GArray *media, double width_mm, double height_mm,
                               MediaFit *fit)
{
  for (guint i = 0; i < media->len; i++) {
    const Medium *range = &g_array_index (media, Medium, i);
    if (is_range (range) && width_mm >= range->width_mm && width_mm <= range->max_width_mm
        && height_mm >= range->height_mm && height_mm <= range->max_height_mm) {
      *fit = (MediaFit){ size_name (width_mm, height_mm),
                         width_mm,
                         height_mm,
                         range->left_mm,
                         range->right_mm,
                         range->top_mm,
                         range->bottom_mm,
                         FALSE,
                         TRUE,
                         FALSE };
      return TRUE;
    }
  }
  return FALSE;
}

gboolean media_choose (const GArray *media, double width_mm, double height_mm, MediaFit *fit)
{
  static const enum { EXACT, CUSTOM, SPARE } WAYS[] = { EXACT, CUSTOM, SPARE };

  for (guint i = 0; i < G_N_ELEMENTS (WAYS); i++)
    for (guint turned = 0; turned < 2; turned++) {
      double width = turned ? height_mm : width_mm, height = turned ? width_mm : height_mm;
      gboolean found
          = WAYS[i] == CUSTOM
                ? choose_custom (media, width, height, fit)
                : choose_fixed (media, width, height,
                                WAYS[i] == EXACT ? MEDIA_TOLERANCE_MM : MEDIA_SPARE_MM, fit);
      if (found) {
        fit->rotated = turned == 1;
        return TRUE;
      }
    }
  return FALSE;
}

gboolean media_is_another (const GArray *ready, const MediaFit *fit)
{
  gboolean roll = FALSE;

  for (guint i = 0; i < ready->len; i++) {
    const Medium *medium = &g_array_index (ready, Medium, i);
    if (fit->width_mm >= medium->width_mm - MEDIA_TOLERANCE_MM
        && fit->width_mm <= medium->max_width_mm + MEDIA_TOLERANCE_MM
        && fit->height_mm <= medium->max_height_mm + MEDIA_SPARE_MM)
      return FALSE;
    roll = roll || is_range (medium);
  }
  return roll && fit->custom;
}

/* For a person ----------------------------------------------------------------------- */

static void append_mm (GString *text, double least, double most)
{
  g_string_append_printf (text, "%.4g", round (least * 10) / 10);
  if (most > least)
    g_string_append_printf (text, "–%.4g", round (most * 10) / 10);
}

/* How far a medium is from a size. */
static double distance (const Medium *medium, double width_mm, double height_mm)
{
  return fabs (CLAMP (width_mm, medium->width_mm, medium->max_width_mm) - width_mm)
         + fabs (CLAMP (height_mm, medium->height_mm, medium->max_height_mm) - height_mm);
}

typedef struct {
  double width_mm, height_mm;
} Size;

static gint nearer (gconstpointer a, gconstpointer b, gpointer data)
{
  const Medium *const *left = a, *const *right = b;
  const Size *size = data;
  double off = distance (*left, size->width_mm, size->height_mm)
               - distance (*right, size->width_mm, size->height_mm);

  return off < 0 ? -1 : off > 0 ? 1 : *left < *right ? -1 : *left > *right;
}

char *media_list (const GArray *media, double width_mm, double height_mm, guint most)
{
  g_autoptr (GPtrArray) sorted = g_ptr_array_new ();
  Size size = { width_mm, height_mm };
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < media->len; i++)
    g_ptr_array_add (sorted, &g_array_index (media, Medium, i));
  g_ptr_array_sort_with_data (sorted, nearer, &size);
  for (guint i = 0; i < MIN (sorted->len, most); i++) {
    const Medium *medium = g_ptr_array_index (sorted, i);
    g_string_append (text, i > 0 ? ", " : "");
    append_mm (text, medium->width_mm, medium->max_width_mm);
    g_string_append (text, " × ");
    append_mm (text, medium->height_mm, medium->max_height_mm);
  }
  g_string_append (text, media->len > 0 ? " mm" : "");
  if (media->len > most)
    g_string_append_printf (text, _ (", and %u more"), media->len - most);
  return g_string_free (text, FALSE);
}
