"""What a reader does, done in a real browser on a real server over a real archive."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from onrecord.archive.correcting import corrections
from onrecord.archive.store.opening import open_archive
from onrecord.web.settings import Settings
from web.browser import ENTER, ESCAPE, LEFT, RIGHT, Browser
from web.room import served

TITLE = "They let us drink paint stripper"
PASTED = '"The gate stays shut until Friday," Rena Holt told the Quay Herald. Tom Ito said that he had not been asked.'


@pytest.fixture
def article(room: str, browser: Browser) -> str:
    """The address of the weekly's article, open in the browser."""
    browser.open(f"{room}/articles")
    link = next(one for one in browser.all(".rows a.title") if one.text.startswith(TITLE))
    address = str(link.get_attribute("href"))
    browser.open(address)
    return address


@pytest.fixture
def undone(archive_file: Path) -> Iterator[None]:
    """Whatever a test corrects is taken back after it."""
    yield
    with open_archive(archive_file) as archive:
        log = corrections.history(archive)
        for entry in reversed(log):
            if entry.action != "undo" and not any(other.undoes == entry.id for other in log):
                corrections.undo(archive, entry.id, who="the test")


def test_the_first_page_shows_the_archive_and_leads_on(room: str, browser: Browser) -> None:
    browser.open(room)
    assert "Who said what" in browser.text("h1")
    assert int(browser.text(".figures dd")) >= 5
    browser.shot("01-home")
    browser.click(".halves a.title")
    assert browser.one("#text mark.c")


def test_an_article_is_read_as_printed(room: str, browser: Browser, article: str, archive_file: Path) -> None:
    from onrecord.archive.store.loading import load_record

    number = int(article.rsplit("/", 1)[1])
    with open_archive(archive_file) as archive:
        text = load_record(archive, number).article.text
    shown = browser.script(
        "return [...document.querySelectorAll('#text p')].map(p => { const c = p.cloneNode(true);"
        "c.querySelectorAll('a.n').forEach(n => n.remove()); return [Number(p.dataset.start), c.textContent]; })"
    )
    assert len(shown) > 5
    for start, words in shown:
        assert text[start : start + len(words)] == words
    browser.shot("02-article")


def test_hovering_links_source_cue_and_content(browser: Browser, article: str) -> None:
    browser.script(
        "document.querySelector('#text [data-s=\"1\"]').dispatchEvent(new Event('pointerover', {bubbles: true}))"
    )
    lit = browser.until(lambda: browser.all(".on"))
    assert {one.get_attribute("data-s") for one in lit} == {"1"}
    assert {"src", "cue"} <= {part for one in lit for part in (one.get_attribute("class") or "").split()}
    browser.shot("03-hover")


def test_an_anchor_leads_to_one_statement_and_opens_why(browser: Browser, article: str) -> None:
    browser.open(f"{article}#s7")
    assert browser.text("#panel .no-big") == "7"
    assert "WHY IT WAS READ SO" in browser.text("#panel").upper()
    assert "cue lexicon" in browser.text(".why-table")
    browser.shot("04-anchor-why")


def test_a_click_opens_why_and_escape_closes_it(browser: Browser, article: str) -> None:
    browser.click("#text mark.c[data-s='4']")
    assert browser.text("#panel .no-big") == "4"
    assert not browser.one("#voices").is_displayed()
    browser.keys(ESCAPE)
    browser.until(lambda: browser.one("#voices").is_displayed())


def test_the_keyboard_goes_from_statement_to_statement(browser: Browser, article: str) -> None:
    browser.keys("j", "j")
    browser.until(lambda: browser.script("return document.activeElement.parentElement.dataset.s") == "2")
    browser.keys(ENTER)
    browser.until(lambda: browser.text("#panel .no-big") == "2")
    browser.keys("k")
    browser.until(lambda: browser.text("#panel .no-big") == "1")


def test_marks_can_be_switched_off(browser: Browser, article: str) -> None:
    before = browser.one("#text .own").value_of_css_property("background-image")
    browser.click("#show-own")
    assert "gradient" in before
    assert browser.one("#text .own").value_of_css_property("background-image") == "none"
    browser.shot("07-own-voice-off")


def test_search_finds_and_marks_the_words(room: str, browser: Browser) -> None:
    browser.open(room)
    browser.keys("/")
    browser.keys("water", ENTER)
    browser.until(lambda: browser.all(".hits li"))
    assert {one.text.casefold() for one in browser.all(".hits mark")} == {"water"}
    browser.shot("08-search")
    browser.click(".hits a.words")
    browser.until(lambda: browser.all("#text"))
    assert re.search(r"/articles/\d+#s", browser.driver.current_url)


