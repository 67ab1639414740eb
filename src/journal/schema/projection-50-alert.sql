-- What a person should look at, from the facts alone: every replica says the same. What
-- comes again after it was closed is open again, since closing says how many it has seen.

CREATE TABLE alert_closed (
  alert     TEXT PRIMARY KEY,
  -- how often it had happened: the most that anybody has seen
  seen      INTEGER NOT NULL,
  at        INTEGER NOT NULL,
  station   TEXT    NOT NULL,
  seq       INTEGER NOT NULL,
  volunteer TEXT    NOT NULL,
  reason    TEXT    NOT NULL
) WITHOUT ROWID;

CREATE TRIGGER feed_alert_closed INSTEAD OF INSERT ON rare_feed WHEN NEW.kind = 'alert-closed' BEGIN
  INSERT INTO alert_closed (alert, seen, at, station, seq, volunteer, reason)
    VALUES (NEW.subject, ifnull (NEW.body ->> 'seen', 0), NEW.at, NEW.station, NEW.seq,
      ifnull (NEW.body ->> 'volunteer', ''), ifnull (NEW.body ->> 'reason', ''))
    ON CONFLICT (alert) DO UPDATE SET seen = excluded.seen, at = excluded.at,
      station = excluded.station, seq = excluded.seq, volunteer = excluded.volunteer,
      reason = excluded.reason
    WHERE (excluded.seen, excluded.at, excluded.station, excluded.seq)
      > (alert_closed.seen, alert_closed.at, alert_closed.station, alert_closed.seq);
END;

-- Somebody at a station asked for the team: a set, each call once.
CREATE TABLE team_call (
  station    TEXT    NOT NULL,
  seq        INTEGER NOT NULL,
  at         INTEGER NOT NULL,
  checkpoint TEXT    NOT NULL,
  PRIMARY KEY (station, seq)
) WITHOUT ROWID;

CREATE TRIGGER feed_call INSTEAD OF INSERT ON rare_feed WHEN NEW.kind = 'call' BEGIN
  INSERT INTO team_call (station, seq, at, checkpoint)
    VALUES (NEW.station, NEW.seq, NEW.at, ifnull (NEW.body ->> 'checkpoint', ''));
END;

-- Two machines have shown the hub two histories of one station: a set, each time once.
CREATE TABLE station_fork (
  seq     INTEGER PRIMARY KEY,            -- of the root's fact
  station TEXT    NOT NULL,
  at      INTEGER NOT NULL,
  older   INTEGER NOT NULL                -- the other one was an older copy, which had not gone on
);

CREATE TRIGGER feed_fork INSTEAD OF INSERT ON rare_feed WHEN NEW.kind = 'fork' AND NEW.station =
  (SELECT value FROM local WHERE name = 'root') BEGIN
  INSERT INTO station_fork (seq, station, at, older)
    VALUES (NEW.seq, NEW.subject, NEW.at, ifnull (NEW.body ->> 'older', 0));
END;

-- A station has sent more than its quota (replication/quota.h): a set, each time once.
CREATE TABLE station_excess (
  seq     INTEGER PRIMARY KEY,            -- of the root's fact
  station TEXT    NOT NULL,
  at      INTEGER NOT NULL
);

CREATE TRIGGER feed_excess INSTEAD OF INSERT ON rare_feed WHEN NEW.kind = 'excess' AND NEW.station =
  (SELECT value FROM local WHERE name = 'root') BEGIN
  INSERT INTO station_excess (seq, station, at) VALUES (NEW.seq, NEW.subject, NEW.at);
END;

CREATE INDEX delegate_protocol ON delegate (reference) WHERE protocol;

