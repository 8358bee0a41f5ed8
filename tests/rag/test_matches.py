"""Where the words of a question stand: every span is held against the characters of the passage."""

import pytest

from index.embedder import load_encoder
from index.lexicon import Lexicon
from index.paragraph import Hit, Paragraph, Span
from index.text import fold, terms
from rag.alignment import Aligner
from rag.evidence import EvidenceFinder
from rag.features import FeatureReader
from rag.matches import Word, runs, words
from rag.question import read_question
from rag.reader import Reader


@pytest.fixture(scope="module")
def finder(lexicon: Lexicon) -> EvidenceFinder:
    return EvidenceFinder(Aligner(lexicon), load_encoder(), Reader.shipped(FeatureReader(lexicon)))


def found(finder: EvidenceFinder, question: str, text: str, article: str = "") -> tuple[Paragraph, dict[str, Word]]:
    """The words of the question in the light of the best sentence."""
    paragraph = Paragraph("p", text, "a.txt", article=article, spans=(Span(0, len(text)),))
    read = read_question(question, finder.aligner.lexicon)
    best = finder.find(read, [Hit(paragraph, 1.0)])[0]
    return paragraph, {word.text: word for word in words(read, best, finder.aligner)}


def test_a_word_is_found_wherever_it_stands_in_the_sentence(finder: EvidenceFinder) -> None:
    paragraph, told = found(finder, "青石大桥总投资多少?", "青石大桥总投资6.5亿元,其中总投资的一半已到位。")
    word = told["总投资"]
    assert (word.match, word.where, word.said, word.support) == ("letters", "sentence", "总投资", 1.0)
    assert [span.start for span in word.spans] == [4, 15]
    assert all(paragraph.text[span.start : span.end] == "总投资" for span in word.spans)


def test_the_place_is_that_of_the_paragraph_not_of_the_sentence(finder: EvidenceFinder) -> None:
    paragraph, told = found(finder, "青石大桥总投资多少?", "河上有雾。青石大桥总投资6.5亿元。")
    (span,) = told["总投资"].spans
    assert (span.start, paragraph.text[span.start : span.end]) == (9, "总投资")


def test_what_only_the_paragraph_or_the_headline_says_is_told_so(finder: EvidenceFinder) -> None:
    _, told = found(finder, "青石大桥的灯塔总投资多少?", "工地上有一座灯塔。总投资6.5亿元。", article="青石大桥开工")
    assert told["总投资"].where == "sentence"
    assert told["灯塔"].where == "paragraph"
    heading = told.get("大桥") or told["青石大桥"]
    assert heading.where == "heading" and not heading.spans and heading.said


def test_a_word_in_other_scripts_and_widths_is_quoted_as_it_stands(finder: EvidenceFinder) -> None:
    paragraph, told = found(finder, "大桥GDP多少?", "大橋ＧＤＰ為6億元。")
    assert told["gdp"].said == "ＧＤＰ"
    assert told["大桥"].said == "大橋"
    assert all(paragraph.text[one.start : one.end] == word.said for word in told.values() for one in word.spans)


def test_a_part_of_a_word_is_shown_as_that_part(finder: EvidenceFinder) -> None:
    _, told = found(finder, "加强社会保障吗?", "健全医疗保障制度。")
    assert (told["社会保障"].match, told["社会保障"].said) == ("part", "保障")
    assert 0 < told["社会保障"].support < 1


def test_a_word_of_like_meaning_is_shown_with_what_stands_there(finder: EvidenceFinder) -> None:
    _, told = found(finder, "How much was invested in the bridge?", "大桥总投资6.5亿元。")
    word = told["bridge"]
    assert (word.match, word.where, word.said) == ("meaning", "sentence", "大桥")


def test_what_nothing_speaks_of_is_nowhere(finder: EvidenceFinder) -> None:
    _, told = found(finder, "大桥的渔业产值是多少?", "大桥总投资6.5亿元。")
    assert (told["渔业"].match, told["渔业"].where, told["渔业"].said, told["渔业"].spans) == (
        "none",
        "nowhere",
        "",
        (),
    )


def test_the_shares_of_the_words_are_one_in_all(finder: EvidenceFinder) -> None:
    _, told = found(finder, "青石大桥的渔业产值是多少?", "大桥总投资6.5亿元。")
    assert sum(word.told for word in told.values()) == pytest.approx(1.0)


@pytest.mark.parametrize(
    ("query", "passage", "told"),
    [
        ("盘活的闲置土地有多少亩?", "盘活存量,闲置土地的开发", ("盘活", "闲置土地")),
        ("天津人工智能", "天津的人工智能", ("天津", "人工智能")),
        ("GDP增长多少", "gdp的增速", ("gdp",)),
        ("多少亩", "三亩", ()),
        ("渔业", "大桥", ()),
        ("閒置土地", "闲置土地", ("闲置土地",)),
    ],
)
def test_the_terms_that_matched_are_told_as_stretches_of_the_question(
    query: str, passage: str, told: tuple[str, ...]
) -> None:
    there = set(terms(fold(passage).text))
    assert runs(query, [term for term in terms(fold(query).text) if term in there]) == told
