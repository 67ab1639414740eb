#include "kiosk/ui_fit.h"

#define STEP 0.04
#define SMALLEST 0.3 /* of the size, whatever happens */

typedef struct {
  GtkWidget parent;
  GtkWidget *child;
  double least;
} UiFit;
typedef GtkWidgetClass UiFitClass;

static GType fit_get_type (void);
static GType spare_get_type (void);
G_DEFINE_TYPE (UiFit, fit, GTK_TYPE_WIDGET)

typedef UiFit UiSpare;
typedef GtkWidgetClass UiSpareClass;
G_DEFINE_TYPE (UiSpare, spare, GTK_TYPE_WIDGET)

static void dispose (GObject *object)
{
  UiFit *fit = (UiFit *) object;

  g_clear_pointer (&fit->child, gtk_widget_unparent);
  G_OBJECT_CLASS (g_type_class_peek (GTK_TYPE_WIDGET))->dispose (object);
}

static GtkSizeRequestMode request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static GtkWidget *make (GType type, GtkWidget *child, double least)
{
  UiFit *fit = g_object_new (type, NULL);

  fit->child = child;
  fit->least = least;
  gtk_widget_set_parent (child, GTK_WIDGET (fit));
  return GTK_WIDGET (fit);
}

static int measure_child (UiFit *fit, GtkOrientation along, double size, int *natural)
{
  int least = 0, most = 0;

  if (gtk_widget_get_visible (fit->child))
    gtk_widget_measure (fit->child, along, size < 0 ? -1 : (int) size, &least, &most, NULL, NULL);
  if (natural != NULL)
    *natural = most;
  return least;
}

/* A fit ------------------------------------------------------------------------------ */

static void fit_measure (GtkWidget *widget, GtkOrientation along, int size, int *least,
                         int *natural, int *least_line, int *natural_line)
{
  UiFit *fit = (UiFit *) widget;
  double smaller = size < 0 ? -1 : size / fit->least;

  measure_child (fit, along, size, natural);
  *least = (int) (measure_child (fit, along, smaller, NULL) * fit->least + 0.999);
  *natural = MAX (*natural, *least);
}

/* The largest share of its size at which the child has room in @width × @height. */
static double share_of (UiFit *fit, int width, int height)
{
  for (double share = 1; share > SMALLEST; share -= STEP)
    if (measure_child (fit, GTK_ORIENTATION_HORIZONTAL, -1, NULL) * share <= width
        && measure_child (fit, GTK_ORIENTATION_VERTICAL, width / share, NULL) * share <= height)
      return share;
  return SMALLEST;
}

static void fit_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  UiFit *fit = (UiFit *) widget;

  if (!gtk_widget_get_visible (fit->child))
    return;
  double share = share_of (fit, width, height);
  GskTransform *transform
      = share < 1 ? gsk_transform_scale (NULL, (float) share, (float) share) : NULL;
  gtk_widget_allocate (
      fit->child,
      MAX ((int) (width / share), measure_child (fit, GTK_ORIENTATION_HORIZONTAL, -1, NULL)),
      MAX ((int) (height / share),
           measure_child (fit, GTK_ORIENTATION_VERTICAL, width / share, NULL)),
      -1, transform);
}

static void fit_class_init (UiFitClass *class)
{
  G_OBJECT_CLASS (class)->dispose = dispose;
  class->get_request_mode = request_mode;
  class->measure = fit_measure;
  class->size_allocate = fit_size_allocate;
  gtk_widget_class_set_accessible_role (class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void fit_init (UiFit *fit)
{
}

GtkWidget *ui_fit_new (GtkWidget *child, double least)
{
  return make (fit_get_type (), child, least);
}

/* A spare ---------------------------------------------------------------------------- */

static void spare_measure (GtkWidget *widget, GtkOrientation along, int size, int *least,
                           int *natural, int *least_line, int *natural_line)
{
  UiFit *fit = (UiFit *) widget;

  measure_child (fit, along, size, natural);
  *least = 0;
}

static void spare_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  UiFit *fit = (UiFit *) widget;
  int natural = 0;

  if (!gtk_widget_get_visible (fit->child))
    return;
  int needed = measure_child (fit, GTK_ORIENTATION_VERTICAL, width, &natural);
  gboolean shown = height >= MAX (needed, (int) (natural * fit->least)) && height > 0;
  gtk_widget_set_child_visible (fit->child, shown);
  if (shown)
    gtk_widget_allocate (fit->child, width, height, -1, NULL);
}

static void spare_class_init (UiSpareClass *class)
{
  G_OBJECT_CLASS (class)->dispose = dispose;
  class->get_request_mode = request_mode;
  class->measure = spare_measure;
  class->size_allocate = spare_size_allocate;
  gtk_widget_class_set_accessible_role (class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void spare_init (UiSpare *spare)
{
}

GtkWidget *ui_fit_spare (GtkWidget *child, double least)
{
  return make (spare_get_type (), child, least);
}
