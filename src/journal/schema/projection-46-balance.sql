-- The two sides held against each other (counts/balance.h), kept as people register, come and go:
-- how many of each cell are registered, have arrived, are inside. A cell is all that a balance
-- asks of a person: her country, the rank that somebody said, the rank that her function means,
-- category, events, whether she is yet to be confirmed. There are far fewer cells than people.
--
-- function_rank() is the project's own SQL function (journal/function_rank.h). Where ranks or
-- delegations say otherwise than before, all is counted anew before the commit (`balance_stale`).

-- What ranks there are, as function_rank() takes them: [["mayor",["maire",…]],…], the highest
-- first.
CREATE TABLE rank_said (
  one   INTEGER PRIMARY KEY CHECK (one = 1),
  ranks TEXT    NOT NULL
);
INSERT INTO rank_said (one, ranks) VALUES (1, '[]');

CREATE TABLE balance_stale (due INTEGER PRIMARY KEY);

CREATE VIEW rank_anew AS SELECT NULL AS due;
CREATE TRIGGER rank_counted_anew INSTEAD OF INSERT ON rank_anew BEGIN
  UPDATE rank_said SET ranks = (SELECT json_group_array (json_array (id, json (words)))
    FROM (SELECT id, words FROM rank WHERE NOT removed ORDER BY sort, id));
  INSERT INTO balance_stale (due) SELECT 1 WHERE EXISTS (SELECT 1 FROM delegate)
    ON CONFLICT DO NOTHING;
END;
CREATE TRIGGER rank_said_first AFTER INSERT ON rank BEGIN
  INSERT INTO rank_anew (due) VALUES (1);
END;
CREATE TRIGGER rank_said_again AFTER UPDATE ON rank
  WHEN (OLD.words, OLD.sort, OLD.removed) IS NOT (NEW.words, NEW.sort, NEW.removed) BEGIN
  INSERT INTO rank_anew (due) VALUES (1);
END;

CREATE TRIGGER balance_delegation AFTER INSERT ON delegation
  WHEN EXISTS (SELECT 1 FROM delegate) BEGIN
  INSERT INTO balance_stale (due) VALUES (1) ON CONFLICT DO NOTHING;
END;
CREATE TRIGGER balance_delegation_again AFTER UPDATE ON delegation
  WHEN (OLD.country, OLD.removed) IS NOT (NEW.country, NEW.removed)
   AND EXISTS (SELECT 1 FROM delegate) BEGIN
  INSERT INTO balance_stale (due) VALUES (1) ON CONFLICT DO NOTHING;
END;

-- Of everybody who is not withdrawn.
CREATE VIEW balance_said AS
  SELECT d.reference, json_array (iif (d.country <> '', d.country,
      ifnull ((SELECT g.country FROM delegation g WHERE g.id = d.delegation
        AND NOT g.removed), '')),
      d.rank, function_rank (d.function_fr, d.function_zh, (SELECT ranks FROM rank_said)),
      d.category, d.events, d.status <> '') AS cell
    FROM delegate d WHERE NOT d.revoked;

CREATE TABLE balance_member (
  reference TEXT PRIMARY KEY,
  cell      TEXT NOT NULL
) WITHOUT ROWID;

CREATE TABLE balance_count (
  cell   TEXT    PRIMARY KEY,
  people INTEGER NOT NULL
) WITHOUT ROWID;

-- Who came through an entrance of an event ('*': of any), on whatever day.
CREATE TABLE balance_arrived (
  event  TEXT    NOT NULL,
  cell   TEXT    NOT NULL,
  people INTEGER NOT NULL,
  PRIMARY KEY (event, cell)
) WITHOUT ROWID;

-- Of whom the last passage there on that day was no way out.
CREATE TABLE balance_inside (
  day    TEXT    NOT NULL,
  event  TEXT    NOT NULL,
  cell   TEXT    NOT NULL,
  people INTEGER NOT NULL,
  PRIMARY KEY (day, event, cell)
) WITHOUT ROWID;

