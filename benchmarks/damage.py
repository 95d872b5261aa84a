"""What `onrecord verify` tells of changes by hand and of a failing disk.

    python benchmarks/damage.py                 # every change by hand, and 200 flipped bits
    python benchmarks/damage.py --flips 0       # the changes alone; --edits 0 the bits alone

An archive of the examples with a second version, a copy, a page, corrections, a merge, receipts, fingerprints and
vectors is changed in one place, past onrecord, and checked. Told is what ends with exit code 1 and words of ours. Of a
flipped bit that nothing is told of, every row of every table is read and compared: it must have changed none.
"""

from __future__ import annotations

import argparse
import contextlib
import hashlib
import io
import json
import multiprocessing
import random
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from onrecord.answers.archive_tracing import catch_up
from onrecord.archive.correcting.corrections import change_form, confirm, merge_people, reject, undo
from onrecord.archive.correcting.runs import finish_run, start_run
from onrecord.archive.indexing.semantic import build
from onrecord.archive.safekeeping.forgetting import forget_person
from onrecord.archive.store.keeping import keep_many
from onrecord.archive.store.opening import open_archive
from onrecord.cli import main as onrecord
from onrecord.records import Record
from onrecord.records.origins import Origin

ROOT = Path(__file__).parents[1]
SECONDS = 120.0  # that one check may take
NO_CHANGE = "no row of any table is another: a free page, a gap in a page, or a field of the header that is not used"

