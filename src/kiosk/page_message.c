#include "kiosk/page_message.h"

#include "kiosk/direction_sign.h"
#include "kiosk/ui_fit.h"

typedef struct {
  GtkWidget *page, *sign, *icon, *title, *text, *words, *where, *data;
} Parts;

static GtkWidget *build (Ui *ui)
{
  GtkWidget *page = ui_box (GTK_ORIENTATION_VERTICAL, "message"),
            *whole = ui_box (GTK_ORIENTATION_VERTICAL, ""), *fit;
  Parts *parts = g_new0 (Parts, 1);

  parts->page = page;
  parts->sign = ui_box (GTK_ORIENTATION_VERTICAL, "sign");
  parts->icon = ui_icon ("emblem-important-symbolic", "");
  gtk_box_append (GTK_BOX (parts->sign), parts->icon);
  ui_centre (parts->icon);
  gtk_widget_set_halign (parts->sign, GTK_ALIGN_START);
  gtk_widget_set_valign (parts->sign, GTK_ALIGN_START);
  parts->words = ui_box (GTK_ORIENTATION_VERTICAL, "words");
  gtk_widget_set_hexpand (parts->words, TRUE);
  parts->title = ui_pair_heading (ui, "title");
  parts->text = ui_pair (ui, "lead apart");
  gtk_box_append (GTK_BOX (parts->words), parts->title);
  parts->where = direction_sign_new (ui);
  gtk_widget_add_css_class (parts->where, "card");
  gtk_widget_add_css_class (parts->where, "apart");
  gtk_box_append (GTK_BOX (parts->words), parts->text);
  gtk_box_append (GTK_BOX (parts->words), parts->where);
  gtk_box_append (GTK_BOX (page), parts->sign);
  gtk_box_append (GTK_BOX (page), parts->words);
  fit = ui_fit_new (page, UI_FIT_LEAST);
  gtk_widget_set_vexpand (fit, TRUE);
  /* Beneath what may be drawn smaller: a finger does not shrink with it. */
  parts->data = ui_button (ui, "dialog-information-symbolic", N_ ("Your data"), TOUCH_YOUR_DATA, "",
                           "compact");
  gtk_widget_set_halign (parts->data, GTK_ALIGN_START);
  gtk_box_append (GTK_BOX (whole), fit);
  gtk_box_append (GTK_BOX (whole), parts->data);
  PAGE_KEEP (whole, parts);
  return whole;
}

/* What the screens say that no verdict says. */
static void words_of (const FlowView *view, Pair *title, Pair *text)
{
  *title = view->title;
  *text = view->text;
  if (view->screen == SCREEN_NO_CODE) {
    *title = words_pair (N_ ("No code? We will find you"));
    *text = words_pair (N_ ("The welcome desk finds your registration by your name. Your code is "
                            "also in the invitation e-mail."));
  } else if (view->screen == SCREEN_CALLED) {
    *title = words_pair (N_ ("A member of the team is coming"));
    *text = words_pair (N_ ("The team has been told and will be with you in a moment."));
  } else if (view->screen == SCREEN_CLOSED) {
    *title = words_pair (N_ ("This station is out of service"));
    *text = words_pair (N_ ("Please go to the welcome desk."));
  } else if (view->screen == SCREEN_DISCREET)
    *text = words_pair (N_ ("A member of the team will accompany you."));
}

static const char *icon_of (const FlowView *view)
{
  switch (view->screen) {
  case SCREEN_NO_CODE:
    return "system-search-symbolic";
  case SCREEN_CALLED:
    return "call-start-symbolic";
  case SCREEN_DISCREET:
    return "object-select-symbolic";
  default:
    return view->tone == TONE_YES ? "object-select-symbolic" : "accueil-attention-symbolic";
  }
}

/* Wherever the desk is named, or nothing else can be done here. */
static DirectionSign leads_to (const FlowView *view)
{
  if (view->screen == SCREEN_VERDICT)
    return view->to_desk ? DIRECTION_SIGN_DESK : DIRECTION_SIGN_NONE;
  return view->screen == SCREEN_DISCREET || view->screen == SCREEN_CALLED ? DIRECTION_SIGN_NONE
                                                                          : DIRECTION_SIGN_DESK;
}

static void update (Ui *ui, GtkWidget *page, const FlowView *view)
{
  Parts *parts = PAGE_PARTS (Parts, page);
  Pair title, text;

  words_of (view, &title, &text);
  ui_pair_say (parts->title, title);
  ui_pair_say (parts->text, text);
  ui_pair_order (parts->title, view->second_leads);
  ui_pair_order (parts->text, view->second_leads);
  gtk_image_set_from_icon_name (GTK_IMAGE (parts->icon), icon_of (view));
  gtk_widget_set_visible (parts->data, view->screen == SCREEN_NO_CODE);
  ui_mark (parts->sign, "yes", view->tone == TONE_YES);
  ui_mark (parts->sign, "attention", view->tone == TONE_ATTENTION);
  direction_sign_set (ui, parts->where, leads_to (view), view->second_leads);
  gtk_orientable_set_orientation (GTK_ORIENTABLE (parts->page), ui_is_landscape (ui)
                                                                    ? GTK_ORIENTATION_HORIZONTAL
                                                                    : GTK_ORIENTATION_VERTICAL);
}

const Page page_message = { "message", build, update };