-- The events at whose entrances somebody was let in.
CREATE VIEW balance_came (reference, event) AS
  SELECT p.reference, c.event FROM presence p
    JOIN checkpoint c ON c.id = p.checkpoint AND c.kind = 'entrance'
  UNION
  SELECT p.reference, '*' FROM presence p
    JOIN checkpoint c ON c.id = p.checkpoint AND c.kind = 'entrance';

-- People ------------------------------------------------------------------------------

CREATE TRIGGER balance_registered AFTER INSERT ON delegate WHEN NOT NEW.revoked BEGIN
  INSERT INTO balance_member (reference, cell)
    SELECT reference, cell FROM balance_said WHERE reference = NEW.reference;
END;

CREATE TRIGGER balance_registered_again AFTER UPDATE ON delegate
  WHEN (OLD.country, OLD.delegation, OLD.rank, OLD.function_fr, OLD.function_zh, OLD.category,
    OLD.events, OLD.status, OLD.revoked)
    IS NOT (NEW.country, NEW.delegation, NEW.rank, NEW.function_fr, NEW.function_zh, NEW.category,
    NEW.events, NEW.status, NEW.revoked)
BEGIN
  DELETE FROM balance_member WHERE reference = NEW.reference;
  INSERT INTO balance_member (reference, cell)
    SELECT reference, cell FROM balance_said WHERE reference = NEW.reference;
END;

CREATE TRIGGER balance_erased AFTER DELETE ON delegate BEGIN
  DELETE FROM balance_member WHERE reference = OLD.reference;
END;

CREATE TRIGGER balance_added AFTER INSERT ON balance_member
  WHEN NOT EXISTS (SELECT 1 FROM balance_stale) BEGIN
  INSERT INTO balance_count (cell, people) VALUES (NEW.cell, 1)
    ON CONFLICT DO UPDATE SET people = people + 1;
END;

CREATE TRIGGER balance_added_here AFTER INSERT ON balance_member
  WHEN NOT EXISTS (SELECT 1 FROM balance_stale)
   AND EXISTS (SELECT 1 FROM presence WHERE reference = NEW.reference) BEGIN
  INSERT INTO balance_arrived (event, cell, people)
    SELECT event, NEW.cell, 1 FROM balance_came WHERE reference = NEW.reference
    ON CONFLICT DO UPDATE SET people = people + 1;
  INSERT INTO balance_inside (day, event, cell, people)
    SELECT day, event, NEW.cell, 1 FROM came WHERE reference = NEW.reference AND inside
    ON CONFLICT DO UPDATE SET people = people + 1;
END;

CREATE TRIGGER balance_taken AFTER DELETE ON balance_member
  WHEN NOT EXISTS (SELECT 1 FROM balance_stale) BEGIN
  UPDATE balance_count SET people = people - 1 WHERE cell = OLD.cell;
  DELETE FROM balance_count WHERE cell = OLD.cell AND people = 0;
END;

CREATE TRIGGER balance_taken_here AFTER DELETE ON balance_member
  WHEN NOT EXISTS (SELECT 1 FROM balance_stale)
   AND EXISTS (SELECT 1 FROM presence WHERE reference = OLD.reference) BEGIN
  UPDATE balance_arrived SET people = people - 1 WHERE cell = OLD.cell
    AND event IN (SELECT event FROM balance_came WHERE reference = OLD.reference);
  DELETE FROM balance_arrived WHERE cell = OLD.cell AND people = 0;
  UPDATE balance_inside SET people = people - 1 WHERE cell = OLD.cell
    AND (day, event) IN (SELECT day, event FROM came WHERE reference = OLD.reference AND inside);
  DELETE FROM balance_inside WHERE cell = OLD.cell AND people = 0;
END;

-- Coming and going --------------------------------------------------------------------

-- The first of her rows at the entrances of an event, and of all.
CREATE TRIGGER balance_arrives AFTER INSERT ON presence
  WHEN EXISTS (SELECT 1 FROM checkpoint WHERE id = NEW.checkpoint AND kind = 'entrance')
