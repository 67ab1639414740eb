/* Which addresses are taken, and what is put beside what a person wrote. */
#include "postgres/postgres_address.h"

#include "journal/journal_error.h"

#include <string.h>

static const char *value_of (const PostgresAddress *address, const char *name)
{
  for (guint i = 0; address->names->pdata[i] != NULL; i++)
    if (strcmp (address->names->pdata[i], name) == 0)
      return address->values->pdata[i];
  return NULL;
}

static void test_read (void)
{
  static const struct {
    const char *text;
    gboolean good;
    const char *name, *value;
  } TABLE[] = {
    { "postgresql://one.example,two.example/accueil", TRUE, "sslmode", "verify-full" },
    { "postgresql://one.example/accueil", TRUE, "target_session_attrs", "read-write" },
    { "postgresql://one.example/accueil?target_session_attrs=any", TRUE, "target_session_attrs",
      "any" },
    { "postgresql://one.example/accueil?sslmode=verify-full", TRUE, "sslmode", "verify-full" },
    { "postgresql://one.example/accueil?sslmode=require", FALSE, NULL, NULL },
    { "postgresql://localhost,one.example/accueil?sslmode=disable", FALSE, NULL, NULL },
    { "postgresql://127.0.0.1/accueil", TRUE, "sslmode", NULL },
    { "postgresql:///accueil?host=/run/postgresql", TRUE, "sslmode", NULL },
    { "postgresql://localhost/accueil?sslmode=disable", TRUE, "connect_timeout",
      POSTGRES_ADDRESS_CONNECT_S },
    { "postgresql:///accueil?service=elsewhere", TRUE, "sslmode", "verify-full" },
    { "postgresql://localhost/accueil?colour=red", FALSE, NULL, NULL },
    { "postgresql://[::1", FALSE, NULL, NULL },
  };

  g_unsetenv ("PGHOST");
  g_unsetenv ("PGSERVICE");
  for (guint i = 0; i < G_N_ELEMENTS (TABLE); i++) {
    g_auto (PostgresAddress) address = { 0 };
    g_autoptr (GError) error = NULL;

    g_assert_cmpint (postgres_address_read (TABLE[i].text, &address, &error), ==, TABLE[i].good);
    if (TABLE[i].good)
      g_assert_cmpstr (value_of (&address, TABLE[i].name), ==, TABLE[i].value);
    else
      g_assert_error (error, JOURNAL_ERROR, JOURNAL_ERROR_INVALID);
  }
}

int main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/postgres/address/read", test_read);
  return g_test_run ();
}
