-- Definitions, from the event file: each row is the last word on its id. `removed` marks
-- what the event file no longer has. Lists (days, themes, opens, …) are JSON texts.

CREATE TABLE congress (
  id TEXT PRIMARY KEY,
  fr TEXT    NOT NULL DEFAULT '',
  zh TEXT    NOT NULL DEFAULT '',
  place_fr TEXT    NOT NULL DEFAULT '',
  place_zh TEXT    NOT NULL DEFAULT '',
  timezone TEXT    NOT NULL DEFAULT '',
  days TEXT    NOT NULL DEFAULT '[]',
  walks TEXT    NOT NULL DEFAULT '[]',
  retention TEXT NOT NULL DEFAULT '',
  contact TEXT NOT NULL DEFAULT '',
  reach_fr TEXT NOT NULL DEFAULT '',
  reach_zh TEXT NOT NULL DEFAULT '',
  removed INTEGER NOT NULL,
  at INTEGER NOT NULL, station TEXT NOT NULL, seq INTEGER NOT NULL
) WITHOUT ROWID;

CREATE TRIGGER feed_congress INSTEAD OF INSERT ON rare_feed
  WHEN NEW.kind = 'congress' AND NEW.body IS NOT NULL
BEGIN
  INSERT INTO congress (id, fr, zh, place_fr, place_zh, timezone, days, walks, retention, contact,
    reach_fr, reach_zh, removed, at, station, seq)
    VALUES (NEW.subject, ifnull (NEW.body ->> 'fr', ''),
      ifnull (NEW.body ->> 'zh', ''),
      ifnull (NEW.body ->> 'place_fr', ''),
      ifnull (NEW.body ->> 'place_zh', ''),
      ifnull (NEW.body ->> 'timezone', ''),
      ifnull (NEW.body ->> 'days', '[]'),
      ifnull (NEW.body ->> 'walks', '[]'),
      ifnull (NEW.body ->> 'retention', ''),
      ifnull (NEW.body ->> 'contact', ''),
      ifnull (NEW.body ->> 'reach_fr', ''),
      ifnull (NEW.body ->> 'reach_zh', ''),
      ifnull (NEW.body ->> 'removed', 0), NEW.at, NEW.station, NEW.seq)
    ON CONFLICT (id) DO UPDATE SET
      fr = excluded.fr, zh = excluded.zh, place_fr = excluded.place_fr,
        place_zh = excluded.place_zh, timezone = excluded.timezone, days = excluded.days,
        walks = excluded.walks, retention = excluded.retention, contact = excluded.contact,
        reach_fr = excluded.reach_fr, reach_zh = excluded.reach_zh,
      removed = excluded.removed, at = excluded.at, station = excluded.station, seq = excluded.seq
    WHERE (excluded.at, excluded.station, excluded.seq)
      > (congress.at, congress.station, congress.seq);
END;

CREATE TABLE event (
  id TEXT PRIMARY KEY,
  fr TEXT    NOT NULL DEFAULT '',
  zh TEXT    NOT NULL DEFAULT '',
  also TEXT    NOT NULL DEFAULT '[]',
  sort INTEGER NOT NULL DEFAULT 0,
  days TEXT    NOT NULL DEFAULT '[]',
  removed INTEGER NOT NULL,
  at INTEGER NOT NULL, station TEXT NOT NULL, seq INTEGER NOT NULL
) WITHOUT ROWID;

CREATE TRIGGER feed_event INSTEAD OF INSERT ON rare_feed
  WHEN NEW.kind = 'event' AND NEW.body IS NOT NULL
BEGIN
  INSERT INTO event (id, fr, zh, also, sort, days, removed, at, station, seq)
    VALUES (NEW.subject, ifnull (NEW.body ->> 'fr', ''),
      ifnull (NEW.body ->> 'zh', ''),
      ifnull (NEW.body ->> 'also', '[]'),
      ifnull (NEW.body ->> 'order', 0),
      ifnull (NEW.body ->> 'days', '[]'),
      ifnull (NEW.body ->> 'removed', 0), NEW.at, NEW.station, NEW.seq)
    ON CONFLICT (id) DO UPDATE SET
      fr = excluded.fr, zh = excluded.zh, also = excluded.also, sort = excluded.sort,
      days = excluded.days,
      removed = excluded.removed, at = excluded.at, station = excluded.station, seq = excluded.seq
    WHERE (excluded.at, excluded.station, excluded.seq) > (event.at, event.station, event.seq);