BEGIN
  INSERT INTO balance_arrived (event, cell, people)
    SELECT e.event, m.cell, 1 FROM balance_member m, (
        SELECT c.event FROM checkpoint c WHERE c.id = NEW.checkpoint UNION ALL SELECT '*') e
     WHERE m.reference = NEW.reference AND NOT EXISTS (
       SELECT 1 FROM presence q JOIN checkpoint d ON d.id = q.checkpoint AND d.kind = 'entrance'
        WHERE q.reference = NEW.reference AND e.event IN (d.event, '*')
          AND (q.checkpoint, q.day) <> (NEW.checkpoint, NEW.day))
    ON CONFLICT DO UPDATE SET people = people + 1;
END;

CREATE TRIGGER balance_never_came AFTER DELETE ON presence
  WHEN EXISTS (SELECT 1 FROM checkpoint WHERE id = OLD.checkpoint AND kind = 'entrance')
BEGIN
  UPDATE balance_arrived SET people = people - 1
   WHERE cell = (SELECT cell FROM balance_member WHERE reference = OLD.reference)
     AND event IN (SELECT c.event FROM checkpoint c WHERE c.id = OLD.checkpoint UNION ALL
       SELECT '*')
     AND NOT EXISTS (
       SELECT 1 FROM presence q JOIN checkpoint d ON d.id = q.checkpoint AND d.kind = 'entrance'
        WHERE q.reference = OLD.reference AND balance_arrived.event IN (d.event, '*'));
  DELETE FROM balance_arrived WHERE people = 0;
END;

-- Where her last row at the entrances of a day changes (projection-45-count.sql).
CREATE TRIGGER balance_came_in INSTEAD OF INSERT ON came_change
  WHEN NEW.now AND ifnull (NEW.was, 0) = 0 BEGIN
  INSERT INTO balance_inside (day, event, cell, people)
    SELECT NEW.day, NEW.event, m.cell, 1 FROM balance_member m WHERE m.reference = NEW.reference
    ON CONFLICT DO UPDATE SET people = people + 1;
END;

CREATE TRIGGER balance_went_out INSTEAD OF INSERT ON came_change
  WHEN NEW.was AND ifnull (NEW.now, 0) = 0 BEGIN
  UPDATE balance_inside SET people = people - 1 WHERE day = NEW.day AND event = NEW.event
    AND cell = (SELECT cell FROM balance_member WHERE reference = NEW.reference);
  DELETE FROM balance_inside WHERE day = NEW.day AND event = NEW.event
    AND cell = (SELECT cell FROM balance_member WHERE reference = NEW.reference) AND people = 0;
END;

-- All anew, before the commit -----------------------------------------------------------

CREATE TRIGGER balance_doors_anew INSTEAD OF INSERT ON arrival_anew BEGIN
  INSERT INTO balance_stale (due) VALUES (1) ON CONFLICT DO NOTHING;
END;

CREATE TRIGGER settle_balance INSTEAD OF INSERT ON settle
  WHEN EXISTS (SELECT 1 FROM balance_stale) BEGIN
  DELETE FROM balance_member;
  DELETE FROM balance_count;
  DELETE FROM balance_arrived;
  DELETE FROM balance_inside;
  INSERT INTO balance_member (reference, cell) SELECT reference, cell FROM balance_said;
  INSERT INTO balance_count (cell, people)
    SELECT cell, count (*) FROM balance_member GROUP BY cell;
  INSERT INTO balance_arrived (event, cell, people)
    SELECT b.event, m.cell, count (*) FROM balance_came b JOIN balance_member m USING (reference)
     GROUP BY 1, 2;
  INSERT INTO balance_inside (day, event, cell, people)
    SELECT x.day, x.event, m.cell, count (*) FROM came x JOIN balance_member m USING (reference)
     WHERE x.inside GROUP BY 1, 2, 3;
  DELETE FROM balance_stale;
END;
