"""Who says it: statements marked in small texts, and the names of those who must be found to speak."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from marked import of, parse
from onrecord.finding.naming.clusters import Known
from onrecord.finding.naming.speakers import name_speakers
from onrecord.records import Article, Entity, Form, Kind, Provenance, Record, Statement
from onrecord.spans import Span


def record_of(marked: str, carried: Mapping[str, str] | None = None, outlet: str | None = None) -> Record:
    """The statements marked in a text; `carried` tells which go on from which."""
    gold = parse(marked)
    statements = []
    for a in gold.attributions:
        source, cue, content = (tuple(Span(*pair) for pair in a[role]) for role in ("source", "cue", "content"))
        words = content[0].slice(gold.text)
        form: Form = "direct" if words[0] == "“" else "mixed" if "“" in words else "indirect"
        follows = (carried or {}).get(a["id"])
        statements.append(
            Statement(
                id=a["id"], source=source, cue=cue, content=content, form=form, confidence=1.0, carried_from=follows
            )
        )
    return Record(Article(gold.text, outlet=outlet), tuple(statements), Provenance("test"))


def speakers(record: Record) -> dict[str, str | None]:
    """The name of who speaks in each statement."""
    said = {s.id: record.speaker(s) for s in record.statements}
    return {id: entity.name if entity else None for id, entity in said.items()}


def entity(record: Record, name: str) -> Entity:
    return next(e for e in record.entities if e.name == name)


class Atlas:
    """A gazetteer of an invented country."""

    BODIES: Mapping[str, tuple[str, Kind, str]] = {
        "Norland": ("Norland", "place", "name"),
        "Norlandic": ("Norland", "place", "demonym"),
        "Halmar": ("Norland", "place", "capital"),
        "NTO": ("Northern Treaty", "organisation", "acronym"),
        "Northern Treaty": ("Northern Treaty", "organisation", "name"),
    }

    def known(self, words: str) -> Known | None:
        return Known(*self.BODIES[words]) if words in self.BODIES else None


@pytest.mark.parametrize(
    ("marked", "wanted"),
    {
        "title, full name, surname": (
            "[s1 Health director Miriam Oswin] [k1 said] [c1 it was late]. [s2 Oswin] [k2 added] [c2 that it rained].",
            ["Miriam Oswin"] * 2,
        ),
        "an apposition is no part of the name": (
            "[s1 Tomas Arlund, chief executive of Evrin Water,] [k1 denied] [c1 it].",
            ["Tomas Arlund"],
        ),
        "the surname of a headline is that of the text below it": (
            "Arlund: no leak\n\n[s1 Tomas Arlund] [k1 said] [c1 no]. [s2 He] [k2 said] [c2 it was dry].",
            ["Tomas Arlund"] * 2,
        ),
        "a role told with the name comes back without it": (
            "[s1 Mayor Ana Holt] [k1 said] [c1 yes]. [s2 The surveyor Paul Berg] [k2 said] [c2 no]."
            " [s3 The mayor] [k3 insisted] [c3 on it].",
            ["Ana Holt", "Paul Berg", "Ana Holt"],
        ),
        "a woman and a man": (
            "[s1 Ana Holt] [k1 said] [c1 yes]. [s2 Paul Berg] [k2 said] [c2 no]. [s3 She] [k3 said] [c3 so]."
            " [s4 He] [k4 said] [c4 never].",
            ["Ana Holt", "Paul Berg", "Ana Holt", "Paul Berg"],
        ),
        "two of one surname, told apart by their titles": (
            "[s1 Peter Holt] [k1 said] [c1 yes], and [s2 his wife, Ana Holt,] [k2 said] [c2 no]."
            " [s3 Mr Holt] [k3 sighed] [c3 that it was late]. [s4 Mrs Holt] [k4 said] [c4 it was not].",
            ["Peter Holt", "Ana Holt", "Peter Holt", "Ana Holt"],
        ),
        "I in a quotation is who speaks": (
            "[c1 “[s2 I] [k2 told] them [c2 to stop],”] [s1 Ana Holt] [k1 said].",
            ["Ana Holt"] * 2,
        ),
        "she who had told is she who tells of it": (
            "[s1 Miriam Oswin] [k1 said] [c1 [s2 she] [k2 had told] them [c2 to go]].",
            ["Miriam Oswin"] * 2,
        ),
        "an unnamed spokesperson is somebody of their own": (
            "[s1 Aeropont] [k1 hopes] [c1 for rain]. [s2 A spokesman for Aeropont] [k2 said] [c2 so].",
            ["Aeropont", "a spokesman for Aeropont"],
        ),
        "two officials stay two": (
            "[s1 Two officials familiar with the talks] [k1 said] [c1 no].",
            ["two officials familiar with the talks"],
        ),
        "what a body puts out is said by the body": (
            "[s1 The Dale Museum] [k1 bought] [c1 it]. [s2 Its own catalogue of 1934] [k2 says] [c2 it was a gift].",
            ["Dale Museum"] * 2,
        ),
        "a report speaks for itself": (
            "[s1 A report published this morning] [k1 says] [c1 no]. [s2 The report] [k2 adds] [c2 little].",
            ["a report published this morning"] * 2,
        ),
        "an acronym in brackets": (
            "[s1 The Dale Housing Trust (DHT)] [k1 said] [c1 no]. [s2 The DHT] [k2 said] [c2 so before].",
            ["Dale Housing Trust"] * 2,
        ),
        "particles, diacritics, hyphens": (
            "[s1 Zsófia van der Krög-Nagy] [k1 said] [c1 yes]. [s2 Krög-Nagy] [k2 said] [c2 no]."
            " [s3 Van der Krög-Nagy] [k3 left] [c3 it there].",
            ["Zsófia van der Krög-Nagy"] * 3,
        ),
        "the surname may come first": (
            "[s1 President Li Weimin] [k1 said] [c1 yes]. [s2 Li] [k2 said] [c2 no].",
            ["Li Weimin"] * 2,
        ),
        "the cook has a name told later": (
            "[s1 The cook] [k1 said] [c1 no]. Then [s2 the cook, Vesela Ruk,] [k2 said] [c2 yes].",
            ["Vesela Ruk"] * 2,
        ),
        "one who is told speaks not": ("[s1 Owners] [k1 were told] [c1 to wait].", [None]),
        "it was alleged by nobody": ("[s1 It] [k1 was alleged] [c1 that she knew].", [None]),
    }.values(),
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_the_speaker_is_the_one_the_words_mean(marked: str, wanted: list[str | None]) -> None:
    assert list(speakers(name_speakers(*of(record_of(marked)))).values()) == wanted


def test_a_quotation_without_a_cue_has_the_speaker_it_was_carried_from() -> None:
    record = record_of("[c1 “No,”] [s1 Ana Holt] [k1 said].\n\n[c2 “Not in March.”]", carried={"2": "1"})
    assert speakers(name_speakers(record.article, record)) == {"1": "Ana Holt", "2": "Ana Holt"}


def test_without_a_source_the_reason_is_told() -> None:
    (statement,) = name_speakers(*of(record_of("[k1 Asked] [c1 whether he knew], he left."))).statements
    assert (statement.speaker, statement.reason) == (None, "no source is named")


def test_labels_of_an_interview_are_its_outlet_and_its_guest() -> None:
    record = record_of(
        "Ten questions for Saule Abrak\n\n[s1 Q:] [c1 Why?]\n\n[s2 A:] [c2 I like it.]", outlet="The Dale Review"
    )
    assert speakers(name_speakers(record.article, record)) == {"1": "The Dale Review", "2": "Saule Abrak"}


def test_the_writer_is_whom_the_byline_names() -> None:
    record = record_of("By Ana Holt\n\nI went. “[c1 Is it far?]” [s1 I] [k1 asked].")
    assert speakers(name_speakers(record.article, record)) == {"1": "Ana Holt"}


def test_a_role_and_for_whom_it_is_are_kept_apart_from_the_name() -> None:
    record = name_speakers(
        *of(record_of("Evrin Water leaks. [s1 Tomas Arlund, chief executive of Evrin Water,] [k1 denied] [c1 it]."))
    )
    arlund = entity(record, "Tomas Arlund")
    assert (arlund.id, arlund.kind, arlund.role) == ("tomas-arlund", "person", "chief executive")
    assert record.entity(arlund.of or "").name == "Evrin Water"


def test_a_group_without_names_says_how_many_they_are() -> None:
    record = name_speakers(*of(record_of("[s1 Two officials] [k1 said] [c1 no].")))
    group = entity(record, "two officials")
    assert (group.kind, group.named, group.count) == ("group", False, 2)


def test_a_gazetteer_joins_what_only_the_world_knows_to_be_one() -> None:
    record = name_speakers(
        *of(
            record_of(
                "The Northern Treaty met."
                " [s1 Norlandic minister Ana Holt] [k1 said] [c1 “[s2 we] [k2 told] the NTO [c2 no]”]."
                " Relations with Halmar are poor; Norland left. [s3 Norland’s minister] [k3 said] [c3 so].",
            )
        ),
        Atlas(),
    )
    assert speakers(record) == {"1": "Ana Holt", "2": "Norland", "3": "Ana Holt"}
    assert "NTO" in entity(record, "Northern Treaty").aka
    assert "Halmar" in entity(record, "Norland").aka


def test_candidates_are_sorted_chances_and_the_speaker_is_the_first() -> None:
    record = name_speakers(
        *of(
            record_of(
                "[s1 Ana Holt] [k1 met] [c1 nobody]. [s2 Maria Berg] [k2 said] [c2 no]. [s3 She] [k3 said] [c3 so]."
            )
        )
    )
    for statement in record.statements:
        scores = [c.score for c in statement.candidates]
        assert scores == sorted(scores, reverse=True)
        assert sum(scores) <= 1.001
        assert statement.speaker == statement.candidates[0].entity
    assert len(record.statement("3").candidates) == 2


def test_every_mention_is_in_one_entity_only_and_its_words_are_its_own() -> None:
    record = name_speakers(
        *of(record_of("[s1 Ana Holt] [k1 said] [c1 Paul Berg saw her]. [s2 She] [k2 told] [c2 him]."))
    )
    mentions = [m for e in record.entities for m in e.mentions]
    assert len(mentions) == len(set(mentions))
    assert {m.slice(record.article.text) for m in entity(record, "Ana Holt").mentions} >= {"Ana Holt", "her", "She"}


def test_a_text_without_statements_or_capitals_is_no_trouble() -> None:
    for text in ("", "nothing here", "“", "A"):
        record = Record(Article(text), (), Provenance("test"))
        assert name_speakers(record.article, record).statements == ()


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("((QR))  No, the pier was shut.\n\n((Rena Holt))  Oh. I'm told it was the frost.", {"Rena Holt", "QR"}),
        ("It closed at 18:00 UTC.", set()),
    ],
)
def test_words_that_only_open_a_sentence_or_tell_the_hour_name_nobody(text: str, names: set[str]) -> None:
    record = name_speakers(*of(record_of(text)), Atlas())
    assert {entity.name for entity in record.entities if entity.named} == names


def test_an_occupation_that_is_a_given_name_too_parts_two_of_one_surname() -> None:
    record = name_speakers(
        *of(record_of("[s1 Tom Holt] [k1 said] [c1 it was safe]. [s2 Mason Holt] [k2 said] [c2 it was not].")), Atlas()
    )
    assert speakers(record) == {"1": "Tom Holt", "2": "Mason Holt"}


def test_who_asks_in_an_interview_without_names_is_called_the_interviewer() -> None:
    record = name_speakers(
        *of(record_of("Rena Holt runs the pier.\n\n[s1 Q:] [c1 Was it safe?]\n\n[s2 A:] [c2 It was.]")), Atlas()
    )
    assert speakers(record) == {"1": "the interviewer", "2": "Rena Holt"}


def test_two_names_joined_by_a_hyphen_are_no_third_person() -> None:
    text = "Voters who met Holt and Brandt saw the Holt-Brandt debate. [s1 Brandt] [k1 said] [c1 it was dull]."
    record = name_speakers(*of(record_of(text)), Atlas())
    assert {entity.name for entity in record.entities if entity.kind == "person"} <= {"Holt", "Brandt"}
    assert speakers(record) == {"1": "Brandt"}
