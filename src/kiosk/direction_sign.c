#include "kiosk/direction_sign.h"

#include "kiosk/ui_pair.h"
#include "kiosk/ui_state.h"

void direction_sign_places (Ui *ui, const SettingsPlace *desk, const SettingsPlace *printer)
{
  ui->desk = desk;
  ui->printer = printer;
}

GtkWidget *direction_sign_new (Ui *ui)
{
  GtkWidget *sign = ui_box (GTK_ORIENTATION_HORIZONTAL, "direction"), *words = ui_pair (ui, ""),
            *arrow = ui_icon ("accueil-arrow-right-symbolic", "");

  gtk_widget_set_hexpand (words, TRUE);
  gtk_widget_set_valign (words, GTK_ALIGN_CENTER);
  gtk_widget_set_valign (arrow, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (sign), words);
  gtk_box_append (GTK_BOX (sign), arrow);
  gtk_widget_set_visible (sign, FALSE);
  return sign;
}

void direction_sign_set (Ui *ui, GtkWidget *sign, DirectionSign place, gboolean second_leads)
{
  static const char *const ICONS[SETTINGS_ARROW_COUNT]
      = { [SETTINGS_ARROW_LEFT] = "accueil-arrow-left-symbolic",
          [SETTINGS_ARROW_RIGHT] = "accueil-arrow-right-symbolic",
          [SETTINGS_ARROW_AHEAD] = "accueil-arrow-ahead-symbolic",
          [SETTINGS_ARROW_BELOW] = "accueil-arrow-below-symbolic" };
  const SettingsPlace *where = place == DIRECTION_SIGN_DESK      ? ui->desk
                               : place == DIRECTION_SIGN_PRINTER ? ui->printer
                                                                 : NULL;
  GtkWidget *words = gtk_widget_get_first_child (sign), *arrow = gtk_widget_get_last_child (sign);
  gboolean shown = where != NULL && where->fr[0] != '\0';

  gtk_widget_set_visible (sign, shown);
  if (!shown)
    return;
  ui_pair_set (words, where->fr, where->zh);
  ui_pair_order (words, second_leads);
  gtk_widget_set_visible (arrow, where->arrow != SETTINGS_ARROW_NONE);
  if (where->arrow != SETTINGS_ARROW_NONE)
    gtk_image_set_from_icon_name (GTK_IMAGE (arrow), ICONS[where->arrow]);
}
