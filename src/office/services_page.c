#include "office/services_page.h"

#include "core/language.h"
#include "counts/answers.h"
#include "counts/appointments.h"
#include "office/chart.h"
#include "office/exports_page.h"
#include "office/person_name.h"
#include "office/room_line.h"
#include "office/stamp.h"

#include <string.h>

#define DATA "#2d3548"

static void begin_table (const View *view, const char *label, const char *const *heads, guint count)
{
  markup_add (
      view->out,
      "<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"%s\"><table><thead>"
      "<tr><th scope=\"col\">%s</th>",
      label, heads[0]);
  for (guint i = 1; i < count; i++)
    markup_add (view->out, "<th scope=\"col\" class=\"n\">%s</th>", heads[i]);
  markup_add (view->out, "</tr></thead><tbody>");
}

static void put_row (const View *view, const char *name, const gint64 *numbers, guint count)
{
  markup_add (view->out, "<tr><th scope=\"row\" class=\"wrap\">%s</th>", name);
  for (guint i = 0; i < count; i++)
    markup_add (view->out, "<td class=\"n\">%s</td>", view_number (view, numbers[i]));
  markup_add (view->out, "</tr>");
}

static void end_table (const View *view)
{
  markup_add (view->out, "</tbody></table></div>");
}

/* Its name, its hours, and a bar of how far it has come. */
static const char *name_of (const View *view, const FiguresService *service)
{
  const char *name = view_pick (view, service->fr, service->zh);

  return service->from_ms > 0
             /* No line ends within the hours: word joiners stand about the dash. */
             ? view_fill (view, "%s%s%s\u2060–\u2060%s", name, view_say (view, N_ (", ")),
                          view_minutes (view, service->from_ms),
                          view_minutes (view, service->to_ms))
             : name;
}

static gboolean has_kind (const View *view, CheckpointKind kind)
{
  const GPtrArray *services = view->moment->figures->services;

  for (guint i = 0; i < services->len; i++)
    if (((const FiguresService *) services->pdata[i])->kind == kind)
      return TRUE;
  return FALSE;
}

/* Of the element that has its numbers. */
static const char *id_of (const View *view, const FiguresService *service)
{
  return markup_keep (view->out, g_strconcat ("service-", service->id, NULL));
}

static void put_bars (const View *view, CheckpointKind kind)
{
  const GPtrArray *services = view->moment->figures->services;

  for (guint i = 0; i < services->len; i++) {
    const FiguresService *service = services->pdata[i];
    gint64 whole = figures_service_whole (service);
    const ChartBar bar = { service->served,      0, MAX (MAX (whole, service->served), 1), DATA, 8,
                           id_of (view, service) };

    if (service->kind != kind)
      continue;
    const char *served = view_number (view, service->served),
               *numbers = whole > 0
                              ? view_fill (view, N_ ("%s of %s"), served, view_number (view, whole))
                              : served;
    markup_add (view->out, "<div class=\"room\"><p><b>%s</b><b id=\"%s\">%s</b></p>",
                room_line_service_name (view, service), bar.table, numbers);
    if (whole > 0)
      chart_bar (view, &bar, numbers);
    markup_add (view->out, "</div>");
  }
}

static void put_none (const View *view)
{
  markup_add (view->out, "<p class=\"soft\">%s</p>", view_say (view, N_ ("None on this day.")));
}

static void draw_meals (const View *view)
{
  const GPtrArray *services = view->moment->figures->services;
  const char *heads[]
      = { view_say (view, N_ ("meal")), view_say (view, N_ ("entitled")),
          view_say (view, N_ ("served")), view_say (view, N_ ("still to be served")) };

  markup_add (view->out, "<h2>%s</h2>", view_say (view, N_ ("Meals")));
  if (!has_kind (view, CHECKPOINT_MEAL)) {
    put_none (view);
    return;
  }
  put_bars (view, CHECKPOINT_MEAL);
  begin_table (view, view_say (view, N_ ("Meals")), heads, G_N_ELEMENTS (heads));
  for (guint i = 0; i < services->len; i++) {
    const FiguresService *service = services->pdata[i];

    if (service->kind == CHECKPOINT_MEAL)
      put_row (view, name_of (view, service),
               (const gint64[]){ service->entitled, service->served, service->left }, 3);
  }
  end_table (view);
  stamp_part (view, 1u << CHECKPOINT_MEAL);
  markup_add (view->out, "<p class=\"acts\"><a class=\"btn\" href=\"/meals\">%s</a></p>",
              view_say (view, N_ ("By diet")));
}

