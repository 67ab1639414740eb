-- Roles in sessions that the event file gives, by reference, whether or not that person is
-- registered yet. What lists give is in delegate.role; both together are delegate.roles.

CREATE TABLE session_role (
  reference TEXT    NOT NULL,
  session   TEXT    NOT NULL,
  role      TEXT    NOT NULL,
  theme     INTEGER NOT NULL,              -- 0: of the whole session
  PRIMARY KEY (reference, session, role, theme)
) WITHOUT ROWID;
CREATE INDEX session_role_session ON session_role (session);

-- All of one person, as delegate.role writes them; in order, whatever that of the facts.
CREATE TABLE given_role (
  reference TEXT PRIMARY KEY,
  roles     TEXT NOT NULL
) WITHOUT ROWID;

CREATE TRIGGER role_given AFTER INSERT ON session_role BEGIN
  INSERT INTO given_role (reference, roles)
    SELECT NEW.reference, group_concat (part, '; ') FROM (
      SELECT role || ' ' || session || iif (theme > 0, '/' || theme, '') AS part
        FROM session_role WHERE reference = NEW.reference ORDER BY session, role, theme)
    WHERE true ON CONFLICT (reference) DO UPDATE SET roles = excluded.roles;
END;

CREATE TRIGGER role_taken AFTER DELETE ON session_role BEGIN
  DELETE FROM given_role WHERE reference = OLD.reference;
  INSERT INTO given_role (reference, roles)
    SELECT OLD.reference, group_concat (part, '; ') FROM (
      SELECT role || ' ' || session || iif (theme > 0, '/' || theme, '') AS part
        FROM session_role WHERE reference = OLD.reference ORDER BY session, role, theme)
    HAVING count (*) > 0;
END;

CREATE TRIGGER given_role_new AFTER INSERT ON given_role BEGIN
  UPDATE delegate SET given_roles = NEW.roles WHERE reference = NEW.reference;
END;

CREATE TRIGGER given_role_changed AFTER UPDATE ON given_role WHEN OLD.roles <> NEW.roles BEGIN
  UPDATE delegate SET given_roles = NEW.roles WHERE reference = NEW.reference;
END;

CREATE TRIGGER given_role_gone AFTER DELETE ON given_role BEGIN
  UPDATE delegate SET given_roles = '' WHERE reference = OLD.reference;
END;

CREATE TRIGGER session_cast AFTER INSERT ON session WHEN NOT NEW.removed BEGIN
  INSERT INTO session_role (reference, session, role, theme)
    SELECT value ->> 'reference', NEW.id, value ->> 'role',
      cast (ifnull (value ->> 'theme', 0) AS INTEGER)
      FROM json_each (NEW.roles) WHERE true ON CONFLICT DO NOTHING;
END;

CREATE TRIGGER session_cast_again AFTER UPDATE ON session
  WHEN (OLD.roles, OLD.removed) IS NOT (NEW.roles, NEW.removed)
BEGIN
  DELETE FROM session_role WHERE session = NEW.id;
  INSERT INTO session_role (reference, session, role, theme)
    SELECT value ->> 'reference', NEW.id, value ->> 'role',
      cast (ifnull (value ->> 'theme', 0) AS INTEGER)
      FROM json_each (NEW.roles) WHERE NOT NEW.removed ON CONFLICT DO NOTHING;
END;
