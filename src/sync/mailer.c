#include "sync/mailer.h"

#include "core/words.h"

#include <curl/curl.h>
#include <string.h>

#define CONNECT_S 20
#define ADDRESS_BYTES_MAX 254 /* RFC 5321 */
#define WORD_BYTES 42         /* of a heading, before base64: a word has 75 characters at most */

G_DEFINE_QUARK (mailer - error - quark, mailer_error)

struct _Mailer {
  CURL *curl;
  char *url, *user, *password, *authorities;
  char reason[CURL_ERROR_SIZE];
  char *reply; /* the last refusal that the server sent */
};

/* The server's answers come as headings. */
static gsize on_line (char *bytes, gsize size, gsize count, void *data)
{
  Mailer *mailer = data;
  if (size * count == 0 || (bytes[0] != '4' && bytes[0] != '5'))
    return size * count; /* only of refusals somebody wants to know the reason */
  g_free (mailer->reply);
  mailer->reply = g_strndup (bytes, MIN (size * count, MAILER_REPLY_MAX));
  g_strchomp (mailer->reply);
  return size * count;
}

static gboolean is_local (const char *url)
{
  static const char *const HOSTS[] = { "smtp://localhost", "smtp://127.0.0.1", "smtp://[::1]" };
  for (guint i = 0; i < G_N_ELEMENTS (HOSTS); i++) {
    gsize length = strlen (HOSTS[i]);
    if (strncmp (url, HOSTS[i], length) == 0
        && (url[length] == '\0' || url[length] == ':' || url[length] == '/'))
      return TRUE;
  }
  return FALSE;
}

