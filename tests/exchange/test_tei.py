"""TEI: the text is the article's, whatever is marked in it."""

from __future__ import annotations

import io
from xml.etree import ElementTree

from hypothesis import given

from exchange.drawn import records
from full import full_record
from onrecord.exchange.annotation import tei
from onrecord.exchange.annotation.annotations import Reviews
from onrecord.records import Article, Provenance, Record, Statement
from onrecord.spans import Span

TEI = "{http://www.tei-c.org/ns/1.0}"
ID = "{http://www.w3.org/XML/1998/namespace}id"


def parsed(record: Record, reviews: Reviews | None = None) -> ElementTree.Element:
    out = io.StringIO()
    tei.write([(record, reviews or {})], out)
    return ElementTree.fromstring(out.getvalue())


def words(element: ElementTree.Element) -> str:
    return "".join(element.itertext())


@given(record=records())
def test_the_text_is_the_articles_and_every_statement_is_marked_once_with_its_words(record: Record) -> None:
    root = parsed(record)
    (ab,) = root.iter(f"{TEI}ab")
    text = record.article.text
    assert words(ab) == text
    inline = {said.get(ID): words(said) for said in ab.iter(f"{TEI}said")}
    apart = {one.get(ID): one for one in root.iter(f"{TEI}listAnnotation") if one.get(ID)}
    for s in record.statements:
        id = f"a1-s{s.id}.0"
        assert (id in inline) != (id in apart)
        if id in inline:
            assert [inline[f"a1-s{s.id}.{n}"] for n in range(len(s.content))] == [c.slice(text) for c in s.content]
            continue
        for annotation in apart[id]:
            start, length = map(int, (annotation.get("target") or "").rstrip(")").split(",")[1:])
            assert text[start : start + length] == annotation[0].text


def test_the_speaker_the_form_and_the_confidence_are_told() -> None:
    root = parsed(full_record())
    (said,) = root.iter(f"{TEI}said")
    assert {name: said.get(name) for name in ("who", "direct", "ana", "cert")} == {
        "who": "#a1-rena-holt",
        "direct": "false",
        "ana": "#indirect #denied",
        "cert": "0.5",
    }
    (person,) = root.iter(f"{TEI}person")
    assert (person.get(ID), words(person)) == ("a1-rena-holt", "Rena HoltQ1")


def test_a_rejected_statement_is_not_in_the_text_but_stands_off_it() -> None:
    root = parsed(full_record(), {"1": "rejected"})
    assert list(root.iter(f"{TEI}said")) == []
    (one,) = (each for each in root.iter(f"{TEI}listAnnotation") if each.get(ID))
    assert one.get("ana") == "#indirect #denied #rejected"


def test_pieces_of_one_content_point_to_one_another() -> None:
    pieces = (Span(0, 2), Span(3, 5), Span(6, 8))
    said = Statement(id="1", content=pieces, form="direct", confidence=1)
    root = parsed(Record(Article("No, no, no."), (said,), Provenance("0")))
    links = [(each.get(ID), each.get("prev"), each.get("next")) for each in root.iter(f"{TEI}said")]
    assert links == [
        ("a1-s1.0", None, "#a1-s1.1"),
        ("a1-s1.1", "#a1-s1.0", "#a1-s1.2"),
        ("a1-s1.2", "#a1-s1.1", None),
    ]


def test_what_xml_cannot_hold_keeps_its_place() -> None:
    record = Record(
        Article("a\x00\r\nb"), (Statement(id="1", content=(Span(4, 5),), form="direct", confidence=1),), Provenance("0")
    )
    (ab,) = parsed(record).iter(f"{TEI}ab")
    assert words(ab) == "a\ufffd\r\nb"
