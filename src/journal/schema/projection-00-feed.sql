-- How facts reach the projections. Every inserted fact is inserted again into the view
-- `feed`, whose triggers (one for each kind, in the files that follow) fill the tables.
-- To rebuild, all of `fact` is inserted into `feed` once more.
--
-- Rules for these triggers: the rows must not depend on the order in which facts of
-- different stations arrive. Use sets, minimum and maximum, or the last writer by (at,
-- station, seq).

CREATE VIEW feed AS SELECT station, seq, at, kind, subject, body FROM fact;

-- Registrations and passages have one of their own: they come by the hundred thousand, and each
-- would pass the triggers of all other kinds (SQLite enters a trigger to ask its WHEN). What is
-- inserted into `feed` comes here too.
CREATE VIEW registration_feed AS SELECT station, seq, at, kind, subject, body FROM fact;
CREATE VIEW passage_feed AS SELECT station, seq, at, kind, subject, body FROM fact;

CREATE TRIGGER feed_registration INSTEAD OF INSERT ON feed WHEN NEW.kind = 'registration' BEGIN
  INSERT INTO registration_feed (station, seq, at, kind, subject, body)
    VALUES (NEW.station, NEW.seq, NEW.at, NEW.kind, NEW.subject, NEW.body);
END;

CREATE TRIGGER feed_passage INSTEAD OF INSERT ON feed WHEN NEW.kind = 'passage' BEGIN
  INSERT INTO passage_feed (station, seq, at, kind, subject, body)
    VALUES (NEW.station, NEW.seq, NEW.at, NEW.kind, NEW.subject, NEW.body);
END;

-- So have all kinds but those of every scan (a passage, a badge, its print, a loan): a scan's facts
-- would pass their some forty triggers, each of which costs as much as a small statement.
CREATE VIEW rare_feed AS SELECT station, seq, at, kind, subject, body FROM fact;

CREATE TRIGGER feed_rare INSTEAD OF INSERT ON feed
  WHEN NEW.kind NOT IN ('passage', 'badge-issued', 'print', 'loan', 'registration') BEGIN
  INSERT INTO rare_feed (station, seq, at, kind, subject, body)
    VALUES (NEW.station, NEW.seq, NEW.at, NEW.kind, NEW.subject, NEW.body);
END;

-- But for those that are kept apart (projection-05-authority.sql), and with a time that is no
-- later than the root says.
CREATE TRIGGER fact_feed AFTER INSERT ON fact WHEN NEW.kind NOT IN ('registration', 'passage')
  AND NOT EXISTS (SELECT 1 FROM apart WHERE station = NEW.station AND seq = NEW.seq) BEGIN
  INSERT INTO feed (station, seq, at, kind, subject, body)
    VALUES (NEW.station, NEW.seq, min (NEW.at, ifnull ((SELECT min (b.at) FROM clock_bound b
      WHERE b.station = NEW.station AND b.seq >= NEW.seq), NEW.at)),
            NEW.kind, NEW.subject, NEW.body);
END;

CREATE TRIGGER fact_feed_registration AFTER INSERT ON fact WHEN NEW.kind = 'registration'
  AND NOT EXISTS (SELECT 1 FROM apart WHERE station = NEW.station AND seq = NEW.seq) BEGIN
  INSERT INTO registration_feed (station, seq, at, kind, subject, body)
    VALUES (NEW.station, NEW.seq, min (NEW.at, ifnull ((SELECT min (b.at) FROM clock_bound b
      WHERE b.station = NEW.station AND b.seq >= NEW.seq), NEW.at)),
            NEW.kind, NEW.subject, NEW.body);
END;

CREATE TRIGGER fact_feed_passage AFTER INSERT ON fact WHEN NEW.kind = 'passage'
  AND NOT EXISTS (SELECT 1 FROM apart WHERE station = NEW.station AND seq = NEW.seq) BEGIN
  INSERT INTO passage_feed (station, seq, at, kind, subject, body)
    VALUES (NEW.station, NEW.seq, min (NEW.at, ifnull ((SELECT min (b.at) FROM clock_bound b
      WHERE b.station = NEW.station AND b.seq >= NEW.seq), NEW.at)),
            NEW.kind, NEW.subject, NEW.body);
END;

-- What is done once for a whole transaction rather than for each fact: a row is inserted
-- here before every commit, and after a rebuild. Triggers on it read what the others have
-- left to do.
CREATE VIEW settle AS SELECT NULL AS due;
