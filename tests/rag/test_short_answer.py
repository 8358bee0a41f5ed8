"""The few words that answer, cut from a sentence: verbatim, in the sentence, and the right one of several."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.lexicon import Lexicon
from index.paragraph import Hit, Paragraph, Span
from rag.alignment import Aligner
from rag.evidence import Evidence
from rag.features import FeatureReader
from rag.question import read_question
from rag.reader import Reading
from rag.short_answer import LONGEST_CLAUSES, clauses, short_answer


@pytest.fixture(scope="module")
def aligner(lexicon: Lexicon) -> Aligner:
    return Aligner(lexicon)


def evidence(text: str, span: Span | None = None) -> Evidence:
    """A sentence as evidence; its scores play no part in cutting it."""
    none = np.zeros(0, dtype=np.float32)
    hit = Hit(Paragraph("p1", text, "a.txt", spans=(Span(0, len(text)),)), 1.0)
    return Evidence(hit, span or Span(0, len(text)), None, 0.0, 0.0, 0.0, True, True, 0.0, none, none, none, 0.0)


def short(aligner: Aligner, question: str, text: str) -> str:
    span = short_answer(read_question(question, aligner.lexicon), evidence(text), aligner)
    return text[span.start : span.end]


@pytest.mark.parametrize(
    ("question", "text", "answer"),
    [
        ("大桥总投资多少?", "大桥总投资6.5亿元,年维护费300万元。", "6.5亿元"),
        ("大桥年维护费多少?", "大桥总投资6.5亿元,年维护费300万元。", "300万元"),
        ("大橋總投資多少?", "大桥总投资６．５亿元，全长1280米。", "６．５亿元"),
        ("大桥什么时候开工?", "大桥3月5日开工,10月1日通车。", "3月5日"),
        ("大桥什么时候通车?", "大桥3月5日开工,10月1日通车。", "10月1日"),
        ("大桥建在哪里?", "大桥位于云水县白沙镇,全长1280米。", "云水县白沙镇"),
        ("这篇报道的记者是谁?", "■ 记者 林一舟", "林一舟"),
    ],
)
def test_the_expression_whose_clause_speaks_of_the_question(
    aligner: Aligner, question: str, text: str, answer: str
) -> None:
    assert short(aligner, question, text) == answer


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("服务居民超3000个家庭。", "超3000个"),
        ("服务居民约3000个家庭。", "约3000个"),
        ("服务居民3000个家庭。", "3000个"),
    ],
)
def test_a_hedge_belongs_to_its_figure(aligner: Aligner, text: str, answer: str) -> None:
    assert short(aligner, "服务居民多少个家庭?", text) == answer


def test_a_person_comes_with_the_title(aligner: Aligner) -> None:
    text = "“路修好了。”云水县交通局副局长周远航说。"
    assert short(aligner, "周远航的职务是什么?", text) == "云水县交通局副局长周远航"
    assert short(aligner, "谁说路修好了?", text) == "云水县交通局副局长周远航"


def test_of_two_people_the_title_is_that_of_the_one_asked_for(aligner: Aligner) -> None:
    text = "县长李海峰表示,副县长周明说。"
    assert short(aligner, "周明的职务是什么?", text) == "副县长周明"
    assert short(aligner, "李海峰的职务是什么?", text) == "县长李海峰"
    assert short(aligner, "张伟的职务是什么?", "縣長李海峰表示,書記張偉說。") == "書記張偉"


def test_a_short_sentence_answers_as_a_whole_without_its_full_stop(aligner: Aligner) -> None:
    assert short(aligner, "为什么停工?", "因连日降雨,工地停工。") == "因连日降雨,工地停工"


def test_of_a_long_sentence_the_clauses_that_speak_of_the_question(aligner: Aligner) -> None:
    text = "全县开展春耕准备,农技人员走村入户,工地因连日降雨停工,县城开通三路公交车,老年人免费乘车,周末增加班次。"
    answer = short(aligner, "为什么工地停工?", text)
    assert "工地因连日降雨停工" in answer
    assert len(answer) <= LONGEST_CLAUSES
    assert not answer.endswith(("。", ","))


def test_the_span_is_that_of_the_paragraph_and_not_of_the_sentence(aligner: Aligner) -> None:
    text = "路通了。大桥总投资6.5亿元。"
    question = read_question("大桥总投资多少?", aligner.lexicon)
    span = short_answer(question, evidence(text, Span(4, len(text))), aligner)
    assert text[span.start : span.end] == "6.5亿元"


@pytest.mark.parametrize(
    ("sentence", "parts"),
    [
        ("甲说,乙来。", ["甲说", "乙来"]),
        ("甲说，乙来！", ["甲说", "乙来"]),
        ("甲说:乙来;丙去?", ["甲说", "乙来", "丙去"]),
        ("甲说“乙来,丙去。”丁走,戊留。", ["甲说“乙来,丙去。”丁走", "戊留"]),
        ("甲《乙,丙》丁(戊,己),庚。", ["甲《乙,丙》丁(戊,己)", "庚"]),
        ("甲）,乙。", ["甲）", "乙"]),
        ("甲1,200元,乙10:30走,5日来。", ["甲1,200元", "乙10:30走", "5日来"]),
        ("甲“乙,丙。", ["甲“乙,丙"]),
        ("甲", ["甲"]),
        (",。,", []),
        ("", []),
    ],
)
def test_clauses_end_at_marks_outside_quotation(sentence: str, parts: list[str]) -> None:
    assert [sentence[span.start : span.end] for span in clauses(sentence)] == parts


@given(
    question=st.sampled_from(
        ["大桥总投资多少?", "谁说的?", "什么时候开工?", "建在哪里?", "为什么停工?", "有哪些措施?", "大桥怎么样?"]
    ),
    text=st.text(
        alphabet="大桥总投资亿元县长李海峰说在白沙镇因3月5日约超,，。:“”()（） 　", min_size=1, max_size=90
    ).filter(lambda text: bool(text.strip())),
)
def test_a_short_answer_is_a_part_of_its_sentence(lexicon: Lexicon, question: str, text: str) -> None:
    span = short_answer(read_question(question, lexicon), evidence(text), Aligner(lexicon))
    assert 0 <= span.start <= span.end <= len(text)


def _read(text: str, answer: str, score: float) -> Reading:
    """A reading that is sure of one answer."""
    passage = FeatureReader(Lexicon.shipped()).passage(text)
    start = text.index(answer)
    words = passage.inside(Span(start, start + len(answer)))
    starts, ends = (np.full(len(passage.words), -9.0, np.float32) for _ in range(2))
    starts[words.start] = ends[words.stop - 1] = score
    return Reading(passage, starts, ends)


@pytest.mark.parametrize(
    ("question", "answer", "short"),
    [
        pytest.param("大桥由什么队伍承建?", "东江路桥集团", "东江路桥集团", id="a phrase"),
        pytest.param("大桥被叫作什么?", "市民叫作“云中之路", "市民叫作“云中之路”", id="with the mark that closes it"),
        pytest.param("大桥投资多少?", "东江路桥集团", "6.5亿元", id="a figure is told by its form"),
    ],
)
def test_what_the_reader_found_answers(aligner: Aligner, question: str, answer: str, short: str) -> None:
    text = "大桥投资6.5亿元,由东江路桥集团承建,被市民叫作“云中之路”,明年通车,两岸居民往来从此不必绕行。"
    found = replace(evidence(text), reading=_read(text, answer, 3.0))
    span = short_answer(read_question(question, aligner.lexicon), found, aligner)
    assert text[span.start : span.end] == short


def test_a_reader_that_is_not_sure_is_not_believed(aligner: Aligner) -> None:
    text = "大桥由东江路桥集团承建。"
    question = read_question("大桥由什么队伍承建?", aligner.lexicon)
    unsure = replace(evidence(text), reading=_read(text, "承建", -3.0))
    assert short_answer(question, unsure, aligner) == short_answer(question, evidence(text), aligner)


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("2027年全县蚕茧产量多少?", "12万吨"),
        ("2028年全县蚕茧产量多少?", "13.5万吨"),
        ("二期投资多少?", "3亿元"),
        ("一期投资多少?", "2亿元"),
    ],
)
def test_the_figure_of_the_year_or_phase_that_the_question_names(aligner: Aligner, question: str, answer: str) -> None:
    years = "2027年全县蚕茧产量12万吨,2028年全县蚕茧产量13.5万吨。"
    assert short(aligner, question, years if "年" in question else "码头一期投资2亿元,二期投资3亿元。") == answer


@pytest.mark.parametrize(("question", "answer"), [("大桥有多长?", "1280米"), ("How long is the bridge?", "1280米")])
def test_a_length_is_no_sum_of_money(aligner: Aligner, question: str, answer: str) -> None:
    assert short(aligner, question, "青石大桥总投资6.5亿元,跨江1280米。") == answer
