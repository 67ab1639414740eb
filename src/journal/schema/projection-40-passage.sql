-- Passages: every scan and its verdict; who was where on which day; loans; and what two
-- stations did that could not see each other.

CREATE TABLE passage (
  station    TEXT    NOT NULL,
  seq        INTEGER NOT NULL,
  at         INTEGER NOT NULL,
  reference  TEXT    NOT NULL,              -- '' for a code of nobody
  checkpoint TEXT    NOT NULL,
  doors      TEXT    NOT NULL,              -- the group of doors, else the checkpoint
  day        TEXT    NOT NULL,              -- ISO date at the venue
  -- what the right was used up for (a day, a session, the event); '' where it is not used
  -- up
  period     TEXT    NOT NULL,
  verdict    TEXT    NOT NULL,
  direction  TEXT    NOT NULL,              -- in, out
  code       TEXT    NOT NULL,              -- ticket, badge, foreign, manual, none
  serial     INTEGER NOT NULL,
  issuer     TEXT    NOT NULL,
  volunteer  TEXT    NOT NULL,
  reason     TEXT    NOT NULL,
  override   TEXT    NOT NULL,              -- the refusal that a person set aside; '' for none
  PRIMARY KEY (station, seq)
) WITHOUT ROWID;
-- A person's passages, with all that projection-47 asks of them: a second index by person would
-- be one more page to write at every scan.
CREATE INDEX passage_reference ON passage (reference, doors, period, code, serial, issuer, at,
  checkpoint, verdict, direction);
CREATE INDEX passage_checkpoint ON passage (checkpoint, day, verdict);
CREATE INDEX passage_alert ON passage (verdict, reference, serial, issuer)
  WHERE verdict = 'BADGE_VOID' OR verdict = 'FORGED';

-- Whom a checkpoint admitted on a day: the first time, and the last with its direction. Of one
-- person together, since a scan asks for all of hers; who was at a place is found by the index,
-- and how many by passage_count.
CREATE TABLE presence (
  reference      TEXT    NOT NULL,
  day            TEXT    NOT NULL,
  checkpoint     TEXT    NOT NULL,
  first_at       INTEGER NOT NULL,
  last_at        INTEGER NOT NULL,
  last_station   TEXT    NOT NULL,
  last_seq       INTEGER NOT NULL,
  last_direction TEXT    NOT NULL,
  PRIMARY KEY (reference, day, checkpoint)
) WITHOUT ROWID;
CREATE INDEX presence_place ON presence (checkpoint, day);

-- Passages that a desk has taken back: scanned, or let in, by mistake. A set, of each the last
-- word; whose passage it is said to be must be right, and the word be later than the passage: of
-- what is still to come nobody can say so ahead. Such a passage stays, as 'UNDONE', and counts
-- nowhere: as if it had not been, whichever of the two facts came first.
CREATE TABLE passage_undone (
  station   TEXT    NOT NULL,              -- of the passage
  seq       INTEGER NOT NULL,
  reference TEXT    NOT NULL,
  at        INTEGER NOT NULL,              -- of the word
  writer    TEXT    NOT NULL,
  own       INTEGER NOT NULL,
  volunteer TEXT    NOT NULL,
  reason    TEXT    NOT NULL,
  PRIMARY KEY (station, seq, reference)
) WITHOUT ROWID;

CREATE TRIGGER passage_made INSTEAD OF INSERT ON passage_feed BEGIN
  INSERT INTO passage (station, seq, at, reference, checkpoint, doors, day, period, verdict,
    direction, code, serial, issuer, volunteer, reason, override)
    VALUES (NEW.station, NEW.seq, NEW.at, NEW.subject, ifnull (NEW.body ->> 'checkpoint', ''),
      ifnull (NEW.body ->> 'doors', ifnull (NEW.body ->> 'checkpoint', '')),
      ifnull (NEW.body ->> 'day', ''), ifnull (NEW.body ->> 'period', ''),
            iif (NEW.body ->> 'verdict' = 'ADMITTED' AND EXISTS (SELECT 1 FROM passage_undone u
              WHERE u.station = NEW.station AND u.seq = NEW.seq AND u.reference = NEW.subject
                AND u.at > NEW.at),
              'UNDONE', ifnull (NEW.body ->> 'verdict', '')),
            ifnull (NEW.body ->> 'direction', 'in'),
              ifnull (NEW.body ->> 'code', ''), ifnull (NEW.body ->> 'serial', 0),
            ifnull (NEW.body ->> 'issuer', ''), ifnull (NEW.body ->> 'volunteer', ''),
              ifnull (NEW.body ->> 'reason', ''), ifnull (NEW.body ->> 'override', ''));
