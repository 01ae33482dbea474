-- A site that tries winnow out: its clients are answered ham, the verdicts are stored as they are.
ALTER TABLE site ADD COLUMN log_only INTEGER NOT NULL DEFAULT 0 CHECK (log_only IN (0, 1));

-- A model that is tried out: judges beside the one in force, and is never answered.
CREATE TABLE shadow (
  site INTEGER PRIMARY KEY,  -- 0: all sites without a row of their own
  model TEXT NOT NULL        -- '': none
) STRICT;

CREATE TABLE shadow_verdict (
  verdict INTEGER PRIMARY KEY REFERENCES verdict (seq) ON DELETE CASCADE,
  model INTEGER NOT NULL REFERENCES phrase (id),
  outcome INTEGER NOT NULL CHECK (outcome BETWEEN 0 AND 3),  -- ham, unsure, spam, discard
  score REAL NOT NULL
) STRICT;
