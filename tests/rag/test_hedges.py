"""The words before and after a figure that say how surely it is meant."""

import re

import pytest

from rag.hedges import AFTER, DATED_AFTER, Bound, bound_after, bound_before


@pytest.mark.parametrize(
    ("before", "bound"),
    [
        ("投资超", "over"),
        ("投资超过", "over"),
        ("不超过", "at most"),
        ("不低于", "at least"),
        ("低于", "under"),
        ("大约", "about"),
        ("将近", "under"),
        ("接近 ", "under"),
        ("增长", "exactly"),
        ("", "exactly"),
        ("more than ", "over"),
        ("no more than ", "at most"),
        ("not less than ", "at least"),
        ("about ", "about"),
        ("moreover ", "exactly"),
        ("rose to ", "exactly"),
        ("up to ", "at most"),
    ],
)
def test_the_longest_known_words_before_a_figure_decide(before: str, bound: Bound) -> None:
    assert bound_before(f"{before}5%", len(before)) == bound


@pytest.mark.parametrize(
    ("before", "bound"),
    [
        ("截至", "at most"),
        ("by the end of ", "at most"),
        ("since ", "at least"),
        ("before ", "under"),
        ("超过", "exactly"),
    ],
)
def test_words_before_a_date(before: str, bound: Bound) -> None:
    assert bound_before(f"{before}2027", len(before), dated=True) == bound


@pytest.mark.parametrize(
    ("suffix", "bound"),
    [
        ("以上", "at least"),
        ("及以下", "at most"),
        ("之内", "at most"),
        ("内", "at most"),
        ("左右", "about"),
        ("", "exactly"),
        ("有余", "over"),
        ("之多", "exactly"),
        (" or more", "at least"),
        (" or less", "at most"),
        (" or so", "about"),
        ("前", "under"),
        ("以后", "over"),
        ("以来", "at least"),
        ("前后", "about"),
        ("起", "at least"),
    ],
)
def test_words_after_a_figure(suffix: str, bound: Bound) -> None:
    assert bound_after(suffix) == bound


def test_every_suffix_that_is_read_is_understood() -> None:
    words = ("以上", "及以上", "或者以下", "之内", "左右", "上下", "有余", "之多", "前后", "以来", "之前", "以后", "起")
    assert [word for word in words if not re.fullmatch(f"{AFTER}|{DATED_AFTER}", word)] == []
    assert [word for word in words if word != "之多" and bound_after(word) == "exactly"] == []
