/* toggles.h: several of a few: touches in a row that stay down.
 * Threads: GTK's. */
#pragma once

#include "core/words.h"
#include "kiosk/ui_scale.h"

/* Rows of them, as many beside each other as there is room for. */
GtkWidget *toggles_new (void);
/* @edited of the Ui is told (TOUCH_EDITED) when a person changes it. */
void toggles_add (Ui *ui, GtkWidget *toggles, const char *id, Pair wording, gboolean on);
/* The ids of those that are down, between spaces. Free with g_free(). */
char *toggles_marked (GtkWidget *toggles);
/* Puts the one with @id up or down; nothing where there is none. */
void toggles_set (GtkWidget *toggles, const char *id, gboolean on);
void toggles_empty (GtkWidget *toggles);
/* Adds "ID=1" or "ID=0" for each to a form (form.h). */
void toggles_add_flags (GtkWidget *toggles, GString *form);
