"""What the doors call: rooms put together. `read` is the whole product in one function."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from onrecord.errors import RecordError
from onrecord.records import Article, Provenance, Record
from onrecord.version import __version__

AUTO = "auto"
"""Instead of a language, as `reading.language` has it: find out."""

if TYPE_CHECKING:
    from onrecord.directory import Directory
    from onrecord.finding.naming.clusters import Known
    from onrecord.finding.pipeline import Step
    from onrecord.tracing.values import Original

CAPITALISED = re.compile(r"\b[A-Z][\w’'-]+(?: (?:of |the )*[A-Z][\w’'-]+)*")
"""Runs of words with capitals, which may name a body."""


def read(
    text: str,
    *,
    id: str = "",
    title: str | None = None,
    outlet: str | None = None,
    published: datetime.date | str | None = None,
    url: str | None = None,
    language: str | None = AUTO,
    directory: Directory | None = None,
) -> Record:
    """Find every attributed statement in a news article: who is its source, in which words, and what was said.

    >>> import onrecord
    >>> record = onrecord.read(
    ...     'The valve was closed by frost, the harbour master said on Monday. '
    ...     '"It is an old valve," Rena Holt added.',
    ...     outlet="Quay Herald", published="2024-02-06",
    ... )
    >>> for s in record.statements:
    ...     print(s.form, "|", record.words(s, "source"), "|", record.words(s, "cue"), "|", record.words(s))
    indirect | the harbour master | said | The valve was closed by frost
    direct | Rena Holt | added | "It is an old valve,"

    A **statement** is one act of speech, writing or thought that the text ascribes to somebody. Its three roles are
    tuples of `Span`, half-open offsets in code points into ``record.article.text``, which is ``text``, unaltered:

    - ``source`` who is named as speaking; empty where nobody is;
    - ``cue`` the words that ascribe (*said*, *according to*, *her claim*); empty for a floating quotation, which then
      says in ``carried_from`` whose statement goes on, and for words set out by layout (``Name: …``);
    - ``content`` what was said; never empty, in pieces where the cue or another voice breaks in.

    ``form`` is direct, indirect or mixed; ``within`` the id of the statement whose content holds this one (*A said B
    had claimed X* gives both); ``confidence``, between 0 and 1, the calibrated probability that a reader would accept
    the statement with its source; ``decided_by`` tells which rule or model made each decision.

    Args:
        text: the article, headline left out or in; any string is read without an exception.
        id: your name for it; by default the first 12 hex digits of the text's SHA-256.
        title, outlet, url: kept with the record.
        published: a date, or a string YYYY-MM-DD.
        language: ISO 639-1, None for unknown, or "auto": found out, as on the command line. The model reads English;
            an article in another language gets no statement.
        directory: one that `load_directory` made, with people and bodies of your own; left out, the shipped one.

    Returns:
        A `Record`: ``record.statements`` in reading order, ``record.to_dict()`` in the published JSON format, and in a
        notebook the article with its statements marked.

    Raises:
        RecordError: ``text`` is no string, or ``published`` no date.
        ModelError: the model's files are missing or damaged.

    The same text gives the same record, to the byte. Quotation marks are paired by rules; cues, sources and contents
    are found by a small transformer trained on PolNeAR (Newell, Margolin and Ruths 2018) and onrecord's own open
    corpus.
    """
    if isinstance(published, str):
        try:
            published = datetime.date.fromisoformat(published)
        except ValueError:
            raise RecordError(f"published {published!r}", "a date as YYYY-MM-DD", "Write it as 2024-02-06") from None
    article = Article(text, id, title, outlet, published, url, language)
    return next(read_many((article,), directory))


def read_many(articles: Iterable[Article], directory: Directory | None = None) -> Iterator[Record]:
    """The records of ``articles``, one by one and in order; each is what `read` gives for that article alone.

    ``directory`` is one that `load_directory` made; left out, the shipped one. An article in a language that no model
    reads gives a record without statements, and the article a notice. Raises RecordError for what is no Article.
    """
    from onrecord.finding.pack import pack, reading_in
    from onrecord.reading.language import code_of, is_read, marked

    steps = pipeline(directory or load_directory())
    for given in articles:
        if not isinstance(given, Article):
            raise RecordError(
                f"a {type(given).__name__} among the articles",
                "an onrecord.Article",
                "Make one: onrecord.Article(text); or read one text with onrecord.read(text)",
            )
        article = marked(given)
        record = Record(article, (), Provenance(__version__))
        if is_read(article.language):
            with reading_in(pack(code_of(article.language) or "en")):
                for _, step in steps:
                    record = step(article, record)
        yield record


@cache
def load_directory(*extra: Path) -> Directory:
    """The shipped directory of persons and bodies, with the user's files on top.

    Raises InputError where such a file is not as it should be.
    """
    from onrecord.directory import Directory

    return Directory.load(extra)


def pipeline(directory: Directory) -> tuple[tuple[str, Step], ...]:
    """The steps by name, in the order in which they run; the first finds the statements."""
    from onrecord.directory.linking import link
    from onrecord.finding.framing.ownvoice import own_voice
    from onrecord.finding.framing.relay import relayed_by
    from onrecord.finding.framing.steps import frame
    from onrecord.finding.framing.targets import targets
    from onrecord.finding.naming.speakers import name_speakers
    from onrecord.finding.occasions.attributing import occasions
    from onrecord.finding.pipeline import find
    from onrecord.finding.tagging.sources import complete_sources

    return (
        ("find", find),
        ("sources", complete_sources),
        ("speakers", partial(name_speakers, gazetteer=_Gazetteer(directory))),
        ("link", partial(link, directory=directory)),
        ("frame", frame),
        ("occasions", occasions),
        ("relay", relayed_by),
        ("targets", targets),
        ("own voice", own_voice),
    )


class _Gazetteer:
    """What finding asks of the directory: the bodies that words name, and the gender of given names."""

    def __init__(self, directory: Directory) -> None:
        self._directory = directory

    def known(self, words: str) -> Known | None:
        """The body that words name, if any."""
        from onrecord.finding.naming.clusters import Known

        named = self._directory.body(words)
        return None if named is None else Known(named.body.name, named.body.kind, named.via, named.body.wikidata)

    def gender_of_given_name(self, name: str) -> Literal["male", "female"] | None:
        """The gender of those who bear it, where it tells."""
        return self._directory.gender_of_given_name(name)


def with_office_holders(
    originals: Iterable[Original], heading: str, on: datetime.date | None, directory: Directory
) -> tuple[Original, ...]:
    """What was said in a transcript, with the name of whoever held the office on that day where a label gives an office
    alone: *PRIME MINISTER* under "Interview with the Italian Prime Minister". English offices; in doubt no name."""
    made = []
    for original in originals:
        holder = _holder(original.names[0], heading, on, directory) if original.names and not original.asker else None
        made.append(replace(original, names=(holder, *original.names)) if holder else original)
    return tuple(made)


def _holder(label: str, heading: str, on: datetime.date | None, directory: Directory) -> str | None:
    """Who surely held the office that a label gives, on a day: of the body named in it, or with it in the heading."""
    asked = directory.parse_role(label.lower() if label.isupper() else label)
    if asked is None or on is None:
        return None
    posts = (asked, *filter(None, map(directory.parse_role, CAPITALISED.findall(heading))))
    answers = [directory.holders(post.role, post.of, on) for post in posts if post.of and post.role == asked.role]
    found = {answer[0].person.name for answer in answers if answer.certainty == "certain" and len(answer) == 1}
    return found.pop() if len(found) == 1 else None
