"""The objects that an answer is made of, and the JSON object that every surface gives."""

import json
from dataclasses import FrozenInstanceError, fields

import pytest

from index.paragraph import Hit, Paragraph, Span
from rag.answer import Answer, Asked, Citation, Latency, Refusal, to_dict

TEXT = "水渠全长12公里,去年动工。今年通水。"
PARAGRAPH = Paragraph(
    id="县报/水渠/一、工程/2",
    text=TEXT,
    document="县报.txt",
    article="水渠通水",
    headings=("一、工程", "修渠"),
    position=2,
    spans=(Span(100, 109), Span(111, 111 + len(TEXT) - 9)),
)


def citation(quote: str, number: int = 1) -> Citation:
    start = TEXT.index(quote)
    return Citation(number, PARAGRAPH, quote, start, start + len(quote))


def test_an_answer_as_json_has_exactly_the_promised_shape() -> None:
    answer = Answer(
        question="水渠多长?",
        text="12公里[1]\n「水渠全长12公里,去年动工。」[1]",
        short="12公里",
        citations=(citation("水渠全长12公里,去年动工。"),),
        index_version="0001-20260101T000000Z",
        understood="水渠多长?",
        hits=(Hit(PARAGRAPH, 1.0),),
        latency=Latency(1.23456, 2.5, 3.99951),
    )
    assert to_dict(answer, id="q7") == {
        "id": "q7",
        "question": "水渠多长?",
        "understood": "水渠多长?",
        "answer": "12公里[1]\n「水渠全长12公里,去年动工。」[1]",
        "refused": False,
        "refusal": None,
        "citations": [
            {
                "number": 1,
                "paragraph_id": "县报/水渠/一、工程/2",
                "document": "县报.txt",
                "article": "水渠通水",
                "section": "一、工程 · 修渠",
                "position": 2,
                "text": TEXT,
                "quote": "水渠全长12公里,去年动工。",
                "start": 0,
                "end": 14,
                "source_spans": [[100, 109], [111, 116]],
            }
        ],
        "origin": "extractive",
        "notice": "",
        "index_version": "0001-20260101T000000Z",
        "latency_ms": {"retrieve": 1.235, "answer": 2.5, "total": 4.0},
    }


def test_a_refusal_as_json_says_kind_and_reason_and_cites_nothing() -> None:
    refusal = Refusal("not_stated", "原文没有写明。", citation("今年通水。"))
    told = to_dict(Answer("水渠多深?", refusal.reason, refusal=refusal))
    assert told["refused"] is True
    assert told["refusal"] == {"kind": "not_stated", "reason": "原文没有写明。"}
    assert told["citations"] == []
    assert told["id"] == ""


def test_json_survives_the_journey() -> None:
    told = to_dict(Answer("“问”\n?", "答[1]", citations=(citation("今年通水。"),)), id="甲")
    assert json.loads(json.dumps(told, ensure_ascii=False)) == told


@pytest.mark.parametrize(
    ("quote", "start", "end"),
    [("今年通水", 0, 4), ("今年通水。", 14, 18), ("", 3, 3), ("今年停水。", 14, 19), ("今年通水。", 114, 119)],
    ids=["elsewhere", "longer than its place", "empty", "another word", "outside"],
)
def test_a_quote_that_is_not_verbatim_cannot_exist(quote: str, start: int, end: int) -> None:
    with pytest.raises(ValueError, match="not verbatim"):
        Citation(1, PARAGRAPH, quote, start, end)


def test_a_quote_across_a_cut_leads_to_both_places_of_the_file() -> None:
    quote = citation("公里,去年")
    assert (quote.start, quote.end) == (6, 11)
    assert quote.source_spans == (Span(106, 109), Span(111, 113))


@pytest.mark.parametrize(
    ("asked", "query"),
    [
        (Asked("多长?"), "多长?"),
        (Asked("多长?", "水渠"), "水渠 多长?"),
        (Asked("", "水渠"), "水渠"),
        (Asked("", ""), ""),
    ],
)
def test_the_query_is_question_and_context(asked: Asked, query: str) -> None:
    assert asked.query == query


def test_an_answer_is_refused_when_it_carries_a_refusal() -> None:
    assert not Answer("问", "答[1]").refused
    assert Answer("问", "无", refusal=Refusal("off_topic", "无")).refused


@pytest.mark.parametrize("thing", [Answer("问", "答"), Asked("问"), Latency(), Refusal("off_topic", "无")])
def test_nothing_that_crosses_a_border_can_be_changed(thing: Answer | Asked | Latency | Refusal) -> None:
    for field in fields(thing):
        with pytest.raises(FrozenInstanceError):
            setattr(thing, field.name, "x")
