-- What shows a change that onrecord did not make: a digest of the rows of each article, person, run and receipt, made
-- anew whenever they change by right, and the log of corrections as a chain. Both begin here: what an archive held
-- before is told by `since`, and is sealed when it next changes, or by `onrecord verify --repair`.

CREATE TABLE seals (
  kind TEXT NOT NULL,             -- articles, copies, people, runs, erasures
  id {int} NOT NULL,              -- articles(id) for articles and copies, else the id of the row
  digest TEXT NOT NULL,           -- SHA-256 of the rows, its first 128 bits
  PRIMARY KEY (kind, id)
);

CREATE TABLE chain (              -- each correction bound to the one before
  correction {id},                -- corrections(id)
  salt TEXT,                      -- drawn for each row, so that nobody can guess what was said; null once forgotten
  said TEXT NOT NULL,             -- SHA-256 of the salt and of before, after, why
  link TEXT NOT NULL              -- SHA-256 of the link before, of who did what when, and of `said`
);

CREATE TABLE heads (              -- what all seals of a kind, and the links of the chain, come to
  kind TEXT PRIMARY KEY,          -- a kind of seal, or corrections
  number {int} NOT NULL,          -- how many there are
  head TEXT NOT NULL,             -- exclusive or of the digests; the last link
  since {int} NOT NULL            -- the highest id that was there before seals were
);
INSERT INTO heads (kind, number, head, since) SELECT 'articles', 0, '', COALESCE(MAX(id), 0) FROM articles;
INSERT INTO heads (kind, number, head, since) SELECT 'copies', 0, '', COALESCE(MAX(id), 0) FROM articles;
INSERT INTO heads (kind, number, head, since) SELECT 'people', 0, '', COALESCE(MAX(id), 0) FROM people;
INSERT INTO heads (kind, number, head, since) SELECT 'runs', 0, '', COALESCE(MAX(id), 0) FROM runs;
INSERT INTO heads (kind, number, head, since) SELECT 'erasures', 0, '', COALESCE(MAX(id), 0) FROM erasures;
INSERT INTO heads (kind, number, head, since) SELECT 'corrections', 0, '', COALESCE(MAX(id), 0) FROM corrections;

ALTER TABLE vectors ADD COLUMN crc {int};  -- CRC-32 of the vector; null where it was made before
