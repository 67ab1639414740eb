/* random_facts.h: facts by chance, of all kinds that there are: about few people,
 * places and things, so that several stations write about the same; with values that
 * a form allows, and some that none does.
 *
 * Whoever adds a kind of fact adds its row (random_facts.c);
 * tests/integration/convergence.c fails without it. One GRand decides everything. */
#pragma once

#include <glib.h>

#define RANDOM_FACTS_STATIONS 5
extern const char *const RANDOM_FACTS_NAMES[]; /* of stations, the first the root */

typedef struct {
  GRand *rand;
  gint64 now_ms; /* of a clock that most stations agree on */
} RandomFacts;

guint random_facts_below (RandomFacts *random, guint limit);
gboolean random_facts_chance (RandomFacts *random, guint percent);

typedef struct {
  const char *kind;
  guint weight; /* how often, beside the others */
  /* Free with g_free(). */
  char *(*subject) (RandomFacts *random);
  char *(*body) (RandomFacts *random);
} RandomFactsKind;

const RandomFactsKind *random_facts_draw (RandomFacts *random);
/* TRUE if facts of @kind are drawn. */
gboolean random_facts_has (const char *kind);
