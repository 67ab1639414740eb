-- What organisers say of a station and to it: how people call it, and the message of the team
-- that its screen shows. An empty text takes either back.

CREATE TABLE station_name (
  station   TEXT PRIMARY KEY,
  fr        TEXT NOT NULL,
  zh        TEXT NOT NULL,
  at INTEGER NOT NULL, writer TEXT NOT NULL, seq INTEGER NOT NULL
) WITHOUT ROWID;

CREATE TRIGGER feed_station_name INSTEAD OF INSERT ON rare_feed WHEN NEW.kind = 'station-name' BEGIN
  INSERT INTO station_name (station, fr, zh, at, writer, seq)
    VALUES (NEW.subject, ifnull (NEW.body ->> 'fr', ''), ifnull (NEW.body ->> 'zh', ''),
      NEW.at, NEW.station, NEW.seq)
    ON CONFLICT (station) DO UPDATE SET fr = excluded.fr, zh = excluded.zh, at = excluded.at,
      writer = excluded.writer, seq = excluded.seq
    WHERE (excluded.at, excluded.writer, excluded.seq)
      > (station_name.at, station_name.writer, station_name.seq);
END;

CREATE TABLE screen_message (
  station   TEXT PRIMARY KEY,
  fr        TEXT NOT NULL,
  zh        TEXT NOT NULL,
  volunteer TEXT NOT NULL,
  at INTEGER NOT NULL, writer TEXT NOT NULL, seq INTEGER NOT NULL
) WITHOUT ROWID;

CREATE TRIGGER feed_message INSTEAD OF INSERT ON rare_feed WHEN NEW.kind = 'message' BEGIN
  INSERT INTO screen_message (station, fr, zh, volunteer, at, writer, seq)
    VALUES (NEW.subject, ifnull (NEW.body ->> 'fr', ''), ifnull (NEW.body ->> 'zh', ''),
      ifnull (NEW.body ->> 'volunteer', ''), NEW.at, NEW.station, NEW.seq)
    ON CONFLICT (station) DO UPDATE SET fr = excluded.fr, zh = excluded.zh,
      volunteer = excluded.volunteer, at = excluded.at, writer = excluded.writer,
      seq = excluded.seq
    WHERE (excluded.at, excluded.writer, excluded.seq)
      > (screen_message.at, screen_message.writer, screen_message.seq);
END;
