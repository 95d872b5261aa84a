-- How much each person says, and is spoken of, in each article, of what is shown: what lists of millions are counted by.

CREATE TABLE tallies (
  person {int} NOT NULL,          -- people(id); 0 for statements of nobody known
  article {int} NOT NULL REFERENCES articles(id) ON DELETE CASCADE,
  statements {int} NOT NULL,
  about {int} NOT NULL,
  PRIMARY KEY (person, article)
);
CREATE INDEX tallies_by_article ON tallies(article);

INSERT INTO tallies (person, article, statements, about)
SELECT person, article, SUM(said), SUM(told) FROM (
  SELECT COALESCE(s.person, 0) AS person, s.article AS article, COUNT(*) AS said, 0 AS told
  FROM statements s JOIN articles a ON a.id = s.article AND a.current = s.reading
  WHERE s.review IS NULL OR s.review <> 'rejected' GROUP BY 1, 2
  UNION ALL
  SELECT b.person, s.article, 0, COUNT(*)
  FROM statements s JOIN articles a ON a.id = s.article AND a.current = s.reading JOIN abouts b ON b.statement = s.id
  WHERE b.person IS NOT NULL AND (s.review IS NULL OR s.review <> 'rejected') GROUP BY 1, 2
) AS counted GROUP BY 1, 2;
