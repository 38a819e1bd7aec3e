-- Near-duplicates and stories: groups of articles that the indexer links as they come in.

-- A running story. id is made from the article that founded it and never given to another one. Once it went into
-- another story, merged_into names that and everything else is empty. shelf and words are the linker's: where it
-- looks for the story, and what the story is about (schema/README.md).
CREATE TABLE story (
  story_id        INTEGER PRIMARY KEY AUTOINCREMENT,
  id              TEXT NOT NULL UNIQUE,
  merged_into     INTEGER REFERENCES story (story_id),
  title           TEXT,
  kicker          TEXT,
  first_published INTEGER,
  last_published  INTEGER,
  size            INTEGER NOT NULL DEFAULT 0,
  shelf           INTEGER,
  words           BLOB
) STRICT;

CREATE INDEX story_shelf ON story (shelf) WHERE shelf IS NOT NULL;
CREATE INDEX story_merged ON story (merged_into) WHERE merged_into IS NOT NULL;

-- duplicate_group: the article that founded the group of near-duplicates. NULL: in no group, in no story.
ALTER TABLE article ADD COLUMN story_id INTEGER REFERENCES story (story_id);
ALTER TABLE article ADD COLUMN duplicate_group INTEGER;
CREATE INDEX article_story ON article (story_id, published) WHERE story_id IS NOT NULL;
CREATE INDEX article_duplicate ON article (duplicate_group) WHERE duplicate_group IS NOT NULL;

-- The member of a group that stands for it: the one published first, of those the most complete.
CREATE TABLE duplicate_group (
  group_id       INTEGER PRIMARY KEY,
  representative INTEGER NOT NULL
) STRICT;

-- What the linker remembers of an article's text: a sample of its shingles and its strongest words. shelf is set
-- while the article is in no story.
CREATE TABLE article_link (
  article_id INTEGER PRIMARY KEY REFERENCES article (article_id),
  shelf      INTEGER,
  shingles   BLOB NOT NULL,
  words      BLOB NOT NULL
) STRICT;

CREATE INDEX article_link_shelf ON article_link (shelf) WHERE shelf IS NOT NULL;

-- The smallest of an article's shingles: who shares one may be a near-duplicate.
CREATE TABLE shingle_key (
  key        INTEGER NOT NULL,
  article_id INTEGER NOT NULL,
  PRIMARY KEY (key, article_id)
) STRICT, WITHOUT ROWID;

-- How many articles hold a word, up to an article: one row.
CREATE TABLE word_count (
  counted_to INTEGER NOT NULL,
  articles   INTEGER NOT NULL,
  words      BLOB NOT NULL
) STRICT;

-- Articles that the linker has yet to look at: those from before this version, and those whose text or visibility
-- has changed.
CREATE TABLE link_due (
  article_id INTEGER PRIMARY KEY
) STRICT;

INSERT INTO link_due SELECT article_id FROM article WHERE status <> 4;
