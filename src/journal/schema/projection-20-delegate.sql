-- Delegates, as last registered, and the index that finds them. An erasure empties the
-- bodies of the registrations before it, here and on every replica. search_tokens() is
-- the project's own SQL function over core/tokens.h.
--
-- Two kinds of registrations. A whole one (a list's, a walk-in's) is what is known of the
-- person; of these the last holds. One with `corrected` is a person's, at a desk: it
-- speaks of the fields that it names and no others, and what it says of them lies over
-- every whole one, earlier or later, until it is corrected again or a list's word is taken
-- in its place (`taken`). So neither undoes the other, whichever comes first.

CREATE TABLE delegate (
  number INTEGER PRIMARY KEY,      -- of this replica alone; joins delegate_search
  reference TEXT NOT NULL UNIQUE,
  list TEXT NOT NULL,
  title TEXT NOT NULL,
  family TEXT NOT NULL,
  given TEXT NOT NULL,
  name_zh TEXT NOT NULL,
  function_fr TEXT NOT NULL,
  function_zh TEXT NOT NULL,
  organisation_fr TEXT NOT NULL,
  organisation_zh TEXT NOT NULL,
  category TEXT NOT NULL,
  delegation TEXT NOT NULL,
  country TEXT NOT NULL,
  email TEXT NOT NULL,
  telephone TEXT NOT NULL,
  events TEXT NOT NULL,
  days TEXT NOT NULL,
  workshops TEXT NOT NULL,
  role TEXT NOT NULL,
  meals INTEGER NOT NULL,
  transport INTEGER NOT NULL,
  headset INTEGER NOT NULL,
  hotel TEXT NOT NULL,
  message TEXT NOT NULL,           -- for her alone, at the scan
  rank TEXT NOT NULL,              -- as a list or a person says; '': of the function
  diet TEXT NOT NULL,
  language TEXT NOT NULL,
  code TEXT NOT NULL,
  ribbons TEXT NOT NULL,
  protocol INTEGER NOT NULL,
  revoked INTEGER NOT NULL,
  status TEXT NOT NULL,            -- '' registered, pending: to be confirmed
  said TEXT NOT NULL,              -- where a list last said something else: roster/said.h
  volunteer TEXT NOT NULL,         -- who registered her at a desk; '' for a list
  whole INTEGER NOT NULL,          -- 0: only corrections have arrived here so far
  given_roles TEXT NOT NULL,       -- in sessions, by the event file (projection-22)
  roles TEXT AS (role || iif (role = '' OR given_roles = '', '', '; ') || given_roles),
  -- Of the registration that lies below the corrections.
  at INTEGER NOT NULL, station TEXT NOT NULL, seq INTEGER NOT NULL
);
-- The platforms of sessions: few people, asked for often.
CREATE INDEX delegate_role ON delegate (role) WHERE role <> '';
CREATE INDEX delegate_given_role ON delegate (given_roles) WHERE given_roles <> '';
CREATE INDEX delegate_code ON delegate (code) WHERE code <> '';

-- No sizes of columns: nothing here ranks by them.
CREATE VIRTUAL TABLE delegate_search USING fts5 (tokens, prefix = '1 2', columnsize = 0,
  tokenize = 'ascii');

CREATE TABLE erasure (
  reference TEXT PRIMARY KEY,
  at INTEGER NOT NULL               -- the latest
) WITHOUT ROWID;

-- What persons have put right: the last word on each field.
CREATE TABLE correction (
  reference TEXT NOT NULL,
  field     TEXT NOT NULL,
  value     TEXT,                  -- as JSON; NULL: a list's word was taken in its place
  volunteer TEXT NOT NULL,
  at INTEGER NOT NULL, station TEXT NOT NULL, seq INTEGER NOT NULL,
  PRIMARY KEY (reference, field)
) WITHOUT ROWID;

-- The lists that were ever imported, by name, and of which fields they speak.
CREATE TABLE list (
  name   TEXT PRIMARY KEY,
  fields TEXT NOT NULL,            -- names as in `registration`, a JSON array
  at INTEGER NOT NULL, station TEXT NOT NULL, seq INTEGER NOT NULL
) WITHOUT ROWID;

CREATE TRIGGER feed_list INSTEAD OF INSERT ON rare_feed WHEN NEW.kind = 'list' BEGIN
  INSERT INTO list (name, fields, at, station, seq)
    VALUES (NEW.subject, ifnull (NEW.body ->> 'fields', '[]'), NEW.at, NEW.station, NEW.seq)
    ON CONFLICT (name) DO UPDATE SET fields = excluded.fields, at = excluded.at,
      station = excluded.station, seq = excluded.seq
    WHERE (excluded.at, excluded.station, excluded.seq) > (list.at, list.station, list.seq);
END;

