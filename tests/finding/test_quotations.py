"""The torture table. ⟦ and ⟧ stand around each quotation that is to be found, ⟩ where one is left open."""

from __future__ import annotations

import re
from collections.abc import Mapping

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from onrecord.finding.quoting.marks import FAMILY
from onrecord.finding.quoting.quotations import Quotation, find_quotations, quote_states
from onrecord.finding.segments import paragraphs
from onrecord.spans import Span


def bare(marked: str) -> str:
    return re.sub("[⟦⟧⟩]", "", marked)


def found_in(text: str) -> str:
    """The text with ⟦ and ⟧ around what is found, as the tables write it."""
    inserts: dict[int, str] = {}
    for q in reversed(find_quotations(text)):  # so that inner quotations close before outer ones
        inserts[q.span.end] = inserts.get(q.span.end, "") + ("⟧" if q.closed else "⟩")
    for q in find_quotations(text):
        inserts[q.span.start] = inserts.get(q.span.start, "") + "⟦"
    return "".join(inserts.get(i, "") + ch for i, ch in enumerate(text)) + inserts.get(len(text), "")


def by_paragraph(blocks: list[str]) -> list[list[tuple[str, int, bool]]]:
    """For each paragraph its quotations, with their depth and whether they are closed."""
    text = "\n".join(blocks)
    starts = [sum(len(block) + 1 for block in blocks[:place]) for place in range(len(blocks))]
    spans = [Span(start, start + len(block)) for start, block in zip(starts, blocks, strict=True)]
    found = find_quotations(text, spans)
    return [[(q.span.slice(text), q.depth, q.closed) for q in found if span.contains(q.span)] for span in spans]


