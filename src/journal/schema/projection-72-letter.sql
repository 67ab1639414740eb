-- Letters with tickets, sent by e-mail: the last word on each person's.
CREATE TABLE letter (
  reference TEXT    PRIMARY KEY,
  state     TEXT    NOT NULL,                -- sending, sent, delayed, refused
  address   TEXT    NOT NULL,                -- a digest of the address it went to
  reply     TEXT    NOT NULL,                -- of the mail server, where it was refused or delayed
  at INTEGER NOT NULL, station TEXT NOT NULL, seq INTEGER NOT NULL
) WITHOUT ROWID;

CREATE TRIGGER feed_letter INSTEAD OF INSERT ON rare_feed WHEN NEW.kind = 'letter' BEGIN
  INSERT INTO letter (reference, state, address, reply, at, station, seq)
    VALUES (NEW.subject, ifnull (NEW.body ->> 'state', ''), ifnull (NEW.body ->> 'address', ''),
      ifnull (NEW.body ->> 'reply', ''), NEW.at, NEW.station, NEW.seq)
    ON CONFLICT (reference) DO UPDATE SET state = excluded.state, address = excluded.address,
      reply = excluded.reply, at = excluded.at, station = excluded.station, seq = excluded.seq
    WHERE (excluded.at, excluded.station, excluded.seq) > (letter.at, letter.station, letter.seq);
END;
