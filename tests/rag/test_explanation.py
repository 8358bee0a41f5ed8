"""Why an answer stands where it does, over real documents: what is told is held against what was measured."""

from dataclasses import replace

import pytest

from index.paragraph import Span
from rag.chatbot import Chatbot
from rag.citations import cite
from rag.evidence import RANKING
from rag.explanation import Explanation
from tests.rag.conftest import chatbot_over

BRIDGE = """# 青石大桥建设进展

■ 记者 林一舟

青石大桥位于云水县白沙镇,总投资6.5亿元,全长1280米。大桥一期工程已于3月5日开工,预计2029年10月建成通车。

“大桥建成后,两岸通行时间将从一小时缩短到八分钟。”云水县交通局副局长周远航表示。

由于地质条件复杂,施工单位调整了桩基方案。大桥由山河建设集团承建,高峰期有210名工人同时施工。
"""
CANAL = "# 东河水渠扩建\n\n东河水渠总投资3亿元,灌溉农田2万亩。\n"
QUESTIONS = [
    "盘活的闲置土地有多少亩?",
    "How much was invested in the sensor park?",
    "写这篇报道的记者是谁?",
    "红烧肉怎么做?",
]


@pytest.fixture(scope="module")
def bridge(tmp_path_factory: pytest.TempPathFactory) -> Chatbot:
    return chatbot_over(tmp_path_factory.mktemp("bridge"), {"bridge.md": BRIDGE, "canal.md": CANAL})


def only(chatbot: Chatbot, question: str, *history: str) -> Explanation:
    (explanation,) = chatbot.explain(question, history)
    return explanation


@pytest.mark.parametrize("question", QUESTIONS)
def test_every_hit_is_told_once_with_the_ranks_that_it_was_found_with(page: Chatbot, question: str) -> None:
    answer, told = page.answer(question), only(page, question)
    assert tuple(one.citation for one in told.cited) == answer.citations
    found = {hit.paragraph.id: (rank, hit) for rank, hit in enumerate(answer.hits, start=1)}
    assert {one.paragraph.id for one in told.passages} == set(found)
    for passage in told.passages:
        rank, hit = found[passage.paragraph.id]
        assert (passage.rank, passage.hit) == (rank, hit)
    ranks = [one.rank for one in told.passed_over]
    assert ranks == sorted(ranks, key=lambda rank: rank or 0)


@pytest.mark.parametrize("question", QUESTIONS)
def test_the_parts_of_a_score_add_up_to_it(page: Chatbot, question: str) -> None:
    for passage in only(page, question).passages:
        assert passage.evidence is not None
        total = sum(part.contribution for part in passage.parts)
        assert total == pytest.approx(passage.evidence.score, abs=1e-4), passage.evidence.text
        assert {part.name: part.weight for part in passage.parts} == {
            name: getattr(RANKING, name) for name in RANKING.__dataclass_fields__
        }


def test_the_best_sentence_is_cited_for_its_score_and_the_others_fall_behind(bridge: Chatbot) -> None:
    told = only(bridge, "青石大桥总投资多少?")
    (cited,) = told.cited
    assert cited.reason == "best" and cited.evidence is not None and "总投资6.5亿元" in cited.evidence.text
    assert {word.where for word in cited.words} == {"sentence"}
    assert "总投资" in "".join(cited.terms)
    canal = next(one for one in told.passed_over if one.paragraph.document == "canal.md")
    assert canal.reason == "lacks" and any(word in "青石大桥" for word in canal.lacking)
    speech = next(one for one in told.passed_over if "周远航" in one.paragraph.text)
    assert speech.reason in ("formless", "lacks", "reader")
    assert told.judgement is not None and told.judgement.kind is None


def test_a_passage_without_the_asked_form_is_passed_over_for_it(bridge: Chatbot) -> None:
    told = only(bridge, "大桥高峰期有多少工人同时施工?")
    assert {one.reason for one in told.passed_over if one.evidence and not one.evidence.fits} == {"formless"}


def test_a_figure_that_sets_the_question_right_is_told_so(bridge: Chatbot) -> None:
    told = only(bridge, "总投资65亿元的大桥全长多少米?")
    assert "corrects" in {one.reason for one in told.cited}


def test_the_points_of_a_heading_need_no_verdict(page: Chatbot) -> None:
    question = "加强社会保障和服务部分有哪些内容?"
    answer, told = page.answer(question), only(page, question)
    assert not answer.refused and len(told.cited) == len(answer.citations)
    assert {one.reason for one in told.cited} == {"point"}
    assert told.judgement is None


def test_a_refusal_tells_what_fell_short(bridge: Chatbot) -> None:
    told = only(bridge, "青石大桥的设计时速是多少?")
    assert told.judgement is not None and not told.cited
    assert told.judgement.kind == "not_stated" and told.judgement.bearing < told.judgement.caution
    assert told.judgement.rule in ("weak", "ungrounded") and "时速" in told.judgement.missing
    assert [one.reason for one in told.passed_over].count("nearest") == 1


def test_a_refusal_for_another_phase_names_it(bridge: Chatbot) -> None:
    told = only(bridge, "青石大桥二期什么时候开工?")
    assert told.judgement is not None
    assert (told.judgement.rule, told.judgement.detail) == ("another", ("二期",))


def test_a_follow_up_is_explained_as_it_was_understood(bridge: Chatbot) -> None:
    history = ("东河水渠灌溉多少亩农田?",)
    answer, told = bridge.answer("它总投资多少?", history), only(bridge, "它总投资多少?", *history)
    assert told.understood == answer.understood != "它总投资多少?"
    assert [one.paragraph.document for one in told.cited] == ["canal.md"]
    assert tuple(one.citation for one in told.cited) == answer.citations


def test_what_a_language_model_cites_is_explained_under_its_numbers(bridge: Chatbot) -> None:
    answer = bridge.answer("青石大桥总投资多少?")
    other = next(hit.paragraph for hit in answer.hits if "山河建设集团" in hit.paragraph.text)
    chosen = (cite(1, other, Span(0, 8)), replace(answer.citations[0], number=2))
    (told,) = bridge.explain("青石大桥总投资多少?", shown=replace(answer, citations=chosen))
    assert [(one.citation and one.citation.number, one.reason) for one in told.cited] == [(1, "model"), (2, "best")]
    assert other.id not in {one.paragraph.id for one in told.passed_over}


@pytest.mark.parametrize("question", ["", " \n", "长" * 5000, "\ud800"], ids=["empty", "blank", "long", "broken"])
def test_what_was_never_looked_up_has_nothing_to_explain(bridge: Chatbot, question: str) -> None:
    assert bridge.explain(question) == []


def test_the_index_that_was_asked_is_named(bridge: Chatbot) -> None:
    assert only(bridge, "青石大桥总投资多少?").index_version == bridge.status().version
