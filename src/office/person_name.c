#include "office/person_name.h"

#include "core/typeset.h"

#include <string.h>

void person_name_put (const View *view, const char *given, const char *family, const char *name_zh,
                      const char *country)
{
  gboolean chinese = name_zh[0] != '\0' && (strcmp (country, "CN") == 0 || family[0] == '\0');
  g_autofree char *capitals = typeset_family (family, strcmp (country, "TR") == 0);

  if (family[0] == '\0') {
    markup_add (view->out, "<bdi><b lang=\"zh-CN\">%s</b></bdi>", name_zh);
    return;
  }
  if (chinese)
    markup_add (view->out, "<bdi><b>%s</b> %s</bdi> <bdi lang=\"zh-CN\">%s</bdi>", capitals, given,
                name_zh);
  else
    markup_add (view->out, "<bdi>%s <b>%s</b></bdi>", given, capitals);
}
