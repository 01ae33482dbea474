-- A comment judged again: found from the verdict that it replaced.
CREATE INDEX verdict_by_replaced ON verdict (supersedes) WHERE supersedes IS NOT NULL;
-- The last report on a verdict.
CREATE INDEX feedback_by_verdict ON feedback (verdict) WHERE verdict IS NOT NULL;

-- Under which tab the admin pages show a verdict: 0 to 3 as `outcome`, 4: a report on it stands. NULL: nowhere, as a
-- test, or because a newer verdict replaced it.
ALTER TABLE verdict ADD COLUMN tab INTEGER CHECK (tab BETWEEN 0 AND 4);
UPDATE verdict SET tab = outcome
  WHERE is_test = 0 AND NOT EXISTS (SELECT 1 FROM verdict AS newer WHERE newer.supersedes = verdict.id);
WITH RECURSIVE reported (id) AS (
  SELECT verdict FROM feedback WHERE verdict IS NOT NULL AND is_test = 0
    AND NOT EXISTS (SELECT 1 FROM withdrawal WHERE withdrawal.feedback = feedback.seq)
  UNION SELECT verdict.id FROM reported JOIN verdict ON verdict.supersedes = reported.id)
UPDATE verdict SET tab = 4 WHERE tab IS NOT NULL AND id IN (SELECT id FROM reported);
CREATE INDEX verdict_by_tab ON verdict (tab) WHERE tab IS NOT NULL;
CREATE INDEX verdict_by_site_and_tab ON verdict (site, tab) WHERE tab IS NOT NULL;

-- Reports on comments of one author, counted: 64 bits of a hash of the e-mail address or, without one, the name.
ALTER TABLE feedback ADD COLUMN author_key INTEGER;  -- NULL: neither is known
UPDATE feedback SET author_key = winnow_author_key(comment ->> 'email', comment ->> 'author');
CREATE INDEX feedback_by_author ON feedback (site, author_key, label) WHERE author_key IS NOT NULL;

-- The words of comments and the facets of verdicts (service/store/sqlite/search_row.h); rowid is verdict.seq.
-- Contentless: a row is deleted by saying again what it was made of.
CREATE VIRTUAL TABLE search USING fts5 (
  text, author, email, domain, page, facet,
  content = '', columnsize = 0, tokenize = "unicode61 remove_diacritics 0 categories 'L* N* Co Mn Mc'");
CREATE TABLE search_state (
  one INTEGER PRIMARY KEY CHECK (one = 1),
  form INTEGER NOT NULL,    -- kSearchForm of the winnow that wrote it: of another the index is made anew
  indexed INTEGER NOT NULL, -- verdict.seq up to which `search` has all
  counted INTEGER NOT NULL  -- verdict.seq up to which `day_count` has all
) STRICT;
INSERT INTO search_state VALUES (1, 0, 0, 0);

-- What happened by day, for statistics; kept when the verdicts themselves are gone.
CREATE TABLE day_count (
  site INTEGER NOT NULL,    -- 0: all of them
  day INTEGER NOT NULL,     -- days since 1970-01-01 UTC
  what INTEGER NOT NULL,    -- service/store/sqlite/day_counts.h
  reason INTEGER NOT NULL,  -- the phrase of a signal's id; 0: of none
  n INTEGER NOT NULL,
  PRIMARY KEY (site, day, what, reason)
) STRICT, WITHOUT ROWID;
INSERT INTO day_count SELECT site, day, 4, 0, sum(false_positives) FROM tally GROUP BY site, day HAVING sum(false_positives) <> 0;
INSERT INTO day_count SELECT site, day, 5, 0, sum(missed_spam) FROM tally GROUP BY site, day HAVING sum(missed_spam) <> 0;
INSERT INTO day_count
  SELECT report.site, report.at / 86400000, 7 + report.label, signal.value ->> 0, count(*)
  FROM feedback AS report JOIN verdict ON verdict.id = report.verdict, json_each(verdict.signals) AS signal
  WHERE report.is_test = 0 AND NOT EXISTS (SELECT 1 FROM withdrawal WHERE withdrawal.feedback = report.seq)
  GROUP BY 1, 2, 3, 4;
INSERT INTO day_count SELECT 0, day, what, reason, sum(n) FROM day_count GROUP BY day, what, reason;
