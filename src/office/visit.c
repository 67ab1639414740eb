#include "office/visit.h"

#include "core/sign.h"

#include <string.h>

static const char POLICY[]
    = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src "
      "'self'; connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'";

/* Who asks --------------------------------------------------------------------------- */

static void visit_free (gpointer data)
{
  Visit *visit = data;

  g_free (visit->account.name);
  g_free (visit->account.delegation);
  g_free (visit->account.totp);
  g_free (visit->account.language);
  g_free (visit->account.epoch);
  g_free (visit->token);
  g_free (visit->form);
  g_free (visit);
}

static void take_account (Visit *visit, const Account *account)
{
  visit->signed_in = TRUE;
  visit->account.role = account->role;
  visit->account.name = g_strdup (account->name);
  visit->account.delegation = g_strdup (account->delegation);
  visit->account.totp = g_strdup (account->totp);
  visit->account.language = g_strdup (account->language);
  visit->account.epoch = g_strdup (account->epoch);
}

/* Who signed in at another hub of the log a moment ago is known here a moment later. */
static gboolean find_session (OfficeContext *office, Journal *reader, const char *token,
                              char **name, char **epoch)
{
  gint64 now_ms = clock_now_ms (&office->clock);

  return session_find (office->sessions, reader, token, now_ms, name, epoch)
         || (follower_catch_up (office->hub->follower)
             && session_find (office->sessions, reader, token, now_ms, name, epoch));
}

/* The account of the session of @token, as it is now: removed ones and those with another
 * password are out at once. */
static gboolean read_account (Visit *visit, Journal *reader, const char *token, GError **error)
{
  g_autofree char *name = NULL, *epoch = NULL;
  g_autoptr (GPtrArray) accounts = NULL;
  const Account *account;

  if (!find_session (visit->office, reader, token, &name, &epoch))
    return TRUE;
  accounts = account_all (reader, error);
  if (accounts == NULL)
    return FALSE;
  account = account_find (accounts, name);
  if (account != NULL && sign_secret_equal (account->epoch, epoch))
    take_account (visit, account);
  return TRUE;
}

static gboolean look_up (Visit *visit, const char *token, GError **error)
{
  ReplicaPool *readers = visit->office->hub->readers;
  Journal *reader = replica_pool_take (readers, error);
  gboolean good;

  if (reader == NULL)
    return FALSE;
  good = read_account (visit, reader, token, error);
  replica_pool_give (readers, reader);
  return good;
}

static void choose_tongue (Visit *visit, Request *request)
{
  if (!page_language_from_key (request_cookie (request, VISIT_LANGUAGE), &visit->language)
      && !page_language_from_key (visit->account.language, &visit->language))
    visit->language = page_language_of_browser (request_header (request, "Accept-Language"));
}

static Visit *make_visit (Request *request, GError **error)
{
  Visit *visit = g_new0 (Visit, 1);
  const char *token = request_cookie (request, VISIT_SESSION);
  gboolean good;

  visit->office = request_context (request);
  request_set_caller (request, visit, visit_free);
  good = token == NULL || look_up (visit, token, error);
  if (visit->signed_in) {
    visit->token = g_strdup (token);
    visit->form = session_form_token (visit->account.epoch);
  } else {
    visit->form = g_strdup ("");
    visit->account.name = g_strdup ("");
    visit->account.delegation = g_strdup ("");
  }
  choose_tongue (visit, request);
  return good ? visit : NULL;
}

Visit *visit_of (Request *request)
{
  if (request_caller (request) == NULL)
    make_visit (request, NULL);
  return request_caller (request);
}

gboolean visit_authorise (Request *request)
{
  OfficeContext *office = request_context (request);
  g_autoptr (GError) error = NULL;
  Visit *visit = make_visit (request, &error);

  if (visit == NULL) {
    request_note_refusal (request, HTTP_STATUS_SERVICE_UNAVAILABLE, "busy", "%s", error->message);
    return FALSE;
  }
  if (!visit->signed_in) {
    request_note_refusal (request, HTTP_STATUS_UNAUTHORIZED, "sign-in", "%s",
                          page_language_say (visit->language, N_ ("Please sign in.")));
    return FALSE;
  }
  for (const OfficeRoute *route = office->routes; route->method != NULL; route++) {
    Route one[] = { { .method = route->method, .path = route->path }, { 0 } };
    g_auto (RouteParameters) parameters = { 0 };
    g_autofree char *allowed = NULL;

    if (route_find (one, request_method (request), request_path (request), &parameters, &allowed)
        == NULL)
      continue;
    if (route->roles & ACCOUNT_MAY (visit->account.role))
      return TRUE;
    break;
  }
  request_note_refusal (
      request, HTTP_STATUS_FORBIDDEN, "role", "%s",
      page_language_say (visit->language, N_ ("This page is not for your role.")));
  return FALSE;
}

const char *visit_peer (Request *request)
{
  const char *peer = request_peer (request);
  const char *said = request_header (request, "X-Forwarded-For"), *last;

  /* Over a Unix socket a proxy speaks, which has added the last one itself. */
  if (peer[0] != '\0' || said == NULL)
    return peer;
  last = strrchr (said, ',');
  said = last != NULL ? last + 1 : said;
  return said + strspn (said, " ");
}

/* Answers ---------------------------------------------------------------------------- */

void visit_decorate (Request *request, guint status)
{
  request_add_header (request, "Content-Security-Policy", POLICY);
  request_add_header (request, "X-Content-Type-Options", "nosniff");
  request_add_header (request, "Referrer-Policy", "no-referrer");
  request_add_header (request, "Cross-Origin-Opener-Policy", "same-origin");
}

/* Browsers say where a form stood; a page of somebody else's could sign a visitor in as its own
 * account, for which no token of a session is asked. */
gboolean visit_is_from_elsewhere (Request *request)
{
  const char *site = request_header (request, "Sec-Fetch-Site");

  return site != NULL && strcmp (site, "same-origin") != 0 && strcmp (site, "none") != 0;
}

Urlencoded *visit_form (Request *request)
{
  Visit *visit = visit_of (request);
  g_autoptr (GError) error = NULL;
  g_autoptr (Urlencoded) form = request_form (request, &error);
  const char *brought = form != NULL ? urlencoded_value (form, "form") : NULL;

  if (form == NULL) {
    request_refuse (request, HTTP_STATUS_BAD_REQUEST, "body", "%s", error->message);
    return NULL;
  }
  if (!visit->signed_in || brought == NULL || visit_is_from_elsewhere (request)
      || !sign_secret_equal (visit->form, brought)) {
    request_refuse (
        request, HTTP_STATUS_FORBIDDEN, "form", "%s",
        page_language_say (visit->language,
                           N_ ("This form is not of your session. Go back, load the page "
                               "again, and send it once more.")));
    return NULL;
  }
  return g_steal_pointer (&form);
}

View visit_view (const Visit *visit, const Moment *moment)
{
  return (View){ .out = markup_new (),
                 .language = visit->language,
                 .role = visit->account.role,
                 .delegation = visit->account.delegation,
                 .moment = moment };
}
