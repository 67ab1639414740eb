/* balance.h: the two sides held against each other, by rank and by category: “the
 * mobilisation must be synchronised” (the steering committee).
 *
 * - invited: registered or yet to be confirmed; not withdrawn.
 * - registered: of those, who are not yet to be confirmed.
 * - arrived: admitted at an entrance (of the event) on whatever day; who came and is
 *   registered nowhere is in no row.
 * - inside: of those, whose last passage there, on the last day on which anybody came, was no
 *   way out.
 *
 * A rank of one side lacks its equal where the other side has nobody of that rank; the last
 * rank, RANK_OTHER, needs none. A person's rank is what a list or a person says, else it
 * follows from her function, and waits for a person to confirm it.
 *
 * All is kept by projections as people register, come and go, so that reading it costs nothing
 * by the head; the list of whose rank is to be confirmed does.
 *
 * Threads: a Balance is immutable once read; reading is as the Journal and blocks on disk. */
#pragma once

#include "congress/rank.h"
#include "counts/figures.h"

typedef struct {
  gint64 invited, registered, arrived, inside;
} BalanceCount;

typedef struct {
  char *id, *fr, *zh;
  BalanceCount sides[FIGURES_SIDES];
} BalanceRow;

/* Whose rank follows from her function. */
typedef struct {
  char *reference, *name, *function; /* name: "" for a guest of the protocol */
  guint rank;                        /* place in `ranks` */
  FiguresSide side;
} BalanceGuess;

typedef struct {
  char *event;           /* that was asked for; "" for all */
  char day[11];          /* of `inside`; "" where nobody came */
  GPtrArray *ranks;      /* BalanceRow, the highest first, RANK_OTHER last */
  GPtrArray *categories; /* BalanceRow, in order; "" last, if somebody has none */
  gint64 guessed;        /* people whose rank, not the last, follows from their function */
  GPtrArray *guesses;    /* BalanceGuess of these by rank, side and reference; if asked for */
} Balance;

/* What a rank of the two sides is held against each other by. */
typedef enum { BALANCE_REGISTERED, BALANCE_INSIDE } BalanceOf;

/* @event: NULL for all. @guesses: with the list of them. Inside a view, or as of now. */
Balance *balance_read (Journal *journal, const char *event, gboolean guesses, GError **error);
void balance_free (Balance *balance);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Balance, balance_free)

/* TRUE if one of France and China has somebody of the rank and the other nobody; *@side
 * is then the one that has none. */
gboolean balance_lacks (const BalanceRow *row, BalanceOf of, FiguresSide *side);
/* How many ranks lack their equal. */
guint balance_lacking (const Balance *balance, BalanceOf of);
/* An object; free with g_free(). */
char *balance_json (const Balance *balance);
