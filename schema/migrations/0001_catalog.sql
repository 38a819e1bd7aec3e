-- The catalog's first shape: articles, their texts, every address they were seen under, earlier versions.

CREATE TABLE meta (
  key   TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- change_seq: the last one given out. applied_seq lives in the index, never here.
-- visibility_checked: up to when embargoes and expiries have been looked at. last_run: the last `add`, as JSON.
INSERT INTO meta (key, value) VALUES ('change_seq', '0'), ('uuid', lower(hex(randomblob(16))));

CREATE TABLE source (
  source_id INTEGER PRIMARY KEY,
  id        TEXT NOT NULL UNIQUE,
  name      TEXT NOT NULL
) STRICT;

-- Lists (authors, tags, access) hold one value a line. NULL is "not known". An article with a status_reason
-- was taken down by hand: what comes in later under its id changes its text, never its status.
CREATE TABLE article (
  article_id          INTEGER PRIMARY KEY AUTOINCREMENT,
  id                  TEXT NOT NULL UNIQUE,
  doc_id              INTEGER NOT NULL UNIQUE,
  change_seq          INTEGER NOT NULL UNIQUE,
  revision            INTEGER NOT NULL DEFAULT 1,
  content_hash        TEXT NOT NULL,
  url                 TEXT,
  title               TEXT,
  summary             TEXT,
  published           INTEGER,
  published_offset    INTEGER NOT NULL DEFAULT 0,
  published_precision INTEGER NOT NULL DEFAULT 0,
  published_origin    INTEGER NOT NULL DEFAULT 0,
  updated             INTEGER,
  updated_offset      INTEGER NOT NULL DEFAULT 0,
  updated_precision   INTEGER NOT NULL DEFAULT 0,
  updated_origin      INTEGER NOT NULL DEFAULT 0,
  ingested            INTEGER NOT NULL,
  source_id           INTEGER REFERENCES source (source_id),
  authors             TEXT,
  section             TEXT,
  kicker              TEXT,
  genre               TEXT,
  language            TEXT,
  tags                TEXT,
  image_url           TEXT,
  image_alt           TEXT,
  image_credit        TEXT,
  image_width         INTEGER,
  image_height        INTEGER,
  status              INTEGER NOT NULL DEFAULT 0,
  status_reason       TEXT,
  legal               INTEGER NOT NULL DEFAULT 0,
  embargoed_until     INTEGER,
  expires             INTEGER,
  correction          TEXT,
  access              TEXT NOT NULL DEFAULT 'public',
  prompt              TEXT,
  extra               TEXT,
  body_bytes          INTEGER NOT NULL
) STRICT;

-- Articles whose time to appear or vanish is still to come.
CREATE INDEX article_embargo ON article (embargoed_until) WHERE embargoed_until IS NOT NULL;
CREATE INDEX article_expires ON article (expires) WHERE expires IS NOT NULL;

CREATE TABLE article_text (
  article_id INTEGER PRIMARY KEY REFERENCES article (article_id) ON DELETE CASCADE,
  body       TEXT NOT NULL
) STRICT;

-- Numbers that articles gave up when their date was corrected: the index deletes them. Never used again.
CREATE TABLE retired_doc (
  doc_id     INTEGER PRIMARY KEY,
  change_seq INTEGER NOT NULL
) STRICT;

CREATE INDEX retired_doc_change ON retired_doc (change_seq);

-- Canonical URLs an article was ever seen under; two articles may share one.
CREATE TABLE article_url (
  url        TEXT NOT NULL,
  article_id INTEGER NOT NULL REFERENCES article (article_id) ON DELETE CASCADE,
  PRIMARY KEY (url, article_id)
) STRICT, WITHOUT ROWID;

-- Ids as the source wrote them where ours had to differ.
CREATE TABLE article_alias (
  alias      TEXT PRIMARY KEY,
  article_id INTEGER NOT NULL REFERENCES article (article_id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

-- Versions that were replaced.
CREATE TABLE revision (
  article_id INTEGER NOT NULL REFERENCES article (article_id) ON DELETE CASCADE,
  revision   INTEGER NOT NULL,
  replaced   INTEGER NOT NULL,
  title      TEXT,
  summary    TEXT,
  body       TEXT NOT NULL,
  PRIMARY KEY (article_id, revision)
) STRICT;
