"""TEI P5: `said` round what was said, `rs` round who said it, `seg` round the cue; what overlaps stands off.

    <ab xml:id="a1"><said who="#a1-rena-holt" direct="true" cert="0.98">“Never,”</said> <seg type="cue">said</seg> …

Statements whose pieces nest are written inline; pieces of one are linked with `next` and `prev`. A statement that would
cut through another, and one that a person rejected, is an `annotation` of `standOff`, with `string-range` pointers that
count code points of `ab`. Direct speech is `direct="true"`, mixed and indirect `false`; TEI has no third value, so the
form stands in `ana` too. The text of `ab` is the article's, to the character; one that XML cannot hold is written as
U+FFFD, which keeps all offsets.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, TextIO, get_args
from xml.sax.saxutils import escape, quoteattr

from onrecord.exchange.annotation.annotations import DROPS, REJECTED, Annotation, Reviewed, annotations_of, maker
from onrecord.exchange.annotation.cutting import Cutter
from onrecord.exchange.registry import Format
from onrecord.exchange.xml_text import clean
from onrecord.records import ROLES, Form, Record, Role, Status
from onrecord.spans import Overlaps, Span

HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n<teiCorpus xmlns="http://www.tei-c.org/ns/1.0">\n'
TAGS: dict[Role, str] = {"content": "said", "source": "rs", "cue": "seg"}
CATEGORIES = (*ROLES, *get_args(Form), *get_args(Status), "confirmed", "changed", "added", REJECTED)
"""What `ana` may point to."""

RETURN = {"\r": "&#13;"}
"""A parser would make a line feed of a bare carriage return."""


def write(records: Iterable[Reviewed], out: TextIO, _: object = None) -> int:
    """A teiCorpus with a TEI each; how many articles. Raises SpanError."""
    out.write(HEAD + "<teiHeader><fileDesc><titleStmt><title>Who said what</title></titleStmt>")
    out.write("<publicationStmt><p>The quoted words belong to their authors and publishers.</p></publicationStmt>")
    out.write("<sourceDesc><p>Articles named in each text</p></sourceDesc></fileDesc>")
    categories = "".join(f'<category xml:id="{name}"><catDesc>{name}</catDesc></category>' for name in CATEGORIES)
    out.write(f"<encodingDesc><classDecl><taxonomy>{categories}</taxonomy></classDecl></encodingDesc></teiHeader>\n")
    n = 0
    for n, (record, reviews) in enumerate(records, 1):
        out.write(_tei(record, annotations_of(record, reviews), f"a{n}"))
    out.write("</teiCorpus>\n")
    return n


def _tei(record: Record, found: tuple[Annotation, ...], key: str) -> str:
    inline, apart = _sorted_out(found)
    text = _marked(record, inline, key)
    stands_off = "".join(_stand_off(record, one, key) for one in apart)
    return (
        f"<TEI>\n{_header(record, found, key)}\n<text><body>"
        f'<ab xml:id={quoteattr(key)} xml:space="preserve">{text}</ab></body></text>\n'
        + (f"<standOff><listAnnotation>\n{stands_off}</listAnnotation></standOff>\n" if apart else "")
        + "</TEI>\n"
    )


def _header(record: Record, found: tuple[Annotation, ...], key: str) -> str:
    article = record.article
    bibl = [f"<title>{_text(article.title or article.id)}</title>"]
    bibl += [f"<publisher>{_text(article.outlet)}</publisher>"] if article.outlet else []
    bibl += [f'<date when="{article.published}"/>'] if article.published else []
    bibl += [f"<ref target={_attribute(article.url)}/>"] if article.url else []
    bibl += [f'<idno type="id">{_text(article.id)}</idno><idno type="sha256">{article.sha256}</idno>']
    speakers = {one.facts["speaker"]["id"]: one.facts["speaker"] for one in found if "speaker" in one.facts}
    people = "".join(_person(speaker, key) for speaker in speakers.values())
    profile = f"<profileDesc><particDesc><listPerson>{people}</listPerson></particDesc></profileDesc>" if people else ""
    return (
        f"<teiHeader><fileDesc><titleStmt><title>{_text(article.title or article.id)}</title></titleStmt>"
        f"<publicationStmt><p>Statements found by {_text(maker(record))}.</p></publicationStmt>"
        f"<sourceDesc><bibl>{''.join(bibl)}</bibl></sourceDesc></fileDesc>{profile}</teiHeader>"
    )


def _person(speaker: dict[str, Any], key: str) -> str:
    tag, name = ("person", "persName") if speaker["kind"] == "person" else ("org", "orgName")
    number = f'<idno type="wikidata">{_text(speaker["wikidata"])}</idno>' if "wikidata" in speaker else ""
    called = f"<{name}>{_text(speaker['name'])}</{name}>"
    return f"<{tag} xml:id={_attribute(_id(key, speaker['id']))}>{called}{number}</{tag}>"


def _sorted_out(found: Iterable[Annotation]) -> tuple[list[Annotation], list[Annotation]]:
    """Those that nest with all that were taken before them, and the others."""
    inline: list[Annotation] = []
    apart: list[Annotation] = []
    found = tuple(found)
    spans = [span for one in found for _, _, span in one.pieces()]
    near, taken, at = Overlaps(spans), set[int](), 0
    for one in found:
        mine = range(at, at := at + len(one.pieces()))
        known = taken.union(mine)
        crossed = any(_cross(spans[n], spans[m]) for n in mine for m in near.of(spans[n]) if m in known)
        if crossed or one.facts.get("review") == REJECTED:
            apart.append(one)
        else:
            inline.append(one)
            taken.update(mine)
    return inline, apart


def _cross(a: Span, b: Span) -> bool:
    return not a.contains(b) and not b.contains(a)


def _marked(record: Record, inline: Iterable[Annotation], key: str) -> str:
    text = record.article.text
    pieces = sorted(
        ((span, order, role, n, one) for one in inline for order, (role, n, span) in enumerate(one.pieces())),
        key=lambda piece: (piece[0].start, -piece[0].end, piece[2] != "content", piece[4].id, piece[1]),
    )
    cutter = Cutter(text)
    out: list[str] = []
    open_ends: list[tuple[int, str]] = []
    at = 0
    for span, _, role, n, one in pieces:
        cutter.check(span.start, span.end, span.slice(text))
        at = _close(out, open_ends, text, at, span.start)
        out += [_text(text[at : span.start]), _opening(one, role, n, key)]
        open_ends.append((span.end, f"</{TAGS[role]}>"))
        at = span.start
    at = _close(out, open_ends, text, at, len(text))
    return "".join(out) + _text(text[at:])


def _close(out: list[str], open_ends: list[tuple[int, str]], text: str, at: int, until: int) -> int:
    """Close what ends up to a place; where the text has been written to."""
    while open_ends and open_ends[-1][0] <= until:
        end, tag = open_ends.pop()
        out += [_text(text[at:end]), tag]
        at = end
    return at


def _opening(one: Annotation, role: Role, n: int, key: str) -> str:
    me = _id(key, f"s{one.id}")
    if role != "content":
        kind = 'type="cue" ' if role == "cue" else ""
        whose = f" ref={_attribute('#' + _id(key, one.facts['speaker']['id']))}" if _named(one, role) else ""
        return f"<{TAGS[role]} {kind}corresp={_attribute(f'#{me}.0')}{whose}>"
    last = len(one.spans["content"]) - 1
    links = (f" prev={_attribute(f'#{me}.{n - 1}')}" if n else "") + (
        f" next={_attribute(f'#{me}.{n + 1}')}" if n < last else ""
    )
    return f"<said xml:id={_attribute(f'{me}.{n}')}{_told(one, key)}{links}>"


def _named(one: Annotation, role: Role) -> bool:
    return role == "source" and "speaker" in one.facts


def _told(one: Annotation, key: str) -> str:
    facts = one.facts
    who = f" who={_attribute('#' + _id(key, facts['speaker']['id']))}" if "speaker" in facts else ""
    direct = "true" if facts["form"] == "direct" else "false"
    return f'{who} direct="{direct}" ana={_attribute(_analysis(one))} cert="{facts["confidence"]}"'


def _stand_off(record: Record, one: Annotation, key: str) -> str:
    text, cutter = record.article.text, Cutter(record.article.text)
    targets = []
    for role, _, span in one.pieces():
        cutter.check(span.start, span.end, words := span.slice(text))
        where = _attribute(f"#string-range({key},{span.start},{len(span)})")
        targets.append(f'<annotation motivation="identifying" target={where} ana="#{role}"><note>{_text(words)}</note>')
    who = f'<note type="speaker">{_text(one.facts["speaker"]["name"])}</note>' if "speaker" in one.facts else ""
    told = "".join(f"{target}{who}</annotation>" for target in targets)
    me, cert = _attribute(_id(key, f"s{one.id}.0")), one.facts["confidence"]
    return f'<listAnnotation xml:id={me} ana={_attribute(_analysis(one))} cert="{cert}">{told}</listAnnotation>\n'


def _analysis(one: Annotation) -> str:
    """Pointers to the categories of the header."""
    return " ".join(f"#{one.facts[name]}" for name in ("form", "status", "review") if name in one.facts)


def _id(key: str, name: str) -> str:
    """A name that XML takes for an id: other characters as their numbers."""
    return f"{key}-" + "".join(c if c.isascii() and (c.isalnum() or c in "-.") else f"_{ord(c):x}_" for c in name)


def _text(words: str | None) -> str:
    return escape(clean(words or ""), RETURN)


def _attribute(words: str | None) -> str:
    return quoteattr(clean(words or ""))


FORMAT = Format(
    name="tei",
    holds="records",
    suffix=".xml",
    media_type="application/tei+xml",
    told="TEI P5 with said, rs and seg in the text, standOff for what overlaps",
    drops=DROPS,
    write=write,
)