EDITS: dict[str, str] = {
    "texts.text: one word": "UPDATE texts SET text = REPLACE(text, 'water', 'wader')",
    "texts: a row gone": "DELETE FROM texts WHERE sha256 = (SELECT sha256 FROM articles WHERE id = 2)",
    "texts: a row put in": "INSERT INTO texts VALUES ('ab', 'Nobody needs this.')",
    "pages.bytes": "UPDATE pages SET bytes = x'789c030000000001'",
    "pages.media_type": "UPDATE pages SET media_type = 'text/plain'",
    "pages: a row gone": "DELETE FROM pages",
    "outlets.name": "UPDATE outlets SET name = 'The Other Ledger' WHERE id = 3",
    "outlets: a row put in": "INSERT INTO outlets VALUES (99, 'Nobody Reads It')",
    "stories.key": "UPDATE stories SET key = 'url:https://other.example/' WHERE id = 1",
    "articles.title": "UPDATE articles SET title = 'Another title' WHERE id = 2",
    "articles.url": "UPDATE articles SET url = 'https://other.example/' WHERE id = 2",
    "articles.published": "UPDATE articles SET published = '2025-10-13' WHERE id = 2",
    "articles.language": "UPDATE articles SET language = 'de' WHERE id = 2",
    "articles.name": "UPDATE articles SET name = 'other' WHERE id = 2",
    "articles.origin": "UPDATE articles SET origin = NULL WHERE origin IS NOT NULL",
    "articles.added": "UPDATE articles SET added = '2020-01-01T00:00:00+00:00' WHERE id = 2",
    "articles.version": "UPDATE articles SET version = 7 WHERE id = 2",
    "articles.current": "UPDATE articles SET current = NULL WHERE id = 2",
    "articles: a row gone, with all that hangs on it": "DELETE FROM statements WHERE article = 2;"
    " DELETE FROM readings WHERE article = 2; DELETE FROM articles WHERE id = 2",
    "runs.model": "UPDATE runs SET model = 'another'",
    "runs.finished": "UPDATE runs SET finished = NULL",
    "runs: a row put in": "INSERT INTO runs (id, label, engine, started) VALUES (99, '', 'x', '2020-01-01')",
    "readings.model": "UPDATE readings SET model_sha256 = 'ab' WHERE id = 2",
    "people.name": "UPDATE people SET name = 'Tom Arlund' WHERE name = 'Tomas Arlund'",
    "people.wikidata": "UPDATE people SET wikidata = 'Q42' WHERE name = 'Tomas Arlund'",
    "people.key": "UPDATE people SET key = key || 'x' WHERE id = 2",
    "people.kind": "UPDATE people SET kind = 'group' WHERE id = 2",
    "people.merged_into": "UPDATE people SET merged_into = NULL",
    "people: a row put in": "INSERT INTO people (id, key, name, kind) VALUES (999, 'person:x y', 'X Y', 'person')",
    "entities.name": "UPDATE entities SET name = 'Tom Arlund' WHERE id = 5",
    "entities.wikidata": "UPDATE entities SET wikidata = 'Q42' WHERE id = 5",
    "entities.role": "UPDATE entities SET role = 'king' WHERE id = 5",
    "entities.person": "UPDATE entities SET person = 1 WHERE id = (SELECT MAX(id) FROM entities)",
    "entities.more": "UPDATE entities SET more = '{\"mentions\":[]}' WHERE id = 5",
    "occasions.kind": "UPDATE occasions SET kind = 'book' WHERE id = 1",
    "occasions.said_on": "UPDATE occasions SET said_on = '1999' WHERE id = 1",
    "statements.content": "UPDATE statements SET content = 'It was nobody' WHERE id = 5",
    "statements.content_spans": "UPDATE statements SET content_spans = '[[1,5]]' WHERE id = 5",
    "statements.start": "UPDATE statements SET start = 1 WHERE id = 5",
    "statements.form": "UPDATE statements SET form = 'indirect' WHERE form = 'direct' AND id < 9",
    "statements.confidence": "UPDATE statements SET confidence = 0.123 WHERE id = 5",
    "statements.status": "UPDATE statements SET status = 'denied' WHERE id = 5",
    "statements.voice": "UPDATE statements SET voice = 'outlet' WHERE id = 5",
    "statements.speaker": "UPDATE statements SET speaker = NULL, person = NULL WHERE id = 5",
    "statements.person": "UPDATE statements SET person = 1 WHERE id = 5",
    "statements.reason": "UPDATE statements SET reason = 'so' WHERE id = 5",
    "statements.candidates": "UPDATE statements SET candidates = '[]' WHERE candidates <> '[]'",
    "statements.decided_by": "UPDATE statements SET decided_by = '{}' WHERE id = 5",
    "statements.review": "UPDATE statements SET review = NULL WHERE review = 'rejected'",
    "statements: a row gone": "DELETE FROM statements WHERE id = 7",
    "statements: a row put in": "INSERT INTO statements SELECT 9999, reading, article, 'forged', start, content_spans,"
    " source_spans, cue_spans, content, source, cue, form, confidence, status, cue_class, voice, speaker, person,"
    " relayed_by, occasion, said_on, reason, NULL, NULL, candidates, decided_by, review FROM statements WHERE id = 5",
    "abouts.sign": "UPDATE abouts SET sign = '-'",
    "abouts: a row gone": "DELETE FROM abouts WHERE rowid = (SELECT MIN(rowid) FROM abouts)",
    "asserted.relation": "UPDATE asserted SET relation = 'other'",
    "asserted: rows gone": "DELETE FROM asserted",
    "corrections: the last row gone": "DELETE FROM corrections WHERE id = (SELECT MAX(id) FROM corrections)",
    "corrections: a row gone with its link": "DELETE FROM corrections WHERE id = 2;"
    " DELETE FROM chain WHERE correction = 2",
    "corrections: the tail cut off with its links": "DELETE FROM corrections WHERE id > 2;"
    " DELETE FROM chain WHERE correction > 2",
    "corrections.who": "UPDATE corrections SET who = 'somebody else' WHERE id = 1",
    "corrections.after": 'UPDATE corrections SET after = \'{"statement":{"form":"direct"}}\' WHERE id = 2',
    "corrections: a row emptied": "UPDATE corrections SET before = '{}', after = '{}', why = '' WHERE id = 1",
    "corrections: a row put in": "INSERT INTO corrections SELECT 99, at, who, action, article, statement, person,"
    " before, after, why, undoes FROM corrections WHERE id = 1",
    "chain.link": "UPDATE chain SET link = 'ab' WHERE correction = 2",
    "erasures: a receipt gone": "DELETE FROM erasures",
    "erasures.statements": "UPDATE erasures SET statements = 0",
    "seals: a row gone": "DELETE FROM seals WHERE kind = 'articles' AND id = 2",
    "seals: a row gone with what it seals": "DELETE FROM people WHERE id = 3;"
    " DELETE FROM seals WHERE kind = 'people' AND id = 3",
    "heads: a row gone": "DELETE FROM heads WHERE kind = 'corrections'",
    "copies.share": "UPDATE copies SET share = 0.71",
    "copies: rows gone": "DELETE FROM copies",
    "sketches: rows gone": "DELETE FROM sketches WHERE article = 1",
    "tallies.statements": "UPDATE tallies SET statements = statements + 1 WHERE article = 1",
    "tallies: rows gone": "DELETE FROM tallies",
    "fingerprints: rows gone": "DELETE FROM fingerprints WHERE statement < 20",
    "fingerprints: none, and nothing waits": "DELETE FROM fingerprints; DELETE FROM unfingerprinted",
    "found: emptied": "INSERT INTO found (found) VALUES ('delete-all')",
    "found_articles: emptied": "INSERT INTO found_articles (found_articles) VALUES ('delete-all')",
    "found_data: a block gone": "DELETE FROM found_data WHERE id = (SELECT MAX(id) FROM found_data)",
    "indexed: a row gone": "DELETE FROM indexed WHERE article = 2",
    "terms.statements": "UPDATE terms SET statements = statements + 1 WHERE word = 'water'",
    "terms: a row gone": "DELETE FROM terms WHERE word = 'water'",
    "term_parts: emptied": "INSERT INTO term_parts (term_parts) VALUES ('delete-all')",
    "vectors.vector": "UPDATE vectors SET vector = x'0102' WHERE statement = 5",
    "numbers.last": "UPDATE numbers SET last = 1 WHERE name = 'statements'",
    "migrations.sha256": "UPDATE migrations SET sha256 = 'ab' WHERE version = 2",
    "migrations: a row gone": "DELETE FROM migrations WHERE version = 4",
    "an index dropped": "DROP INDEX abouts_by_person",
    "a trigger dropped": "DROP TRIGGER corrections_are_not_changed",
    "a trigger put in": "CREATE TRIGGER mine AFTER INSERT ON articles BEGIN DELETE FROM copies; END",
    "a table dropped": "DROP TABLE abouts",
    "migrations.applied": "UPDATE migrations SET applied = '1999' WHERE version = 2",
    "vectors: a row gone": "DELETE FROM vectors WHERE statement = 5",
}
NOT_NEEDED = {
    "migrations.applied": "a note for people: nothing is worked out from it",
    "vectors: a row gone": "made when asked for: a statement without one waits for `likeness --build`",
}


