-- Badges that were shown where they cannot be: at two places in less time than legs need, or
-- in and out again and again at one door. Somebody has a copy.
--
-- Sets of passages, which only grow: a passage that arrives late adds what it makes
-- impossible, and takes nothing away. What definitions say of places is looked up when a
-- passage comes; where they say otherwise later, all is looked at again (`double_stale`).

-- The least time from place to place, both ways, in seconds. Of two congresses the longer.
CREATE TABLE place_walk (
  a       TEXT    NOT NULL,
  b       TEXT    NOT NULL,
  seconds INTEGER NOT NULL,
  PRIMARY KEY (a, b)
) WITHOUT ROWID;

CREATE VIEW place_walk_said AS
  SELECT w.value ->> 'from' AS a, w.value ->> 'to' AS b,
         max (0, min (3600, CAST (w.value ->> 'seconds' AS INTEGER))) AS seconds
    FROM congress c, json_each (c.walks) w WHERE NOT c.removed;

CREATE TABLE double_stale (due INTEGER PRIMARY KEY);

CREATE TRIGGER place_walk_first AFTER INSERT ON congress WHEN NEW.walks <> '[]' BEGIN
  DELETE FROM place_walk;
  INSERT INTO place_walk (a, b, seconds)
    SELECT a, b, max (seconds) FROM (SELECT a, b, seconds FROM place_walk_said UNION ALL
      SELECT b, a, seconds FROM place_walk_said) WHERE a <> b GROUP BY a, b;
  INSERT INTO double_stale (due) SELECT 1 WHERE EXISTS (SELECT 1 FROM passage) ON CONFLICT DO
    NOTHING;
END;

CREATE TRIGGER place_walk_changed AFTER UPDATE ON congress
  WHEN (OLD.walks, OLD.removed) IS NOT (NEW.walks, NEW.removed) BEGIN
  DELETE FROM place_walk;
  INSERT INTO place_walk (a, b, seconds)
    SELECT a, b, max (seconds) FROM (SELECT a, b, seconds FROM place_walk_said UNION ALL
      SELECT b, a, seconds FROM place_walk_said) WHERE a <> b GROUP BY a, b;
  INSERT INTO double_stale (due) SELECT 1 WHERE EXISTS (SELECT 1 FROM passage) ON CONFLICT DO
    NOTHING;
END;

CREATE TRIGGER double_placed AFTER INSERT ON checkpoint
  WHEN EXISTS (SELECT 1 FROM passage WHERE checkpoint = NEW.id) BEGIN
  INSERT INTO double_stale (due) VALUES (1) ON CONFLICT DO NOTHING;
END;

CREATE TRIGGER double_moved AFTER UPDATE ON checkpoint
  WHEN (OLD.place, OLD.kind) IS NOT (NEW.place, NEW.kind)
   AND EXISTS (SELECT 1 FROM passage WHERE checkpoint = NEW.id) BEGIN
  INSERT INTO double_stale (due) VALUES (1) ON CONFLICT DO NOTHING;
END;

-- Passages of true badges, each with its place: a checkpoint that names none is one of its
-- own. A badge that is refused as such has alerts of its own, and tells nothing more.
CREATE VIEW badge_shown AS
  SELECT p.reference, p.serial, p.issuer, p.at, p.station, p.seq, p.checkpoint, p.verdict,
         p.direction,
         ifnull ((SELECT nullif (c.place, '') FROM checkpoint c WHERE c.id = p.checkpoint),
           p.checkpoint) AS place
    FROM passage p WHERE p.code = 'badge' AND p.reference <> ''
     AND p.verdict NOT IN ('UNKNOWN', 'FORGED', 'REVOKED', 'BADGE_VOID');

-- Two passages too close in time: 65536000 is a second of a fact's time. A machine stands at
-- one place, so two passages of one station are no matter; where nothing is said of the way,
-- three seconds are too short between any two doors.
CREATE VIEW badge_leap AS
  SELECT l.reference, l.serial, l.issuer, l.station, l.seq, f.station AS other_station,
         f.seq AS other_seq, l.at, l.checkpoint, f.checkpoint AS other
    FROM badge_shown f JOIN badge_shown l ON l.reference = f.reference AND l.serial = f.serial
     AND l.issuer = f.issuer AND l.at BETWEEN f.at AND f.at + 3600 * 65536000
     AND f.at BETWEEN l.at - 3600 * 65536000 AND l.at
   WHERE (l.at, l.station, l.seq) > (f.at, f.station, f.seq) AND l.station <> f.station
     AND l.place <> f.place
     AND (l.at >> 16) - (f.at >> 16) < 1000 * ifnull ((SELECT w.seconds FROM place_walk w WHERE
       w.a = f.place AND w.b = l.place), 3);

