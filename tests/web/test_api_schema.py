"""Whatever a program sends, the API answers as its description says, and never with a fault of its own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

schemathesis: Any = pytest.importorskip("schemathesis", reason="no schemathesis: pip install schemathesis")

from hypothesis import HealthCheck, Phase, given, settings  # noqa: E402

from onrecord.web.api import ROUTERS  # noqa: E402
from onrecord.web.settings import Settings  # noqa: E402
from web.room import served  # noqa: E402

EXAMPLES = 15
WITHOUT_INPUT = {"/api/outlets", "/api/runs", "/api/me"}  # nothing can be wrong there
OPERATIONS = [
    (path, method)
    for router in ROUTERS
    for route in router.routes
    for path, methods in [(getattr(route, "path", ""), getattr(route, "methods", ()))]
    for method in methods
]


CASES = [
    pytest.param(path, method, valid, id=f"{method} {path} {'valid' if valid else 'invalid'}")
    for path, method in OPERATIONS
    for valid in (True, False)
    if valid or path not in WITHOUT_INPUT
]


@pytest.fixture(scope="module")
def described(archive_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    audit = tmp_path_factory.mktemp("audit") / "audit.jsonl"
    with served(Settings(archive=str(archive_file), rate=0, audit=str(audit))) as room:
        yield schemathesis.openapi.from_url(f"{room}/api/openapi.json")


@pytest.mark.parametrize(("path", "method", "valid"), CASES)
def test_no_request_makes_the_api_fail(described: Any, path: str, method: str, valid: bool) -> None:
    mode = schemathesis.GenerationMode.POSITIVE if valid else schemathesis.GenerationMode.NEGATIVE
    checks = schemathesis.checks
    wanted = [
        checks.not_a_server_error,
        checks.status_code_conformance,
        checks.content_type_conformance,
        checks.response_headers_conformance,
        checks.response_schema_conformance,
        checks.unsupported_method,
    ]

    @settings(
        max_examples=EXAMPLES,
        derandomize=True,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=described[path][method].as_strategy(generation_mode=mode))
    def send(case: Any) -> None:
        case.call_and_validate(checks=wanted)

    send()
