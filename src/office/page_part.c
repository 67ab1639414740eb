#include "office/page_part.h"

#include <string.h>

void page_part_put (const View *view, const PagePart *parts, const char *id, const char *classes)
{
  for (; parts->id != NULL; parts++)
    if (strcmp (parts->id, id) == 0) {
      markup_add (view->out, "<div data-part id=\"%s\" class=\"%s\">", id, classes);
      parts->draw (view);
      markup_add (view->out, "</div>");
    }
}
