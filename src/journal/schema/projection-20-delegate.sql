-- Delegates, as last registered, and the index that finds them. An erasure empties the
-- bodies of the registrations before it, here and on every replica. search_tokens() is
-- the project's own SQL function over core/tokens.h.

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
  events TEXT NOT NULL,
  days TEXT NOT NULL,
  workshops TEXT NOT NULL,
  role TEXT NOT NULL,
  meals INTEGER NOT NULL,
  transport INTEGER NOT NULL,
  headset INTEGER NOT NULL,
  hotel TEXT NOT NULL,
  language TEXT NOT NULL,
  code TEXT NOT NULL,
  ribbons TEXT NOT NULL,
  protocol INTEGER NOT NULL,
  revoked INTEGER NOT NULL,
  at INTEGER NOT NULL, station TEXT NOT NULL, seq INTEGER NOT NULL
);
CREATE INDEX delegate_code ON delegate (code) WHERE code <> '';

CREATE VIRTUAL TABLE delegate_search USING fts5 (tokens, prefix = '1 2 3',
  tokenize = 'unicode61 remove_diacritics 0');

CREATE TABLE erasure (
  reference TEXT PRIMARY KEY,
  at INTEGER NOT NULL               -- the latest
) WITHOUT ROWID;

CREATE TRIGGER feed_registration INSTEAD OF INSERT ON feed
  WHEN NEW.kind = 'registration' AND NEW.body IS NOT NULL
    AND NOT EXISTS (SELECT 1 FROM erasure WHERE reference = NEW.subject AND at > NEW.at)
BEGIN
  INSERT INTO delegate (reference, list, title, family, given, name_zh, function_fr, function_zh,
    organisation_fr, organisation_zh, category, delegation, country, email, events, days, workshops,
    role, meals, transport, headset, hotel, language, code, ribbons, protocol, revoked, at, station,
    seq)
    VALUES (NEW.subject, ifnull (NEW.body ->> 'list', ''),
      ifnull (NEW.body ->> 'title', ''),
      ifnull (NEW.body ->> 'family', ''),
      ifnull (NEW.body ->> 'given', ''),
      ifnull (NEW.body ->> 'name_zh', ''),
      ifnull (NEW.body ->> 'function_fr', ''),
      ifnull (NEW.body ->> 'function_zh', ''),
      ifnull (NEW.body ->> 'organisation_fr', ''),
      ifnull (NEW.body ->> 'organisation_zh', ''),
      ifnull (NEW.body ->> 'category', ''),
      ifnull (NEW.body ->> 'delegation', ''),
      ifnull (NEW.body ->> 'country', ''),
      ifnull (NEW.body ->> 'email', ''),
      ifnull (NEW.body ->> 'events', '[]'),
      ifnull (NEW.body ->> 'days', '[]'),
      ifnull (NEW.body ->> 'workshops', '[]'),
      ifnull (NEW.body ->> 'role', ''),
      ifnull (NEW.body ->> 'meals', 0),
      ifnull (NEW.body ->> 'transport', 0),
      ifnull (NEW.body ->> 'headset', 0),
      ifnull (NEW.body ->> 'hotel', ''),
      ifnull (NEW.body ->> 'language', ''),
      ifnull (NEW.body ->> 'code', ''),
      ifnull (NEW.body ->> 'ribbons', '[]'),
      ifnull (NEW.body ->> 'protocol', 0),
      ifnull (NEW.body ->> 'revoked', 0),
      NEW.at, NEW.station, NEW.seq)
    ON CONFLICT (reference) DO UPDATE SET
      list = excluded.list, title = excluded.title, family = excluded.family,
        given = excluded.given, name_zh = excluded.name_zh, function_fr = excluded.function_fr,
        function_zh = excluded.function_zh, organisation_fr = excluded.organisation_fr,
        organisation_zh = excluded.organisation_zh, category = excluded.category,
        delegation = excluded.delegation, country = excluded.country, email = excluded.email,
        events = excluded.events, days = excluded.days, workshops = excluded.workshops,
        role = excluded.role, meals = excluded.meals, transport = excluded.transport,
        headset = excluded.headset, hotel = excluded.hotel, language = excluded.language,
        code = excluded.code, ribbons = excluded.ribbons, protocol = excluded.protocol,
        revoked = excluded.revoked,
      at = excluded.at, station = excluded.station, seq = excluded.seq
    WHERE (excluded.at, excluded.station, excluded.seq)
      > (delegate.at, delegate.station, delegate.seq);
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

CREATE TRIGGER settle_search INSTEAD OF INSERT ON settle
  WHEN EXISTS (SELECT 1 FROM delegate_unindexed)
BEGIN
  INSERT OR REPLACE INTO delegate_search (rowid, tokens)
    SELECT number, search_tokens (reference, family, given, name_zh, organisation_fr,
      organisation_zh) FROM delegate
     WHERE number IN (SELECT number FROM delegate_unindexed);
  DELETE FROM delegate_unindexed;
END;

CREATE TRIGGER feed_registration_erased INSTEAD OF INSERT ON feed
  WHEN NEW.kind = 'registration' AND NEW.body IS NOT NULL
    AND EXISTS (SELECT 1 FROM erasure WHERE reference = NEW.subject AND at > NEW.at)
BEGIN
  UPDATE fact SET body = NULL WHERE station = NEW.station AND seq = NEW.seq;
END;

CREATE TRIGGER feed_erasure INSTEAD OF INSERT ON feed WHEN NEW.kind = 'erasure' BEGIN
  INSERT INTO erasure (reference, at) VALUES (NEW.subject, NEW.at)
    ON CONFLICT (reference) DO UPDATE SET at = max (at, excluded.at);
  UPDATE fact SET body = NULL WHERE subject = NEW.subject AND kind = 'registration'
    AND body IS NOT NULL AND at < NEW.at;
  DELETE FROM delegate WHERE reference = NEW.subject AND at < NEW.at;
END;
