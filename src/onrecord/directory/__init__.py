"""Who is who: offices with dates, countries and organisations, names.

    >>> directory = Directory.load()
    >>> role, body = directory.parse_role("Russia's top diplomat")
    >>> [m.person.wikidata for m in directory.holders(role, body, "2017-05-08")]
    ['Q58217']

Directory has:

    load(extra)                  the shipped tables, and the user's files on top
    body(words, on) -> Named     a country, organisation or outlet, and by which way the words name it
    bodies(words, on)            all that they can name
    parse_role(phrase) -> Post   the role and the body of "German Chancellor", "head of the European Commission"
    holders(role, of, on)        -> Answer: a sequence of Match, how certain, why, and leads where it does not know
    people(name, on)             -> Match, …: everybody whose name this can be, the best first
    person(wikidata)             one person by number
    roles(person, on)            -> Match, …: the offices held that day
    members, memberships         who belongs to what
    gender_of_given_name(name)   "male", "female" or None

Dates are datetime.date or ISO 8601 text, of reduced precision if need be. Nothing is guessed: beyond the day up to
which a source knows, the answer is "unknown".
"""

from onrecord.directory.lookup import Directory
from onrecord.directory.roles import Role, canonical
from onrecord.directory.values import Answer, Body, Match, Membership, Named, Person, Post, Source, Term

__all__ = [
    "Answer",
    "Body",
    "Directory",
    "Match",
    "Membership",
    "Named",
    "Person",
    "Post",
    "Role",
    "Source",
    "Term",
    "canonical",
]
