/* ui_state.h: the inside of a Ui, for ui.c and the files that are part of it (ui_scale.c,
 * ui_pair.c). Nobody else includes this.
 *
 * Threads: GTK's.  */
#pragma once

#include "kiosk/flow_view.h"
#include "station/settings.h"

#include <gtk/gtk.h>

struct _Ui {
  void (*touch) (Touch touch, const char *text, gpointer data);
  gpointer data;
  GtkCssProvider *style, *size;
  double em_px, px_per_mm;
  int width, height, touch_px, key_px; /* touch, key: the least; 0 if nobody knows */
  gboolean landscape, second_leads, large;
  const SettingsPlace *desk, *printer; /* borrowed; NULL for none */
  GPtrArray *pairs;                    /* borrowed; those that follow the common order */
  GPtrArray *touchables;               /* borrowed */
};
