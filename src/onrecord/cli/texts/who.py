"""`onrecord who "Russian foreign minister" --on 2017-05-08`: who held an office, what somebody was, what words name."""

from __future__ import annotations

import argparse
import json
from dataclasses import asdict
from typing import Any

from onrecord.cli import DONE
from onrecord.cli.inputs import declare_directory
from onrecord.cli.streams import destination, displayable
from onrecord.directory import Answer, Body, Directory, Match, Named, Person, Post, Term, canonical
from onrecord.directory.values import span_of
from onrecord.errors import UsageError

EPILOG = """\
asks for
  an office           "Russian foreign minister", "head of the European Commission", "former US President"
  a person            "Sergei Lavrov", "Orbán Viktor", "Zelensky"
  a country or body   "Russia", "NATO", "the Kremlin"

examples:
  onrecord who "Russian foreign minister" --on 2017-05-08
  onrecord who "Sergei Lavrov" --on 2001
  onrecord who "harbour master of Quayport" --directory mine.csv --on 2020-01-01

--on takes a day, a month or a year; without it everybody known is named, whenever.
--directory adds people, offices and bodies of your own, in CSV or TOML (see onrecord.directory.extra).
"""
FORMATS = ("text", "json")
FEW = 10
"""How many matches the text shows."""
USUAL_ROLES = ("head of state", "head of government", "foreign minister")


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments of `onrecord who`."""
    parser.usage = 'onrecord who "OFFICE, PERSON or BODY" [--on DATE] [--directory FILE] [--format text|json]'
    parser.description = "Says who held an office, which offices a person held, or what words name, and how sure."
    parser.epilog = EPILOG
    parser.add_argument("words", metavar="WORDS", help="what to look up, in quotation marks")
    parser.add_argument("--on", metavar="DATE", type=_day, help="2017-05-08, 2017-05 or 2017")
    declare_directory(parser)
    parser.add_argument("--format", metavar="FORMAT", default="text", type=_format, help="text or json (default: text)")


def run(arguments: argparse.Namespace) -> int:
    """Look the words up and print what is known."""
    directory = Directory.load(arguments.directory)
    found = look_up(directory, arguments.words, arguments.on)
    with destination(None) as stream:
        if arguments.format == "json":
            json.dump(found, stream, ensure_ascii=False, indent=2)
            stream.write("\n")
        else:
            stream.writelines(f"{displayable(line)}\n" for line in _lines(found))
    return DONE


def look_up(directory: Directory, words: str, on: str | None) -> dict[str, Any]:
    """What is known of the words, as JSON has it: an office with its holders, a body, persons, or nothing."""
    asked = {"asked": words, "on": on}
    if not words.strip():
        raise UsageError("no words", "an office, a person or a body", 'Try onrecord who "Russian foreign minister"')
    post, people = directory.parse_role(words), directory.people(words, on)
    named = directory.body(words, on)
    if words == words.lower() and (post is None or post.of is None) and named is None:
        post = directory.parse_role(words.title()) or post
        named = directory.body(words.title(), on) if post is None else None
    if post is not None and not (people and people[0].score == 1):
        return asked | _office(directory, post, on)
    if named is not None:
        return asked | _body(directory, named, on)
    if people:
        return asked | {"people": [_person(directory, match, on) for match in people]}
    return asked | {"certainty": "none", "why": "neither an office, a person nor a body by these words is known"}


def _office(directory: Directory, post: Post, on: str | None) -> dict[str, Any]:
    if post.of is None:
        answer = directory.holders(post.role, None, on)
        if not len(answer):
            return {"role": post.role.key, "of": None, "certainty": "none", "why": "for which country or body?"}
    else:
        answer = directory.holders(post.role, post.of, on)
    return {"role": post.role.key, "of": _short(post.of), **_answer(directory, answer)}


def _answer(directory: Directory, answer: Answer) -> dict[str, Any]:
    return {
        "certainty": answer.certainty,
        "why": answer.why,
        "holders": [_holder(directory, match) for match in answer],
        "leads": [_holder(directory, match) for match in answer.leads],
    }


def _holder(directory: Directory, match: Match) -> dict[str, Any]:
    return {**_named(match.person), "certainty": match.certainty, "term": _term(directory, match.term)}


def _person(directory: Directory, match: Match, on: str | None) -> dict[str, Any]:
    person = match.person
    held = directory.roles(person, on)
    return {
        **_named(person),
        "aka": list(person.aka),
        "born": person.born,
        "score": match.score,
        "evidence": match.evidence[0],
        "offices": [{**_term(directory, office.term), "certainty": office.certainty} for office in held],
        "other": [] if held else [_term(directory, term) for term in person.offices],
    }


def _named(person: Person) -> dict[str, Any]:
    return {"name": person.name, "wikidata": person.wikidata}


def _body(directory: Directory, named: Named, on: str | None) -> dict[str, Any]:
    body = named.body
    found: dict[str, Any] = {"body": asdict(body), "via": named.via, "part": named.part}
    found["body"]["source"] = body.source.name if body.source else None
    roles = USUAL_ROLES if body.kind == "place" else ("head",)
    found["offices"] = [
        {"role": role, **_answer(directory, answer)}
        for role in roles
        if len(answer := directory.holders(canonical(role), body, on)) or on is not None
    ]
    found["member_of"] = [
        _membership(directory, m.organisation, m.start, m.end, m.status) for m in directory.memberships(body, on)
    ]
    found["members"] = [_membership(directory, m.body, m.start, m.end, m.status) for m in directory.members(body, on)]
    return found


def _membership(directory: Directory, id: str, start: str | None, end: str | None, status: str) -> dict[str, Any]:
    body = directory.body_of(id)
    return {"name": body.name if body else id, "start": start, "end": end, "status": status}


def _short(body: Body | None) -> dict[str, Any] | None:
    return {"id": body.id, "name": body.name, "wikidata": body.wikidata} if body else None


def _term(directory: Directory, term: Term | None) -> dict[str, Any]:
    if term is None:
        return {}
    body = directory.body_of(term.of)
    return {
        "role": term.role,
        "of": body.name if body else term.of,
        "start": term.start,
        "end": term.end,
        "end_is_latest": term.end_is_latest,
        "source": term.source.name,
        "as_of": term.as_of,
    }


def _lines(found: dict[str, Any]) -> list[str]:
    if "role" in found:
        of = f", {found['of']['name']}" if found["of"] else ""
        on = f" on {found['on']}" if found["on"] else ""
        return [f"{found['role']}{of}{on}", *_answer_lines(found)]
    if "body" in found:
        return _body_lines(found)
    if "people" in found:
        return [line for person in found["people"][:FEW] for line in _person_lines(person, found["on"])]
    return [f"{found['asked']}: {found['why']}"]


def _answer_lines(answer: dict[str, Any]) -> list[str]:
    lines = [f"  {_holder_line(holder)}" for holder in answer.get("holders", ())]
    if not lines:
        lines = [f"  {answer['why']}"]
        lines += [f"  not an answer, but a lead: {_holder_line(lead)}" for lead in answer.get("leads", ())]
    return lines[:FEW] + ([f"  … and {len(lines) - FEW} more"] if len(lines) > FEW else [])


def _holder_line(holder: dict[str, Any]) -> str:
    number = f" ({holder['wikidata']})" if holder["wikidata"] else ""
    return f"{holder['name']}{number}  {holder['certainty']}  {_term_line(holder['term'])}"


def _term_line(term: dict[str, Any]) -> str:
    if not term["start"] and not term["end"]:
        dates = f"in office in {term['as_of']}"
    else:
        end = term["end"] or f"at least {term['as_of']}"
        dates = f"{term['start'] or '?'} to {end}{' or earlier' if term['end_is_latest'] else ''}"
    return f"{term['role']}, {dates} [{term['source']}]"


def _body_lines(found: dict[str, Any]) -> list[str]:
    body = found["body"]
    number = f" ({body['wikidata']})" if body["wikidata"] else ""
    lines = [f"{body['name']}{number}  {body['kind']}, by {found['via']}"]
    for office in found["offices"]:
        first, *rest = _answer_lines(office)
        lines += [f"  {office['role']}: {first.strip()}", *(f"    {line.strip()}" for line in rest)]
    for title, key in (("belongs to", "member_of"), ("members", "members")):
        if found[key]:
            lines.append(f"  {title}: {', '.join(m['name'] for m in found[key])}")
    return lines


def _person_lines(person: dict[str, Any], on: str | None) -> list[str]:
    number = f" ({person['wikidata']})" if person["wikidata"] else ""
    lines = [f"{person['name']}{number}  {person['evidence']}"]
    lines += [f"  {office['certainty']}: {_term_line(office)}, {office['of']}" for office in person["offices"]]
    if not person["offices"]:
        lines += [f"  no office known on {on}" if on else "  no office known"]
        lines += [f"  at another time: {_term_line(office)}, {office['of']}" for office in person["other"]]
    return lines


def _day(value: str) -> str:
    span_of(value)
    return value


def _format(value: str) -> str:
    if value not in FORMATS:
        raise UsageError(f"--format {value}", f"one of {', '.join(FORMATS)}", "Try --format json")
    return value
