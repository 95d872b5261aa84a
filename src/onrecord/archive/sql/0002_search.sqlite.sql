-- What search looks up. The words of a statement or an article are cut and folded by words.py, marked by documents.py
-- (who speaks, which outlet, which day, …) and indexed here without being kept a second time: the tables below hold no
-- text. Tokens come folded and parted by spaces; the ascii tokenizer leaves every other character alone.

CREATE VIRTUAL TABLE found USING fts5(words, content='', columnsize=0, tokenize='ascii');           -- rowid: statements.id
CREATE VIRTUAL TABLE found_articles USING fts5(words, content='', columnsize=0, tokenize='ascii');  -- rowid: articles.id

CREATE TABLE indexed (            -- what was indexed for an article, zlib-compressed JSON: needed to take it out again
  article INTEGER PRIMARY KEY,
  documents BLOB NOT NULL
);

CREATE TABLE terms (              -- every word of the index, its stem, and in how much of each kind it stands
  id INTEGER PRIMARY KEY,
  word TEXT NOT NULL UNIQUE,
  stem TEXT NOT NULL,
  statements INTEGER NOT NULL,
  articles INTEGER NOT NULL
);
CREATE INDEX terms_by_stem ON terms(stem);
CREATE VIRTUAL TABLE term_parts USING fts5(word, content='terms', content_rowid='id', tokenize='trigram');

CREATE TABLE vectors (            -- what a statement means, for "statements like this one"
  statement INTEGER PRIMARY KEY REFERENCES statements(id) ON DELETE CASCADE,
  model TEXT NOT NULL,
  vector BLOB NOT NULL            -- one signed byte a dimension, of a vector of length 127
);
