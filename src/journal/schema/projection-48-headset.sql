-- Headsets: those of the congress with codes of their own, which do not work, who has which;
-- and those that are lent without a code.

CREATE TABLE headset (
  id   TEXT PRIMARY KEY,
  code TEXT    NOT NULL,                    -- what its label says to a reader
  removed INTEGER NOT NULL,
  at INTEGER NOT NULL, station TEXT NOT NULL, seq INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX headset_code ON headset (code, id);

CREATE TRIGGER feed_headset INSTEAD OF INSERT ON rare_feed
  WHEN NEW.kind = 'headset' AND NEW.body IS NOT NULL
BEGIN
  INSERT INTO headset (id, code, removed, at, station, seq)
    VALUES (NEW.subject, ifnull (NEW.body ->> 'code', ''), ifnull (NEW.body ->> 'removed', 0),
      NEW.at, NEW.station, NEW.seq)
    ON CONFLICT (id) DO UPDATE SET code = excluded.code, removed = excluded.removed,
      at = excluded.at, station = excluded.station, seq = excluded.seq
    WHERE (excluded.at, excluded.station, excluded.seq) > (headset.at, headset.station,
      headset.seq);
END;

-- The last word on each that somebody has said anything of.
CREATE TABLE headset_defect (
  headset   TEXT PRIMARY KEY,
  defect    INTEGER NOT NULL,               -- 0: repaired
  text      TEXT    NOT NULL,
  volunteer TEXT    NOT NULL,
  at INTEGER NOT NULL, station TEXT NOT NULL, seq INTEGER NOT NULL
) WITHOUT ROWID;

CREATE TRIGGER feed_headset_defect
  INSTEAD OF INSERT ON rare_feed WHEN NEW.kind = 'headset-defect' BEGIN
  INSERT INTO headset_defect (headset, defect, text, volunteer, at, station, seq)
    VALUES (NEW.subject, NOT ifnull (NEW.body ->> 'repaired', 0), ifnull (NEW.body ->> 'text', ''),
      ifnull (NEW.body ->> 'volunteer', ''), NEW.at, NEW.station, NEW.seq)
    ON CONFLICT (headset) DO UPDATE SET defect = excluded.defect, text = excluded.text,
      volunteer = excluded.volunteer, at = excluded.at, station = excluded.station,
      seq = excluded.seq
    WHERE (excluded.at, excluded.station, excluded.seq)
      > (headset_defect.at, headset_defect.station, headset_defect.seq);
END;

-- Lent without a code, by person.
CREATE TABLE loan (
  reference  TEXT    NOT NULL,
  item       TEXT    NOT NULL,
  direction  TEXT    NOT NULL,              -- out: with the delegate; in: returned
  event      TEXT    NOT NULL,              -- of the desk; '' where the fact does not say
  checkpoint TEXT    NOT NULL,
  day        TEXT    NOT NULL,
  at INTEGER NOT NULL, station TEXT NOT NULL, seq INTEGER NOT NULL,
  PRIMARY KEY (reference, item)
) WITHOUT ROWID;

CREATE TRIGGER feed_loan INSTEAD OF INSERT ON feed
  WHEN NEW.kind = 'loan' AND ifnull (NEW.body ->> 'headset', '') = ''
BEGIN
  INSERT INTO loan (reference, item, direction, event, checkpoint, day, at, station, seq)
    VALUES (NEW.subject, ifnull (NEW.body ->> 'item', ''), ifnull (NEW.body ->> 'direction', ''),
      ifnull (NEW.body ->> 'event', ''), ifnull (NEW.body ->> 'checkpoint', ''),
      ifnull (NEW.body ->> 'day', ''), NEW.at, NEW.station, NEW.seq)
    ON CONFLICT (reference, item) DO UPDATE SET direction = excluded.direction,
      event = excluded.event, checkpoint = excluded.checkpoint, day = excluded.day,
      at = excluded.at, station = excluded.station, seq = excluded.seq
    WHERE (excluded.at, excluded.station, excluded.seq) > (loan.at, loan.station, loan.seq);
END;

-- Everything that happened to a headset with a code, a set.
CREATE TABLE headset_step (
  headset    TEXT    NOT NULL,
  at INTEGER NOT NULL, station TEXT NOT NULL, seq INTEGER NOT NULL,
  reference  TEXT    NOT NULL,              -- in: who had it, '' where nobody knew
  direction  TEXT    NOT NULL,
  event      TEXT    NOT NULL,
  checkpoint TEXT    NOT NULL,
  day        TEXT    NOT NULL,
  channel    TEXT    NOT NULL,
  several    INTEGER NOT NULL,              -- for a delegation, by one of its members
  PRIMARY KEY (headset, at, station, seq)
) WITHOUT ROWID;

-- The last step of each: who has it.
CREATE TABLE headset_last (
  headset    TEXT PRIMARY KEY,
  reference  TEXT    NOT NULL,
  direction  TEXT    NOT NULL,
  event      TEXT    NOT NULL,
  checkpoint TEXT    NOT NULL,
  day        TEXT    NOT NULL,
  channel    TEXT    NOT NULL,
  several    INTEGER NOT NULL,
  at INTEGER NOT NULL, station TEXT NOT NULL, seq INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX headset_last_out ON headset_last (reference) WHERE direction = 'out';

-- Lent while it was with somebody else, of whom this station had not heard: a step out right
-- after a step out to another person.
CREATE TABLE headset_clash (
  headset TEXT    NOT NULL,
  at INTEGER NOT NULL, station TEXT NOT NULL, seq INTEGER NOT NULL,
  PRIMARY KEY (headset, at, station, seq)
) WITHOUT ROWID;

CREATE VIEW headset_doubled AS
  SELECT s.headset, s.at, s.station, s.seq, s.reference, s.checkpoint, s.event,
         p.at AS before_at, p.station AS before_station
    FROM headset_step s JOIN headset_step p ON p.headset = s.headset
     AND (p.at, p.station, p.seq) = (
       SELECT q.at, q.station, q.seq FROM headset_step q
        WHERE q.headset = s.headset AND (q.at, q.station, q.seq) < (s.at, s.station, s.seq)
        ORDER BY q.at DESC, q.station DESC, q.seq DESC LIMIT 1)
   WHERE s.direction = 'out' AND p.direction = 'out' AND p.reference <> s.reference;

CREATE TRIGGER feed_headset_step INSTEAD OF INSERT ON feed
  WHEN NEW.kind = 'loan' AND ifnull (NEW.body ->> 'headset', '') <> ''
BEGIN
  INSERT INTO headset_step (headset, at, station, seq, reference, direction, event, checkpoint,
    day, channel, several)
    VALUES (NEW.body ->> 'headset', NEW.at, NEW.station, NEW.seq, NEW.subject,
      ifnull (NEW.body ->> 'direction', ''), ifnull (NEW.body ->> 'event', ''),
      ifnull (NEW.body ->> 'checkpoint', ''), ifnull (NEW.body ->> 'day', ''),
      ifnull (NEW.body ->> 'channel', ''), ifnull (NEW.body ->> 'several', 0));
  INSERT INTO headset_last (headset, reference, direction, event, checkpoint, day, channel, several,
    at, station, seq)
    VALUES (NEW.body ->> 'headset', NEW.subject, ifnull (NEW.body ->> 'direction', ''),
      ifnull (NEW.body ->> 'event', ''), ifnull (NEW.body ->> 'checkpoint', ''),
      ifnull (NEW.body ->> 'day', ''), ifnull (NEW.body ->> 'channel', ''),
      ifnull (NEW.body ->> 'several', 0), NEW.at, NEW.station, NEW.seq)
    ON CONFLICT (headset) DO UPDATE SET reference = excluded.reference,
      direction = excluded.direction, event = excluded.event, checkpoint = excluded.checkpoint,
      day = excluded.day, channel = excluded.channel, several = excluded.several,
      at = excluded.at, station = excluded.station, seq = excluded.seq
    WHERE (excluded.at, excluded.station, excluded.seq)
      > (headset_last.at, headset_last.station, headset_last.seq);
  -- This step, and the one that comes after it, looked at anew.
  DELETE FROM headset_clash WHERE (headset, at, station, seq) = (
    SELECT n.headset, n.at, n.station, n.seq FROM headset_step n
     WHERE n.headset = NEW.body ->> 'headset'
       AND (n.at, n.station, n.seq) > (NEW.at, NEW.station, NEW.seq)
     ORDER BY n.at, n.station, n.seq LIMIT 1);
  INSERT INTO headset_clash (headset, at, station, seq)
    SELECT d.headset, d.at, d.station, d.seq FROM headset_doubled d
     WHERE d.headset = NEW.body ->> 'headset' AND d.at = NEW.at AND d.station = NEW.station
       AND d.seq = NEW.seq;
  INSERT INTO headset_clash (headset, at, station, seq)
    SELECT d.headset, d.at, d.station, d.seq FROM headset_doubled d
     WHERE d.headset = NEW.body ->> 'headset' AND (d.at, d.station, d.seq) = (
       SELECT n.at, n.station, n.seq FROM headset_step n
        WHERE n.headset = NEW.body ->> 'headset'
          AND (n.at, n.station, n.seq) > (NEW.at, NEW.station, NEW.seq)
        ORDER BY n.at, n.station, n.seq LIMIT 1);
END;

-- What people have with them, with a code or without.
CREATE VIEW headset_held AS
  SELECT reference, '' AS headset, direction, event, checkpoint, day, '' AS channel, 0 AS several,
         at, station, seq FROM loan WHERE item = 'headset'
  UNION ALL
  SELECT reference, headset, direction, event, checkpoint, day, channel, several, at, station, seq
    FROM headset_last;
CREATE VIEW headset_out AS SELECT * FROM headset_held WHERE direction = 'out';

-- As the view `conflict` has them: one headset with two people, one person with two headsets of
-- stations that could not see each other, more lent at an event than its desks have.
CREATE VIEW headset_conflict AS
  SELECT d.reference || '@headset:' || d.headset || '/' || d.station || ':' || d.seq AS id,
         d.reference, d.checkpoint, d.headset AS period, d.before_at AS first_at, d.at AS last_at,
         2 AS stations, 2 AS passages
    FROM headset_clash c CROSS JOIN headset_doubled d ON d.headset = c.headset AND d.at = c.at
     AND d.station = c.station AND d.seq = c.seq
  UNION ALL
  SELECT h.reference || '@headsets:' || h.event || '/' || count (*), h.reference,
         max (h.checkpoint), h.event, min (h.at), max (h.at), count (DISTINCT h.station), count (*)
    FROM headset_last h INDEXED BY headset_last_out WHERE h.direction = 'out'
   GROUP BY h.reference, h.event
  HAVING count (*) > 1 AND max (h.several) = 0 AND count (DISTINCT h.station) > 1
  UNION ALL
  SELECT '@stock:' || h.event || '/' || count (*), '', max (h.checkpoint), h.event, min (h.at),
         max (h.at), count (DISTINCT h.station), count (*)
    FROM headset_out h GROUP BY h.event
  HAVING count (*) > (SELECT max (c.capacity) FROM checkpoint c WHERE c.kind = 'headset'
    AND c.event = h.event AND c.capacity > 0 AND NOT c.removed);
