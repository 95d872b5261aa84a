"""In a language that no model reads, a quotation has the speaker whom the text puts beside it, or nobody."""

from __future__ import annotations

import pytest

from onrecord.answers.gathering import quoted
from onrecord.records import Article, Provenance, Record


def read(text: str, language: str) -> Record:
    """The article as it is read, and then its quotations."""
    return quoted(Record(Article(text, language=language), (), Provenance("test")))


def said(text: str, language: str) -> list[tuple[str, str | None]]:
    """Each quotation with the name of who speaks."""
    record = read(text, language)
    speakers = [record.speaker(statement) for statement in record.statements]
    return [(record.words(s), one.name if one else None) for s, one in zip(record.statements, speakers, strict=True)]


@pytest.mark.parametrize(
    ("language", "text", "speaker"),
    [
        ("de", "„Das Ventil war sehr alt“, sagte Rena Holt am Montag.", "Rena Holt"),
        ("de", "Rena Holt sagte: »Das Ventil war sehr alt.« Kenji Ito schwieg.", "Rena Holt"),
        ("fr", "« La vanne était très vieille », a déclaré Rena Holt.", "Rena Holt"),
        ("fr", "Selon Rena Holt, « la vanne était très vieille ».", "Rena Holt"),
        ("es", "“La válvula era muy vieja”, dijo Rena Holt al diario Coast Echo.", "Rena Holt"),
        ("ru", "«Вентиль был очень старый», — сказала Рена Холт.", "Рена Холт"),
        ("pl", "„Zawór był naprawdę bardzo stary” – powiedziała Rena Holt.", "Rena Holt"),
        ("sv", "”Ventilen var mycket gammal”, sade Rena Holt.", "Rena Holt"),
        ("ja", "「あの弁はとても古かった」と彼女は述べた。", None),
        ("de", "„Das Ventil war sehr alt“, hieß es am Montag im Hafen.", None),
    ],
)
def test_marks_of_every_style_are_quotations_of_who_is_named(language: str, text: str, speaker: str | None) -> None:
    ((words, name),) = said(text, language)
    assert name == speaker
    assert words[0] in "„»«“”「"
    assert words[-1] in "“«»”」"


@pytest.mark.parametrize(
    ("language", "text", "words"),
    [
        ("ru", "— Вентиль был старый, — сказала Рена Холт. — Мы знали.", "Вентиль был старый, … Мы знали."),
        ("es", "—La válvula era vieja —dijo Rena Holt—. Lo sabíamos.", "La válvula era vieja … Lo sabíamos."),
    ],
)
def test_a_line_of_dialogue_is_what_stands_around_the_writers_words(language: str, text: str, words: str) -> None:
    ((found, speaker),) = said(text, language)
    assert found == words
    assert speaker in ("Rena Holt", "Рена Холт")


def test_a_list_with_dashes_is_no_dialogue() -> None:
    assert said("— вентиль старый, новый не заказан\n— насос работает, но плохо", "ru") == []


def test_titles_and_single_terms_in_marks_are_no_quotations() -> None:
    assert said("Die „Stern des Nordens“ lag im „Hafen“, sagte Rena Holt.", "de") == []


def test_the_outlet_that_somebody_spoke_to_did_not_speak() -> None:
    text = "Rena Holt kam spät. „Das Ventil war sehr alt“, sagte sie der Zeitung Coast Echo."
    ((_, speaker),) = said(text, "de")
    assert speaker == "Rena Holt"


def test_who_spoke_before_is_guessed_at_with_all_others_for_candidates() -> None:
    text = (
        "„Das Ventil war sehr alt“, sagte Rena Holt. Kenji Ito widersprach ihr nicht.\n\n"
        "„Wir hätten es früher wissen müssen.“"
    )
    record = read(text, "de")
    first, second = record.statements
    assert first.decided_by["speaker"] == "name beside the quotation"
    assert second.decided_by["speaker"] == "last named"
    assert second.source == ()
    assert [record.entity(one.entity).name for one in second.candidates] == ["Kenji Ito"]


def test_a_name_in_another_case_is_the_same_person() -> None:
    text = "Рена Холт молчала. По словам Холт, «вентиль был очень и очень старый». Позже Кэндзи Ито ушёл."
    assert [speaker for _, speaker in said(text, "ru")] == ["Рена Холт"]


def test_a_turn_of_a_transcript_is_its_speakers() -> None:
    text = "JONAS WIELAND: Warum war es dunkel?\n\nRENA HOLT: Das Ventil war alt.\n\nJONAS WIELAND: Danke."
    assert said(text, "de") == [
        ("Warum war es dunkel?", "Jonas Wieland"),
        ("Das Ventil war alt.", "Rena Holt"),
        ("Danke.", "Jonas Wieland"),
    ]


@pytest.mark.parametrize("language", ["en", None])
def test_what_a_model_reads_is_left_as_it_was_read(language: str | None) -> None:
    record = Record(Article("“The valve was very old,” said Rena Holt.", language=language), (), Provenance("test"))
    assert quoted(record) is record


@pytest.mark.parametrize("text", ["", "„", "«»", "——", "— , — сказал", "„“„“ : «", "\n\n—\n", "A" * 50])
def test_any_text_is_taken(text: str) -> None:
    for language in ("de", "ru", "zh", "xx"):
        for statement in read(text, language).statements:
            assert all(span.slice(text) for span in statement.content)