-- The usual one: nobody has corrected anything of this person; or what lies below the
-- corrections (kind 'below'; of one that is a correction itself, no whole one).
-- body_member() is the project's own SQL function (journal/body_member.h).
CREATE TRIGGER registration_listed INSTEAD OF INSERT ON registration_feed
  WHEN NEW.kind = 'below' OR (NEW.body IS NOT NULL
    AND NOT EXISTS (SELECT 1 FROM erasure WHERE reference = NEW.subject AND at > NEW.at)
    AND NOT EXISTS (SELECT 1 FROM correction WHERE reference = NEW.subject)
    AND body_member (NEW.body, 'corrected') IS NULL AND body_member (NEW.body, 'taken') IS NULL)
BEGIN
  INSERT INTO delegate (reference,
      list, title, family, given, name_zh, function_fr, function_zh,
      organisation_fr, organisation_zh, category, delegation, country, email,
      telephone, events, days, workshops, role, meals, transport, headset, hotel, rank, diet,
      language, code, ribbons, protocol, revoked, status, message, said, volunteer, whole,
      given_roles, at, station, seq)
    VALUES (NEW.subject,
      ifnull (body_member (NEW.body, 'list'), ''),
      ifnull (body_member (NEW.body, 'title'), ''),
      ifnull (body_member (NEW.body, 'family'), ''),
      ifnull (body_member (NEW.body, 'given'), ''),
      ifnull (body_member (NEW.body, 'name_zh'), ''),
      ifnull (body_member (NEW.body, 'function_fr'), ''),
      ifnull (body_member (NEW.body, 'function_zh'), ''),
      ifnull (body_member (NEW.body, 'organisation_fr'), ''),
      ifnull (body_member (NEW.body, 'organisation_zh'), ''),
      ifnull (body_member (NEW.body, 'category'), ''),
      ifnull (body_member (NEW.body, 'delegation'), ''),
      ifnull (body_member (NEW.body, 'country'), ''),
      ifnull (body_member (NEW.body, 'email'), ''),
      ifnull (body_member (NEW.body, 'telephone'), ''),
      ifnull (body_member (NEW.body, 'events'), '[]'),
      ifnull (body_member (NEW.body, 'days'), '[]'),
      ifnull (body_member (NEW.body, 'workshops'), '[]'),
      ifnull (body_member (NEW.body, 'role'), ''),
      ifnull (body_member (NEW.body, 'meals'), 0),
      ifnull (body_member (NEW.body, 'transport'), 0),
      ifnull (body_member (NEW.body, 'headset'), 0),
      ifnull (body_member (NEW.body, 'hotel'), ''),
      ifnull (body_member (NEW.body, 'rank'), ''),
      ifnull (body_member (NEW.body, 'diet'), '[]'),
      ifnull (body_member (NEW.body, 'language'), ''),
      ifnull (body_member (NEW.body, 'code'), ''),
      ifnull (body_member (NEW.body, 'ribbons'), '[]'),
      ifnull (body_member (NEW.body, 'protocol'), 0),
      ifnull (body_member (NEW.body, 'revoked'), 0),
      ifnull (body_member (NEW.body, 'status'), ''),
      ifnull (body_member (NEW.body, 'message'), ''),
      ifnull (body_member (NEW.body, 'said'), ''),
      ifnull (body_member (NEW.body, 'volunteer'), ''),
      NEW.kind <> 'below' OR body_member (NEW.body, 'corrected') IS NULL,
      ifnull ((SELECT roles FROM given_role WHERE reference = NEW.subject), ''),
      NEW.at, NEW.station, NEW.seq)
    ON CONFLICT (reference) DO UPDATE SET
      list = excluded.list, title = excluded.title, family = excluded.family,
      given = excluded.given, name_zh = excluded.name_zh, function_fr =
      excluded.function_fr, function_zh = excluded.function_zh, organisation_fr
      = excluded.organisation_fr, organisation_zh = excluded.organisation_zh,
      category = excluded.category, delegation = excluded.delegation, country =
      excluded.country, email = excluded.email, telephone = excluded.telephone,
      events = excluded.events, days = excluded.days, workshops = excluded.workshops,
      role = excluded.role, meals
      = excluded.meals, transport = excluded.transport, headset =
      excluded.headset, hotel = excluded.hotel, rank = excluded.rank, diet = excluded.diet,
      language = excluded.language,
      code = excluded.code, ribbons = excluded.ribbons, protocol =
      excluded.protocol, revoked = excluded.revoked, status = excluded.status,
      message = excluded.message, said = excluded.said, volunteer = excluded.volunteer, whole =
      excluded.whole, at = excluded.at, station = excluded.station, seq =
      excluded.seq
    WHERE (excluded.whole, excluded.at, excluded.station, excluded.seq)
      > (delegate.whole, delegate.at, delegate.station, delegate.seq);
