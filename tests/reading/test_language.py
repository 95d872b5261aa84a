from __future__ import annotations

import subprocess
import sys

import pytest

from onrecord.reading import open_articles
from onrecord.reading.language import code_of, identify, is_read, marked
from onrecord.records import Article

ENGLISH = "The valve was closed by frost, and the harbour master said that nobody had been told of it before Monday."
GERMAN = (
    "Das Ventil war vom Frost verschlossen, und der Hafenmeister sagte, dass am Montag noch niemand davon gewusst habe."
)
RUSSIAN = "Клапан замёрз в ночь на понедельник, сообщил начальник порта, и никому об этом не сказали."


@pytest.mark.parametrize(
    ("text", "language"),
    [
        (ENGLISH, "en"),
        (GERMAN, "de"),
        (RUSSIAN, "ru"),
        ("“Non”, a dit Rena Holt.", "en"),  # too few words to tell, in letters that English has
        ("Нет, сказала Рена Хольт своим людям.", "ru"),  # and in letters that it has not
        ("12 : 3", "en"),
        ("", "en"),
    ],
)
def test_a_language_is_found_out_and_few_latin_words_count_as_english(text: str, language: str) -> None:
    assert identify(text) == language


@pytest.mark.parametrize(
    ("written", "code"),
    [("en", "en"), ("en-GB", "en"), ("EN_us", "en"), ("English", "en"), ("GERMAN", "de"), ("x!", None), ("", None)],
)
def test_what_sources_write_is_made_a_code(written: str, code: str | None) -> None:
    assert code_of(written) == code


def test_only_english_is_read_and_what_is_unknown_is_tried() -> None:
    assert [is_read(language) for language in ("en", "en-GB", None, "de", "sco")] == [True, True, True, False, False]


def test_an_article_that_no_model_reads_is_marked_once() -> None:
    (notice,) = marked(Article(GERMAN, language="auto")).notices
    assert "language is de" in notice
    twice = marked(marked(Article(GERMAN, language="de")))
    assert twice.notices == (notice,)
    assert marked(Article(ENGLISH)).notices == ()


def test_what_the_source_says_holds_against_what_it_looks_like(tmp_path: object) -> None:
    import io

    line = f'{{"text": "{GERMAN}", "language": "en"}}'.encode()
    (article,) = open_articles(["-"], stdin=io.BytesIO(line))
    assert isinstance(article, Article)
    assert article.language == "en"


def test_plain_english_loads_no_model() -> None:
    program = (
        f"from onrecord.reading.language import identify; import sys; assert identify({ENGLISH!r}) == 'en';"
        "print([m for m in ('py3langid', 'numpy') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
