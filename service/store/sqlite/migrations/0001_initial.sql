-- What winnow remembers. Times are milliseconds since 1970 UTC; ids of verdicts and reports are 16 bytes, shown as hex.

CREATE TABLE site (
  id INTEGER PRIMARY KEY,
  url TEXT NOT NULL UNIQUE,  -- canonical: example.org/blog
  created_at INTEGER NOT NULL
) STRICT;

CREATE TABLE api_key (
  id INTEGER PRIMARY KEY,
  kind TEXT NOT NULL CHECK (kind IN ('akismet', 'api')),
  site INTEGER REFERENCES site (id),  -- NULL: good for any site
  hash TEXT NOT NULL UNIQUE,          -- keyed hash of the secret, never the secret
  hint TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  revoked_at INTEGER
) STRICT;

-- Texts that many rows share, kept once. Rows are never changed. Inside the JSON of the tables below a number where
-- a text is expected is the id of a phrase.
CREATE TABLE phrase (
  id INTEGER PRIMARY KEY,
  text TEXT NOT NULL UNIQUE
) STRICT;

CREATE TABLE verdict (
  seq INTEGER PRIMARY KEY,  -- order of arrival
  id BLOB NOT NULL UNIQUE CHECK (length(id) = 16),
  site INTEGER NOT NULL REFERENCES site (id),
  api_key INTEGER REFERENCES api_key (id),
  at INTEGER NOT NULL,
  is_test INTEGER NOT NULL CHECK (is_test IN (0, 1)),
  outcome INTEGER NOT NULL CHECK (outcome BETWEEN 0 AND 3),  -- ham, unsure, spam, discard
  score REAL NOT NULL,
  model INTEGER NOT NULL REFERENCES phrase (id),
  rules INTEGER NOT NULL REFERENCES phrase (id),
  text_key INTEGER NOT NULL,  -- the 64 bits of classifier/fingerprint.h as a signed number
  signals TEXT NOT NULL,      -- JSON: [[id, points, detail], ...]
  comment TEXT NOT NULL       -- JSON: {"content": ..., ...} without empty fields
) STRICT;
CREATE INDEX verdict_by_text ON verdict (site, text_key, at);

CREATE TABLE feedback (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,  -- order of arrival; never used again
  id BLOB NOT NULL UNIQUE CHECK (length(id) = 16),
  verdict BLOB CHECK (length(verdict) = 16),  -- no foreign key: a report outlives its verdict
  site INTEGER NOT NULL REFERENCES site (id),
  api_key INTEGER REFERENCES api_key (id),
  at INTEGER NOT NULL,
  is_test INTEGER NOT NULL CHECK (is_test IN (0, 1)),
  label INTEGER NOT NULL CHECK (label IN (0, 1)),  -- ham, spam
  text_key INTEGER NOT NULL,
  author TEXT,  -- the author's e-mail address, case folded; NULL if there is none
  reporter TEXT NOT NULL,
  comment TEXT NOT NULL
) STRICT;
CREATE INDEX feedback_by_site ON feedback (site);
-- The counts of reports are read from these two alone.
CREATE INDEX feedback_by_text ON feedback (site, text_key, is_test, label);
CREATE INDEX feedback_by_author ON feedback (site, author, is_test, label) WHERE author IS NOT NULL;
