-- The log of corrections is append-only. One change is let through: forgetting empties what was before and after and
-- why, and leaves who did what and when.

CREATE FUNCTION corrections_stay() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'UPDATE' THEN
    IF NEW.before = '{}' AND NEW.after = '{}' AND NEW.why = ''
      AND (NEW.id, NEW.at, NEW.who, NEW.action, NEW.article, NEW.statement, NEW.person, NEW.undoes)
        IS NOT DISTINCT FROM
          (OLD.id, OLD.at, OLD.who, OLD.action, OLD.article, OLD.statement, OLD.person, OLD.undoes)
    THEN
      RETURN NEW;
    END IF;
  END IF;
  RAISE EXCEPTION 'the log of corrections is append-only';
END;
$$;

CREATE TRIGGER corrections_are_not_changed BEFORE UPDATE OR DELETE ON corrections
FOR EACH ROW EXECUTE FUNCTION corrections_stay();

CREATE TRIGGER corrections_are_not_emptied BEFORE TRUNCATE ON corrections
FOR EACH STATEMENT EXECUTE FUNCTION corrections_stay();

CREATE INDEX corrections_by_person ON corrections(person);

CREATE INDEX statements_by_doubt ON statements(confidence, id) WHERE review IS NULL;
