-- What a station was invited to be (journal/authority.h). A hub's; not in a snapshot.
CREATE TABLE enrolment_role (
  station TEXT PRIMARY KEY,
  role    TEXT NOT NULL
) WITHOUT ROWID;

-- A station's word on its own facts: its signature over number and chain value of one of them
-- proves all up to it (seal.h). `public` is the key that it was found good with; NULL: not
-- looked at yet, since the fact or
-- the key has not arrived.
CREATE TABLE seal (
  station   TEXT    NOT NULL,
  seq       INTEGER NOT NULL,
  signature TEXT    NOT NULL,              -- base64
  public    TEXT,
  PRIMARY KEY (station, seq)
) WITHOUT ROWID;
