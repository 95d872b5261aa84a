"""A page from its address: as its site's robots.txt allows, not too fast, and never from inside our own network.

Every address on the way, the first and each it is redirected to, is checked: http or https, no name or password in it,
a usual port, and a host all of whose addresses are public. The connection is then made to an address so checked, not to
the name again, which might by then stand for another (DNS rebinding).
"""

from __future__ import annotations

import http.client
import ipaddress
import socket
import ssl
import threading
import time
import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache
from urllib.parse import SplitResult, quote, urljoin, urlsplit, urlunsplit

from onrecord.errors import MalformedFile, MissingInput, UnsafeInput
from onrecord.reading.network.robots import Robots, parse_robots
from onrecord.reading.source import LIMIT, too_large

AGENT = "onrecord"
HEADERS = {
    "User-Agent": f"{AGENT}/1 (reads news articles that its user names; honours robots.txt)",
    "Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,text/plain;q=0.8,*/*;q=0.5",
    "Accept-Language": "en,*;q=0.5",
    "Accept-Encoding": "gzip, identity;q=0.5",
    "Connection": "close",
}
PORTS = frozenset((None, 80, 443, 8080, 8443))
REDIRECTS = (301, 302, 303, 307, 308)
MOST_REDIRECTS = 5
LIMIT_OF_ROBOTS = 512 * 1024
SECONDS = 20.0
SECONDS_IN_ALL = 60.0
PAUSE = 1.0
LONGEST_PAUSE = 30.0
CHUNK = 1 << 16
KEPT_IN_PATH = "/%:@!$&'()*+,;=~-._"
TO_ADD_THE_FILE = "Save the page in a browser, and add the file"


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server said: the status, its headers by name in small, the body unpacked."""

    status: int
    headers: Mapping[str, str]
    body: bytes


def fetch(url: str) -> tuple[str, bytes, str]:
    """The last address of a page, its bytes and its content type, by the one Fetcher of this process.

    Raises what `Fetcher.fetch` raises.
    """
    return _shared().fetch(url)


@cache
def _shared() -> Fetcher:
    return Fetcher()


@dataclass(slots=True)
class Fetcher:
    """Asks for pages; remembers the robots.txt of each site and when it was last asked.

    `seconds` is how long a server may be silent, `seconds_in_all` how long an answer may take. Between two pages of a
    site it waits `pause` seconds, or as long as robots.txt asks (at most LONGEST_PAUSE).
    `allow_private` is for tests with a server of their own.
    """

    allow_private: bool = False
    pause: float = PAUSE
    seconds: float = SECONDS
    seconds_in_all: float = SECONDS_IN_ALL
    clock: Callable[[], float] = time.monotonic
    sleep: Callable[[float], None] = time.sleep
    _robots: dict[str, Robots] = field(default_factory=dict)
    _asked: dict[str, float] = field(default_factory=dict)

    def fetch(self, url: str) -> tuple[str, bytes, str]:
        """The page's last address, its bytes and its content type.

        Raises UnsafeInput (an address that must not be asked, or robots.txt forbids it), MissingInput (no answer, or
        no page), TooLarge, or MalformedFile (an answer against the rules of HTTP).
        """
        answer = self._followed(url, LIMIT, self._allowed)
        return answer[0], _page_of(*answer), answer[1].headers.get("content-type", "")

    def _followed(self, url: str, limit: int, allowed: Callable[[str], None]) -> tuple[str, Answer]:
        for _ in range(MOST_REDIRECTS + 1):
            url = _normal(url, any_port=self.allow_private)
            allowed(url)
            answer = self._ask(url, limit)
            if answer.status not in REDIRECTS:
                return url, answer
            if not (location := answer.headers.get("location", "")):
                raise MalformedFile(f"a redirection from {url[:200]} to nowhere", "a page", "Try another address")
            url = urljoin(url, location)
        raise MissingInput(f"more than {MOST_REDIRECTS} redirections, the last to {url[:200]}", "a page", "Look it up")

    def _allowed(self, url: str) -> None:
        """Ask robots.txt, and wait for our turn."""
        site = urlunsplit((*urlsplit(url)[:2], "", "", ""))
        if site not in self._robots:
            self._robots[site] = self._robots_of(site)
        robots = self._robots[site]
        if not robots.allows(url):
            raise UnsafeInput(
                f"{url[:200]}, which {site}/robots.txt forbids to robots", "a page open to robots", TO_ADD_THE_FILE
            )
        now = self.clock()
        pause = min(max(self.pause, robots.delay), LONGEST_PAUSE)
        if site in self._asked and (wait := self._asked[site] + pause - now) > 0:
            self.sleep(wait)
        self._asked[site] = self.clock()

    def _robots_of(self, site: str) -> Robots:
        """The site's rules. None to be had (4xx) allows all; an error of the server, or no answer, forbids all (RFC
        9309, 2.3.1), which is told as the failure it is."""
        _, answer = self._followed(f"{site}/robots.txt", LIMIT_OF_ROBOTS, lambda url: None)
        if answer.status >= 500:
            raise MissingInput(f"status {answer.status} from {site}/robots.txt", "leave to ask", "Try again later")
        return parse_robots(answer.body.decode("utf-8", "replace"), AGENT) if answer.status < 300 else Robots()

    def _ask(self, url: str, limit: int) -> Answer:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port or (443 if parts.scheme == "https" else 80)
        address = self._address(host, port)
        connection = _Pinned(host, port, address, parts.scheme == "https", self.seconds)
        deadline = threading.Timer(self.seconds_in_all, connection.cut)
        deadline.daemon = True
        try:
            deadline.start()
            connection.request("GET", _target(parts), headers=HEADERS)
            response = connection.getresponse()
            headers = {name.lower(): value for name, value in response.getheaders()}
            body = b"" if response.status in REDIRECTS else _body(response, headers, limit)
            if connection.was_cut:
                raise TimeoutError
            return Answer(response.status, headers, body)
        except http.client.HTTPException as error:
            raise MalformedFile(
                f"an answer of {host} against the rules ({type(error).__name__})", "HTTP", TO_ADD_THE_FILE
            ) from error
        except (OSError, ValueError) as error:
            told = "no answer in time" if isinstance(error, TimeoutError) else str(error)[:200] or "a broken connection"
            raise MissingInput(f"{told} from {host}", "a page", "Check the address and the network") from error
        finally:
            deadline.cancel()
            connection.close()

    def _address(self, host: str, port: int) -> str:
        """The address to connect to. Raises UnsafeInput where any of the host's is private, MissingInput for none."""
        try:
            found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        except (OSError, UnicodeError) as error:
            raise MissingInput(f"no host {host[:80]!r}", "a host that can be found", "Check the address") from error
        addresses = [str(entry[4][0]) for entry in found]
        private = [address for address in addresses if not is_public(address)]
        if private and not self.allow_private:
            raise UnsafeInput(f"{host[:80]}, which is at {private[0]}", "a public address", TO_ADD_THE_FILE)
        return addresses[0]


