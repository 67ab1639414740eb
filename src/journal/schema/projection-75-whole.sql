-- Facts of which a gate held a part only, and that are whole now (withheld.h): what they say of
-- their subject is said anew.
CREATE TRIGGER fact_whole AFTER UPDATE OF shown ON fact WHEN OLD.shown IS NOT NULL AND
  NEW.shown IS NULL AND NOT EXISTS (SELECT 1 FROM apart WHERE station = NEW.station AND
  seq = NEW.seq)
BEGIN
  DELETE FROM correction WHERE reference = NEW.subject AND NEW.kind = 'registration';
  DELETE FROM delegate WHERE reference = NEW.subject AND NEW.kind = 'registration';
  DELETE FROM note WHERE reference = NEW.subject AND NEW.kind = 'note';
  DELETE FROM handover WHERE reference = NEW.subject AND NEW.kind = 'handover';
  DELETE FROM appointment WHERE reference = NEW.subject AND NEW.kind = 'appointment';
  DELETE FROM letter WHERE reference = NEW.subject AND NEW.kind = 'letter';
  DELETE FROM answer WHERE reference = NEW.subject AND NEW.kind = 'answer';
  INSERT INTO feed (station, seq, at, kind, subject, body)
    SELECT f.station, f.seq, min (f.at, ifnull ((SELECT min (b.at) FROM clock_bound b
        WHERE b.station = f.station AND b.seq >= f.seq), f.at)), f.kind, f.subject, f.body
      FROM fact f WHERE f.subject = NEW.subject AND f.kind = NEW.kind AND f.kind <> 'passage'
       AND f.body IS NOT NULL AND NOT EXISTS (
         SELECT 1 FROM apart a WHERE a.station = f.station AND a.seq = f.seq);
END;

-- Of an erased one there is no rest.
CREATE TRIGGER fact_rest_erased AFTER UPDATE OF body ON fact WHEN NEW.body IS NULL AND
  NEW.shown <> zeroblob (32)
BEGIN
  UPDATE fact SET shown = zeroblob (32) WHERE number = NEW.number;
END;
