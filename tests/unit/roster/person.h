/* person.h: a delegate of a few words, and her registration as a fact. Include it once, in a
 * test. */
#pragma once

#include "roster/delegate.h"

static void set (char **place, const char *value)
{
  g_free (*place);
  *place = g_strdup (value);
}

static Delegate *person (const char *reference, const char *family, const char *given,
                         const char *name_zh, const char *organisation_fr,
                         const char *organisation_zh)
{
  Delegate *delegate = delegate_new ();
  set (&delegate->reference, reference);
  set (&delegate->family, family);
  set (&delegate->given, given);
  set (&delegate->name_zh, name_zh);
  set (&delegate->organisation_fr, organisation_fr);
  set (&delegate->organisation_zh, organisation_zh);
  set (&delegate->country, *name_zh != '\0' ? "CN" : "FR");
  return delegate;
}

/* Takes @delegate over. */
static void store (Journal *journal, Delegate *delegate)
{
  g_autoptr (Delegate) owned = delegate;
  g_autoptr (GError) error = NULL;
  g_autofree char *body = delegate_to_json (owned);
  journal_begin (journal, &error);
  journal_append (journal, "registration", owned->reference, body, NULL, &error);
  g_assert_no_error (error);
  journal_commit (journal, &error);
  g_assert_no_error (error);
}
