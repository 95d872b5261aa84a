"""Pages saved by browsers and copiers: the address they bear in a comment, and the folder of parts beside them.

<!-- saved from url=(0042)https://quay.example/news/1.html -->           browsers ("Save page as")
<!-- Page saved with SingleFile url: https://quay.example/news/1.html -->
<!-- Mirrored from quay.example/news/1.html by HTTrack Website Copier -->

Valve.html                                                              the article
Valve_files/ad.html, Valve_files/frame(1).html                          its advertisements and frames, no articles
"""

from __future__ import annotations

import re
from collections.abc import Collection

from onrecord.reading.pages.metadata import web_address

HEAD = 4000
SAVED_FROM = re.compile(r"<!--\s*saved from url=\(\d{1,6}\)\s*(\S{1,2000})\s*-->", re.IGNORECASE)
SAVED_WITH = re.compile(r"<!--\s*Page saved with SingleFile\s+url:\s*(\S{1,2000})", re.IGNORECASE)
MIRRORED = re.compile(r"<!--\s*Mirrored from (\S{1,2000}) by HTTrack", re.IGNORECASE)
PARTS = re.compile(r"(.+?)(?:_files|-files|\.files|-Dateien|_archivos|_fichiers|_bestanden|_pliki)$", re.IGNORECASE)
PAGES = (".html", ".htm", ".xhtml", ".shtml")


def address_in(page: str) -> str | None:
    """The address that the program which saved the page noted at its head or, one of them, at its end."""
    for part in (page[:HEAD], page[-HEAD:]):
        for pattern, scheme in ((SAVED_FROM, ""), (SAVED_WITH, ""), (MIRRORED, "http://")):
            if (match := pattern.search(part)) and (url := web_address(scheme + match[1])):
                return url
    return None


def is_companion(folder: str, beside: Collection[str]) -> bool:
    """Whether a folder of that name holds the parts of a saved page that is among the names `beside` it."""
    match = PARTS.fullmatch(folder)
    return match is not None and any(f"{match[1]}{suffix}" in beside for suffix in PAGES)
