-- Feeds that are subscribed to: where, when next, and how it went the last time. `address` is where permanent
-- redirects of `url` have led. `etag` and `last_modified` belong to what has been committed, never to more.
-- next_due NULL: polled no more (the feed is gone). outcome: see FeedOutcome in indexer/intake/feed_state.h.

CREATE TABLE feed (
  feed_id       INTEGER PRIMARY KEY AUTOINCREMENT,
  url           TEXT NOT NULL UNIQUE,
  address       TEXT NOT NULL,
  source        TEXT,
  every         INTEGER,
  allow_private INTEGER NOT NULL DEFAULT 0,
  etag          TEXT,
  last_modified TEXT,
  interval      INTEGER NOT NULL,
  next_due      INTEGER,
  failures      INTEGER NOT NULL DEFAULT 0,
  last_poll     INTEGER,
  last_success  INTEGER,
  outcome       INTEGER NOT NULL DEFAULT 0,
  http_status   INTEGER,
  said          TEXT,
  polls         INTEGER NOT NULL DEFAULT 0,
  articles      INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE INDEX feed_due ON feed (next_due) WHERE next_due IS NOT NULL;
