"""Two figures that could both be meant are both shown, told apart; one that is clearly right stands alone."""

import pytest

from rag.chatbot import Chatbot
from rag.citations import defects
from tests.rag.conftest import chatbot_over

WHARF = """# 云水码头扩建

云水码头一期投资2亿元,二期投资3亿元。码头一期3月5日开工,二期5月9日开工。

码头高峰期有210名工人同时施工,年吞吐量预计可达500万吨。

2027年全县蚕茧产量12万吨,2028年全县蚕茧产量13.5万吨,其中春茧6万吨。

渔民补助标准每人560元,果农补助标准每人500元。

码头总造价5亿元,其中政府承担的造价2亿元。
"""
BRIDGES = {
    "qing.md": "# 青石大桥通车\n\n大桥全长1280米,收费标准为每车15元。\n",
    "hong.md": "# 红石大桥通车\n\n大桥全长900米,收费标准为每车10元。\n",
}


@pytest.fixture(scope="module")
def county(tmp_path_factory: pytest.TempPathFactory) -> Chatbot:
    return chatbot_over(tmp_path_factory.mktemp("county"), {"wharf.md": WHARF, **BRIDGES})


@pytest.mark.parametrize(
    ("question", "figures"),
    [
        ("云水码头投资多少?", ["一期:2亿元", "二期:3亿元"]),
        ("码头什么时候开工?", ["一期:3月5日", "二期:5月9日"]),
        ("全县蚕茧产量是多少?", ["2027年:12万吨", "2028年:13.5万吨"]),
        ("补助标准是多少?", ["渔民补助标准每人:560元", "果农补助标准每人:500元"]),
        ("大桥全长多少米?", ["红石大桥通车:900米", "青石大桥通车:1280米"]),
    ],
)
def test_figures_that_could_both_be_meant_are_both_shown(county: Chatbot, question: str, figures: list[str]) -> None:
    answer = county.answer(question)
    lines = answer.text.splitlines()
    assert sorted(line.split("[")[0] for line in lines[:2]) == sorted(figures), answer.text
    assert sorted(answer.short.split("; ")) == sorted(figures)
    assert defects(answer.text, answer.citations) == ()
    assert all(line.startswith("「") for line in lines[2:])


@pytest.mark.parametrize(
    ("question", "short"),
    [
        ("云水码头一期投资多少?", "2亿元"),
        ("云水码头二期投资多少?", "3亿元"),
        ("2028年全县蚕茧产量是多少?", "13.5万吨"),
        ("渔民补助标准是多少?", "560元"),
        ("码头总造价多少?", "5亿元"),
        ("青石大桥全长多少米?", "1280米"),
        ("红石大桥收费标准是多少?", "10元"),
        ("码头高峰期有多少工人?", "210名"),
        ("码头年吞吐量多少?", "可达500万吨"),
    ],
)
def test_the_one_that_was_asked_for_stands_alone(county: Chatbot, question: str, short: str) -> None:
    answer = county.answer(question)
    assert answer.short == short, answer.text


def test_the_page_has_none_where_one_is_right(page: Chatbot) -> None:
    for question in ("产业园总投资多少?", "全面运营后年产值预计多少?", "居民医保人均财政补助标准提高多少元?"):
        answer = page.answer(question)
        assert len([line for line in answer.text.splitlines() if not line.startswith("「")]) == 1, answer.text
