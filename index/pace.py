"""How much longer a piece of work will take, from how fast it went on lately. Knows nothing of what the work is."""

import time
from collections.abc import Callable

HALF_LIFE = 5.0  # seconds after which a speed counts half: steps differ in speed, and the last one tells most
FIRST_SECONDS = 1.0  # before that any guess would be a guess
_BURST = 0.2  # seconds: progress that comes in faster is taken together


class Pace:
    """Hears how far the work has come, and tells the seconds that are left.

    A tenth done in each of three seconds: ``left()`` is 7. Then a fast step, half of it within one second: by and by
    the new speed counts, and less is left than the average would say.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        """
        :param clock: the seconds now, from any beginning.
        """
        self._clock = clock
        self._began = clock()
        self._heard = self._began
        self._share = 0.0
        self._speed = 0.0

    def hear(self, share: float) -> None:
        """The share that is done by now, 0 to 1."""
        now = self._clock()
        passed = now - self._heard
        if passed < _BURST or share <= self._share:
            return
        weight = 1 - 0.5 ** (passed / HALF_LIFE) if self._speed else 1.0
        self._speed += weight * ((share - self._share) / passed - self._speed)
        self._heard, self._share = now, share

    def left(self) -> float | None:
        """The seconds left, ``None`` while nothing can be said.

        They run down while nothing is heard; what has been silent for longer than that will take as long again.
        """
        now = self._clock()
        if not self._speed or now - self._began < FIRST_SECONDS:
            return None
        silent = now - self._heard if self._share < 1 else 0.0
        return max((1 - self._share) / self._speed - silent, silent)