static void put_hotels (const View *view)
{
  const GPtrArray *hotels = view->moment->figures->hotels;
  const char *heads[] = { view_say (view, N_ ("hotel")), view_say (view, N_ ("entitled")),
                          view_say (view, N_ ("passengers of the day")) };

  begin_table (view, view_say (view, N_ ("Shuttles, by hotel")), heads, G_N_ELEMENTS (heads));
  for (guint i = 0; i < hotels->len; i++) {
    const FiguresHotel *hotel = hotels->pdata[i];

    put_row (view, hotel->hotel[0] != '\0' ? hotel->hotel : view_say (view, N_ ("(not given)")),
             (const gint64[]){ hotel->entitled, hotel->rode }, 2);
  }
  end_table (view);
}

static void draw_shuttles (const View *view)
{
  const GPtrArray *services = view->moment->figures->services;
  const char *heads[]
      = { view_say (view, N_ ("departure")), view_say (view, N_ ("seats")),
          view_say (view, N_ ("passengers of the day")), view_say (view, N_ ("passages")) };

  markup_add (view->out, "<h2>%s</h2>", view_say (view, N_ ("Shuttles")));
  if (!has_kind (view, CHECKPOINT_SHUTTLE)) {
    put_none (view);
    return;
  }
  begin_table (view, view_say (view, N_ ("Shuttles")), heads, G_N_ELEMENTS (heads));
  for (guint i = 0; i < services->len; i++) {
    const FiguresService *service = services->pdata[i];

    if (service->kind != CHECKPOINT_SHUTTLE)
      continue;
    markup_add (view->out,
                "<tr><th scope=\"row\" class=\"wrap\">%s</th><td class=\"n\">%s</td><td "
                "class=\"n\">%s</td><td class=\"n\">%s</td></tr>",
                name_of (view, service),
                service->capacity > 0 ? view_number (view, service->capacity) : "–",
                view_number (view, service->served), view_number (view, service->passages));
  }
  end_table (view);
  if (view->moment->figures->hotels->len > 0)
    put_hotels (view);
  stamp_part (view, 1u << CHECKPOINT_SHUTTLE);
}

static const char *channel_name (const View *view, const FiguresChannel *channel)
{
  if (channel->language[0] == '\0')
    return view_say (view, N_ ("(not given)"));
  return markup_keep (view->out,
                      language_name (channel->language, page_language_key (view->language)));
}

static void draw_headsets (const View *view)
{
  const GPtrArray *channels = view->moment->figures->channels;
  gint64 sum[4] = { 0 };
  const char *heads[] = { view_say (view, N_ ("channel")), view_say (view, N_ ("entitled")),
                          view_say (view, N_ ("headsets out")), view_say (view, N_ ("given back")),
                          view_say (view, N_ ("missing since an earlier day")) };

  markup_add (view->out, "<h2>%s</h2>", view_say (view, N_ ("Headsets")));
  put_bars (view, CHECKPOINT_HEADSET);
  begin_table (view, view_say (view, N_ ("Headsets")), heads, G_N_ELEMENTS (heads));
  for (guint i = 0; i < channels->len; i++) {
    const FiguresChannel *channel = channels->pdata[i];
    const gint64 numbers[] = { channel->entitled, channel->out, channel->back, channel->overdue };

    for (guint n = 0; n < G_N_ELEMENTS (sum); n++)
      sum[n] += numbers[n];
    put_row (view, channel_name (view, channel), numbers, G_N_ELEMENTS (numbers));
  }
  markup_add (view->out, "</tbody><tfoot><tr><th scope=\"row\">%s</th>",
              view_say (view, N_ ("Together")));
  for (guint n = 0; n < G_N_ELEMENTS (sum); n++)
    markup_add (view->out, "<td class=\"n\">%s</td>", view_number (view, sum[n]));
  markup_add (view->out, "</tr></tfoot></table></div>");
  stamp_part (view, 1u << CHECKPOINT_HEADSET);
}

/* Those of a thing by name, as far as the reader may see them; of a shuttle the number
 * says enough. */
static void put_people (const View *view, const AppointmentsThing *thing)
{
  guint unnamed = 0;

  for (guint i = 0; thing->kind != APPOINTMENT_SHUTTLE && i < thing->people->len; i++) {
    const AppointmentsPerson *person = thing->people->pdata[i];

    if (!view_names (view, person->delegation, person->protocol)) {
      unnamed++;
      continue;
    }
    markup_add (view->out, "<div>");
    person_name_put (view, person->given, person->family, person->name_zh, person->country);
    markup_add (view->out, " <span class=\"%s\">%s</span>",
                person->state >= APPOINTMENTS_HERE ? "yes" : "warn",
                view_pair (view, appointments_state_wording (thing->kind, person->state)));
    if (person->host[0] != '\0' || person->seat[0] != '\0')
      markup_add (view->out, " <span class=\"soft\">%s %s</span>", person->host, person->seat);
    markup_add (view->out, "</div>");
  }
  if (unnamed > 0)
    markup_add (view->out, "<span class=\"soft\">%s</span>",
                view_count (view, "%s person", "%s persons", unnamed));
}

