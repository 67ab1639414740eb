/* page.h: one screen of the kiosk: built once, then told what to show.
 * Threads: GTK's.  */
#pragma once

#include "kiosk/ui_button.h"
#include "kiosk/ui_pair.h"
#include "kiosk/ui_scale.h"

typedef struct {
  const char *name; /* of the page in the window's stack */
  /* A new widget; what the page must find again it keeps at the widget
   * (g_object_set_data_full()). */
  GtkWidget *(*build) (Ui *ui);
  /* Shows @view, of which this page is the screen. */
  void (*update) (Ui *ui, GtkWidget *page, const FlowView *view);
} Page;

/* What is said at the top of a page, and whether it wants attention. */
void page_notice (GtkWidget *notice, const FlowView *view);

/* The parts of a page at its widget. */
#define PAGE_PARTS(type, page) ((type *) g_object_get_data (G_OBJECT (page), "parts"))
#define PAGE_KEEP(page, parts) g_object_set_data_full (G_OBJECT (page), "parts", parts, g_free)
