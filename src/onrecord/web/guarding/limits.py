"""How often a client may ask: a bucket of tokens each, filled again at a steady rate, emptied by one a request."""

from __future__ import annotations

import math
import threading
import time
from collections import OrderedDict
from collections.abc import Callable

BURST_SECONDS = 10
MOST_CLIENTS = 10_000


class Limit:
    """`a_minute` requests a client in the long run, and a sixth of that at once; 0 is no limit. One a process.

    Of the clients that asked longest ago the buckets are forgotten, so that many addresses do not fill the memory.
    """

    def __init__(self, a_minute: int, clock: Callable[[], float] = time.monotonic) -> None:
        self._rate = a_minute / 60
        self._most = max(1.0, self._rate * BURST_SECONDS)
        self._clock = clock
        self._left: OrderedDict[str, tuple[float, float]] = OrderedDict()
        self._lock = threading.Lock()

    def wait(self, client: str) -> int:
        """0, and one token is taken; or in how many seconds there is one again."""
        if not self._rate:
            return 0
        now = self._clock()
        with self._lock:
            left, at = self._left.pop(client, (self._most, now))
            left = min(self._most, left + (now - at) * self._rate)
            self._left[client] = (left - 1 if left >= 1 else left), now
            if len(self._left) > MOST_CLIENTS:
                self._left.popitem(last=False)
        return 0 if left >= 1 else math.ceil((1 - left) / self._rate)
