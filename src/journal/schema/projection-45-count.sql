-- Counts that would cost a walk through everybody: kept as people come. Each is the size
-- of a set, which does not depend on the order in which its members arrive; no row stands
-- at 0.

-- Scans; of those that were let in also the people, and those of them whose last passage there
-- was a way in.
CREATE TABLE passage_count (
  checkpoint TEXT    NOT NULL,
  day        TEXT    NOT NULL,
  verdict    TEXT    NOT NULL,
  passages   INTEGER NOT NULL,
  people     INTEGER NOT NULL DEFAULT 0,
  inside     INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (checkpoint, day, verdict)
) WITHOUT ROWID;

CREATE TRIGGER passage_counted AFTER INSERT ON passage BEGIN
  INSERT INTO passage_count (checkpoint, day, verdict, passages)
    VALUES (NEW.checkpoint, NEW.day, NEW.verdict, 1) ON CONFLICT DO UPDATE
    SET passages = passages + 1;
END;

CREATE TRIGGER passage_counted_again AFTER UPDATE OF verdict ON passage
  WHEN OLD.verdict <> NEW.verdict BEGIN
  UPDATE passage_count SET passages = passages - 1 WHERE checkpoint = OLD.checkpoint
    AND day = OLD.day AND verdict = OLD.verdict;
  DELETE FROM passage_count WHERE checkpoint = OLD.checkpoint AND day = OLD.day
    AND verdict = OLD.verdict AND passages = 0;
  INSERT INTO passage_count (checkpoint, day, verdict, passages)
    VALUES (NEW.checkpoint, NEW.day, NEW.verdict, 1) ON CONFLICT DO UPDATE
    SET passages = passages + 1;
END;

CREATE TRIGGER presence_counted AFTER INSERT ON presence BEGIN
  INSERT INTO passage_count (checkpoint, day, verdict, passages, people, inside)
    VALUES (NEW.checkpoint, NEW.day, 'ADMITTED', 0, 1, NEW.last_direction = 'in')
    ON CONFLICT DO UPDATE SET people = people + 1, inside = inside + excluded.inside;
END;

CREATE TRIGGER presence_counted_again AFTER UPDATE OF last_direction ON presence
  WHEN OLD.last_direction <> NEW.last_direction BEGIN
  UPDATE passage_count
     SET inside = inside + (NEW.last_direction = 'in') - (OLD.last_direction = 'in')
   WHERE checkpoint = NEW.checkpoint AND day = NEW.day AND verdict = 'ADMITTED';
END;

CREATE TRIGGER presence_uncounted AFTER DELETE ON presence BEGIN
  UPDATE passage_count SET people = people - 1, inside = inside - (OLD.last_direction = 'in')
   WHERE checkpoint = OLD.checkpoint AND day = OLD.day AND verdict = 'ADMITTED';
END;

-- People whom a checkpoint admitted, on whatever day.
CREATE TABLE checkpoint_count (
  checkpoint TEXT    PRIMARY KEY,
  people     INTEGER NOT NULL
) WITHOUT ROWID;

-- (+: by her rows, which are few, never by those of the place.)
CREATE TRIGGER checkpoint_counted AFTER INSERT ON presence
  WHEN NOT EXISTS (SELECT 1 FROM presence p WHERE p.reference = NEW.reference
    AND +p.checkpoint = NEW.checkpoint AND p.day <> NEW.day)
BEGIN
  INSERT INTO checkpoint_count (checkpoint, people) VALUES (NEW.checkpoint, 1) ON CONFLICT DO UPDATE
    SET people = people + 1;
END;

CREATE TRIGGER checkpoint_uncounted AFTER DELETE ON presence
  WHEN NOT EXISTS (SELECT 1 FROM presence p WHERE p.reference = OLD.reference
    AND +p.checkpoint = OLD.checkpoint)
BEGIN
  UPDATE checkpoint_count SET people = people - 1 WHERE checkpoint = OLD.checkpoint;
  DELETE FROM checkpoint_count WHERE checkpoint = OLD.checkpoint AND people = 0;
END;

-- Delegates with the same rights who are not withdrawn; there are far fewer kinds than
-- delegates.
CREATE TABLE delegate_kind (
  category  TEXT NOT NULL,
  events    TEXT NOT NULL,
  days      TEXT NOT NULL,
  workshops TEXT NOT NULL,
  role      TEXT NOT NULL,
  meals     INTEGER NOT NULL,
  transport INTEGER NOT NULL,
  headset   INTEGER NOT NULL,
  delegates INTEGER NOT NULL,
  PRIMARY KEY (category, events, days, workshops, role, meals, transport, headset)
) WITHOUT ROWID;

