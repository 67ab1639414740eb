-- Badges, the jobs that print them, and the keys that sign codes.

CREATE TABLE badge (
  reference TEXT    NOT NULL,
  serial    INTEGER NOT NULL,
  issuer    TEXT    NOT NULL,             -- the station that issued and signed it
  at        INTEGER NOT NULL,
  seq       INTEGER NOT NULL,
  reason    TEXT    NOT NULL,             -- first, lost, damaged, misspelled, …
  print     INTEGER NOT NULL,             -- the issuer's agent is to print it
  volunteer TEXT    NOT NULL,             -- who had it printed again; '' for a first badge
  prints    TEXT    NOT NULL,             -- what it says: projection-35-truth.sql; '' unknown
  box       INTEGER NOT NULL,             -- of a badge printed ahead: where it lies; 0 for none
  PRIMARY KEY (reference, serial, issuer)
) WITHOUT ROWID;
CREATE INDEX badge_issuer ON badge (issuer, seq);

CREATE TRIGGER feed_badge_issued INSTEAD OF INSERT ON feed WHEN NEW.kind = 'badge-issued' BEGIN
  INSERT INTO badge (reference, serial, issuer, at, seq, reason, print, volunteer, prints,
      box)
    VALUES (NEW.subject, ifnull (NEW.body ->> 'serial', 0), NEW.station, NEW.at, NEW.seq,
      ifnull (NEW.body ->> 'reason', ''), ifnull (NEW.body ->> 'print', 0),
            ifnull (NEW.body ->> 'volunteer', ''), ifnull (NEW.body ->> 'prints', ''),
            ifnull (NEW.body ->> 'box', 0))
    ON CONFLICT (reference, serial, issuer) DO UPDATE SET at = excluded.at, seq = excluded.seq,
      reason = excluded.reason, print = excluded.print, volunteer = excluded.volunteer,
      prints = excluded.prints, box = excluded.box
    WHERE (excluded.at, excluded.seq) > (badge.at, badge.seq);
END;

-- People with badges of several stations, a set: where to look for badges that were
-- issued without knowing of each other.
CREATE TABLE badge_shared (reference TEXT PRIMARY KEY) WITHOUT ROWID;

CREATE TRIGGER badge_shared_by AFTER INSERT ON badge
  WHEN EXISTS (SELECT 1 FROM badge b WHERE b.reference = NEW.reference AND b.issuer <> NEW.issuer)
BEGIN
  INSERT INTO badge_shared (reference) VALUES (NEW.reference) ON CONFLICT DO NOTHING;
END;

CREATE TABLE badge_void (
  reference TEXT    NOT NULL,
  serial    INTEGER NOT NULL,
  issuer    TEXT    NOT NULL,
  at        INTEGER NOT NULL,             -- the earliest
  station   TEXT    NOT NULL,
  seq       INTEGER NOT NULL,
  reason    TEXT    NOT NULL,
  volunteer TEXT    NOT NULL,
  PRIMARY KEY (reference, serial, issuer)
) WITHOUT ROWID;

CREATE TRIGGER feed_badge_void INSTEAD OF INSERT ON rare_feed WHEN NEW.kind = 'badge-void' BEGIN
  INSERT INTO badge_void (reference, serial, issuer, at, station, seq, reason, volunteer)
    VALUES (NEW.subject, ifnull (NEW.body ->> 'serial', 0), ifnull (NEW.body ->> 'issuer', ''),
      NEW.at, NEW.station, NEW.seq, ifnull (NEW.body ->> 'reason', ''),
            ifnull (NEW.body ->> 'volunteer', ''))
    ON CONFLICT (reference, serial, issuer) DO UPDATE SET at = excluded.at,
      station = excluded.station, seq = excluded.seq, reason = excluded.reason,
      volunteer = excluded.volunteer
    WHERE (excluded.at, excluded.station, excluded.seq)
      < (badge_void.at, badge_void.station, badge_void.seq);
END;

