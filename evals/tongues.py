"""One interview in five languages: ``python -m evals.tongues`` traces it, whichever language was first.

`evals/interview/interview.jsonl` (our own words, CC0) has an invented interview as a transcript in English, German,
French, Russian and Spanish, and an outlet in each; `quotations.tsv` lists what the outlets have in quotation marks: the
utterance that it goes back to, and what was made of it. In each run one transcript is kept, or none, and the outlets
come out one day after the other, a language first that was not before. A quotation is tied where it stands with its
utterance, and right where it has the verdict that the table asks for: `translated` in place of `verbatim` or `trimmed`
where the original is in another language.
"""

from __future__ import annotations

import csv
import datetime
import json
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from onrecord.answers.gathering import gather
from onrecord.embedding import Meanings, installed
from onrecord.errors import MissingExtra
from onrecord.records import Article, Record
from onrecord.tracing.gathering.chains import Chain, chain

HERE = Path(__file__).resolve().parent / "interview"
LANGUAGES = ("en", "de", "fr", "ru", "es")
SPOKEN_ON = datetime.date(2031, 3, 12)
FAIR = frozenset({"verbatim", "trimmed"})


@dataclass(frozen=True, slots=True)
class Quotation:
    """A quotation in marks of an outlet: its first words, the utterance that it is of, its verdict in one language."""

    outlet: str
    begins: str
    utterance: str
    made: str


@dataclass(frozen=True, slots=True)
class Run:
    """One order of printing, with the transcript in a language or without one."""

    transcript: str | None
    order: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a quotation in a run."""

    run: Run
    quotation: Quotation
    tied: bool
    wanted: str
    verdict: str

    @property
    def right(self) -> bool:
        """Whether it has the verdict that is asked for."""
        return self.verdict == self.wanted


def main() -> int:
    """Print what is tied and right by run, and every error."""
    try:
        meanings = installed()
    except MissingExtra as missing:
        print(f"Nothing was traced: {missing}")
        return 0
    outcomes = [outcome for run in runs() for outcome in outcomes_of(run, meanings)]
    for with_transcript in (True, False):
        some = [one for one in outcomes if (one.run.transcript is not None) == with_transcript]
        tied, right = sum(one.tied for one in some), sum(one.right for one in some)
        print(f"{'with' if with_transcript else 'without'} a transcript: {len(some)} quotations in", end=" ")
        print(
            f"{len({one.run for one in some})} runs, tied {tied / len(some):.3f}, verdict right {right / len(some):.3f}"
        )
    for (transcript, outlet, begins, wanted, verdict), n in sorted(
        Counter(
            (one.run.transcript or "-", one.quotation.outlet, one.quotation.begins, one.wanted, one.verdict)
            for one in outcomes
            if not (one.right and one.tied)
        ).items()
    ):
        print(f"  {n} x transcript {transcript}: {outlet} {begins!r} wanted {wanted}, got {verdict}")
    return 0


def runs() -> Iterator[Run]:
    """Every language first once, and its transcript, another's or none kept."""
    for first in range(len(LANGUAGES)):
        order = LANGUAGES[first:] + LANGUAGES[:first]
        for transcript in (None, *LANGUAGES):
            yield Run(transcript, order)


def outcomes_of(run: Run, meanings: Meanings) -> Iterator[Outcome]:
    """What became of each quotation of the outlets in a run."""
    found = gather(records(run), likeness=lambda: meanings)
    several = [chain(utterance, meanings) for utterance in found]
    wanted = quotations()
    shared = Counter(quotation.utterance for quotation in wanted)
    for quotation in wanted:
        if run.transcript is None and shared[quotation.utterance] == 1:
            continue
        held = next((one for one in several if _link(one, quotation) is not None), None)
        if held is None:
            yield Outcome(run, quotation, False, asked(run, quotation, None), "not found")
            continue
        verdict = _link(held, quotation)
        others = {other.utterance for other in wanted if other != quotation and _link(held, other) is not None}
        tied = held.utterance.spoken is not None or quotation.utterance in others
        source = next((one for one in wanted if held.original and _link(held, one) == "original"), None)
        yield Outcome(run, quotation, tied, asked(run, quotation, source), verdict or "")


def asked(run: Run, quotation: Quotation, source: Quotation | None) -> str:
    """The verdict that is right; `source` is the quotation taken for the original where there is no transcript."""
    language = quotation.outlet.partition("-")[0]
    if run.transcript is None and source == quotation:
        return "original"
    spoken = run.transcript or (source.outlet.partition("-")[0] if source else "")
    made = quotation.made
    if run.transcript is None and source is not None and "altered" in (source.made, made):
        return "altered"
    return "translated" if made in FAIR and language != spoken else made


def records(run: Run) -> list[Record]:
    """The articles of a run, read, the outlets printed one day after the other."""
    days = {f"{language}-outlet": n for n, language in enumerate(run.order)}
    kept = []
    for record in read():
        id = record.article.id
        if id in days:
            day = SPOKEN_ON + datetime.timedelta(days[id] // 2)
            kept.append(replace(record, article=replace(record.article, published=day)))
        elif id == f"{run.transcript}-transcript":
            kept.append(record)
    return kept


def read(cache: list[Record] = []) -> Sequence[Record]:  # noqa: B006 - the articles are read once
    """All articles as onrecord reads them."""
    if not cache:
        from onrecord.engine import read_many

        lines = [json.loads(line) for line in (HERE / "interview.jsonl").read_text("utf-8").splitlines()]
        cache += read_many(
            Article(one["text"], one["id"], one["title"], one["outlet"], SPOKEN_ON, language=one["language"])
            for one in lines
        )
    return cache


def quotations() -> list[Quotation]:
    """The table of quotations."""
    with (HERE / "quotations.tsv").open(encoding="utf-8", newline="") as stream:
        return [Quotation(**row) for row in csv.DictReader(stream, delimiter="\t")]


def _link(held: Chain, quotation: Quotation) -> str | None:
    """The verdict of a quotation in a chain, "original" for the one it is measured by; None where it is not in it."""
    for link in held.links:
        words = link.carrier.words.lstrip('„“”«»"–— \u00a0')
        if link.carrier.article == quotation.outlet and words.startswith(quotation.begins):
            return "original" if link.verdict is None else link.verdict.kind
    return None


if __name__ == "__main__":
    sys.exit(main())
