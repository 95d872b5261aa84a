"""`--format html`: one page that stands alone, its articles marked and their statements listed beside.

No network, no script: the page forbids itself both, and all of an article is escaped. What is
shown by colour is also shown by line, slope or word; colours are speakers and lines are forms, as
in the reading room. The style sheet stands beside, in page.css.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Mapping, Sequence
from html import escape
from importlib.resources import files
from typing import TextIO

from onrecord.cli.printing.outline import Entry, Group, Order, counts, outline, own_voice, reasons, said, told_of
from onrecord.marking import Mark, marked, tag
from onrecord.records import ROLES, Record, Statement
from onrecord.web.marks import tints

NOT_IN_A_PAGE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")
WEB_ADDRESS = re.compile(r"https?://", re.I)
LEGEND = (
    '<p class="legend">In the text: <span class="source">source</span> <span class="cue">cue</span>'
    ' <mark class="direct">direct statement</mark> <mark class="indirect">indirect</mark>'
    ' <mark class="mixed">mixed</mark> each speaker in a colour</p>'
)


class HtmlFormat:
    """Gathers records, and writes them to `stream` as one page when closed."""

    def __init__(self, stream: TextIO, *, explain: bool = False, order: Order = "speaker") -> None:
        self._stream = stream
        self._explain = explain
        self._order: Order = order
        self._records: list[tuple[Record, str]] = []

    def add(self, record: Record, name: str) -> None:
        """Take one record; `name` is what its input is called."""
        self._records.append((record, name))

    def close(self) -> None:
        """Write the page."""
        self._stream.write(page(self._records, explain=self._explain, order=self._order))
        self._stream.flush()


def page(records: Sequence[tuple[Record, str]], *, explain: bool = False, order: Order = "speaker") -> str:
    """A whole HTML document of records, each with the name of its input."""
    style = files("onrecord.cli.printing").joinpath("page.css").read_text("utf-8")
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    alone = len(records) == 1
    title = _title(*records[0]) if alone else _sum(records)
    top = "" if alone else f"<header><h1>{_safe(title)}</h1>{_contents(records)}{LEGEND}</header>\n"
    articles = "\n".join(
        _article(record, name, place, alone, explain, order) for place, (record, name) in enumerate(records, start=1)
    )
    return (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="referrer" content="no-referrer">\n'
        f"<title>{_safe(title)} · onrecord</title>\n<style>{style}</style>\n</head>\n<body>\n"
        '<a class="skip" href="#a1">Skip to the first article</a>\n'
        f"{top}<main>\n{articles}\n</main>\n{_footer(records)}\n</body>\n</html>\n"
    )


def _article(record: Record, name: str, place: int, alone: bool, explain: bool, order: Order) -> str:
    article = record.article
    date = f"<time>{article.published.isoformat()}</time>" if article.published else ""
    url = _safe(article.url or "")
    if WEB_ADDRESS.match(article.url or ""):
        url = f'<a href="{url}" rel="noreferrer">{url}</a>'
    known = [_safe(article.outlet or ""), date, url, _safe(name) if article.title else ""]
    about = " · ".join(part for part in known if part)
    heading, legend = ("h1", LEGEND) if alone else ("h2", "")
    anchors = {statement.id: f"a{place}-{n}" for n, statement in enumerate(record.statements, start=1)}
    found = _groups(record, outline(record, order), anchors, explain)
    language = f' lang="{_safe(article.language)}"' if article.language else ""
    return (
        f'<article id="a{place}" aria-labelledby="a{place}-title">\n'
        f'<{heading} id="a{place}-title">{_safe(_title(record, name))}</{heading}>\n'
        f'<p class="about">{about}</p>\n{legend}<div class="columns">\n'
        f'<div class="text" dir="auto"{language}>{_text(record, anchors)}</div>\n'
        f'<section class="found" aria-label="Statements"><h3>{counts(record).capitalize()}</h3>{found}'
        f"{_own(record)}</section>\n"
        "</div>\n</article>"
    )


def _text(record: Record, anchors: dict[str, str]) -> str:
    """The text with every statement marked, and its number, a link to the list, before each piece."""
    by_id = {statement.id: statement for statement in record.statements}
    colours = tints(record)
    numbered: set[Mark] = set()

    def opening_of(mark: Mark) -> str:
        statement, anchor = by_id[mark.statement], anchors[mark.statement]
        kind = f"{statement.form if mark.role == 'content' else mark.role} {_colour(colours, statement)}"
        if mark.role != "content" or mark in numbered:
            return f'<{tag(mark)} class="{kind}">'
        numbered.add(mark)
        id = f' id="{anchor}"' if mark.span == statement.content[0] else ""
        number = _safe(statement.id)
        return (
            f'<{tag(mark)}{id} class="{kind}"><a class="number" href="#list-{anchor}"'
            f' aria-label="statement {number}" title="{_safe(_summary(record, statement))}">{number}</a>'
        )

    marks = [
        Mark(span, role, statement.id)
        for statement in record.statements
        for role in ROLES
        for span in statement.spans(role)
    ]
    return marked(_shown(record.article.text), marks, opening_of)


def _groups(record: Record, groups: Sequence[Group], anchors: dict[str, str], explain: bool) -> str:
    if not groups:
        return ""
    items = []
    for group in groups:
        told = "" if group.source else " told"
        entries = "".join(_entry(record, entry, anchors, explain) for entry in group.entries)
        about = f" <span>{_safe(group.about)}</span>" if group.about else ""
        who = f'<p class="who{told}" dir="auto">{_safe(group.heading)}{about}</p>'
        items.append(f"<li>{who}\n<ul>{entries}</ul></li>\n")
    return f"<ul>{''.join(items)}</ul>"


def _entry(record: Record, entry: Entry, anchors: dict[str, str], explain: bool) -> str:
    statement = entry.statement
    anchor = anchors[statement.id]
    cue = record.words(statement, "cue")
    said_by = f'<span class="cue">{_safe(said(cue))}</span>' if cue else "<span>no cue</span>"
    width = round(100 * statement.confidence)
    why = "; ".join(f"{field}: {decider}" for field, decider in reasons(statement))
    known = told_of(record, statement)
    return (
        f'<li class="statement {statement.form} {_colour(tints(record), statement)}" id="list-{anchor}">'
        '<p class="head">'
        f'<a class="number" href="#{anchor}" aria-label="statement {_safe(statement.id)} in the text">'
        f"{_safe(statement.id)}</a>"
        f'<span>{statement.form}</span>{said_by}<span class="sure" title="confidence">'
        '<svg viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true"><rect width="100" height="10"/>'
        f'<rect width="{width}" height="10"/></svg>{statement.confidence:.2f}</span></p>'
        f'<a class="words" dir="auto" href="#{anchor}">{_safe(said(record.words(statement)))}</a>'
        + "".join(f'<p class="why">{_safe(f"{label}: {told}" if label else told)}</p>' for label, told in known)
        + (f'<p class="why">{_safe(why)}</p>' if explain else "")
        + _groups(record, entry.inner, anchors, explain)
        + "</li>\n"
    )


def _colour(colours: Mapping[str, int], statement: Statement) -> str:
    """The class of the speaker's colour: the same as in the reading room."""
    return f"v{colours.get(statement.speaker or '', 0)}"


