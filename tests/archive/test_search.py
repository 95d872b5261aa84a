"""What search finds, in which order, and how it turns pages: one suite for both databases."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from onrecord.archive.correcting.runs import start_run
from onrecord.archive.indexing.upkeep import index_article, out_of_step, settle, unindex_article
from onrecord.archive.searching import search as module
from onrecord.archive.searching.query import Query
from onrecord.archive.searching.search import Results, search
from onrecord.archive.store.keeping import keep
from onrecord.archive.store.opening import Archive, open_archive
from onrecord.errors import QueryError
from onrecord.records import Article, Record, Statement
from onrecord.spans import Span
from spoken import MADE_BY, Line, talk

HARBOUR = talk(
    "harbour",
    [
        Line(
            "Rena Holt",
            "The old valve was closed by frost",
            said_on="2031-05-03",
            occasion="interview",
            role="harbour master",
            of="Quay Council",
            wikidata="Q1",
            aka=("the Holt of Quay",),
            more=(("form", "direct"), ("cue_class", "neutral"), ("confidence", 0.97)),
        ),
        Line("Rena Holt", "we negotiated with the Tide Board for weeks", about=("Tide Board",)),
        Line("Ito", "I deny that the valves froze", more=(("status", "denied"), ("cue_class", "distancing"))),
    ],
    title="Frost closes harbour",
    lead="A quiet morning at the quay.",
)
TIDE = talk(
    "tide",
    [
        Line("Lia Müller", "Der EU-Plan für 北京市 ist naïve", said_on="2031-04", more=(("confidence", 0.55),)),
        Line("Melania Holt", "negotiations over the valve failed", more=(("form", "mixed"),)),
        Line("Rena Holt", "an old, old valve: closed", said_on="2031-W18", occasion="speech"),
    ],
    outlet="Tide Gazette",
    published="2032-01-10",
)
UNDATED = talk("undated", [Line("Ito", "the ferry was late")], outlet="Tide Gazette", published=None)


@pytest.fixture
def filled(archive: Archive) -> Archive:
    run = start_run(archive, "first", MADE_BY)
    for record in (HARBOUR, TIDE, UNDATED):
        keep(archive, record, run)
    return archive


def found(archive: Archive, words: str = "", **more: object) -> list[str]:
    """The words of all hits, sorted."""
    results = search(archive, Query(words=words, **more))  # type: ignore[arg-type]
    assert results.total == len(results.hits)
    assert results.complete
    return sorted(hit.snippet.words for hit in results.hits)


CLOSED = "The old valve was closed by frost"
WEEKS = "we negotiated with the Tide Board for weeks"
DENY = "I deny that the valves froze"
PLAN = "Der EU-Plan für 北京市 ist naïve"
FAILED = "negotiations over the valve failed"
OLD = "an old, old valve: closed"
FERRY = "the ferry was late"


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("", [CLOSED, WEEKS, DENY, PLAN, FAILED, OLD, FERRY]),
        ("valve", [CLOSED, DENY, FAILED, OLD]),  # and valves
        ('"valve"', [CLOSED, FAILED, OLD]),
        ("negotiation", [WEEKS, FAILED]),
        ("VALVE closed", [CLOSED, OLD]),
        ('"old valve"', [CLOSED, OLD]),
        ('"valve old"', []),
        ('"valve closed"', [OLD]),  # a colon stands between, no word
        ("ferry OR frost", [CLOSED, FERRY]),
        ("valve -frost", [DENY, FAILED, OLD]),
        ("-valve", [WEEKS, PLAN, FERRY]),
        ("(ferry OR valve) -old", [DENY, FAILED, FERRY]),
        ("nego*", [WEEKS, FAILED]),
        ("*egoti*", [WEEKS, FAILED]),
        ("*alve", [CLOSED, FAILED, OLD]),
        ("*ro*", [CLOSED, DENY]),
        ("eu", [PLAN]),
        ("EU-plan", [PLAN]),
        ("naive", [PLAN]),
        ("北京", [PLAN]),
        ("京市", [PLAN]),
        ("京", [PLAN]),
        ("市", [PLAN]),
        ("北市", []),
        ("muller", [PLAN]),  # a word of a speaker's name
        ("holt valve", [CLOSED, FAILED, OLD]),
        ("quay", []),  # another name of Rena Holt, which is not shown: only speaker: finds it
        ("speaker:quay", [CLOSED, WEEKS]),
        ("content:valve", [CLOSED, DENY, FAILED, OLD]),
        ("content:holt", []),
        ('content:"old valve" holt', [CLOSED, OLD]),
        ("-content:valv* content:we*", [WEEKS]),
        ("valve -holt", [DENY]),
        ("speaker:Holt", [CLOSED, WEEKS, FAILED, OLD]),
        ('speaker:"Rena Holt"', [CLOSED, WEEKS, OLD]),
        ('speaker:"Holt Rena"', []),
        ("speaker:Q1", [CLOSED, WEEKS]),
        ('speaker:"Holt of Quay"', [CLOSED, WEEKS]),
        ("speaker:Mel*", [FAILED]),
        ("valve speaker:Ito", [DENY]),
        ("-speaker:Ito", [CLOSED, WEEKS, PLAN, FAILED, OLD]),
        ("office:master", [CLOSED, WEEKS]),
        ('affiliation:"Quay Council"', [CLOSED, WEEKS]),
        ('about:"Tide Board"', [WEEKS]),
        ("outlet:tide", [PLAN, FAILED, OLD, FERRY]),
        ('outlet:"Quay Herald"', [CLOSED, WEEKS, DENY]),
        ("said:2031-05", [CLOSED]),  # the week goes into it, and out at the front
        ("said:2031-04-28..2031-05-04", [CLOSED, OLD]),
        ("said:2031-04", [PLAN]),
        ("said:2031", [CLOSED, PLAN, OLD]),
        ("said:..2031-04", [PLAN]),
        ("said:2040..", []),
        ("published:2032", [PLAN, FAILED, OLD]),
        ("published:2031-05-04", [CLOSED, WEEKS, DENY]),
        ("-published:1900..", [FERRY]),
        ("form:direct", [CLOSED]),
        ("form:direct,mixed", [CLOSED, FAILED]),
        ("cue_class:distancing", [DENY]),
        ("stance:distancing", [DENY]),
        ("stance:unknown speaker:Holt", [WEEKS, FAILED, OLD]),
        ("status:denied", [DENY]),
        ("occasion:interview,speech", [CLOSED, OLD]),
        ("confidence:..0.6", [PLAN]),
        ("confidence:0.95", [CLOSED]),
        ("reviewed:yes", []),
        ("reviewed:no status:denied", [DENY]),
    ],
)
def test_words_and_filters_find(filled: Archive, words: str, expected: list[str]) -> None:
    assert found(filled, words) == sorted(expected)


def test_words_of_source_and_cue_are_found_and_shown_as_printed(archive: Archive) -> None:
    text = "“It is shut,” insisted the night watchman."
    said = Statement(
        id="s1", content=(Span(0, 13),), cue=(Span(14, 22),), source=(Span(23, 41),), form="direct", confidence=0.9
    )
    made = Record(Article(text, language="en"), (said,), MADE_BY)
    keep(archive, made, start_run(archive, "", MADE_BY))
    for words in ("insist", '"night watchman"', "watch*", "*chman"):
        (hit,) = search(archive, Query(words=words)).hits
        assert (hit.source, hit.cue, hit.snippet.matches) == ("the night watchman", "insisted", ())
        assert search(archive, Query(words=f"content:{words}")).hits == ()


def test_content_is_of_statements(filled: Archive) -> None:
    with pytest.raises(QueryError, match="in a search for articles"):
        search(filled, Query(words="content:valve", in_="articles"))


def test_filters_of_the_query_do_what_filters_in_the_words_do(filled: Archive) -> None:
    assert found(filled, "valve", speaker=("Ito", "Melania"), cue_class="distancing") == [DENY]
    assert found(filled, said="2031", occasion="interview", outlet="Quay") == [CLOSED]


def test_a_person_is_found_by_number_and_by_every_name_of_theirs(filled: Archive) -> None:
    hit = search(filled, Query(words=f'"{CLOSED}"')).hits[0]
    assert found(filled, f"speaker:#{hit.person}") == sorted([CLOSED, WEEKS])


def test_a_hit_tells_where_its_words_stand_and_where_it_is_from(filled: Archive) -> None:
    (hit,) = search(filled, Query(words="negotiating weeks")).hits
    assert [hit.snippet.words[m.start : m.end] for m in hit.snippet.marks] == ["negotiated", "weeks"]
    assert (hit.speaker, hit.outlet, hit.published, hit.title) == (
        "Rena Holt",
        "Quay Herald",
        "2031-05-04",
        "Frost closes harbour",
    )
    (hit,) = search(filled, Query(words="京 naive")).hits
    assert [hit.snippet.words[m.start : m.end] for m in hit.snippet.marks] == ["京市", "naïve"]


def test_a_long_text_is_shown_where_the_words_are(archive: Archive) -> None:
    words = "nothing " * 200 + "but the sluice gate " + "nothing " * 200
    keep(archive, talk("long", [Line("Ito", words.strip())]), start_run(archive, "a", MADE_BY))
    (hit,) = search(archive, Query(words='"sluice gate"')).hits
    assert len(hit.snippet.words) <= 280
    assert [hit.snippet.words[m.start : m.end] for m in hit.snippet.marks] == ["sluice gate"]
    assert words[hit.snippet.start :].startswith(hit.snippet.words)


def test_the_best_fit_comes_first_and_says_why(filled: Archive) -> None:
    hits = search(filled, Query(words="old valve")).hits
    assert [hit.snippet.words for hit in hits] == [OLD, CLOSED]
    assert hits[0].score is not None
    assert hits[0].score.total == pytest.approx(
        hits[0].score.fit + hits[0].score.confidence + hits[0].score.recency, abs=1e-5
    )


def test_by_date_the_undated_come_last_either_way(filled: Archive) -> None:
    newest = [hit.published for hit in search(filled, Query(sort="newest")).hits]
    oldest = [hit.published for hit in search(filled, Query(sort="oldest")).hits]
    assert newest == ["2032-01-10"] * 3 + ["2031-05-04"] * 3 + [None]
    assert oldest == ["2031-05-04"] * 3 + ["2032-01-10"] * 3 + [None]


def test_articles_are_found_by_their_text_and_by_what_is_said_in_them(filled: Archive) -> None:
    def titles(words: str) -> list[str | None]:
        return [hit.title or hit.outlet for hit in search(filled, Query(words=words, in_="articles")).hits]

    assert titles('"quiet morning"') == ["Frost closes harbour"]
    assert titles("closes") == ["Frost closes harbour", "Tide Gazette"]  # a title, and "closed"
    assert titles("speaker:Ito form:direct") == ["Frost closes harbour"]
    assert titles('"frost valve"') == []
    hit = search(filled, Query(words="morning", in_="articles")).hits[0]
    assert hit.statement is None
    assert [hit.snippet.words[m.start : m.end] for m in hit.snippet.marks] == ["morning"]


def test_an_article_without_text_is_shown_too(archive: Archive) -> None:
    record = Record(Article("", "empty", "Nothing yet"), (), MADE_BY)
    keep(archive, record, start_run(archive, "a", MADE_BY))
    (hit,) = search(archive, Query(words="nothing", in_="articles")).hits
    assert (hit.title, hit.snippet.words) == ("Nothing yet", "")


def test_an_article_without_statements_is_found_too(archive: Archive) -> None:
    record = Record(Article("Nothing was said at the harbour.", "empty"), (), MADE_BY)
    keep(archive, record, start_run(archive, "a", MADE_BY))
    assert len(search(archive, Query(words="harbour", in_="articles")).hits) == 1


def test_counts_by_facet(filled: Archive) -> None:
    facets = search(filled, Query(words="valve")).facets
    told = {name: [(count.label, count.n) for count in counts] for name, counts in facets.items()}
    assert told == {
        "speaker": [("Rena Holt", 2), ("Ito", 1), ("Melania Holt", 1)]
        if ("Rena Holt", 2) in told["speaker"]
        else [("Ito", 1), ("Melania Holt", 1), ("Rena Holt", 1), ("Rena Holt", 1)],
        "outlet": [("Quay Herald", 2), ("Tide Gazette", 2)],
        "published": [("2031", 2), ("2032", 2)],
        "form": [("indirect", 2), ("direct", 1), ("mixed", 1)],
        "cue_class": [("unknown", 2), ("distancing", 1), ("neutral", 1)],
        "status": [("said", 3), ("denied", 1)],
        "occasion": [("unknown", 2), ("interview", 1), ("speech", 1)],
    }


def test_every_count_leads_to_as_many_hits(filled: Archive) -> None:
    for name, counts in search(filled, Query(words="valve")).facets.items():
        for count in counts:
            assert len(found(filled, "valve", **{name: count.value})) >= count.n


def pages(archive: Archive, query: Query) -> tuple[list[int], Results]:
    """The ids on all pages, in order, and the first page."""
    first = results = search(archive, query)
    ids = [hit.statement or hit.article for hit in results.hits]
    while results.cursor is not None:
        results = search(archive, replace(query, cursor=results.cursor))
        assert results.hits
        ids += [hit.statement or hit.article for hit in results.hits]
    return ids, first


@pytest.fixture
def many(archive: Archive) -> Archive:
    """Forty articles of three statements over four years, all of whose statements hold "gate"."""
    run = start_run(archive, "many", MADE_BY)
    for n in range(40):
        lines = [Line(f"Speaker {n % 7}", f"gate {'gate ' * (k * n % 4)}number {n} {k}") for k in range(3)]
        day = None if n % 10 == 9 else f"{2030 + n % 4}-0{1 + n % 9}-{1 + n % 28:02}"
        keep(archive, talk(f"n{n}", lines, published=day), run)
    return archive


@pytest.mark.parametrize("sort", ["relevance", "newest", "oldest"])
@pytest.mark.parametrize("in_", ["statements", "articles"])
@pytest.mark.parametrize("cap", [5, 1000])
def test_pages_show_every_hit_once_in_one_order(
    many: Archive, sort: str, in_: str, cap: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "CAP", {"statements": cap, "articles": cap})
    query = Query(words="gate", in_=in_, sort=sort, limit=7)  # type: ignore[arg-type]
    ids, first = pages(many, query)
    n = 120 if in_ == "statements" else 40
    assert len(ids) == len(set(ids)) == n
    assert (first.total, first.complete) == ((n, True) if cap > n else (cap, False))
    assert ids == pages(many, replace(query, limit=50))[0]


@pytest.mark.parametrize("cap", [5, 1000])
@pytest.mark.parametrize("sort", ["newest", "oldest"])
def test_the_order_by_date_is_the_same_however_many_there_are(
    many: Archive, sort: str, cap: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "CAP", {"statements": cap, "articles": cap})
    results = search(many, Query(words="gate", sort=sort, limit=200))  # type: ignore[arg-type]
    dates = [hit.published for hit in results.hits]
    dated = [date for date in dates if date]
    assert dated == sorted(dated, reverse=sort == "newest")
    assert dates == dated + [None] * 12


@pytest.mark.parametrize("sort", ["relevance", "newest"])
def test_what_is_added_between_two_pages_neither_repeats_nor_hides_a_hit(many: Archive, sort: str) -> None:
    query = Query(words="gate", sort=sort, limit=10)  # type: ignore[arg-type]
    before = pages(many, query)[0]
    first = search(many, query)
    lines = [Line("Speaker 1", "gate gate gate gate")] * 5
    keep(many, talk("new", lines, published="2035-01-01"), start_run(many, "later", MADE_BY))
    rest: list[int] = []
    cursor = first.cursor
    while cursor is not None:
        page = search(many, replace(query, cursor=cursor))
        rest += [hit.statement or 0 for hit in page.hits]
        cursor = page.cursor
    assert [hit.statement for hit in first.hits] + rest == before


@pytest.mark.parametrize(
    "cursor", ["", "x", "AAAA", "W10", "e30", "bnVsbA", "WzEsMixbM10sWzRdXQ", "\x00", "W1tbW1tb" * 99]
)
def test_a_cursor_that_no_search_gave_is_refused(filled: Archive, cursor: str) -> None:
    with pytest.raises(QueryError, match="cursor"):
        search(filled, Query(words="valve", cursor=cursor))


def test_a_cursor_of_another_search_is_refused(many: Archive) -> None:
    cursor = search(many, Query(words="gate", limit=3)).cursor
    with pytest.raises(QueryError, match="another search"):
        search(many, Query(words="number", limit=3, cursor=cursor))


def test_what_is_rejected_is_not_found_and_comes_back_when_it_is_no_more(filled: Archive) -> None:
    database = filled.database
    (hit,) = search(filled, Query(words="ferry")).hits
    for review, hits in (("rejected", 0), ("confirmed", 1)):
        with database.writing():
            database.run("UPDATE statements SET review = ? WHERE id = ?", (review, hit.statement))
            index_article(filled, hit.article)
        assert len(search(filled, Query(words="ferry")).hits) == hits
    assert found(filled, "reviewed:confirmed") == [FERRY]


def test_only_current_readings_are_found(filled: Archive) -> None:
    newer = replace(HARBOUR, statements=HARBOUR.statements[:1], provenance=replace(MADE_BY, engine="0.2.0"))
    kept = keep(filled, newer, start_run(filled, "newer", newer.provenance))
    assert len(found(filled, "outlet:quay")) == 3
    with filled.database.writing():
        filled.database.run("UPDATE articles SET current = ? WHERE id = ?", (kept.reading, kept.article))
        index_article(filled, kept.article)
    assert found(filled, "outlet:quay") == [CLOSED]


def test_an_article_taken_out_leaves_no_word_behind(filled: Archive) -> None:
    before = filled.database.rows("SELECT word, stem, statements, articles FROM terms ORDER BY word")
    record = talk("gone", [Line("Xenia Quill", "zweihander zymurgy")], published="1999-01-01")
    kept = keep(filled, record, start_run(filled, "b", MADE_BY))
    assert found(filled, "*ymurg*") == ["zweihander zymurgy"]
    unindex_article(filled, kept.article)
    assert found(filled, "zweihander OR *ymurg* OR speaker:Quill") == []
    assert filled.database.rows("SELECT word, stem, statements, articles FROM terms ORDER BY word") == before
    assert out_of_step(filled, [kept.article]) == [kept.article]
    index_article(filled, kept.article)
    assert found(filled, "zymurgy") == ["zweihander zymurgy"]
    assert out_of_step(filled, [kept.article]) == []


def test_settling_changes_nothing_that_is_found(many: Archive) -> None:
    before = pages(many, Query(words="gate"))[0]
    settle(many)
    assert pages(many, Query(words="gate"))[0] == before


HOSTILE = [
    "'; DROP TABLE statements; --",
    '" OR 1=1 --',
    "words:valve",
    "found MATCH valve",
    "NEAR(valve frost)",
    "{valve}",
    "^valve",
    "valve' | 'frost",
    "'valve':*A & !'frost'",
    "\\'; SELECT 1",
    "%_%",
    "§by·holt",
    "¦",
    "$1 %s ? {0} {in}",
    "<script>alert(1)</script>",
    "\u202evalve\u202c",
    "valve\x00frost",
    "\ud800",
    "😀",
]


@pytest.mark.parametrize("words", HOSTILE)
def test_a_hostile_query_is_words_or_a_mistake(filled: Archive, words: str) -> None:
    for field in ("words", "speaker", "outlet", "said", "form", "cursor"):
        with contextlib.suppress(QueryError):
            search(filled, Query(**{field: words}))  # type: ignore[arg-type]
    assert len(found(filled, "")) == 7


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(words=st.text(alphabet=st.sampled_from("ab valve\"'*()-:ORNT北京“§|&!<>\\%_"), max_size=40))
def test_whatever_is_typed_finds_something_nothing_or_a_mistake(filled: Archive, words: str) -> None:
    try:
        query = Query(words=words)
    except QueryError:
        return
    assert search(filled, query).total <= 7


def test_hostile_articles_are_only_words(archive: Archive) -> None:
    run = start_run(archive, "a", MADE_BY)
    for number, words in enumerate(text for text in HOSTILE if "\x00" not in text and "\ud800" not in text):
        keep(archive, talk(f"h{number}", [Line("Ito" if number % 2 else "§by·holt", words)]), run)
    assert len(search(archive, Query(words="valve")).hits) == 8
    assert search(archive, Query(speaker="holt")).total == 9
    assert search(archive, Query(words="by·holt")).total == 10


def test_an_endless_text_is_found_by_its_beginning(archive: Archive) -> None:
    letters = [chr(0x10428 + n) for n in range(40)]  # letters of four bytes
    words = [
        letters[n % 40] + letters[n // 40 % 40] + letters[n // 1600 % 40] + letters[n % 7] * 60 for n in range(9_000)
    ]
    lines = [Line("Ito", " ".join(["sluice", *words, "gate"]))]
    lines += [Line(f"{letters[n % 40] * 9} {n}", "short") for n in range(900)]
    keep(archive, talk("endless", lines), start_run(archive, "a", MADE_BY))
    for in_, more in (("statements", 1), ("articles", 1)):
        assert search(archive, Query(words="sluice", in_=in_)).total == more  # type: ignore[arg-type]
        assert search(archive, Query(words="gate", in_=in_)).total == 0  # type: ignore[arg-type]
    assert search(archive, Query(speaker="800")).total == 1


def test_both_databases_give_the_same_to_the_letter(
    tmp_path: Path, postgres_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str] = []
    for where in (tmp_path / "a.db", postgres_url):
        with open_archive(where) as archive:
            run = start_run(archive, "first", MADE_BY)
            for record in (HARBOUR, TIDE, UNDATED):
                keep(archive, record, run)
            queries = [Query(words=words) for words in ASKED]
            queries += [replace(query, in_="articles") for query in queries]
            told.append(json.dumps([repr(replace(search(archive, query), took=0.0)) for query in queries], indent=1))
    assert told[0] == told[1]


ASKED = ["valve", "old valve", "*al*", "nego* OR ferry", "said:2031", "holt -frost", "published:2031..", "北京 OR Ito"]


def test_a_read_only_archive_is_searched(where: str, filled: Archive, again: Callable[[], Archive]) -> None:
    with open_archive(where, read_only=True) as reader:
        assert len(search(reader, Query(words="valve")).hits) == 4
