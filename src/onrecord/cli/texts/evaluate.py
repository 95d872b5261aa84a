"""`onrecord evaluate GOLD.jsonl`: how good the statements are, by the one definition in onrecord.scoring."""

from __future__ import annotations

import argparse
import datetime
import json
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, BinaryIO

from onrecord.cli import DONE, INTERRUPTED
from onrecord.cli.progress import Progress
from onrecord.cli.streams import tell
from onrecord.errors import InputError, MalformedLine, MissingInput, UsageError
from onrecord.records import ROLES, Article
from onrecord.spans import Span, merge

FORMATS = ("text", "json")
STANDARD_INPUT = "-"
Line = dict[str, Any]


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare what `onrecord evaluate` takes."""
    parser.usage = "onrecord evaluate GOLD.jsonl [--predictions PRED.jsonl] [options]"
    parser.description = (
        "Score statements against gold. Only words count: where a quotation mark falls makes no\n"
        "difference. All figures are micro-averages over the articles of GOLD.\n\n"
        "  role.…      the words that carry a role          detected    half the words of a content\n"
        "  span.…      whole roles, word for word           attributed  and a word of its source\n"
        "                                                   exact       source and content, word for word\n\n"
        "With them: 95 % intervals, articles drawn anew; recall by form and by kind of source; how\n"
        "often the form agrees; and how far the confidences are from the truth. Where GOLD tells of\n"
        "speakers, framing, occasions, targets or the outlet's own voice, these are scored as well,\n"
        "on the statements that were matched."
    )
    parser.epilog = (
        'GOLD and PRED are JSON lines, an article each: {"id", "text", "attributions": [{"source",\n'
        '"cue", "content": [[start, end], …], "form"}]}, offsets in code points, as `onrecord read\n'
        "--format jsonl` prints them. Gold without a form is given one by its quotation marks."
    )
    parser.add_argument("gold", metavar="GOLD", nargs="*", help="a file of gold; - is standard input")
    parser.add_argument(
        "--predictions", metavar="PRED", help="score this file; left out, the engine reads the texts of GOLD"
    )
    parser.add_argument(
        "--format", type=_format, default="text", metavar="|".join(FORMATS), help="a table (default), or JSON"
    )
    parser.add_argument(
        "--flat",
        action="store_true",
        help="leave out predicted statements that stand within another's content. Gold such as PolNeAR marks one"
        " level only: a right statement inside another would count against precision, though nobody has judged it",
    )
    parser.add_argument("--quiet", action="store_true", help="no progress and no notices")


def run(arguments: argparse.Namespace) -> int:
    """Load gold and predictions, or make these, and print the scores."""
    from onrecord.scoring import evaluate
    from onrecord.scoring_records import evaluate_framing

    if len(arguments.gold) != 1:
        seen = f"{len(arguments.gold)} files of gold" if arguments.gold else "no GOLD"
        raise UsageError(seen, "one file of gold", "Type onrecord evaluate GOLD.jsonl")
    gold = list(_load(arguments.gold[0], gold=True))
    progress = Progress(quiet=arguments.quiet)
    try:
        with progress:
            predicted = list(_found(gold, progress) if arguments.predictions is None else _load(arguments.predictions))
    except KeyboardInterrupt:
        tell(f"stopped after {progress.line()}, of {len(gold):,}; nothing was scored")
        return INTERRUPTED
    _check_texts(gold, predicted)
    if not arguments.quiet:
        ids, answered = ({str(line["id"]) for line in lines} for lines in (gold, predicted))
        _tell_of(ids - answered, "of gold without predictions, counted as without statements")
        _tell_of(answered - ids, "of predictions without gold, not counted")
    scores = evaluate(_with_forms(gold), predicted, flat=arguments.flat)
    framing = evaluate_framing(gold, predicted)
    if arguments.format == "json":
        print(json.dumps(scores.to_dict() | ({"framing": framing.to_dict()} if framing.table() else {}), indent=1))
    else:
        print("\n\n".join(table for table in (scores.table(), framing.table()) if table))
    return DONE


def _found(gold: Sequence[Line], progress: Progress) -> Iterator[Line]:
    from onrecord.engine import read_many

    for record in read_many(map(_article, gold)):
        progress.done(record.article.text)
        yield record.to_dict()


def _article(line: Line) -> Article:
    """The article of a line of gold; its date decides who held an office."""
    try:
        published = datetime.date.fromisoformat(str(line.get("date"))[:10])
    except ValueError:
        published = None
    return Article(line["text"], str(line["id"]), line.get("title"), line.get("outlet"), published)


def _load(path: str, *, gold: bool = False) -> Iterator[Line]:
    """The articles of a JSON lines file. Raises MissingInput or MalformedLine, with the place."""
    places: dict[str, int] = {}
    try:
        with sys.stdin.buffer if path == STANDARD_INPUT else Path(path).open("rb") as stream:
            for number, line in _lines(stream, path):
                if (id := str(line.get("id"))) in places:
                    raise MalformedLine(
                        f"{path}:{number}: id {id!r} again, after line {places[id]}", "ids that differ", "Leave one out"
                    )
                places[id] = number
                _check(line, f"{path}:{number}", gold)
                yield line
    except OSError as error:
        raise MissingInput(
            f"{path} ({error.strerror or error})", "a readable file of JSON lines", "Check the path"
        ) from error
    except ValueError as error:
        if isinstance(error, InputError):
            raise
        raise MissingInput(f"{path!r} ({error})", "the name of a file", "Check the path") from error
    if gold and not places:
        raise MalformedLine(f"{path} without a line", "one JSON object a line", "Check that the file was saved")


def _lines(stream: BinaryIO, path: str) -> Iterator[tuple[int, Line]]:
    for number, raw in enumerate(stream, start=1):
        if not raw.strip():
            continue
        try:
            line = json.loads(raw.decode("utf-8-sig"))
        except (ValueError, RecursionError) as error:
            raise MalformedLine(
                f"{path}:{number}: {error}", "one JSON object on the line", "Write each article on a line of its own"
            ) from error
        if not isinstance(line, dict):
            raise MalformedLine(
                f"{path}:{number}: a JSON {type(line).__name__}", "a JSON object", 'Write {"id": "…", …}'
            )
        yield number, line


def _check(line: Line, place: str, gold: bool) -> None:
    """Raises MalformedLine unless the scorer can use the line."""
    if not isinstance(line.get("id"), (str, int)):
        raise MalformedLine(f"{place}: no id", '"id", the same in gold and predictions', "Add it")
    if gold and not isinstance(line.get("text"), str):
        raise MalformedLine(f"{place}: no text", '"text", a string', "Add the text that the offsets count in")
    attributions = line.get("attributions", ())
    if not isinstance(attributions, (list, tuple)) or not all(map(_is_statement, attributions)):
        raise MalformedLine(
            f"{place}: attributions of another shape",
            '[{"source", "cue", "content": [[start, end], …]}, …]',
            "Write them as onrecord read --format jsonl does",
        )


def _is_statement(item: object) -> bool:
    if not isinstance(item, dict) or not isinstance(item.get("confidence", 0.0), (int, float, type(None))):
        return False
    return all(isinstance(spans := item.get(role) or [], list) and all(map(_is_span, spans)) for role in ROLES)


def _is_span(pair: object) -> bool:
    return isinstance(pair, list) and len(pair) == 2 and all(type(offset) is int for offset in pair)


def _check_texts(gold: Sequence[Line], predicted: Sequence[Line]) -> None:
    """Raises MalformedLine where predictions come with another text: their offsets would not hold."""
    texts = {str(line["id"]): line["text"] for line in gold}
    for line in predicted:
        text = texts.get(str(line["id"]))
        if text is not None and text != line.get("text", text):
            raise MalformedLine(
                f"another text in the predictions for article {line['id']!r}",
                "the text of the gold article, to the character",
                "Predict from the texts of the gold file",
            )


def _tell_of(ids: Iterable[str], what: str) -> None:
    if listed := sorted(ids):
        more = ", …" if len(listed) > 3 else ""
        tell(f"{len(listed):,} article{'' if len(listed) == 1 else 's'} {what}: {', '.join(listed[:3])}{more}")


def _with_forms(articles: Iterable[Line]) -> Iterator[Line]:
    """The gold with a form for each statement that has none, by the quotation marks around it."""
    from onrecord.finding.quoting.forms import form_of
    from onrecord.finding.quoting.quotations import find_quotations
    from onrecord.finding.tagging.drafts import Draft

    for article in articles:
        quotations = find_quotations(article["text"])
        statements = []
        for statement in article.get("attributions", ()):
            source, cue, content = (_spans(statement.get(role)) for role in ROLES)
            if statement.get("form") is None and content:
                form, _ = form_of(Draft("cue", content, source, cue), article["text"], quotations)
                statement = statement | {"form": form}
            statements.append(statement)
        yield article | {"attributions": statements}


def _spans(pairs: Sequence[Sequence[int]] | None) -> tuple[Span, ...]:
    return merge(Span(start, end) for start, end in pairs or () if 0 <= start < end)


def _format(value: str) -> str:
    if value not in FORMATS:
        raise UsageError(f"--format {value}", f"one of {', '.join(FORMATS)}", "Try --format json")
    return value
