"""One rebuild at a time for all pages: started, watched by any number of them, stopped. Knows nothing of screens.

The work goes on in a thread of its own, so that it ends in order even when every page that watched it is closed.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from threading import Condition, Event, Thread
from typing import Generic, TypeVar

from rag.versions import Pace, Progress

TOLD_EVERY = 1.0  # seconds: the time left runs down while a long step tells nothing

Outcome = TypeVar("Outcome")
Work = Callable[[Progress, Callable[[], bool]], Outcome]


@dataclass(frozen=True, slots=True)
class Underway:
    """How far a rebuild has come, 0 to 1, what it is doing, and the seconds left where they can be told."""

    fraction: float
    step: str
    left: float | None = None
    stopping: bool = False


@dataclass(slots=True)
class _Run(Generic[Outcome]):
    """One rebuild; changed under the condition of its owner only."""

    pace: Pace = field(default_factory=Pace)
    stop: Event = field(default_factory=Event)
    fraction: float = 0.0
    step: str = ""
    told: int = 0
    outcome: Outcome | None = None

    @property
    def underway(self) -> Underway:
        return Underway(self.fraction, self.step, self.pace.left(), self.stop.is_set())


class Rebuilding(Generic[Outcome]):
    """The rebuild under way, if there is one."""

    def __init__(self, work: Work[Outcome]) -> None:
        """
        :param work: does the whole of it, told whom to tell and whom to ask whether to stop; must not raise.
        """
        self._work = work
        self._changed = Condition()
        self._run: _Run[Outcome] | None = None

    @property
    def running(self) -> bool:
        """Whether there is one."""
        return self._run is not None

    def start(self) -> Iterator[Underway | Outcome]:
        """Begins a rebuild unless one is under way, and watches it."""
        with self._changed:
            if self._run is None:
                self._run = _Run()
                Thread(target=self._carry_out, args=(self._run,), name="rebuild", daemon=True).start()
            return self._watched(self._run)

    def watch(self) -> Iterator[Underway | Outcome]:
        """How far the one under way has come, again and again, and at last what came of it; nothing without one."""
        with self._changed:
            return self._watched(self._run) if self._run else iter(())

    def stop(self) -> bool:
        """Asks the one under way to stop before its next step; whether there is one."""
        with self._changed:
            if self._run is None:
                return False
            self._run.stop.set()
            self._changed.notify_all()
            return True

    def _carry_out(self, run: _Run[Outcome]) -> None:
        def tell(fraction: float, step: str) -> None:
            with self._changed:
                run.pace.hear(fraction)
                run.fraction, run.step, run.told = fraction, step, run.told + 1
                self._changed.notify_all()

        outcome = self._work(tell, run.stop.is_set)
        with self._changed:
            run.outcome, self._run = outcome, None
            self._changed.notify_all()

    def _watched(self, run: _Run[Outcome]) -> Iterator[Underway | Outcome]:
        heard, stopping = -1, False
        while True:
            with self._changed:
                if run.outcome is None and (run.told, run.stop.is_set()) == (heard, stopping):
                    self._changed.wait(TOLD_EVERY)
                if run.outcome is not None:
                    break
                heard, stopping = run.told, run.stop.is_set()
                underway = run.underway
            yield underway  # outside the lock: whoever reads slowly holds up nobody
        yield run.outcome
