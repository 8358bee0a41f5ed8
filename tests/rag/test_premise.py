"""A figure that a question takes for given is held against the document's, and only where both are of one thing."""

import pytest

from index.embedder import load_encoder
from index.lexicon import Lexicon
from index.paragraph import Hit, Paragraph, Span
from rag.alignment import Aligner
from rag.evidence import EvidenceFinder
from rag.features import FeatureReader
from rag.premise import Premise, affirmed, confirmed, corrected
from rag.question import read_question
from rag.reader import Reader

BRIDGE = "青石大桥总投资6.5亿元,全长1280米,占地140亩。"
RATE = "全县农业产值比上年增长6%。"


@pytest.fixture(scope="module")
def finder(lexicon: Lexicon) -> EvidenceFinder:
    return EvidenceFinder(Aligner(lexicon), load_encoder(), Reader.shipped(FeatureReader(lexicon)))


def _hits(*texts: str) -> list[Hit]:
    return [Hit(Paragraph(text[:8], text, "a.txt", spans=(Span(0, len(text)),)), 1.0) for text in texts]


def _corrected(finder: EvidenceFinder, asked: str, *texts: str) -> Premise | None:
    question = read_question(asked, finder.aligner.lexicon)
    return corrected(question, finder.find(question, _hits(*texts)), finder.aligner)


@pytest.mark.parametrize(
    ("asked", "text", "stated"),
    [
        ("总投资65亿元的青石大桥全长多少米?", BRIDGE, "6.5亿元"),
        ("青石大桥占地1400亩,由谁承建?", BRIDGE, "140亩"),
        ("全县农业产值增长16%靠的是什么?", RATE, "6%"),
    ],
)
def test_a_wrong_figure_is_corrected(finder: EvidenceFinder, asked: str, text: str, stated: str) -> None:
    premise = _corrected(finder, asked, text)
    assert premise is not None
    assert not premise.holds
    assert premise.stated.text == stated
    assert stated in premise.evidence.text


@pytest.mark.parametrize(
    ("asked", "texts"),
    [
        pytest.param("总投资6.5亿元的青石大桥全长多少米?", [BRIDGE], id="right"),
        pytest.param("总投资超过6.5亿元的青石大桥全长多少米?", [BRIDGE], id="right but for a hedge"),
        pytest.param("青石大桥全长多少米?", [BRIDGE], id="no figure"),
        pytest.param("青石大桥有300个桥墩,全长多少米?", [BRIDGE], id="nothing of the kind"),
        pytest.param("年维护费3亿元的白沙水库在哪里?", [BRIDGE], id="another thing"),
        pytest.param("总投资9亿元的项目全长多少米?", [BRIDGE, "二期大桥总投资9亿元。"], id="right elsewhere"),
        pytest.param("青石大桥总投资65亿元吗?", [BRIDGE], id="asked for, not taken for given"),
    ],
)
def test_nothing_else_is_corrected(finder: EvidenceFinder, asked: str, texts: list[str]) -> None:
    assert _corrected(finder, asked, *texts) is None


@pytest.mark.parametrize(("asked", "holds"), [("青石大桥总投资6.5亿元吗?", True), ("青石大桥总投资65亿元吗?", False)])
def test_a_figure_is_confirmed_or_not(finder: EvidenceFinder, asked: str, holds: bool) -> None:
    question = read_question(asked, finder.aligner.lexicon)
    premise = confirmed(question, finder.find(question, _hits(BRIDGE))[0], finder.aligner)
    assert premise is not None
    assert premise.holds == holds
    assert premise.stated.text == "6.5亿元"


def test_a_change_is_no_level(finder: EvidenceFinder) -> None:
    question = read_question("门票是5元吗?", finder.aligner.lexicon)
    assert confirmed(question, finder.find(question, _hits("门票提高5元。"))[0], finder.aligner) is None


@pytest.mark.parametrize(
    ("asked", "text", "answer"),
    [
        ("青石大桥设人行道吗?", "青石大桥设人行道,白沙大桥只通汽车。", True),
        ("青石大桥是否设人行道?", "青石大桥设人行道。", True),
        ("青石大桥有没有人行道?", "青石大桥没有人行道。", False),
        ("青石大桥能通行货车吗?", "青石大桥不得通行货车。", False),
        pytest.param("白沙大桥设人行道吗?", "青石大桥设人行道,白沙大桥只通汽车。", None, id="another clause"),
        pytest.param("青石大桥设自行车道吗?", "青石大桥设人行道。", None, id="another thing"),
        pytest.param("青石大桥设人行道吗?", "青石大桥设不少人行道。", None, id="may be a denial"),
        pytest.param("青石大桥不是设人行道吗?", "青石大桥设人行道。", None, id="asked with a denial"),
        pytest.param("青石大桥设什么?", "青石大桥设人行道。", None, id="another kind of question"),
    ],
)
def test_yes_and_no_are_said_only_where_it_is_clear(
    finder: EvidenceFinder, asked: str, text: str, answer: bool | None
) -> None:
    question = read_question(asked, finder.aligner.lexicon)
    assert affirmed(question, finder.find(question, _hits(text))[0], finder.aligner) is answer
