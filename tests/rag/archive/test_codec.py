"""Dataclasses through JSON and back: what comes back is what went in, or nothing does."""

import json
from dataclasses import dataclass, replace
from typing import Any, Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.paragraph import Paragraph, Span
from rag.answer import Answer
from rag.archive.codec import decode, encode
from tests.rag.archive.given import answered, refused


@dataclass(frozen=True)
class Kinds:
    """One field of every kind that is kept."""

    text: str
    share: float
    kind: Literal["a", "b"]
    maybe: Span | None = None
    pair: tuple[int, str] = (0, "")
    many: tuple[Span, ...] = ()
    named: dict[str, float] | None = None
    sure: bool = False


WHOLE = Kinds("字", 0.5, "b", Span(1, 2), (3, "四"), (Span(5, 6), Span(7, 8)), {"九": 1.0}, True)


@pytest.mark.parametrize("answer", [answered(), refused()], ids=["answer", "refusal"])
def test_an_answer_comes_back_as_it_was(answer: Answer) -> None:
    assert decode(Answer, json.loads(json.dumps(encode(answer)))) == answer


def test_every_kind_of_field_comes_back() -> None:
    assert decode(Kinds, json.loads(json.dumps(encode(WHOLE)))) == WHOLE


@given(st.builds(Span, st.integers(), st.integers()), st.text(), st.floats(allow_nan=False, allow_infinity=False))
def test_any_values_come_back(span: Span, text: str, share: float) -> None:
    value = replace(WHOLE, maybe=span, text=text, share=share)
    assert decode(Kinds, json.loads(json.dumps(encode(value)))) == value


def test_what_another_version_adds_or_lacks_does_no_harm() -> None:
    kept = encode(WHOLE)
    del kept["many"]
    assert decode(Kinds, {**kept, "later": [1]}) == replace(WHOLE, many=())
    assert decode(Kinds, {**kept, "many": [], "share": 1}).share == 1.0


@pytest.mark.parametrize(
    "change",
    [
        {"text": 5},
        {"text": None},
        {"share": "0.5"},
        {"share": True},
        {"kind": "c"},
        {"maybe": [1, 2]},
        {"maybe": {"start": 1}},
        {"pair": [1]},
        {"pair": ["1", "2"]},
        {"many": {"start": 1}},
        {"many": "字"},
        {"named": []},
        {"sure": 1},
    ],
    ids=str,
)
def test_a_value_of_the_wrong_type_is_an_error(change: dict[str, Any]) -> None:
    with pytest.raises(ValueError):
        decode(Kinds, {**encode(WHOLE), **change})


@pytest.mark.parametrize("value", [None, [], "x", 5, {}, {"text": "字"}], ids=repr)
def test_what_is_no_such_object_is_an_error(value: Any) -> None:
    with pytest.raises(ValueError):
        decode(Kinds, value)


def test_a_quote_that_is_not_verbatim_any_more_is_refused() -> None:
    kept = encode(answered())
    kept["citations"][0]["quote"] = "全县修好水渠13公里"
    with pytest.raises(ValueError, match="not verbatim"):
        decode(Answer, kept)


def test_numbers_are_not_taken_for_paragraphs() -> None:
    with pytest.raises(ValueError):
        decode(Paragraph, {"id": 1, "text": "字", "document": "甲"})
