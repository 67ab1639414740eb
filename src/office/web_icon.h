/* web_icon.h: the pictures of the pages: lines of one weight, in the colour of the text
 * beside which each stands; a picture never stands alone for something that a word does
 * not say.
 * Threads: reentrant. */
#pragma once

#include "office/markup.h"

typedef enum {
  WEB_ICON_WARN,
  WEB_ICON_FULL,
  WEB_ICON_GOOD,
  WEB_ICON_CHECK,
  WEB_ICON_RING,
  WEB_ICON_HALF,
  WEB_ICON_DISC,
  WEB_ICON_SPEAKER,
  WEB_ICON_PROTOCOL,
  WEB_ICON_SILENT,
  WEB_ICON_PRINTER,
  WEB_ICON_PEOPLE,
  WEB_ICON_BADGE,
  WEB_ICON_CALL,
  WEB_ICON_SHIELD,
  WEB_ICON_CHART,
  WEB_ICON_FLAG,
  WEB_ICON_SCREEN,
  WEB_ICON_PERSON,
  WEB_ICON_DEVICE,
  WEB_ICON_IN,
  WEB_ICON_OUT,
  WEB_ICON_PENCIL,
  WEB_ICON_SERVICE,
  WEB_ICON_COUNT
} WebIcon;

void web_icon_draw (Markup *out, WebIcon icon);
