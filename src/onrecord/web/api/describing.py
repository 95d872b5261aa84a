"""The description of the API (OpenAPI 3.1): how one signs in, how failures look (RFC 9457), how answers are tagged."""

from __future__ import annotations

from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

from onrecord.web.failures import TITLES
from onrecord.web.guarding.limits import Limit

ABOUT = """
Who said what, in news text. Words of an article are always slices of it, with their offsets in Unicode code points, and
with the ids and addresses that lead back to it; nothing is put into other words.

On this machine alone no token is asked. On a network a program sends `Authorization: Bearer …`, with a token that
`onrecord serve --new-token` made. A client with a session cookie sends `X-CSRF-Token`, which `/api/me` tells it, with
whatever changes something. Failures are `application/problem+json`. A list that goes on names its next page in `next`
and in the `Link` header. Each answer has an `ETag`. Whoever asks too often is told when to come again (`Retry-After`).
"""
PROBLEM = {
    "title": "Problem",
    "description": "What went wrong (RFC 9457): what was seen, what was wanted, what to do.",
    "type": "object",
    "required": ["type", "title", "status"],
    "properties": {
        "type": {"type": "string", "format": "uri-reference", "examples": ["about:blank"]},
        "title": {"type": "string", "examples": ["Not here"]},
        "status": {"type": "integer", "examples": [404]},
        "detail": {"type": "string", "examples": ["statement 99"]},
        "wanted": {"type": "string", "examples": ["the id of a statement in the archive"]},
        "todo": {"type": "string", "examples": ["Find it: onrecord search."]},
    },
}
ANY = (400, 401, 403, 404, 413, 415, 422, 429, 500, 503)
OF_A_CHANGE = (409, 507)
UNCHANGED = {"description": "The client has this answer already"}


def describe(app: FastAPI) -> None:
    """Make the application describe its API, and count how often clients ask."""
    app.state.limit = Limit(app.state.settings.rate)

    def openapi() -> dict[str, Any]:
        if app.openapi_schema is None:
            app.openapi_schema = _described(app)
        return app.openapi_schema

    app.openapi = openapi  # type: ignore[method-assign]


def _described(app: FastAPI) -> dict[str, Any]:
    schema = get_openapi(
        title=app.title,
        version=app.version,
        summary=app.summary,
        description=ABOUT,
        routes=app.routes,
        license_info={"name": "Apache License 2.0", "identifier": "Apache-2.0"},
    )
    components = schema.setdefault("components", {})
    schemas = components.setdefault("schemas", {})
    schemas["Problem"] = PROBLEM
    for of_fastapi in ("HTTPValidationError", "ValidationError"):
        schemas.pop(of_fastapi, None)
    components["securitySchemes"] = {
        "token": {"type": "http", "scheme": "bearer"},
        "session": {"type": "apiKey", "in": "cookie", "name": "onrecord"},
    }
    schema["security"] = [{}, {"token": []}, {"session": []}]
    for path in schema["paths"].values():
        for method, operation in path.items():
            _complete(method, operation)
    return schema


def _complete(method: str, operation: dict[str, Any]) -> None:
    """Add the failures and the headers that every operation has."""
    responses = operation["responses"]
    for status in (*ANY, *(OF_A_CHANGE if method != "get" else ())):
        responses[str(status)] = {
            "description": TITLES.get(status, "That did not work"),
            "content": {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}},
        }
    responses["429"]["headers"] = {"Retry-After": {"description": "seconds", "schema": {"type": "integer"}}}
    if method == "get":
        tag = {"ETag": {"schema": {"type": "string"}}}
        responses["200"].setdefault("headers", {}).update(tag)
        responses["304"] = {**UNCHANGED, "headers": tag}
        parameters = operation.setdefault("parameters", [])
        parameters.append({"name": "If-None-Match", "in": "header", "required": False, "schema": {"type": "string"}})
