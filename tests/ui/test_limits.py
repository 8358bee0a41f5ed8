"""Who is let in, who is told to wait, and that a place is always given back."""

from threading import Event, Thread

import pytest

from rag.errors import LimitReached
from ui.limits import CLIENTS_KEPT, MINUTE, Limits


class Clock:
    """A clock that a test moves."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


def enter(limits: Limits, client: str = "a") -> None:
    with limits.admitted(client):
        pass


def test_so_many_in_any_minute_and_then_again() -> None:
    clock = Clock()
    limits = Limits(per_minute=3, at_once=1, clock=clock)
    for _ in range(3):
        enter(limits)
        clock.now += 10
    with pytest.raises(LimitReached, match=r"30") as told:
        enter(limits)
    assert "3" in str(told.value)
    enter(limits, "b")  # another client has a minute of its own
    clock.now += 30.5
    enter(limits)  # the first has left the minute; one that was turned away never counted
    with pytest.raises(LimitReached):
        enter(limits)


def test_without_a_limit_everything_is_let_in() -> None:
    limits = Limits(per_minute=0, at_once=1, clock=Clock())
    for _ in range(1000):
        enter(limits)


def test_a_flood_of_addresses_is_forgotten() -> None:
    limits = Limits(per_minute=1, at_once=1, clock=Clock())
    for number in range(CLIENTS_KEPT + 50):
        enter(limits, str(number))
    assert len(limits.rate) == CLIENTS_KEPT
    with pytest.raises(LimitReached):
        enter(limits, str(CLIENTS_KEPT + 49))


def test_a_place_is_waited_for_and_given_back_whatever_happens() -> None:
    limits = Limits(per_minute=0, at_once=1, patience=0.05)
    inside, leave = Event(), Event()

    def hold() -> None:
        with limits.admitted("a"):
            inside.set()
            leave.wait(10)

    holder = Thread(target=hold)
    holder.start()
    assert inside.wait(10)
    with pytest.raises(LimitReached, match="1"):
        enter(limits, "b")
    leave.set()
    holder.join(10)
    with pytest.raises(ZeroDivisionError), limits.admitted("a"):
        raise ZeroDivisionError
    enter(limits)


def test_a_generator_that_is_left_gives_its_place_back() -> None:
    limits = Limits(per_minute=0, at_once=1, patience=0.05)

    def answering():  # type: ignore[no-untyped-def]  # noqa: ANN202 - a generator of nothing in particular
        with limits.admitted("a"):
            yield 1
            yield 2

    left = answering()
    next(left)
    left.close()
    enter(limits)
    assert MINUTE == 60
