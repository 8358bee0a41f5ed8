"""One rebuild for all pages: real threads, and work that waits until it is let."""

from collections.abc import Callable
from queue import SimpleQueue
from threading import Event, Thread

import pytest

from ui.rebuilding import Rebuilding, Underway

WAIT = 60


class Work:
    """Does two steps: one at once, one when it is let; stops between them when it is asked to."""

    def __init__(self) -> None:
        self.may_go, self.begun = Event(), Event()
        self.times = 0

    def __call__(self, tell: Callable[[float, str], None], cancelled: Callable[[], bool]) -> str:
        self.times += 1
        tell(0.25, "一")
        self.begun.set()
        while not self.may_go.wait(0.01):
            if cancelled():
                return "停了"
        tell(0.75, "二")
        return "完了"


@pytest.fixture
def work() -> Work:
    return Work()


def watching(events: "SimpleQueue[object]", watched: object) -> Thread:
    """Puts what is watched into a queue, in a thread of its own."""
    thread = Thread(target=lambda: [events.put(event) for event in watched])  # type: ignore[attr-defined]
    thread.start()
    return thread


def test_what_is_done_is_told_and_then_what_came_of_it(work: Work) -> None:
    work.may_go.set()
    told = list(Rebuilding(work).start())
    assert told[-1] == "完了"
    assert all(isinstance(event, Underway) for event in told[:-1])
    fractions = [event.fraction for event in told[:-1] if isinstance(event, Underway)]
    assert fractions == sorted(fractions)


def test_a_second_start_watches_the_first(work: Work) -> None:
    rebuilding = Rebuilding(work)
    first, second = rebuilding.start(), rebuilding.start()
    assert work.begun.wait(WAIT)
    heard: SimpleQueue[object] = SimpleQueue()
    threads = [watching(heard, watched) for watched in (first, second, rebuilding.watch())]
    assert rebuilding.running
    work.may_go.set()
    for thread in threads:
        thread.join(WAIT)
    events = [heard.get_nowait() for _ in range(heard.qsize())]
    assert events.count("完了") == 3
    assert work.times == 1
    assert not rebuilding.running


def test_whoever_comes_in_the_middle_sees_how_far_it_is(work: Work) -> None:
    rebuilding = Rebuilding(work)
    rebuilding.start()
    assert work.begun.wait(WAIT)
    seen = next(rebuilding.watch())
    assert isinstance(seen, Underway) and (seen.fraction, seen.step, seen.stopping) == (0.25, "一", False)
    work.may_go.set()


def test_it_goes_on_when_nobody_watches_any_more(work: Work) -> None:
    rebuilding = Rebuilding(work)
    watched = rebuilding.start()
    next(watched)
    watched.close()  # type: ignore[attr-defined]  # what happens to a generator when its listener goes away
    work.may_go.set()
    assert list(rebuilding.watch())[-1:] in ([], ["完了"])
    assert list(rebuilding.start())[-1] == "完了"


def test_it_can_be_stopped_from_anywhere_and_begun_again(work: Work) -> None:
    rebuilding = Rebuilding(work)
    watched = rebuilding.start()
    assert work.begun.wait(WAIT)
    assert rebuilding.stop()
    assert list(watched)[-1] == "停了"
    assert not rebuilding.stop()
    work.may_go.set()
    assert list(rebuilding.start())[-1] == "完了"


def test_without_one_there_is_nothing_to_watch(work: Work) -> None:
    assert list(Rebuilding(work).watch()) == []
    assert work.times == 0
