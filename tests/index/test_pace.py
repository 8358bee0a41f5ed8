"""The seconds left, against arithmetic written out."""

import pytest

from index.pace import HALF_LIFE, Pace


class Clock:
    """A clock that is moved by hand: only so do seconds pass exactly."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


def going(clock: Clock, *steps: tuple[float, float]) -> Pace:
    """Work that has come so far after so many more seconds."""
    pace = Pace(clock)
    for seconds, share in steps:
        clock.now += seconds
        pace.hear(share)
    return pace


def test_an_even_pace_leaves_what_is_left(clock: Clock) -> None:
    assert going(clock, (1, 0.1), (1, 0.2), (1, 0.3)).left() == pytest.approx(7)


def test_nothing_is_said_too_early(clock: Clock) -> None:
    assert Pace(clock).left() is None
    assert going(clock, (0.5, 0.4)).left() is None
    clock.now += 30
    assert Pace(clock).left() is None


def test_the_seconds_run_down_while_nothing_is_heard(clock: Clock) -> None:
    pace = going(clock, (2, 0.2))
    assert pace.left() == pytest.approx(8)
    clock.now += 3
    assert pace.left() == pytest.approx(5)


def test_what_is_silent_for_longer_than_was_left_takes_as_long_again(clock: Clock) -> None:
    pace = going(clock, (2, 0.2))
    clock.now += 30
    assert pace.left() == pytest.approx(30)
    pace.hear(1.0)
    clock.now += 30
    assert pace.left() == 0


def test_a_new_speed_counts_half_after_the_half_life(clock: Clock) -> None:
    pace = going(clock, (10, 0.1), (HALF_LIFE, 0.5))
    speed = (0.01 + 0.4 / HALF_LIFE) / 2
    assert pace.left() == pytest.approx(0.5 / speed)


def test_a_burst_is_taken_together(clock: Clock) -> None:
    pace = going(clock, (0.05, 0.05), (0.05, 0.1), (1.0, 0.11))
    assert pace.left() == pytest.approx(0.89 / (0.11 / 1.1))


def test_what_goes_back_or_stands_still_is_not_heard(clock: Clock) -> None:
    pace = going(clock, (8, 0.5), (1, 0.5), (1, 0.3))
    assert pace.left() == pytest.approx(6)
    assert going(clock, (2, 1.0)).left() == 0