CREATE TRIGGER delegate_counted AFTER INSERT ON delegate WHEN NOT NEW.revoked BEGIN
  INSERT INTO delegate_kind (category, events, days, workshops, role, meals, transport, headset,
    delegates)
    VALUES (NEW.category, NEW.events, NEW.days, NEW.workshops, NEW.roles, NEW.meals, NEW.transport,
      NEW.headset, 1) ON CONFLICT DO UPDATE SET delegates = delegates + 1;
END;

CREATE TRIGGER delegate_uncounted AFTER DELETE ON delegate WHEN NOT OLD.revoked BEGIN
  UPDATE delegate_kind SET delegates = delegates - 1
   WHERE (category, events, days, workshops, role, meals, transport, headset)
     = (OLD.category, OLD.events, OLD.days, OLD.workshops, OLD.roles, OLD.meals, OLD.transport,
     OLD.headset);
  DELETE FROM delegate_kind
   WHERE (category, events, days, workshops, role, meals, transport, headset)
     = (OLD.category, OLD.events, OLD.days, OLD.workshops, OLD.roles, OLD.meals, OLD.transport,
     OLD.headset) AND delegates = 0;
END;

CREATE TRIGGER delegate_counted_again AFTER UPDATE ON delegate
  WHEN (OLD.category, OLD.events, OLD.days, OLD.workshops, OLD.roles, OLD.meals, OLD.transport,
    OLD.headset, OLD.revoked)
    IS NOT (NEW.category, NEW.events, NEW.days, NEW.workshops, NEW.roles, NEW.meals, NEW.transport,
      NEW.headset, NEW.revoked)
BEGIN
  UPDATE delegate_kind SET delegates = delegates - 1
   WHERE (category, events, days, workshops, role, meals, transport, headset)
     = (OLD.category, OLD.events, OLD.days, OLD.workshops, OLD.roles, OLD.meals, OLD.transport,
     OLD.headset) AND NOT OLD.revoked;
  INSERT INTO delegate_kind (category, events, days, workshops, role, meals, transport, headset,
    delegates)
    SELECT NEW.category, NEW.events, NEW.days, NEW.workshops, NEW.roles, NEW.meals, NEW.transport,
      NEW.headset, 1 WHERE NOT NEW.revoked ON CONFLICT DO UPDATE SET delegates = delegates + 1;
  DELETE FROM delegate_kind
   WHERE (category, events, days, workshops, role, meals, transport, headset)
     = (OLD.category, OLD.events, OLD.days, OLD.workshops, OLD.roles, OLD.meals, OLD.transport,
     OLD.headset) AND delegates = 0;
END;

-- People by the events at whose entrances they were admitted, on whatever day: event ids
-- in order, one a line. An entrance of no event has the empty id.
CREATE TABLE arrival_count (
  events TEXT    PRIMARY KEY,
  people INTEGER NOT NULL
) WITHOUT ROWID;

-- People who came on a day, and those of them whose last passage was not a way out;
-- `event` is '*' for any entrance.
CREATE TABLE day_count (
  day     TEXT    NOT NULL,
  event   TEXT    NOT NULL,
  arrived INTEGER NOT NULL,
  inside  INTEGER NOT NULL,
  PRIMARY KEY (day, event)
) WITHOUT ROWID;

-- What one person adds to day_count: of her rows at the entrances of a day, the last.
CREATE VIEW came (reference, day, event, inside) AS
  SELECT p.reference, p.day, '*', p.last_direction = 'in'
    FROM presence p JOIN checkpoint c ON c.id = p.checkpoint AND c.kind = 'entrance'
   WHERE NOT EXISTS (
           SELECT 1 FROM presence q JOIN checkpoint d ON d.id = q.checkpoint AND d.kind = 'entrance'
            WHERE q.reference = p.reference AND q.day = p.day
              AND (q.last_at, q.last_station, q.last_seq)
                  > (p.last_at, p.last_station, p.last_seq))
  UNION ALL
  SELECT p.reference, p.day, c.event, p.last_direction = 'in'
    FROM presence p JOIN checkpoint c ON c.id = p.checkpoint AND c.kind = 'entrance'
   WHERE NOT EXISTS (
           SELECT 1 FROM presence q JOIN checkpoint d ON d.id = q.checkpoint AND d.kind = 'entrance'
                                                     AND d.event = c.event
            WHERE q.reference = p.reference AND q.day = p.day
              AND (q.last_at, q.last_station, q.last_seq)
                  > (p.last_at, p.last_station, p.last_seq));

-- A change of her last row at the entrances of a day, of an event and of all: whether she was
-- inside, and is now; NULL for not seen. For whoever counts by it.
CREATE VIEW came_change AS
  SELECT NULL AS reference, NULL AS day, NULL AS event, NULL AS was, NULL AS now;

CREATE TRIGGER came_first AFTER INSERT ON presence
  WHEN EXISTS (SELECT 1 FROM checkpoint WHERE id = NEW.checkpoint AND kind = 'entrance')
