from __future__ import annotations

import gzip
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from onrecord.errors import InputError, MalformedFile, MissingInput, TooLarge, UnsafeInput
from onrecord.reading.network import fetch as fetching
from onrecord.reading.network.fetch import Fetcher, is_public

PAGE = b"<p>The gate is shut, the warden said."
Response = tuple[int, dict[str, str], bytes]


@dataclass
class Site:
    """A real server on this machine, what it answers by path, and what it was asked."""

    root: str
    answers: dict[str, Response] = field(default_factory=dict)
    asked: list[tuple[str, str]] = field(default_factory=list)


@pytest.fixture(scope="module")
def server() -> Iterator[Site]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            made.asked.append((self.path, self.headers.get("User-Agent", "")))
            status, headers, body = made.answers.get(self.path, (404, {}, b"no"))
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - as in http.server
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as httpd:
        made = Site(f"http://127.0.0.1:{httpd.server_port}")
        threading.Thread(target=httpd.serve_forever, args=(0.02,), daemon=True).start()
        yield made
        httpd.shutdown()


@pytest.fixture
def site(server: Site) -> Site:
    server.answers = {"/a": (200, {"Content-Type": "text/html; charset=utf-8"}, PAGE)}
    server.asked.clear()
    return server


def fetcher(**changes: float) -> Fetcher:
    return Fetcher(allow_private=True, pause=0, **changes)  # type: ignore[arg-type]


def test_a_page_comes_with_its_address_and_type_after_robots_txt_was_asked(site: Site) -> None:
    assert fetcher().fetch(f"{site.root}/a#below") == (f"{site.root}/a", PAGE, "text/html; charset=utf-8")
    assert [path for path, _ in site.asked] == ["/robots.txt", "/a"]
    assert all(agent.startswith("onrecord/") for _, agent in site.asked)


def test_a_redirection_is_followed_and_the_last_address_told(site: Site) -> None:
    site.answers["/old"] = (301, {"Location": "/new?x=1"}, b"")
    site.answers["/new?x=1"] = (302, {"Location": f"{site.root}/a"}, b"")
    assert fetcher().fetch(f"{site.root}/old")[0] == f"{site.root}/a"


@pytest.mark.parametrize(
    ("target", "error", "message"),
    [
        ("/loop", MissingInput, "more than 5 redirections"),
        ("file:///etc/passwd", UnsafeInput, "http or https"),
        ("javascript:alert(1)", UnsafeInput, "http or https"),
        ("http://u:p@127.0.0.1/", UnsafeInput, "a name or a password"),
        ("", MalformedFile, "to nowhere"),
    ],
)
def test_a_redirection_is_checked_as_an_address_is(
    site: Site, target: str, error: type[InputError], message: str
) -> None:
    site.answers["/loop"] = (302, {"Location": target}, b"")
    with pytest.raises(error, match=message):
        fetcher().fetch(f"{site.root}/loop")


