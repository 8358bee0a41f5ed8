"""The measures of a question set, against a set small enough to count by hand."""

import pytest

from index.paragraph import Hit, Paragraph, Span
from rag.answer import Answer, Citation, Latency, Refusal
from rag.evaluate import Expected, Report, evaluate, judge, plain


def paragraph(text: str, article: str = "水渠") -> Paragraph:
    return Paragraph(text[:4], text, "a.txt", article, spans=(Span(0, len(text)),))


CANAL = paragraph("水渠全长12公里。去年动工。")
BRIDGE = paragraph("大桥全长1280米。", article="大桥")
FARM = paragraph("化肥三千吨。", article="春耕")


def answered(text: str, *cited: Paragraph, found: tuple[Paragraph, ...] = (), milliseconds: float = 0.0) -> Answer:
    citations = tuple(Citation(n, one, one.text, 0, len(one.text)) for n, one in enumerate(cited, 1))
    hits = tuple(Hit(one, 1.0) for one in found)
    return Answer("问", text, citations=citations, hits=hits, latency=Latency(total=milliseconds))


def refused(*found: Paragraph, milliseconds: float = 0.0) -> Answer:
    hits = tuple(Hit(one, 1.0) for one in found)
    refusal = Refusal("not_stated", "没有写明。")
    return Answer("问", refusal.reason, refusal=refusal, hits=hits, latency=Latency(total=milliseconds))


LENGTH = Expected("1", "num", "水渠多长?", must=(("12公里", "12千米"),), gold=(("水渠全长12公里",),), article="水渠")
SCRIPT = {
    # right: 1st hit, says it, one right citation; 4 characters without the marker
    "水渠多长?": answered("12公里[1]", CANAL, found=(CANAL, BRIDGE), milliseconds=10),
    # right paragraph only third; wrong words; one right citation of two
    "大桥多长?": answered("很长[1]\n长[2]", FARM, BRIDGE, found=(FARM, CANAL, BRIDGE), milliseconds=20),
    # wrongly refused, found nowhere
    "化肥多少?": refused(BRIDGE, milliseconds=30),
    # a follow-up: no part in retrieval measures
    "何时动工?": answered("去年[1]", CANAL, found=(BRIDGE,), milliseconds=40),
    # rightly refused, and wrongly answered with a forbidden word
    "火星多大?": refused(milliseconds=50),
    "月亮多大?": answered("月亮99米[1]", BRIDGE, milliseconds=60),
}
QUESTIONS = [
    LENGTH,
    Expected("2", "num", "大桥多长?", must=(("1280米",),), gold=(("大桥全长1280米",),), article="大桥"),
    Expected("3", "num", "化肥多少?", must=(("三千吨",),), gold=(("三千吨",),)),
    Expected("4", "when", "何时动工?", history=("水渠多长?",), must=(("去年",),), gold=(("去年动工",),)),
    Expected("5", "refuse", "火星多大?", refuse=True),
    Expected("6", "refuse", "月亮多大?", refuse=True, must_not=("99",)),
]


@pytest.fixture(scope="module")
def report() -> Report:
    return evaluate(QUESTIONS, lambda question, history: SCRIPT[question])


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("right paragraph in the top 1", 1 / 3),  # 1 of questions 1, 2, 3
        ("right paragraph in the top 3", 2 / 3),
        ("mean reciprocal rank", (1 + 1 / 3 + 0) / 3),
        ("answer holds what it must", 2 / 4),  # 1 and 4 of 1 to 4
        ("a cited paragraph holds the gold quote", 3 / 4),  # 1, 2, 4
        ("cited paragraphs that hold it, of all cited", 3 / 4),  # 1 of 1, 1 of 2, none, 1 of 1
        ("quotes verbatim", 1.0),
        ("headline right", 1.0),  # 1 and 2
        ("unanswerable refused", 1 / 2),
        ("answerable refused", 1 / 4),
        ("free of what it must not hold", 5 / 6),
        ("median answer length, short facts", 3.0),  # 12公里 has 4 characters, 很长长 3, 去年 2
        ("median milliseconds", 35.0),
    ],
)
def test_a_measure_counted_by_hand(report: Report, name: str, value: float) -> None:
    assert report.measures()[name] == pytest.approx(value)


