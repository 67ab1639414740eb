-- What a hub sends to a gate of facts about persons leaves out what no gate needs (withheld.h):
-- then the body is the rest of it, and this is its hash (32 zero bytes: there is no rest, or it
-- was erased). NULL: the body is whole.
ALTER TABLE fact ADD COLUMN shown BLOB;
CREATE INDEX fact_shown ON fact (number) WHERE shown IS NOT NULL;

DROP TRIGGER fact_fixed;
CREATE TRIGGER fact_fixed BEFORE UPDATE OF number, station, seq, at, kind, subject, body,
  body_hash, chain ON fact
  WHEN (NEW.body IS NOT NULL AND NEW.shown IS OLD.shown) OR NEW.number IS NOT OLD.number
    OR NEW.station IS NOT OLD.station OR NEW.seq IS NOT OLD.seq OR NEW.at IS NOT OLD.at
    OR NEW.kind IS NOT OLD.kind OR NEW.subject IS NOT OLD.subject
      OR NEW.body_hash IS NOT OLD.body_hash OR NEW.chain IS NOT OLD.chain
BEGIN
  SELECT RAISE (ABORT, 'facts are never changed, but for what is erased or withheld of a body');
END;
