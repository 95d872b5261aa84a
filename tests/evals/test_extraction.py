from __future__ import annotations

from dataclasses import replace

import pytest
from evals.extraction import FOREIGN_WANTED, KEPT_WANTED, Page, load, main, read, same_on_the_page, score

from onrecord.records import OffsetMap, Stretch
from onrecord.spans import Span

PAGES = load()


@pytest.mark.parametrize("page", PAGES, ids=[page.name for page in PAGES])
def test_the_article_is_kept_and_its_surroundings_are_not(page: Page) -> None:
    scores = score(page, read(page))
    assert scores.kept >= KEPT_WANTED
    assert scores.foreign <= FOREIGN_WANTED
    assert scores.pulled in (1, None)


def test_a_thousand_random_spans_are_on_their_pages(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([]) == 0
    assert "offsets 1000 of 1000" in capsys.readouterr().out


def test_the_scores_tell_what_was_lost_and_what_came_along() -> None:
    page = PAGES[0]
    article = read(page)
    assert article is not None
    words = len(article.text.split())
    longer = replace(article, text=f"{article.text} {'Foreign ' * words}")
    assert score(page, longer).foreign == pytest.approx(0.5)
    assert score(page, replace(article, text=" ".join(article.text.split()[: words // 2]))).kept == pytest.approx(
        0.5, abs=0.01
    )
    assert score(page, None).kept == 0


def test_a_wrong_map_is_seen() -> None:
    article = read(PAGES[0])
    assert article is not None
    assert article.origin is not None
    assert article.origin.map is not None
    first, *rest = article.origin.map.stretches
    moved = OffsetMap((Stretch(first.text, first.source.shift(1)), *rest))
    assert same_on_the_page(article, Span(0, 4))
    assert not same_on_the_page(replace(article, origin=replace(article.origin, map=moved)), Span(0, 4))