-- In, out, in and out by one door within two minutes: it is handed from one to the next. A
-- headset desk is no door.
CREATE VIEW badge_turn AS
  SELECT l.reference, l.serial, l.issuer, l.station, l.seq, l.station AS other_station,
         l.seq AS other_seq, l.at, l.checkpoint, l.checkpoint AS other
    FROM badge_shown l WHERE l.verdict IN ('ADMITTED', 'UNDONE')
     AND NOT EXISTS (SELECT 1 FROM checkpoint c WHERE c.id = l.checkpoint AND c.kind = 'headset')
     AND (SELECT sum (p.direction = 'in') >= 2 AND sum (p.direction = 'out') >= 2 FROM passage p
       WHERE p.code = 'badge' AND p.reference = l.reference AND p.serial = l.serial
         AND p.issuer = l.issuer AND p.at > l.at - 120 * 65536000 AND p.at <= l.at
         AND p.checkpoint = l.checkpoint AND p.verdict IN ('ADMITTED', 'UNDONE'));

CREATE TABLE badge_double (
  reference     TEXT    NOT NULL,
  serial        INTEGER NOT NULL,
  issuer        TEXT    NOT NULL,
  station       TEXT    NOT NULL,         -- the passage that cannot be …
  seq           INTEGER NOT NULL,
  other_station TEXT    NOT NULL,         -- … since this one was; itself at one door
  other_seq     INTEGER NOT NULL,
  at            INTEGER NOT NULL,
  checkpoint    TEXT    NOT NULL,
  other         TEXT    NOT NULL,         -- the other one's checkpoint
  PRIMARY KEY (reference, serial, issuer, station, seq, other_station, other_seq)
) WITHOUT ROWID;

CREATE TRIGGER passage_doubles AFTER INSERT ON passage
  WHEN NEW.code = 'badge' AND NEW.reference <> ''
   AND NEW.verdict NOT IN ('UNKNOWN', 'FORGED', 'REVOKED', 'BADGE_VOID')
   AND EXISTS (SELECT 1 FROM passage p WHERE p.code = 'badge' AND p.reference = NEW.reference
     AND p.serial = NEW.serial AND p.issuer = NEW.issuer AND p.at BETWEEN NEW.at - 3600 *
     65536000 AND NEW.at + 3600 * 65536000 AND (p.station, p.seq) <> (NEW.station, NEW.seq))
BEGIN
  INSERT INTO badge_double SELECT * FROM badge_leap WHERE station = NEW.station AND seq = NEW.seq
    ON CONFLICT DO NOTHING;
  INSERT INTO badge_double SELECT * FROM badge_leap WHERE other_station = NEW.station
    AND other_seq = NEW.seq ON CONFLICT DO NOTHING;
  INSERT INTO badge_double SELECT * FROM badge_turn WHERE reference = NEW.reference
    AND serial = NEW.serial AND issuer = NEW.issuer AND checkpoint = NEW.checkpoint
    AND at BETWEEN NEW.at AND NEW.at + 120 * 65536000 ON CONFLICT DO NOTHING;
END;

CREATE TRIGGER settle_double INSTEAD OF INSERT ON settle
  WHEN EXISTS (SELECT 1 FROM double_stale) BEGIN
  DELETE FROM badge_double;
  INSERT INTO badge_double SELECT * FROM badge_leap WHERE true ON CONFLICT DO NOTHING;
  INSERT INTO badge_double SELECT * FROM badge_turn WHERE true ON CONFLICT DO NOTHING;
  DELETE FROM double_stale;
END;

-- Badges about which a person is to be asked: it has happened since the alert was closed.
CREATE VIEW badge_doubted AS
  SELECT d.reference, d.serial, d.issuer FROM badge_double d
   GROUP BY d.reference, d.serial, d.issuer
  HAVING count (DISTINCT d.station || '/' || d.seq) > ifnull ((SELECT x.seen FROM alert_closed x
    WHERE x.alert = 'double:' || d.reference || ':' || d.issuer || ':' || d.serial), 0);
