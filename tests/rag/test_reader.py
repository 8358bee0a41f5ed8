"""The reader computes with numpy what was trained with torch, and its spans lie where it is told to look."""

import numpy as np
import pytest
import torch

from index.lexicon import Lexicon
from index.paragraph import Span
from rag.features import FeatureReader
from rag.question import read_question
from rag.reader import LONGEST_ANSWER, Reader, Reading
from rag.training.examples import Example, Read
from rag.training.network import Network
from rag.training.train import collate

LEXICON = Lexicon.shipped()
FEATURES = FeatureReader(LEXICON)
TEXTS = ("大桥总投资3.6亿元,明年5月通车。负责人说,工人有140名。", "桥。", "A bridge of 3 km was built in 2024.", "，。")


@pytest.fixture(scope="module")
def network() -> Network:
    torch.manual_seed(3)
    made = Network(LEXICON.table().shape[1]).eval()
    with torch.no_grad():
        for parameter in made.parameters():
            parameter.add_(0.1 * torch.randn_like(parameter))  # no bias stays zero, so that none can be forgotten
    return made


@pytest.mark.parametrize("asked", ["大桥什么时候通车?", "谁", "How long is the bridge?", "大桥的总投资是多少亿元?"])
def test_numpy_computes_what_torch_does(network: Network, asked: str) -> None:
    question = read_question(asked, LEXICON)
    readings = Reader(FEATURES, network.weights()).read(question, TEXTS)
    asking = FEATURES.asking(question)
    for text, reading in zip(TEXTS, readings, strict=True):
        passage = FEATURES.passage(text)
        assert len(reading.starts) == len(reading.ends) == len(passage.words)
        if not passage.words:
            continue
        from rag.features import matched

        read = Read(passage.ids, passage.features, matched(asking, passage))  # type: ignore[arg-type]  # not halved
        longer = FEATURES.passage(TEXTS[0])
        other = Read(longer.ids, longer.features, matched(asking, longer))  # type: ignore[arg-type]
        example = Example(asking, (read, other), 0, 0)
        with torch.no_grad():  # beside a longer one, so that filling up is tested too
            scores = network(collate([example], torch.from_numpy(LEXICON.table())))[0, : len(passage.words)].numpy()
        np.testing.assert_allclose(np.stack([reading.starts, reading.ends], axis=1), scores, rtol=1e-5, atol=2e-4)


def test_a_question_without_words_is_not_read(network: Network) -> None:
    assert Reader(FEATURES, network.weights()).read(read_question("?!", LEXICON), TEXTS) == []


def _reading(text: str, starts: dict[str, float], ends: dict[str, float]) -> Reading:
    passage = FEATURES.passage(text)
    words = [text[span.start : span.end] for span in passage.spans]
    return Reading(
        passage,
        np.asarray([starts.get(word, -9.0) for word in words], np.float32),
        np.asarray([ends.get(word, -9.0) for word in words], np.float32),
    )


def test_the_best_span_is_the_best_of_all_starts_and_ends() -> None:
    text = "工人修建大桥,市民参观博物馆。"
    reading = _reading(text, {"修建": 2.0, "参观": 1.0}, {"大桥": 1.0, "工人": 5.0, "博物馆": 1.5})
    span, score = reading.best_span(Span(0, len(text)))
    assert text[span.start : span.end] == "修建大桥,市民参观博物馆"
    assert score == pytest.approx((2.0 + 1.5) / 2)
    inside = Span(text.index("市民"), len(text))
    span, score = reading.best_span(inside)
    assert text[span.start : span.end] == "参观博物馆"
    assert score == pytest.approx((1.0 + 1.5) / 2)


def test_an_answer_is_no_longer_than_it_may_be() -> None:
    text = "大桥" + "，工人" * (LONGEST_ANSWER + 5) + "博物馆"
    reading = _reading(text, {"大桥": 9.0}, {"博物馆": 9.0, "工人": 1.0})
    span, _score = reading.best_span(Span(0, len(text)))
    assert len(FEATURES.passage(text[span.start : span.end]).words) <= LONGEST_ANSWER


def test_a_span_without_words_has_no_answer() -> None:
    reading = _reading("大桥。", {}, {})
    assert reading.best_span(Span(2, 3)) == (Span(2, 3), -np.inf)
    assert reading.weight(Span(2, 3)) == 0


def test_a_span_weighs_what_its_words_weigh() -> None:
    text = "工人修建大桥。"
    reading = _reading(text, {"工人": 0.0, "修建": 0.0, "大桥": -50.0}, {"大桥": np.log(8.0)})
    assert reading.weight(Span(0, len(text))) == pytest.approx(np.sqrt(2 * 8), rel=1e-3)
    assert reading.weight(Span(2, 4)) == pytest.approx(np.sqrt(np.exp(-9.0)), rel=1e-3)


def test_what_ships_reads_a_plain_fact() -> None:
    question = read_question("青石大桥由哪家公司承建?", LEXICON)
    texts = ("施工单位调整了桩基方案。", "青石大桥全长1280米,由东江路桥集团承建,明年五月通车。")
    readings = Reader.shipped(FEATURES).read(question, texts)
    spans = [reading.best_span(Span(0, len(text))) for reading, text in zip(readings, texts, strict=True)]
    (_, elsewhere), (span, here) = spans
    assert here > elsewhere
    assert "东江路桥集团" in texts[1][span.start : span.end]
