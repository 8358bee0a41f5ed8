"""Comparisons over documents that the tests write: both sides, labelled and cited, or the one that is missing named."""

import pytest

from rag.chatbot import Chatbot
from rag.citations import defects
from tests.rag.conftest import chatbot_over

BRIDGE = """# 青石大桥建设进展

青石大桥位于云水县白沙镇,总投资6.5亿元,全长1280米。青石大桥一期工程于2028年3月5日开工,预计2029年10月建成通车。

青石大桥侧重客运,红石隧道侧重货运,两者将共同缓解过江拥堵。

2027年全县蚕茧产量12万吨,2028年全县蚕茧产量13.5万吨。渔民补助标准每人560元,果农补助标准每人约500元。

去年全县就业率为91%,今年全县就业率为93.5%。
"""
TUNNEL = """# 红石隧道开工

红石隧道总投资3亿元,全长2.4公里,2028年2月1日开工。施工高峰期有210名工人,隧道由山河建设集团承建。
"""


@pytest.fixture(scope="module")
def county(tmp_path_factory: pytest.TempPathFactory) -> Chatbot:
    return chatbot_over(tmp_path_factory.mktemp("county"), {"bridge.md": BRIDGE, "tunnel.md": TUNNEL})


@pytest.mark.parametrize(
    ("question", "verdict", "sides"),
    [
        ("青石大桥和红石隧道哪个长?", "红石隧道更长", ("青石大桥:1280米", "红石隧道:2.4公里")),
        ("青石大桥和红石隧道哪个短?", "青石大桥更短", ("青石大桥:1280米", "红石隧道:2.4公里")),
        ("青石大桥比红石隧道长吗?", "红石隧道更长", ("青石大桥:1280米", "红石隧道:2.4公里")),
        ("青石大桥和红石隧道的总投资哪个多?", "青石大桥更多", ("青石大桥:6.5亿元", "红石隧道:3亿元")),
        ("青石大橋和紅石隧道哪個投資少?", "紅石隧道更少", ("青石大橋:6.5亿元", "紅石隧道:3亿元")),
        ("青石大桥和红石隧道哪个先开工?", "红石隧道更早", ("青石大桥:2028年3月5日", "红石隧道:2028年2月1日")),
        ("渔民和果农的补助标准哪个高?", "渔民更高", ("渔民:560元", "果农:约500元")),
        ("Which has the larger investment, the bridge or the tunnel?", "bridge: larger", ("bridge: 6.5亿元",)),
    ],
)
def test_both_sides_are_shown_and_which_has_more(
    county: Chatbot, question: str, verdict: str, sides: tuple[str, ...]
) -> None:
    answer = county.answer(question)
    assert answer.short == verdict, answer.text
    for side in sides:
        assert any(line.startswith(f"{side}[") for line in answer.text.splitlines()), answer.text
    assert defects(answer.text, answer.citations) == ()


@pytest.mark.parametrize(
    ("question", "computed"),
    [
        ("青石大桥的总投资比红石隧道多多少?", "6.5亿元 − 3亿元 = 3.5亿元"),
        ("青石大桥与红石隧道的投资相差多少?", "6.5亿元 − 3亿元 = 3.5亿元"),
        ("2028年的蚕茧产量比2027年多多少?", "13.5万吨 − 12万吨 = 1.5万吨"),
        ("今年的就业率比去年高多少?", "93.5% − 91% = 2.5个百分点"),
    ],
)
def test_a_difference_is_computed_from_the_quoted_figures(county: Chatbot, question: str, computed: str) -> None:
    answer = county.answer(question)
    assert answer.short.endswith(computed), answer.text
    assert "计算" in answer.short


def test_there_is_no_difference_of_what_is_only_about_so_much(county: Chatbot) -> None:
    answer = county.answer("渔民的补助标准比果农高多少?")
    assert answer.short == "渔民更高"
    assert "−" not in answer.text


def test_what_sets_two_things_apart_is_shown_of_each(county: Chatbot) -> None:
    lines = county.answer("青石大桥和红石隧道有什么不同?").text.splitlines()
    assert lines[0].startswith("青石大桥:青石大桥侧重客运[")
    assert lines[1].startswith("红石隧道:红石隧道侧重货运[")


def test_figures_asked_of_each_are_shown_of_each_and_not_judged(county: Chatbot) -> None:
    lines = county.answer("青石大桥和红石隧道各投资多少?").text.splitlines()
    assert [line.split("[")[0] for line in lines[:2]] == ["青石大桥:6.5亿元", "红石隧道:3亿元"]


@pytest.mark.parametrize(
    ("question", "there", "missing"),
    [
        ("青石大桥和白云大桥的总投资哪个多?", "青石大桥", "白云大桥"),
        ("红石隧道比绿水隧道长多少?", "红石隧道", "绿水隧道"),
        ("青石大桥二期和一期哪个先开工?", "青石大桥一期", "青石大桥二期"),
        ("青石大桥和红石隧道的高峰期工人哪个多?", "红石隧道", "青石大桥"),
    ],
)
def test_a_side_that_is_not_stated_is_named(county: Chatbot, question: str, there: str, missing: str) -> None:
    answer = county.answer(question)
    assert answer.refusal is not None, answer.text
    assert f"“{there}”的情况" in answer.refusal.reason
    assert f"没有写明“{missing}”" in answer.refusal.reason
    assert answer.refusal.nearest is not None


def test_a_missing_side_is_named_in_english(county: Chatbot) -> None:
    answer = county.answer("Which is longer, the tunnel or the Eiffel Tower?")
    assert answer.refused
    assert "“eiffel tower”" in answer.text.lower()


@pytest.mark.parametrize("question", ["火星和土星哪个大?", "青石大桥和红石隧道哪个更好看?"])
def test_what_is_stated_of_neither_is_no_comparison(county: Chatbot, question: str) -> None:
    assert "更" not in county.answer(question).short


def test_one_figure_is_not_shown_for_both_sides(county: Chatbot) -> None:
    answer = county.answer("青石大桥和白沙镇大桥的总投资哪个多?")
    assert "白沙镇大桥:" not in answer.text
