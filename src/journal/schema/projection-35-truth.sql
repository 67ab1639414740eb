-- Whether what stands on a badge is still what is registered. A badge's fact holds a digest of
-- what its issuer knew of the person, of the fields that a badge may show; prints_digest() is
-- the project's own SQL function (journal/store.c). Programme and event file are no part of it.

CREATE VIEW delegate_prints AS
  SELECT reference, prints_digest (title, family, given, name_zh, function_fr, function_zh,
      organisation_fr, organisation_zh, category, delegation, country, events, days, workshops,
      roles, meals, transport, headset, ribbons) AS prints FROM delegate;

-- People with a badge that says something else, and what it would say now. A function of the
-- rows of delegate and badge, whatever their order.
CREATE TABLE badge_untrue (
  reference TEXT PRIMARY KEY,
  prints    TEXT NOT NULL
) WITHOUT ROWID;

CREATE TRIGGER untrue_registered AFTER INSERT ON delegate
  WHEN EXISTS (SELECT 1 FROM badge WHERE reference = NEW.reference)
BEGIN
  INSERT INTO badge_untrue (reference, prints) SELECT p.reference, p.prints FROM delegate_prints p
   WHERE p.reference = NEW.reference AND EXISTS (SELECT 1 FROM badge b
     WHERE b.reference = NEW.reference AND b.prints <> '' AND b.prints <> p.prints);
END;

CREATE TRIGGER untrue_changed AFTER UPDATE ON delegate
  WHEN EXISTS (SELECT 1 FROM badge WHERE reference = NEW.reference)
BEGIN
  DELETE FROM badge_untrue WHERE reference = NEW.reference;
  INSERT INTO badge_untrue (reference, prints) SELECT p.reference, p.prints FROM delegate_prints p
   WHERE p.reference = NEW.reference AND EXISTS (SELECT 1 FROM badge b
     WHERE b.reference = NEW.reference AND b.prints <> '' AND b.prints <> p.prints);
END;

CREATE TRIGGER untrue_erased AFTER DELETE ON delegate BEGIN
  DELETE FROM badge_untrue WHERE reference = OLD.reference;
END;

CREATE TRIGGER untrue_issued AFTER INSERT ON badge WHEN NEW.prints <> '' BEGIN
  INSERT INTO badge_untrue (reference, prints) SELECT p.reference, p.prints FROM delegate_prints p
   WHERE p.reference = NEW.reference AND p.prints <> NEW.prints ON CONFLICT DO NOTHING;
END;

CREATE TRIGGER untrue_issued_again AFTER UPDATE ON badge BEGIN
  DELETE FROM badge_untrue WHERE reference = NEW.reference;
  INSERT INTO badge_untrue (reference, prints) SELECT p.reference, p.prints FROM delegate_prints p
   WHERE p.reference = NEW.reference AND EXISTS (SELECT 1 FROM badge b
     WHERE b.reference = NEW.reference AND b.prints <> '' AND b.prints <> p.prints);
END;

-- The good ones among them that somebody holds: printed ahead, or here and come out. CROSS JOIN:
-- from the few that are untrue, never through all badges.
CREATE VIEW badge_to_renew AS
  SELECT b.reference, b.serial, b.issuer, u.prints,
         max (d.at, ifnull ((SELECT max (c.at) FROM correction c
           WHERE c.reference = d.reference), 0)) AS since, d.station
    FROM badge_untrue u CROSS JOIN badge b ON b.reference = u.reference AND b.prints <> ''
         AND b.prints <> u.prints
    CROSS JOIN badge_state s ON s.reference = b.reference AND s.serial = b.serial
         AND s.issuer = b.issuer AND s.good
    CROSS JOIN delegate d ON d.reference = u.reference AND NOT d.revoked
   WHERE NOT b.print OR EXISTS (SELECT 1 FROM print_job j WHERE j.reference = b.reference
         AND j.serial = b.serial AND j.issuer = b.issuer AND j.state = 'printed');