END;

CREATE TABLE category (
  id TEXT PRIMARY KEY,
  fr TEXT    NOT NULL DEFAULT '',
  zh TEXT    NOT NULL DEFAULT '',
  fr_f TEXT    NOT NULL DEFAULT '',
  fr_n TEXT    NOT NULL DEFAULT '',
  also TEXT    NOT NULL DEFAULT '[]',
  colour TEXT    NOT NULL DEFAULT '',
  sort INTEGER NOT NULL DEFAULT 0,
  removed INTEGER NOT NULL,
  at INTEGER NOT NULL, station TEXT NOT NULL, seq INTEGER NOT NULL
) WITHOUT ROWID;

CREATE TRIGGER feed_category INSTEAD OF INSERT ON rare_feed
  WHEN NEW.kind = 'category' AND NEW.body IS NOT NULL
BEGIN
  INSERT INTO category (id, fr, zh, fr_f, fr_n, also, colour, sort, removed, at, station, seq)
    VALUES (NEW.subject, ifnull (NEW.body ->> 'fr', ''),
      ifnull (NEW.body ->> 'zh', ''),
      ifnull (NEW.body ->> 'fr_f', ''),
      ifnull (NEW.body ->> 'fr_n', ''),
      ifnull (NEW.body ->> 'also', '[]'),
      ifnull (NEW.body ->> 'colour', ''),
      ifnull (NEW.body ->> 'order', 0),
      ifnull (NEW.body ->> 'removed', 0), NEW.at, NEW.station, NEW.seq)
    ON CONFLICT (id) DO UPDATE SET
      fr = excluded.fr, zh = excluded.zh, fr_f = excluded.fr_f, fr_n = excluded.fr_n,
      also = excluded.also, colour = excluded.colour, sort = excluded.sort,
      removed = excluded.removed, at = excluded.at, station = excluded.station, seq = excluded.seq
    WHERE (excluded.at, excluded.station, excluded.seq)
      > (category.at, category.station, category.seq);
END;

-- `words` are those of a person's function that mean it (congress/rank.h).
CREATE TABLE rank (
  id TEXT PRIMARY KEY,
  fr TEXT    NOT NULL DEFAULT '',
  zh TEXT    NOT NULL DEFAULT '',
  words TEXT    NOT NULL DEFAULT '[]',
  sort INTEGER NOT NULL DEFAULT 0,
  removed INTEGER NOT NULL,
  at INTEGER NOT NULL, station TEXT NOT NULL, seq INTEGER NOT NULL
) WITHOUT ROWID;

CREATE TRIGGER feed_rank INSTEAD OF INSERT ON rare_feed
  WHEN NEW.kind = 'rank' AND NEW.body IS NOT NULL
BEGIN
  INSERT INTO rank (id, fr, zh, words, sort, removed, at, station, seq)
    VALUES (NEW.subject, ifnull (NEW.body ->> 'fr', ''),
      ifnull (NEW.body ->> 'zh', ''),
      ifnull (NEW.body ->> 'words', '[]'),
      ifnull (NEW.body ->> 'order', 0),
      ifnull (NEW.body ->> 'removed', 0), NEW.at, NEW.station, NEW.seq)
    ON CONFLICT (id) DO UPDATE SET
      fr = excluded.fr, zh = excluded.zh, words = excluded.words, sort = excluded.sort,
      removed = excluded.removed, at = excluded.at, station = excluded.station, seq = excluded.seq
    WHERE (excluded.at, excluded.station, excluded.seq) > (rank.at, rank.station, rank.seq);
END;

