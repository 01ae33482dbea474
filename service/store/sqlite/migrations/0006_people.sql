-- What was done in the admin pages, through their API, and by the command line to people. It names nobody but those who acted.
CREATE TABLE act (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  at INTEGER NOT NULL,
  person INTEGER NOT NULL,   -- 0: none
  api_key INTEGER NOT NULL,  -- 0: none
  name TEXT NOT NULL,        -- of the person or key at that time; '': not known
  act TEXT NOT NULL,         -- 'verdict.delete'
  site INTEGER,              -- NULL: of all, or none
  what TEXT NOT NULL,        -- a JSON object
  client TEXT NOT NULL       -- a network
) STRICT;
CREATE INDEX act_deletion ON act (seq) WHERE substr(act, -7) = '.delete';
