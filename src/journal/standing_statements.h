/* standing_statements.h: what an open replica (store.h) keeps for standing.h: prepared
 * statements, and what was read with them. Only journal/ includes this.
 * Threads: plain data. */
#pragma once

#include "core/identifier.h"
#include "core/sign.h"
#include "journal/authority.h"

#include <sqlite3.h>

typedef struct {
  sqlite3_stmt *of, *spans, *set_apart; /* NULL until first used */
} StandingStatements;
void standing_statements_clear (StandingStatements *statements);

typedef struct {
  gint64 from_seq;
  Role role;
} RoleSpan;

typedef struct {
  char station[STATION_NAME_MAX + 1];
  gboolean judged;                      /* FALSE: no root is known, or it has given no roles yet */
  gboolean root;                        /* it is the root */
  gboolean settling;                    /* JOURNAL_LOCAL_SETTLING stands */
  char root_name[STATION_NAME_MAX + 1]; /* "" while none is known */
  GArray *spans;                        /* RoleSpan, the last first; NULL until one is read */
  gint64 disowned_from;                 /* G_MAXINT64: never */
  gboolean signs;                       /* by `key`, says the root; then: */
  SignPublic key;
  gint64 signed_from; /* from this number on nothing counts unsigned */
  gint64 signed_upto; /* what its signature covers of what is held */
} Standing;
