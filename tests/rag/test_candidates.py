"""The spans of a paragraph that can be quoted: nothing lost, nothing invented, speech with its speaker."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.candidates import LONGEST_SENTENCE, LONGEST_SPEECH, quotable, spoken, windows

MARKS = "甲乙丙丁说表示,，。!?！？;；:：“”\n 1a.…"


def quoted(text: str) -> list[str]:
    return [text[span.start : span.end] for span in quotable(text)]


def said(text: str) -> list[str]:
    return [text[span.start : span.end] for span in spoken(text)]


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("路通了。车多了!", ["路通了。", "车多了!"]),
        ("路通了！车多了？", ["路通了！", "车多了？"]),
        ("“路通了。”他说。", ["“路通了。”", "他说。"]),
        ("没有句号", ["没有句号"]),
        ("The road is open. Cars come.", ["The road is open.", "Cars come."]),
        ("占3.5公顷。", ["占3.5公顷。"]),
        ("", []),
        (" \n ", []),
    ],
)
def test_a_sentence_can_be_quoted(text: str, sentences: list[str]) -> None:
    assert quoted(text) == sentences


@pytest.mark.parametrize("mark", [";", "；"])
def test_an_overlong_sentence_is_taken_apart_at_its_semicolons(mark: str) -> None:
    clause = "修好水渠" * 20
    text = f"{clause}{mark}{clause}{mark}{clause}。"
    assert len(text) > LONGEST_SENTENCE
    assert quoted(text) == [f"{clause}{mark}", f"{clause}{mark}", f"{clause}。"]


def test_a_sentence_of_ordinary_length_keeps_its_semicolons() -> None:
    assert quoted("修渠;修路;修桥。") == ["修渠;修路;修桥。"]


def test_an_overlong_sentence_without_semicolons_stays_whole() -> None:
    text = "长" * (LONGEST_SENTENCE + 50) + "。"
    assert quoted(text) == [text]


def test_speech_before_its_speaker_is_joined_to_him() -> None:
    text = "今天开工。“路通了。车多了。”村民李海峰表示。天气好。"
    assert said(text) == ["车多了。”村民李海峰表示。", "“路通了。车多了。”村民李海峰表示。"]


def test_speech_in_traditional_script_and_marks_is_joined_to_its_speaker() -> None:
    assert said("「路通了。車多了。」村民李海峰認為。") == [
        "車多了。」村民李海峰認為。",
        "「路通了。車多了。」村民李海峰認為。",
    ]
    assert said("李海峰說：「路通了。車多了。」") == ["李海峰說：「路通了。車多了。」"]


def test_speech_after_its_speaker_is_joined_to_him() -> None:
    text = "李海峰说:“路通了。车多了。”"
    assert said(text) == [text]


@pytest.mark.parametrize("text", ["路通了。车多了。", "李海峰说路通了。", "", "“路通了。”村口热闹起来。"])
def test_where_nobody_speaks_over_sentences_nothing_is_joined(text: str) -> None:
    assert said(text) == []


def test_speech_too_long_for_a_quote_is_not_joined() -> None:
    sentence = "车来车往" * 20 + "。"
    text = f"李海峰说:“{sentence * 6}”"
    assert said(text)
    assert all(len(one) <= LONGEST_SPEECH for one in said(text))
    assert text not in said(text)


@given(st.text(alphabet=MARKS, max_size=400))
def test_quotable_spans_hold_every_character_once_and_in_order(text: str) -> None:
    spans = quotable(text)
    assert all(before.end <= after.start for before, after in pairwise(spans))
    assert all(text[span.start : span.end].strip() for span in spans)
    kept = "".join(text[span.start : span.end] for span in spans)
    assert "".join(kept.split()) == "".join(text.split())


@pytest.mark.parametrize("pointing", ["该丙", "此丙", "其丙", "上述丙", "這丙", "It is"])
def test_a_sentence_that_points_back_is_joined_to_the_one_or_two_before_it(pointing: str) -> None:
    text = f"甲。乙。{pointing}。丁。"
    assert [text[span.start : span.end] for span in windows(text)] == [f"乙。{pointing}。", f"甲。乙。{pointing}。"]


def test_sentences_that_only_follow_each_other_are_not_joined() -> None:
    assert windows("甲。乙。丙。丁。") == ()


@pytest.mark.parametrize("text", ["", "甲。", f"{'长' * LONGEST_SENTENCE}。短。"])
def test_nothing_is_joined_where_nothing_follows_or_it_grows_too_long(text: str) -> None:
    assert windows(text) == ()


@given(st.text(alphabet=MARKS, max_size=400))
def test_speech_is_made_of_whole_sentences(text: str) -> None:
    starts = {span.start for span in quotable(text)}
    for span in spoken(text):
        assert span.start in starts
        assert 0 < len(span) <= LONGEST_SPEECH
        assert span.end <= len(text)
