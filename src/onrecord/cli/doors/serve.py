"""`onrecord serve`: the reading room, in a browser on this machine, or with accounts on a network."""

from __future__ import annotations

import argparse
import contextlib
import getpass
import ipaddress
import os
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from onrecord.cli import DONE
from onrecord.cli.archive.options import DEFAULT, ENVIRONMENT, declare_who
from onrecord.cli.inputs import declare_directory
from onrecord.cli.streams import tell
from onrecord.errors import MissingExtra, UsageError

if TYPE_CHECKING:
    from onrecord.web.settings import Settings

PORT = 8017
LAST_PORT = 65_535
MOST_WORKERS = 64


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare what `onrecord serve` takes."""
    parser.usage = "onrecord serve [options]"
    parser.description = (
        "Open the archive in a browser: read, search, follow a person, correct. On this machine alone\n"
        "no password is asked; on a network (--host) a file of accounts is needed."
    )
    parser.epilog = (
        "accounts: onrecord serve --accounts FILE --new-account NAME --role coder   asks for a password\n"
        "          onrecord serve --accounts FILE --new-token NAME                  prints a token for /api\n"
        "roles: reader reads, coder also corrects and keeps, admin also erases\n\n"
        "exit codes: 0 stopped by Ctrl-C, 1 something failed, 2 the command cannot be meant"
    )
    parser.add_argument(
        "--archive",
        metavar="FILE|URL",
        default=os.environ.get(ENVIRONMENT) or DEFAULT,
        help=f"a file, or postgresql://…; {ENVIRONMENT} where it is left out, or {DEFAULT}",
    )
    parser.add_argument("--host", default="127.0.0.1", help="the address to listen at (127.0.0.1: this machine alone)")
    parser.add_argument("--port", type=_port, default=PORT, metavar="N", help=f"the port ({PORT})")
    parser.add_argument("--workers", type=_workers, default=1, metavar="N", help="processes that answer (1)")
    parser.add_argument("--accounts", type=Path, metavar="FILE", help="who may come in; without it only this machine")
    parser.add_argument("--public", action="store_true", help="let anyone read; only changing asks for an account")
    parser.add_argument(
        "--allow-host", metavar="NAME", action="append", default=[], help="a name the server answers to"
    )
    parser.add_argument("--https", action="store_true", help="a proxy before it speaks https: cookies are for it alone")
    parser.add_argument("--audit", metavar="FILE", help="log changes, sign-ins and refusals there, as JSON lines")
    parser.add_argument("--upload", type=_megabytes, default=4, metavar="MB", help="the most that may be sent (4)")
    parser.add_argument(
        "--seconds", type=_seconds, default=30.0, metavar="N", help="the longest an answer may take (30)"
    )
    parser.add_argument(
        "--rate",
        type=_rate,
        default=3_000,
        metavar="N",
        help="requests to /api a client may send a minute (3,000; 0: any)",
    )
    parser.add_argument("--inception", action="store_true", help="suggest to INCEpTION at /inception (inception)")
    parser.add_argument("--open", action="store_true", help="open it in the browser")
    parser.add_argument("--quiet", action="store_true", help="print only failures")
    parser.add_argument("--new-account", metavar="NAME", help="add one to --accounts, and end")
    parser.add_argument("--new-token", metavar="NAME", help="make a token for that account, print it, and end")
    parser.add_argument("--role", default="coder", help="of the new account: reader, coder (default) or admin")
    declare_who(parser)
    declare_directory(parser)


def run(arguments: argparse.Namespace) -> int:
    """Listen until Ctrl-C."""
    try:
        import uvicorn

        from onrecord.web.archives import Archives
        from onrecord.web.settings import ENVIRONMENT as FOR_WORKERS
    except ModuleNotFoundError as error:
        raise MissingExtra.named("web", error.name or "fastapi") from error
    if arguments.inception:
        from onrecord.exchange.annotation.cas import library

        library()
    if arguments.new_account or arguments.new_token:
        return _account(arguments)
    settings = settings_of(arguments)
    archives = Archives(settings)  # refuse a broken archive before a browser waits for it
    try:
        archives.here()
    finally:
        archives.close()
    address = f"http://{_for_browser(arguments.host)}:{arguments.port}/"
    os.environ[FOR_WORKERS] = settings.to_json()
    if not arguments.quiet:
        tell(f"the reading room of {settings.archive.rsplit('@', 1)[-1]} is open at {address} (Ctrl-C closes it)")
    if arguments.open:
        import webbrowser

        webbrowser.open(address)
    with contextlib.suppress(KeyboardInterrupt):
        uvicorn.run(
            "onrecord.web.app:from_environment",
            factory=True,
            host=arguments.host,
            port=arguments.port,
            workers=arguments.workers,
            log_level="warning",
            access_log=False,
            server_header=False,
            timeout_keep_alive=15,
            limit_concurrency=1_000,
            h11_max_incomplete_event_size=64 * 1024,
            forwarded_allow_ips="127.0.0.1" if arguments.https else "",
        )
    return DONE


def settings_of(arguments: argparse.Namespace) -> Settings:
    """What the server is told. Raises UsageError for a network without accounts."""
    from onrecord.web.guarding.roles import load_accounts
    from onrecord.web.settings import HERE, MEBIBYTE, Settings

    accounts = load_accounts(arguments.accounts) if arguments.accounts else ()
    if not accounts and (arguments.public or not _is_loopback(arguments.host)):
        raise UsageError(
            f"--host {arguments.host} without an account" if not arguments.public else "--public without an account",
            "--accounts FILE with at least one in it",
            "Make one: onrecord serve --accounts accounts.toml --new-account NAME --role admin",
        )
    names = {*HERE, *arguments.allow_host, _for_browser(arguments.host)} - {"0.0.0.0", "[::]"}
    return Settings(
        archive=arguments.archive,
        reader=arguments.who,
        accounts=accounts,
        public=arguments.public,
        hosts=tuple(sorted(name.casefold() for name in names)),
        directory=tuple(str(path) for path in arguments.directory),
        audit=arguments.audit,
        https=arguments.https,
        most_bytes=arguments.upload * MEBIBYTE,
        seconds=arguments.seconds,
        rate=arguments.rate,
        inception=arguments.inception,
    )


def _account(arguments: argparse.Namespace) -> int:
    """Add an account, or a token to one."""
    from onrecord.web.guarding.roles import Account, hashed, load_accounts, new_token, save_accounts

    path = arguments.accounts
    if path is None:
        raise UsageError("no --accounts FILE", "the file of accounts", "Add --accounts accounts.toml")
    accounts = {account.name: account for account in (load_accounts(path) if path.exists() else ())}
    name = arguments.new_account or arguments.new_token
    if arguments.new_account:
        kept = accounts.get(name, Account(name, arguments.role))
        password = (
            getpass.getpass(f"password for {name}: ") if sys.stdin.isatty() else sys.stdin.readline().rstrip("\n")
        )
        accounts[name] = replace(kept, role=arguments.role, password=hashed(password))
        tell(f"{name} may come in as {arguments.role}")
    elif name not in accounts:
        raise UsageError(
            f"no account {name!r}", f"one of {', '.join(accounts) or 'none yet'}", "Make it: --new-account"
        )
    else:
        token, kept_of_it = new_token()
        accounts[name] = replace(accounts[name], tokens=(*accounts[name].tokens, kept_of_it))
        print(token)
    save_accounts(path, list(accounts.values()))
    return DONE


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return host.casefold() == "localhost"


def _for_browser(host: str) -> str:
    return f"[{host}]" if ":" in host and not host.startswith("[") else host


def _port(value: str) -> int:
    return _number(value, "--port", 0, LAST_PORT)


def _workers(value: str) -> int:
    return _number(value, "--workers", 1, MOST_WORKERS)


def _megabytes(value: str) -> int:
    return _number(value, "--upload", 1, 1_000)


def _rate(value: str) -> int:
    return _number(value, "--rate", 0, 1_000_000)


def _seconds(value: str) -> float:
    return float(_number(value, "--seconds", 1, 3_600))


def _number(value: str, name: str, low: int, high: int) -> int:
    if not value.isascii() or not value.isdigit() or not low <= int(value) <= high:
        raise UsageError(f"{name} {value}", f"a whole number from {low} to {high:,}", f"Try {name} {max(low, 1)}")
    return int(value)
