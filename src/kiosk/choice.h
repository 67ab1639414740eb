/* choice.h: one of many: a touch that shows what is chosen, and on it a full page of
 * touches in both languages, in place of a list that drops down.
 *
 * The page lies in a GtkStack around the form (choice_stack()), so that what was filled
 * in stays where it is.
 * Threads: GTK's. */
#pragma once

#include "core/words.h"
#include "kiosk/ui_scale.h"

/* A stack with @form in front. */
GtkWidget *choice_stack (Ui *ui, GtkWidget *form);
/* @name: what is chosen, a msgid. @touch: passed on with the id that a person chose;
 * TOUCH_EDITED for what only a form knows. */
GtkWidget *choice_new (Ui *ui, GtkWidget *stack, const char *name, Touch touch);
void choice_empty (GtkWidget *choice);
void choice_add (GtkWidget *choice, const char *id, Pair wording);
/* "" for none. */
void choice_set (GtkWidget *choice, const char *id);
const char *choice_get (GtkWidget *choice);
