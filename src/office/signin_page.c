#include "office/signin_page.h"

#include "core/lock.h"
#include "core/password.h"
#include "office/page_layout.h"
#include "office/totp.h"

#include <string.h>

#define CHECK_THREADS 2
#define LANGUAGE_AGE_S (180 * 24 * 60 * 60)
/* Of nobody: so that a name that does not exist takes as long as one that does. */
#define NOBODY                                                                                     \
  "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHRzb21lc2FsdA$"                                         \
  "GTPUPTrKf/XLa+sjWnKiYw8WLPD0K1G7PwYUtMXXB/4"

typedef struct {
  Request *request;
  OfficeContext *office;
  char *name, *password, *code;
  char *token; /* of the session that began; NULL: refused */
  GError *error;
} Check;

static void check_free (gpointer data)
{
  Check *check = data;

  g_free (check->name);
  g_free (check->password);
  g_free (check->code);
  g_free (check->token);
  g_clear_error (&check->error);
  g_free (check);
}

/* Only paths of these pages. */
static const char *next_of (const char *wanted)
{
  return wanted != NULL && wanted[0] == '/' && wanted[1] != '/' && wanted[1] != '\\'
                 && strpbrk (wanted, "\r\n\t") == NULL
             ? wanted
             : "/now";
}

/* The page --------------------------------------------------------------------------- */

static const PageLayout PAGE = { N_ ("Sign in"), "", NULL, NULL };

/* Both languages of the congress, for the reader's is not known yet. */
static void put_both (const View *view, const char *msgid)
{
  markup_add (
      view->out, "%s <span lang=\"%s\">%s</span>", page_language_say (PAGE_LANGUAGE_FIRST, msgid),
      page_language_tag (PAGE_LANGUAGE_SECOND), page_language_say (PAGE_LANGUAGE_SECOND, msgid));
}

static void put_field (const View *view, const char *name, const char *label, const char *type,
                       const char *complete)
{
  markup_add (view->out, "<label class=\"f\" for=\"%s\">", name);
  put_both (view, label);
  markup_add (view->out,
              "</label><input class=\"t\" id=\"%s\" name=\"%s\" type=\"%s\" autocomplete=\"%s\"",
              name, name, type, complete);
  markup_add (view->out, strcmp (name, "code") == 0 ? " inputmode=\"numeric\" maxlength=\"6\">"
                                                    : " required>");
}

static void put_place (const View *view)
{
  const Programme *programme = view->moment->figures->programme;
  g_autofree char *first = NULL, *second = NULL;

  programme_place (programme, &first, &second);
  markup_add (view->out, "<p class=\"soft\">%s<br><span lang=\"zh-CN\">%s</span></p>", first,
              second);
}

static void draw (const View *view, const Visit *visit, Request *request)
{
  const char *fault = request_work (request);
  const char *next = next_of (request_query (request, "next"));

  markup_add (view->out,
              "<div class=\"sign\"><div class=\"part\"><h1>%s<br><span lang=\"%s\">%s</span></h1>",
              page_language_say (PAGE_LANGUAGE_FIRST, N_ ("The organisers’ pages")),
              page_language_tag (PAGE_LANGUAGE_SECOND),
              page_language_say (PAGE_LANGUAGE_SECOND, "The organisers’ pages"));
  put_place (view);
  markup_add (view->out, "</div><form class=\"card\" method=\"post\" action=\"/signin?next=%s\">",
              next);
  if (fault != NULL) {
    markup_add (view->out, "<p class=\"note\" role=\"alert\">");
    put_both (view, fault);
    markup_add (view->out, "</p>");
  }
  put_field (view, "name", N_ ("Name"), "text", "username");
  put_field (view, "password", N_ ("Password"), "password", "current-password");
  put_field (view, "code", N_ ("Code of your telephone, if you have one"), "text", "one-time-code");
  markup_add (view->out, "<p class=\"acts\"><button class=\"btn go\">");
  put_both (view, N_ ("Sign in"));
  markup_add (
      view->out,
      "</button></p><p class=\"soft\">%s<br><span lang=\"%s\">%s</span></p></form></div>",
      page_language_say (PAGE_LANGUAGE_FIRST, N_ ("Password forgotten? Ask the administrator.")),
      page_language_tag (PAGE_LANGUAGE_SECOND),
      page_language_say (PAGE_LANGUAGE_SECOND, "Password forgotten? Ask the administrator."));
}

gboolean signin_page_show (Request *request)
{
  if (visit_of (request)->signed_in)
    return request_redirect (request, next_of (request_query (request, "next")));
  return page_layout_answer_status (request, HTTP_STATUS_OK, &PAGE, draw);
}

/* Checking --------------------------------------------------------------------------- */

