-- What search looks up; see the same step for SQLite. Lexemes and their places come from words.py and documents.py, not
-- from a configuration of the server, so that both databases find the same.

CREATE TABLE found (              -- id: statements.id
  id BIGINT PRIMARY KEY,
  words TSVECTOR NOT NULL
);
CREATE INDEX found_by_words ON found USING gin (words) WITH (gin_pending_list_limit = 16384);

CREATE TABLE found_articles (     -- id: articles.id
  id BIGINT PRIMARY KEY,
  words TSVECTOR NOT NULL
);
CREATE INDEX found_articles_by_words ON found_articles USING gin (words) WITH (gin_pending_list_limit = 16384);

CREATE TABLE indexed (
  article BIGINT PRIMARY KEY,
  documents BYTEA NOT NULL
);

CREATE TABLE terms (
  word TEXT COLLATE "C" PRIMARY KEY,
  stem TEXT COLLATE "C" NOT NULL,
  statements BIGINT NOT NULL,
  articles BIGINT NOT NULL
) WITH (fillfactor = 60);         -- counts change all the time: room for that on each page
CREATE INDEX terms_by_stem ON terms(stem);

-- pg_trgm makes *parts* of words quick to find; without it (not installed, or no right to) all words are gone through.
DO $$
BEGIN
  CREATE EXTENSION IF NOT EXISTS pg_trgm;
  CREATE INDEX terms_by_part ON terms USING gin (word gin_trgm_ops);
EXCEPTION WHEN OTHERS THEN
  RAISE NOTICE 'onrecord: no pg_trgm (%); parts of words are looked for without an index', SQLERRM;
END
$$;

CREATE TABLE vectors (
  statement BIGINT PRIMARY KEY REFERENCES statements(id) ON DELETE CASCADE,
  model TEXT NOT NULL,
  vector BYTEA NOT NULL
);
