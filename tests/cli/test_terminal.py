from __future__ import annotations

import io
import re
from dataclasses import replace

import pytest

from cli.standin import find
from full import full_record
from marked import parse
from onrecord.cli.printing.outline import outline
from onrecord.cli.printing.terminal import TextFormat
from onrecord.records import ROLES, Article, Entity, Provenance, Record, Statement
from onrecord.spans import Span

ESCAPE = re.compile(r"\x1b\[[0-9;]*m")
TEXT = (
    "“Ito said all was well and dry,” said Rena Holt. Nobody slept.\n\n"
    "“[bold]Who[/bold] :smile: asked?” asked Hugo Brandt."
)
SHOWN = """\
Harbour wall to be closed
Quay Herald · wall.txt
3 statements: 2 direct, 1 indirect
────────────────────────────────────────────────────────────────────────────────

Rena Holt
  #1  direct · said                                                   █████ 0.97
      “Ito said all was well and dry,”
      Ito (within #1)
        #2  indirect · said                                           ██░░░ 0.50
            all was well and dry

Hugo Brandt
  #3  direct · asked                                                  █████ 0.97
      “[bold]Who[/bold] :smile: asked?”
"""


FULL = """\
Rena Holt · harbour master · Quay Radio · Q1
  #1  indirect · told                                                 ██░░░ 0.50
      that Ito was wrong
      denied · relayed by Quay Radio
      on: interview, Quay Radio, Sunday (2031-05-04)
      about: Ito −

in the outlet's own voice
  He was.
    confirms (#1): next to it
"""