/* The last step of a one-time code that each account has used: no code opens twice. */
static gboolean code_is_good (const Account *account, const char *code, gint64 now_ms)
{
  static Lock mutex = LOCK_INIT;
  static GHashTable *used; /* secret → gint64 * */
  gboolean good;
  gint64 *last;

  if (account->totp[0] == '\0')
    return TRUE;
  lock_take (&mutex);
  if (used == NULL)
    used = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  last = g_hash_table_lookup (used, account->totp);
  if (last == NULL) {
    last = g_new0 (gint64, 1);
    g_hash_table_insert (used, g_strdup (account->totp), last);
  }
  good = totp_check (account->totp, code, now_ms / 1000, last);
  lock_give (&mutex);
  return good;
}

static void check_in (Check *check, Journal *journal)
{
  g_autoptr (GPtrArray) accounts = account_all (journal, &check->error);
  gint64 now_ms = clock_now_ms (&check->office->clock);
  const Account *account;
  gboolean right;

  if (accounts == NULL)
    return;
  account = account_find (accounts, check->name);
  right = password_check (account != NULL ? account->hash : NOBODY, check->password);
  if (account == NULL || !right || !code_is_good (account, check->code, now_ms))
    return;
  check->token = session_begin (check->office->sessions, journal, account, now_ms, &check->error);
}

static void check_run (gpointer data, gpointer unused)
{
  Check *check = data;
  ReplicaPool *readers = check->office->hub->readers;
  Journal *reader = replica_pool_take (readers, &check->error);

  if (reader != NULL) {
    check_in (check, reader);
    replica_pool_give (readers, reader);
  }
  request_resume (check->request);
}

GThreadPool *signin_page_checks (void)
{
  return g_thread_pool_new (check_run, NULL, CHECK_THREADS, FALSE, NULL);
}

/* Submitting ------------------------------------------------------------------------- */

static gboolean refuse (Request *request, guint status, const char *msgid)
{
  request_set_work (request, g_strdup (msgid), g_free);
  return page_layout_answer_status (request, status, &PAGE, draw);
}

static char *field (const Urlencoded *form, const char *name)
{
  const char *value = urlencoded_value (form, name);

  return g_strdup (value != NULL ? value : "");
}

static gboolean begin (Request *request)
{
  OfficeContext *office = request_context (request);
  g_autoptr (Urlencoded) form = request_form (request, NULL);
  Check *check;

  if (form == NULL)
    return refuse (request, HTTP_STATUS_BAD_REQUEST, N_ ("Name or password is wrong."));
  if (visit_is_from_elsewhere (request))
    return refuse (request, HTTP_STATUS_FORBIDDEN, N_ ("Please sign in."));
  check = g_new0 (Check, 1);
  check->request = request;
  check->office = office;
  check->name = field (form, "name");
  check->password = field (form, "password");
  check->code = field (form, "code");
  request_set_work (request, check, check_free);
  if (strlen (check->name) > ACCOUNT_NAME_MAX || strlen (check->password) > PASSWORD_BYTES_MAX)
    return refuse (request, HTTP_STATUS_FORBIDDEN, N_ ("Name or password is wrong."));
  if (throttle_try (office->throttle, check->name, visit_peer (request),
                    g_get_monotonic_time () / G_TIME_SPAN_MILLISECOND)
      > 0)
    return refuse (request, HTTP_STATUS_TOO_MANY_REQUESTS,
                   N_ ("Too many attempts. Wait a moment, then try again."));
  request_suspend (request);
  g_thread_pool_push (office->checks, check, NULL);
  return TRUE;
}

gboolean signin_page_submit (Request *request)
{
  Check *check = request_work (request);

  if (check == NULL)
    return begin (request);
  if (check->error != NULL)
    return page_layout_refusal (request, HTTP_STATUS_SERVICE_UNAVAILABLE, check->error->message);
  if (check->token == NULL)
    return refuse (request, HTTP_STATUS_FORBIDDEN, N_ ("Name or password is wrong."));
  throttle_succeeded (check->office->throttle, check->name, visit_peer (request));
  request_set_cookie (request, VISIT_SESSION, check->token, -1);
  return request_redirect (request, next_of (request_query (request, "next")));
}

gboolean signin_page_sign_out (Request *request)
{
  Visit *visit = visit_of (request);
  g_autoptr (Urlencoded) form = visit_form (request);
  Journal *reader;

  if (form == NULL)
    return TRUE;
  reader = replica_pool_take (visit->office->hub->readers, NULL);
  if (reader != NULL) {
    session_end (visit->office->sessions, reader, visit->token,
                 clock_now_ms (&visit->office->clock), NULL);
    replica_pool_give (visit->office->hub->readers, reader);
  }
  request_set_cookie (request, VISIT_SESSION, "", 0);
  return request_redirect (request, "/signin");
}

gboolean signin_page_language (Request *request)
{
  PageLanguage language;

  if (page_language_from_key (request_parameter (request, "key"), &language))
    request_set_cookie (request, VISIT_LANGUAGE, page_language_key (language), LANGUAGE_AGE_S);
  return request_redirect (request, next_of (request_query (request, "next")));
}