def test_every_measure_is_counted_by_hand(report: Report) -> None:
    assert len(report.measures()) == 13


def test_kinds_come_with_their_number_and_what_is_good(report: Report) -> None:
    assert report.by_kind() == {"num": (3, 1), "when": (1, 1), "refuse": (2, 1)}


def test_the_history_is_asked_with_the_question() -> None:
    asked: list[tuple[str, tuple[str, ...]]] = []

    def answer(question: str, history: object) -> Answer:
        assert isinstance(history, tuple)
        asked.append((question, history))
        return SCRIPT[question]

    evaluate(QUESTIONS[3:5], answer)
    assert asked == [("何时动工?", ("水渠多长?",)), ("火星多大?", ())]


@pytest.mark.parametrize(
    ("answer", "good"),
    [
        (answered("12公里[1]", CANAL), True),
        (answered("12千米[1]", CANAL), True),
        (answered("１２公里[1]", CANAL), True),
        (answered("12 公 里[1]", CANAL), True),
        (answered("13公里[1]", CANAL), False),
        (answered("12公里[1]", BRIDGE), False),
        (answered("12公里"), False),
        (refused(CANAL), False),
    ],
    ids=["said", "alternative", "full width", "blanks", "another figure", "another source", "no source", "refused"],
)
def test_an_answer_is_good_when_it_says_it_and_cites_it(answer: Answer, good: bool) -> None:
    assert judge(LENGTH, answer).good is good


def test_every_group_must_be_held() -> None:
    both = Expected("", "", "问", must=(("12公里",), ("去年",)), gold=(("12公里",), ("1280米",)))
    assert not judge(both, answered("12公里[1]", CANAL)).holds
    assert judge(both, answered("去年12公里[1]", CANAL)).holds
    assert not judge(both, answered("去年12公里[1]", CANAL)).cites
    assert judge(both, answered("去年12公里[1][2]", CANAL, BRIDGE)).cites


@pytest.mark.parametrize(("answer", "good"), [(refused(), True), (answered("是[1]", CANAL), False)])
def test_what_cannot_be_answered_is_good_when_refused(answer: Answer, good: bool) -> None:
    assert judge(Expected("", "", "问", refuse=True), answer).good is good


def test_a_wrong_headline_is_seen() -> None:
    assert not judge(LENGTH, answered("12公里[1]", BRIDGE)).headline


def test_an_empty_set_has_measures_all_the_same() -> None:
    measures = Report().measures()
    assert measures["right paragraph in the top 1"] == 1.0
    assert measures["mean reciprocal rank"] == measures["median milliseconds"] == 0.0


def test_a_line_of_a_set_is_read() -> None:
    row = {
        "id": 7,
        "kind": "num",
        "q": "问?",
        "history": ["前"],
        "must": [["甲", "乙"]],
        "gold": [["丙"]],
        "doc": "稿",
        "refuse": False,
        "must_not": ["丁"],
    }
    expected = Expected("7", "num", "问?", ("前",), (("甲", "乙"),), (("丙",),), "稿", False, ("丁",))
    assert Expected.from_dict(row) == expected
    assert Expected.from_dict({"q": "问?"}) == Expected("", "", "问?")


@pytest.mark.parametrize(
    ("text", "folded"), [("１２　公\n里", "12公里"), ("萬元GDP", "万元gdp"), ("", ""), ("“甲” 乙", "“甲”乙")]
)
def test_texts_are_compared_without_width_script_and_blanks(text: str, folded: str) -> None:
    assert plain(text) == folded
