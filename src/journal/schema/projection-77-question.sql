-- What is asked at the doors and what is said there (congress/question.h, scan_message.h), and
-- what people answered.

CREATE TABLE question (
  id TEXT PRIMARY KEY,
  fr TEXT NOT NULL,
  zh TEXT NOT NULL,
  kind TEXT NOT NULL,                      -- choice, yes-no, date, diet
  choices TEXT NOT NULL,                   -- of a choice: a JSON array of {fr, zh}
  codes TEXT NOT NULL,                     -- of dates and diets: a JSON array
  checkpoints TEXT NOT NULL,               -- where it is asked; '[]': at every entrance
  events TEXT NOT NULL,                    -- whom; '[]': everybody
  categories TEXT NOT NULL,
  sort INTEGER NOT NULL,
  removed INTEGER NOT NULL,
  at INTEGER NOT NULL, station TEXT NOT NULL, seq INTEGER NOT NULL
) WITHOUT ROWID;

CREATE TRIGGER feed_question INSTEAD OF INSERT ON rare_feed
  WHEN NEW.kind = 'question' AND NEW.body IS NOT NULL
BEGIN
  INSERT INTO question (id, fr, zh, kind, choices, codes, checkpoints, events, categories, sort,
    removed, at, station, seq)
    VALUES (NEW.subject, ifnull (NEW.body ->> 'fr', ''), ifnull (NEW.body ->> 'zh', ''),
      ifnull (NEW.body ->> 'kind', ''), ifnull (NEW.body ->> 'choices', '[]'),
      ifnull (NEW.body ->> 'codes', '[]'), ifnull (NEW.body ->> 'checkpoints', '[]'),
      ifnull (NEW.body ->> 'events', '[]'), ifnull (NEW.body ->> 'categories', '[]'),
      ifnull (NEW.body ->> 'order', 0), ifnull (NEW.body ->> 'removed', 0), NEW.at, NEW.station,
      NEW.seq)
    ON CONFLICT (id) DO UPDATE SET fr = excluded.fr, zh = excluded.zh, kind = excluded.kind,
      choices = excluded.choices, codes = excluded.codes, checkpoints = excluded.checkpoints,
      events = excluded.events, categories = excluded.categories, sort = excluded.sort,
      removed = excluded.removed, at = excluded.at, station = excluded.station, seq = excluded.seq
    WHERE (excluded.at, excluded.station, excluded.seq)
      > (question.at, question.station, question.seq);
END;

CREATE TABLE scan_message (
  id TEXT PRIMARY KEY,
  fr TEXT NOT NULL,
  zh TEXT NOT NULL,
  team INTEGER NOT NULL,                   -- for the team's eyes; else for her own
  checkpoints TEXT NOT NULL,
  events TEXT NOT NULL,
  categories TEXT NOT NULL,
  sort INTEGER NOT NULL,
  removed INTEGER NOT NULL,
  at INTEGER NOT NULL, station TEXT NOT NULL, seq INTEGER NOT NULL
) WITHOUT ROWID;

CREATE TRIGGER feed_scan_message INSTEAD OF INSERT ON rare_feed
  WHEN NEW.kind = 'scan-message' AND NEW.body IS NOT NULL
BEGIN
  INSERT INTO scan_message (id, fr, zh, team, checkpoints, events, categories, sort, removed, at,
    station, seq)
    VALUES (NEW.subject, ifnull (NEW.body ->> 'fr', ''), ifnull (NEW.body ->> 'zh', ''),
      ifnull (NEW.body ->> 'team', 0), ifnull (NEW.body ->> 'checkpoints', '[]'),
      ifnull (NEW.body ->> 'events', '[]'), ifnull (NEW.body ->> 'categories', '[]'),
      ifnull (NEW.body ->> 'order', 0), ifnull (NEW.body ->> 'removed', 0), NEW.at, NEW.station,
      NEW.seq)
    ON CONFLICT (id) DO UPDATE SET fr = excluded.fr, zh = excluded.zh, team = excluded.team,
      checkpoints = excluded.checkpoints, events = excluded.events,
      categories = excluded.categories, sort = excluded.sort, removed = excluded.removed,
      at = excluded.at, station = excluded.station, seq = excluded.seq
    WHERE (excluded.at, excluded.station, excluded.seq)
      > (scan_message.at, scan_message.station, scan_message.seq);
END;

-- The last word of each person on each question. It is hers: an erasure takes it
-- (projection-70-desk.sql), and a gate holds only that she has answered (withheld.h).
CREATE TABLE answer (
  reference TEXT    NOT NULL,
  question  TEXT    NOT NULL,
  answer    TEXT    NOT NULL,              -- its code; '' where it is withheld
  volunteer TEXT    NOT NULL,              -- '' for herself, at a screen
  at INTEGER NOT NULL, station TEXT NOT NULL, seq INTEGER NOT NULL,
  PRIMARY KEY (reference, question)
) WITHOUT ROWID;

CREATE TRIGGER feed_answer INSTEAD OF INSERT ON rare_feed
  WHEN NEW.kind = 'answer' AND NEW.body IS NOT NULL
  AND NOT EXISTS (SELECT 1 FROM erasure WHERE reference = NEW.subject AND at > NEW.at)
BEGIN
  INSERT INTO answer (reference, question, answer, volunteer, at, station, seq)
    VALUES (NEW.subject, ifnull (NEW.body ->> 'question', ''), ifnull (NEW.body ->> 'answer', ''),
      ifnull (NEW.body ->> 'volunteer', ''), NEW.at, NEW.station, NEW.seq)
    ON CONFLICT (reference, question) DO UPDATE SET answer = excluded.answer,
      volunteer = excluded.volunteer, at = excluded.at, station = excluded.station,
      seq = excluded.seq
    WHERE (excluded.at, excluded.station, excluded.seq) > (answer.at, answer.station, answer.seq);
END;

-- What people eat: the last that they have said at a door, unless a desk has put it right since;
-- else what the list says. A JSON array.
CREATE VIEW delegate_diet AS
  SELECT d.reference, ifnull (
    (SELECT iif (a.answer = 'none', '[]', json_array (a.answer)) FROM answer a JOIN question q
         ON q.id = a.question AND q.kind = 'diet'
      WHERE a.reference = d.reference AND a.answer <> ''
        AND NOT EXISTS (SELECT 1 FROM correction c WHERE c.reference = d.reference
          AND c.field = 'diet' AND c.at > a.at)
      ORDER BY a.at DESC, a.station DESC, a.seq DESC LIMIT 1), d.diet) AS diet
    FROM delegate d;