def test_a_facet_narrows_and_can_be_taken_off(room: str, browser: Browser) -> None:
    browser.open(f"{room}/search?q=water")
    many = len(browser.all(".hits li"))
    link = next(one for one in browser.all(".facets a") if one.text.startswith("Tomas Arlund"))
    link.click()
    browser.until(lambda: browser.all(".asked a"))
    assert 0 < len(browser.all(".hits li")) < many
    assert {one.text for one in browser.all(".hits .who")} == {"Tomas Arlund"}
    browser.shot("09-filter")
    browser.click(".asked a")
    browser.until(lambda: not browser.all(".asked a"))
    assert len(browser.all(".hits li")) == many


def test_articles_are_searched_too_and_sorted_by_date(room: str, browser: Browser) -> None:
    browser.open(f"{room}/search?q=water")
    browser.click(".tabs a:nth-of-type(2)")
    browser.until(lambda: browser.one(".tabs a:nth-of-type(2)").get_attribute("aria-current"))
    browser.click(".sorted a")
    assert browser.until(lambda: browser.all(".hits li"))


def test_a_query_that_cannot_be_meant_is_explained(room: str, browser: Browser) -> None:
    browser.open(f'{room}/search?q=speaker:"')
    assert "wanted" in browser.text(".told.bad")
    browser.shot("11-wrong-query")


def test_a_person_is_followed_from_a_statement(room: str, browser: Browser, article: str) -> None:
    browser.click("#voices h3 a")
    assert browser.text("h1") == "Tomas Arlund"
    assert browser.one(".timeline svg rect.bar")
    assert browser.all(".valued li")
    browser.shot("12-person")
    browser.click(".timeline svg a")
    browser.until(lambda: browser.all(".asked a"))
    assert "/search" in browser.driver.current_url


def test_an_outlet_has_a_profile(browser: Browser, article: str) -> None:
    browser.click(".kicker a")
    assert browser.text("h1") == "The Standing Order"
    assert len(browser.all(".shares li")) == 4
    browser.shot("13-outlet")


def test_a_trace_shows_who_carried_the_words(room: str, browser: Browser) -> None:
    browser.open(f"{room}/search?q=%22found+it+ourselves%22")
    browser.click(".hits a.words")
    browser.until(lambda: browser.all("#panel .carriers li"))
    browser.shot("14-carriers")
    link = next(one for one in browser.all("#panel a") if one.text == "Trace these words")
    browser.open(str(link.get_attribute("href")))
    assert len(browser.all(".trace > li")) >= 2
    assert browser.all(".verdict")
    browser.shot("15-trace")


def test_an_occasion_shows_what_each_outlet_carried(room: str, browser: Browser) -> None:
    browser.open(f"{room}/people?name=Arlund")
    browser.click(".rows a.title")
    browser.click(".chips a")
    assert browser.until(lambda: browser.all(".grid td, .quotes li"))
    browser.shot("16-occasion")


def test_a_statement_is_confirmed_by_one_key_and_undone_by_another(
    browser: Browser, article: str, undone: None, archive_file: Path
) -> None:
    browser.open(f"{article}#s2")
    browser.until(lambda: browser.all("#panel .actions"))
    browser.keys("c")
    browser.until(lambda: browser.all("#panel .review.confirmed"))
    assert browser.one("#text mark.confirmed[data-s='2']")
    browser.shot("17-confirmed")
    with open_archive(archive_file) as archive:
        assert corrections.history(archive)[-1].who == "Ada"
    browser.keys("u")
    browser.until(lambda: not browser.all("#panel .review"))
    assert not browser.all("#text mark.confirmed")


def test_a_rejected_statement_leaves_the_article_and_comes_back(browser: Browser, article: str, undone: None) -> None:
    browser.open(f"{article}#s3")
    browser.until(lambda: browser.all("#panel .actions"))
    browser.keys("r")
    browser.until(lambda: not browser.all("#text mark.c[data-s='3']") and browser.all("#panel form[data-key='u']"))
    browser.keys("u")
    browser.until(lambda: browser.all("#text mark.c[data-s='3']"))


