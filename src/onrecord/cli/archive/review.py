"""`onrecord review`: what nobody has looked at yet, the least certain first; one by one at a terminal."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING

from onrecord.cli import DONE
from onrecord.cli.archive.options import declare_archive, declare_who, json_line, to_change, to_read, whole_number
from onrecord.cli.streams import destination, displayable, is_terminal, tell

if TYPE_CHECKING:
    from onrecord.archive.store.archive import Archive
    from onrecord.archive.store.loading import StoredStatement

AROUND = 160  # characters of the article before and after a statement
KEYS = "y right, n wrong, s skip, u undo the last, q quit"
ASKED = "  [y/n/s/u/q] "


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare what `onrecord review` takes."""
    parser.usage = "onrecord review [--n N] [--after CURSOR] [options]"
    parser.description = (
        "Show the statements that nobody has looked at, the least certain first. At a terminal each is\n"
        f"asked for: {KEYS}.\n"
        "Elsewhere, or with --list, they are only printed. What is wrong in part: onrecord correct."
    )
    parser.add_argument("--list", action="store_true", help="print them, ask nothing")
    parser.add_argument("--n", metavar="N", type=whole_number, default=20, help="how many to print (20)")
    parser.add_argument("--after", metavar="CURSOR", help="go on where an earlier page ended")
    parser.add_argument(
        "--versions", action="store_true", help="corrections of older versions that the newest does not bear out"
    )
    parser.add_argument("--article", metavar="ARTICLE", help="of that article only: an id, a url or a name")
    declare_who(parser)
    declare_archive(parser)


def run(arguments: argparse.Namespace) -> int:
    """Ask at a terminal, print elsewhere."""
    if arguments.versions:
        with to_read(arguments) as archive, destination(None, utf8=arguments.format != "text") as stream:
            stream.writelines(_undecided(archive, arguments))
        return DONE
    if not arguments.list and arguments.format == "text" and is_terminal(sys.stdin) and is_terminal(sys.stdout):
        with to_change(arguments) as archive:
            return _ask(archive, arguments)
    with to_read(arguments) as archive, destination(None, utf8=arguments.format != "text") as stream:
        stream.writelines(_listed(archive, arguments))
    return DONE


def _undecided(archive: Archive, arguments: argparse.Namespace) -> Iterator[str]:
    from onrecord.archive.correcting.versions import undecided

    waiting = undecided(archive, _article(archive, arguments))
    for one in waiting:
        held = one.statement
        if arguments.format == "jsonl":
            yield json_line(
                {
                    "statement": held.id,
                    "article": held.article.id,
                    "newest": one.newest,
                    "why": one.why,
                    "review": held.review,
                    "speaker": held.speaker,
                    "content": held.content,
                    "url": held.article.url,
                }
            )
        else:
            yield displayable(f"s{held.id}  {held.review}, but {one.why} in article {one.newest}\n")
            yield displayable(f"  {held.speaker or 'nobody known'}: {held.content}\n\n")
    tell(f"{len(waiting):,} to decide" + (": onrecord correct s1 --onto s2, or --let-go" if waiting else ""))


def _listed(archive: Archive, arguments: argparse.Namespace) -> Iterator[str]:
    from onrecord.archive.correcting.reviewing import progress, queue
    from onrecord.archive.correcting.versions import undecided

    page = queue(archive, after=arguments.after, n=arguments.n, article=_article(archive, arguments))
    for held in page.statements:
        if arguments.format == "jsonl":
            yield json_line(
                {
                    "statement": held.id,
                    "article": held.article.id,
                    "confidence": held.statement.confidence,
                    "speaker": held.speaker,
                    "source": held.source,
                    "cue": held.cue,
                    "content": held.content,
                    "content_spans": [span.as_list() for span in held.statement.content],
                    "url": held.article.url,
                }
            )
        else:
            yield from _shown(archive, held)
            yield "\n"
    done, all_ = progress(archive)
    tell(f"{done:,} of {all_:,} reviewed" + (f"; go on with --after {page.cursor}" if page.cursor else ""))
    if waiting := len(undecided(archive)):
        tell(f"{waiting:,} corrections of older versions want a decision: onrecord review --versions")


def _ask(archive: Archive, arguments: argparse.Namespace) -> int:
    """One statement after the other until there is none, or q."""
    from onrecord.archive.correcting.corrections import confirm, reject, undo
    from onrecord.archive.correcting.reviewing import progress, queue

    article, cursor, last = _article(archive, arguments), arguments.after, None
    by = {"who": arguments.who, "why": arguments.why}
    print(displayable(KEYS))
    while True:
        page = queue(archive, after=cursor, n=1, article=article)
        if not page.statements:
            print("nothing is left to look at")
            return DONE
        (held,) = page.statements
        done, all_ = progress(archive)
        print(f"\n{done:,} of {all_:,} reviewed\n" + "".join(_shown(archive, held)), end="")
        seen = _latest(archive, held.id)
        answer = _answer()
        if answer == "q":
            return DONE
        if answer == "u":
            if last is not None:
                undo(archive, last, **by)
                last, cursor = None, arguments.after
            continue
        if answer in ("y", "n"):
            last = (confirm if answer == "y" else reject)(archive, held.id, **by, seen=seen)
        cursor = f"{held.statement.confidence!r}:{held.id}"


def _answer() -> str:
    while True:
        print(ASKED, end="", flush=True)
        line = sys.stdin.readline()
        if not line:
            return "q"
        if (given := line.strip().lower()[:1]) and given in "ynsuq":
            return given


def _latest(archive: Archive, statement: int) -> int:
    from onrecord.archive.correcting.correction_log import of_statement

    return max((entry.id for entry in of_statement(archive, statement)), default=0)


def _article(archive: Archive, arguments: argparse.Namespace) -> int | None:
    from onrecord.archive.store.loading import find_article

    return None if arguments.article is None else find_article(archive, arguments.article).id


def _shown(archive: Archive, held: StoredStatement) -> Iterator[str]:
    """A statement with the words around it."""
    from onrecord.archive.store.loading import text_of

    text, extent, s = text_of(archive, held.article.id), held.statement.extent, held.statement
    start, end = max(0, extent.start - AROUND), min(len(text), extent.end + AROUND)
    around = " ".join(
        f"{'…' * (start > 0)}{text[start : extent.start]}[{extent.slice(text)}]{text[extent.end : end]}"
        f"{'…' * (end < len(text))}".split()
    )
    at = ", ".join(str(part) for part in (held.article.outlet, held.article.published) if part)
    yield displayable(
        f"s{held.id}  {s.confidence:.2f}  {held.article.title or held.article.name}{' · ' * bool(at)}{at}\n"
    )
    yield displayable(f"  {around}\n")
    yield displayable(f"  said: {held.content}\n")
    yield displayable(f"  by: {held.speaker or 'nobody known'}{f' ({held.source})' if held.source else ''}\n")
    yield f"  {s.form}, {s.status}, {s.cue_class or 'no class of cue'}\n"
