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
-- Of refused sign-ins the newest are kept alone.
CREATE INDEX act_refusal ON act (seq) WHERE act = 'session.refuse';

-- Who may sign in to the admin pages.
CREATE TABLE person (
  id INTEGER PRIMARY KEY AUTOINCREMENT,  -- never used again: the log names it
  name TEXT NOT NULL,
  name_key TEXT NOT NULL UNIQUE,         -- the name, case folded
  role INTEGER NOT NULL CHECK (role BETWEEN 0 AND 2),  -- viewer, moderator, owner
  any_site INTEGER NOT NULL CHECK (any_site IN (0, 1)),
  password TEXT NOT NULL,                -- Argon2id, with its salt and costs
  second_factor BLOB,                    -- sealed; NULL: none
  pending_factor BLOB,                   -- sealed; not yet confirmed
  factor_step INTEGER NOT NULL DEFAULT 0,  -- the last that was used, see service/totp.h
  language TEXT NOT NULL DEFAULT '',
  created_at INTEGER NOT NULL,
  last_seen INTEGER
) STRICT;
CREATE TABLE person_site (
  person INTEGER NOT NULL REFERENCES person (id) ON DELETE CASCADE,
  site INTEGER NOT NULL REFERENCES site (id),
  PRIMARY KEY (person, site)
) STRICT, WITHOUT ROWID;

CREATE TABLE session (
  hash TEXT PRIMARY KEY,  -- keyed hash of the token, never the token
  person INTEGER NOT NULL REFERENCES person (id) ON DELETE CASCADE,
  created_at INTEGER NOT NULL,
  seen_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX session_by_person ON session (person);
