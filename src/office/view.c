#include "office/view.h"

#include "core/country.h"

#include <stdarg.h>
#include <string.h>

gboolean view_names (const View *view, const char *delegation, gboolean protocol)
{
  if (view->role == ACCOUNT_VIEWER || (protocol && view->role != ACCOUNT_PROTOCOL))
    return FALSE;
  return view->role != ACCOUNT_LEADER
         || (view->delegation[0] != '\0' && strcmp (view->delegation, delegation) == 0);
}

gboolean view_changes (const View *view)
{
  return account_role_changes (view->role);
}

const char *view_say (const View *view, const char *text)
{
  return page_language_say (view->language, text);
}

const char *view_fill (const View *view, const char *format, ...)
{
  va_list arguments;
  char *text;

  va_start (arguments, format);
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
  text = g_strdup_vprintf (page_language_say (view->language, format), arguments);
#pragma GCC diagnostic pop
  va_end (arguments);
  return markup_keep (view->out, text);
}

const char *view_count (const View *view, const char *one, const char *many, gint64 n)
{
  const char *format = page_language_plural (view->language, one, many, (guint64) MAX (n, 0));

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
  return markup_keep (view->out, g_strdup_printf (format, view_number (view, n)));
#pragma GCC diagnostic pop
}

const char *view_number (const View *view, gint64 number)
{
  return markup_keep (view->out, page_language_number (view->language, number));
}

const char *view_huge (gint64 number)
{
  return number < 10000 ? "huge" : "huge l";
}

const char *view_percent (const View *view, gint64 part, gint64 whole)
{
  return markup_keep (view->out, page_language_percent (view->language, part, whole));
}

const char *view_clock (const View *view, gint64 ms)
{
  return ms == 0 ? ""
                 : markup_keep (view->out,
                                page_language_clock (ms, view->moment->figures->as_of->zone));
}

const char *view_minutes (const View *view, gint64 ms)
{
  return ms == 0
             ? ""
             : markup_keep (view->out,
                            page_language_clock_minutes (ms, view->moment->figures->as_of->zone));
}

const char *view_span (const View *view, gint64 ms)
{
  return markup_keep (view->out, page_language_span (view->language, ms));
}

const char *view_ago (const View *view, gint64 ms)
{
  return view_span (view, view->moment->figures->as_of->at_ms - ms);
}

const char *view_date (const View *view, const char *iso)
{
  return markup_keep (view->out, page_language_date (view->language, iso));
}

const char *view_day (const View *view, const char *iso)
{
  return markup_keep (view->out, page_language_day (view->language, iso));
}

const char *view_side (const View *view, FiguresSide side)
{
  return markup_keep (
      view->out, country_name (figures_side_country (side), page_language_key (view->language)));
}

const char *view_pair (const View *view, Pair pair)
{
  return page_language_pair (view->language, pair);
}

const char *view_station (const View *view, const char *name)
{
  const MomentStation *station = moment_station (view->moment, name);
  const char *called
      = station != NULL ? view_pick (view, station->called.first, station->called.second) : "";

  return called[0] != '\0' ? called : name;
}

const char *view_pick (const View *view, const char *first, const char *second)
{
  return page_language_pick (view->language, first, second);
}
