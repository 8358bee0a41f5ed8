"""What of a sentence can answer a kind of question, at both widths, as verbatim spans."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.lexicon import Lexicon
from rag.expressions import expressions, holds, people
from rag.question import read_question

QUESTIONS = {
    "quantity": "有多少?",
    "time": "什么时候开工?",
    "person": "谁主持?",
    "place": "建在哪里?",
    "organisation": "哪家公司承建?",
    "author": "这篇报道的记者是谁?",
}


def found(lexicon: Lexicon, question: str, text: str) -> list[str]:
    spans = expressions(text, read_question(question, lexicon))
    return [text[span.start : span.end] for span in spans]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("县长李海峰表示,路修好了。", ["李海峰"]),
        ("县长李海峰表示，路修好了。", ["李海峰"]),
        ("縣長李海峰表示，路修好了。", ["李海峰"]),
        ("“路修好了。”副局长周远航说。", ["周远航"]),
        ("“路通了，”村民马小兵告诉记者。", ["马小兵"]),
        ("县委书记张伟主持会议。", ["张伟"]),
        ("王强介绍,路快修好了。", ["王强"]),
        ("县长李海峰表示,副县长周明说。", ["李海峰", "周明"]),
        ("■ 记者 陈晓", ["陈晓"]),
        ("（记者：陈晓）", ["陈晓"]),
        ("大桥由甲公司承建。", []),
        ("表示", []),
        ("", []),
    ],
)
def test_people_speak_act_or_sign(text: str, names: list[str]) -> None:
    assert [text[span.start : span.end] for span in people(text)] == names


@pytest.mark.parametrize(
    ("text", "dates"),
    [
        ("大桥3月5日开工。", ["3月5日"]),
        ("２０２７年７月底竣工。", ["２０２７年７月底"]),
        ("二〇二七年竣工。", ["二〇二七年"]),
        ("去年开工，明年完成。", ["去年", "明年"]),
        ("“十五五”时期完成。", ["“十五五”时期"]),
        ("近日,大桥通车。", ["近日"]),
        ("工期30个月。", []),  # how long is not when
        ("大桥第三季度通车。", ["第三季度"]),
        ("The bridge opened in 2024", ["2024"]),
        ("大桥很长。", []),
    ],
)
def test_times(lexicon: Lexicon, text: str, dates: list[str]) -> None:
    assert found(lexicon, QUESTIONS["time"], text) == dates


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("大桥位于云水县白沙镇。", ["云水县白沙镇"]),
        ("工厂坐落于滨江新区，占地30亩。", ["滨江新区"]),
        ("新校在青川县马鹿镇东街村,", ["青川县马鹿镇东街村"]),
        ("位于河西区友谊路旁。", ["河西区友谊路旁"]),
        ("大桥很长。", []),
    ],
)
def test_places(lexicon: Lexicon, text: str, places: list[str]) -> None:
    assert found(lexicon, QUESTIONS["place"], text) == places


def test_a_place_is_of_the_kind_that_was_asked_for(lexicon: Lexicon) -> None:
    assert found(lexicon, "建在哪个县?", "大桥位于云水县白沙镇。") == ["云水县白沙镇"]
    assert found(lexicon, "建在哪个县?", "大橋位於雲水縣白沙鎮。") == ["雲水縣白沙鎮"]
    assert found(lexicon, "建在哪个县?", "大桥位于河西区友谊路。") == []


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("山河建设集团承建大桥。", "山河建设集团"),
        ("山河建设集团，承建大桥。", "山河建设集团"),
        ("云水县交通局负责验收。", "云水县交通局"),
        ("县人民医院迁址。", "县人民医院"),
        ("白沙镇人民政府发布通知。", "白沙镇人民政府"),
        ("新华社发布消息。", "新华社"),
    ],
)
def test_organisations(lexicon: Lexicon, text: str, name: str) -> None:
    assert found(lexicon, QUESTIONS["organisation"], text) == [name]


@pytest.mark.parametrize("text", ["大桥很长。", "", "工程过半。"])
def test_where_no_organisation_is_named_none_is_found(lexicon: Lexicon, text: str) -> None:
    assert found(lexicon, QUESTIONS["organisation"], text) == []


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("■ 记者 林一舟", ["林一舟"]),
        ("本报记者 林一舟 白露", ["林一舟 白露"]),
        ("本报记者　林一舟、白露", ["林一舟、白露"]),
        ("通讯员：林一舟", ["林一舟"]),
        ("本报讯（记者 林一舟）大桥通车。", ["林一舟"]),
        ("大桥通车。", []),
    ],
)
def test_authors(lexicon: Lexicon, text: str, names: list[str]) -> None:
    assert found(lexicon, QUESTIONS["author"], text) == names


@pytest.mark.parametrize(
    ("question", "text", "figures"),
    [
        ("总投资多少?", "总投资6.5亿元,全长1280米。", ["6.5亿元"]),
        ("总投资多少?", "总投资约９０００萬元。", ["９０００萬元"]),
        ("占地面积多少?", "占地30亩,投资6亿元。", ["30亩"]),
        ("有多少名工人?", "210名工人,3栋楼。", ["210名"]),
        ("工期是几个月?", "工期18个月,210名工人。", ["18个月"]),
        ("提高了几个百分点?", "提高2.5个百分点。", ["2.5个百分点"]),
        ("花了多少块钱?", "花费300元,建3栋楼。", ["300元"]),
        ("投入了多少人民币?", "投入300万元,210名工人。", ["300万元"]),
        ("How much money was invested?", "总投资6.5亿元,全长1280米。", ["6.5亿元"]),
        ("总投资多少?", "全长1280米。", []),
    ],
)
def test_figures_have_the_unit_that_was_asked_for(
    lexicon: Lexicon, question: str, text: str, figures: list[str]
) -> None:
    assert found(lexicon, question, text) == figures


@pytest.mark.parametrize(
    ("question", "text", "held"),
    [
        ("为什么停工?", "因连日降雨,工地停工。", True),
        ("为什么停工?", "為了安全,工地停工。", True),
        ("为什么停工?", "工地停工。", False),
        ("Why did the work stop?", "Because of rain the work stopped.", True),
        ("Why did the work stop?", "The work stopped because of rain.", True),
        ("要弘扬什么精神?", "随便什么。", True),
        ("有哪些措施?", "随便什么。", True),
        ("谁主持了会议?", "会议在县城召开。", False),
        ("谁主持了会议?", "县长李海峰主持会议。", True),
        ("什么时候开工?", "大桥很长。", False),
    ],
)
def test_a_text_holds_what_was_asked_for_or_does_not(lexicon: Lexicon, question: str, text: str, held: bool) -> None:
    assert holds(text, read_question(question, lexicon)) is held


@pytest.mark.parametrize("question", QUESTIONS.values(), ids=QUESTIONS.keys())
@given(
    text=st.text(
        alphabet="县长李海峰周远航表示说记者在于市区路集团公司局3月5日今年底一二期亿元,，。“”() 　１Ａb", max_size=80
    )
)
def test_expressions_are_parts_of_the_text_in_reading_order(lexicon: Lexicon, question: str, text: str) -> None:
    spans = expressions(text, read_question(question, lexicon))
    assert all(0 <= span.start < span.end <= len(text) for span in spans)
    assert list(spans) == sorted(spans, key=lambda span: span.start)