/* A connection of which nobody knows how it ended is not used again, nor what it left. */
static void begin_anew (Mailer *mailer)
{
  curl_easy_cleanup (mailer->curl);
  CURL *curl = mailer->curl = curl_easy_init ();
  curl_easy_setopt (curl, CURLOPT_URL, mailer->url);
  curl_easy_setopt (curl, CURLOPT_PROTOCOLS_STR, "smtp,smtps");
  curl_easy_setopt (curl, CURLOPT_USE_SSL,
                    (long) (is_local (mailer->url) ? CURLUSESSL_TRY : CURLUSESSL_ALL));
  curl_easy_setopt (curl, CURLOPT_SSLVERSION, (long) CURL_SSLVERSION_TLSv1_2);
  if (mailer->authorities != NULL)
    curl_easy_setopt (curl, CURLOPT_CAINFO, mailer->authorities);
  if (mailer->user != NULL) {
    curl_easy_setopt (curl, CURLOPT_USERNAME, mailer->user);
    curl_easy_setopt (curl, CURLOPT_PASSWORD, mailer->password);
  }
  curl_easy_setopt (curl, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt (curl, CURLOPT_PROXY, "");
  curl_easy_setopt (curl, CURLOPT_CONNECTTIMEOUT, (long) CONNECT_S);
  curl_easy_setopt (curl, CURLOPT_TIMEOUT, (long) MAILER_TIMEOUT_S);
  curl_easy_setopt (curl, CURLOPT_ERRORBUFFER, mailer->reason);
  curl_easy_setopt (curl, CURLOPT_HEADERFUNCTION, on_line);
  curl_easy_setopt (curl, CURLOPT_HEADERDATA, mailer);
}

Mailer *mailer_new (const MailerOptions *options, GError **error)
{
  const char *url = options->url;
  if (url == NULL || !(g_str_has_prefix (url, "smtp://") || g_str_has_prefix (url, "smtps://"))
      || strpbrk (url, " \r\n") != NULL) {
    g_set_error (error, MAILER_ERROR, MAILER_ERROR_ADDRESS,
                 _ ("“%s” is no mail server; write smtps://mail.example or "
                    "smtp://mail.example:587"),
                 url != NULL ? url : "");
    return NULL;
  }
  curl_global_init (CURL_GLOBAL_DEFAULT);
  Mailer *mailer = g_new0 (Mailer, 1);
  mailer->url = g_strdup (url);
  mailer->user = g_strdup (options->user);
  mailer->password = g_strdup (options->password != NULL ? options->password : "");
  mailer->authorities = g_strdup (options->authorities);
  begin_anew (mailer);
  return mailer;
}

void mailer_free (Mailer *mailer)
{
  if (mailer == NULL)
    return;
  curl_easy_cleanup (mailer->curl);
  memset (mailer->password, 0, strlen (mailer->password));
  g_free (mailer->url);
  g_free (mailer->user);
  g_free (mailer->password);
  g_free (mailer->authorities);
  g_free (mailer->reply);
  g_free (mailer);
}

gboolean mailer_is_address (const char *text)
{
  const char *at = strchr (text, '@');
  gsize length = strlen (text);
  if (at == NULL || at == text || at[1] == '\0' || strchr (at + 1, '@') != NULL
      || length > ADDRESS_BYTES_MAX || !g_utf8_validate (text, -1, NULL))
    return FALSE;
  for (const char *p = text; *p != '\0'; p++)
    if ((guchar) *p <= ' ' || *p == 0x7f || strchr ("<>()[]\\,;:\"", *p) != NULL)
      return FALSE;
  return at[1] != '.' && at[1] != '-' && text[length - 1] != '.';
}

/* A heading's words (RFC 2047), each of whole characters. */
static char *encoded (const char *text)
{
  g_autoptr (GString) made = g_string_new (NULL);
  while (*text != '\0') {
    gsize length = 0;
    while (text[length] != '\0') {
      gsize next = length + (gsize) g_utf8_skip[(guchar) text[length]];
      if (next > WORD_BYTES)
        break;
      length = next;
    }
    g_autofree char *base64 = g_base64_encode ((const guchar *) text, length);
    g_string_append_printf (made, "%s=?UTF-8?B?%s?=", made->len > 0 ? "\r\n " : "", base64);
    text += length;
  }
  return g_strdup (made->str);
}

static struct curl_slist *headings (const MailerMessage *message)
{
  g_autofree char *subject = encoded (message->subject), *name = encoded (message->from_name);
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  char *lines[5];
  struct curl_slist *list = NULL;
  /* RFC 5322's names of days and months, whatever the locale. */
  static const char *const DAYS[] = { "Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun" };
  static const char *const MONTHS[]
      = { "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec" };
  g_autofree char *clock = g_date_time_format (now, "%H:%M:%S +0000");
  lines[0] = g_strdup_printf (
      "Date: %s, %02d %s %d %s", DAYS[g_date_time_get_day_of_week (now) - 1],
      g_date_time_get_day_of_month (now), MONTHS[g_date_time_get_month (now) - 1],
      g_date_time_get_year (now), clock);
  lines[1] = g_strdup_printf ("From: %s <%s>", name, message->from);
  lines[2] = g_strdup_printf ("To: <%s>", message->to);
  lines[3] = g_strdup_printf ("Subject: %s", subject);
  lines[4] = g_strdup_printf ("Message-ID: <%s>", message->message_id);
  for (guint i = 0; i < G_N_ELEMENTS (lines); i++) {
    list = curl_slist_append (list, lines[i]);
    g_free (lines[i]);
  }
  return list;
}

static curl_mime *body_of (Mailer *mailer, const MailerMessage *message)
{
  curl_mime *mime = curl_mime_init (mailer->curl);
  curl_mimepart *text = curl_mime_addpart (mime), *pdf = curl_mime_addpart (mime);
  gsize length = 0;
  const char *bytes = g_bytes_get_data (message->pdf, &length);
  curl_mime_data (text, message->text, CURL_ZERO_TERMINATED);
  curl_mime_type (text, "text/plain; charset=utf-8");
  curl_mime_encoder (text, "base64");
  curl_mime_data (pdf, bytes, length);
  curl_mime_type (pdf, "application/pdf");
  curl_mime_encoder (pdf, "base64");
  curl_mime_filename (pdf, message->file_name);
  return mime;
}

static MailerState state_of (CURLcode code, long status)
{
  if (code == CURLE_OK)
    return MAILER_SENT;
  if (status >= 500)
    return MAILER_REFUSED;
  return status >= 400 ? MAILER_DELAYED : MAILER_UNSURE;
}

/* What keeps every message from being sent; nothing of this one has left. */
static gboolean is_of_server (CURLcode code, long status)
{
  switch (code) {
  case CURLE_COULDNT_RESOLVE_HOST:
  case CURLE_COULDNT_RESOLVE_PROXY:
  case CURLE_COULDNT_CONNECT:
  case CURLE_WEIRD_SERVER_REPLY:
  case CURLE_SSL_CONNECT_ERROR:
  case CURLE_PEER_FAILED_VERIFICATION:
  case CURLE_SSL_CACERT_BADFILE:
  case CURLE_USE_SSL_FAILED:
  case CURLE_LOGIN_DENIED:
    return TRUE;
  default:
    /* It goes off duty, or wants to know who we are. */
    return status == 421 || status == 530 || status == 534 || status == 535 || status == 538;
  }
}

gboolean mailer_send (Mailer *mailer, const MailerMessage *message, MailerState *state,
                      char **reply, GError **error)
{
  CURL *curl = mailer->curl;
  struct curl_slist *lines = headings (message), *to = curl_slist_append (NULL, message->to);
  curl_mime *mime = body_of (mailer, message);
  long status = 0;
  mailer->reason[0] = '\0';
  g_clear_pointer (&mailer->reply, g_free);
  curl_easy_setopt (curl, CURLOPT_MAIL_FROM, message->from);
  curl_easy_setopt (curl, CURLOPT_MAIL_RCPT, to);
  curl_easy_setopt (curl, CURLOPT_HTTPHEADER, lines);
  curl_easy_setopt (curl, CURLOPT_MIMEPOST, mime);
  CURLcode code = curl_easy_perform (curl);
  curl_easy_getinfo (curl, CURLINFO_RESPONSE_CODE, &status);
  curl_easy_setopt (curl, CURLOPT_MIMEPOST, NULL);
  curl_easy_setopt (curl, CURLOPT_HTTPHEADER, NULL);
  curl_easy_setopt (curl, CURLOPT_MAIL_RCPT, NULL);
  curl_mime_free (mime);
  curl_slist_free_all (lines);
  curl_slist_free_all (to);
  if (code != CURLE_OK && is_of_server (code, status)) {
    g_set_error (error, MAILER_ERROR, MAILER_ERROR_SERVER, _ ("the mail server: %s%s%s"),
                 mailer->reason[0] != '\0' ? mailer->reason : curl_easy_strerror (code),
                 mailer->reply != NULL ? "; " : "", mailer->reply != NULL ? mailer->reply : "");
    return FALSE;
  }
  *state = state_of (code, status);
  if (*state == MAILER_UNSURE)
    begin_anew (mailer);
  if (reply != NULL)
    *reply
        = *state == MAILER_SENT ? NULL
          : mailer->reply != NULL
              ? g_utf8_make_valid (mailer->reply, -1)
              : g_strdup (mailer->reason[0] != '\0' ? mailer->reason : curl_easy_strerror (code));
  return TRUE;
}
