#include "kiosk/page.h"

void page_notice (GtkWidget *notice, const FlowView *view)
{
  ui_pair_say (notice, view->notice);
  ui_mark (notice, "attention", view->notice_tone == TONE_ATTENTION);
}
