/* odd_fact.h: a fact for the tests of logs, whose texts hold what an engine's own syntax might
 * stumble over: quotes, NULL, braces, backslashes, lines, Chinese. */
#pragma once

#include "core/hash.h"
#include "journal/journal.h"

#include <string.h>

/* Free with fact_free(). */
static inline Fact *odd_fact (const char *station, gint64 number, gint64 seq)
{
  Fact *fact = g_new0 (Fact, 1);

  fact->number = number;
  fact->station = g_strdup (station);
  fact->seq = seq;
  fact->kind = g_strdup ("passage");
  fact->subject = g_strdup ("FR-1 “\\\"”, NULL {}\n张伟");
  fact->body = g_strdup ("{\"checkpoint\":\"a\\\"b\\\\c\\n{,}'\"}");
  fact->body_hash = hash_of (fact->body, strlen (fact->body));
  fact->chain = hash_of (&number, sizeof number);
  return fact;
}
