#include "api/webhook.h"

#include "api/scope_words.h"
#include "core/sign.h"
#include "core/words.h"
#include "sync/post.h"

#include <string.h>

#define LOCAL "webhooks"
#define SECRET_BYTES 32

G_DEFINE_QUARK (webhook - error - quark, webhook_error)

static const char *const SCOPES[] = { "protocol", "conflict", "station", NULL };

static gboolean refuse (GError **error, WebhookError code, const char *message)
{
  g_set_error_literal (error, WEBHOOK_ERROR, (int) code, message);
  return FALSE;
}

static gboolean read_scopes (const char *words, guint *scopes, GError **error)
{
  g_autofree char *wrong = scope_words_read (SCOPES, words, scopes);
  if (wrong != NULL)
    return refuse (error, WEBHOOK_ERROR_SCOPE,
                   _ ("a webhook is told of protocol, conflict or station; write some of them "
                      "with commas between"));
  return *scopes != 0
         || refuse (error, WEBHOOK_ERROR_SCOPE,
                    _ ("a webhook needs a scope: --scope protocol,conflict,station"));
}

char *webhook_scope_words (guint scopes)
{
  return scope_words_write (SCOPES, scopes);
}

char *webhook_signature (const char *secret, gint64 now_s, const char *body)
{
  g_autofree char *signed_text = g_strdup_printf ("%" G_GINT64_FORMAT ".%s", now_s, body),
                  *hmac = g_compute_hmac_for_string (G_CHECKSUM_SHA256, (const guchar *) secret,
                                                     strlen (secret), signed_text, -1);
  return g_strdup_printf ("t=%" G_GINT64_FORMAT ",v1=%s", now_s, hmac);
}

/* What is kept ----------------------------------------------------------------------- */

static void webhook_free (gpointer data)
{
  Webhook *webhook = data;
  g_free (webhook->name);
  g_free (webhook->url);
  g_free (webhook->secret);
  g_free (webhook);
}

static void add_from_json (GPtrArray *webhooks, JsonValue *value)
{
  const char *name = json_in_string (value, "name"), *url = json_in_string (value, "url"),
             *secret = json_in_string (value, "secret");
  if (name == NULL || url == NULL || secret == NULL)
    return;
  Webhook *webhook = g_new0 (Webhook, 1);
  *webhook = (Webhook){ g_strdup (name), g_strdup (url), g_strdup (secret),
                        (guint) json_in_int (value, "scopes"), json_in_int (value, "since_ms") };
  g_ptr_array_add (webhooks, webhook);
}

GPtrArray *webhook_all (Journal *journal, GError **error)
{
  g_autoptr (GPtrArray) webhooks = g_ptr_array_new_with_free_func (webhook_free);
  g_autofree char *text = NULL;
  if (!journal_read_local (journal, LOCAL, &text, error))
    return NULL;
  g_autoptr (JsonIn) in = json_in_parse (text != NULL ? text : "[]", -1, NULL);
  JsonValue *list = in != NULL ? json_in_root (in) : NULL;
  for (guint i = 0; list != NULL && i < json_in_length (list); i++)
    add_from_json (webhooks, json_in_element (list, i));
  if (list != NULL && webhooks->len == json_in_length (list))
    return g_steal_pointer (&webhooks);
  refuse (error, WEBHOOK_ERROR_DAMAGED, _ ("the webhooks that this replica keeps cannot be read"));
  return NULL;
}

static gboolean keep (Journal *journal, const GPtrArray *webhooks, GError **error)
{
  JsonOut *out = json_out_new ();
  json_out_begin_array (out, NULL);
  for (guint i = 0; i < webhooks->len; i++) {
    const Webhook *webhook = webhooks->pdata[i];
    json_out_begin_object (out, NULL);
    json_out_string (out, "name", webhook->name);
    json_out_string (out, "url", webhook->url);
    json_out_string (out, "secret", webhook->secret);
    json_out_int (out, "scopes", webhook->scopes);
    json_out_int (out, "since_ms", webhook->since_ms);
    json_out_end_object (out);
  }
  json_out_end_array (out);
  g_autofree char *text = json_out_finish (out);
  return journal_set_local (journal, LOCAL, text, error);
}

static guint place_of (const GPtrArray *webhooks, const char *name)
{
  for (guint i = 0; i < webhooks->len; i++)
    if (strcmp (((Webhook *) webhooks->pdata[i])->name, name) == 0)
      return i;
  return G_MAXUINT;
}

/* Adding, removing ------------------------------------------------------------------- */

static gboolean add (Journal *journal, Webhook *webhook, GError **error)
{
  g_autoptr (GPtrArray) webhooks = webhook_all (journal, error);
  if (webhooks == NULL)
    return FALSE;
  if (!identifier_is_station (webhook->name) || webhooks->len >= WEBHOOKS_MAX
      || place_of (webhooks, webhook->name) != G_MAXUINT)
    return refuse (error, WEBHOOK_ERROR_NAME,
                   _ ("a webhook's name is made of lower-case letters, digits and hyphens, and "
                      "stands once; there may be 20"));
  Webhook *kept = g_new0 (Webhook, 1);
  *kept = (Webhook){ g_strdup (webhook->name), g_strdup (webhook->url), g_strdup (webhook->secret),
                     webhook->scopes, webhook->since_ms };
  g_ptr_array_add (webhooks, kept);
  return keep (journal, webhooks, error);
}

char *webhook_add (Journal *journal, const char *name, const char *url, const char *scopes,
                   GError **error)
{
  guint chosen = 0;
  sign_start ();
  if (!read_scopes (scopes, &chosen, error) || !post_check (url, error))
    return NULL;
  g_autofree char *secret = sign_secret_new (SECRET_BYTES), *own_name = g_strdup (name),
                  *own_url = g_strdup (url);
  Webhook webhook = { own_name, own_url, secret, chosen, journal_now_ms (journal) };
  if (!journal_begin (journal, error)
      || !journal_finish (journal, add (journal, &webhook, error), error))
    return NULL;
  return g_steal_pointer (&secret);
}

static gboolean drop (Journal *journal, const char *name, GError **error)
{
  g_autoptr (GPtrArray) webhooks = webhook_all (journal, error);
  guint place = webhooks != NULL ? place_of (webhooks, name) : 0;
  if (webhooks == NULL)
    return FALSE;
  if (place == G_MAXUINT)
    return refuse (error, WEBHOOK_ERROR_UNKNOWN, _ ("there is no webhook of that name"));
  g_ptr_array_remove_index (webhooks, place);
  return keep (journal, webhooks, error);
}

gboolean webhook_remove (Journal *journal, const char *name, GError **error)
{
  return journal_begin (journal, error)
         && journal_finish (journal, drop (journal, name, error), error);
}
