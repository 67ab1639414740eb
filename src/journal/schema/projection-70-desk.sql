-- What the desk says of a person beside her registration: a note that only the team sees,
-- and to whom her badge was given. Both name people, so an erasure takes them too, and her
-- appointments (projection-25-appointment.sql) and answers (projection-77-question.sql).

CREATE TABLE note (
  reference TEXT    PRIMARY KEY,
  text      TEXT    NOT NULL,             -- '' for one that was taken back
  volunteer TEXT    NOT NULL,
  at INTEGER NOT NULL, station TEXT NOT NULL, seq INTEGER NOT NULL
) WITHOUT ROWID;

CREATE TRIGGER feed_note
  INSTEAD OF INSERT ON rare_feed WHEN NEW.kind = 'note' AND NEW.body IS NOT NULL
  AND NOT EXISTS (SELECT 1 FROM erasure WHERE reference = NEW.subject AND at > NEW.at)
BEGIN
  INSERT INTO note (reference, text, volunteer, at, station, seq)
    VALUES (NEW.subject, ifnull (NEW.body ->> 'text', ''), ifnull (NEW.body ->> 'volunteer', ''),
      NEW.at, NEW.station, NEW.seq)
    ON CONFLICT (reference) DO UPDATE SET text = excluded.text, volunteer = excluded.volunteer,
      at = excluded.at, station = excluded.station, seq = excluded.seq
    WHERE (excluded.at, excluded.station, excluded.seq) > (note.at, note.station, note.seq);
END;

-- Badges that somebody else took: of a badge the last word.
CREATE TABLE handover (
  reference TEXT    NOT NULL,
  serial    INTEGER NOT NULL,             -- 0: of whatever badge she had
  taker     TEXT    NOT NULL,             -- a name, as it was told
  reason    TEXT    NOT NULL,
  volunteer TEXT    NOT NULL,
  at INTEGER NOT NULL, station TEXT NOT NULL, seq INTEGER NOT NULL,
  PRIMARY KEY (reference, serial)
) WITHOUT ROWID;

CREATE TRIGGER feed_handover
  INSTEAD OF INSERT ON rare_feed WHEN NEW.kind = 'handover' AND NEW.body IS
  NOT NULL AND NOT EXISTS (SELECT 1 FROM erasure WHERE reference = NEW.subject AND at > NEW.at)
BEGIN
  INSERT INTO handover (reference, serial, taker, reason, volunteer, at, station, seq)
    VALUES (NEW.subject, ifnull (NEW.body ->> 'serial', 0), ifnull (NEW.body ->> 'to', ''),
      ifnull (NEW.body ->> 'reason', ''), ifnull (NEW.body ->> 'volunteer', ''),
      NEW.at, NEW.station, NEW.seq)
    ON CONFLICT (reference, serial) DO UPDATE SET taker = excluded.taker,
      reason = excluded.reason, volunteer = excluded.volunteer, at = excluded.at,
      station = excluded.station, seq = excluded.seq
    WHERE (excluded.at, excluded.station, excluded.seq)
      > (handover.at, handover.station, handover.seq);
END;

-- As for registrations (projection-20-delegate.sql): bodies that an erasure comes after are
-- emptied, whichever arrives first and however they are dated.
CREATE TRIGGER fact_erased_at_desk AFTER INSERT ON fact
  WHEN NEW.kind IN ('note', 'handover', 'appointment', 'answer') AND NEW.body IS NOT NULL
  AND EXISTS (SELECT 1 FROM erasure e WHERE e.reference = NEW.subject AND e.at >
    min (NEW.at, ifnull ((SELECT min (b.at) FROM clock_bound b WHERE b.station = NEW.station
      AND b.seq >= NEW.seq), NEW.at)))
BEGIN
  UPDATE fact SET body = NULL WHERE station = NEW.station AND seq = NEW.seq;
END;

CREATE TRIGGER feed_erasure_at_desk INSTEAD OF INSERT ON rare_feed WHEN NEW.kind = 'erasure' BEGIN
  UPDATE fact SET body = NULL WHERE subject = NEW.subject AND kind IN ('note', 'handover',
    'appointment', 'answer') AND body IS NOT NULL
    AND min (at, ifnull ((SELECT min (b.at) FROM clock_bound b WHERE b.station = fact.station
      AND b.seq >= fact.seq), at)) < NEW.at;
  DELETE FROM note WHERE reference = NEW.subject AND at < NEW.at;
  DELETE FROM handover WHERE reference = NEW.subject AND at < NEW.at;
  DELETE FROM appointment WHERE reference = NEW.subject AND at < NEW.at;
  DELETE FROM answer WHERE reference = NEW.subject AND at < NEW.at;
END;

CREATE TRIGGER feed_received_at_desk INSTEAD OF INSERT ON rare_feed WHEN NEW.kind = 'received' AND
  NEW.station = (SELECT value FROM local WHERE name = 'root') AND NEW.subject <> NEW.station BEGIN
  UPDATE fact SET body = NULL WHERE station = NEW.subject AND seq <= NEW.body ->> 'seq' AND
    kind IN ('note', 'handover', 'appointment', 'answer') AND body IS NOT NULL
    AND EXISTS (SELECT 1 FROM erasure e WHERE e.reference = fact.subject AND e.at > NEW.body
      ->> 'at');
END;
