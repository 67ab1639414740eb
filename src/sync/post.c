#include "sync/post.h"

#include "core/words.h"

#include <curl/curl.h>
#include <string.h>

G_DEFINE_QUARK (post - error - quark, post_error)

gboolean post_check (const char *url, GError **error)
{
  static const char *const HERE[] = { "http://127.0.0.1", "http://[::1]", "http://localhost" };
  gboolean good = g_str_has_prefix (url, "https://") && url[strlen ("https://")] != '\0';
  for (guint i = 0; !good && i < G_N_ELEMENTS (HERE); i++)
    good = g_str_has_prefix (url, HERE[i]) && strchr (":/", url[strlen (HERE[i])]) != NULL;
  if (!good)
    g_set_error (error, POST_ERROR, POST_ERROR_ADDRESS,
                 _ ("“%s” is no address to send to: write https://…, or http:// to this "
                    "machine itself"),
                 url);
  return good;
}

static size_t pass_over (char *data, size_t size, size_t count, void *user)
{
  return size * count;
}

static gboolean prepare (CURL *curl, const char *url, struct curl_slist *headers, const char *body,
                         gint timeout_ms)
{
  return curl_easy_setopt (curl, CURLOPT_URL, url) == CURLE_OK
         && curl_easy_setopt (curl, CURLOPT_PROTOCOLS_STR, "http,https") == CURLE_OK
         && curl_easy_setopt (curl, CURLOPT_FOLLOWLOCATION, 0L) == CURLE_OK
         && curl_easy_setopt (curl, CURLOPT_NOSIGNAL, 1L) == CURLE_OK
         && curl_easy_setopt (curl, CURLOPT_TIMEOUT_MS, (long) timeout_ms) == CURLE_OK
         && curl_easy_setopt (curl, CURLOPT_HTTPHEADER, headers) == CURLE_OK
         && curl_easy_setopt (curl, CURLOPT_POST, 1L) == CURLE_OK
         && curl_easy_setopt (curl, CURLOPT_POSTFIELDS, body) == CURLE_OK
         && curl_easy_setopt (curl, CURLOPT_WRITEFUNCTION, pass_over) == CURLE_OK;
}

gboolean post_send (const char *url, const char *const *headers, const char *body, gint timeout_ms,
                    guint *status, GError **error)
{
  struct curl_slist *list = NULL;
  long answered = 0;
  if (!post_check (url, error))
    return FALSE;
  CURL *curl = curl_easy_init ();
  for (guint i = 0; headers[i] != NULL; i++)
    list = curl_slist_append (list, headers[i]);
  CURLcode code = curl != NULL && prepare (curl, url, list, body, timeout_ms)
                      ? curl_easy_perform (curl)
                      : CURLE_FAILED_INIT;
  if (code == CURLE_OK)
    curl_easy_getinfo (curl, CURLINFO_RESPONSE_CODE, &answered);
  else
    g_set_error (error, POST_ERROR, POST_ERROR_UNREACHABLE, _ ("sending to %s: %s"), url,
                 curl_easy_strerror (code));
  curl_slist_free_all (list);
  curl_easy_cleanup (curl);
  *status = (guint) answered;
  return code == CURLE_OK;
}
