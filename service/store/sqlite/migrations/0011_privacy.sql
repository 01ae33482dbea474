-- What is deleted of a row after its time stands in its JSON: the comment is then {"deleted": when}, the signals keep
-- their ids and points. Nothing is added to a verdict for it, of which there are many.

-- Reports by age, and those that are tests.
CREATE INDEX feedback_by_age ON feedback (at);
CREATE INDEX test_feedback_by_age ON feedback (at) WHERE is_test = 1;

-- How far the cleanup is. The one row is there from the beginning.
CREATE TABLE privacy_state (
  one INTEGER PRIMARY KEY CHECK (one = 1),
  texts INTEGER NOT NULL,      -- verdict.seq up to which all texts are deleted
  discarded INTEGER NOT NULL,  -- the same of discarded verdicts
  form TEXT NOT NULL,          -- the rule (personal_data) in whose form addresses are, up to the next two
  verdicts INTEGER NOT NULL,   -- verdict.seq
  reports INTEGER NOT NULL,    -- feedback.seq
  removed INTEGER NOT NULL,    -- rises whenever reports that counted are removed
  swept INTEGER NOT NULL,      -- rises whenever phrases are removed
  scrub_at INTEGER             -- when what was deleted is to be gone from the files, too; NULL: it is
) STRICT;
INSERT INTO privacy_state VALUES (1, 0, 0, '', 0, 0, 0, 0, NULL);

-- The cleanup log: that it ran, and how many rows it took; nothing of whose they were.
CREATE TABLE cleanup (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  at INTEGER NOT NULL,
  what INTEGER NOT NULL CHECK (what BETWEEN 0 AND 4),  -- retention, conceal, erase, rotate, scrub
  verdicts INTEGER NOT NULL,
  reports INTEGER NOT NULL
) STRICT;
