-- What is kept. Written once for both databases; the words in braces stand for what each calls it:
-- {id} an integer key, {int} a 64-bit integer, {real} a double, {bytes} raw bytes.
-- Spans are JSON lists of [start, end] in code points into texts.text. Dates and times are ISO 8601 text.

CREATE TABLE numbers (            -- the highest id a table ever gave out: none is given twice
  name TEXT PRIMARY KEY,
  last {int} NOT NULL
);

CREATE TABLE texts (
  sha256 TEXT PRIMARY KEY,
  text TEXT NOT NULL
);

CREATE TABLE pages (              -- the raw source an article was extracted from, kept once, zlib-compressed
  sha256 TEXT PRIMARY KEY,
  media_type TEXT,
  bytes {bytes} NOT NULL
);

CREATE TABLE outlets (
  id {id},
  name TEXT NOT NULL UNIQUE
);

CREATE TABLE stories (            -- one url, or one given id where there is no url; its versions are articles
  id {id},
  key TEXT NOT NULL UNIQUE
);

CREATE TABLE articles (           -- one version of a story
  id {id},
  story {int} NOT NULL REFERENCES stories(id),
  version {int} NOT NULL,
  name TEXT NOT NULL,             -- Article.id
  title TEXT,
  outlet {int} REFERENCES outlets(id),
  published TEXT,
  url TEXT,
  language TEXT,
  sha256 TEXT NOT NULL REFERENCES texts(sha256),
  page TEXT REFERENCES pages(sha256),
  origin TEXT,                    -- JSON of Article.origin without the raw bytes
  added TEXT NOT NULL,
  current {int},                  -- the reading that is shown and searched; readings(id), null before the first
  UNIQUE (story, version),
  UNIQUE (story, sha256)
);
CREATE INDEX articles_by_sha256 ON articles(sha256);
CREATE INDEX articles_by_outlet ON articles(outlet, published);
CREATE INDEX articles_by_published ON articles(published);
CREATE INDEX articles_by_page ON articles(page) WHERE page IS NOT NULL;
CREATE INDEX articles_by_name ON articles(name);

CREATE TABLE copies (             -- near-identical texts of different stories: linked, never merged
  article {int} NOT NULL REFERENCES articles(id) ON DELETE CASCADE,
  of {int} NOT NULL REFERENCES articles(id) ON DELETE CASCADE,
  share {real} NOT NULL,          -- estimated Jaccard of word shingles, 0..1
  PRIMARY KEY (article, of)
);
CREATE INDEX copies_by_of ON copies(of);

CREATE TABLE sketches (           -- the bands of an article's shingle sketch, by which copies are found
  band {int} NOT NULL,
  article {int} NOT NULL REFERENCES articles(id) ON DELETE CASCADE,
  PRIMARY KEY (band, article)
);
CREATE INDEX sketches_by_article ON sketches(article);

CREATE TABLE runs (               -- one pass of one engine over some articles
  id {id},
  label TEXT NOT NULL,
  engine TEXT NOT NULL,
  model TEXT,
  model_sha256 TEXT,
  started TEXT NOT NULL,
  finished TEXT                   -- null while it goes on, or where it was broken off
);

CREATE TABLE readings (           -- the record of one article made by one run
  id {id},
  run {int} NOT NULL REFERENCES runs(id),
  article {int} NOT NULL REFERENCES articles(id) ON DELETE CASCADE,
  engine TEXT NOT NULL,           -- Provenance
  model TEXT,
  model_sha256 TEXT,
  UNIQUE (run, article)
);
CREATE INDEX readings_by_article ON readings(article);

CREATE TABLE people (             -- whoever or whatever speaks or is spoken of, over all articles
  id {id},
  key TEXT NOT NULL UNIQUE,       -- the Wikidata id, or kind and folded name
  name TEXT NOT NULL,
  kind TEXT NOT NULL,             -- person, organisation, place, group, work, outlet
  wikidata TEXT,
  merged_into {int} REFERENCES people(id)
);
CREATE INDEX people_by_name ON people(name);
CREATE INDEX people_merged ON people(merged_into) WHERE merged_into IS NOT NULL;