-- Badges whose serial nobody could have reached: each person's serials grow by one, and where
-- some have not arrived by a few. One that leaps further (a stolen station's 65535), and all
-- above it, is nobody's last badge.
-- 8 is ISSUE_LEAP_MAX of credential/issue.h.
CREATE VIEW badge_unlikely AS
  SELECT b.reference, b.serial, b.issuer FROM badge b
   WHERE b.serial > 8
     AND EXISTS (SELECT 1 FROM badge g WHERE g.reference = b.reference AND g.serial > 8 AND
       g.serial <= b.serial
                    AND NOT EXISTS (SELECT 1 FROM badge l WHERE l.reference = g.reference AND
                      l.serial < g.serial AND l.serial >= g.serial - 8));

-- Which badge of a person is good: the last one issued, unless it was made void. 1 or 0. Last
-- is the highest likely serial, which no clock can put wrong: whoever issues a badge gives it
-- one more than any that is known there, and a
-- badge issued again by hand at least 2, so that it comes after a first one at a station that
-- is cut off. Of two with one serial, which did not know of each other, the time decides.
CREATE VIEW badge_state AS
  SELECT b.reference, b.serial, b.issuer, b.at, b.reason,
         NOT EXISTS (SELECT 1 FROM badge_void v WHERE v.reference = b.reference AND v.serial =
           b.serial AND v.issuer = b.issuer)
         AND NOT EXISTS (SELECT 1 FROM badge n WHERE n.reference = b.reference AND (n.serial,
           n.at, n.issuer) > (b.serial, b.at, b.issuer)
                            AND (n.serial <= 8 OR NOT EXISTS (SELECT 1 FROM badge_unlikely u
                              WHERE u.reference = n.reference AND u.serial = n.serial AND
                                u.issuer = n.issuer)))
         AND (b.serial <= 8 OR NOT EXISTS (SELECT 1 FROM badge_unlikely u WHERE u.reference =
           b.reference AND u.serial = b.serial AND u.issuer = b.issuer)) AS good
    FROM badge b;

CREATE TABLE print_job (
  job       TEXT PRIMARY KEY,              -- its name: see station/agent.h
  reference TEXT    NOT NULL,
  serial    INTEGER NOT NULL,
  issuer    TEXT    NOT NULL,
  state     TEXT    NOT NULL,              -- queued, sent, printing, printed, failed, unsure
  printer   TEXT    NOT NULL,
  number    INTEGER NOT NULL,              -- CUPS job id, 0 before it is known
  reason    TEXT    NOT NULL,
  volunteer TEXT    NOT NULL,              -- who said what became of it; '' where the printer did
  at        INTEGER NOT NULL,
  station   TEXT    NOT NULL,
  seq       INTEGER NOT NULL
) WITHOUT ROWID;
-- covers what counts ask
CREATE INDEX print_job_badge ON print_job (reference, serial, issuer, state, reason);
CREATE INDEX print_job_open ON print_job (station, state);
CREATE INDEX print_job_alert ON print_job (job) WHERE state = 'unsure' OR state = 'failed'
  OR reason = 'repeated';

CREATE TRIGGER feed_print INSTEAD OF INSERT ON feed WHEN NEW.kind = 'print' BEGIN
  INSERT INTO print_job (job, reference, serial, issuer, state, printer, number, reason,
    volunteer,
    at, station, seq)
    VALUES (NEW.subject, ifnull (NEW.body ->> 'reference', ''), ifnull (NEW.body ->> 'serial', 0),
      ifnull (NEW.body ->> 'issuer', ''),
            ifnull (NEW.body ->> 'state', ''), ifnull (NEW.body ->> 'printer', ''),
              ifnull (NEW.body ->> 'job', 0), ifnull (NEW.body ->> 'reason', ''),
            ifnull (NEW.body ->> 'volunteer', ''), NEW.at, NEW.station, NEW.seq)
    ON CONFLICT (job) DO UPDATE SET
      reference = excluded.reference, serial = excluded.serial, issuer = excluded.issuer,
        state = excluded.state, printer = excluded.printer, number = excluded.number,
      reason = excluded.reason, volunteer = excluded.volunteer, at = excluded.at,
        station = excluded.station, seq = excluded.seq
    WHERE (excluded.at, excluded.station, excluded.seq)
      > (print_job.at, print_job.station, print_job.seq);
END;

-- Keys of the congress (they sign tickets). A set: every key that was ever announced.
CREATE TABLE ticket_key (
  id     TEXT NOT NULL,
  public TEXT NOT NULL,
  PRIMARY KEY (id, public)
) WITHOUT ROWID;

CREATE TRIGGER feed_key INSTEAD OF INSERT ON rare_feed WHEN NEW.kind = 'key' BEGIN
  INSERT INTO ticket_key (id, public) VALUES (NEW.subject, ifnull (NEW.body ->> 'public', ''))
    ON CONFLICT DO NOTHING;
END;

-- Keys of the congress that are refused from a time on (Unix milliseconds): a set, the
-- earliest counts, and nothing takes it back.
CREATE TABLE ticket_key_revoked (
  id      TEXT PRIMARY KEY,
  from_ms INTEGER NOT NULL
) WITHOUT ROWID;

CREATE TRIGGER feed_key_revoked INSTEAD OF INSERT ON rare_feed WHEN NEW.kind = 'key-revoked' BEGIN
  INSERT INTO ticket_key_revoked (id, from_ms) VALUES (NEW.subject, NEW.body ->> 'from')
    ON CONFLICT (id) DO UPDATE SET from_ms = min (ticket_key_revoked.from_ms, excluded.from_ms);
END;

-- Keys of stations (they sign badges). A station announces its own, once; the root vouches for
-- it with the station's role, and revokes. What a station says of itself lifts no revocation.
CREATE TABLE station_key (
  station     TEXT    PRIMARY KEY,
  own         TEXT    NOT NULL DEFAULT '', -- as the station announced it first, in its fact
  own_seq     INTEGER NOT NULL DEFAULT 0,
  vouched     TEXT    NOT NULL DEFAULT '', -- as the root said it last, in its fact
  vouched_seq INTEGER NOT NULL DEFAULT 0,
  said        TEXT    NOT NULL DEFAULT '', -- as another said it last, with:
  revoked     INTEGER NOT NULL DEFAULT 0,
  at INTEGER NOT NULL DEFAULT 0, writer TEXT NOT NULL DEFAULT '', seq INTEGER NOT NULL DEFAULT 0,
  public TEXT AS (iif (vouched <> '', vouched, iif (own <> '', own, said)))
) WITHOUT ROWID;

CREATE TRIGGER feed_station_own INSTEAD OF INSERT ON rare_feed WHEN NEW.kind = 'station' AND
  NEW.subject = NEW.station BEGIN
  INSERT INTO station_key (station, own, own_seq) VALUES (NEW.subject, ifnull (NEW.body ->>
    'public', ''), NEW.seq)
    ON CONFLICT (station) DO UPDATE SET own = excluded.own, own_seq = excluded.own_seq WHERE
      station_key.own_seq = 0 OR excluded.own_seq < station_key.own_seq;
END;

CREATE TRIGGER feed_station INSTEAD OF INSERT ON rare_feed WHEN NEW.kind = 'station' AND NEW.subject
  <> NEW.station BEGIN
  INSERT INTO station_key (station, said, revoked, at, writer, seq)
    VALUES (NEW.subject, ifnull (NEW.body ->> 'public', ''), ifnull (NEW.body ->> 'revoked',
      0), NEW.at, NEW.station, NEW.seq)
    ON CONFLICT (station) DO UPDATE SET said = excluded.said, revoked = excluded.revoked, at =
      excluded.at, writer = excluded.writer, seq = excluded.seq
    WHERE (excluded.at, excluded.writer, excluded.seq) > (station_key.at, station_key.writer,
      station_key.seq);
END;

CREATE TRIGGER station_vouched AFTER INSERT ON station_role WHEN NEW.public <> '' BEGIN
  INSERT INTO station_key (station, vouched, vouched_seq) VALUES (NEW.station, NEW.public,
    NEW.seq)
    ON CONFLICT (station) DO UPDATE SET vouched = excluded.vouched, vouched_seq =
      excluded.vouched_seq WHERE excluded.vouched_seq > station_key.vouched_seq;
END;

CREATE TRIGGER station_vouched_again AFTER UPDATE ON station_role WHEN NEW.public <> '' BEGIN
  INSERT INTO station_key (station, vouched, vouched_seq) VALUES (NEW.station, NEW.public,
    NEW.seq)
    ON CONFLICT (station) DO UPDATE SET vouched = excluded.vouched, vouched_seq =
      excluded.vouched_seq WHERE excluded.vouched_seq > station_key.vouched_seq;
END;