def main() -> None:
    """Change, check, print tables; ends with exit code 1 where a change was missed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--flips", type=int, default=200)
    parser.add_argument("--edits", type=int, default=len(EDITS))
    parser.add_argument("--seed", type=int, default=5)
    given = parser.parse_args()
    missed = 0
    with tempfile.TemporaryDirectory(prefix="onrecord-damage-") as name:
        base, changed = Path(name) / "base.db", Path(name) / "changed.db"
        make(base)
        code, told = verified(base)
        assert code == 0, told
        for what, sql in list(EDITS.items())[: given.edits]:
            shutil.copy(base, changed)
            edit(changed, sql)
            code, told = verified(changed)
            missed += not (code == 1 or what in NOT_NEEDED)
            print(f"{what:48} {first(told) if code else 'not needed: ' + NOT_NEEDED.get(what, 'MISSED')}", flush=True)
        print(f"\n{given.edits} changes by hand, {missed} missed\n", flush=True)
        chance, before, kinds = random.Random(given.seed), rows_of(base), Counter[str]()
        for _ in range(given.flips):
            bit = chance.randrange(8 * base.stat().st_size)
            shutil.copy(base, changed)
            flip(changed, bit)
            code, told = verified(changed)
            if code == 1:
                kind = "told: " + kind_of(first(told))
            else:
                other = sorted(name for name, digest in rows_of(changed).items() if digest != before[name])
                kind = f"MISSED in {', '.join(other)}" if other else NO_CHANGE
                missed += bool(other)
            kinds[kind] += 1
        for kind, n in kinds.most_common():
            print(f"{n:5}  {kind}")
    sys.exit(missed > 0)


def make(path: Path) -> None:
    """An archive with something in every table."""
    command = (sys.executable, "-m", "onrecord", "read", "examples/event.jsonl", "--format", "jsonl", "--quiet")
    read = subprocess.run(command, capture_output=True, text=True, check=True, cwd=ROOT)
    records = [Record.from_dict(json.loads(line)) for line in read.stdout.splitlines()]
    first, second = records[0], records[1]
    page = Origin.of(b"<p>A page.</p>", media_type="text/html", name="https://page.example/")
    text = second.article.text
    again = replace(second.article, text=f"{text} It was dry.", origin=page)
    copied = replace(first.article, text=f"{first.article.text} So.", url="https://copy.example/a", outlet="The Copy")
    records += [replace(second, article=again), replace(first, article=copied)]
    with open_archive(path) as archive:
        run = start_run(archive, "examples", first.provenance)
        list(keep_many(archive, records, run))
        finish_run(archive, run)
        confirm(archive, 1, who="Rita", why="heard it")
        form = change_form(archive, 2, form="mixed", who="Rita")
        reject(archive, 3, who="Rita")
        undo(archive, form, who="Rita")
        change_form(archive, 4, form="mixed", who="Rita")
        people = [
            id for (id,) in archive.database.rows("SELECT DISTINCT person FROM tallies WHERE person > 0 ORDER BY 1")
        ]
        merge_people(archive, people[0], people[1], who="Rita")
        forget_person(archive, people[-1], who="Rita")
        catch_up(archive)
        build(archive, Drawn())
        archive.database.row("PRAGMA wal_checkpoint(TRUNCATE)")


class Drawn:
    """Vectors by chance, in the place of a model's."""

    name, dimensions = "drawn", 64

    def encode(self, texts: Sequence[str]) -> np.ndarray:
        made = np.random.default_rng(5).normal(size=(len(texts), self.dimensions)).astype(np.float32)
        return np.asarray(made / np.linalg.norm(made, axis=1, keepdims=True), np.float32)


