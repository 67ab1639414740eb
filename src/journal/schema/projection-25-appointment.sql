-- Lists that hang on a person and a time: meetings, signatures, arrivals at the airport, places on
-- shuttles, motorcades, working groups (congress/appointment.h). One row for each person: what
-- several have in common has one id, and is said in each of their rows, so that no fact of one
-- person names another.

CREATE TABLE appointment (
  reference TEXT    NOT NULL,
  id        TEXT    NOT NULL,              -- of what several people have in common
  kind      TEXT    NOT NULL,
  list      TEXT    NOT NULL,              -- the list that it came from
  date      TEXT    NOT NULL,              -- ISO; '' for what hangs on no day
  opens     TEXT    NOT NULL,              -- "10:30"
  closes    TEXT    NOT NULL,
  place     TEXT    NOT NULL,              -- room, table, stop, terminal
  line      TEXT    NOT NULL,              -- flight, line, motorcade, group
  fr        TEXT    NOT NULL,              -- what it is about
  zh        TEXT    NOT NULL,
  host      TEXT    NOT NULL,              -- who must receive her
  seat      TEXT    NOT NULL,
  places    INTEGER NOT NULL,              -- for all together; 0: not said
  removed   INTEGER NOT NULL,
  at INTEGER NOT NULL, station TEXT NOT NULL, seq INTEGER NOT NULL,
  PRIMARY KEY (reference, id)
) WITHOUT ROWID;
CREATE INDEX appointment_shared ON appointment (id);

CREATE TRIGGER feed_appointment INSTEAD OF INSERT ON rare_feed
  WHEN NEW.kind = 'appointment' AND NEW.body IS NOT NULL
  AND NOT EXISTS (SELECT 1 FROM erasure WHERE reference = NEW.subject AND at > NEW.at)
BEGIN
  INSERT INTO appointment (reference, id, kind, list, date, opens, closes, place, line, fr, zh,
    host, seat, places, removed, at, station, seq)
    VALUES (NEW.subject, ifnull (NEW.body ->> 'id', ''), ifnull (NEW.body ->> 'kind', ''),
      ifnull (NEW.body ->> 'list', ''), ifnull (NEW.body ->> 'date', ''),
      ifnull (NEW.body ->> 'from', ''), ifnull (NEW.body ->> 'to', ''),
      ifnull (NEW.body ->> 'place', ''), ifnull (NEW.body ->> 'line', ''),
      ifnull (NEW.body ->> 'fr', ''), ifnull (NEW.body ->> 'zh', ''),
      ifnull (NEW.body ->> 'host', ''), ifnull (NEW.body ->> 'seat', ''),
      ifnull (NEW.body ->> 'places', 0), ifnull (NEW.body ->> 'removed', 0),
      NEW.at, NEW.station, NEW.seq)
    ON CONFLICT (reference, id) DO UPDATE SET kind = excluded.kind, list = excluded.list,
      date = excluded.date, opens = excluded.opens, closes = excluded.closes,
      place = excluded.place, line = excluded.line, fr = excluded.fr, zh = excluded.zh,
      host = excluded.host, seat = excluded.seat, places = excluded.places,
      removed = excluded.removed, at = excluded.at, station = excluded.station, seq = excluded.seq
    WHERE (excluded.at, excluded.station, excluded.seq)
      > (appointment.at, appointment.station, appointment.seq);
END;

-- Who was met at the airport, or seen onto a shuttle, as somebody there said: the last word.
CREATE TABLE appointment_met (
  reference TEXT    NOT NULL,
  id        TEXT    NOT NULL,
  met       INTEGER NOT NULL,
  volunteer TEXT    NOT NULL,
  at INTEGER NOT NULL, station TEXT NOT NULL, seq INTEGER NOT NULL,
  PRIMARY KEY (reference, id)
) WITHOUT ROWID;

CREATE TRIGGER feed_met INSTEAD OF INSERT ON rare_feed WHEN NEW.kind = 'met' BEGIN
  INSERT INTO appointment_met (reference, id, met, volunteer, at, station, seq)
    VALUES (NEW.subject, ifnull (NEW.body ->> 'id', ''), NOT ifnull (NEW.body ->> 'undone', 0),
      ifnull (NEW.body ->> 'volunteer', ''), NEW.at, NEW.station, NEW.seq)
    ON CONFLICT (reference, id) DO UPDATE SET met = excluded.met, volunteer = excluded.volunteer,
      at = excluded.at, station = excluded.station, seq = excluded.seq
    WHERE (excluded.at, excluded.station, excluded.seq)
      > (appointment_met.at, appointment_met.station, appointment_met.seq);
END;

-- People at a door who are counted only: companions, visitors without a registration. A set of
-- touches, each once; they are in no figure of persons.
CREATE TABLE head_count (
  station    TEXT    NOT NULL,
  seq        INTEGER NOT NULL,
  at         INTEGER NOT NULL,
  checkpoint TEXT    NOT NULL,
  day        TEXT    NOT NULL,
  who        TEXT    NOT NULL,             -- companion, visitor
  heads      INTEGER NOT NULL,             -- below 0: taken back
  PRIMARY KEY (station, seq)
) WITHOUT ROWID;
CREATE INDEX head_count_day ON head_count (checkpoint, day);

CREATE TRIGGER feed_head_count INSTEAD OF INSERT ON rare_feed WHEN NEW.kind = 'head-count' BEGIN
  INSERT INTO head_count (station, seq, at, checkpoint, day, who, heads)
    VALUES (NEW.station, NEW.seq, NEW.at, NEW.subject, ifnull (NEW.body ->> 'day', ''),
      ifnull (NEW.body ->> 'who', ''), ifnull (NEW.body ->> 'heads', 0));
END;