END;

CREATE TRIGGER presence_made INSTEAD OF INSERT ON passage_feed
  WHEN NEW.body ->> 'verdict' = 'ADMITTED'
   AND NOT EXISTS (SELECT 1 FROM passage_undone u WHERE u.station = NEW.station
     AND u.seq = NEW.seq AND u.reference = NEW.subject AND u.at > NEW.at)
BEGIN
  INSERT INTO presence (checkpoint, day, reference, first_at, last_at, last_station, last_seq,
    last_direction)
    VALUES (ifnull (NEW.body ->> 'checkpoint', ''), ifnull (NEW.body ->> 'day', ''), NEW.subject,
      NEW.at, NEW.at, NEW.station, NEW.seq, ifnull (NEW.body ->> 'direction', 'in'))
    ON CONFLICT (reference, day, checkpoint) DO UPDATE
      SET first_at = min (first_at, excluded.first_at),
      last_direction = iif ((excluded.last_at, excluded.last_station, excluded.last_seq)
        > (last_at, last_station, last_seq), excluded.last_direction, last_direction),
      last_station = iif ((excluded.last_at, excluded.last_station, excluded.last_seq)
        > (last_at, last_station, last_seq), excluded.last_station, last_station),
      last_seq = iif ((excluded.last_at, excluded.last_station, excluded.last_seq)
        > (last_at, last_station, last_seq), excluded.last_seq, last_seq),
      last_at = max (last_at, excluded.last_at);
END;

-- One admission that is to be as if it had not been.
CREATE VIEW passage_back AS
  SELECT station, seq, reference, checkpoint, day FROM passage WHERE verdict = 'ADMITTED';

CREATE TRIGGER passage_taken_back INSTEAD OF INSERT ON passage_back BEGIN
  UPDATE passage SET verdict = 'UNDONE' WHERE station = NEW.station AND seq = NEW.seq;
  DELETE FROM presence WHERE checkpoint = NEW.checkpoint AND day = NEW.day
    AND reference = NEW.reference
    AND NOT EXISTS (SELECT 1 FROM passage p WHERE p.reference = NEW.reference
      AND p.checkpoint = NEW.checkpoint AND p.day = NEW.day AND p.verdict = 'ADMITTED');
  UPDATE presence SET
      first_at = (SELECT min (p.at) FROM passage p WHERE p.reference = NEW.reference
        AND p.checkpoint = NEW.checkpoint AND p.day = NEW.day AND p.verdict = 'ADMITTED'),
      (last_at, last_station, last_seq, last_direction) = (
        SELECT p.at, p.station, p.seq, p.direction FROM passage p
         WHERE p.reference = NEW.reference AND p.checkpoint = NEW.checkpoint AND p.day = NEW.day
           AND p.verdict = 'ADMITTED' ORDER BY p.at DESC, p.station DESC, p.seq DESC LIMIT 1)
    WHERE checkpoint = NEW.checkpoint AND day = NEW.day AND reference = NEW.reference;
END;

CREATE TRIGGER feed_undone INSTEAD OF INSERT ON rare_feed WHEN NEW.kind = 'undone' BEGIN
  INSERT INTO passage_undone (station, seq, reference, at, writer, own, volunteer, reason)
    VALUES (ifnull (NEW.body ->> 'of', ''), ifnull (NEW.body ->> 'seq', 0), NEW.subject, NEW.at,
      NEW.station, NEW.seq, ifnull (NEW.body ->> 'volunteer', ''),
      ifnull (NEW.body ->> 'reason', ''))
    ON CONFLICT (station, seq, reference) DO UPDATE SET at = excluded.at,
      writer = excluded.writer, own = excluded.own, volunteer = excluded.volunteer,
      reason = excluded.reason
    WHERE (excluded.at, excluded.writer, excluded.own)
      > (passage_undone.at, passage_undone.writer, passage_undone.own);
  INSERT INTO passage_back (station, seq, reference, checkpoint, day)
    SELECT p.station, p.seq, p.reference, p.checkpoint, p.day FROM passage p
     WHERE p.station = NEW.body ->> 'of' AND p.seq = NEW.body ->> 'seq'
       AND p.reference = NEW.subject AND p.verdict = 'ADMITTED' AND p.at < NEW.at;