END;

-- With corrections: they are noted, then laid over the registration that lies below.
-- In a feed of their own: so much room is cleared for each trigger that a registration passes
-- as it needs where it applies.
CREATE VIEW corrected_feed AS SELECT station, seq, at, kind, subject, body FROM fact;

CREATE TRIGGER registration_corrected INSTEAD OF INSERT ON registration_feed
  WHEN NEW.kind <> 'below' AND NEW.body IS NOT NULL
    AND NOT EXISTS (SELECT 1 FROM erasure WHERE reference = NEW.subject AND at > NEW.at)
    AND (EXISTS (SELECT 1 FROM correction WHERE reference = NEW.subject)
         OR body_member (NEW.body, 'corrected') IS NOT NULL
         OR body_member (NEW.body, 'taken') IS NOT NULL)
BEGIN
  INSERT INTO corrected_feed (station, seq, at, kind, subject, body)
    VALUES (NEW.station, NEW.seq, NEW.at, NEW.kind, NEW.subject, NEW.body);
END;

CREATE TRIGGER correction_laid INSTEAD OF INSERT ON corrected_feed BEGIN
  INSERT INTO correction (reference, field, value, volunteer, at, station, seq)
    SELECT NEW.subject, c.value,
           iif (c.taken, NULL, ifnull (NEW.body -> ('$."' || c.value || '"'), 'null')),
           iif (c.taken, '', ifnull (body_member (NEW.body, 'volunteer'), '')),
           NEW.at, NEW.station, NEW.seq
      FROM (SELECT value, 0 AS taken FROM json_each (NEW.body, '$.corrected')
            UNION ALL SELECT value, 1 FROM json_each (NEW.body, '$.taken')) c
     WHERE c.value IN ('title', 'family', 'given', 'name_zh', 'function_fr', 'function_zh',
         'organisation_fr', 'organisation_zh', 'category', 'delegation',
         'country', 'email', 'telephone', 'events', 'days', 'workshops', 'role', 'meals',
         'transport', 'headset', 'hotel', 'rank', 'diet', 'language', 'code', 'ribbons',
         'protocol', 'revoked', 'status', 'message')
    ON CONFLICT (reference, field) DO UPDATE SET value = excluded.value,
      volunteer = excluded.volunteer, at = excluded.at, station = excluded.station,
      seq = excluded.seq
    WHERE (excluded.at, excluded.station, excluded.seq)
      > (correction.at, correction.station, correction.seq);
  INSERT INTO registration_feed (station, seq, at, kind, subject, body)
    VALUES (NEW.station, NEW.seq, NEW.at, 'below', NEW.subject, NEW.body);
  UPDATE delegate SET (list, title, family, given, name_zh, function_fr, function_zh,
      organisation_fr, organisation_zh, category, delegation, country, email,
      telephone, events, days, workshops, role, meals, transport, headset, hotel, rank, diet,
      language, code, ribbons, protocol, revoked, status, message) =
    (SELECT ifnull (b ->> 'list', ''), ifnull (b ->> 'title', ''), ifnull (b ->>
            'family', ''), ifnull (b ->> 'given', ''), ifnull (b ->> 'name_zh',
            ''), ifnull (b ->> 'function_fr', ''), ifnull (b ->> 'function_zh',
            ''), ifnull (b ->> 'organisation_fr', ''), ifnull (b ->>
            'organisation_zh', ''), ifnull (b ->> 'category', ''), ifnull (b ->>
            'delegation', ''), ifnull (b ->> 'country', ''), ifnull (b ->>
            'email', ''), ifnull (b ->> 'telephone', ''), ifnull (b ->> 'events', '[]'),
            ifnull (b ->> 'days',
            '[]'), ifnull (b ->> 'workshops', '[]'), ifnull (b ->> 'role', ''),
            ifnull (b ->> 'meals', 0), ifnull (b ->> 'transport', 0), ifnull (b
            ->> 'headset', 0), ifnull (b ->> 'hotel', ''),
            ifnull (b ->> 'rank', ''), ifnull (b ->> 'diet', '[]'), ifnull (b ->>
            'language', ''), ifnull (b ->> 'code', ''), ifnull (b ->> 'ribbons',
            '[]'), ifnull (b ->> 'protocol', 0), ifnull (b ->> 'revoked', 0),
            ifnull (b ->> 'status', ''), ifnull (b ->> 'message', '')
       FROM (SELECT json_patch (f.body,
                      (SELECT json_group_object (c.field, json (c.value)) FROM correction c
                        WHERE c.reference = NEW.subject AND c.value IS NOT NULL)) AS b
               FROM fact f WHERE f.station = delegate.station AND f.seq = delegate.seq))
   WHERE reference = NEW.subject;
END;

