-- Articles whose index is to be made anew, because it holds more than it did: the words of sources and cues, and which
-- articles are older versions. Opened to be changed, an archive does so first, and goes on there when it was stopped.

CREATE TABLE unindexed (
  article {int} PRIMARY KEY REFERENCES articles(id) ON DELETE CASCADE
);
INSERT INTO unindexed (article) SELECT id FROM articles;
