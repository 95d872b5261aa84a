"""An interview printed in one language against its transcript in another script: all is judged, none is elsewhere."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from onrecord.engine import read_many
from onrecord.records import Article
from onrecord.tracing.carrying import Checked, check
from onrecord.tracing.judging.scene import scene_of
from onrecord.tracing.transcripts import originals_of

EXAMPLES = Path(__file__).parents[2] / "examples"
TRANSCRIPT = (EXAMPLES / "rubezh-transcript.txt").read_text("utf-8")
ARTICLE = Article((EXAMPLES / "rubezh-article.txt").read_text("utf-8"), "rubezh")
PAIRS = {
    "customs circle": "таможенный круг",
    "compared with": "Можно ли сравнить",
    "adversary": "противником",
    "arrogance": "высокомерие",
    "two opinions": "два мнения",
    "noisy minority": "шумное меньшинство",
    "internal dispute": "внутренний спор",
    "four points": "четырёх пунктов",
}
"""Words of the article, and those of the transcript that they translate: a likeness by hand, for a test needs none."""


class ByHand:
    """Likeness 0.9 where one text has a word that the other translates, else 0.1."""

    crosslingual = True

    def between(self, left: Sequence[str], right: Sequence[str]) -> list[list[float]]:
        return [[0.9 if any(a in x and b in y for a, b in PAIRS.items()) else 0.1 for y in right] for x in left]


def checked(transcript: str, speaker: str | None = None, occasion: str | None = None) -> list[Checked]:
    record = next(iter(read_many((ARTICLE,))))
    article = Article(transcript)
    scene = scene_of(article, occasion=occasion)
    found = check(record, originals_of(article, speaker), ByHand(), scene=scene)
    return [one for one in found if any(word in one.carried.words for word in PAIRS)]


HEADING, _, TURNS = TRANSCRIPT.partition("\n\n")
STYLES = {
    "as printed": TRANSCRIPT,
    "roles only": TRANSCRIPT.replace("И.А.Савельев:", "МИНИСТР:").replace("Вопрос:", "ВЕДУЩИЙ:"),
    "surname first": TRANSCRIPT.replace("И.А.Савельев:", "Савельев И.А.:"),
    "bold": TRANSCRIPT.replace("И.А.Савельев:", "**Савельев:**").replace("Вопрос:", "**Вопрос:**"),
    "labels alone": TRANSCRIPT.replace("И.А.Савельев: ", "Игорь Савельев\n").replace("Вопрос: ", "Вопрос\n"),
    "dashes": TRANSCRIPT.replace("И.А.Савельев: ", "— ").replace("Вопрос: ", "— "),
    "no heading": TURNS,
    "neither heading nor labels": TURNS.replace("И.А.Савельев: ", "").replace("Вопрос: ", ""),
}


@pytest.mark.parametrize("style", STYLES)
def test_every_statement_that_the_transcript_covers_gets_a_verdict(style: str) -> None:
    found = checked(STYLES[style])
    assert len(found) == len(PAIRS)
    assert {one.verdict.kind for one in found} & {"elsewhere", "misattributed", "unfounded"} == set()
    quoted = [one for one in found if one.statement.form == "direct"]
    assert {one.verdict.kind for one in quoted} == {"translated"}
    assert all(one.verdict.utterance for one in found)


def test_a_speaker_whom_nothing_confirms_is_told_to_be_open_and_one_who_is_named_is_not() -> None:
    bare = STYLES["neither heading nor labels"]
    codes = {reason.code for one in checked(bare) for reason in one.verdict.reasons}
    assert "speaker_not_confirmed" in codes
    codes = {reason.code for one in checked(bare, speaker="Igor Savelyev") for reason in one.verdict.reasons}
    assert "speaker_not_confirmed" not in codes


def test_another_ministers_interview_is_not_this_one() -> None:
    other = TRANSCRIPT.replace("И.А.Савельев", "П.Н.Птицын").replace("Рубеж", "Маяк")
    kinds = {one.verdict.kind for one in checked(other) if one.statement.form != "direct"}
    assert kinds == {"elsewhere"}