def test_a_redirection_into_a_private_network_is_refused(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    site.answers["/in"] = (302, {"Location": "http://169.254.169.254/latest"}, b"")
    here = site.root.removeprefix("http://127.0.0.1:")

    class OnlyThere(Fetcher):
        def _address(self, host: str, port: int) -> str:
            return "127.0.0.1" if port == int(here) else Fetcher._address(self, host, port)

    monkeypatch.setattr(fetching, "PORTS", frozenset((None, 80, int(here))))
    with pytest.raises(UnsafeInput, match=r"169\.254\.169\.254"):
        OnlyThere(pause=0).fetch(f"{site.root}/in")


def test_what_robots_txt_forbids_is_not_asked_for(site: Site) -> None:
    site.answers["/robots.txt"] = (200, {}, b"User-agent: *\nDisallow: /a")
    with pytest.raises(UnsafeInput, match=r"robots\.txt forbids"):
        fetcher().fetch(f"{site.root}/a")
    assert [path for path, _ in site.asked] == ["/robots.txt"]


@pytest.mark.parametrize(("status", "open_to_us"), [(404, True), (403, True), (503, False)])
def test_no_robots_txt_allows_all_and_a_broken_server_nothing(site: Site, status: int, open_to_us: bool) -> None:
    site.answers["/robots.txt"] = (status, {}, b"User-agent: *\nDisallow: /")
    if open_to_us:
        assert fetcher().fetch(f"{site.root}/a")[1] == PAGE
    else:
        with pytest.raises(MissingInput, match=r"503 from .*robots\.txt"):
            fetcher().fetch(f"{site.root}/a")


def test_between_two_pages_of_a_site_it_waits_as_long_as_robots_txt_asks_within_reason(site: Site) -> None:
    waits: list[float] = []
    polite = Fetcher(allow_private=True, pause=1, clock=lambda: 7.0, sleep=waits.append)
    site.answers["/robots.txt"] = (200, {}, b"User-agent: *\nCrawl-delay: 3")
    for _ in range(3):
        polite.fetch(f"{site.root}/a")
    assert waits == [3, 3]
    assert [path for path, _ in site.asked] == ["/robots.txt", "/a", "/a", "/a"]
    site.answers["/robots.txt"] = (200, {}, b"User-agent: *\nCrawl-delay: 86400")
    waits.clear()
    polite = Fetcher(allow_private=True, clock=lambda: 7.0, sleep=waits.append)
    for _ in range(2):
        polite.fetch(f"{site.root}/a")
    assert waits == [fetching.LONGEST_PAUSE]


@pytest.mark.parametrize("packed", [False, True])
def test_more_than_the_limit_is_refused(site: Site, packed: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fetching, "LIMIT", 1000)
    body = b"a" * 100_000
    site.answers["/big"] = (200, {"Content-Encoding": "gzip"}, gzip.compress(body)) if packed else (200, {}, body)
    with pytest.raises(TooLarge, match="more than 1,000 bytes"):
        fetcher().fetch(f"{site.root}/big")


def test_a_stated_length_over_the_limit_is_refused_unread(site: Site) -> None:
    site.answers["/big"] = (200, {"Content-Length": str(1 << 30)}, b"a")
    with pytest.raises(TooLarge, match="1,073,741,824 bytes"):
        fetcher().fetch(f"{site.root}/big")


def test_a_packed_page_is_unpacked(site: Site) -> None:
    site.answers["/z"] = (200, {"Content-Encoding": "gzip"}, gzip.compress(PAGE))
    assert fetcher().fetch(f"{site.root}/z")[1] == PAGE


@pytest.mark.parametrize(
    ("answer", "error"),
    [
        ((404, {}, b"gone"), MissingInput),
        ((403, {}, b"no"), MissingInput),
        ((500, {}, b"oh"), MissingInput),
        ((200, {"Content-Encoding": "br"}, b"x"), MalformedFile),
        ((200, {"Content-Encoding": "gzip"}, b"not gzip at all"), MalformedFile),
        ((200, {"Content-Length": "99"}, b"cut off"), MalformedFile),
        ((200, {"Transfer-Encoding": "chunked"}, b"no length\r\n"), MalformedFile),
    ],
)
def test_what_is_no_page_is_an_error_of_input(site: Site, answer: Response, error: type[InputError]) -> None:
    site.answers["/x"] = answer
    with pytest.raises(error):
        fetcher().fetch(f"{site.root}/x")


def test_a_server_that_never_ends_is_cut_off() -> None:
    import socket

    with socket.create_server(("127.0.0.1", 0)) as listening:
        stop = threading.Event()

        def drip() -> None:
            while not stop.is_set():
                peer, _ = listening.accept()
                with peer:
                    peer.recv(4096)
                    peer.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n")
                    try:
                        while not stop.wait(0.02):
                            peer.sendall(b"a")
                    except OSError:
                        return

        threading.Thread(target=drip, daemon=True).start()
        port = listening.getsockname()[1]
        with pytest.raises(MissingInput, match="in time"):
            fetcher(seconds_in_all=0.3)._ask(f"http://127.0.0.1:{port}/", 10_000)
        stop.set()


def test_a_host_that_is_private_is_refused_before_it_is_asked(site: Site) -> None:
    for url in (site.root.replace("127.0.0.1", "localhost"), "http://127.0.0.1/", "http://[::1]/", "http://10.0.0.1/"):
        with pytest.raises(UnsafeInput):
            Fetcher().fetch(url)
    assert site.asked == []


def test_the_connection_is_made_to_the_address_that_was_checked(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    import socket

    port = int(site.root.rsplit(":", 1)[1])
    asked: list[object] = []

    def resolve(host: str, *_: object, **__: object) -> list[object]:
        asked.append(host)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", port))]

    real = socket.getaddrinfo
    monkeypatch.setattr(
        socket, "getaddrinfo", lambda host, *a, **k: resolve(host) if "." not in host else real(host, *a, **k)
    )
    assert fetcher().fetch(f"http://gate:{port}/a")[1] == PAGE
    assert asked == ["gate", "gate"]  # once for robots.txt, once for the page: never a second time to connect


@pytest.mark.parametrize(
    "address",
    [
        *("127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "0.0.0.0", "100.64.0.1"),
        *("224.0.0.1", "255.255.255.255", "::1", "::", "fe80::1%eth0", "fc00::1", "ff02::1", "::ffff:127.0.0.1"),
        *("::ffff:10.0.0.1", "2002:7f00:1::", "64:ff9b::7f00:1", "2001:db8::1"),
    ],
)
def test_a_private_address_is_not_public_however_it_is_written(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", ["93.184.216.34", "2606:4700::1111", "64:ff9b::5db8:d822"])
def test_a_public_address_is(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize(
    "url",
    [
        *("ftp://x.example/a", "file:///etc/passwd", "//x.example/a", "x", "", "http://", "http://x.example:22/"),
        *("http://u@x.example/", "http://[1.2.3/", "http://x.example:99999/", f"http://{'a' * 70}.example/"),
        "javascript:alert(1)//http://x.example",
    ],
)
def test_an_address_that_must_not_be_asked_is_refused(url: str) -> None:
    with pytest.raises(InputError):
        Fetcher().fetch(url)
