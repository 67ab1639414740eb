#include "office/stamp.h"

#include "office/web_icon.h"

/* As counts/as_of.h shows it at the foot of a sheet. */
#define HEAD_SHOWN 12

/* At 13:44:52, which a live page moves on; on which day, where another is shown. */
static void put_time (const View *view)
{
  const Figures *figures = view->moment->figures;
  g_autofree char *clock = page_language_clock (figures->as_of->at_ms, figures->as_of->zone),
                  *date = as_of_day (figures->as_of);
  const char *day = view_day (view, date);

  if (figures->is_today)
    markup_add (view->out, "<span data-at=\"%s\">%s</span>", view_say (view, "at %s"),
                view_fill (view, N_ ("at %s"), clock));
  else
    markup_add (view->out, "<span data-at=\"%s\">%s</span>",
                view_fill (view, "on %s at %s", day, "%s"),
                view_fill (view, N_ ("on %s at %s"), day, clock));
}

/* "1 of 2 stations", by how many there are in each language. */
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
static const char *words_of_stations (const View *view, guint heard, guint feed)
{
  const char *format
      = page_language_plural (view->language, "%s of %s station", "%s of %s stations", heard);

  return view_fill (view, format, view_number (view, heard), view_number (view, feed));
}
#pragma GCC diagnostic pop

static void put_stations (const View *view, guint kinds)
{
  const AsOfStation *silent;
  guint heard, feed = as_of_count (view->moment->figures->as_of, kinds, &heard, &silent);

  if (feed == 0) {
    markup_add (view->out, " · %s", view_say (view, N_ ("no station yet")));
    return;
  }
  markup_add (view->out, " · %s", words_of_stations (view, heard, feed));
  if (silent == NULL)
    return;
  markup_add (view->out, " · <b class=\"warn\">%s",
              view_fill (view, N_ ("%s silent for %s"), view_station (view, silent->name),
                         view_ago (view, silent->last_ms)));
  if (feed - heard > 1)
    markup_add (view->out, " %s",
                view_count (view, "and %s more", "and %s more", feed - heard - 1));
  markup_add (view->out, "</b>");
}

void stamp_page (const View *view)
{
  const char *head = view->moment->figures->as_of->head;

  markup_add (view->out,
              "<p class=\"stamp\"><span class=\"screen\"><span class=\"live\" "
              "data-frozen=\"%s\">%s</span> · </span>",
              view_say (view, N_ ("Frozen for %s")), view_say (view, N_ ("Live")));
  put_time (view);
  put_stations (view, 0);
  markup_add (view->out, "<span class=\"paper\"> · %s</span></p>",
              view_fill (view, N_ ("journal head %s"),
                         markup_keep (view->out, g_strndup (head, HEAD_SHOWN))));
}

void stamp_part (const View *view, guint kinds)
{
  markup_add (view->out, "<p class=\"stamp\">");
  put_time (view);
  put_stations (view, kinds);
  markup_add (view->out, "</p>");
}
