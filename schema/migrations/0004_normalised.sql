-- What the indexer concludes from an article: where summary and kicker come from, how sure its language is,
-- whether its body stands under another title as well; and what an operator says about sources.

-- Where they come from: enumerations of schema/article.h. NULL is "there is none".
ALTER TABLE article ADD COLUMN summary_origin INTEGER;
ALTER TABLE article ADD COLUMN kicker_origin INTEGER;
UPDATE article SET summary_origin = 1 WHERE summary IS NOT NULL;
UPDATE article SET kicker_origin = 1 WHERE kicker IS NOT NULL;

-- Percent, where the language was found out rather than declared.
ALTER TABLE article ADD COLUMN language_confidence INTEGER;

-- A hash of the body's words (NULL for bodies too short to tell), and whether an article with the same hash
-- has another title.
ALTER TABLE article ADD COLUMN body_hash INTEGER;
ALTER TABLE article ADD COLUMN body_shared INTEGER NOT NULL DEFAULT 0;
CREATE INDEX article_body_hash ON article (body_hash) WHERE body_hash IS NOT NULL;

-- Articles of a blocked source stay in the catalog and are not visible.
ALTER TABLE source ADD COLUMN home TEXT;
ALTER TABLE source ADD COLUMN language TEXT;
ALTER TABLE source ADD COLUMN weight REAL NOT NULL DEFAULT 1;
ALTER TABLE source ADD COLUMN blocked INTEGER NOT NULL DEFAULT 0;