END;

-- Rights that several stations say were used up, a set: where to look for conflicts. Also those
-- that were taken back, since which fact comes first must not matter.
CREATE TABLE passage_shared (
  reference  TEXT NOT NULL,
  doors      TEXT NOT NULL,
  period     TEXT NOT NULL,
  PRIMARY KEY (reference, doors, period)
) WITHOUT ROWID;

CREATE TRIGGER passage_shared_by AFTER INSERT ON passage
  WHEN NEW.verdict IN ('ADMITTED', 'UNDONE') AND NEW.period <> ''
   AND EXISTS (SELECT 1 FROM passage p WHERE p.reference = NEW.reference
     AND p.doors = NEW.doors AND p.period = NEW.period AND p.verdict IN ('ADMITTED', 'UNDONE')
     AND p.station <> NEW.station)
BEGIN
  INSERT INTO passage_shared (reference, doors, period)
    VALUES (NEW.reference, NEW.doors, NEW.period) ON CONFLICT DO NOTHING;
END;

-- A right used up twice, because two stations could not see each other. Listed until a
-- human closes it.
CREATE TABLE conflict_closed (
  conflict  TEXT PRIMARY KEY,
  at        INTEGER NOT NULL,              -- the earliest
  station   TEXT    NOT NULL,
  seq       INTEGER NOT NULL,
  volunteer TEXT    NOT NULL,
  reason    TEXT    NOT NULL
) WITHOUT ROWID;

CREATE TRIGGER feed_conflict_closed INSTEAD OF INSERT ON rare_feed
  WHEN NEW.kind = 'conflict-closed'
BEGIN
  INSERT INTO conflict_closed (conflict, at, station, seq, volunteer, reason)
    VALUES (NEW.subject, NEW.at, NEW.station, NEW.seq, ifnull (NEW.body ->> 'volunteer', ''),
      ifnull (NEW.body ->> 'reason', ''))
    ON CONFLICT (conflict) DO UPDATE SET at = excluded.at, station = excluded.station,
      seq = excluded.seq, volunteer = excluded.volunteer, reason = excluded.reason
    WHERE (excluded.at, excluded.station, excluded.seq)
      < (conflict_closed.at, conflict_closed.station, conflict_closed.seq);
END;

-- CROSS JOIN: from the few that several stations know of to their passages and badges,
-- never through all of them.
CREATE VIEW conflict AS
  WITH twice AS (
    SELECT p.reference || '@' || p.doors || '/' || p.period AS id, p.reference,
      min (p.checkpoint) AS checkpoint, p.period,
           min (p.at) AS first_at, max (p.at) AS last_at, count (DISTINCT p.station) AS stations,
             count (*) AS passages
      FROM passage_shared c CROSS JOIN passage p ON p.reference = c.reference
        AND p.doors = c.doors AND p.period = c.period AND p.verdict = 'ADMITTED'
     GROUP BY p.reference, p.doors, p.period
    HAVING sum (iif (p.direction = 'in', 1, -1)) > 1 AND count (DISTINCT p.station) > 1
  ), badges AS (
    -- Badges that did not know of each other, since whoever issues a later one makes
    -- those void that are known there: the same at two different entrances shows as two
    -- first badges, and two desks may have printed one anew at the same time. The last of
    -- them is good; one more, which makes all void, ends it.
    SELECT b.reference || '@badge/' || max (b.serial), b.reference, '', '', min (b.at), max (b.at),
      count (DISTINCT b.issuer), count (*)
      FROM badge_shared s CROSS JOIN badge b ON b.reference = s.reference
     WHERE NOT EXISTS (SELECT 1 FROM badge_void v WHERE v.reference = b.reference
       AND v.serial = b.serial AND v.issuer = b.issuer)
     GROUP BY b.reference
    HAVING count (DISTINCT b.issuer) > 1
      AND (sum (b.reason <> 'first') > 0 OR b.reference NOT IN (SELECT reference FROM twice))
  )
  SELECT o.*, EXISTS (SELECT 1 FROM conflict_closed x WHERE x.conflict = o.id) AS closed
    FROM (SELECT * FROM twice UNION ALL SELECT * FROM badges
          UNION ALL SELECT * FROM headset_conflict) o;