def table(cases: Mapping[str, str]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("marked", cases.values(), ids=cases.keys())


@table(
    {
        "curly": "⟦“No,”⟧ said Rena Holt, ⟦“never.”⟧",
        "straight": '⟦"No,"⟧ said Rena Holt, ⟦"never."⟧',
        "single curly": "⟦‘No,’⟧ said Rena Holt, ⟦‘never.’⟧",
        "single straight": "⟦'No,'⟧ said Rena Holt, ⟦'never.'⟧",
        "single, first half turned": "⟦‛No,’⟧ said Rena Holt.",
        "double, first half turned": "⟦‟No,”⟧ said Rena Holt.",
        "full width": "Holt said ⟦＂no＂⟧ again.",
        "doubled, as typesetters key them": "⟦``No,''⟧ said Rena Holt, ⟦``never.''⟧",
        "doubled on both sides": "⟦''No,''⟧ said Rena Holt, ⟦''never.''⟧",
        "backtick and apostrophe": "Rena Holt said ⟦`no'⟧ twice.",
        "guillemets": "⟦«Non»⟧, dit Rena Holt.",
        "guillemets, spaced": "⟦« Non »⟧, dit Rena Holt.",
        "guillemets, no-break spaces": "⟦«\u00a0Non\u00a0»⟧, dit Rena Holt.",
        "guillemets, narrow no-break spaces": "⟦«\u202fNon\u202f»⟧, dit Rena Holt.",
        "guillemets behind an apostrophe": "Rena Holt a parlé d’⟦« oubli »⟧.",
        "guillemets turned inwards": "Rena Holt sagte ⟦»nein«⟧, dann ⟦»nie«⟧.",
        "guillemets, both to the right": "Rena Holt sa ⟦»nej»⟧, sedan ⟦»aldrig»⟧.",
        "single guillemets": "Rena Holt sagte ⟦›nein‹⟧ und ⟦‹nie›⟧.",
        "low and high": "⟦„Nein“⟧, sagte Rena Holt, ⟦„nie.“⟧",
        "low and high, the other way": "⟦„Nie”⟧, powiedziała Rena Holt.",
        "low and high, single": "⟦‚Nein‘⟧, sagte Rena Holt.",
        "low and straight": '⟦„Nein"⟧, sagte Rena Holt.',
        "high on both sides": "⟦”Nej”⟧, sa Rena Holt, ⟦”aldrig”⟧.",
        "corner brackets": "⟦「いいえ」⟧と彼女は言った。⟦『本』⟧と⟦「はい」⟧。",
        "curly in a script without blanks": "她说⟦“不”⟧，又说⟦‘不’⟧。",
        "straight in a script without blanks": '她说⟦"不"⟧，又说⟦"不"⟧。',
    }
)
def test_every_style_of_marks_is_paired(marked: str) -> None:
    assert found_in(bare(marked)) == marked


@table(
    {
        "curly": "⟦“She told me ⟦‘no’⟧ again,”⟧ Holt said.",
        "curly, three deep": "⟦“He heard ⟦‘she said ⟦“no”⟧ then’⟧ again,”⟧ Holt said.",
        "straight, three deep": '⟦"He heard ⟦\'she said ⟦"no"⟧ then\'⟧ again,"⟧ Holt said.',
        "British, three deep": "⟦‘He heard ⟦“she said ⟦‘no’⟧ then”⟧ again,’⟧ Holt said.",
        "British straight, three deep": "⟦'He heard ⟦\"she said ⟦'no'⟧ then\"⟧ again,'⟧ Holt said.",
        "the same curly marks": "⟦“a ⟦“b ⟦“c”⟧ d”⟧ e,”⟧ Holt said.",
        "the same straight marks": '⟦"a ⟦"b ⟦"c"⟧ d"⟧ e,"⟧ Holt said.',
        "the same single marks": "⟦‘She told me ⟦‘no’⟧ again,’⟧ Holt said.",
        "the same single marks, straight": "⟦'She told me ⟦'no'⟧ again,'⟧ Holt said.",
        "closed together, curly": "⟦“She said, ⟦‘No.’⟧”⟧ Then she left.",
        "closed together, in one style": "⟦“She said, ⟦“No.”⟧”⟧ Then she left.",
        "closed together, straight": '⟦"She said, ⟦"No."⟧"⟧ Then she left.',
        "closed together, two singles that look doubled": "⟦'She said ⟦'no'⟧'⟧ again.",
        "closed together, single in doubled": "⟦''She said ⟦'no'⟧,''⟧ Holt said.",
        "closed with a blank between": "⟦“She said, ⟦‘No.’⟧ ”⟧ Then she left.",
        "opened together": "⟦“⟦‘No’⟧ is a word,”⟧ Holt said.",
        "opened together, straight": "⟦\"⟦'No'⟧ is a word,\"⟧ Holt said.",
        "opened together, the same marks": '⟦"⟦"No"⟧ is a word,"⟧ Holt said.',
        "guillemets in guillemets": "⟦« Elle a dit ⟦« non »⟧ hier »⟧, dit Holt.",
        "curly in guillemets": "⟦«Elle a dit ⟦“non”⟧ hier»⟧, dit Holt.",
        "guillemets in low-high": "⟦„Sie sagte ⟦»nein«⟧ gestern“⟧, so Holt.",
        "single in low-high": "⟦„Sie sagte ⟦‚nein‘⟧ gestern“⟧, so Holt.",
        "single guillemets in double": "⟦»Sie sagte ⟦›nein‹⟧ gestern«⟧, so Holt.",
        "hollow in corner brackets": "⟦「⟦『はい』⟧と彼女」⟧と言った。",
    }
)
def test_quotations_nest(marked: str) -> None:
    assert found_in(bare(marked)) == marked


@table(
    {
        "curly": "⟦“One.⟩\n⟦“Two.⟩\n⟦“Three,”⟧ Holt said.",
        "straight": '⟦"One.⟩\n⟦"Two.⟩\n⟦"Three,"⟧ Holt said.',
        "single": "⟦‘One.⟩\n⟦‘Two.⟩\n⟦‘Three,’⟧ Holt said.",
        "single straight": "⟦'One.⟩\n⟦'Two.⟩\n⟦'Three,'⟧ Holt said.",
        "single with apostrophes": "⟦‘We don’t.⟩\n⟦‘It’s the ’90s.⟩\n⟦‘The dogs’ bowl,’⟧ Holt said.",
        "doubled": "⟦``One.⟩\n⟦``Two.⟩\n⟦``Three,''⟧ Holt said.",
        "high on both sides": "⟦”Ett.⟩\n⟦”Två.⟩\n⟦”Tre”⟧, sa Holt.",
        "low and high": "⟦„Eins.⟩\n⟦„Zwei.⟩\n⟦„Drei“⟧, sagte Holt.",
        "guillemets": "⟦«Un.⟩\n⟦«Deux.⟩\n⟦«Trois»⟧, dit Holt.",
        "guillemets, the closing one repeated": "⟦« Un.⟩\n⟦» Deux.⟩\n⟦» Trois. »⟧",
        "blank lines": "⟦“One.⟩\n\n⟦“Two,”⟧ Holt said.",
        "carriage returns": "⟦“One.⟩\r\n\r\n⟦“Two.⟩\r\n⟦“Three,”⟧ Holt said.",
        "old carriage returns": "⟦“One.⟩\r⟦“Two,”⟧ Holt said.",
        "line and paragraph separators": "⟦“One.⟩\u2028⟦“Two.⟩\u2029⟦“Three.”⟧",
        "indented": "⟦“One.⟩ \n \t⟦“Two,”⟧ Holt said.",
        "begun behind the cue": "Holt said: ⟦“One.⟩\n⟦“Two.”⟧",
        "after a whole quotation": "⟦“One,”⟧ Holt said. ⟦“Two.⟩\n⟦“Three.”⟧",
        "with one inside": "⟦“Ito said ⟦‘no’⟧ twice.⟩\n⟦“Two,”⟧ Holt said.",
        "with the same marks inside": '⟦"Ito said ⟦"no"⟧ twice.⟩\n⟦"Two,"⟧ Holt said.',
        "never closed at all": "⟦“One.⟩\n⟦“Two.⟩\nHolt left.",
    }
)
def test_a_long_quote_is_opened_afresh_in_each_paragraph(marked: str) -> None:
    text = bare(marked)
    assert found_in(text) == marked
    outer = [(place, q) for place, q in enumerate(find_quotations(text)) if q.depth == 0]
    long = [(place, q) for place, q in outer if not q.closed or q.follows is not None]
    assert [q.follows for _, q in long] == [None, *(place for place, _ in long[:-1])]


@table(
    {
        "the paragraph between has no mark": "⟦“One.⟩\nTwo.\n⟦“Three.”⟧",
        "another style": "⟦“One.⟩\n⟦«Two.»⟧",
        "an elision": "'One.\n'Twas late. ⟦'Three.'⟧",
        "closed before": "⟦“One.”⟧\n⟦“Two.”⟧",
    }
)
def test_no_quote_is_carried_on_across(marked: str) -> None:
    text = bare(marked)
    assert found_in(text) == marked
    assert {q.follows for q in find_quotations(text)} == {None}


@table(
    {
        "curly closed by straight": '⟦“No,"⟧ Holt said. ⟦“Never.”⟧',
        "straight closed by curly": '⟦"No,”⟧ Holt said. ⟦"Never."⟧',
        "closed by an opening mark": "⟦“No,“⟧ Holt said. ⟦“Never.”⟧",
        "opened by a closing mark": "⟦”No,”⟧ Holt said. ⟦“Never.”⟧",
        "double closed by single": "⟦“No,’⟧ Holt said. ⟦“Never.”⟧",
        "double closed by single, straight": '⟦"No,\'⟧ Holt said. ⟦"Never."⟧',
        "single closed by double": "⟦‘No,”⟧ Holt said. ⟦‘Never.’⟧",
        "single closed by double, straight": "⟦'No,\"⟧ Holt said. ⟦'Never.'⟧",
        "guillemet closed by double": "⟦«Non.”⟧ Holt est sorti.",
        "low closed by guillemet": "⟦„Nein.«⟧ Holt ging.",
        "corner closed by hollow": "⟦「いいえ』⟧と言った。",
        "never closed": "⟦“No, Holt said. Then she left.⟩\nShe came ⟦“back”⟧.",
        "never closed, blanks at the end": "⟦“No, Holt said.⟩ \t\nShe came.",
        "closed in the next paragraph only": "⟦“No, Holt said.⟩\nNever.”\n⟦“Yes.”⟧",
        "opened astray before whole ones": "She “said ⟦“no”⟧ and ⟦“never”⟧.\nShe left.",
        "opened astray, straight": 'She "said ⟦"no"⟧ and ⟦"never"⟧.\nShe left.',
        "closed astray": "She said” no. ⟦“Never.”⟧\n⟦“Yes.”⟧",
        "closed astray, straight": 'She said" no.\n⟦"Yes."⟧',
        "closed astray, guillemet": "Nein« sagte Holt. ⟦»Nie.«⟧",
        "alone between blanks": 'She said " no.\n⟦"Yes."⟧',
        "single, never closed": "‘No, Holt said. She left.\nThe end. ⟦‘Yes.’⟧",
        "inner never closed": "⟦“She said ‘no again,”⟧ Holt said. ⟦‘Yes.’⟧",
        "inner closed astray": "⟦“She said no’ again,”⟧ Holt said.",
        "crossed": "⟦“She said ‘no,”⟧ Holt’ said.",
        "the last character opens": "Holt said: “\n⟦“No.”⟧",
        "the only character": "“",
    }
)
def test_a_wrong_or_missing_mark_spoils_no_more_than_its_paragraph(marked: str) -> None:
    assert found_in(bare(marked)) == marked


@table(
    {
        "contractions": "We don’t, can't, shan‘t. O’Neill's and O'Neill’s.",
        "possessives of plurals": "The dogs' bowls and the cats’ beds are the Holts'.",
        "decades": "Back in the '90s, the ’80s and the ‘70s, and in ’16.",
        "elisions": "Tell 'em, ’em or ‘em: ’tis time, 'twas, ’til nine, 'cause, ’round here.",
        "rock ’n’ roll": "Rock 'n' roll, rock ’n’ roll, rock ‘n’ roll, rock 'n roll.",
        "contractions in single marks": "⟦‘We don’t and we can’t,’⟧ Holt said.",
        "possessives in single marks": "⟦‘The dogs’ bowls and the cats’ beds,’⟧ Holt said.",
        "possessives in straight single marks": "⟦'The dogs' bowls and the cats' beds,'⟧ Holt said.",
        "a possessive before a name": "⟦‘The Lords’ Committee failed,’⟧ Holt said.",
        "a possessive, then another quotation": "⟦‘It was theirs’⟧ and ⟦‘not ours,’⟧ Holt said.",
        "a scare quote that ends in s": "The ⟦‘experts’⟧ came. ⟦‘No,’⟧ Holt said.",
        "dropped endings": "⟦‘I’m goin’ home,’⟧ Holt said. ⟦‘Lyin’ again.’⟧",
        "dropped beginnings": "⟦‘Tell ’em ’tis ’ere,’⟧ Holt said.",
        "rock ’n’ roll in single marks": "⟦'Rock 'n' roll is dead,'⟧ Holt said.",
        "decades in single marks": "⟦‘In the ’90s and the ‘80s,’⟧ Holt said.",
        "decades in double marks": "⟦“In the ‘90s, rock ‘n’ roll was for ‘em,”⟧ Holt said.",
        "a quotation that begins with a number": "⟦‘16 people left,’⟧ Holt said.",
        "a year that loses its century": "⟦“After the '16 vote we left,”⟧ Holt said.",
        "a title that begins with an elision's word": "⟦“The ⟦‘cause of death’⟧ is unknown,”⟧ Holt said.",
        "an elision first": '⟦"\'Twas late,"⟧ Holt said.',
        "a plural possessive in double marks": "⟦“The dogs’ bowls,”⟧ Holt said, ⟦“and the cats’.”⟧",
    }
)
def test_apostrophes_are_no_quotation_marks(marked: str) -> None:
    assert found_in(bare(marked)) == marked


@table(
    {
        "feet and inches": "She is 6'2\" tall, he is 5’11” tall, the door 6' 8\".",
        "inches": 'A 12" pipe and a 14” pipe burst.',
        "beside a quotation": 'A 12" pipe was ⟦"broken"⟧.',
        "in a quotation": '⟦"A 12" pipe burst,"⟧ Holt said.',
        "in a curly quotation": '⟦“A 12" pipe burst,”⟧ Holt said.',
        "in a quotation, curly themselves": "⟦“A 12” pipe burst,”⟧ Holt said.",
        "two in a quotation": '⟦"A 12" and a 14" pipe burst,"⟧ Holt said. ⟦"The 2" one held."⟧',
        "with a hyphen": '⟦"A 12"-wide pipe,"⟧ Holt said.',
        "feet and inches in a quotation": '⟦"She is 6\'2" tall,"⟧ Holt said.',
        "feet and inches at its end": "⟦“She is 5’11”,”⟧ Holt said.",
        "feet in single marks": "⟦'She is 6' tall,'⟧ Holt said.",
        "a quotation that ends in a number": '⟦"in 2016"⟧ and ⟦"in 2020"⟧ again',
        "the same in single marks": "⟦'in 2016'⟧ and ⟦'in 2020,'⟧ Holt said.",
        "a last quotation that ends in a number": '⟦"It was in 2016"⟧ Holt said.',
        "a nested one that ends in a number": '⟦"Ito said ⟦"in 2016"⟧ again,"⟧ Holt said.',
        "values of attributes": '<p id=⟦"2016"⟧ author=⟦"@holt"⟧>No.',
    }
)
def test_feet_and_inches_are_no_quotation_marks(marked: str) -> None:
    assert found_in(bare(marked)) == marked


@table(
    {
        "one word": "The ⟦“plan”⟧ and the ⟦'plan'⟧ and the ⟦\"plan\"⟧ failed.",
        "one letter": "She scored an ⟦“A”⟧, he a ⟦'B'⟧.",
        "colon": 'Holt said:⟦“No.”⟧ Ito said:⟦"No."⟧',
        "dash": "Holt said—⟦“no”⟧—and Ito–⟦\"yes\"⟧–then -⟦'no'⟧-.",
        "bracket": "Holt (⟦“no”⟧), Ito [⟦\"yes\"⟧], Sand {⟦'no'⟧}.",
        "slash": '⟦"Yes"⟧/⟦"no"⟧, ⟦‘yes’⟧/⟦‘no’⟧',
        "comma": '⟦"Yes"⟧,⟦"no"⟧,⟦“maybe”⟧',
        "ellipses first": "⟦“...and then”⟧, ⟦\"…and then\"⟧, ⟦'...and then'⟧",
        "ellipses last": '⟦“No ...”⟧ she said. ⟦"No…"⟧ she said.',
        "an interruption": '⟦“I never—”⟧ said Ito. ⟦"I never-"⟧ said Ito.',
        "brackets inside": "⟦“We [the board] left (late) […],”⟧ Holt said.",
        "a bracket first": "⟦'[We] left,'⟧ Holt said. ⟦\"(We) left.\"⟧",
        "money and handles": "⟦'$5 is much,'⟧ said ⟦'@holt'⟧ of ⟦'#tax'⟧.",
        "Spanish": 'Dijo: ⟦"¿No?"⟧ Y: ⟦«¡No!»⟧',
        "glued to words": 'a⟦“b”⟧c, d⟦"e"⟧f',
        "glued to the word before": 'Holt said⟦“no”⟧ and said⟦"no"⟧ again.',
        "a blank inside": "Holt said ⟦“ no ”⟧ twice.",
        "emphasis": "Holt said *⟦“no”⟧* and _⟦'no'⟧_.",
        "emoji outside": "🎉⟦“Yes”⟧🎉 🎉⟦\"Yes\"⟧🎉 🎉⟦'Yes'⟧🎉",
        "emoji inside": "⟦“🎉 Yes 🎉”⟧ ⟦\"🎉Yes🎉\"⟧ ⟦'🎉Yes🎉'⟧",
        "a byte-order mark before": "\ufeff⟦'No,'⟧ Holt said.",
        "a zero-width space before": "Holt said:\u200b⟦'no'⟧.",
        "no-break spaces around": "Holt said\u00a0⟦'no'⟧\u202fand\u00a0⟦\"no\"⟧\u00a0again.",
        "a full stop behind": "She called it ⟦‘no plan’⟧. He called it a ⟦'plan'⟧.",
        "footnotes": "⟦“No.”⟧[1] ⟦“Never.”⟧² She left.",
    }
)
def test_neighbours_do_not_matter(marked: str) -> None:
    assert found_in(bare(marked)) == marked


@table(
    {
        "nothing": "",
        "no marks": "Holt left.\nThen she came back.",
        "empty marks": "An empty \"\" and “” and '' and ‘’ and «» and „“ and 「」.",
        "empty marks inside": '⟦“Type "" twice,”⟧ Holt said.',
        "a bullet": "» Holt left.\n» Then she came back.",
        "a bullet before a quotation": "» ⟦“No,”⟧ Holt said. » More",
        "a trail of links": "Home » News » Politics",
        "code": 'Run `make test` now, or `echo "it\'s"`. ⟦“No,”⟧ Holt said.',
        "a fence of code": "```\nprint\n```",
        "code beside old single marks": "Holt said ⟦`no'⟧ to `make`.",
        "a low mark for a comma": "She paid 1‚000 for the dogs’ bowls.",
        "primes": "She is 6′2″ tall, at 51° 30′ 26″.",
        "marks alone": "' \" ` ’ '",
    }
)
def test_what_quotes_nothing_is_left_alone(marked: str) -> None:
    assert found_in(bare(marked)) == marked


@pytest.mark.xfail
@table(
    {
        "a possessive looks like the end of a scare quote": "⟦‘One.⟩\n⟦‘The dogs’ bowl.⟩\n⟦‘Two,’⟧ Holt said.",
        "in English ’ before a word is an apostrophe": "Holt sa ⟦’nej’⟧ igen.",
        "only the outermost quotation is carried on": "⟦“⟦‘One.⟩⟩\n⟦“⟦‘Two,’⟧”⟧ Holt said.",
    }
)
def test_known_gaps(marked: str) -> None:
    assert found_in(bare(marked)) == marked


def test_a_paragraph_may_be_very_long() -> None:
    marked = 'Holt said ⟦“we don’t ⟦‘know’⟧ yet”⟧ of the dogs’ 12" bowl. ' * 2000
    assert found_in(bare(marked)) == marked


def test_the_anatomy_of_a_quotation() -> None:
    text = "He said “we ‘do not’ know.”"
    assert find_quotations(text) == (
        Quotation(Span(8, 27), Span(9, 26), "double", 0),
        Quotation(Span(12, 20), Span(13, 19), "single", 1),
    )


def test_depth_counts_quotations_and_no_stray_marks() -> None:
    assert [q.depth for q in find_quotations('“a ‘b "c" d” e')] == [0, 1]


def test_paragraphs_are_those_of_the_text_or_those_given() -> None:
    text = "“One.\nTwo.”"
    assert [q.span.slice(text) for q in find_quotations(text)] == ["“One."]
    assert [q.span.slice(text) for q in find_quotations(text, (Span(0, len(text)),))] == [text]


def test_states_tell_marks_from_what_they_enclose() -> None:
    text = "He “a ‘b’ c” d ``e'' “f"
    states = quote_states(len(text), find_quotations(text))
    assert "".join(map(str, states)) == "000" + "311" + "324" + "114" + "000" + "33144" + "0" + "31"


MARKS = "".join(FAMILY)
spiced = st.text(st.sampled_from(MARKS + "``''  \n\r.,—(sn'\"“”‘’") | st.sampled_from("ab1 A😀\u00a0字"), max_size=60)
anything = st.text(st.characters(exclude_categories=()), max_size=60)
one_paragraph = st.text(st.sampled_from(MARKS + "  .,ab16s—"), min_size=1, max_size=20).filter(str.strip)


@given(anything | spiced)
@example("\ud800“\udfff”")
@example("''''''")
def test_no_text_is_refused_and_every_quotation_slices_it(text: str) -> None:
    for q in find_quotations(text):
        assert q.span.contains(q.inner)
        assert FAMILY[q.span.slice(text)[: q.inner.start - q.span.start]] == q.family
        assert q.closed == (q.inner.end < q.span.end)
        assert q.follows is None or not find_quotations(text)[q.follows].closed


@given(spiced)
def test_quotations_nest_and_never_cross(text: str) -> None:
    around: list[Quotation] = []
    quotations = find_quotations(text)
    assert list(quotations) == sorted(quotations, key=lambda q: q.span)
    for q in quotations:
        while around and around[-1].span.end <= q.span.start:
            around.pop()
        assert all(outer.inner.contains(q.span) for outer in around)
        assert q.depth == len(around)
        around.append(q)


@given(spiced)
def test_no_quotation_leaves_its_paragraph(text: str) -> None:
    blocks = paragraphs(text)
    for q in find_quotations(text, blocks):
        assert any(block.contains(q.span) for block in blocks)


@given(spiced)
def test_states_cover_the_text_and_nothing_outside_quotations(text: str) -> None:
    quotations = find_quotations(text)
    states = quote_states(len(text), quotations)
    assert len(states) == len(text)
    for place, state in enumerate(states):
        depth = sum(q.inner.start <= place < q.inner.end for q in quotations)
        assert state in ((min(depth, 2),) if state < 3 else (3, 4))


@given(st.lists(one_paragraph, min_size=1, max_size=6), st.data())
def test_a_paragraph_has_no_say_in_those_that_are_not_beside_it(blocks: list[str], data: st.DataObject) -> None:
    changed = data.draw(st.integers(0, len(blocks) - 1))
    before = by_paragraph(blocks)
    after = by_paragraph([*blocks[:changed], data.draw(one_paragraph), *blocks[changed + 1 :]])
    reach = changed + 1
    while reach < len(blocks) and blocks[reach].lstrip()[0] in "»›":  # a chain of reopened paragraphs
        reach += 1
    assert before[: max(0, changed - 1)] == after[: max(0, changed - 1)]
    assert before[reach + 1 :] == after[reach + 1 :]