-- `at` is when it last happened, `happened` how often; `checkpoint` and `station` where
-- that was.
CREATE VIEW alert AS
  WITH found (id, kind, reference, serial, issuer, checkpoint, other, station, job, at,
    happened) AS (
    SELECT 'badge-void:' || p.reference || ':' || p.issuer || ':' || p.serial, 'badge-void',
      p.reference, p.serial, p.issuer, p.checkpoint, '', p.station, '', max (p.at), count (*)
      FROM passage p WHERE p.verdict = 'BADGE_VOID' GROUP BY p.reference, p.serial, p.issuer
    UNION ALL
    -- A copy of a badge (projection-47-double.sql), as long as that badge would open doors: one
    -- that was replaced meanwhile has alerts of its own wherever it is shown. Where it was shown
    -- last, and the other place.
    SELECT 'double:' || x.reference || ':' || x.issuer || ':' || x.serial, 'double', x.reference,
      x.serial, x.issuer, x.checkpoint, x.other, x.station, '', max (x.at),
      count (DISTINCT x.station || '/' || x.seq)
      FROM badge_double x WHERE ifnull ((SELECT b.good FROM badge_state b WHERE b.reference =
        x.reference AND b.serial = x.serial AND b.issuer = x.issuer), 1)
       AND NOT EXISTS (SELECT 1 FROM badge_void v WHERE v.reference = x.reference AND v.serial =
         x.serial AND v.issuer = x.issuer)
     GROUP BY x.reference, x.serial, x.issuer
    UNION ALL
    SELECT 'forged:' || p.checkpoint || ':' || p.day, 'forged', '', 0, '', p.checkpoint,
      '', p.station, '', max (p.at), count (*)
      FROM passage p WHERE p.verdict = 'FORGED' GROUP BY p.checkpoint, p.day
    UNION ALL
    -- Who is to be welcomed without a word: the first entrance of a day. By their own index:
    -- SQLite would walk through everybody, whose references come in order, too.
    SELECT 'protocol:' || d.reference || ':' || p.day, 'protocol', d.reference, 0, '',
      p.checkpoint, '', p.last_station, '', min (p.first_at), 1
      FROM delegate d INDEXED BY delegate_protocol CROSS JOIN presence p
        ON p.reference = d.reference JOIN checkpoint c ON c.id = p.checkpoint
          AND c.kind = 'entrance'
     WHERE d.protocol GROUP BY d.reference, p.day
    UNION ALL
    SELECT 'repeated:' || j.job, 'repeated', j.reference, j.serial, j.issuer, '', '',
      j.station, j.job, j.at, 1 FROM print_job j WHERE j.reason = 'repeated'
    UNION ALL
    -- As long as the badge would open doors: one that was replaced meanwhile needs no
    -- answer.
    SELECT j.state || ':' || j.job, j.state, j.reference, j.serial, j.issuer, '', '',
      j.station, j.job, j.at, 1
      FROM print_job j JOIN badge_state b ON b.reference = j.reference AND b.serial = j.serial
        AND b.issuer = j.issuer
     WHERE (j.state = 'unsure' OR j.state = 'failed') AND b.good
    UNION ALL
    SELECT 'untrue:' || r.reference || ':' || r.issuer || ':' || r.serial || ':' || r.prints,
      'untrue', r.reference, r.serial, r.issuer, '', '', r.station, '', r.since, 1
      FROM badge_to_renew r
    UNION ALL
    SELECT 'conflict:' || o.id, 'conflict', o.reference, 0, '', o.checkpoint, '', '', '', o.last_at,
      o.passages FROM conflict o WHERE NOT o.closed
    UNION ALL
    -- Facts that their writer could not write (projection-05-authority.sql): it is not the
    -- program that we gave it.
    SELECT 'apart:' || x.station, 'apart', '', 0, '', '', '', x.station, '',
           max (min (f.at, ifnull ((SELECT min (b.at) FROM clock_bound b WHERE b.station =
             f.station AND b.seq >= f.seq), f.at))), count (*)
      FROM apart x JOIN fact f USING (station, seq) GROUP BY x.station
    UNION ALL
    SELECT iif (k.older, 'older:', 'fork:') || k.station, iif (k.older, 'older', 'fork'), '', 0,
      '', '', '', k.station, '', max (k.at), count (*)
      FROM station_fork k GROUP BY k.station, k.older
    UNION ALL
    SELECT 'excess:' || e.station, 'excess', '', 0, '', '', '', e.station, '', max (e.at),
      count (*) FROM station_excess e GROUP BY e.station
    UNION ALL
    -- Who went out by an entrance with a headset, and has not come in again.
    SELECT 'headset:' || h.reference || ':' || p.day, 'headset', h.reference, 0, '', p.checkpoint,
      '', p.last_station, '', max (p.last_at), count (DISTINCT h.headset)
      FROM headset_out h CROSS JOIN presence p ON p.reference = h.reference
        JOIN checkpoint c ON c.id = p.checkpoint AND c.kind = 'entrance'
     WHERE p.last_direction = 'out' AND p.last_at > h.at
       AND NOT EXISTS (SELECT 1 FROM presence q JOIN checkpoint e ON e.id = q.checkpoint
         AND e.kind = 'entrance' WHERE q.reference = h.reference AND q.last_direction = 'in'
         AND q.last_at > p.last_at)
     GROUP BY h.reference, p.day
    UNION ALL
    SELECT 'call:' || t.station, 'call', '', 0, '', t.checkpoint, '', t.station, '',
      max (t.at), count (*) FROM team_call t GROUP BY t.station
  )
  SELECT f.*, EXISTS (SELECT 1 FROM alert_closed x WHERE x.alert = f.id
    AND x.seen >= f.happened) AS closed FROM found f;
