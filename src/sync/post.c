#include "sync/post.h"

#include "core/words.h"

#include <curl/curl.h>
#include <string.h>

G_DEFINE_QUARK (post - error - quark, post_error)

/* What libcurl and GLib might read otherwise than each other, and what would end a line. */
static gboolean is_plain (const char *url)
{
  for (const char *at = url; *at != '\0'; at++)
    if ((guchar) *at <= ' ' || *at == 0x7f || *at == '\\')
      return FALSE;
  return TRUE;
}

static gboolean is_here (const char *host)
{
  static const char *const HERE[] = { "127.0.0.1", "::1", "localhost", NULL };

  return g_strv_contains (HERE, host);
}

/* A name and password in it would be told to whoever stands behind the @. */
static gboolean is_good (GUri *uri)
{
  const char *host = g_uri_get_host (uri);

  return host != NULL && host[0] != '\0' && g_uri_get_userinfo (uri) == NULL
         && (strcmp (g_uri_get_scheme (uri), "https") == 0
             || (strcmp (g_uri_get_scheme (uri), "http") == 0 && is_here (host)));
}

gboolean post_check (const char *url, GError **error)
{
  g_autoptr (GUri) uri = is_plain (url) ? g_uri_parse (url, G_URI_FLAGS_ENCODED, NULL) : NULL;

  if (uri != NULL && is_good (uri))
    return TRUE;
  g_set_error (error, POST_ERROR, POST_ERROR_ADDRESS,
               _ ("“%s” is no address to send to: write https://…, or http:// to this "
                  "machine itself"),
               url);
  return FALSE;
}

/* The rest of an address may be a secret, which is not for a log. Free with g_free(). */
static char *place_of (const char *url)
{
  g_autoptr (GUri) uri = g_uri_parse (url, G_URI_FLAGS_ENCODED, NULL);

  return uri == NULL ? g_strdup ("")
                     : g_strdup_printf ("%s://%s", g_uri_get_scheme (uri), g_uri_get_host (uri));
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
  else {
    g_autofree char *place = place_of (url);

    g_set_error (error, POST_ERROR, POST_ERROR_UNREACHABLE, _ ("sending to %s: %s"), place,
                 curl_easy_strerror (code));
  }
  curl_slist_free_all (list);
  curl_easy_cleanup (curl);
  *status = (guint) answered;
  return code == CURLE_OK;
}
