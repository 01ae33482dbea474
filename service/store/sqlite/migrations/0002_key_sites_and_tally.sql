-- A key may be good for several sites, and may be suspended.
ALTER TABLE api_key ADD COLUMN any_site INTEGER NOT NULL DEFAULT 0 CHECK (any_site IN (0, 1));
ALTER TABLE api_key ADD COLUMN suspended_at INTEGER;
CREATE TABLE api_key_site (
  api_key INTEGER NOT NULL REFERENCES api_key (id),
  site INTEGER NOT NULL REFERENCES site (id),
  PRIMARY KEY (api_key, site)
) STRICT, WITHOUT ROWID;
INSERT INTO api_key_site SELECT id, site FROM api_key WHERE site IS NOT NULL;
UPDATE api_key SET any_site = (site IS NULL);
ALTER TABLE api_key DROP COLUMN site;

-- How much was asked and corrected, by day: kept when the verdicts themselves are gone. Tests are not counted.
CREATE TABLE tally (
  api_key INTEGER NOT NULL,  -- 0: none
  site INTEGER NOT NULL REFERENCES site (id),
  day INTEGER NOT NULL,      -- days since 1970-01-01 UTC
  spam INTEGER NOT NULL DEFAULT 0,
  ham INTEGER NOT NULL DEFAULT 0,
  missed_spam INTEGER NOT NULL DEFAULT 0,      -- reported as spam, was answered ham
  false_positives INTEGER NOT NULL DEFAULT 0,  -- reported as ham, was answered spam
  PRIMARY KEY (api_key, site, day)
) STRICT, WITHOUT ROWID;
CREATE INDEX tally_by_site ON tally (site, day);

INSERT INTO tally (api_key, site, day, spam, ham)
  SELECT coalesce(api_key, 0), site, at / 86400000, sum(outcome >= 2), sum(outcome < 2)
  FROM verdict WHERE is_test = 0 GROUP BY 1, 2, 3;
INSERT INTO tally (api_key, site, day, missed_spam, false_positives)
  SELECT coalesce(report.api_key, 0), report.site, report.at / 86400000,
         count(DISTINCT iif(report.label = 1, report.verdict, NULL)), count(DISTINCT iif(report.label = 0, report.verdict, NULL))
  FROM feedback AS report JOIN verdict ON verdict.id = report.verdict
  WHERE report.is_test = 0 AND verdict.is_test = 0 AND (verdict.outcome >= 2) <> (report.label = 1)
  GROUP BY 1, 2, 3
  ON CONFLICT DO UPDATE SET missed_spam = excluded.missed_spam, false_positives = excluded.false_positives;
