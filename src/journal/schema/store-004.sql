-- A station's signature over its head, on the fact that was its head then (head_signature.h): it
-- covers all before it. No part of what is chained, so it may be added later.
ALTER TABLE fact ADD COLUMN signature BLOB;
-- How far the station's own signature covers what is held of it here.
ALTER TABLE head ADD COLUMN signed INTEGER NOT NULL DEFAULT 0;

DROP TRIGGER fact_fixed;
CREATE TRIGGER fact_fixed BEFORE UPDATE OF number, station, seq, at, kind, subject, body,
  body_hash, chain ON fact
  WHEN NEW.body IS NOT NULL OR NEW.number IS NOT OLD.number OR NEW.station IS NOT OLD.station
    OR NEW.seq IS NOT OLD.seq OR NEW.at IS NOT OLD.at
    OR NEW.kind IS NOT OLD.kind OR NEW.subject IS NOT OLD.subject
      OR NEW.body_hash IS NOT OLD.body_hash OR NEW.chain IS NOT OLD.chain
BEGIN
  SELECT RAISE (ABORT, 'facts are never changed, but for the erasure of a body');
END;

DROP TRIGGER fact_head;
CREATE TRIGGER fact_head AFTER INSERT ON fact BEGIN
  INSERT INTO head (station, seq, at, chain, signed)
    VALUES (NEW.station, NEW.seq, NEW.at, NEW.chain, iif (NEW.signature IS NULL, 0, NEW.seq))
    ON CONFLICT (station) DO UPDATE SET seq = excluded.seq, at = excluded.at, chain =
      excluded.chain, signed = max (head.signed, excluded.signed)
      WHERE excluded.seq > head.seq;
END;