-- Whose tokens are due. FTS5 writes what it has gathered at the end of each statement
-- that has a savepoint, as every fact with its triggers has: indexing delegates one by
-- one doubles the time of an import. So the index is brought up once, before the commit
-- (`settle`).
CREATE TABLE delegate_unindexed (number INTEGER PRIMARY KEY);

CREATE TRIGGER delegate_found AFTER INSERT ON delegate BEGIN
  INSERT INTO delegate_unindexed (number) VALUES (NEW.number) ON CONFLICT DO NOTHING;
END;

CREATE TRIGGER delegate_found_again AFTER UPDATE ON delegate BEGIN
  INSERT INTO delegate_unindexed (number) VALUES (NEW.number) ON CONFLICT DO NOTHING;
END;

CREATE TRIGGER delegate_lost AFTER DELETE ON delegate BEGIN
  DELETE FROM delegate_unindexed WHERE number = OLD.number;
  DELETE FROM delegate_search WHERE rowid = OLD.number;
END;

-- By which people are found.
CREATE VIEW delegate_texts AS
  SELECT number, reference, family, given, name_zh, organisation_fr, organisation_zh, email,
         iif (telephone = '', '', 'tel:' || telephone) AS telephone
    FROM delegate;

-- Also made beside a long transaction, by journal/search_builder.h.
CREATE TRIGGER settle_search INSTEAD OF INSERT ON settle
  WHEN EXISTS (SELECT 1 FROM delegate_unindexed)
BEGIN
  INSERT OR REPLACE INTO delegate_search (rowid, tokens)
    SELECT number, search_tokens (reference, family, given, name_zh, organisation_fr,
      organisation_zh, email, telephone) FROM delegate_texts
     WHERE number IN (SELECT number FROM delegate_unindexed);
  -- A whole list leaves the index in some eight parts, each of which every search looks
  -- through: made one, near names are found in a third of the time. Only where much is new:
  -- it writes the whole index.
  INSERT INTO delegate_search (delegate_search)
    SELECT 'optimize' FROM (SELECT count (*) AS new FROM delegate_unindexed)
     WHERE new >= 1000 AND new * 4 >= (SELECT count (*) FROM delegate);
  DELETE FROM delegate_unindexed;
END;

-- The same for one that arrives after its erasure, and for one that is kept apart: what a
-- person has asked to be forgotten is forgotten, whoever wrote it.
CREATE TRIGGER fact_erased AFTER INSERT ON fact WHEN NEW.kind = 'registration' AND NEW.body IS
  NOT NULL
  AND EXISTS (SELECT 1 FROM erasure e WHERE e.reference = NEW.subject AND e.at >
    min (NEW.at, ifnull ((SELECT min (b.at) FROM clock_bound b WHERE b.station = NEW.station
      AND b.seq >= NEW.seq), NEW.at)))
BEGIN
  UPDATE fact SET body = NULL WHERE station = NEW.station AND seq = NEW.seq;
END;

-- Without its body nobody can say any more that it had not its form; what its writer's role
-- was is known still.
CREATE TRIGGER apart_erased AFTER UPDATE OF body ON fact WHEN NEW.body IS NULL BEGIN
  DELETE FROM apart WHERE station = NEW.station AND seq = NEW.seq AND (why = 'bounds' OR (why
    LIKE 'form:%' AND why <> 'form:subject'));
END;

CREATE TRIGGER feed_erasure INSTEAD OF INSERT ON rare_feed WHEN NEW.kind = 'erasure' BEGIN
  INSERT INTO erasure (reference, at) VALUES (NEW.subject, NEW.at)
    ON CONFLICT (reference) DO UPDATE SET at = max (at, excluded.at);
  UPDATE fact SET body = NULL WHERE subject = NEW.subject AND kind = 'registration'
    AND kind <> 'passage' AND body IS NOT NULL
    AND min (at, ifnull ((SELECT min (b.at) FROM clock_bound b WHERE b.station = fact.station
      AND b.seq >= fact.seq), at)) < NEW.at;
  DELETE FROM correction WHERE reference = NEW.subject AND at < NEW.at;
  -- What was registered after it holds, whatever lay above it.
  DELETE FROM delegate WHERE reference = NEW.subject;
  INSERT INTO registration_feed (station, seq, at, kind, subject, body)
    SELECT f.station, f.seq, min (f.at, ifnull ((SELECT min (b.at) FROM clock_bound b
        WHERE b.station = f.station AND b.seq >= f.seq), f.at)), f.kind, f.subject, f.body
      FROM fact f WHERE f.subject = NEW.subject AND f.kind = 'registration' AND f.kind <> 'passage'
       AND f.body IS NOT NULL AND NOT EXISTS (
         SELECT 1 FROM apart a WHERE a.station = f.station AND a.seq = f.seq);
END;
