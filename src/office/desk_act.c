#include "office/desk_act.h"

#include "office/page_layout.h"

typedef struct {
  Request *request;
  Urlencoded *form;
  char *subject, *name;
  DeskActStep step;
  DeskResult result;
  GError *error;
  gboolean turned_away;
} Act;

static void act_free (gpointer data)
{
  Act *act = data;

  urlencoded_free (act->form);
  g_free (act->subject);
  g_free (act->name);
  g_clear_error (&act->error);
  g_free (act);
}

static void work (Journal *journal, gpointer data)
{
  Act *act = data;

  if (!act->step (journal, act->form, act->subject, act->name, &act->result, &act->error)
      && act->error == NULL)
    act->turned_away = TRUE;
}

static void done (gpointer data)
{
  request_resume (((Act *) data)->request);
}

static void begin (Request *request, Urlencoded *form, const char *subject, DeskActStep step)
{
  Visit *visit = visit_of (request);
  Act *act = g_new0 (Act, 1);

  act->request = request;
  act->form = form;
  act->subject = g_strdup (subject);
  act->name = g_strdup (visit->account.name);
  act->step = step;
  request_set_work (request, act, act_free);
  request_suspend (request);
  if (!writer_work (visit->office->hub->writer, work, done, act)) {
    act->turned_away = TRUE;
    request_resume (request);
  }
}

const DeskResult *desk_act_run (Request *request, const char *subject, DeskActStep step)
{
  Act *act = request_work (request);
  Visit *visit = visit_of (request);

  if (act == NULL) {
    Urlencoded *form = visit_form (request);

    if (form != NULL)
      begin (request, form, subject, step);
    return NULL;
  }
  if (!act->turned_away && act->error == NULL)
    return &act->result;
  page_layout_refusal (
      request, HTTP_STATUS_SERVICE_UNAVAILABLE,
      act->error != NULL
          ? act->error->message
          : page_language_say (visit->language, N_ ("The hub has too much to do or is "
                                                    "being stopped; try again.")));
  return NULL;
}
