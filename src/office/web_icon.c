#include "office/web_icon.h"

/* Paths in a field of 20 × 20; a second one is filled. */
static const struct {
  const char *lines, *filled;
} ICONS[WEB_ICON_COUNT] = {
  [WEB_ICON_WARN] = { "M10 2.5a7.5 7.5 0 1 0 0 15a7.5 7.5 0 1 0 0-15M10 6v5M10 13.5v.5", "" },
  [WEB_ICON_FULL] = { "M10 2.5a7.5 7.5 0 1 0 0 15a7.5 7.5 0 1 0 0-15M4.8 4.8L15.2 15.2", "" },
  [WEB_ICON_GOOD]
  = { "M10 2.5a7.5 7.5 0 1 0 0 15a7.5 7.5 0 1 0 0-15M6.5 10.2l2.4 2.4L13.6 7.9", "" },
  [WEB_ICON_CHECK] = { "M4 10.5l4 4L16 6", "" },
  [WEB_ICON_RING] = { "M10 3a7 7 0 1 0 0 14a7 7 0 1 0 0-14", "" },
  [WEB_ICON_HALF] = { "M10 3a7 7 0 1 0 0 14a7 7 0 1 0 0-14", "M10 3a7 7 0 0 0 0 14z" },
  [WEB_ICON_DISC] = { "", "M10 2a8 8 0 1 0 0 16a8 8 0 1 0 0-16" },
  [WEB_ICON_SPEAKER]
  = { "M7.5 4.5a2.5 2.5 0 0 1 5 0v4a2.5 2.5 0 0 1-5 0zM5 8.5a5 5 0 0 0 10 0M10 13.5V17M7 17h6",
      "" },
  [WEB_ICON_PROTOCOL] = { "M10 2.5a5 5 0 1 0 0 10a5 5 0 1 0 0-10M7 11.5V17.5l3-2l3 2V11.5", "" },
  [WEB_ICON_SILENT] = { "M2.5 8a11 11 0 0 1 4-2.4M17.5 8a11 11 0 0 0-7-3"
                        "M5.5 11.2a6.5 6.5 0 0 1 3-1.8M14.5 11.2"
                        "a6.5 6.5 0 0 0-1-.8M10 15.5v.3M3 3l14 14",
                        "" },
  [WEB_ICON_PRINTER] = { "M5.5 7V2.5h9V7M5.5 14h-3V7h15v7h-3M5.5 11.5h9v6h-9z", "" },
  [WEB_ICON_PEOPLE] = { "M7.5 3.5a3 3 0 1 0 0 6a3 3 0 1 0 0-6"
                        "M2 16.5v-1a4 4 0 0 1 4-4h3a4 4 0 0 1 4 4v1M13 3.7a3 3 0 0 "
                        "1 0 5.600M15 11.7a4 4 0 0 1 3 3.8v1",
                        "" },
  [WEB_ICON_BADGE] = { "M4.5 4.5h11v13h-11zM8 4.5v-2h4v2M7.5 13.5h5M10 8v.01M8 10.5h4", "" },
  [WEB_ICON_CALL] = { "M10 3a5 5 0 0 1 5 5v3.5l1.5 2.5h-13L5 11.5V8a5 5 0 0 1 5-5M8.5 16.5h3", "" },
  [WEB_ICON_SHIELD] = { "M10 2.5l6 2v5c0 4-2.5 6.5-6 8c-3.5-1.5-6-4-6-8v-5z", "" },
  [WEB_ICON_CHART] = { "M4.5 16V9.5M8.2 16V4.5M11.8 16V8M15.5 16V11.5M2.5 17.5h15", "" },
  [WEB_ICON_FLAG] = { "M4.5 17.5v-15h11l-3 4l3 4h-11", "" },
  [WEB_ICON_SCREEN] = { "M3 4.5h14v8.5H3zM7 17l1.5-4M13 17l-1.5-4M2 4.5h16", "" },
  [WEB_ICON_PERSON]
  = { "M10 3a3.5 3.5 0 1 0 0 7a3.5 3.5 0 1 0 0-7M3.5 17.5v-.5a5 5 0 0 1 5-5h3a5 5 0 0 1 5 5v.5",
      "" },
  [WEB_ICON_DEVICE] = { "M5.5 2.5h9v15h-9zM9 15h2", "" },
  [WEB_ICON_IN] = { "M7.5 4.5l5.5 5.5l-5.5 5.5", "" },
  [WEB_ICON_OUT] = { "M12.5 4.5L7 10l5.5 5.5", "" },
  [WEB_ICON_PENCIL] = { "M4 13.5V16h2.5L16 6.5L13.5 4zM11.5 6l2.5 2.5", "" },
  [WEB_ICON_SERVICE] = { "M5.5 2.5v5a2 2 0 0 0 4 0v-5M7.5 9.5v8M14.5 17.5v-15c-2 1-3 4-3 8h3", "" },
};

void web_icon_draw (Markup *out, WebIcon icon)
{
  markup_add (out, "<svg class=\"i\" viewBox=\"0 0 20 20\" aria-hidden=\"true\">");
  if (ICONS[icon].lines[0] != '\0')
    markup_add (out, "<path fill=\"none\" stroke=\"currentColor\" stroke-width=\"1.5\" d=\"%s\"/>",
                ICONS[icon].lines);
  if (ICONS[icon].filled[0] != '\0')
    markup_add (out, "<path fill=\"currentColor\" d=\"%s\"/>", ICONS[icon].filled);
  if (icon == WEB_ICON_DISC)
    markup_add (out, "<path fill=\"none\" stroke=\"#fff\" stroke-width=\"1.8\" d=\"M6.5 10.2l2.4 "
                     "2.4L13.600 7.900\"/>");
  markup_add (out, "</svg>");
}