def _own(record: Record) -> str:
    """The outlet's own words beside or inside what it reports, each with the reason."""
    items = []
    for asserted in own_voice(record):
        words = _safe(said(asserted.span.slice(record.article.text)))
        beside = f" (statement {_safe(asserted.statement)})" if asserted.statement else ""
        why = f"{asserted.relation}{beside}: {_safe(asserted.why)}"
        items.append(f'<li><p dir="auto">{words}</p><p class="why">{why}</p></li>\n')
    return f"<h3>In the outlet's own voice</h3><ul>{''.join(items)}</ul>" if items else ""


def _contents(records: Sequence[tuple[Record, str]]) -> str:
    items = []
    for place, (record, name) in enumerate(records, start=1):
        outlet = _safe(record.article.outlet or "")
        about = " · ".join(part for part in (outlet, counts(record)) if part)
        items.append(f'<li><a href="#a{place}">{_safe(_title(record, name))}</a> <span>{about}</span></li>\n')
    return f'<nav class="contents" aria-label="Articles"><ol>{"".join(items)}</ol></nav>\n'


def _footer(records: Sequence[tuple[Record, str]]) -> str:
    made = sorted({record.provenance for record, _ in records}, key=repr)
    lines = [
        f"onrecord {one.engine}" + (f", model {one.model} ({(one.model_sha256 or '')[:12]})" if one.model else "")
        for one in made
    ]
    return f"<footer>Found by {_safe('; '.join(lines))}. A bar shows the confidence in a statement.</footer>"


def _sum(records: Sequence[tuple[Record, str]]) -> str:
    found = sum(len(record.statements) for record, _ in records)
    return f"{len(records):,} articles, {found:,} statements"


def _summary(record: Record, statement: Statement) -> str:
    parts = record.words(statement, "source"), record.words(statement, "cue"), statement.form
    return " · ".join(said(part) for part in parts if part)


def _title(record: Record, name: str) -> str:
    return record.article.title or name


def _shown(text: str) -> str:
    """`text` with a sign for each character that no page can hold: offsets stay."""
    return NOT_IN_A_PAGE.sub("\ufffd", text)


def _safe(text: str) -> str:
    return escape(_shown(text))