def test_another_speaker_of_the_article_is_chosen(browser: Browser, article: str, undone: None) -> None:
    browser.open(f"{article}#s2")
    browser.until(lambda: browser.all("#panel .actions"))
    browser.keys("s")
    option = next(one for one in browser.all("#panel .pick") if one.text.startswith("Tomas Arlund"))
    option.click()
    browser.click("#panel details[open] form button.main")
    browser.until(lambda: "Tomas Arlund" in browser.text("#panel .by"))
    assert "Miriam Oswin → Tomas Arlund" in browser.text("#panel .past")
    browser.shot("19-speaker")


def test_a_speaker_is_looked_up_in_the_directory(browser: Browser, article: str, undone: None) -> None:
    browser.open(f"{article}#s2")
    browser.until(lambda: browser.all("#panel .actions"))
    browser.keys("s")
    browser.fill("#panel .lookup input", "Angela Merkel")
    browser.click("#panel .lookup button")
    browser.until(lambda: any("Q567" in one.text for one in browser.all("#panel .found button")))
    browser.shot("20-directory")
    next(one for one in browser.all("#panel .found button") if "Q567" in one.text).click()
    browser.until(lambda: "Angela Merkel" in browser.text("#panel .by"))


def test_borders_are_moved_by_key_and_by_dragging(browser: Browser, article: str, undone: None) -> None:
    browser.open(f"{article}#s7")
    browser.until(lambda: browser.all("#panel .actions"))
    browser.keys("b")
    end = browser.one(".handle.end")
    before = browser.one("input[data-role='content']").get_attribute("value") or ""
    browser.script("arguments[0].focus()", end)
    browser.keys(LEFT)
    shorter = browser.one("input[data-role='content']").get_attribute("value") or ""
    assert int(shorter.split("-")[1]) < int(before.split("-")[1])
    browser.keys(RIGHT)
    assert browser.one("input[data-role='content']").get_attribute("value") == before
    from selenium.webdriver.common.action_chains import ActionChains

    browser.script("arguments[0].scrollIntoView({block: 'center'})", end)
    ActionChains(browser.driver).click_and_hold(end).move_by_offset(-60, 0).move_by_offset(-30, 0).release().perform()
    dragged = browser.one("input[data-role='content']").get_attribute("value") or ""
    assert int(dragged.split("-")[1]) < int(before.split("-")[1])
    browser.shot("21-borders")
    browser.click("#panel form.spans button.main")
    browser.until(lambda: "that the Harrow paint works is the source" not in browser.text("#panel blockquote"))
    assert browser.one("#panel .review.changed")


def test_form_and_framing_are_changed(browser: Browser, article: str, undone: None) -> None:
    browser.open(f"{article}#s7")
    browser.until(lambda: browser.all("#panel .actions"))
    browser.keys("f")
    browser.script("document.querySelector('#panel select[name=status]').value = 'denied'")
    browser.click("#panel details[open] button.main")
    browser.until(lambda: "status: said → denied" in browser.text("#panel .past"))


def test_two_users_correct_the_same_statement_and_the_later_is_told(
    room: str, browser: Browser, browsers: Callable[..., Browser], article: str, undone: None
) -> None:
    other = browsers()
    other.open(f"{room}/enter")
    other.fill("input[name=name]", "Bo")
    other.click("main button.main")
    for one in (browser, other):
        one.open(f"{article}#s6")
        one.one("#panel .actions")
    other.keys("r")
    other.until(lambda: "Rejected" in other.text("#toast"))
    browser.keys("c")
    browser.until(lambda: browser.all("#toast.bad"))
    assert "Not changed" in browser.text("#toast")
    assert "Bo" in browser.text("#toast")
    browser.shot("23-conflict")
    browser.until(lambda: "Bo rejected it" in browser.text("#panel .past"))


def test_the_queue_goes_on_by_key_and_counts(room: str, browser: Browser, undone: None) -> None:
    browser.open(f"{room}/queue")
    before = int(browser.text("#reviewed"))
    scores = [float(one.text) for one in browser.all(".card .meter .num")]
    assert scores == sorted(scores)
    browser.keys("c")
    browser.until(lambda: int(browser.text("#reviewed")) == before + 1)
    browser.keys("r")
    browser.until(lambda: int(browser.text("#reviewed")) == before + 2)
    browser.shot("24-queue")
    browser.keys("u")
    browser.until(lambda: len(browser.all(".card.done")) == 1)


