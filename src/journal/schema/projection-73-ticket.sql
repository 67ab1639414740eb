-- Tickets that were made void (credential/ticket_void.h): those of a person up to `serial`,
-- the highest that anybody has said.
CREATE TABLE ticket_void (
  reference TEXT    PRIMARY KEY,
  serial    INTEGER NOT NULL
) WITHOUT ROWID;

CREATE TRIGGER feed_ticket_void INSTEAD OF INSERT ON rare_feed
  WHEN NEW.kind = 'ticket-void'
BEGIN
  INSERT INTO ticket_void (reference, serial)
    VALUES (NEW.subject, ifnull (NEW.body ->> 'serial', 0))
    ON CONFLICT (reference) DO UPDATE SET serial = max (serial, excluded.serial);
END;
