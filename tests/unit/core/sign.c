#include "core/sign.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

static void test_round (void)
{
  SignPublic key, other, back;
  SignSecret secret, secret_back;
  guint8 signature[SIGNATURE_BYTES];
  g_autofree char *public_text = NULL, *secret_text = NULL, *id = NULL;

  sign_key_new (&key, &secret);
  sign_public_of (&secret, &other);
  g_assert_cmpmem (key.bytes, SIGN_PUBLIC_BYTES, other.bytes, SIGN_PUBLIC_BYTES);
  sign_make (&secret, "FR-0001", 7, signature);
  g_assert_true (sign_check (&key, "FR-0001", 7, signature));
  g_assert_false (sign_check (&key, "FR-0002", 7, signature));
  signature[10] ^= 1;
  g_assert_false (sign_check (&key, "FR-0001", 7, signature));

  public_text = sign_public_text (&key);
  secret_text = sign_secret_text (&secret);
  g_assert_true (sign_public_from_text (public_text, &back));
  g_assert_cmpmem (key.bytes, SIGN_PUBLIC_BYTES, back.bytes, SIGN_PUBLIC_BYTES);
  g_assert_true (sign_secret_from_text (secret_text, &secret_back));
  g_assert_cmpmem (secret.bytes, SIGN_SECRET_BYTES, secret_back.bytes, SIGN_SECRET_BYTES);
  id = sign_key_id_text (&key);
  g_assert_cmpuint (strlen (id), ==, 8);
  sign_wipe (&secret);
  g_assert_cmpuint (secret.bytes[0] | secret.bytes[31] | secret.bytes[63], ==, 0);
}

static void test_bad_text (void)
{
  static const char *const bad[] = { NULL, "", "AAAA", "not base64 at all!",
                                     "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA" };
  SignPublic key;
  SignSecret secret;

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++) {
    g_assert_false (sign_public_from_text (bad[i], &key));
    g_assert_false (sign_secret_from_text (bad[i], &secret));
  }
}

static void test_secrets (void)
{
  g_autofree char *one = sign_secret_new (32), *two = sign_secret_new (32);

  g_assert_cmpuint (strlen (one), ==, 43);
  g_assert_cmpstr (one, !=, two);
  g_assert_true (sign_secret_equal (one, one));
  g_assert_false (sign_secret_equal (one, two));
  g_assert_false (sign_secret_equal (one, NULL));
  g_assert_false (sign_secret_equal (NULL, NULL));
  g_assert_null (strpbrk (one, "+/="));
}

/* Nothing of this process, nor of one that it forks, is written out when it crashes. */
static void test_dumps (void)
{
  struct rlimit limit;
  pid_t child;
  int status;

  g_assert_cmpint (prctl (PR_GET_DUMPABLE), ==, 0);
  g_assert_cmpint (getrlimit (RLIMIT_CORE, &limit), ==, 0);
  g_assert_cmpuint (limit.rlim_max, ==, 0);
  child = fork ();
  if (child == 0) {
    signal (SIGABRT, SIG_DFL);
    abort ();
  }
  g_assert_cmpint (waitpid (child, &status, 0), ==, child);
  g_assert_true (WIFSIGNALED (status));
  g_assert_false (WCOREDUMP (status));
}

/* What the kernel says of the memory at @address: VmFlags of proc(5). */
static char *flags_at (const void *address)
{
  FILE *maps = fopen ("/proc/self/smaps", "r");
  gboolean there = FALSE;
  char line[512];
  char *flags = NULL;

  g_assert_nonnull (maps);
  while (flags == NULL && fgets (line, sizeof line, maps) != NULL) {
    unsigned long long start, end;

    if (sscanf (line, "%llx-%llx ", &start, &end) == 2)
      there = GPOINTER_TO_SIZE (address) >= start && GPOINTER_TO_SIZE (address) < end;
    else if (there && g_str_has_prefix (line, "VmFlags:"))
      flags = g_strdup (line);
  }
  fclose (maps);
  return flags;
}

static void test_hold (void)
{
  SignSecret *secret = sign_hold ();
  struct rlimit limit;
  SignPublic key, same;
  g_autofree char *flags = flags_at (secret);

  g_assert_cmpuint (secret->bytes[0] | secret->bytes[63], ==, 0);
  sign_key_new (&key, secret);
  sign_public_of (secret, &same);
  g_assert_cmpmem (key.bytes, SIGN_PUBLIC_BYTES, same.bytes, SIGN_PUBLIC_BYTES);
  g_assert_cmpint (getrlimit (RLIMIT_MEMLOCK, &limit), ==, 0);
  if (flags == NULL)
    g_test_skip ("this kernel does not say how memory is kept");
  else {
    g_assert_nonnull (strstr (flags, " dd"));
    if (limit.rlim_cur >= 1 << 16)
      g_assert_nonnull (strstr (flags, " lo"));
  }
  sign_release (secret);
  sign_release (NULL);
}

int main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  sign_start ();
  g_test_add_func ("/sign/round", test_round);
  g_test_add_func ("/sign/bad-text", test_bad_text);
  g_test_add_func ("/sign/secrets", test_secrets);
  g_test_add_func ("/sign/dumps", test_dumps);
  g_test_add_func ("/sign/hold", test_hold);
  return g_test_run ();
}