def edit(path: Path, sql: str) -> None:
    """Do it as with the sqlite3 shell, past the triggers of the log where it is not about them."""
    with contextlib.closing(sqlite3.connect(path)) as database:
        triggers = (
            []
            if "TRIGGER" in sql
            else database.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
        )
        for name, _ in triggers:
            database.execute(f"DROP TRIGGER {name}")
        before = database.total_changes
        database.executescript(sql)
        assert database.total_changes > before or "DROP" in sql or "TRIGGER" in sql or "delete-all" in sql, sql
        for _, made in triggers:
            database.execute(made)
        database.commit()


def flip(path: Path, bit: int) -> None:
    """Turn one bit of the file over."""
    with path.open("r+b") as file:
        file.seek(bit // 8)
        (byte,) = file.read(1)
        file.seek(bit // 8)
        file.write(bytes([byte ^ 1 << bit % 8]))


def verified(path: Path) -> tuple[int, str]:
    """Exit code and words of `onrecord verify`, in a process of its own: 1 and words of ours are a fault told."""
    for beside in path.parent.glob(f"{path.name}-*"):
        beside.unlink()
    with multiprocessing.get_context("fork").Pool(1) as pool:
        code, told = pool.apply_async(_verified, (str(path),)).get(SECONDS)
    assert "fault in onrecord itself" not in told, told
    return code, told


def _verified(path: str) -> tuple[int, str]:
    told = io.StringIO()
    with contextlib.redirect_stdout(told), contextlib.redirect_stderr(told):
        code = onrecord(["verify", "--archive", path, "--quiet"])
    return code, told.getvalue()


def first(told: str) -> str:
    """The first line, without the name of the file."""
    return told.splitlines()[0].replace("onrecord: ", "")[:110]


def kind_of(line: str) -> str:
    """What a fault is told of: the table, or the file."""
    return "the file cannot be opened or read" if line.startswith("Saw") else line.split()[0].rstrip(":")


def rows_of(path: Path) -> dict[str, str]:
    """A digest of all rows of each table, those of the indexes' own among them, and of the schema."""
    digests = {}
    with contextlib.closing(sqlite3.connect(path)) as database:
        database.text_factory = bytes
        names = "SELECT name FROM sqlite_master WHERE type = 'table' AND rootpage > 0 ORDER BY name"
        for (name,) in [(b"sqlite_master",), *database.execute(names).fetchall()]:
            rows = sorted(map(repr, database.execute(f'SELECT * FROM "{name.decode()}"')))
            digests[name.decode()] = hashlib.sha256("".join(rows).encode()).hexdigest()
    return digests


if __name__ == "__main__":
    main()
