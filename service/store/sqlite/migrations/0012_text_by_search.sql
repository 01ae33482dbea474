-- A text is found by its facet in `search`. An index of its own took a page for each verdict, a third of all that was
-- written; that one is written by the thousand, when there is time.
DROP INDEX verdict_by_text;
