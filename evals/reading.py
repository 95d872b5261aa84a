"""Records of raw text, read once: kept by the digest of the text and of the code and data that read it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from functools import cache
from pathlib import Path

import onrecord
from onrecord.records import Article, Record

READS = ("finding", "directory", "data/directory", "data/en", "data/models", "records", "spans.py", "wiring.py")
"""What a record depends on, below the package."""

Reader = Callable[[Article], Record]


def reader(kept: Path | None) -> Reader:
    """What onrecord finds in an article, as a function; from the folder `kept`, where it was found before."""
    if kept is None:
        return _read
    kept.mkdir(parents=True, exist_ok=True)

    def read(article: Article) -> Record:
        told = (article.text, article.id, article.title, article.outlet, str(article.published), article.language)
        place = kept / f"{hashlib.sha256(repr((_version(), told)).encode()).hexdigest()[:24]}.json"
        if place.exists():
            return Record.from_dict(json.loads(place.read_text("utf-8")))
        record = _read(article)
        place.write_text(json.dumps(record.to_dict(), ensure_ascii=False), "utf-8")
        return record

    return read


def _read(article: Article) -> Record:
    from onrecord.engine import read_many

    return next(read_many((article,)))


@cache
def _version() -> str:
    """A digest of all that reading rests on."""
    digest = hashlib.sha256()
    package = Path(onrecord.__file__).parent
    for name in READS:
        place = package / name
        for path in sorted(place.rglob("*")) if place.is_dir() else [place]:
            if path.is_file() and path.suffix != ".pyc":
                digest.update(str(path.relative_to(package)).encode())
                digest.update(path.read_bytes())
    return digest.hexdigest()
