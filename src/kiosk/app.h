/* app.h: the kiosk at work: joins flow, threads, readers and window. The only place where
 * they meet.
 * Threads: GTK's. */
#pragma once

#include "core/clock.h"
#include "kiosk/flow.h"
#include "station/settings.h"

#include <gtk/gtk.h>

typedef struct {
  const char *db, *template_, *assets;
  const char
      *checkpoint; /* NULL: the last one on this machine, which a volunteer may have chosen */
  const Settings *settings; /* readers */
  gboolean is_exit, second_leads;
  gboolean kept_mode,
      kept_order;          /* mode and second_leads are what a volunteer chose last, if she did */
  int width_px, height_px; /* of a window; 0 for the whole screen */
  FlowMode mode;
  Clock clock;
} AppOptions;

typedef struct _App App;

/* Opens the replica and the window. FALSE: why, and what to do. @options must outlive the
 * App. */
App *app_new (GtkApplication *application, const AppOptions *options, GError **error);
void app_free (App *app);
