-- Who may say what (authority.h): what the root has said of stations, and the facts that are
-- kept apart because their writer could not write them.
-- Only the root's facts are read here, whatever else arrives; `local` names it. Where no root
-- is known nothing is judged but the form of facts.

-- What a station may write, from one of its own numbers on; `public` is the key that the root
-- has vouched for. Said again for the same number: the root's later word.
CREATE TABLE station_role (
  station  TEXT    NOT NULL,
  from_seq INTEGER NOT NULL,
  role     TEXT    NOT NULL,
  public   TEXT    NOT NULL,
  seq      INTEGER NOT NULL,              -- of the root's fact
  PRIMARY KEY (station, from_seq)
) WITHOUT ROWID;

CREATE TRIGGER feed_role INSTEAD OF INSERT ON rare_feed WHEN NEW.kind = 'role' AND NEW.station =
  (SELECT value FROM local WHERE name = 'root') BEGIN
  INSERT INTO station_role (station, from_seq, role, public, seq)
    VALUES (NEW.subject, NEW.body ->> 'from', NEW.body ->> 'role', ifnull (NEW.body ->>
      'public', ''), NEW.seq)
    ON CONFLICT (station, from_seq) DO UPDATE SET role = excluded.role, public =
      excluded.public, seq = excluded.seq WHERE excluded.seq > station_role.seq;
END;

-- From which of its numbers on a station's facts are not its own any more: a set, the least
-- number counts, and nothing takes it back.
CREATE TABLE disowned (
  station  TEXT PRIMARY KEY,
  from_seq INTEGER NOT NULL
) WITHOUT ROWID;

CREATE TRIGGER feed_disown INSTEAD OF INSERT ON rare_feed WHEN NEW.kind = 'disown' AND NEW.station =
  (SELECT value FROM local WHERE name = 'root') BEGIN
  INSERT INTO disowned (station, from_seq) VALUES (NEW.subject, NEW.body ->> 'from')
    ON CONFLICT (station) DO UPDATE SET from_seq = min (disowned.from_seq, excluded.from_seq);
END;

-- Which stations sign their heads, by which key, and from which of their numbers on nothing
-- counts that their signature does not cover (head_signature.h). The root's first word.
CREATE TABLE station_signed (
  station  TEXT PRIMARY KEY,
  from_seq INTEGER NOT NULL,
  public   TEXT    NOT NULL,
  seq      INTEGER NOT NULL               -- of the root's fact
) WITHOUT ROWID;

CREATE TRIGGER feed_signed INSTEAD OF INSERT ON rare_feed WHEN NEW.kind = 'signed' AND NEW.station =
  (SELECT value FROM local WHERE name = 'root') BEGIN
  INSERT INTO station_signed (station, from_seq, public, seq)
    VALUES (NEW.subject, NEW.body ->> 'from', NEW.body ->> 'public', NEW.seq)
    ON CONFLICT (station) DO UPDATE SET from_seq = excluded.from_seq, public = excluded.public,
      seq = excluded.seq WHERE excluded.seq < station_signed.seq;
END;

-- When the root had got a station's facts up to a number, where their own times were later
-- than that: no fact is younger than its arrival. The feed takes the earlier.
-- Never of the root's own: an erasure that has been obeyed must not turn out to have been
-- earlier.
CREATE TABLE clock_bound (
  station TEXT    NOT NULL,
  seq     INTEGER NOT NULL,
  at      INTEGER NOT NULL,
  PRIMARY KEY (station, seq)
) WITHOUT ROWID;

CREATE TRIGGER feed_received INSTEAD OF INSERT ON rare_feed WHEN NEW.kind = 'received' AND
  NEW.station = (SELECT value FROM local WHERE name = 'root') AND NEW.subject <> NEW.station BEGIN
  INSERT INTO clock_bound (station, seq, at) VALUES (NEW.subject, NEW.body ->> 'seq', NEW.body
    ->> 'at')
    ON CONFLICT (station, seq) DO UPDATE SET at = min (clock_bound.at, excluded.at);
  -- What turns out to have been before its erasure (projection-20-delegate.sql).
  UPDATE fact SET body = NULL WHERE station = NEW.subject AND seq <= NEW.body ->> 'seq' AND
    kind = 'registration' AND body IS NOT NULL
    AND EXISTS (SELECT 1 FROM erasure e WHERE e.reference = fact.subject AND e.at > NEW.body
      ->> 'at');
END;

-- Facts that are held, since a chain has no gaps, and have no effect. Written by standing.c
-- before the fact is; why: unsigned, form (and the key), role, subject, bounds, disowned.
CREATE TABLE apart (
  station TEXT    NOT NULL,
  seq     INTEGER NOT NULL,
  why     TEXT    NOT NULL,
  PRIMARY KEY (station, seq)
) WITHOUT ROWID;
