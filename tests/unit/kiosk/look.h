/* look.h: a window of the kiosk on a display of its own, and what is wrong with the texts
 * that it shows. Include it once, in a test. */
#pragma once

#include "kiosk/window.h"

#include <gtk/gtk.h>

#define SIDE_PX 3840
#define SLACK_PX 1.0
#define SMALLEST_PX 6.5 /* of a line of text, from its ascenders to its descenders */

/* The display ------------------------------------------------------------------------ */

/* A display of its own; NULL with a reason where there is no Xvfb. */
static GSubprocess *start_display (void)
{
  char side[32];
  GError *error = NULL;
  g_snprintf (side, sizeof side, "%dx%dx24", SIDE_PX, SIDE_PX);
  GSubprocess *server = g_subprocess_new (
      G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_SILENCE, &error, "Xvfb",
      "-displayfd", "1", "-screen", "0", side, "-nolisten", "tcp", "-noreset", NULL);
  g_assert_no_error (error);
  g_autoptr (GDataInputStream) lines
      = g_data_input_stream_new (g_subprocess_get_stdout_pipe (server));
  g_autofree char *number = g_data_input_stream_read_line (lines, NULL, NULL, NULL),
                  *name = g_strconcat (":", number, NULL);
  g_assert_nonnull (number);
  g_setenv ("DISPLAY", name, TRUE);
  return server;
}

static void on_painted (GdkFrameClock *clock, gpointer painted)
{
  *(gboolean *) painted = TRUE;
}

/* Waits until what was changed is laid out. */
static void settle (Window *window, guint times)
{
  for (guint i = 0; i < times; i++) {
    gboolean painted = FALSE;
    GdkFrameClock *clock = gtk_widget_get_frame_clock (window_widget (window));
    gulong handler = g_signal_connect (clock, "after-paint", G_CALLBACK (on_painted), &painted);
    gtk_widget_queue_resize (window_widget (window));
    while (!painted)
      g_main_context_iteration (NULL, TRUE);
    g_signal_handler_disconnect (clock, handler);
    while (g_main_context_pending (NULL))
      g_main_context_iteration (NULL, FALSE);
  }
}

/* Looking ---------------------------------------------------------------------------- */

typedef struct {
  GtkWidget *window;
  double width, height, touches; /* touches: where they begin */
  const char *what;
  GArray *boxes; /* graphene_rect_t: of the texts so far */
  guint texts, faults;
} Look;

static GtkWidget *find_class (GtkWidget *widget, const char *css)
{
  if (gtk_widget_has_css_class (widget, css))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child)) {
    GtkWidget *found = find_class (child, css);
    if (found != NULL)
      return found;
  }
  return NULL;
}

static void fault (Look *look, const char *text, const char *why)
{
  look->faults++;
  g_printerr ("# %s: “%s” %s\n", look->what, text, why);
}

static gboolean has_less_room (GtkWidget *label)
{
  PangoLayout *layout = gtk_label_get_layout (GTK_LABEL (label));
  int width = 0, height = 0;

  pango_layout_get_pixel_size (layout, &width, &height);
  return width > gtk_widget_get_width (label) + 1 || height > gtk_widget_get_height (label) + 1
         || pango_layout_is_ellipsized (layout);
}

/* In a pane that scrolls: it has its width, and the pane's bar leads to the rest. */
static void look_at_scrolled (Look *look, GtkWidget *label)
{
  const char *text = gtk_label_get_text (GTK_LABEL (label));
  graphene_rect_t box;

  if (text[0] == '\0' || !gtk_widget_get_mapped (label))
    return;
  g_assert_true (gtk_widget_compute_bounds (label, look->window, &box));
  look->texts++;
  if ((double) box.origin.x < -SLACK_PX
      || (double) (box.origin.x + box.size.width) > look->width + SLACK_PX)
    fault (look, text, "leaves the window at its side");
  if (has_less_room (label))
    fault (look, text, "has less room than it needs");
}

