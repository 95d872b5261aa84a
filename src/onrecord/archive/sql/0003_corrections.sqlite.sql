-- The log of corrections is append-only. One change is let through: forgetting empties what was before and after and
-- why, and leaves who did what and when. REPLACE deletes without telling triggers of DELETE, so it is met at INSERT.

CREATE TRIGGER corrections_are_not_changed BEFORE UPDATE ON corrections
WHEN NOT (
  NEW.before = '{}' AND NEW.after = '{}' AND NEW.why = '' AND NEW.id IS OLD.id AND NEW.at IS OLD.at
  AND NEW.who IS OLD.who AND NEW.action IS OLD.action AND NEW.article IS OLD.article
  AND NEW.statement IS OLD.statement AND NEW.person IS OLD.person AND NEW.undoes IS OLD.undoes
)
BEGIN
  SELECT RAISE(ABORT, 'the log of corrections is append-only');
END;

CREATE TRIGGER corrections_are_not_deleted BEFORE DELETE ON corrections
BEGIN
  SELECT RAISE(ABORT, 'the log of corrections is append-only');
END;

CREATE TRIGGER corrections_are_not_replaced BEFORE INSERT ON corrections
WHEN EXISTS (SELECT 1 FROM corrections WHERE id = NEW.id)
BEGIN
  SELECT RAISE(ABORT, 'the log of corrections is append-only');
END;

CREATE INDEX corrections_by_person ON corrections(person);

CREATE INDEX statements_by_doubt ON statements(confidence, id) WHERE review IS NULL;
