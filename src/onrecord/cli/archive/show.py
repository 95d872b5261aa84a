"""`onrecord show ARTICLE` or `show --statement ID`: what the archive holds of an article, or of one statement."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, TextIO

from onrecord.cli import DONE
from onrecord.cli.archive.options import declare_archive, json_line, to_read, whole_number
from onrecord.cli.streams import destination, displayable
from onrecord.errors import UsageError

if TYPE_CHECKING:
    from onrecord.archive.correcting.correction_log import Correction
    from onrecord.archive.store.archive import Archive
    from onrecord.archive.store.loading import StoredArticle, StoredStatement


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare what `onrecord show` takes."""
    parser.usage = "onrecord show ARTICLE | sID [options]"
    parser.description = (
        "Print an article of the archive with who said what in it, as onrecord read prints it; or one\n"
        "statement (s and its id) with where it stands, what made it and who corrected it."
    )
    parser.add_argument("what", metavar="ARTICLE", help="an id, a url or a name; s12 is statement 12")
    parser.add_argument("--run", metavar="RUN", type=whole_number, help="as that run read it (the shown reading)")
    parser.add_argument("--explain", action="store_true", help="add which rule, model or person decided what")
    parser.add_argument("--with-text", action="store_true", help="the whole text too, in jsonl")
    declare_archive(parser)


def run(arguments: argparse.Namespace) -> int:
    """Print it."""
    from onrecord.archive.store.loading import find_article, statement

    with to_read(arguments) as archive, destination(None, utf8=arguments.format != "text") as stream:
        from onrecord.answers.archive_tracing import STATEMENT

        if asked := STATEMENT.fullmatch(arguments.what):
            if arguments.run is not None:
                raise UsageError("--run with a statement", "an article", "A statement belongs to one run")
            _statement(archive, stream, statement(archive, int(asked[1])), arguments.format)
        else:
            _article(archive, stream, find_article(archive, arguments.what), arguments)
    return DONE


def _article(archive: Archive, stream: TextIO, held: StoredArticle, arguments: argparse.Namespace) -> None:
    from onrecord.archive.store.loading import copies, load_record

    record = load_record(archive, held.id, arguments.run)
    if arguments.format == "jsonl":
        told = record.to_dict()
        if not arguments.with_text:
            del told["text"]
        stream.write(json_line({"article": held.id, **told}))
        return
    from onrecord.cli.printing.terminal import TextFormat

    output = TextFormat(stream, explain=arguments.explain)
    output.add(record, f"article {held.id}")
    output.close()
    for line in _around(archive, held, copies(archive, held.id)):
        stream.write(displayable(line) + "\n")


def _around(archive: Archive, held: StoredArticle, copied: tuple[tuple[int, float], ...]) -> Iterator[str]:
    """What belongs to the article and is not in its record."""
    yield ""
    if held.url:
        yield held.url
    yield f"version {held.version} of {len(held.versions)}, kept {held.added}, sha256 {held.sha256}"
    if len(held.versions) > 1:
        others = ", ".join(str(id) for id in held.versions if id != held.id)
        yield f"other versions: articles {others}"
    if copied:
        yield "near-copies: " + ", ".join(f"article {id} ({share:.0%})" for id, share in copied)


def _statement(archive: Archive, stream: TextIO, held: StoredStatement, shape: str) -> None:
    from onrecord.archive.correcting.correction_log import history

    log = history(archive, statement=held.id)
    if shape == "jsonl":
        stream.write(json_line(_plain(held, log)))
        return
    for line in _told(held, log):
        stream.write(displayable(line) + "\n")


def _told(held: StoredStatement, log: tuple[Correction, ...]) -> Iterator[str]:
    s, article = held.statement, held.article
    yield f"{held.speaker or held.source or 'nobody named'}: {held.content}"
    yield ""
    date = article.published.isoformat() if article.published else None
    yield " · ".join(filter(None, (article.title or article.name, article.outlet, date, article.url)))
    yield f"article {article.id}, characters {s.extent.start} to {s.extent.end}, sha256 {article.sha256}"
    words = {"source": held.source, "cue": held.cue, "said on": held.said_on, "no speaker because": s.reason}
    yield from (f"{name}: {value}" for name, value in words.items() if value)
    yield f"{s.form} · {s.cue_class or 'cue not classed'} · {s.status} · confidence {s.confidence:.2f}"
    made = held.provenance
    yield f"onrecord {made.engine}, model {made.model or 'none'} {(made.model_sha256 or '')[:12]}, run {held.run}"
    yield from (f"{name} decided by {decider}" for name, decider in s.decided_by.items())
    if not held.shown:
        yield "another run is shown in its place"
    if held.review:
        yield f"a person has {held.review} it"
    yield from (f"correction {entry}" for entry in log)


def _plain(held: StoredStatement, log: tuple[Correction, ...]) -> dict[str, Any]:
    s, article = held.statement, held.article
    return {
        "statement": held.id,
        "article": article.id,
        "title": article.title,
        "outlet": article.outlet,
        "published": article.published,
        "url": article.url,
        "sha256": article.sha256,
        "speaker": held.speaker,
        "person": held.person,
        "content": held.content,
        "source": held.source,
        "cue": held.cue,
        "spans": {role: [span.as_list() for span in s.spans(role)] for role in ("content", "source", "cue")},
        "form": s.form,
        "cue_class": s.cue_class,
        "status": s.status,
        "voice": s.voice,
        "confidence": s.confidence,
        "said_on": held.said_on,
        "review": held.review,
        "shown": held.shown,
        "run": held.run,
        "engine": held.provenance.engine,
        "model_sha256": held.provenance.model_sha256,
        "decided_by": dict(s.decided_by),
        "corrections": [str(entry) for entry in log],
    }
