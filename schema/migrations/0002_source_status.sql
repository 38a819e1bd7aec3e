-- What the article's source says of its status, kept while somebody has taken it down by hand, so that a
-- takedown can be undone without showing what the source holds back.

ALTER TABLE article ADD COLUMN source_status INTEGER NOT NULL DEFAULT 0;
UPDATE article SET source_status = status WHERE status_reason IS NULL;