def test_a_pasted_text_is_read_and_kept_only_when_asked(room: str, browser: Browser) -> None:
    browser.open(f"{room}/paste")
    browser.fill("textarea", PASTED)
    browser.fill("input[name=title]", "The gate")
    browser.click("main button.main")
    browser.until(lambda: browser.all("#text mark.c"))
    assert "not kept" in browser.text(".keep")
    browser.shot("25-pasted")
    browser.open(f"{room}/articles")
    assert "The gate" not in browser.text("main")
    browser.open(f"{room}/paste")
    browser.fill("textarea", PASTED)
    browser.fill("input[name=title]", "The gate")
    browser.click("main button.main")
    browser.click(".keep button")
    browser.until(lambda: "kept" in browser.text(".told"))
    assert "The gate" in browser.text("h1")


def test_a_file_is_uploaded_and_read(room: str, browser: Browser, tmp_path: Path) -> None:
    file = tmp_path / "gate.txt"
    file.write_text(PASTED, "utf-8")
    browser.open(f"{room}/paste")
    browser.one("input[type=file]").send_keys(str(file))
    browser.click("main button.main")
    assert browser.until(lambda: browser.all("#text mark.c"))


def test_dark_follows_the_system_and_the_switch(browser: Browser, article: str) -> None:
    light = browser.one("html").value_of_css_property("background-color")
    browser.prefer("dark")
    dark = browser.one("html").value_of_css_property("background-color")
    assert dark != light
    browser.shot("27-dark")
    browser.prefer("light")
    browser.click(".self form button")
    browser.until(lambda: browser.one("html").get_attribute("data-theme") == "dark")
    assert browser.one("html").value_of_css_property("background-color") == dark


def test_a_phone_shows_all_without_scrolling_sideways(room: str, browser: Browser, article: str) -> None:
    browser.phone()
    for place, name in (
        (article, "28-phone-article"),
        (f"{room}/search?q=water", "29-phone-search"),
        (room, "30-phone"),
    ):
        browser.open(place)
        assert browser.script("return document.documentElement.scrollWidth <= innerWidth"), place
        browser.shot(name)
    browser.open(article)
    browser.click("#text mark.c[data-s='1']")
    browser.until(lambda: browser.all("#panel .actions"))
    browser.shot("31-phone-panel")


def test_everything_is_read_and_corrected_without_javascript(
    room: str, browsers: Callable[..., Browser], article: str, undone: None
) -> None:
    plain = browsers(scripts=False)
    plain.open(article)
    plain.click("#text mark.c a.n")
    plain.until(lambda: plain.all(".single #panel .actions"))
    plain.shot("32-no-script-statement")
    plain.click("#panel form[data-key=c] button")
    plain.until(lambda: "Confirmed" in plain.text(".told"))
    plain.click(".told button")
    plain.until(lambda: "Undone" in plain.text(".told"))
    plain.open(f"{room}/search?q=water")
    assert plain.all(".hits mark")
    plain.click(".facets a")
    plain.until(lambda: plain.all(".asked a"))


def test_it_prints_the_article_without_the_bars(browser: Browser, article: str) -> None:
    browser.prefer("light", "print")
    assert not browser.one(".top").is_displayed()
    assert browser.one("#text").is_displayed()
    assert browser.one("#voices").is_displayed()
    browser.shot("33-print")


SELECT = """
document.activeElement.blur();
const p = [...document.querySelectorAll('#text p')].find(p => p.textContent.includes(arguments[0]));
const walker = document.createTreeWalker(p, NodeFilter.SHOW_TEXT);
const range = document.createRange();
let at = 0, first = -1, nodes = [];
while (walker.nextNode()) if (!walker.currentNode.parentElement.closest('a.n')) nodes.push(walker.currentNode);
const whole = nodes.map(n => n.data).join(''), start = whole.indexOf(arguments[0]), end = start + arguments[0].length;
for (const n of nodes) {
  if (at <= start && start < at + n.length) range.setStart(n, start - at);
  if (at < end && end <= at + n.length) range.setEnd(n, end - at);
  at += n.length;
}
getSelection().removeAllRanges();
getSelection().addRange(range);
document.querySelector('#text').dispatchEvent(new PointerEvent('pointerup', {bubbles: true}));
"""


def select(browser: Browser, words: str) -> None:
    browser.script(SELECT, words)


