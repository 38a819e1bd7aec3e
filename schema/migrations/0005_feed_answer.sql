-- What an answer is compared with. etag and last_modified are told to `validated` alone, the address they came
-- from, which may lie behind a redirect; of those from before that is not known. body_hash: of the bytes of the
-- last answer whose articles are all in the catalog, for servers that give neither.

ALTER TABLE feed ADD COLUMN validated TEXT;
ALTER TABLE feed ADD COLUMN body_hash TEXT;
UPDATE feed SET etag = NULL, last_modified = NULL;
