/* A signed fact and a signed certificate, changed at places and to bytes that the
 * input says: what still bears a signature that holds says exactly what was signed.
 * The input as a whole is a certificate, too: it is read or not, and never signed. */
#include "credential/attestation.h"
#include "journal/fact_json.h"
#include "journal/head_signature.h"

#include <stdint.h>
#include <string.h>

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

static struct {
  SignPublic key;
  char *line, *certificate;
  Fact fact;
} was;

/* A fact that a replica has signed as its head. */
static void make (void)
{
  g_autofree char *folder = g_dir_make_tmp ("accueil-fuzz-XXXXXX", NULL),
                  *path = g_build_filename (folder, "gate.db", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (Journal) journal = journal_create (path, "gate-1", clock_system (), &error);
  g_assert_no_error (error);
  g_autoptr (GPtrArray) facts = journal_facts_of (journal, "gate-1", 0, 1, &error);
  g_autofree char *secret = journal_local (journal, JOURNAL_LOCAL_STATION_SECRET, &error);
  SignSecret own;
  g_assert_true (sign_secret_from_text (secret, &own));
  sign_public_of (&own, &was.key);
  was.line = fact_to_json (facts->pdata[0]);
  g_assert_true (fact_from_json (was.line, -1, &was.fact, &error));
  g_assert_true (head_signature_holds (&was.key, &was.fact));
  was.certificate = attestation_make (&own, "FR-0004", "2016-10-26,2016-10-27;A1,A3");
  sign_wipe (&own);
}

/* @text with bytes of it replaced: two of @data say where, one what. */
static char *changed (const char *text, const uint8_t *data, size_t size)
{
  char *copy = g_strdup (text);
  gsize length = strlen (text);
  for (size_t at = 0; at + 3 <= size; at += 3)
    copy[(data[at] * 256u + data[at + 1]) % length] = (char) MAX (data[at + 2], 1);
  return copy;
}

static void check_fact (const char *line)
{
  g_auto (Fact) fact = { 0 };
  if (!fact_from_json (line, -1, &fact, NULL) || !head_signature_holds (&was.key, &fact))
    return;
  g_assert_cmpstr (fact.station, ==, was.fact.station);
  g_assert_cmpint (fact.seq, ==, was.fact.seq);
  g_assert_true (hash_equal (&fact.chain, &was.fact.chain));
}

static void check_certificate (const char *text, gboolean foreign)
{
  Attestation attestation;
  if (!attestation_read (text, &attestation) || !attestation_is_signed_by (&attestation, &was.key))
    return;
  g_assert_false (foreign);
  g_assert_cmpstr (attestation.reference, ==, "FR-0004");
  g_assert_cmpstr (attestation.claims, ==, "2016-10-26,2016-10-27;A1,A3");
}

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  if (was.line == NULL)
    make ();
  g_autofree char *line = changed (was.line, data, size),
                  *certificate = changed (was.certificate, data, size),
                  *whole = g_strndup ((const char *) data, size);
  check_fact (line);
  check_certificate (certificate, FALSE);
  check_certificate (whole, strcmp (whole, was.certificate) != 0);
  return 0;
}