BEGIN
  INSERT INTO came_change (reference, day, event, was, now)
    SELECT NEW.reference, NEW.day, e.event,
           (SELECT q.last_direction = 'in' FROM presence q
              JOIN checkpoint d ON d.id = q.checkpoint AND d.kind = 'entrance'
             WHERE q.reference = NEW.reference AND q.day = NEW.day
               AND q.checkpoint <> NEW.checkpoint AND e.event IN (d.event, '*')
             ORDER BY q.last_at DESC, q.last_station DESC, q.last_seq DESC LIMIT 1),
           (SELECT q.last_direction = 'in' FROM presence q
              JOIN checkpoint d ON d.id = q.checkpoint AND d.kind = 'entrance'
             WHERE q.reference = NEW.reference AND q.day = NEW.day AND e.event IN (d.event, '*')
             ORDER BY q.last_at DESC, q.last_station DESC, q.last_seq DESC LIMIT 1)
      FROM (SELECT event FROM checkpoint WHERE id = NEW.checkpoint UNION ALL SELECT '*') e;
END;

-- Where all her rows of the day say the same, which one is the last is no matter.
CREATE TRIGGER came_again AFTER UPDATE ON presence
  WHEN (OLD.last_direction <> NEW.last_direction OR EXISTS (SELECT 1 FROM presence q
     WHERE q.reference = NEW.reference AND q.day = NEW.day
       AND q.last_direction <> NEW.last_direction))
   AND EXISTS (SELECT 1 FROM checkpoint WHERE id = NEW.checkpoint AND kind = 'entrance')
BEGIN
  INSERT INTO came_change (reference, day, event, was, now)
    SELECT NEW.reference, NEW.day, e.event,
           (SELECT last_direction = 'in' FROM (
              SELECT q.last_at, q.last_station, q.last_seq, q.last_direction FROM presence q
                JOIN checkpoint d ON d.id = q.checkpoint AND d.kind = 'entrance'
               WHERE q.reference = NEW.reference AND q.day = NEW.day
                 AND q.checkpoint <> NEW.checkpoint AND e.event IN (d.event, '*')
              UNION ALL
              SELECT OLD.last_at, OLD.last_station, OLD.last_seq, OLD.last_direction)
             ORDER BY last_at DESC, last_station DESC, last_seq DESC LIMIT 1),
           (SELECT q.last_direction = 'in' FROM presence q
              JOIN checkpoint d ON d.id = q.checkpoint AND d.kind = 'entrance'
             WHERE q.reference = NEW.reference AND q.day = NEW.day AND e.event IN (d.event, '*')
             ORDER BY q.last_at DESC, q.last_station DESC, q.last_seq DESC LIMIT 1)
      FROM (SELECT event FROM checkpoint WHERE id = NEW.checkpoint UNION ALL SELECT '*') e;
END;

CREATE TRIGGER came_back AFTER DELETE ON presence
  WHEN EXISTS (SELECT 1 FROM checkpoint WHERE id = OLD.checkpoint AND kind = 'entrance')
BEGIN
  INSERT INTO came_change (reference, day, event, was, now)
    SELECT OLD.reference, OLD.day, e.event,
           (SELECT last_direction = 'in' FROM (
              SELECT q.last_at, q.last_station, q.last_seq, q.last_direction FROM presence q
                JOIN checkpoint d ON d.id = q.checkpoint AND d.kind = 'entrance'
               WHERE q.reference = OLD.reference AND q.day = OLD.day AND e.event IN (d.event, '*')
              UNION ALL
              SELECT OLD.last_at, OLD.last_station, OLD.last_seq, OLD.last_direction)
             ORDER BY last_at DESC, last_station DESC, last_seq DESC LIMIT 1),
           (SELECT q.last_direction = 'in' FROM presence q
              JOIN checkpoint d ON d.id = q.checkpoint AND d.kind = 'entrance'
             WHERE q.reference = OLD.reference AND q.day = OLD.day AND e.event IN (d.event, '*')
             ORDER BY q.last_at DESC, q.last_station DESC, q.last_seq DESC LIMIT 1)
      FROM (SELECT event FROM checkpoint WHERE id = OLD.checkpoint UNION ALL SELECT '*') e;
END;

CREATE TRIGGER came_counted INSTEAD OF INSERT ON came_change WHEN NEW.was IS NOT NEW.now BEGIN
  INSERT INTO day_count (day, event, arrived, inside)
    VALUES (NEW.day, NEW.event, (NEW.was IS NULL) - (NEW.now IS NULL),
      ifnull (NEW.now, 0) - ifnull (NEW.was, 0))
    ON CONFLICT DO UPDATE SET arrived = arrived + excluded.arrived,
      inside = inside + excluded.inside;
  DELETE FROM day_count WHERE NEW.now IS NULL AND day = NEW.day AND event = NEW.event
    AND arrived = 0;
