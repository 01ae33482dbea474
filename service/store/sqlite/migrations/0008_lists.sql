-- The allow and the block list.
CREATE TABLE list_entry (
  id INTEGER PRIMARY KEY AUTOINCREMENT,           -- never used again
  list INTEGER NOT NULL CHECK (list IN (0, 1)),   -- allow, block
  field INTEGER NOT NULL CHECK (field BETWEEN 0 AND 4),  -- author, email, domain, address, text
  pattern TEXT NOT NULL,                          -- as it was written
  key TEXT NOT NULL,                              -- the same for patterns that find the same
  site INTEGER REFERENCES site (id),              -- NULL: all
  note TEXT NOT NULL,
  by TEXT NOT NULL,
  at INTEGER NOT NULL,
  until INTEGER,                                  -- NULL: for good
  hits INTEGER NOT NULL DEFAULT 0                 -- checks that it decided
) STRICT;
CREATE UNIQUE INDEX list_entry_once ON list_entry (list, field, key, coalesce(site, 0));

-- Rules that add no signal.
CREATE TABLE rule_off (
  id TEXT PRIMARY KEY,
  by TEXT NOT NULL,
  at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Numbers that rise with each change of the two tables above, so that a process sees cheaply that there was one.
CREATE TABLE house_revision (
  lists INTEGER NOT NULL,
  rules INTEGER NOT NULL
) STRICT;
INSERT INTO house_revision VALUES (0, 0);

-- A site's own lowest score of each outcome; NULL: the default.
ALTER TABLE site ADD COLUMN unsure_from REAL CHECK (unsure_from BETWEEN 0 AND 1);
ALTER TABLE site ADD COLUMN spam_from REAL CHECK (spam_from BETWEEN 0 AND 1);
ALTER TABLE site ADD COLUMN discard_from REAL CHECK (discard_from BETWEEN 0 AND 1);