class Screen(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.fixture(autouse=True)
def _no_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("NO_COLOR", "FORCE_COLOR", "TTY_COMPATIBLE", "TTY_INTERACTIVE", "COLUMNS"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("TERM", "xterm-256color")


def shown(record: Record, stream: io.StringIO, *, explain: bool = False) -> str:
    output = TextFormat(stream, explain=explain)
    output.add(record, "wall.txt")
    output.close()
    return stream.getvalue()


def record_of(marked: str, carried_from: dict[str, str]) -> Record:
    gold = parse(marked)
    statements = []
    for item in gold.attributions:
        source, cue, content = (tuple(Span(*pair) for pair in item[role]) for role in ROLES)
        on = carried_from.get(item["id"])
        statements.append(
            Statement(
                id=item["id"], content=content, source=source, cue=cue, form="direct", confidence=0.5, carried_from=on
            )
        )
    return Record(Article(gold.text), tuple(statements), Provenance("0.1.0"))


def test_a_record_as_it_is_printed() -> None:
    record = find(Article(TEXT, title="Harbour wall to be closed", outlet="Quay Herald"))
    assert shown(record, io.StringIO()) == SHOWN


def test_all_that_is_known_of_a_statement_is_told_under_it() -> None:
    assert shown(full_record(), io.StringIO()).endswith(f"\n\n{FULL}")


def test_all_statements_of_one_speaker_stand_together_each_with_the_words_for_it() -> None:
    record = record_of(
        "[s1 Rena Holt] [k1 said] [c1 “A”]. [s2 Ito] [k2 said] [c2 “b”]. [s3 She] [k3 added] [c3 “c”].", {}
    )
    holt = Entity(id="h", name="Rena Holt", kind="person")
    by = {"1": "h", "3": "h"}
    named = tuple(replace(statement, speaker=by.get(statement.id)) for statement in record.statements)
    told = shown(replace(record, statements=named, entities=(holt,)), io.StringIO())
    assert re.findall(r"^(?:\S.*|  #\d)", told, re.M)[3:] == ["Rena Holt", "  #1", "  #3", "Ito", "  #2"]
    assert "“c”\n      as printed: She\n" in told


def test_a_screen_shows_in_colour_just_what_a_pipe_gets(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    record = find(Article(TEXT, title="Harbour wall to be closed", outlet="Quay Herald"))
    coloured = shown(record, Screen())
    assert ESCAPE.search(coloured)
    assert ESCAPE.sub("", coloured) == SHOWN


def test_no_color_leaves_the_colours_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    codes = {code for match in ESCAPE.findall(shown(find(Article(TEXT)), Screen())) for code in match[2:-1].split(";")}
    assert codes <= {"", "0", "1", "2", "3"}  # bold, dim and italic are no colours


def test_explaining_names_what_decided_each_field() -> None:
    told = shown(find(Article(TEXT)), io.StringIO(), explain=True)
    assert "content: linker, marks · source: linker · confidence: 0.9700, calibrated\n      on dev\n" in told
    assert "onrecord 0.1.0, model stand-in (abababababab)" in told


def test_pieces_are_joined_and_a_carried_statement_names_whose_it_is() -> None:
    record = record_of(
        "[c1 “Yes,”] [k1 said] [s1 Rena Holt], [c1 “no.”] [c2 “Well.”] [c3 “Hm.”] [c4 “Oh.”]", {"2": "1", "3": "2"}
    )
    told = shown(record, io.StringIO())
    assert "“Yes,” … “no.”" in told
    assert "\ncarried on from #1 (Rena Holt)\n  #2  direct · no cue" in told
    assert "\ncarried on from #2 (Rena Holt)\n  #3  direct · no cue" in told
    assert "\nno source named\n  #4  direct · no cue" in told


def test_an_article_without_statements_says_so() -> None:
    assert "\nno statement found\n" in shown(find(Article("It rained.")), io.StringIO())


def test_several_records_are_parted() -> None:
    stream = io.StringIO()
    output = TextFormat(stream)
    for _ in range(2):
        output.add(find(Article("“No,” said Rena Holt.")), "a.txt")
    assert stream.getvalue().count("\n\n\na.txt\n") == 1


@pytest.mark.parametrize("columns", [1, 30, 40, 80, 100, 500])
def test_no_line_is_wider_than_the_screen_or_than_reads_well(columns: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", str(columns))
    record = find(Article("“" + "Wörter 記録 " * 60 + "unbreakable" * 20 + "”, said Rena Holt.", title="T" * 300))
    lines = ESCAPE.sub("", shown(record, Screen(), explain=True)).splitlines()
    from rich.cells import cell_len

    assert max(map(cell_len, lines)) <= max(30, min(columns, 100))
    assert all(line == line.rstrip() for line in lines)


@pytest.mark.parametrize("stream", [io.StringIO(), Screen()], ids=["pipe", "screen"])
def test_nothing_of_an_article_reaches_the_terminal_as_a_command(
    stream: io.StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    evil = "".join(map(chr, [*range(9), 11, 12, *range(14, 32), *range(127, 160), 0x202E, 0x2067, 0xD800]))
    record = find(Article(f"“{evil}a{evil},” said Rena Holt.", id=evil, title=f"t{evil}", outlet=evil))
    told = ESCAPE.sub("", shown(record, stream, explain=True))
    assert not set(evil) & set(told)
    assert "“a,”" in told


def test_a_dialogue_keeps_its_order_where_that_is_asked_for() -> None:
    text = "“A,” said Ito. “B,” said Holt. “C,” said Ito."
    speakers = tuple(Entity(id=name.lower(), name=name, kind="person") for name in ("Ito", "Holt"))
    said = tuple(
        Statement(id=str(n), content=(Span(at, at + 4),), form="direct", confidence=0.9, speaker=who)
        for n, (at, who) in enumerate([(0, "ito"), (15, "holt"), (31, "ito")], 1)
    )
    record = Record(Article(text), said, Provenance("0.1.0"), speakers)
    assert [group.heading for group in outline(record)] == ["Ito", "Holt"]
    assert [group.heading for group in outline(record, "text")] == ["Ito", "Holt", "Ito"]


def test_what_is_carried_on_names_who_speaks() -> None:
    first = Statement(id="21", content=(Span(0, 4),), form="direct", confidence=0.9, speaker="ito")
    second = Statement(id="22", content=(Span(5, 9),), form="direct", confidence=0.9, carried_from="21")
    ito = Entity(id="ito", name="Ito", kind="person")
    record = Record(Article("“A,” “B,”"), (first, second), Provenance("0.1.0"), (ito,))
    assert [group.heading for group in outline(record)] == ["Ito", "carried on from #21 (Ito)"]
