"""How many follow-ups over the page are answered as they should be; nothing here is a timing."""

from collections.abc import Callable

import pytest

from rag.evaluate import Report


@pytest.fixture(scope="module")
def report(reported: Callable[[str], Report]) -> Report:
    return reported("page_turns")


@pytest.mark.parametrize("kind", ["turn", "turn_held"])
def test_nine_of_ten_follow_ups_are_answered(report: Report, kind: str) -> None:
    count, good = report.by_kind()[kind]
    assert count == 30
    assert good >= 27


def test_a_follow_up_is_refused_where_the_page_does_not_say(report: Report) -> None:
    assert report.measures()["unanswerable refused"] == 1.0