static void put_thing (const View *view, const AppointmentsThing *thing)
{
  const char *hours
      = thing->to[0] != '\0'
            ? markup_keep (view->out, g_strdup_printf ("%s–%s", thing->from, thing->to))
            : thing->from;
  const char *seats = view_number (view, thing->places);

  markup_add (view->out,
              "<tr><th scope=\"row\">%s</th><td class=\"wrap\"><b>%s</b> %s %s %s</td><td>", hours,
              view_pair (view, appointment_kind_wording (thing->kind)),
              view_pick (view, thing->fr, thing->zh), thing->line, thing->place);
  put_people (view, thing);
  markup_add (view->out,
              "</td><td class=\"n\"><span class=\"%s\">%s</span></td><td "
              "class=\"n\">%s</td></tr>",
              thing->there < thing->people->len ? "warn" : "yes",
              view_fill (view, N_ ("%s of %s"), view_number (view, thing->there),
                         view_number (view, thing->people->len)),
              thing->places == 0                ? "–"
              : appointments_is_crowded (thing) ? view_fill (view, N_ ("%s, too full"), seats)
                                                : seats);
}

static void draw_appointments (const View *view)
{
  const GPtrArray *things = view->moment->appointments;
  const char *title = view_say (view, N_ ("Meetings, signatures, airport, shuttles"));
  const char *heads[]
      = { view_say (view, N_ ("hour")), view_say (view, N_ ("what")), view_say (view, N_ ("who")),
          view_say (view, N_ ("there")), view_say (view, N_ ("seats")) };

  markup_add (view->out, "<h2>%s</h2>", title);
  if (things->len == 0) {
    put_none (view);
    return;
  }
  markup_add (view->out,
              "<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"%s\"><table>"
              "<thead><tr><th scope=\"col\">%s</th><th scope=\"col\">%s</th><th "
              "scope=\"col\">%s</th><th scope=\"col\" class=\"n\">%s</th><th scope=\"col\" "
              "class=\"n\">%s</th></tr></thead><tbody>",
              title, heads[0], heads[1], heads[2], heads[3], heads[4]);
  for (guint i = 0; i < things->len; i++)
    put_thing (view, things->pdata[i]);
  end_table (view);
  stamp_part (view, 1u << CHECKPOINT_ENTRANCE);
}

static gboolean is_of_question (const AnswersRow *one, const AnswersRow *other)
{
  return strcmp (one->question, other->question) == 0;
}

/* A table a question; none where nothing is asked. */
static void draw_answers (const View *view)
{
  const GPtrArray *rows = view->moment->answers;
  const char *heads[] = { view_say (view, N_ ("answer")), view_say (view, N_ ("people")) };

  if (rows->len == 0)
    return;
  markup_add (view->out, "<h2>%s</h2>", view_say (view, N_ ("Asked at the door")));
  for (guint i = 0; i < rows->len; i++) {
    const AnswersRow *row = rows->pdata[i];
    const char *question = view_pick (view, row->question_fr, row->question_zh);

    if (i == 0 || !is_of_question (rows->pdata[i - 1], row)) {
      markup_add (view->out, "<h3 class=\"gap\">%s</h3>", question);
      begin_table (view, question, heads, G_N_ELEMENTS (heads));
    }
    put_row (view, view_pick (view, row->fr, row->zh), &row->people, 1);
    if (i + 1 == rows->len || !is_of_question (rows->pdata[i + 1], row))
      end_table (view);
  }
  stamp_part (view, 1u << CHECKPOINT_ENTRANCE);
}

const PagePart SERVICES_PAGE_PARTS[] = {
  { "appointments", draw_appointments }, { "meals", draw_meals },     { "shuttles", draw_shuttles },
  { "headsets", draw_headsets },         { "answers", draw_answers }, { NULL, NULL },
};

void services_page_draw (const View *view)
{
  markup_add (view->out, "<h1>%s</h1>", view_say (view, N_ ("Services")));
  stamp_page (view);
  markup_add (view->out, "<div class=\"pair stack gap\"><div>");
  page_part_put (view, SERVICES_PAGE_PARTS, "meals", "part");
  page_part_put (view, SERVICES_PAGE_PARTS, "shuttles", "part");
  markup_add (view->out, "</div><div>");
  page_part_put (view, SERVICES_PAGE_PARTS, "headsets", "part");
  page_part_put (view, SERVICES_PAGE_PARTS, "answers", "part");
  markup_add (view->out, "</div></div>");
  page_part_put (view, SERVICES_PAGE_PARTS, "appointments", "part");
  exports_page_button (view, view_say (view, N_ ("Take tables away")), "/exports");
}