def test_a_missing_statement_is_added_by_selecting_and_taken_back(
    browser: Browser, article: str, archive_file: Path, undone: None
) -> None:
    before = browser.text(".head .meta")
    select(browser, "had not been delivered")
    browser.until(lambda: browser.one(".offer").is_displayed())
    browser.shot("34-selected")
    browser.click(".offer")
    browser.until(lambda: browser.all("#panel form.add"))
    assert "had not been delivered" in browser.text("#panel [name=content] + .told-words")
    select(browser, "Tomas Arlund")
    browser.until(lambda: "Tomas Arlund" in browser.text("#panel [name=source] + .told-words"))
    select(browser, "His excuse?")
    browser.until(lambda: "His excuse" in browser.text("#panel [name=cue] + .told-words"))
    browser.until(lambda: "Tomas Arlund" in browser.text("#panel .rest .pick:first-of-type"))
    assert "direct" in browser.text("#panel select[name=form]")
    browser.shot("35-adding")
    browser.press("#panel form.add .main")
    browser.until(lambda: browser.all("#panel .review.added"))
    assert "Tomas Arlund" in browser.text("#panel .by")
    assert browser.text(".head .meta") != before
    browser.shot("36-added")
    with open_archive(archive_file) as archive:
        (made,) = [one for one in corrections.history(archive) if one.action == "add"]
    assert made.who == "Ada"
    browser.keys("u")
    browser.until(lambda: browser.text(".head .meta") == before)
    browser.until(lambda: not browser.one("#panel").is_displayed())


def test_the_speaker_of_a_missing_statement_is_looked_up(browser: Browser, article: str, undone: None) -> None:
    browser.keys("a")
    browser.until(lambda: browser.all("#panel form.add"))
    browser.fill("#panel [name=content]", "had not been delivered")
    browser.fill("#panel [name=q]", "Angela Merkel")
    browser.keys(ENTER)
    browser.until(lambda: browser.all("#panel input[value='wikidata:Q567']"))
    browser.press("#panel input[value='wikidata:Q567']")
    browser.press("#panel form.add .main")
    browser.until(lambda: browser.all("#panel .review.added"))
    assert "Angela Merkel" in browser.text("#panel .by")


def test_a_missing_statement_is_added_without_javascript(
    browsers: Callable[..., Browser], browser: Browser, article: str, undone: None
) -> None:
    plain = browsers(scripts=False)
    plain.open(article)
    plain.click("#add")
    plain.fill("[name=content]", "no such words at all")
    plain.click("form.add .look")
    plain.until(lambda: "does not have" in plain.text("form.add .told.bad"))
    plain.fill("[name=content]", "had not been delivered")
    plain.fill("[name=source]", "Tomas Arlund")
    plain.click("form.add .look")
    plain.until(lambda: "had not been" in plain.text("[name=content] + .told-words"))
    plain.shot("37-no-script-add")
    plain.click("form.add .main")
    plain.until(lambda: "Added" in plain.text(".told"))
    plain.click(".told button")
    plain.until(lambda: "Undone" in plain.text(".told"))


def test_two_people_are_merged_after_a_look_and_parted_again(room: str, browser: Browser, undone: None) -> None:
    def named(name: str) -> str:
        browser.open(f"{room}/people?name={name}")
        return str(browser.one(".rows a.title").get_attribute("href"))

    other, kept = named("The Standing Order"), named("Evrin Ledger")
    browser.open(kept)
    name = browser.text("h1")
    browser.click(".who-is-who a[href$='/merge']")
    browser.fill("main [name=q]", "Standing Order")
    browser.keys(ENTER)
    browser.click(f".picks a[href$='other={other.rsplit('/', 1)[1]}']")
    browser.until(lambda: browser.all(".dots li"))
    assert "will be shown under" in browser.text(".dots li")
    browser.shot("38-merge")
    browser.fill("[name=why]", "one paper")
    browser.click("main form button.main")
    browser.until(lambda: "Merged" in browser.text(".told"))
    browser.shot("39-merged")
    browser.open(other)
    assert browser.driver.current_url == kept
    assert browser.text("h1") == name
    browser.click(".past button.link")
    browser.until(lambda: "Undone" in browser.text(".told"))
    browser.open(other)
    assert browser.driver.current_url == other


def test_one_person_is_split_in_two_after_a_look(room: str, browser: Browser, undone: None) -> None:
    browser.open(f"{room}/people?name=Helena+Dravic")
    browser.click(".rows a.title")
    browser.until(lambda: browser.all(".who-is-who"))
    address = browser.driver.current_url
    browser.click(".who-is-who a[href$='/split']")
    browser.click("main input[name=entity]")
    browser.fill("main [name=name]", "Another Dravic")
    browser.shot("40-split")
    browser.click("main form button.main")
    browser.until(lambda: browser.all(".dots li"))
    assert "will be shown under Another Dravic" in browser.text(".dots li")
    browser.shot("41-split-seen")
    browser.click("main form button.main")
    browser.until(lambda: "Split" in browser.text(".told"))
    assert browser.driver.current_url == address
    browser.open(f"{room}/people?name=Another+Dravic")
    assert browser.text(".rows a.title") == "Another Dravic"
    browser.open(address)
    browser.click(".past button.link")
    browser.until(lambda: "Undone" in browser.text(".told"))
    browser.open(f"{room}/people?name=Another+Dravic")
    assert browser.all(".rows a.title") == []


