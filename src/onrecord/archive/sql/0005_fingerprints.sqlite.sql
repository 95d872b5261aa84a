-- Which statements hold which run of words: by this a new statement finds those that carry the same words, whatever
-- stands around them. Only statements that are shown are here; articles that are yet to be put in wait in a table.

CREATE TABLE fingerprints (
  fingerprint INTEGER NOT NULL,   -- signed 64 bits, as tracing makes them
  statement INTEGER NOT NULL REFERENCES statements(id) ON DELETE CASCADE,
  PRIMARY KEY (fingerprint, statement)
) WITHOUT ROWID;
CREATE INDEX fingerprints_by_statement ON fingerprints(statement);

CREATE TABLE unfingerprinted (    -- articles that are new or have changed
  article INTEGER PRIMARY KEY REFERENCES articles(id) ON DELETE CASCADE
);
INSERT INTO unfingerprinted (article) SELECT id FROM articles;
