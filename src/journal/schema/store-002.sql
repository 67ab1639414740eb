-- How the printers of this station's pool stand, for its screens (spool/printer_state.h). Of
-- this replica alone, written by its agent; a snapshot has none of it.

CREATE TABLE printer_state (
  queue    TEXT    PRIMARY KEY,              -- at CUPS
  rank     INTEGER NOT NULL,                 -- 1 is preferred
  state    TEXT    NOT NULL,                 -- ready, printing, trouble; unknown: not asked yet
  -- keywords of vocabulary/printer_reason.h, comma-separated: what keeps it from printing
  troubles TEXT    NOT NULL,
  notes    TEXT    NOT NULL,                 -- the same, of what is soon to be seen to
  -- Unix milliseconds: since when state and troubles are these
  since    INTEGER NOT NULL,
  heard    INTEGER NOT NULL,                 -- when the agent last said so
  job      TEXT    NOT NULL                  -- the print job it has in hand; '' for none
) WITHOUT ROWID;