def test_a_statement_that_others_carry_tells_how_many(browser: Browser, article: str) -> None:
    browser.until(lambda: browser.all("#voices a.many"))
    told = browser.text("#voices a.many")
    assert re.fullmatch(r"in [1-9] other articles?", told)
    browser.shot("45-carried")
    browser.click("#voices a.many")
    browser.until(lambda: browser.all(".trace > li"))
    assert len(browser.all(".trace > li")) >= int(told.split()[1])


def test_the_keys_are_told_by_a_key(browser: Browser, article: str) -> None:
    browser.keys("?")
    browser.until(lambda: browser.all("dialog[open] kbd"))
    browser.shot("42-keys")
    browser.keys("c", ESCAPE)
    browser.until(lambda: not browser.all("dialog[open]"))


def test_an_occasion_shows_all_who_spoke_there(room: str, browser: Browser, archive_file: Path) -> None:
    with open_archive(archive_file) as archive:
        ((occasion,),) = archive.database.rows(
            "SELECT MIN(s.occasion) FROM statements s JOIN occasions k ON k.id = s.occasion"
            " JOIN people p ON p.id = s.person WHERE k.kind = 'press_conference' AND p.name = 'Helena Dravic'"
        )
    browser.open(f"{room}/occasions/{occasion}")
    speakers = [one.text for one in browser.all(".grid .group")]
    assert {"Helena Dravic", "Miriam Oswin", "Tomas Arlund"} <= set(speakers)
    assert len(speakers) == len(set(speakers))
    assert len(browser.all(".grid thead th")) >= 4
    # a cell is what an outlet made of a whole turn, the gravest of it
    assert browser.all(".grid .verdict.trimmed")
    assert browser.all(".grid .verdict.misattributed.alarming")
    browser.shot("43-occasion")


def test_an_empty_archive_tells_the_first_command(browser: Browser, tmp_path: Path) -> None:
    open_archive(tmp_path / "new.db").close()
    with served(Settings(archive=str(tmp_path / "new.db"))) as empty:
        browser.open(empty)
        assert browser.text("main pre") == "onrecord add article.txt --archive new.db"
        browser.shot("44-empty")
        for page in ("articles", "people", "outlets", "search", "queue"):
            browser.open(f"{empty}/{page}")
            assert browser.text("h1") or browser.all("main")


PAGES = """
/ /articles /articles/4 /articles/4#s7 /statements/5 /statements/5/trace /people /people/6 /outlets /outlets/4
/occasions/4 /search?q=water /search?q=( /queue /paste /enter /about /articles/4/history
/nowhere /statements/5/speaker?q=Merkel /articles/4/add /people/6/merge /people/6/merge?other=2 /people/6/split
""".split()


SIZES = (
    "return performance.getEntriesByType('navigation').concat(performance.getEntriesByType('resource'))"
    ".map(entry => [entry.name, entry.transferSize])"
)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_no_serious_violation(room: str, browser: Browser, axe: str, scheme: str) -> None:
    browser.prefer(scheme)
    found = {}
    for page in PAGES:
        browser.open(room + page)
        if "#s" in page:
            browser.until(lambda: browser.all("#panel .actions"))
        browser.script(axe)
        violations = browser.driver.execute_async_script(
            "const done = arguments[0]; axe.run(document, {resultTypes: ['violations']}).then(r => done(r.violations))"
        )
        serious = [
            f"{one['id']}: {[node['html'][:160] for node in one['nodes'][:3]]}"
            for one in violations
            if one["impact"] in ("serious", "critical")
        ]
        if serious:
            found[page] = serious
    assert found == {}


def test_a_first_load_is_light(room: str, browser: Browser) -> None:
    for page in PAGES:
        browser.driver.execute_cdp_cmd("Network.clearBrowserCache", {})
        browser.open(room + page)
        sizes = browser.until(lambda: len(found := browser.script(SIZES)) >= 3 and found)
        assert sum(size for _, size in sizes) <= 150_000, sizes
        assert all(name.startswith(room) for name, _ in sizes)
