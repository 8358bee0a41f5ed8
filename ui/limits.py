"""How many questions one client may ask in a minute, and how many are answered at once. Knows nothing of answers."""

from collections import OrderedDict, deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import BoundedSemaphore, Lock
from time import monotonic

from rag.errors import LimitReached
from ui.messages import say

MINUTE = 60.0
CLIENTS_KEPT = 10_000  # the clients longest silent are forgotten: a flood of addresses must not fill the memory
PATIENCE_SECONDS = 10.0  # a question waits this long for others to be answered before it is turned away


class Rate:
    """So many of something for each client in any minute. Shared by threads."""

    def __init__(self, per_minute: int, *, clock: Callable[[], float] = monotonic) -> None:
        """
        :param per_minute: 0 for no limit.
        """
        self.per_minute = per_minute
        self.clock = clock
        self._times: OrderedDict[str, deque[float]] = OrderedDict()
        self._lock = Lock()

    def __len__(self) -> int:
        """How many clients are remembered."""
        return len(self._times)

    def wait(self, client: str) -> int:
        """The seconds until ``client`` may go on; 0 where it may now."""
        with self._lock:
            return self._wait(client)

    def count(self, client: str) -> int:
        """Notes one more, unless the client has to wait: then the seconds, as above."""
        with self._lock:
            seconds = self._wait(client)
            if self.per_minute and not seconds:
                self._times.setdefault(client, deque()).append(self.clock())
                self._times.move_to_end(client)
                while len(self._times) > CLIENTS_KEPT:
                    self._times.popitem(last=False)
            return seconds

    def _wait(self, client: str) -> int:
        times, now = self._times.get(client, deque()), self.clock()
        while times and times[0] <= now - MINUTE:
            times.popleft()
        full = self.per_minute and len(times) >= self.per_minute
        return max(1, round(times[0] + MINUTE - now)) if full else 0


class Limits:
    """Lets questions in, or tells why not. Shared by all sessions and threads."""

    def __init__(
        self,
        *,
        per_minute: int,
        at_once: int,
        patience: float = PATIENCE_SECONDS,
        clock: Callable[[], float] = monotonic,
    ) -> None:
        """
        :param per_minute: questions of one client in any minute; 0 for no limit.
        :param at_once: questions being answered at the same time, of all clients together.
        """
        self.at_once = at_once
        self.patience = patience
        self.rate = Rate(per_minute, clock=clock)
        self._places = BoundedSemaphore(at_once)

    @contextmanager
    def admitted(self, client: str) -> Iterator[None]:
        """Holds a place while a question of ``client`` is answered.

        :raises LimitReached: the client has asked too much, or too many others are being answered.
        """
        seconds = self.rate.count(client)
        if seconds:
            raise LimitReached(say("limit.rate", most=self.rate.per_minute, seconds=seconds))
        if not self._places.acquire(timeout=self.patience):
            raise LimitReached(say("limit.at_once", most=self.at_once, seconds=round(self.patience)))
        try:
            yield
        finally:
            self._places.release()
