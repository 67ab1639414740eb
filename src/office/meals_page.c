#include "office/meals_page.h"

#include "counts/meals.h"
#include "journal/query.h"
#include "office/exports_page.h"
#include "office/page_layout.h"
#include "office/stamp.h"
#include "vocabulary/diet.h"

static const PageLayout PAGE = { N_ ("Meals"), "/services", NULL, NULL };

/* Drawing ---------------------------------------------------------------------------- */

static void put_row (const View *view, const char *name, gint64 expected, gint64 served)
{
  markup_add (view->out,
              "<tr><th scope=\"row\" class=\"wrap\">%s</th><td class=\"n\">%s</td><td "
              "class=\"n\">%s</td></tr>",
              name, view_number (view, expected), view_number (view, served));
}

static void put_meal (const View *view, const MealsMeal *meal)
{
  const char *name = view_pick (view, meal->fr, meal->zh);

  markup_add (view->out,
              "<section class=\"part\"><h2>%s</h2><div class=\"scroll\" tabindex=\"0\" "
              "role=\"region\" aria-label=\"%s\"><table><thead><tr><th scope=\"col\">%s</th><th "
              "scope=\"col\" class=\"n\">%s</th><th scope=\"col\" class=\"n\">%s</th></tr></thead>"
              "<tbody>",
              name, name, view_say (view, N_ ("diet")), view_say (view, N_ ("expected")),
              view_say (view, N_ ("served")));
  for (guint i = 0; i < meal->diets->len; i++) {
    const MealsDiet *diet = meal->diets->pdata[i];

    put_row (view, view_pair (view, diet_wording (diet->diet)), diet->expected, diet->served);
  }
  markup_add (view->out, "</tbody><tfoot>");
  put_row (view, view_say (view, N_ ("Together, each person once")), meal->expected, meal->served);
  markup_add (view->out, "</tfoot></table></div>");
  stamp_part (view, 1u << CHECKPOINT_MEAL);
  markup_add (view->out, "</section>");
}

static void draw (const View *view, const Visit *visit, Request *request)
{
  const GPtrArray *meals = request_work (request);
  const Figures *figures = view->moment->figures;

  markup_add (view->out, "<h1>%s</h1><p class=\"of\">%s</p>", view_say (view, N_ ("Meals by diet")),
              figures->day[0] != '\0' ? view_day (view, figures->day) : "");
  for (guint i = 0; i < meals->len; i++)
    put_meal (view, meals->pdata[i]);
  markup_add (view->out, "<p class=\"soft\">%s</p>",
              meals->len == 0
                  ? view_say (view, N_ ("None on this day."))
                  : view_say (view, N_ ("Expected: whose registration is confirmed and gives the "
                                        "right to this meal. Who has two diets is in both of "
                                        "their rows; who has none is in the sum alone.")));
  exports_page_button (view, view_say (view, N_ ("Take tables away")), "/exports");
}

/* Answering -------------------------------------------------------------------------- */

gboolean meals_page_show (Request *request)
{
  const Visit *visit = visit_of (request);
  g_autoptr (Moment) moment = live_moment (visit->office->live);
  g_autoptr (GError) error = NULL;
  Journal *reader = replica_pool_take (visit->office->hub->readers, &error);
  GPtrArray *meals = NULL;

  if (reader != NULL) {
    if (journal_view_begin (reader, &error)) {
      meals = meals_read (reader, moment->figures->day, &error);
      journal_view_end (reader);
    }
    replica_pool_give (visit->office->hub->readers, reader);
  }
  if (meals == NULL)
    return page_layout_refusal (request, HTTP_STATUS_SERVICE_UNAVAILABLE, error->message);
  request_set_work (request, meals, (GDestroyNotify) g_ptr_array_unref);
  return page_layout_answer_status (request, HTTP_STATUS_OK, &PAGE, draw);
}