class _Pinned(http.client.HTTPConnection):
    """A connection to an address already checked; the certificate must still be that of the host."""

    def __init__(self, host: str, port: int, address: str, secure: bool, seconds: float) -> None:
        super().__init__(host, port, timeout=seconds)
        self._address = address
        self._secure = secure
        self._held: socket.socket | None = None  # `sock` is let go as soon as the answer begins
        self.was_cut = False
        if secure:
            self.default_port = http.client.HTTPS_PORT

    def connect(self) -> None:
        self.sock = socket.create_connection((self._address, self.port), self.timeout)
        if self._secure:
            self.sock = ssl.create_default_context().wrap_socket(self.sock, server_hostname=self.host)
        self._held = self.sock

    def cut(self) -> None:
        """End it: a server that answers a byte at a time would otherwise never be done."""
        self.was_cut = True
        if self._held is not None:
            try:
                self._held.shutdown(socket.SHUT_RDWR)
            except OSError:
                return  # it has ended by itself


def is_public(address: str) -> bool:
    """Whether an IP address is one of the open internet, and none that leads to another that is not."""
    ip = ipaddress.ip_address(address.split("%")[0])
    if isinstance(ip, ipaddress.IPv6Address):
        inner = ip.ipv4_mapped or ip.sixtofour or (ip.teredo[1] if ip.teredo else None)
        if inner is None and ip in ipaddress.ip_network("64:ff9b::/96"):
            inner = ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
        if inner is not None:
            return is_public(str(inner))
    return ip.is_global and not (ip.is_multicast or ip.is_reserved or ip.is_unspecified)


