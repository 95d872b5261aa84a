"""Runs: what each engine and model found, side by side; how two differ; and which one is shown."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from onrecord.archive.correcting.carrying_over import carry_over
from onrecord.archive.correcting.correction_log import checked, note
from onrecord.archive.indexing.upkeep import index_articles
from onrecord.archive.safekeeping.sealing import seal
from onrecord.archive.store.database import allocate, rows_in
from onrecord.errors import NoSuchEntry
from onrecord.records import Provenance
from onrecord.records.codec import spans_from
from onrecord.spans import Span

if TYPE_CHECKING:
    from onrecord.archive.store.opening import Archive


AT_ONCE = 200  # articles promoted in one transaction
ALIKE = 0.5  # share of the characters of two contents from which they are the same statement
COMPARED = ("content", "source", "cue", "form", "status", "cue_class", "voice", "speaker", "said_on", "about")


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """One statement that two runs found differently in an article. Added where `before` is None, gone where `after`
    is; `fields` holds what differs, as it was and as it became. `words` is its content."""

    article: int
    before: int | None
    after: int | None
    words: str
    fields: Mapping[str, tuple[object, object]]

    @property
    def kind(self) -> str:
        """added, gone or changed."""
        return "added" if self.before is None else "gone" if self.after is None else "changed"


@dataclass(frozen=True, slots=True, kw_only=True)
class RunDiff:
    """How run `b` differs from run `a` in the articles that both read. `only_a` and `only_b` count the other articles,
    `same` the statements that do not differ, `by_field` the changed ones by what changed."""

    a: int
    b: int
    articles: int
    only_a: int
    only_b: int
    same: int
    differences: tuple[Difference, ...]

    def of_kind(self, kind: str) -> tuple[Difference, ...]:
        """The differences that are added, gone or changed."""
        return tuple(difference for difference in self.differences if difference.kind == kind)

    @property
    def by_field(self) -> Mapping[str, int]:
        """How many changed statements changed in each field, the most first."""
        return dict(Counter(name for changed in self.of_kind("changed") for name in changed.fields).most_common())


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """One pass of one engine over some articles. `finished` is None while it goes on, or where it was broken off;
    `current` is how many of its readings are shown."""

    id: int
    label: str
    provenance: Provenance
    started: str
    finished: str | None
    articles: int
    statements: int
    current: int


def start_run(archive: Archive, label: str, provenance: Provenance) -> int:
    """Begin a run, or go on with one of that label and engine that was broken off; its id."""
    database = archive.database
    with database.writing():
        if (begun := unfinished_run(archive, label, provenance)) is not None:
            return begun
        id = allocate(database, "runs")
        database.load(
            "runs",
            ("id", "label", "engine", "model", "model_sha256", "started"),
            [(id, label, provenance.engine, provenance.model, provenance.model_sha256, archive.now())],
        )
        seal(database, "runs", [id])
        return id


def unfinished_run(archive: Archive, label: str, provenance: Provenance) -> int | None:
    """The id of a run of that label and engine that goes on, or was broken off; None where there is none."""
    row = archive.database.row(
        "SELECT id FROM runs WHERE label = ? AND engine = ? AND COALESCE(model, '') = ?"
        " AND COALESCE(model_sha256, '') = ? AND finished IS NULL ORDER BY id LIMIT 1",
        (label, provenance.engine, provenance.model or "", provenance.model_sha256 or ""),
    )
    return None if row is None else int(row[0])


def finish_run(archive: Archive, run: int) -> None:
    """All that the run was to read is kept."""
    with archive.database.writing():
        if not archive.database.run("UPDATE runs SET finished = ? WHERE id = ?", (archive.now(), run)):
            raise no_such_run(run)
        seal(archive.database, "runs", [run])


def runs(archive: Archive) -> tuple[Run, ...]:
    """All runs, in the order they began."""
    rows = archive.database.rows(
        "SELECT r.id, r.label, r.engine, r.model, r.model_sha256, r.started, r.finished,"
        " (SELECT COUNT(*) FROM readings g WHERE g.run = r.id),"
        " (SELECT COUNT(*) FROM readings g JOIN statements s ON s.reading = g.id WHERE g.run = r.id),"
        " (SELECT COUNT(*) FROM readings g JOIN articles a ON a.current = g.id WHERE g.run = r.id)"
        " FROM runs r ORDER BY r.id"
    )
    return tuple(
        Run(
            id=id,
            label=label,
            provenance=Provenance(*made),
            started=started,
            finished=finished,
            articles=articles,
            statements=statements,
            current=current,
        )
        for id, label, *made, started, finished, articles, statements, current in rows
    )


def diff(archive: Archive, a: int, b: int) -> RunDiff:
    """What changed from run `a` to run `b`. Raises NoSuchEntry where one is none.

    Statements are matched by how much of their content they share, the likest first; one that nothing matches is
    added or gone. Only what differs is held.
    """
    with archive.database.reading():
        before, after = _readings(archive, a), _readings(archive, b)
        both = sorted(before.keys() & after.keys())
        differences: list[Difference] = []
        same = 0
        for article in both:
            old, new = _found(archive, before[article]), _found(archive, after[article])
            for difference in _differences(article, old, new):
                if difference is None:
                    same += 1
                else:
                    differences.append(difference)
    return RunDiff(
        a=a,
        b=b,
        articles=len(both),
        only_a=len(before) - len(both),
        only_b=len(after) - len(both),
        same=same,
        differences=tuple(differences),
    )


def promote(
    archive: Archive, run: int, who: str, why: str = "", *, progress: Callable[[int], None] = lambda done: None
) -> int:
    """Show and search from now on what that run found, in every article it read; how many articles that changed.

    What a person confirmed or changed is carried over into the new reading. Broken off, it has promoted whole
    articles only, and goes on when called again. Raises NoSuchEntry where there is no such run.
    """
    who = checked(who, why)
    readings = _readings(archive, run)
    done = 0
    articles = sorted(readings)
    for at in range(0, len(articles), AT_ONCE):
        with archive.database.writing():
            done += _promote(archive, {id: readings[id] for id in articles[at : at + AT_ONCE]}, who, why)
        progress(done)
    return done


def _promote(archive: Archive, readings: Mapping[int, int], who: str, why: str) -> int:
    current = dict(rows_in(archive.database, "SELECT id, current FROM articles WHERE id IN {in}", readings))
    changed = [id for id, reading in readings.items() if id in current and current[id] != reading]
    archive.database.many("UPDATE articles SET current = ? WHERE id = ?", [(readings[id], id) for id in changed])
    for id in changed:
        note(archive, who, "promote", {"reading": current[id]}, {"reading": readings[id]}, article=id, why=why)
        if current[id] is not None:
            carry_over(archive, id, current[id], readings[id])
    index_articles(archive, changed)
    return len(changed)


def _readings(archive: Archive, run: int) -> dict[int, int]:
    """The readings of a run, by article."""
    if archive.database.row("SELECT 1 FROM runs WHERE id = ?", (run,)) is None:
        raise no_such_run(run)
    return dict(archive.database.rows("SELECT article, id FROM readings WHERE run = ? ORDER BY article", (run,)))


@dataclass(frozen=True, slots=True)
class _Found:
    id: int
    spans: tuple[Span, ...]
    fields: Mapping[str, Any]


def _found(archive: Archive, reading: int) -> list[_Found]:
    database = archive.database
    about: dict[int, list[str]] = {}
    for id, name, sign in database.rows(
        "SELECT b.statement, e.name, b.sign FROM statements s JOIN abouts b ON b.statement = s.id"
        " JOIN entities e ON e.id = b.entity WHERE s.reading = ? ORDER BY e.name, b.sign",
        (reading,),
    ):
        about.setdefault(id, []).append(f"{name} {sign}")
    rows = database.rows(
        "SELECT s.id, s.content_spans, s.content, s.source, s.cue, s.form, s.status,"
        " s.cue_class, s.voice, e.name, s.said_on FROM statements s LEFT JOIN entities e ON e.id = s.speaker"
        " WHERE s.reading = ? ORDER BY s.start, s.id",
        (reading,),
    )
    return [
        _Found(
            row[0],
            spans_from(row[1]),
            dict(zip(COMPARED, (*row[2:], ", ".join(about.get(row[0], ()))), strict=True)),
        )
        for row in rows
    ]


def _differences(article: int, old: Sequence[_Found], new: Sequence[_Found]) -> Iterator[Difference | None]:
    """Each statement of either side: None where both have it alike."""
    pairs = sorted(
        ((share, x, y) for x, a in enumerate(old) for y, b in enumerate(new) if (share := _share(a, b)) >= ALIKE),
        key=lambda pair: (-pair[0], pair[1], pair[2]),
    )
    partner: dict[int, int] = {}
    for _, x, y in pairs:
        if x not in partner and y not in partner.values():
            partner[x] = y
    for x, a in enumerate(old):
        if x not in partner:
            yield Difference(article=article, before=a.id, after=None, words=a.fields["content"], fields={})
            continue
        b = new[partner[x]]
        fields = {name: (a.fields[name], b.fields[name]) for name in COMPARED if a.fields[name] != b.fields[name]}
        if fields:
            yield Difference(article=article, before=a.id, after=b.id, words=b.fields["content"], fields=fields)
        else:
            yield None
    for y, b in enumerate(new):
        if y not in partner.values():
            yield Difference(article=article, before=None, after=b.id, words=b.fields["content"], fields={})


def _share(a: _Found, b: _Found) -> float:
    """The Jaccard index of the characters of two contents."""
    both = sum(max(0, min(x.end, y.end) - max(x.start, y.start)) for x in a.spans for y in b.spans)
    return both / (sum(map(len, a.spans)) + sum(map(len, b.spans)) - both)


def no_such_run(run: int) -> NoSuchEntry:
    """The error for the id of no run."""
    return NoSuchEntry(f"run {run}", "the id of a run in the archive", "Type onrecord runs")
