#include "credential/code.h"

#include "core/identifier.h"
#include "core/words.h"
#include "credential/base45.h"
#include "credential/scanned_text.h"

#include <string.h>

#define HIDDEN_TEXT_MAX 1024 /* of a link, or of letters of several bytes */

G_DEFINE_QUARK (code - error - quark, code_error)

/* Version 1 of the layout; the byte also keeps a ticket's signature from ever being a
 * badge's. */
enum { TYPE_TICKET = 0xA1, TYPE_BADGE = 0xA2, TYPE_LATER_TICKET = 0xA3 };

enum {
  HEADER_BYTES = 1 + SIGN_KEY_ID_BYTES + 1, /* type, key id, length of the reference */
  SERIAL_BYTES = 2,
  SIGNED_MAX = HEADER_BYTES + REFERENCE_MAX + SERIAL_BYTES,
  CODE_BYTES_MAX = SIGNED_MAX + SIGNATURE_BYTES,
};

G_STATIC_ASSERT (SIGNED_MAX <= sizeof (((Code *) 0)->signed_part));
G_STATIC_ASSERT (REFERENCE_MAX < sizeof (((Code *) 0)->reference));

/* Making ----------------------------------------------------------------------------- */

static char *make (guint8 type, const SignSecret *secret, const char *reference, guint serial,
                   GError **error)
{
  guint8 bytes[CODE_BYTES_MAX];
  gsize length = 0;
  gsize reference_length;
  SignPublic key;
  g_autofree char *text = NULL;

  if (!identifier_is_reference (reference)) {
    g_set_error (error, CODE_ERROR, CODE_ERROR_REFERENCE,
                 _ ("making a code for the reference “%s”: a reference is 1 to %d letters, digits, "
                    "“-”, “_”, “.” or “/”"),
                 reference != NULL ? reference : "", REFERENCE_MAX);
    return NULL;
  }
  reference_length = strlen (reference);

  bytes[length++] = type;
  sign_public_of (secret, &key);
  sign_key_id (&key, bytes + length);
  length += SIGN_KEY_ID_BYTES;
  bytes[length++] = (guint8) reference_length;
  memcpy (bytes + length, reference, reference_length);
  length += reference_length;
  if (type != TYPE_TICKET) {
    bytes[length++] = (guint8) (serial >> 8);
    bytes[length++] = (guint8) (serial & 0xff);
  }
  sign_make (secret, bytes, length, bytes + length);
  length += SIGNATURE_BYTES;

  text = base45_encode (bytes, length);
  return g_strconcat (CODE_PREFIX, text, NULL);
}

char *code_make_ticket (const SignSecret *congress, const char *reference, GError **error)
{
  return make (TYPE_TICKET, congress, reference, 0, error);
}

/* A serial that is none, or too high. */
static char *refuse_serial (const char *reference, guint serial, GError **error)
{
  g_set_error (error, CODE_ERROR, CODE_ERROR_REFERENCE,
               _ ("making a code for “%s”: the serial %u is not between 1 and %d"),
               reference != NULL ? reference : "", serial, CODE_SERIAL_MAX);
  return NULL;
}

char *code_make_later_ticket (const SignSecret *congress, const char *reference, guint serial,
                              GError **error)
{
  if (serial == 0)
    return code_make_ticket (congress, reference, error);
  return serial <= CODE_SERIAL_MAX ? make (TYPE_LATER_TICKET, congress, reference, serial, error)
                                   : refuse_serial (reference, serial, error);
}

char *code_make_badge (const SignSecret *station, const char *reference, guint serial,
                       GError **error)
{
  if (serial < 1 || serial > CODE_SERIAL_MAX)
    return refuse_serial (reference, serial, error);
  return make (TYPE_BADGE, station, reference, serial, error);
}

/* Reading ---------------------------------------------------------------------------- */

static gboolean malformed (GError **error)
{
  /* One message for all: whoever holds a damaged code can only scan it again, and whoever
   * forges one learns nothing. */
  g_set_error_literal (error, CODE_ERROR, CODE_ERROR_MALFORMED,
                       _ ("reading a code: it begins as one of ours but is damaged, cut off or of "
                          "an unknown version; scan it again, or look the person up by name"));
  return FALSE;
}

