"""Whether the client has an answer already."""

from __future__ import annotations

import pytest

from onrecord.web.guarding.etags import holds, tag_of

TAG = tag_of(b"one")


def test_a_tag_tells_bodies_apart() -> None:
    assert tag_of(b"one") == TAG != tag_of(b"two")
    assert TAG.startswith('"')
    assert TAG.endswith('"')


@pytest.mark.parametrize(
    ("header", "held"),
    [
        (TAG, True),
        (f"W/{TAG}", True),  # a proxy that packs the body makes the tag weak
        (f'"other", {TAG}', True),
        (f'"a,b",W/{TAG}', True),
        ("*", True),
        ("", False),
        ('"other"', False),
        (TAG.strip('"'), False),
        (f'"{TAG.strip(chr(34))}x"', False),
    ],
)
def test_a_header_names_tags(header: str, held: bool) -> None:
    assert holds(header, TAG) is held
