#include "journal/fact_json.h"

#include "core/words.h"

#include <string.h>

char *fact_to_json (const Fact *fact)
{
  g_autoptr (JsonOut) out = json_out_new ();
  g_autofree char *chain = hash_to_hex (&fact->chain), *body_hash = hash_to_hex (&fact->body_hash);

  json_out_begin_object (out, NULL);
  json_out_int_if (out, "number", fact->number);
  json_out_string (out, "station", fact->station);
  json_out_int (out, "seq", fact->seq);
  json_out_int (out, "at", fact->at);
  json_out_string (out, "kind", fact->kind);
  json_out_string (out, "subject", fact->subject);
  json_out_string (out, "body", fact->body);
  if (fact->body == NULL || fact->is_part)
    json_out_string (out, "body_hash", body_hash);
  json_out_bool_if (out, "withheld", fact->is_part);
  json_out_string (out, "chain", chain);
  if (fact->is_signed) {
    g_autofree char *signature = g_base64_encode (fact->signature, SIGNATURE_BYTES);

    json_out_string (out, "signature", signature);
  }
  json_out_end_object (out);
  return json_out_finish (g_steal_pointer (&out));
}

static gboolean malformed (const char *what, GError **error)
{
  g_set_error (error, JOURNAL_ERROR, JOURNAL_ERROR_INVALID, _ ("this line is no fact: %s"), what);
  return FALSE;
}

static gboolean read_signature (const char *text, Fact *fact, GError **error)
{
  fact->is_signed = text != NULL;
  return text == NULL || sign_signature_from_text (text, fact->signature)
         || malformed (_ ("its signature is not 64 bytes in base64"), error);
}

gboolean fact_from_json (const char *json, gssize length, Fact *fact, GError **error)
{
  g_autoptr (GError) cause = NULL;
  g_autoptr (JsonIn) in = json_in_parse (json, length, &cause);
  JsonValue *root = in != NULL ? json_in_root (in) : NULL;
  const char *station, *kind, *subject, *body;

  memset (fact, 0, sizeof *fact);
  if (root == NULL)
    return malformed (cause->message, error);
  station = json_in_string (root, "station");
  kind = json_in_string (root, "kind");
  subject = json_in_string (root, "subject");
  body = json_in_string (root, "body");
  if (station == NULL || kind == NULL || subject == NULL)
    return malformed (_ ("station, kind or subject is missing"), error);
  if (!hash_from_hex (json_in_string (root, "chain"), &fact->chain))
    return malformed (_ ("chain is missing or not 64 hex digits"), error);
  fact->is_part = json_in_bool (root, "withheld");
  if (body != NULL && !fact->is_part)
    fact->body_hash = hash_of (body, strlen (body));
  else if (!hash_from_hex (json_in_string (root, "body_hash"), &fact->body_hash))
    return malformed (_ ("body is missing"), error);
  if (!read_signature (json_in_string (root, "signature"), fact, error))
    return FALSE;
  fact->number = json_in_int (root, "number");
  fact->station = g_strdup (station);
  fact->seq = json_in_int (root, "seq");
  fact->at = json_in_int (root, "at");
  fact->kind = g_strdup (kind);
  fact->subject = g_strdup (subject);
  fact->body = g_strdup (body);
  if (fact->is_part)
    fact->shown = fact_shown (fact);
  return TRUE;
}
