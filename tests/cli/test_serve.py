"""`onrecord serve`: what it refuses to open, whom it lets in, and that it answers."""

from __future__ import annotations

import argparse
import io
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest

pytest.importorskip("fastapi", reason='the reading room is not installed: pip install "onrecord[web]"')

from onrecord.cli import FAILED, USAGE, main
from onrecord.cli.doors.serve import configure, settings_of
from onrecord.errors import UsageError
from onrecord.web.guarding.roles import by_password, by_token, load_accounts

PASSWORD = "a long password"


def arguments(*given: str) -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    configure(parser)
    return parser.parse_args(list(given))


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "::1"])
def test_this_machine_alone_needs_no_account(host: str) -> None:
    settings = settings_of(arguments("--host", host, "--who", "Ada"))
    assert settings.accounts == ()
    assert settings.reader == "Ada"


@pytest.mark.parametrize("given", [("--host", "0.0.0.0"), ("--host", "192.0.2.7"), ("--host", "::"), ("--public",)])
def test_a_network_without_accounts_is_refused(given: tuple[str, ...]) -> None:
    with pytest.raises(UsageError, match="--new-account"):
        settings_of(arguments(*given))


def test_it_answers_to_the_names_it_was_given_alone(tmp_path: Path, accounts: Path) -> None:
    settings = settings_of(
        arguments("--host", "0.0.0.0", "--allow-host", "Room.example", "--accounts", str(accounts), "--public")
    )
    assert "room.example" in settings.hosts
    assert "0.0.0.0" not in settings.hosts
    assert settings.public


@pytest.fixture
def accounts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A file with one coder in it, made by the command."""
    path = tmp_path / "accounts.toml"
    monkeypatch.setattr(sys, "stdin", io.StringIO(f"{PASSWORD}\n"))
    assert main(["serve", "--accounts", str(path), "--new-account", "anna"]) == 0
    return path


def test_an_account_and_a_token_are_made(accounts: Path, capsys: pytest.CaptureFixture[str]) -> None:
    capsys.readouterr()
    assert main(["serve", "--accounts", str(accounts), "--new-token", "anna"]) == 0
    token = capsys.readouterr().out.strip()
    (anna,) = load_accounts(accounts)
    assert anna.role == "coder"
    assert by_password((anna,), "anna", PASSWORD) == anna
    assert by_token((anna,), token) == anna


@pytest.mark.parametrize(
    ("given", "code"),
    [
        (["--new-token", "bo"], USAGE),
        (["--port", "70000"], USAGE),
        (["--workers", "0"], USAGE),
        (["--archive", "/nowhere/at/all.db"], FAILED),
        (["--accounts", "/nowhere.toml"], FAILED),
    ],
)
def test_what_cannot_be_meant_is_told_in_one_line(
    given: list[str], code: int, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["serve", *given]) == code
    told = capsys.readouterr().err
    assert "wanted" in told
    assert told.count("\n") == 1


@pytest.mark.skipif(os.name != "posix", reason="stops the server as Ctrl-C does")
@pytest.mark.parametrize("workers", ["1", "2"])
def test_it_opens_answers_and_ends_with_ctrl_c(tmp_path: Path, workers: str) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "onrecord", "serve", "--archive", str(tmp_path / "new.db"), "--port", str(port)]
    process = subprocess.Popen([*command, "--workers", workers], stderr=subprocess.PIPE, encoding="utf-8")
    try:
        until = time.monotonic() + 30
        while True:
            try:
                with urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=5) as answer:
                    page = answer.read().decode()
                break
            except OSError:
                assert time.monotonic() < until
                time.sleep(0.1)
        assert "Nothing is kept yet" in page
    finally:
        process.send_signal(signal.SIGINT)
        told = process.communicate(timeout=20)[1]
    assert process.returncode == 0
    assert "is open at" in told
    assert "Traceback" not in told
