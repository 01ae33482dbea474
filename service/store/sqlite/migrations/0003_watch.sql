-- What other sites say of a text.
CREATE INDEX feedback_by_campaign ON feedback (text_key, is_test, label, site, api_key);

-- A comment judged again: the verdict that this one replaces.
ALTER TABLE verdict ADD COLUMN supersedes BLOB CHECK (length(supersedes) = 16);

-- Answers of ham that may yet change, of sites that said where to tell it.
CREATE TABLE watch (
  verdict BLOB PRIMARY KEY CHECK (length(verdict) = 16),
  site INTEGER NOT NULL REFERENCES site (id),
  text_key INTEGER NOT NULL,
  callback TEXT NOT NULL,     -- URL
  sealed_key BLOB NOT NULL,   -- the client's key, by which the site knows winnow, encrypted with the installation's secret
  look_at INTEGER NOT NULL,   -- when to look next; a report on the text brings it forward
  held_until INTEGER,         -- the site holds the comment until it is told, then at the latest; NULL: it does not
  ends_at INTEGER NOT NULL,
  to_tell INTEGER CHECK (to_tell IN (0, 1)),  -- decided and not yet delivered: ham, spam
  attempts INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX watch_by_time ON watch (look_at);
CREATE INDEX watch_by_text ON watch (text_key);
CREATE INDEX watch_by_site ON watch (site);
