"""The sentences of the hits, ranked: verbatim, all of them, and the one that speaks of the question first."""

import numpy as np
import pytest

from index.embedder import load_encoder
from index.lexicon import Lexicon
from index.paragraph import Hit, Paragraph, Span
from rag.alignment import Aligner
from rag.candidates import quotable
from rag.evidence import Evidence, EvidenceFinder, information
from rag.features import FeatureReader
from rag.question import Question, read_question
from rag.reader import Reader

BRIDGE = "青石大桥总投资6.5亿元。大桥全长1280米。施工单位调整了桩基方案。"
FARM = "全县储备化肥三千吨。农技人员下乡指导插秧。"


@pytest.fixture(scope="module")
def finder(lexicon: Lexicon) -> EvidenceFinder:
    return EvidenceFinder(Aligner(lexicon), load_encoder(), Reader.shipped(FeatureReader(lexicon)))


def hit(text: str, score: float = 1.0, **named: str) -> Hit:
    return Hit(Paragraph(f"id {text[:6]}", text, "a.txt", spans=(Span(0, len(text)),), **named), score)  # type: ignore[arg-type]  # the named fields are texts


def find(finder: EvidenceFinder, question: str, *hits: Hit) -> tuple[Evidence, ...]:
    return finder.find(read_question(question, finder.aligner.lexicon), hits)


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        ("青石大桥总投资多少?", "青石大桥总投资6.5亿元。"),
        ("青石大橋總投資多少?", "青石大桥总投资6.5亿元。"),
        ("大桥全长多少米?", "大桥全长1280米。"),
        ("化肥储备了多少?", "全县储备化肥三千吨。"),
        ("谁调整了桩基方案?", "施工单位调整了桩基方案。"),
        ("农技人员怎么做?", "农技人员下乡指导插秧。"),
    ],
)
def test_the_sentence_that_says_it_comes_first(finder: EvidenceFinder, question: str, sentence: str) -> None:
    assert find(finder, question, hit(FARM), hit(BRIDGE))[0].text == sentence


def test_every_sentence_of_every_hit_is_weighed_once(finder: EvidenceFinder) -> None:
    found = find(finder, "大桥怎么样?", hit(FARM), hit(BRIDGE))
    expected = [(text, span.start, span.end) for text in (FARM, BRIDGE) for span in quotable(text)]
    assert sorted((e.hit.paragraph.text, e.span.start, e.span.end) for e in found) == sorted(expected)


def test_what_holds_the_asked_kind_comes_before_what_does_not(finder: EvidenceFinder) -> None:
    found = find(finder, "大桥什么时候通车?", hit("大桥通车,大桥通车,大桥通车。大桥很长,明年见。"))
    kinds = [evidence.fits for evidence in found]
    assert kinds == sorted(kinds, reverse=True)
    assert found[-1].text == "大桥通车,大桥通车,大桥通车。"
    assert not found[-1].fits


def test_within_a_kind_the_score_decides(finder: EvidenceFinder) -> None:
    found = find(finder, "大桥全长多少米?", hit(FARM), hit(BRIDGE))
    for kind in (True, False):
        scores = [evidence.score for evidence in found if evidence.fits is kind]
        assert scores == sorted(scores, reverse=True)


def test_coverage_is_a_share_and_surroundings_only_add_to_it(finder: EvidenceFinder) -> None:
    for evidence in find(finder, "青石大桥总投资多少?", hit(FARM), hit(BRIDGE, article="青石大桥开工")):
        assert 0.0 <= evidence.own <= evidence.coverage <= 1.0 + 1e-6
        assert np.all(evidence.support <= evidence.reach)


def test_a_sentence_that_says_all_of_it_covers_the_question(finder: EvidenceFinder) -> None:
    best = find(finder, "青石大桥总投资多少?", hit(BRIDGE))[0]
    assert best.own == pytest.approx(1.0)
    assert best.coverage == pytest.approx(1.0)
    assert best.fits


def test_a_headline_speaks_for_the_sentences_below_it(finder: EvidenceFinder) -> None:
    bare = find(finder, "青石大桥全长多少米?", hit("全长1280米。"))[0]
    headed = find(finder, "青石大桥全长多少米?", hit("全长1280米。", article="青石大桥建设进展"))[0]
    assert headed.coverage > bare.coverage
    assert headed.own == pytest.approx(bare.own)


def test_a_byline_speaks_of_its_article(finder: EvidenceFinder) -> None:
    byline = hit("■ 记者 林一舟", article="青石大桥建设进展", role="byline")
    best = find(finder, "写青石大桥建设进展的记者是谁?", byline, hit(BRIDGE, article="青石大桥建设进展"))[0]
    assert best.text == "■ 记者 林一舟"


def test_speech_is_found_together_with_its_speaker(finder: EvidenceFinder) -> None:
    text = "“路修好了。”县长李海峰表示。"
    assert text in [evidence.text for evidence in find(finder, "谁说路修好了?", hit(text))]


def test_without_hits_there_is_no_evidence(finder: EvidenceFinder) -> None:
    assert find(finder, "青石大桥总投资多少?") == ()


@pytest.mark.parametrize("score", [0.0, 1e-12, 5.0])
def test_any_scores_of_hits_can_be_weighed(finder: EvidenceFinder, score: float) -> None:
    found = find(finder, "大桥全长多少米?", hit(BRIDGE, score))
    assert all(np.isfinite(evidence.score) for evidence in found)


@pytest.mark.parametrize("text", ["青石大桥总投资多少?", "大桥通车了吗?", "他说了什么?", "How long is the bridge?"])
def test_the_information_of_a_question_adds_up_to_one(lexicon: Lexicon, text: str) -> None:
    question = read_question(text, lexicon)
    told = information(question)
    assert told.shape == (len(question.terms),)
    assert np.all(told >= 0)
    if question.terms:
        assert float(told.sum()) == pytest.approx(1.0, abs=1e-5)


def test_a_question_without_words_has_no_information(lexicon: Lexicon) -> None:
    question: Question = read_question("什么?", lexicon)
    assert question.terms == ()
    assert information(question).shape == (0,)
