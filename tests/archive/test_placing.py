"""A file is there whole or not at all, and a program that was killed leaves nothing behind for long."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from onrecord.archive.store.placing import put_in_place
from onrecord.cli.streams import destination
from onrecord.errors import ArchiveError

WRITER = """
import sys, time
from pathlib import Path
from onrecord.archive.store.placing import put_in_place
with put_in_place(Path(sys.argv[1])) as part:
    part.write_text("half")
    Path(f"{part}-journal").write_text("its journal")
    print("written", flush=True)
    time.sleep(60)
"""


@contextmanager
def writing(path: Path) -> Iterator[subprocess.Popen[str]]:
    """A program that has written half of the file at `path`, and goes on."""
    with subprocess.Popen([sys.executable, "-c", WRITER, str(path)], stdout=subprocess.PIPE, text=True) as writer:
        assert writer.stdout is not None
        assert writer.stdout.readline() == "written\n"
        try:
            yield writer
        finally:
            writer.kill()


def test_a_file_appears_whole_or_not_at_all(tmp_path: Path) -> None:
    path = tmp_path / "said.csv"
    path.write_text("older", "utf-8")

    def stopped() -> None:
        with put_in_place(path) as part:
            part.write_text("half", "utf-8")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        stopped()
    assert path.read_text("utf-8") == "older"
    with put_in_place(path) as part:
        part.write_text("whole", "utf-8")
    assert path.read_text("utf-8") == "whole"
    with pytest.raises(ArchiveError, match="cannot be written"), put_in_place(tmp_path / "no" / "said.csv") as part:
        part.write_text("", "utf-8")
    assert [file.name for file in tmp_path.iterdir()] == ["said.csv"]


def test_what_a_killed_program_left_is_swept_by_the_next(tmp_path: Path) -> None:
    with writing(tmp_path / "first.csv") as writer:
        writer.kill()
    assert len(list(tmp_path.iterdir())) == 2
    with put_in_place(tmp_path / "second.csv") as part:
        part.write_text("whole", "utf-8")
    assert [file.name for file in tmp_path.iterdir()] == ["second.csv"]


def test_what_another_program_is_writing_is_left_alone(tmp_path: Path) -> None:
    with writing(tmp_path / "first.csv"):
        with destination(str(tmp_path / "second.txt")) as stream:
            stream.write("whole")
        assert len(list(tmp_path.glob(".onrecord-*.part"))) == 1
    with destination(str(tmp_path / "second.txt")) as stream:
        stream.write("again")
    assert [file.name for file in tmp_path.iterdir()] == ["second.txt"]