def _normal(url: str, any_port: bool) -> str:
    """The address as HTTP sends it. Raises UnsafeInput for one that must not be asked."""
    try:
        parts = urlsplit(url.strip())
        host, port = parts.hostname or "", parts.port
        if ":" not in host:
            host = host.encode("idna").decode("ascii") if host else ""
    except ValueError as error:
        raise UnsafeInput(
            f"{url[:80]!r}, which is no address ({error})", "http://… or https://…", "Check it"
        ) from error
    if parts.scheme not in ("http", "https") or not host:
        raise UnsafeInput(f"{url[:80]!r}", "an address with http or https", TO_ADD_THE_FILE)
    if parts.username is not None or parts.password is not None:
        raise UnsafeInput("an address with a name or a password in it", "one without", TO_ADD_THE_FILE)
    if port not in PORTS and not any_port:
        raise UnsafeInput(f"port {port} of {host[:80]}", "a port of the web (80, 443, 8080, 8443)", TO_ADD_THE_FILE)
    place = f"[{host}]" if ":" in host else host
    path, query = quote(parts.path or "/", safe=KEPT_IN_PATH), quote(parts.query, safe=KEPT_IN_PATH + "?")
    return urlunsplit((parts.scheme, place if port is None else f"{place}:{port}", path, query, ""))


def _target(parts: SplitResult) -> str:
    return urlunsplit(("", "", parts.path, parts.query, ""))


def _body(response: http.client.HTTPResponse, headers: Mapping[str, str], limit: int) -> bytes:
    """All of the answer, unpacked; refused by the length it states, unread, or once it is over `limit`."""
    stated = headers.get("content-length", "")
    if stated.isdecimal() and int(stated) > limit:
        raise too_large(f"an answer of {int(stated):,} bytes", limit)
    packed = headers.get("content-encoding", "").strip().lower()
    if packed not in ("", "identity", "gzip", "x-gzip"):
        raise MalformedFile(f"an answer packed with {packed[:20]!r}", "gzip, or nothing", TO_ADD_THE_FILE)
    unpack = zlib.decompressobj(31) if "gzip" in packed else None
    body = bytearray()
    came = 0
    while piece := response.read1(CHUNK):
        came += len(piece)
        try:
            body += piece if unpack is None else unpack.decompress(piece, limit + 1 - len(body))
        except zlib.error as error:
            raise MalformedFile("an answer that is not gzip, as it says", "an intact one", "Try again") from error
        if len(body) > limit:
            raise too_large(f"an answer of more than {limit:,} bytes", limit)
    if stated.isdecimal() and not response.chunked and came < int(stated):
        raise http.client.IncompleteRead(b"", int(stated) - came)
    return bytes(body)


def _page_of(url: str, answer: Answer) -> bytes:
    if answer.status != 200:
        todo = TO_ADD_THE_FILE if answer.status in (401, 402, 403, 407, 429, 451) else "Check the address"
        raise MissingInput(f"status {answer.status} from {url[:200]}", "a page (status 200)", todo)
    return answer.body
