#include "office/notice_page.h"

#include "office/page_layout.h"

static const PageLayout PAGE = { N_ ("Your data"), "", NULL, NULL };

typedef struct {
  char *texts[NOTICE_LANGUAGES];
} Texts;

static void texts_free (gpointer data)
{
  Texts *texts = data;

  for (guint i = 0; i < NOTICE_LANGUAGES; i++)
    g_free (texts->texts[i]);
  g_free (texts);
}

static void draw (const View *view, const Visit *visit, Request *request)
{
  const Texts *texts = request_work (request);

  markup_add (view->out, "<div class=\"pair\">");
  for (guint i = 0; i < NOTICE_LANGUAGES; i++) {
    g_auto (GStrv) parts = g_strsplit (texts->texts[i], "\n\n", -1);

    markup_add (view->out, "<section class=\"card\" lang=\"%s\">", notice_tag ((NoticeLanguage) i));
    for (guint p = 0; parts[p] != NULL; p++)
      markup_add (view->out, p == 0 ? "<h2>%s</h2>" : "<p>%s</p>",
                  markup_keep (view->out, g_strdup (parts[p])));
    markup_add (view->out, "</section>");
  }
  markup_add (view->out, "</div>");
}

gboolean notice_page_show (Request *request)
{
  OfficeContext *office = request_context (request);
  g_autoptr (GError) error = NULL;
  Texts *texts = g_new0 (Texts, 1);
  gboolean good = notice_cache_read (office->notice, office->hub->readers, texts->texts, &error);

  request_set_work (request, texts, texts_free);
  return good ? page_layout_answer (request, &PAGE, draw)
              : page_layout_refusal (request, HTTP_STATUS_SERVICE_UNAVAILABLE, error->message);
}
