"""`onrecord trace --format html`: one page that stands alone, utterances with their carriers in the order of printing.

What a carrier cut is struck through, what it put in is underlined twice, and an alarm has a double bar: nothing is
told by colour alone. No network, no script; all text is escaped. The style sheet stands beside, in trace_page.css.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Sequence
from html import escape
from importlib.resources import files

from onrecord.tracing.gathering.carriers import Carrier
from onrecord.tracing.gathering.chains import Chain, ChainLink
from onrecord.tracing.values import WordChange
from onrecord.version import __version__

NOT_IN_A_PAGE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
WEB_ADDRESS = re.compile(r"https?://", re.I)


def page(chains: Sequence[Chain]) -> str:
    """A whole HTML document of chains."""
    style = files("onrecord.cli.printing").joinpath("trace_page.css").read_text("utf-8")
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    carriers = sum(len(chain.links) for chain in chains)
    title = f"{len(chains):,} utterances, {carriers:,} carriers"
    sections = "\n".join(_section(chain, place) for place, chain in enumerate(chains, start=1))
    return (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="referrer" content="no-referrer">\n'
        f"<title>{title} · onrecord</title>\n<style>{style}</style>\n</head>\n<body>\n"
        f"<header><h1>{title}</h1>\n"
        '<p class="legend">Against the original: <del>words left out</del>, <ins>words put in</ins>.</p></header>\n'
        f"<main>\n{sections}\n</main>\n<footer>Traced by onrecord {escape(__version__)}.</footer>\n</body>\n</html>\n"
    )


def _section(chain: Chain, place: int) -> str:
    utterance = chain.utterance
    outlets = len(utterance.outlets)
    about = f"{len(chain.links)} carriers in {outlets} outlet{'s' * (outlets != 1)}, first {_where(utterance.first)}"
    links = "\n".join(_link(link, chain) for link in chain.links)
    speaker = _safe(utterance.speaker or "Unknown speaker")
    return (
        f'<section aria-labelledby="u{place}">\n<h2 id="u{place}">{speaker}</h2>\n'
        f'<p class="about">{about}</p>\n<ol>\n{links}\n</ol>\n</section>'
    )


def _link(link: ChainLink, chain: Chain) -> str:
    carrier, verdict = link.carrier, link.verdict
    if verdict is None:
        kind, words, why = "original", _safe(_plain(carrier.words)), [f"the original ({carrier.form})"]
    else:
        kind = "alarm" if verdict.alarming else "carrier"
        words = "".join(map(_change, verdict.diff)) or _safe(_plain(carrier.words))
        why = [reason.words for reason in verdict.reasons]
        why += link.tie.why if link.tie else ()
    if link.copied:
        why.append(f"has it from {link.copied.outlet}: {link.copied.why}")
    named = "original" if verdict is None else verdict.kind
    speaker = f", {_safe(carrier.speaker)}" if carrier.speaker and carrier.speaker != chain.utterance.speaker else ""
    language = f' lang="{_safe(carrier.language)}"' if carrier.language else ""
    return (
        f'<li class="{kind}"><p><span class="verdict">{named}</span> · {_where(carrier)}{speaker}</p>\n'
        f'<p class="words" dir="auto"{language}>{words}</p>\n'
        f'<p class="why">{_safe("; ".join(why))} · {_safe(carrier.id)}</p></li>'
    )


def _change(change: WordChange) -> str:
    if change.op == "kept":
        return f"{_safe(_plain(change.carried))} "
    cut = f"<del>{_safe(_plain(change.original))}</del> " if change.original else ""
    put = f"<ins>{_safe(_plain(change.carried))}</ins> " if change.carried else ""
    return cut + put


def _where(carrier: Carrier) -> str:
    day = f"<time>{carrier.published.isoformat()}</time>" if carrier.published else "no date"
    name = _safe(carrier.outlet or carrier.article)
    if WEB_ADDRESS.match(carrier.url or ""):
        name = f'<a href="{_safe(carrier.url or "")}" rel="noreferrer">{name}</a>'
    return f"{day} {name}"


def _plain(text: str) -> str:
    return " ".join(text.split())


def _safe(text: str) -> str:
    return escape(NOT_IN_A_PAGE.sub("\ufffd", text))