CREATE TABLE entities (
  id {id},
  reading {int} NOT NULL REFERENCES readings(id) ON DELETE CASCADE,
  local TEXT NOT NULL,            -- Entity.id
  place {int} NOT NULL,           -- its position in Record.entities
  person {int} REFERENCES people(id),
  name TEXT NOT NULL,
  kind TEXT NOT NULL,
  role TEXT,
  of TEXT,                        -- local id
  wikidata TEXT,
  named {int} NOT NULL,
  count {int},
  more TEXT NOT NULL,             -- JSON: aka, mentions, namesakes, evidence
  UNIQUE (reading, local)
);
CREATE INDEX entities_by_person ON entities(person);

CREATE TABLE occasions (
  id {id},
  reading {int} NOT NULL REFERENCES readings(id) ON DELETE CASCADE,
  local TEXT NOT NULL,
  place_in_record {int} NOT NULL,
  kind TEXT,
  medium TEXT,                    -- local id of an entity
  place TEXT,
  addressee TEXT,
  event TEXT,
  date TEXT,
  said_on TEXT,                   -- Occasion.when
  evidence TEXT NOT NULL,         -- JSON spans
  UNIQUE (reading, local)
);

CREATE TABLE statements (
  id {id},
  reading {int} NOT NULL REFERENCES readings(id) ON DELETE CASCADE,
  article {int} NOT NULL REFERENCES articles(id) ON DELETE CASCADE,
  local TEXT NOT NULL,            -- Statement.id
  start {int} NOT NULL,           -- of the extent
  content_spans TEXT NOT NULL,
  source_spans TEXT NOT NULL,
  cue_spans TEXT NOT NULL,
  content TEXT NOT NULL,          -- the article's own words in each role, pieces joined by " … "
  source TEXT NOT NULL,
  cue TEXT NOT NULL,
  form TEXT NOT NULL,
  confidence {real} NOT NULL,
  status TEXT NOT NULL,
  cue_class TEXT,
  voice TEXT NOT NULL,
  speaker {int},                  -- entities(id)
  person {int},                   -- people(id) of the speaker
  relayed_by {int},               -- entities(id)
  occasion {int},                 -- occasions(id)
  said_on TEXT,                   -- of the occasion, for filters
  reason TEXT,
  carried_from TEXT,              -- local ids
  within TEXT,
  candidates TEXT NOT NULL,       -- JSON [[local entity id, score], …]
  decided_by TEXT NOT NULL,       -- JSON object
  review TEXT,                    -- null, confirmed, changed, rejected, added: what a person said of it
  UNIQUE (reading, local)
);
CREATE INDEX statements_by_article ON statements(article, start);
CREATE INDEX statements_by_person ON statements(person, article, reading, review);
CREATE INDEX statements_by_review ON statements(review) WHERE review IS NOT NULL;

CREATE TABLE abouts (
  statement {int} NOT NULL REFERENCES statements(id) ON DELETE CASCADE,
  place {int} NOT NULL,
  entity {int} NOT NULL,          -- entities(id) of the same reading
  person {int},
  sign TEXT NOT NULL,
  words TEXT NOT NULL,            -- JSON spans
  PRIMARY KEY (statement, place)
);
CREATE INDEX abouts_by_person ON abouts(person);

CREATE TABLE asserted (
  reading {int} NOT NULL REFERENCES readings(id) ON DELETE CASCADE,
  place {int} NOT NULL,
  first {int} NOT NULL,           -- span
  last {int} NOT NULL,
  relation TEXT NOT NULL,
  statement TEXT,                 -- local id
  why TEXT NOT NULL,
  PRIMARY KEY (reading, place)
);

CREATE TABLE corrections (        -- append-only: rows are never changed; undoing is a row too
  id {id},
  at TEXT NOT NULL,
  who TEXT NOT NULL,
  action TEXT NOT NULL,           -- confirm, reject, speaker, spans, form, framing, add, merge, split, promote, undo
  article {int},
  statement {int},
  person {int},
  before TEXT NOT NULL,           -- JSON: what the action replaced
  after TEXT NOT NULL,            -- JSON: what it put there
  why TEXT NOT NULL,
  undoes {int} REFERENCES corrections(id)
);
CREATE INDEX corrections_by_statement ON corrections(statement);
CREATE INDEX corrections_by_article ON corrections(article);

CREATE TABLE erasures (           -- receipts of what was forgotten: no text, no name
  id {id},
  at TEXT NOT NULL,
  who TEXT NOT NULL,
  why TEXT NOT NULL,
  articles {int} NOT NULL,
  statements {int} NOT NULL,
  receipt TEXT NOT NULL           -- JSON: digests and counts
);
