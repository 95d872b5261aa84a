"""The queue of what to look at, corrections, and their log."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from fastapi import Body, Query, Request
from pydantic import BaseModel, ConfigDict, Field
from starlette.responses import Response

from onrecord.answers import statements, values
from onrecord.archive.correcting import corrections
from onrecord.archive.correcting.asking import Asked, Somebody
from onrecord.archive.correcting.reviewing import progress, queue
from onrecord.records import CueClass, Form, Status, Voice
from onrecord.spans import Span
from onrecord.web.api import answering
from onrecord.web.api.answering import NO_NUL, Cursor, Id, MayCorrect, next_page
from onrecord.web.guarding.guards import LARGEST, Coder, Number, Reader
from onrecord.web.routes.reading import archive_of

router = answering.router("correcting")
A_PAGE, MOST = 12, 100
Why = Annotated[str, Field(max_length=500, pattern=NO_NUL, description="a reason, for the log")]
Name = Annotated[str, Field(min_length=1, max_length=200, pattern=NO_NUL)]
End = Annotated[int, Field(ge=0, le=10**9)]
Pieces = Annotated[
    list[Annotated[list[End], Field(min_length=2, max_length=2)]],
    Field(max_length=50, description="[start, end] of each piece", examples=[[[24, 57]]]),
]


class _Correction(BaseModel):
    model_config = ConfigDict(extra="forbid")

    statement: int = Field(ge=1, le=LARGEST, description="its number in the archive")
    seen: int | None = Field(None, ge=0, le=LARGEST, description="the last correction you knew of; 0 for none")
    why: Why = ""


class Confirm(_Correction):
    """The statement is right as it stands."""

    action: Literal["confirm"]


class Reject(_Correction):
    """It is no statement."""

    action: Literal["reject"]


class ChangeSpeaker(_Correction):
    """Somebody else speaks: an entity of the article, a person of the archive, a name, a Wikidata id; or nobody."""

    action: Literal["speaker"]
    entity: Name | None = None
    person: int | None = Field(None, ge=1, le=LARGEST)
    name: Name | None = None
    wikidata: str | None = Field(None, pattern=r"^Q[1-9][0-9]{0,11}$")
    new: bool = Field(False, description="the name is of somebody whom the archive does not hold yet")


class ChangeSpans(_Correction):
    """Other words of the article are its source, cue or content; what is left out stays."""

    action: Literal["spans"]
    source: Pieces | None = None
    cue: Pieces | None = None
    content: Pieces | None = None


class ChangeForm(_Correction):
    """It is direct, indirect or mixed."""

    action: Literal["form"]
    form: Form


class ChangeFraming(_Correction):
    """What the cue lets show, how the words are reported, whose words they are; what is left out stays."""

    action: Literal["framing"]
    cue_class: CueClass | None = None
    status: Status | None = None
    voice: Voice | None = None


Wanted = Annotated[
    Confirm | Reject | ChangeSpeaker | ChangeSpans | ChangeForm | ChangeFraming,
    Body(
        discriminator="action",
        openapi_examples={
            "confirm": {"value": {"action": "confirm", "statement": 1, "seen": 0}},
            "speaker": {"value": {"action": "speaker", "statement": 1, "name": "Rena Holt", "why": "named above"}},
        },
    ),
]


class Undo(BaseModel):
    """Why a correction is taken back."""

    model_config = ConfigDict(extra="forbid")

    why: Why = ""


@router.get("/queue")
def get_queue(
    request: Request,
    response: Response,
    _: Coder,
    limit: Annotated[int, Query(ge=1, le=MOST)] = A_PAGE,
    cursor: Cursor = None,
) -> values.Queue:
    """Statements that nobody has looked at, the least certain first."""
    archive = archive_of(request)
    with archive.database.reading():
        found = queue(archive, after=cursor or None, n=limit)
        reviewed = progress(archive)[0]
    return values.Queue(
        items=[statements.told(one) for one in found.statements],
        reviewed=reviewed,
        next=next_page(request, response, found.cursor),
    )


@router.get("/corrections")
def list_corrections(
    request: Request, _: Reader, statement: Id = None, article: Id = None, person: Id = None
) -> values.LoggedCorrections:
    """The latest of the log, in order: all of it, or what concerns a statement, an article, a person."""
    return statements.changes(archive_of(request), statement=statement, article=article, person=person)


@router.post("/corrections", status_code=201)
def correct(request: Request, response: Response, who: MayCorrect, asked: Wanted) -> answering.Done:
    """Confirm, reject or change a statement. With `seen`, a change that somebody else made since is a 409."""
    known: dict[str, Any] = {"who": who.name, "why": asked.why, "seen": asked.seen}
    archive = archive_of(request)
    match asked:
        case Confirm():
            made = corrections.confirm(archive, asked.statement, **known)
        case Reject():
            made = corrections.reject(archive, asked.statement, **known)
        case _:
            made = _asked(asked).make(archive, asked.statement, **known)[-1]
    done = _done(made)
    response.headers["location"] = done.href
    return done


@router.get("/corrections/{id}")
def get_correction(request: Request, _: Reader, id: Number) -> values.LoggedCorrection:
    """One row of the log."""
    return statements.change(archive_of(request), id)


@router.post("/corrections/{id}/undo", status_code=201)
def undo(request: Request, response: Response, who: MayCorrect, id: Number, asked: Undo) -> answering.Done:
    """Take a correction back; that too can be undone."""
    done = _done(corrections.undo(archive_of(request), id, who=who.name, why=asked.why))
    response.headers["location"] = done.href
    return done


def _done(made: int) -> answering.Done:
    return answering.Done(id=made, href=f"/api/corrections/{made}", undo=f"/api/corrections/{made}/undo")


def _asked(asked: ChangeSpeaker | ChangeSpans | ChangeForm | ChangeFraming) -> Asked:
    """What is to be changed. Raises SpanError."""
    given = asked.model_dump(exclude={"action", "statement", "seen", "why"}, exclude_none=True)
    if isinstance(asked, ChangeSpeaker):
        return Asked(speaker=Somebody(**given))
    if isinstance(asked, ChangeSpans):
        given = {role: tuple(Span(*piece) for piece in pieces) for role, pieces in given.items()}
    return Asked(**given)
