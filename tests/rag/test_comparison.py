"""What a question compares: both sides as it names them, and what each is asked about alone."""

import pytest

from rag.answer import Asked
from rag.comparison import Comparison, compared


def read(question: str) -> Comparison:
    found = compared(Asked(question))
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("question", "names", "questions"),
    [
        ("青石大桥和红石隧道哪个长?", ("青石大桥", "红石隧道"), ("青石大桥有多长?", "红石隧道有多长?")),
        ("青石大桥和红石隧道的总投资哪个多?", ("青石大桥", "红石隧道"), ("青石大桥总投资多少?", "红石隧道总投资多少?")),
        ("青石大桥和红石隧道哪个投资更多?", ("青石大桥", "红石隧道"), ("青石大桥投资多少?", "红石隧道投资多少?")),
        ("请问青石大桥与红石隧道相比,哪个更长?", ("青石大桥", "红石隧道"), ("青石大桥有多长?", "红石隧道有多长?")),
        ("青石大桥和红石隧道哪个先开工?", ("青石大桥", "红石隧道"), ("青石大桥什么时候开工?", "红石隧道什么时候开工?")),
        ("青石大桥的总投资比红石隧道多多少?", ("青石大桥", "红石隧道"), ("青石大桥总投资多少?", "红石隧道总投资多少?")),
        ("青石大桥比红石隧道长吗?", ("青石大桥", "红石隧道"), ("青石大桥有多长?", "红石隧道有多长?")),
        ("青石大橋與紅石隧道的投資相差多少?", ("青石大橋", "紅石隧道"), ("青石大桥投资多少?", "红石隧道投资多少?")),
        ("码头一期和二期投资哪个大?", ("码头一期", "码头二期"), ("码头一期投资多少?", "码头二期投资多少?")),
        ("去年和今年的蚕茧产量哪个高?", ("去年", "今年"), ("去年蚕茧产量多少?", "今年蚕茧产量多少?")),
        ("2031年的收费比2030年多多少?", ("2031年", "2030年"), ("2031年收费多少?", "2030年收费多少?")),
        ("青石大桥和红石隧道各投资多少?", ("青石大桥", "红石隧道"), ("青石大桥投资多少?", "红石隧道投资多少?")),
        ("青石大桥和红石隧道有什么不同?", ("青石大桥", "红石隧道"), ("青石大桥是什么?", "红石隧道是什么?")),
        (
            "Which is longer, the bridge or the tunnel?",
            ("bridge", "tunnel"),
            ("How long is bridge?", "How long is tunnel?"),
        ),
        (
            "Which creates more jobs, phase one or phase two?",
            ("phase one", "phase two"),
            ("How many jobs does phase one have?", "How many jobs does phase two have?"),
        ),
        ("Is the bridge longer than the tunnel?", ("bridge", "tunnel"), ("How long is bridge?", "How long is tunnel?")),
    ],
)
def test_both_sides_are_named_and_asked_about(
    question: str, names: tuple[str, str], questions: tuple[str, str]
) -> None:
    sides = read(question).sides
    assert tuple(side.name for side in sides) == names
    assert tuple(side.asked.question for side in sides) == questions


@pytest.mark.parametrize(
    ("question", "kind", "upwards"),
    [
        ("青石大桥和红石隧道哪个长?", "more", True),
        ("青石大桥和红石隧道哪个短?", "more", False),
        ("青石大桥和红石隧道哪个先开工?", "more", False),
        ("青石大桥比红石隧道长多少?", "difference", True),
        ("青石大桥和红石隧道的投资差多少?", "difference", True),
        ("青石大桥和红石隧道分别长多少米?", "each", True),
        ("青石大桥与红石隧道的区别是什么?", "contrast", True),
        ("What is the difference between the bridge and the tunnel?", "contrast", True),
        ("How much cheaper is the bridge than the tunnel?", "difference", False),
    ],
)
def test_how_they_are_compared(question: str, kind: str, upwards: bool) -> None:
    found = read(question)
    assert (found.kind, found.upwards) == (kind, upwards)


@pytest.mark.parametrize(
    "question",
    [
        "青石大桥的总投资是多少?",
        "财政收入占生产总值的比例是多少?",
        "青石大桥和红石隧道由谁承建?",
        "同比增长多少?",
        "比较优势是什么?",
        "青石大桥和红石隧道在哪里?",
        "哪座桥最长?",
        "Where are the bridge and the tunnel?",
        "青石大桥和青石大桥哪个长?",
        "",
    ],
)
def test_other_questions_compare_nothing(question: str) -> None:
    assert compared(Asked(question)) is None


def test_what_the_chat_adds_is_added_to_both_sides() -> None:
    found = compared(Asked("一期和二期哪个投资多?", "云水码头"))
    assert found is not None
    assert [side.asked.context for side in found.sides] == ["云水码头", "云水码头"]
