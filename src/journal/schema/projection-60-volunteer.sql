-- Volunteers: who may work at a desk. The number is what she types before her PIN; the
-- reference is the delegate whose badge is hers.

CREATE TABLE volunteer (
  number    TEXT    PRIMARY KEY,
  name      TEXT    NOT NULL,
  reference TEXT    NOT NULL,             -- "" for none
  pin       TEXT    NOT NULL,             -- Argon2id; "" for none: enters by badge only
  rights    TEXT    NOT NULL,             -- a JSON array: leader, override (volunteer.h)
  removed   INTEGER NOT NULL,
  at INTEGER NOT NULL, station TEXT NOT NULL, seq INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX volunteer_reference ON volunteer (reference);

CREATE TRIGGER feed_volunteer INSTEAD OF INSERT ON rare_feed WHEN NEW.kind = 'volunteer' BEGIN
  INSERT INTO volunteer (number, name, reference, pin, rights, removed, at, station, seq)
    VALUES (NEW.subject, ifnull (NEW.body ->> 'name', ''), ifnull (NEW.body ->> 'reference', ''),
      ifnull (NEW.body ->> 'pin', ''), ifnull (NEW.body ->> 'rights', '[]'),
            ifnull (NEW.body ->> 'removed', 0),
            NEW.at, NEW.station, NEW.seq)
    ON CONFLICT (number) DO UPDATE SET
      name = excluded.name, reference = excluded.reference, pin = excluded.pin,
      rights = excluded.rights,
      removed = excluded.removed, at = excluded.at, station = excluded.station,
      seq = excluded.seq
    WHERE (excluded.at, excluded.station, excluded.seq)
      > (volunteer.at, volunteer.station, volunteer.seq);
END;
