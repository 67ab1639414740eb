#include "vocabulary/print_state.h"

#include <string.h>

static const struct {
  const char *name;
  gboolean final;
  const char *text, *remedy; /* msgids; the text's context is "print job" */
} ROWS[PRINT_STATE_COUNT] = {
  [PRINT_STATE_NEW] = { "", FALSE, NC_ ("print job", "waiting"), "" },
  [PRINT_STATE_QUEUED] = { "queued", FALSE, NC_ ("print job", "waiting"), "" },
  [PRINT_STATE_SENT] = { "sent", FALSE, NC_ ("print job", "sent to the printer"), "" },
  [PRINT_STATE_PRINTING] = { "printing", FALSE, NC_ ("print job", "being printed"), "" },
  [PRINT_STATE_PRINTED] = { "printed", TRUE, NC_ ("print job", "printed"), "" },
  [PRINT_STATE_FAILED]
  = { "failed", TRUE, NC_ ("print job", "not printed"), N_ ("Start the printing again.") },
  [PRINT_STATE_UNSURE] = { "unsure", TRUE, NC_ ("print job", "may be printed"),
                           N_ ("Did this badge come out of the printer? Answer yes or no.") },
};

const char *print_state_name (PrintState state)
{
  return (guint) state < PRINT_STATE_COUNT ? ROWS[state].name : "";
}

gboolean print_state_from_name (const char *name, PrintState *state)
{
  for (guint i = 0; name != NULL && i < PRINT_STATE_COUNT; i++)
    if (strcmp (ROWS[i].name, name) == 0) {
      *state = (PrintState) i;
      return TRUE;
    }
  return FALSE;
}

gboolean print_state_is_final (PrintState state)
{
  return (guint) state < PRINT_STATE_COUNT && ROWS[state].final;
}

gboolean print_state_is_at_printer (PrintState state)
{
  return state == PRINT_STATE_SENT || state == PRINT_STATE_PRINTING;
}

Pair print_state_wording (PrintState state)
{
  g_return_val_if_fail ((guint) state < PRINT_STATE_COUNT, PAIR_EMPTY);
  return words_pair_in ("print job", ROWS[state].text);
}

Pair print_state_remedy (PrintState state)
{
  g_return_val_if_fail ((guint) state < PRINT_STATE_COUNT, PAIR_EMPTY);
  return words_pair (ROWS[state].remedy);
}
