#include "office/certificate_page.h"

#include "credential/attestation.h"
#include "journal/query.h"
#include "office/page_layout.h"
#include "roster/delegate.h"
#include "vocabulary/dates.h"

#include <string.h>

static const char KEYS[] = "SELECT public FROM ticket_key";

static const PageLayout PAGE = { N_ ("Certificate of attendance"), "", NULL, NULL };

typedef struct {
  gboolean genuine;
  Attestation certificate;
  char *name; /* "" of somebody who was erased, or is a guest of the protocol */
} Finding;

static void finding_free (gpointer data)
{
  Finding *finding = data;
  g_free (finding->name);
  g_free (finding);
}

/* A key that was revoked since has signed what it signed. */
static gboolean check (Journal *journal, const char *text, Finding *finding, GError **error)
{
  if (!attestation_read (text, &finding->certificate))
    return TRUE;
  Query *query = journal_query (journal, KEYS, error);
  if (query == NULL)
    return FALSE;
  while (!finding->genuine && query_next (query)) {
    SignPublic key;
    finding->genuine = sign_public_from_text (query_text (query, 0), &key)
                       && attestation_is_signed_by (&finding->certificate, &key);
  }
  if (!query_end (query, error))
    return FALSE;
  if (!finding->genuine)
    return TRUE;
  GError *failure = NULL;
  g_autoptr (Delegate) delegate = delegate_load (journal, finding->certificate.reference, &failure);
  finding->name
      = delegate != NULL && !delegate->protocol ? delegate_display_name (delegate) : g_strdup ("");
  if (failure != NULL)
    g_propagate_error (error, failure);
  return failure == NULL;
}

static void put_claims (const View *view, const Finding *finding)
{
  g_auto (GStrv) parts = g_strsplit (finding->certificate.claims, ";", 2);
  g_auto (GStrv) days = g_strsplit (parts[0], ",", -1);
  char *first = NULL, *second = NULL;
  dates_list ((const char *const *) days, &first, &second);
  const char *kept_first = markup_keep (view->out, first),
             *kept_second = markup_keep (view->out, second);
  markup_add (view->out, "<p>%s: %s</p>", view_say (view, N_ ("present on")),
              view_pick (view, kept_first, kept_second));
  if (parts[1] != NULL && *parts[1] != '\0')
    markup_add (view->out, "<p>%s: %s</p>", view_say (view, N_ ("took part in")),
                markup_keep (view->out, g_strdup (parts[1])));
}

static void draw (const View *view, const Visit *visit, Request *request)
{
  const Finding *finding = request_work (request);
  markup_add (view->out, "<div class=\"list\"><section class=\"card\">");
  if (!finding->genuine)
    markup_add (view->out, "<h1>%s</h1><p>%s</p>",
                view_say (view, N_ ("This certificate is not genuine")),
                view_say (view, N_ ("The organisers have issued none that says so.")));
  else {
    markup_add (view->out, "<h1>%s</h1><p>%s %s</p>",
                view_say (view, N_ ("This certificate is genuine")), finding->name,
                finding->certificate.reference);
    put_claims (view, finding);
  }
  markup_add (view->out, "</section></div>");
}

gboolean certificate_page_show (Request *request)
{
  OfficeContext *office = request_context (request);
  const char *text = request_query (request, "c");
  g_autoptr (GError) error = NULL;
  Finding *finding = g_new0 (Finding, 1);
  Journal *reader = replica_pool_take (office->hub->readers, &error);
  gboolean good = reader != NULL && check (reader, text != NULL ? text : "", finding, &error);
  if (reader != NULL)
    replica_pool_give (office->hub->readers, reader);
  request_set_work (request, finding, finding_free);
  if (!good)
    return page_layout_refusal (request, HTTP_STATUS_SERVICE_UNAVAILABLE, error->message);
  return page_layout_answer_status (
      request, finding->genuine ? HTTP_STATUS_OK : HTTP_STATUS_NOT_FOUND, &PAGE, draw);
}
