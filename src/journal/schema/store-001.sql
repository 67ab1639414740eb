-- The truth: facts, the head of every station, and what belongs to this replica alone.
-- Migrated, never rebuilt (schema.h).

CREATE TABLE fact (
  number    INTEGER PRIMARY KEY,             -- order of arrival at this replica; the hub's cursor
  station   TEXT    NOT NULL,
  seq       INTEGER NOT NULL CHECK (seq >= 1),
  at        INTEGER NOT NULL,                -- hybrid time: Unix milliseconds << 16 | counter
  kind      TEXT    NOT NULL,
  subject   TEXT    NOT NULL,
  body      TEXT,                            -- JSON; NULL once erased
  body_hash BLOB    NOT NULL,
  chain     BLOB    NOT NULL,
  UNIQUE (station, seq)
);
CREATE INDEX fact_subject ON fact (subject, kind);

CREATE TABLE head (
  station TEXT PRIMARY KEY,
  seq     INTEGER NOT NULL,
  at      INTEGER NOT NULL,
  chain   BLOB    NOT NULL
) WITHOUT ROWID;

-- This replica alone: its name, its keys, its hub and its cursor. A snapshot has none of
-- it.
CREATE TABLE local (
  name  TEXT PRIMARY KEY,
  value TEXT NOT NULL
) WITHOUT ROWID;

-- A hub's epochs (src/README.md); empty elsewhere. last_number is NULL in the open one.
CREATE TABLE epoch (
  id          TEXT PRIMARY KEY,
  opened_at   INTEGER NOT NULL,
  last_number INTEGER
) WITHOUT ROWID;

-- What a hub knows of its stations' access; empty elsewhere, and not in a snapshot.
CREATE TABLE enrolment (
  station     TEXT PRIMARY KEY,
  secret_hash TEXT,              -- of the one-time code, until it is used
  expires_ms  INTEGER,
  attempts    INTEGER NOT NULL DEFAULT 0, -- wrong secrets since the invitation
  public      TEXT,              -- the key the station enrolled with
  token_hash  TEXT,              -- of the station's token, once enrolled
  enrolled_ms INTEGER,
  revoked_ms  INTEGER,
  last_ms     INTEGER            -- last contact
) WITHOUT ROWID;

CREATE TRIGGER fact_keep BEFORE DELETE ON fact BEGIN
  SELECT RAISE (ABORT, 'facts are never deleted');
END;

CREATE TRIGGER fact_fixed BEFORE UPDATE ON fact
  WHEN NEW.body IS NOT NULL OR NEW.number IS NOT OLD.number OR NEW.station IS NOT OLD.station
    OR NEW.seq IS NOT OLD.seq OR NEW.at IS NOT OLD.at
    OR NEW.kind IS NOT OLD.kind OR NEW.subject IS NOT OLD.subject
      OR NEW.body_hash IS NOT OLD.body_hash OR NEW.chain IS NOT OLD.chain
BEGIN
  SELECT RAISE (ABORT, 'facts are never changed, but for the erasure of a body');
END;

CREATE TRIGGER fact_head AFTER INSERT ON fact BEGIN
  INSERT INTO head (station, seq, at, chain) VALUES (NEW.station, NEW.seq, NEW.at, NEW.chain)
    ON CONFLICT (station) DO UPDATE SET seq = excluded.seq, at = excluded.at, chain = excluded.chain
      WHERE excluded.seq > head.seq;
END;