-- Of organisers and partners: `picture` is the SVG or PNG in base64 (congress/logo.h).
CREATE TABLE logo (
  id TEXT PRIMARY KEY,
  fr TEXT    NOT NULL DEFAULT '',
  zh TEXT    NOT NULL DEFAULT '',
  event TEXT    NOT NULL DEFAULT '',
  type TEXT    NOT NULL DEFAULT '',
  picture TEXT    NOT NULL DEFAULT '',
  sort INTEGER NOT NULL DEFAULT 0,
  removed INTEGER NOT NULL,
  at INTEGER NOT NULL, station TEXT NOT NULL, seq INTEGER NOT NULL
) WITHOUT ROWID;

CREATE TRIGGER feed_logo INSTEAD OF INSERT ON rare_feed
  WHEN NEW.kind = 'logo' AND NEW.body IS NOT NULL
BEGIN
  INSERT INTO logo (id, fr, zh, event, type, picture, sort, removed, at, station, seq)
    VALUES (NEW.subject, ifnull (NEW.body ->> 'fr', ''), ifnull (NEW.body ->> 'zh', ''),
      ifnull (NEW.body ->> 'event', ''), ifnull (NEW.body ->> 'type', ''),
      ifnull (NEW.body ->> 'picture', ''), ifnull (NEW.body ->> 'order', 0),
      ifnull (NEW.body ->> 'removed', 0), NEW.at, NEW.station, NEW.seq)
    ON CONFLICT (id) DO UPDATE SET
      fr = excluded.fr, zh = excluded.zh, event = excluded.event, type = excluded.type,
      picture = excluded.picture, sort = excluded.sort, removed = excluded.removed,
      at = excluded.at, station = excluded.station, seq = excluded.seq
    WHERE (excluded.at, excluded.station, excluded.seq) > (logo.at, logo.station, logo.seq);
END;

-- What must be done before the congress, and by when (congress/agenda.h).
CREATE TABLE deadline (
  id TEXT PRIMARY KEY,
  fr TEXT    NOT NULL DEFAULT '',
  zh TEXT    NOT NULL DEFAULT '',
  by_fr TEXT    NOT NULL DEFAULT '',
  by_zh TEXT    NOT NULL DEFAULT '',
  due TEXT    NOT NULL DEFAULT '',
  done TEXT    NOT NULL DEFAULT '',
  sort INTEGER NOT NULL DEFAULT 0,
  removed INTEGER NOT NULL,
  at INTEGER NOT NULL, station TEXT NOT NULL, seq INTEGER NOT NULL
) WITHOUT ROWID;

CREATE TRIGGER feed_deadline INSTEAD OF INSERT ON rare_feed
  WHEN NEW.kind = 'deadline' AND NEW.body IS NOT NULL
BEGIN
  INSERT INTO deadline (id, fr, zh, by_fr, by_zh, due, done, sort, removed, at, station, seq)
    VALUES (NEW.subject, ifnull (NEW.body ->> 'fr', ''), ifnull (NEW.body ->> 'zh', ''),
      ifnull (NEW.body ->> 'by_fr', ''), ifnull (NEW.body ->> 'by_zh', ''),
      ifnull (NEW.body ->> 'due', ''), ifnull (NEW.body ->> 'done', ''),
      ifnull (NEW.body ->> 'order', 0), ifnull (NEW.body ->> 'removed', 0), NEW.at, NEW.station,
      NEW.seq)
    ON CONFLICT (id) DO UPDATE SET
      fr = excluded.fr, zh = excluded.zh, by_fr = excluded.by_fr, by_zh = excluded.by_zh,
      due = excluded.due, done = excluded.done, sort = excluded.sort,
      removed = excluded.removed, at = excluded.at, station = excluded.station, seq = excluded.seq
    WHERE (excluded.at, excluded.station, excluded.seq)
      > (deadline.at, deadline.station, deadline.seq);
END;

CREATE TABLE delegation (
  id TEXT PRIMARY KEY,
  fr TEXT    NOT NULL DEFAULT '',
  zh TEXT    NOT NULL DEFAULT '',
  country TEXT    NOT NULL DEFAULT '',
  removed INTEGER NOT NULL,
  at INTEGER NOT NULL, station TEXT NOT NULL, seq INTEGER NOT NULL
) WITHOUT ROWID;