static gboolean parse (const guint8 *bytes, gsize length, Code *code)
{
  gsize reference_length, serial_bytes, expected;

  if (length < HEADER_BYTES || bytes[0] < TYPE_TICKET || bytes[0] > TYPE_LATER_TICKET)
    return FALSE;
  code->kind = bytes[0] == TYPE_BADGE ? CODE_BADGE : CODE_TICKET;
  memcpy (code->key_id, bytes + 1, SIGN_KEY_ID_BYTES);

  reference_length = bytes[HEADER_BYTES - 1];
  serial_bytes = bytes[0] != TYPE_TICKET ? SERIAL_BYTES : 0;
  expected = HEADER_BYTES + reference_length + serial_bytes;
  if (reference_length > REFERENCE_MAX || length != expected + SIGNATURE_BYTES)
    return FALSE;

  memcpy (code->reference, bytes + HEADER_BYTES, reference_length);
  code->reference[reference_length] = '\0';
  /* An embedded NUL would hide what follows it. */
  if (strlen (code->reference) != reference_length || !identifier_is_reference (code->reference))
    return FALSE;
  if (serial_bytes) {
    const guint8 *serial = bytes + HEADER_BYTES + reference_length;
    code->serial = (guint) serial[0] << 8 | serial[1];
    if (code->serial == 0)
      return FALSE;
  }

  memcpy (code->signed_part, bytes, expected);
  code->signed_length = expected;
  memcpy (code->signature, bytes + expected, SIGNATURE_BYTES);
  return TRUE;
}

static gboolean has_capital (const char *text, gsize length)
{
  for (gsize i = 0; i < length; i++)
    if (g_ascii_isupper (text[i]))
      return TRUE;
  return FALSE;
}

/* @text begins with CODE_PREFIX; FALSE, and @code empty, if what follows is none. */
static gboolean read_plain (const char *text, gsize length, gboolean turned, Code *code)
{
  char upper[CODE_TEXT_MAX + 1];
  guint8 bytes[CODE_BYTES_MAX];
  gsize bytes_length;

  if (length > CODE_TEXT_MAX)
    return FALSE;
  for (gsize i = 0; i < length; i++)
    upper[i] = turned ? g_ascii_toupper (text[i]) : text[i];
  if (base45_decode (upper + strlen (CODE_PREFIX), length - strlen (CODE_PREFIX), bytes,
                     sizeof bytes, &bytes_length)
      && parse (bytes, bytes_length, code))
    return TRUE;
  memset (code, 0, sizeof *code);
  return FALSE;
}

/* What a reader has put elsewhere or made something else of, if it is a whole code of
 * ours. */
static gboolean read_hidden (const char *said, gsize length, Code *code)
{
  g_autofree char *text = g_strstrip (g_strndup (said, length));
  g_autofree char *within = scanned_text_within (text, strlen (text), CODE_PREFIX);
  g_autofree char *meant = within == NULL ? scanned_text_of_azerty (text, strlen (text)) : NULL;
  const char *found = within != NULL ? within : meant;

  return found != NULL && g_str_has_prefix (found, CODE_PREFIX)
         && read_plain (found, strlen (found), FALSE, code);
}

gboolean code_read (const char *text, Code *code, GError **error)
{
  const char *said = text;
  gsize length = strnlen (text, HIDDEN_TEXT_MAX), all = length;
  gboolean turned; /* all in small letters */

  memset (code, 0, sizeof *code);
  text = scanned_text_trim (text, &length);
  turned = length >= strlen (CODE_PREFIX)
           && g_ascii_strncasecmp (text, CODE_PREFIX, strlen (CODE_PREFIX)) == 0
           && !has_capital (text, length);
  if ((length < strlen (CODE_PREFIX) || !g_str_has_prefix (text, CODE_PREFIX)) && !turned) {
    if (read_hidden (said, all, code))
      return TRUE;
    g_set_error (error, CODE_ERROR, CODE_ERROR_FOREIGN,
                 _ ("reading a code: it does not begin with “%s” and is none of ours; perhaps it "
                    "is another platform's"),
                 CODE_PREFIX);
    return FALSE;
  }

  /* (Space is a base45 digit, but never the last one of a text: a last group's most
   * significant digit is at most W.) */
  return read_plain (text, length, turned, code) || malformed (error);
}

CodeSent code_sent (const char *text)
{
  g_autofree char *stripped = g_strstrip (g_strndup (text, HIDDEN_TEXT_MAX));
  gsize length = strlen (stripped);
  const char *plain = scanned_text_trim (stripped, &length);
  Code code;

  if (!code_read (text, &code, NULL) || strstr (stripped, "://") != NULL)
    return CODE_SENT_PLAIN;
  if (length < strlen (CODE_PREFIX)
      || g_ascii_strncasecmp (plain, CODE_PREFIX, strlen (CODE_PREFIX)) != 0)
    return CODE_SENT_FRENCH;
  if (!has_capital (plain, length))
    return CODE_SENT_SMALL;
  return length != strlen (stripped) ? CODE_SENT_AROUND : CODE_SENT_PLAIN;
}

gboolean code_is_signed_by (const Code *code, const SignPublic *key)
{
  guint8 id[SIGN_KEY_ID_BYTES];

  sign_key_id (key, id);
  return memcmp (id, code->key_id, sizeof id) == 0
         && sign_check (key, code->signed_part, code->signed_length, code->signature);
}

void code_key_id_text (const Code *code, char text[9])
{
  for (guint i = 0; i < SIGN_KEY_ID_BYTES; i++)
    g_snprintf (text + 2 * i, 3, "%02x", code->key_id[i]);
}
