"""A program that speaks to the reading room as a browser would: keeps cookies, sends form tokens."""

from __future__ import annotations

import re

import httpx

TOKEN = re.compile(r'name="csrf" value="([^"]+)"')


class Client(httpx.Client):
    """An httpx client with the form token of its session."""

    def __init__(self, room: str) -> None:
        super().__init__(base_url=room, timeout=60)
        self.token = ""

    def begin(self, path: str = "/about") -> Client:
        """Open a page, and take its form token."""
        found = TOKEN.search(self.get(path, follow_redirects=True).text)
        assert found
        self.token = found[1]
        return self

    def form(self, path: str, *, accept: str = "text/html", site: str = "", **fields: str) -> httpx.Response:
        """Send a form, as a script does where `accept` is JSON, or as another `site` would."""
        headers = {"accept": accept} | ({"sec-fetch-site": site} if site else {})
        return self.post(path, data={"csrf": self.token, **fields}, headers=headers)

    def enter(self, name: str, password: str) -> httpx.Response:
        """Sign in, and take the token of the new session."""
        self.begin("/enter")
        answer = self.form("/enter", name=name, password=password)
        self.begin("/enter")
        return answer