CREATE TRIGGER feed_delegation INSTEAD OF INSERT ON rare_feed
  WHEN NEW.kind = 'delegation' AND NEW.body IS NOT NULL
BEGIN
  INSERT INTO delegation (id, fr, zh, country, removed, at, station, seq)
    VALUES (NEW.subject, ifnull (NEW.body ->> 'fr', ''),
      ifnull (NEW.body ->> 'zh', ''),
      ifnull (NEW.body ->> 'country', ''),
      ifnull (NEW.body ->> 'removed', 0), NEW.at, NEW.station, NEW.seq)
    ON CONFLICT (id) DO UPDATE SET
      fr = excluded.fr, zh = excluded.zh, country = excluded.country,
      removed = excluded.removed, at = excluded.at, station = excluded.station, seq = excluded.seq
    WHERE (excluded.at, excluded.station, excluded.seq)
      > (delegation.at, delegation.station, delegation.seq);
END;

CREATE TABLE session (
  id TEXT PRIMARY KEY,
  event TEXT    NOT NULL DEFAULT '',
  day TEXT    NOT NULL DEFAULT '',
  opens TEXT    NOT NULL DEFAULT '',
  closes TEXT    NOT NULL DEFAULT '',
  room TEXT    NOT NULL DEFAULT '',
  fr TEXT    NOT NULL DEFAULT '',
  zh TEXT    NOT NULL DEFAULT '',
  capacity INTEGER NOT NULL DEFAULT 0,
  themes TEXT    NOT NULL DEFAULT '[]',
  roles TEXT    NOT NULL DEFAULT '[]',      -- {reference, role, theme}: projection-22
  removed INTEGER NOT NULL,
  at INTEGER NOT NULL, station TEXT NOT NULL, seq INTEGER NOT NULL
) WITHOUT ROWID;

CREATE TRIGGER feed_session INSTEAD OF INSERT ON rare_feed
  WHEN NEW.kind = 'session' AND NEW.body IS NOT NULL
BEGIN
  INSERT INTO session (id, event, day, opens, closes, room, fr, zh, capacity, themes, roles,
    removed, at, station, seq)
    VALUES (NEW.subject, ifnull (NEW.body ->> 'event', ''),
      ifnull (NEW.body ->> 'day', ''),
      ifnull (NEW.body ->> 'from', ''),
      ifnull (NEW.body ->> 'to', ''),
      ifnull (NEW.body ->> 'room', ''),
      ifnull (NEW.body ->> 'fr', ''),
      ifnull (NEW.body ->> 'zh', ''),
      ifnull (NEW.body ->> 'capacity', 0),
      ifnull (NEW.body ->> 'themes', '[]'), ifnull (NEW.body ->> 'roles', '[]'),
      ifnull (NEW.body ->> 'removed', 0), NEW.at, NEW.station, NEW.seq)
    ON CONFLICT (id) DO UPDATE SET
      event = excluded.event, day = excluded.day, opens = excluded.opens, closes = excluded.closes,
        room = excluded.room, fr = excluded.fr, zh = excluded.zh, capacity = excluded.capacity,
        themes = excluded.themes, roles = excluded.roles,
      removed = excluded.removed, at = excluded.at, station = excluded.station, seq = excluded.seq
    WHERE (excluded.at, excluded.station, excluded.seq)
      > (session.at, session.station, session.seq);
END;

