"""onrecord: who said what, in news text, offline.

>>> import onrecord
>>> record = onrecord.read("“We were not asked,” said Rena Holt.")  # doctest: +SKIP
>>> record.quote(record.statements[0].id)  # doctest: +SKIP
'“We were not asked,”'

Everything public is here; each name is loaded when it is first asked for.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from onrecord.version import __version__

if TYPE_CHECKING:
    from onrecord.engine import read, read_many
    from onrecord.errors import OnrecordError
    from onrecord.records import Article, Record, Skipped, Statement
    from onrecord.scoring import evaluate
    from onrecord.spans import Span

__all__ = [
    "Article",
    "OnrecordError",
    "Record",
    "Skipped",
    "Span",
    "Statement",
    "__version__",
    "evaluate",
    "read",
    "read_many",
]

_HOME = {
    "Article": "records",
    "OnrecordError": "errors",
    "Record": "records",
    "Skipped": "records",
    "Span": "spans",
    "Statement": "records",
    "evaluate": "scoring",
    "read": "engine",
    "read_many": "engine",
}


def __getattr__(name: str) -> object:
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value: object = getattr(import_module(f"{__name__}.{_HOME[name]}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return __all__
