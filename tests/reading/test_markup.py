from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.errors import MalformedFile
from onrecord.reading.pages import markup
from onrecord.reading.pages.markup import DEPTH, Node, Words, parse, resolved, text_of


def outline(page: str) -> str:
    """The tree as tags and texts in brackets."""

    def shown(item: Node | Words) -> str:
        if isinstance(item, Words):
            return page[item.start : item.end]
        return f"{item.tag}[{' '.join(map(shown, item.children))}]" if item.children else f"{item.tag}[]"

    return " ".join(map(shown, parse(page).children))


@pytest.mark.parametrize(
    ("page", "tree"),
    [
        ("<p>a<p>b", "p[a] p[b]"),
        ("<P CLASS=x>a</p >b", "p[a] b"),
        ("<p>a<div>b</div>c", "p[a] div[b] c"),
        ("<ul><li>a<ul><li>b</ul><li>c</ul>", "ul[li[a ul[li[b]]] li[c]]"),
        ("<dl><dt>a<dd>b<dt>c</dl>", "dl[dt[a] dd[b] dt[c]]"),
        ("<table><tr><td>a<td>b<tr><td>c</table>", "table[tr[td[a] td[b]] tr[td[c]]]"),
        ("<td><p>a<table><tr><td>b</table>", "td[p[a] table[tr[td[b]]]]"),
        ("<b>a<p>b</b>c</p>d", "b[a p[b c] d]"),  # formatting is not closed across a block
        ("<div><b>a</div>b", "div[b[a]] b"),
        ("<a href=1>a<a href=2>b</a>", "a[a] a[b]"),
        ("a</p></x>b", "a b"),
        ("a<br/>b<img src=x>c", "a br[] b img[] c"),
        ("<script>if (a<b) '</p>'</script>c", "script[if (a<b) '</p>'] c"),
        ("<script>never closed <p>a", "script[never closed <p>a]"),
        ("<title>a <b> c</title>d", "title[a <b> c] d"),
        ("a<!-- <p> -->b<!-->c<!--x--!>d", "a b c d"),
        ("<!doctype html><?xml x?>a</ bogus>b<![CDATA[c]]>d", "a b d"),
        ("a < b <3 &lt; c", "a < b <3 &lt; c"),
        ("<a title='x>y' href=\"p>q\">b</a>", "a[b]"),
        ("<p", "p[]"),
        ("<p class='never closed>a", "p[a]"),  # a browser would lose the page here
        ("<!-- never closed <p>a", ""),
        ("", ""),
    ],
)
def test_what_authors_leave_out_is_filled_in(page: str, tree: str) -> None:
    assert outline(page) == tree


def test_attributes_are_read_however_they_are_quoted() -> None:
    (node,) = parse("<a HREF=/x?a=1&amp;b=2 class='p q' id=\"r\" hidden data-x = y href=second>").children
    assert isinstance(node, Node)
    assert node.attributes == {"href": "/x?a=1&b=2", "class": "p q", "id": "r", "hidden": "", "data-x": "y"}


@pytest.mark.parametrize(
    ("written", "pieces"),
    [
        ("a&amp;b", ["a", "&", "b"]),
        ("&nbsp;", ["\xa0"]),
        ("&#8220;&#x201D;", ["“", "”"]),
        ("&notit;", ["¬", "it;"]),  # the longest name that is one
        ("AT&T &unknown; & &", ["AT&T &unknown; & &"]),
        ("&copy 2024", ["©", " 2024"]),
        ("&#0;&#xD800;&#x110000;", ["\ufffd", "\ufffd", "\ufffd"]),
        ("&#1;x", ["x"]),
        ("&NotEqualTilde;", ["≂̸"]),
    ],
)
def test_an_entity_is_a_piece_with_its_own_place(written: str, pieces: list[str]) -> None:
    found = list(resolved(written, Words(0, len(written))))
    assert [piece for piece, _, _ in found] == pieces
    for piece, start, end in found:
        assert written[start:end] == piece or written[start] == "&"


def test_tags_nested_too_deep_become_siblings_and_their_text_is_not_lost() -> None:
    page = "<div>" * 5000 + "deep" + "</div>" * 5000 + "<p>after</p>"
    root = parse(page)
    assert max(len(list(node.ancestors())) for node in root.walk()) <= DEPTH + 1
    assert text_of(page, root) == "deepafter"


def test_a_script_too_deep_is_still_no_text() -> None:
    page = "<div>" * 500 + "<script>x</script>deep"
    assert text_of(page, parse(page)) == "deep"


def test_more_tags_than_an_article_has_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(markup, "NODES", 10)
    with pytest.raises(MalformedFile, match="more than 10 tags"):
        parse("<br>" * 11)


@given(st.text(alphabet="<>/!-=\"'&; apbscript#x0\n", max_size=80))
def test_any_string_is_read_and_every_word_stands_where_it_says(page: str) -> None:
    root = parse(page)
    places = [(words.start, words.end) for words in root.words()]
    assert places == sorted(places)
    assert all(0 <= start < end <= len(page) for start, end in places)
