-- What a station was invited to be (journal/authority.h). A hub's; not in a snapshot.
CREATE TABLE enrolment_role (
  station TEXT PRIMARY KEY,
  role    TEXT NOT NULL
) WITHOUT ROWID;
