"""Pages to HTML: the only file that imports Jinja. Everything is escaped but what `marks` and `charts` escaped."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from onrecord.web.marks import shown
from onrecord.web.pages.words import counted, day, moment, percent

HOUSE = files("onrecord") / "web"
STATIC = HOUSE / "static"


def render(template: str, values: Mapping[str, object]) -> str:
    """The HTML of a template. Raises jinja2's UndefinedError where it asks for what is not given."""
    return environment().get_template(template).render(**values)


@cache
def environment() -> Environment:
    """The templates, with their filters."""
    made = Environment(
        loader=FileSystemLoader(str(HOUSE / "templates")),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_finished,
    )
    made.filters.update(
        exact=lambda words: escape(str(words)),
        counted=counted,
        day=day,
        moment=moment,
        percent=percent,
        html=Markup,
        thousands=lambda n: f"{n:,}",
    )
    made.globals.update(static=static_address)
    return made


def _finished(value: object) -> object:
    """What goes into a page: of words that are not HTML already, what a page can hold; `exact` lets all through."""
    return shown(value) if isinstance(value, str) and not isinstance(value, Markup) else value


@cache
def static_address(name: str) -> str:
    """The address of a static file, with its digest: it can be kept for ever."""
    return f"/static/{name}?{hashlib.sha256((STATIC / name).read_bytes()).hexdigest()[:10]}"
