-- A site is told of what people put right, too, whatever it was answered: what it knows, and for how long it may be
-- told. Until ends_at other sites' reports may change an answer of ham.
ALTER TABLE watch ADD COLUMN told INTEGER NOT NULL DEFAULT 0 CHECK (told IN (0, 1));  -- ham, spam
ALTER TABLE watch ADD COLUMN kept_until INTEGER NOT NULL DEFAULT 0;
UPDATE watch SET kept_until = ends_at;

-- What sites were told at their callbacks.
CREATE TABLE told (
  seq INTEGER PRIMARY KEY,
  verdict BLOB NOT NULL CHECK (length(verdict) = 16),  -- that of the watch
  at INTEGER NOT NULL,
  label INTEGER NOT NULL CHECK (label IN (0, 1))  -- ham, spam
) STRICT;
CREATE INDEX told_by_verdict ON told (verdict);
