"""What holds for every text that the engine reads, whatever the model thinks of it."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord import Article, Record, read, read_many
from onrecord.records import ROLES

NEWS = (
    "“We were not asked,” said Rena Holt. “Nobody was.”\n\n“And it will cost us.”\n\n"
    "According to the harbour board, the valve had been closed by frost; Holt denied it.\n\n"
    "Q: Was it cold?\nA: It was.\n\nMr Talle said the clerk had told him that ‘no record’ existed."
)
PIECES = st.sampled_from(
    [*NEWS.split(" "), "\n", "\n\n", "“", "”", '"', "'", "said", ":", "—", "\u2029", "é", "😀", "\ud800"]
)
TEXTS = st.one_of(st.text(max_size=300), st.lists(PIECES, max_size=60).map(" ".join))


def check(record: Record, text: str) -> None:
    assert record.article.text == text
    for statement in record.statements:
        assert statement.content
        for role in ROLES:
            for span in statement.spans(role):
                assert span.slice(text).strip(), "a span is words of the article, never only blanks"
    assert Record.from_dict(record.to_dict()) == record


@settings(deadline=None, max_examples=60)
@given(TEXTS)
def test_any_string_is_read_and_every_span_slices_it(text: str) -> None:
    check(read(text), text)


@settings(deadline=None, max_examples=15)
@given(TEXTS)
def test_reading_twice_gives_the_same_bytes(text: str) -> None:
    assert read(text).to_json() == read(text).to_json()


def test_reading_many_is_reading_each() -> None:
    articles = [Article(NEWS), Article(NEWS[:80]), Article("Nothing was said."), Article(NEWS * 9)]
    assert list(read_many(articles)) == [next(read_many([a])) for a in articles]


def test_a_long_text_is_read_across_its_windows() -> None:
    filler = "The harbour was quiet and the road along it was closed. " * 40
    text = "\n\n".join([filler, "“The valve froze,” said Rena Holt.", filler, "“It did not,” said Omar Talle.", filler])
    record = read(text)
    assert {"Rena Holt", "Omar Talle"} <= {record.words(s, "source") for s in record.statements}


@pytest.mark.parametrize(
    "text",
    [
        "“" * 10_000,
        '"' * 9_999 + "a",
        "said " * 3_000,
        "a" * 20_000,
        "\ud800\udfff said",
        "\x00 said \x00",
        "He said “" + "x" * 5_000,
    ],
    ids=["opening marks", "straight marks", "cues only", "one word", "surrogates", "NUL", "never closed"],
)
def test_hostile_texts_are_read(text: str) -> None:
    check(read(text), text)