CREATE TABLE checkpoint (
  id TEXT PRIMARY KEY,
  kind TEXT    NOT NULL DEFAULT '',
  event TEXT    NOT NULL DEFAULT '',
  session TEXT    NOT NULL DEFAULT '',
  fr TEXT    NOT NULL DEFAULT '',
  zh TEXT    NOT NULL DEFAULT '',
  once TEXT    NOT NULL DEFAULT '',
  direction TEXT    NOT NULL DEFAULT '',
  place TEXT    NOT NULL DEFAULT '',
  entitlement TEXT    NOT NULL DEFAULT '',
  badge INTEGER NOT NULL DEFAULT 0,
  capacity INTEGER NOT NULL DEFAULT 0,
  events TEXT    NOT NULL DEFAULT '[]',
  categories TEXT    NOT NULL DEFAULT '[]',
  opens TEXT    NOT NULL DEFAULT '[]',
  any_events TEXT    NOT NULL DEFAULT '[]',
  doors TEXT    NOT NULL DEFAULT '',
  most INTEGER NOT NULL DEFAULT 0,          -- ways in
  days_limit INTEGER NOT NULL DEFAULT 0,
  wait INTEGER NOT NULL DEFAULT 0,          -- minutes
  empties INTEGER NOT NULL DEFAULT 0,
  channels TEXT    NOT NULL DEFAULT '[]',   -- "zh:2", of headsets
  several INTEGER NOT NULL DEFAULT 0,       -- headsets to one person
  trusts INTEGER NOT NULL DEFAULT 0,        -- true codes of who is not on the list here
  of_groups TEXT NOT NULL DEFAULT '[]',     -- working groups that it lets in
  removed INTEGER NOT NULL,
  at INTEGER NOT NULL, station TEXT NOT NULL, seq INTEGER NOT NULL
) WITHOUT ROWID;

CREATE TRIGGER feed_checkpoint INSTEAD OF INSERT ON rare_feed
  WHEN NEW.kind = 'checkpoint' AND NEW.body IS NOT NULL
BEGIN
  INSERT INTO checkpoint (id, kind, event, session, fr, zh, once, direction, place, entitlement,
    badge, capacity, events, categories, opens, any_events, doors, most, days_limit, wait, empties,
    channels, several, trusts, of_groups, removed, at, station, seq)
    VALUES (NEW.subject, ifnull (NEW.body ->> 'kind', ''),
      ifnull (NEW.body ->> 'event', ''),
      ifnull (NEW.body ->> 'session', ''),
      ifnull (NEW.body ->> 'fr', ''),
      ifnull (NEW.body ->> 'zh', ''),
      ifnull (NEW.body ->> 'once', ''),
      ifnull (NEW.body ->> 'direction', ''),
      ifnull (NEW.body ->> 'place', ''),
      ifnull (NEW.body ->> 'entitlement', ''),
      ifnull (NEW.body ->> 'badge', 0),
      ifnull (NEW.body ->> 'capacity', 0),
      ifnull (NEW.body ->> 'events', '[]'),
      ifnull (NEW.body ->> 'categories', '[]'),
      ifnull (NEW.body ->> 'opens', '[]'),
      ifnull (NEW.body ->> 'any', '[]'),
      ifnull (NEW.body ->> 'doors', ''),
      ifnull (NEW.body ->> 'limit', 0),
      ifnull (NEW.body ->> 'days', 0),
      ifnull (NEW.body ->> 'wait', 0),
      ifnull (NEW.body ->> 'empties', 0),
      ifnull (NEW.body ->> 'channels', '[]'),
      ifnull (NEW.body ->> 'several', 0), ifnull (NEW.body ->> 'trusts', 0),
      ifnull (NEW.body ->> 'groups', '[]'),
      ifnull (NEW.body ->> 'removed', 0), NEW.at, NEW.station, NEW.seq)
    ON CONFLICT (id) DO UPDATE SET
      kind = excluded.kind, event = excluded.event, session = excluded.session, fr = excluded.fr,
        zh = excluded.zh, once = excluded.once, direction = excluded.direction,
        place = excluded.place,
        entitlement = excluded.entitlement, badge = excluded.badge, capacity = excluded.capacity,
        events = excluded.events, categories = excluded.categories, opens = excluded.opens,
        any_events = excluded.any_events, doors = excluded.doors, most = excluded.most,
        days_limit = excluded.days_limit, wait = excluded.wait, empties = excluded.empties,
        channels = excluded.channels, several = excluded.several, trusts = excluded.trusts,
        of_groups = excluded.of_groups,
      removed = excluded.removed, at = excluded.at, station = excluded.station, seq = excluded.seq
    WHERE (excluded.at, excluded.station, excluded.seq)
      > (checkpoint.at, checkpoint.station, checkpoint.seq);
END;