END;

-- The first of her rows at the entrances of an event, and the last that is taken back.
CREATE TRIGGER arrival_counted AFTER INSERT ON presence
  WHEN EXISTS (SELECT 1 FROM checkpoint c WHERE c.id = NEW.checkpoint AND c.kind = 'entrance'
   AND NOT EXISTS (SELECT 1 FROM presence q JOIN checkpoint d ON d.id = q.checkpoint
     AND d.kind = 'entrance' AND d.event = c.event WHERE q.reference = NEW.reference
     AND (q.day, q.checkpoint) <> (NEW.day, NEW.checkpoint)))
BEGIN
  UPDATE arrival_count SET people = people - 1
   WHERE events = (SELECT group_concat (event, char (10)) FROM (
                     SELECT DISTINCT c.event FROM presence p
                       JOIN checkpoint c ON c.id = p.checkpoint AND c.kind = 'entrance'
                      WHERE p.reference = NEW.reference
                        AND (p.day, p.checkpoint) <> (NEW.day, NEW.checkpoint)
                      ORDER BY c.event));
  INSERT INTO arrival_count (events, people)
    SELECT group_concat (event, char (10)), 1 FROM (
             SELECT DISTINCT c.event FROM presence p
               JOIN checkpoint c ON c.id = p.checkpoint AND c.kind = 'entrance'
              WHERE p.reference = NEW.reference ORDER BY c.event) WHERE true
    ON CONFLICT DO UPDATE SET people = people + 1;
  DELETE FROM arrival_count WHERE people = 0;
END;

CREATE TRIGGER arrival_uncounted AFTER DELETE ON presence
  WHEN EXISTS (SELECT 1 FROM checkpoint c WHERE c.id = OLD.checkpoint AND c.kind = 'entrance'
   AND NOT EXISTS (SELECT 1 FROM presence q JOIN checkpoint d ON d.id = q.checkpoint
     AND d.kind = 'entrance' AND d.event = c.event WHERE q.reference = OLD.reference))
BEGIN
  UPDATE arrival_count SET people = people - 1
   WHERE events = (SELECT group_concat (event, char (10)) FROM (
                     SELECT c.event FROM presence p
                       JOIN checkpoint c ON c.id = p.checkpoint AND c.kind = 'entrance'
                      WHERE p.reference = OLD.reference UNION
                     SELECT event FROM checkpoint WHERE id = OLD.checkpoint ORDER BY event));
  -- Somebody who came nowhere any more is in none of these counts.
  INSERT INTO arrival_count (events, people)
    SELECT group_concat (event, char (10)), 1 FROM (
             SELECT DISTINCT c.event FROM presence p
               JOIN checkpoint c ON c.id = p.checkpoint AND c.kind = 'entrance'
              WHERE p.reference = OLD.reference ORDER BY c.event) HAVING count (*) > 0
    ON CONFLICT DO UPDATE SET people = people + 1;
  DELETE FROM arrival_count WHERE people = 0;
END;

-- All anew, where a definition says only now, or says otherwise, what was an entrance and
-- of which event.
CREATE VIEW arrival_anew AS SELECT NULL AS due;

CREATE TRIGGER arrival_counted_anew INSTEAD OF INSERT ON arrival_anew BEGIN
  DELETE FROM arrival_count;
  DELETE FROM day_count;
  INSERT INTO arrival_count (events, people)
    SELECT events, count (*) FROM
      (SELECT group_concat (event, char (10)) AS events FROM (
                SELECT DISTINCT p.reference, c.event FROM presence p
                  JOIN checkpoint c ON c.id = p.checkpoint AND c.kind = 'entrance' ORDER BY 1, 2)
        GROUP BY reference)
     GROUP BY events;
  INSERT INTO day_count (day, event, arrived, inside)
    SELECT day, event, count (*), sum (inside) FROM came GROUP BY day, event;
END;

CREATE TRIGGER checkpoint_known AFTER INSERT ON checkpoint
  WHEN NEW.kind = 'entrance' AND EXISTS (SELECT 1 FROM presence WHERE checkpoint = NEW.id)
BEGIN
  INSERT INTO arrival_anew (due) VALUES (1);
END;

CREATE TRIGGER checkpoint_changed AFTER UPDATE OF kind, event ON checkpoint
  WHEN (OLD.kind, OLD.event) IS NOT (NEW.kind, NEW.event)
    AND (OLD.kind = 'entrance' OR NEW.kind = 'entrance')
    AND EXISTS (SELECT 1 FROM presence WHERE checkpoint = NEW.id)
BEGIN
  INSERT INTO arrival_anew (due) VALUES (1);
END;
