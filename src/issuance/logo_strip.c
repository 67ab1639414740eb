#include "issuance/logo_strip.h"

LogoRow *logo_strip_of (const GPtrArray *logos)
{
  LogoRow *row = logo_row_new ();
  for (guint i = 0; i < logos->len; i++) {
    const Logo *logo = logos->pdata[i];
    logo_row_add (row, logo->picture, logo->svg, NULL);
  }
  return row;
}

LogoRow *logo_strip_read (Journal *journal, const char *event, GError **error)
{
  g_autoptr (GPtrArray) logos = logo_read (journal, event, error);
  return logos != NULL ? logo_strip_of (logos) : NULL;
}