static void look_at_label (Look *look, GtkWidget *label, gboolean at_bottom)
{
  const char *text = gtk_label_get_text (GTK_LABEL (label));
  int lines = pango_layout_get_line_count (gtk_label_get_layout (GTK_LABEL (label)));
  double bottom = at_bottom ? look->height : look->touches;
  graphene_rect_t box;

  if (text[0] == '\0' || !gtk_widget_get_mapped (label))
    return;
  g_assert_true (gtk_widget_compute_bounds (label, look->window, &box));
  look->texts++;
  if ((double) box.origin.x < -SLACK_PX || (double) box.origin.y < -SLACK_PX
      || (double) (box.origin.x + box.size.width) > look->width + SLACK_PX
      || (double) (box.origin.y + box.size.height) > bottom + SLACK_PX)
    fault (look, text, at_bottom ? "leaves the window" : "leaves its part of the window");
  if (has_less_room (label))
    fault (look, text, "has less room than it needs");
  if ((double) box.size.height / MAX (lines, 1) < SMALLEST_PX)
    fault (look, text, "is too small to be read");
  for (guint i = 0; i < look->boxes->len; i++) {
    graphene_rect_t shared;
    if (graphene_rect_intersection (&box, &g_array_index (look->boxes, graphene_rect_t, i), &shared)
        && (double) shared.size.width > SLACK_PX && (double) shared.size.height > SLACK_PX)
      fault (look, text, "stands over another");
  }
  g_array_append_val (look->boxes, box);
}

static gboolean is_pane (GtkWidget *widget)
{
  GtkPolicyType across = GTK_POLICY_EXTERNAL, down = GTK_POLICY_EXTERNAL;

  if (GTK_IS_SCROLLED_WINDOW (widget))
    gtk_scrolled_window_get_policy (GTK_SCROLLED_WINDOW (widget), &across, &down);
  return down == GTK_POLICY_AUTOMATIC;
}

static void look_at (Look *look, GtkWidget *widget, gboolean at_bottom, gboolean scrolled)
{
  at_bottom = at_bottom || gtk_widget_has_css_class (widget, "touches");
  scrolled = scrolled || is_pane (widget);
  if (!gtk_widget_get_visible (widget))
    return;
  if (GTK_IS_LABEL (widget) && scrolled)
    look_at_scrolled (look, widget);
  else if (GTK_IS_LABEL (widget))
    look_at_label (look, widget, at_bottom);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    look_at (look, child, at_bottom, scrolled);
}

/* One that scrolls, in @widget; NULL for none. */
static GtkWidget *find_pane (GtkWidget *widget)
{
  if (is_pane (widget))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child)) {
    GtkWidget *found = find_pane (child);
    if (found != NULL)
      return found;
  }
  return NULL;
}

/* In the folder $WINDOW_PICTURES, to be looked at by eyes too: "800 × 480
 * welcome.png". */
static void keep_picture (GtkWidget *widget, const char *what)
{
  const char *folder = g_getenv ("WINDOW_PICTURES");

  if (folder == NULL)
    return;
  g_autofree char *name = g_strconcat (what, ".png", NULL),
                  *path = g_build_filename (folder, name, NULL);
  g_autoptr (GdkPaintable) paintable = gtk_widget_paintable_new (widget);
  GtkSnapshot *snapshot = gtk_snapshot_new ();
  gdk_paintable_snapshot (paintable, snapshot, gtk_widget_get_width (widget),
                          gtk_widget_get_height (widget));
  GskRenderNode *node = gtk_snapshot_free_to_node (snapshot);
  if (node == NULL)
    return;
  g_autoptr (GdkTexture) texture
      = gsk_renderer_render_texture (gtk_native_get_renderer (GTK_NATIVE (widget)), node, NULL);
  g_assert_true (gdk_texture_save_to_png (texture, path));
  gsk_render_node_unref (node);
}

/* What has just been drawn. */
static guint faults_now (Window *window, const char *what)
{
  GtkWidget *widget = window_widget (window);
  graphene_rect_t touches;
  g_autoptr (GArray) boxes = g_array_new (FALSE, FALSE, sizeof (graphene_rect_t));

  settle (window, 1);
  keep_picture (widget, what);
  Look look
      = { widget, gtk_widget_get_width (widget), gtk_widget_get_height (widget), 0, what, boxes, 0,
          0 };
  g_assert_true (gtk_widget_compute_bounds (find_class (widget, "touches"), widget, &touches));
  look.touches = (double) touches.origin.y;
  if ((double) (touches.origin.y + touches.size.height) > look.height + SLACK_PX)
    fault (&look, "touches", "leave the window");
  look_at (&look, widget, FALSE, FALSE);
  g_assert_cmpuint (look.texts, >, 4);
  return look.faults;
}

/* The faults of @view. */
static guint faults_of (Window *window, const FlowView *view, const char *what)
{
  window_show (window, view);
  return faults_now (window, what);
}
