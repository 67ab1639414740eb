/* Which ClientError an answer or a failed request is, for an agent decides by it whether
 * to try again. */
#include "sync/failure.h"

#include <string.h>

static void test_answers (void)
{
  static const struct {
    guint status;
    const char *body;
    ClientError expected;
    const char *said;
  } TABLE[] = {
    { 401, "{\"error\":\"token\",\"message\":\"revoked\"}", CLIENT_ERROR_REFUSED, "revoked" },
    { 403, "{\"error\":\"code\",\"message\":\"used\"}", CLIENT_ERROR_REFUSED, "used" },
    { 409, "{\"error\":\"name\",\"message\":\"taken\"}", CLIENT_ERROR_CONFLICT, "taken" },
    { 503, "{\"error\":\"busy\",\"message\":\"later\"}", CLIENT_ERROR_UNREACHABLE, "later" },
    { 502, "<html>", CLIENT_ERROR_UNREACHABLE, "502" },
    { 429, "", CLIENT_ERROR_UNREACHABLE, "429" },
    { 400, "{\"message\":7}", CLIENT_ERROR_PROTOCOL, "400" },
    { 404, "[]", CLIENT_ERROR_PROTOCOL, "404" },
    { 302, "", CLIENT_ERROR_PROTOCOL, "302" },
    { 500, "\xff", CLIENT_ERROR_PROTOCOL, "500" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (TABLE); i++) {
    g_auto (HubAnswer) answer = { .status = TABLE[i].status, .body = g_string_new (TABLE[i].body) };
    g_autoptr (GError) error = NULL;

    g_assert_false (failure_of_answer (&answer, &error));
    g_assert_error (error, CLIENT_ERROR, (gint) TABLE[i].expected);
    g_assert_nonnull (strstr (error->message, TABLE[i].said));
  }
}

static void test_requests (void)
{
  static const struct {
    HubConnectionError cause;
    ClientError expected;
  } TABLE[] = {
    { HUB_CONNECTION_ERROR_UNREACHABLE, CLIENT_ERROR_UNREACHABLE },
    { HUB_CONNECTION_ERROR_PIN, CLIENT_ERROR_PIN },
    { HUB_CONNECTION_ERROR_TOO_LARGE, CLIENT_ERROR_PROTOCOL },
    { HUB_CONNECTION_ERROR_FILE, CLIENT_ERROR_PROTOCOL },
    { HUB_CONNECTION_ERROR_OTHER, CLIENT_ERROR_PROTOCOL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (TABLE); i++) {
    g_autoptr (GError) cause = g_error_new (HUB_CONNECTION_ERROR, (gint) TABLE[i].cause, "why"),
                       error = NULL;

    g_assert_false (failure_of_http (cause, &error));
    g_assert_error (error, CLIENT_ERROR, (gint) TABLE[i].expected);
    g_assert_cmpstr (error->message, ==, "why");
  }
}

int main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sync/failure/answers", test_answers);
  g_test_add_func ("/sync/failure/requests", test_requests);
  return g_test_run ();
}
