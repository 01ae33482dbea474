-- Reports are a log that learning folds: where each came from, what the judge thought of the comment without its
-- memory at that time, whether an administrator's key spoke, and what was withdrawn.
ALTER TABLE api_key ADD COLUMN curator INTEGER NOT NULL DEFAULT 0 CHECK (curator IN (0, 1));
ALTER TABLE feedback ADD COLUMN origin TEXT NOT NULL DEFAULT 'report';
ALTER TABLE feedback ADD COLUMN points REAL;  -- NULL: not known
ALTER TABLE feedback ADD COLUMN curator INTEGER NOT NULL DEFAULT 0 CHECK (curator IN (0, 1));

CREATE TABLE withdrawal (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,  -- order of arrival; never used again
  feedback INTEGER NOT NULL UNIQUE REFERENCES feedback (seq),
  at INTEGER NOT NULL,
  api_key INTEGER REFERENCES api_key (id),  -- NULL: the command line
  by TEXT NOT NULL
) STRICT;

-- What was counted from these is in the memory now.
DROP INDEX feedback_by_author;
ALTER TABLE feedback DROP COLUMN author;
DROP INDEX feedback_by_campaign;
