-- Sessions that were moved, given another room or cancelled after the programme was known: the
-- last change of each, from which people are told (congress/session_change.h).
CREATE TABLE session_change (
  session   TEXT    PRIMARY KEY,
  fr        TEXT    NOT NULL,
  zh        TEXT    NOT NULL,
  cancelled INTEGER NOT NULL,
  date      TEXT    NOT NULL,                -- ISO, on which it takes place, or would have
  opens     TEXT    NOT NULL,
  closes    TEXT    NOT NULL,
  room      TEXT    NOT NULL,
  at INTEGER NOT NULL, station TEXT NOT NULL, seq INTEGER NOT NULL
) WITHOUT ROWID;

CREATE TRIGGER feed_session_change INSTEAD OF INSERT ON rare_feed WHEN NEW.kind = 'session-change'
BEGIN
  INSERT INTO session_change (session, fr, zh, cancelled, date, opens, closes, room, at, station,
    seq)
    VALUES (NEW.subject, ifnull (NEW.body ->> 'fr', ''), ifnull (NEW.body ->> 'zh', ''),
      ifnull (NEW.body ->> 'cancelled', 0), ifnull (NEW.body ->> 'date', ''),
      ifnull (NEW.body ->> 'from', ''), ifnull (NEW.body ->> 'to', ''),
      ifnull (NEW.body ->> 'room', ''), NEW.at, NEW.station, NEW.seq)
    ON CONFLICT (session) DO UPDATE SET fr = excluded.fr, zh = excluded.zh,
      cancelled = excluded.cancelled, date = excluded.date, opens = excluded.opens,
      closes = excluded.closes, room = excluded.room, at = excluded.at,
      station = excluded.station, seq = excluded.seq
    WHERE (excluded.at, excluded.station, excluded.seq)
      > (session_change.at, session_change.station, session_change.seq);
END;
