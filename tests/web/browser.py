"""A real browser (Debian's Chromium by Selenium), with the few things the flows do in it."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from selenium import webdriver
from selenium.webdriver.chrome.options import Options
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.remote.webelement import WebElement
from selenium.webdriver.support.ui import WebDriverWait

from needs import chromium

FLAGS = (
    "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync --hide-scrollbars --disable-dev-shm-usage"
).split()
WIDE, PHONE = (1366, 900), (390, 844)
PATIENCE = 20.0
LISTENS = "return !document.querySelector('script[src*=\"room.js\"]') || 'live' in document.documentElement.dataset"


class Browser:
    """One window with a profile of its own."""

    def __init__(self, screenshots: Path, *, scripts: bool = True) -> None:
        self._screenshots = screenshots
        self._scripts = scripts
        self._profile = tempfile.TemporaryDirectory(prefix="onrecord-browser-")
        options = Options()
        paths = chromium()
        assert paths is not None
        options.binary_location, driver = paths
        for flag in (*FLAGS, f"--user-data-dir={self._profile.name}", f"--window-size={WIDE[0]},{WIDE[1]}"):
            options.add_argument(flag)
        if not scripts:
            options.add_experimental_option("prefs", {"profile.managed_default_content_settings.javascript": 2})
        self.driver = webdriver.Chrome(options=options, service=Service(driver))
        self.prefer("light")

    def close(self) -> None:
        """End it."""
        self.driver.quit()
        self._profile.cleanup()

    def fresh(self) -> None:
        """Forget cookies, be wide and light."""
        self.driver.execute_cdp_cmd("Network.clearBrowserCookies", {})
        self.driver.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})
        self.prefer("light")

    def prefer(self, scheme: str, media: str = "") -> None:
        """What the system prefers (light or dark), and the medium, "" for what it is; without moving pictures."""
        features = [
            {"name": "prefers-color-scheme", "value": scheme},
            {"name": "prefers-reduced-motion", "value": "reduce"},
        ]
        self.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": media, "features": features})

    def phone(self) -> None:
        """As wide as a phone."""
        given = {"width": PHONE[0], "height": PHONE[1], "deviceScaleFactor": 1, "mobile": True}
        self.driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", given)

    def open(self, address: str) -> None:
        """Go there, until the page's scripts listen; an address that differs only in its fragment is loaded anew."""
        if self.driver.current_url.split("#")[0] == address.split("#")[0]:
            self.driver.get("about:blank")
        self.driver.get(address)
        if self._scripts:
            self.until(lambda: self.script(LISTENS))

    def one(self, css: str) -> WebElement:
        """The first element there is, or comes, for a selector."""
        found: list[WebElement] = self.until(lambda: self.all(css))
        return found[0]

    def all(self, css: str) -> list[WebElement]:
        """All elements for a selector now."""
        return self.driver.find_elements(By.CSS_SELECTOR, css)

    def until(self, what: Callable[[], Any]) -> Any:
        """Wait until that gives something; a page that is just changing is asked again."""
        from selenium.common.exceptions import StaleElementReferenceException

        waiting = WebDriverWait(self.driver, PATIENCE, 0.03, (StaleElementReferenceException,))
        return waiting.until(lambda _: what())

    def click(self, css: str) -> None:
        """Click the first element for a selector, scrolled into sight."""
        element = self.one(css)
        self.driver.execute_script("arguments[0].scrollIntoView({block: 'center'})", element)
        element.click()

    def press(self, css: str) -> None:
        """Click as a hand does, where the pointer is: for what stands in a part that scrolls by itself."""
        element = self.one(css)
        self.driver.execute_script("arguments[0].scrollIntoView({block: 'center'})", element)
        ActionChains(self.driver).move_to_element(element).click().perform()

    def keys(self, *keys: str) -> None:
        """Type into whatever has the focus."""
        ActionChains(self.driver).send_keys(*keys).perform()

    def fill(self, css: str, words: str) -> None:
        """Write into a field in place of what is in it."""
        field = self.one(css)
        field.clear()
        field.send_keys(words)

    def text(self, css: str) -> str:
        """The words of the first element."""
        return str(self.until(lambda: self.all(css) and self.all(css)[0].text))

    def script(self, words: str, *given: Any) -> Any:
        """Run a script in the page."""
        return self.driver.execute_script(words, *given)

    def shot(self, name: str) -> None:
        """Keep a picture."""
        self.driver.save_screenshot(str(self._screenshots / f"{name}.png"))


ENTER, ESCAPE, TAB, LEFT, RIGHT = Keys.ENTER, Keys.ESCAPE, Keys.TAB, Keys.ARROW_LEFT, Keys.ARROW_RIGHT
