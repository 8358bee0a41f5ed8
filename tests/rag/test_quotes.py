"""What is quoted of a sentence: the clauses that answer, in one piece, with all that they hold only under."""

from dataclasses import replace

import numpy as np
import pytest

from index.embedder import load_encoder
from index.lexicon import Lexicon
from index.paragraph import Hit, Paragraph, Span
from rag.alignment import Aligner
from rag.evidence import EvidenceFinder
from rag.features import FeatureReader
from rag.question import read_question
from rag.quotes import quote
from rag.reader import Reader, Reading
from rag.short_answer import short_answer


@pytest.fixture(scope="module")
def finder(lexicon: Lexicon) -> EvidenceFinder:
    return EvidenceFinder(Aligner(lexicon), load_encoder(), Reader.shipped(FeatureReader(lexicon)))


def quoted(finder: EvidenceFinder, asked: str, text: str, *, article: str = "") -> str:
    question = read_question(asked, finder.aligner.lexicon)
    hit = Hit(Paragraph("p1", text, "a.txt", article=article, spans=(Span(0, len(text)),)), 1.0)
    best = finder.find(question, [hit])[0]
    span = quote(question, best, finder.aligner, holding=[short_answer(question, best, finder.aligner)])
    return text[span.start : span.end]


@pytest.mark.parametrize(
    ("asked", "text", "cut"),
    [
        (
            "青石大桥总投资多少?",
            "青石大桥总投资6.5亿元,建设单位组织了多轮专家论证,沿线群众热烈欢迎。",
            "青石大桥总投资6.5亿元",
        ),
        (
            "白沙书院藏书多少册?",
            "加快公共文化设施布局,支持白沙书院藏书达到3万册,推动城乡阅读服务均衡发展。",
            "支持白沙书院藏书达到3万册",
        ),
        (
            "What is the length of the bridge?",
            "青石大桥全长1280米,桥面铺装采用新型环保材料,夜间灯光秀由市民投票选定。",
            "青石大桥全长1280米",
        ),
    ],
)
def test_what_adds_nothing_is_cut_away(finder: EvidenceFinder, asked: str, text: str, cut: str) -> None:
    assert quoted(finder, asked, text) == cut


@pytest.mark.parametrize(
    ("asked", "text", "kept"),
    [
        ("青石大桥年收费多少?", "据初步测算,青石大桥年收费可达3亿元,沿线群众热烈欢迎这一工程。", "据初步测算"),
        ("青石大桥年收费多少?", "预计全部工程完工后,青石大桥年收费3亿元,沿线群众热烈欢迎。", "预计全部工程完工后"),
        ("青石大桥补助多少?", "如果通过省级验收,青石大桥补助3000万元,沿线群众热烈欢迎。", "如果通过省级验收"),
        ("青石大桥年收费多少?", "2031年,红石隧道收费2亿元,青石大桥年收费3亿元,合计占全县一半。", "2031年"),
        ("青石大桥收费多少?", "二期工程完成以后,沿线设施全部启用,青石大桥收费3亿元。", "二期"),
        ("青石大桥总投资多少?", "县交通局局长周远航表示,青石大桥总投资6.5亿元,沿线群众热烈欢迎。", "周远航表示"),
        ("青石大桥收费多少?", "青石大桥每车收费15元,但农用车辆和救护车通行时免收。", "免收"),
        ("青石大桥总投资多少?", "青石大桥总投资6.5亿元,建设单位组织论证,目前方案尚未获得批准。", "未获得批准"),
        ("青石大桥总投资多少?", "青石大桥总投资6.5亿元,沿线群众热烈欢迎,县交通局局长周远航表示。", "周远航"),
        (
            "青石大桥每年拨款多少?",
            "对养护验收合格的单位,青石大桥每年拨款300万元,专项用于日常养护。",
            "对养护验收合格的单位",
        ),
    ],
)
def test_what_a_statement_holds_under_is_kept(finder: EvidenceFinder, asked: str, text: str, kept: str) -> None:
    assert kept in quoted(finder, asked, text)


@pytest.mark.parametrize(
    ("asked", "text", "subject"),
    [
        ("大桥全长多少米?", "青石大桥位于云水县白沙镇,连接南北两岸,全长1280米,双向六车道。", "青石大桥"),
        ("总投资多少?", "青石大桥位于云水县白沙镇,该工程总投资6.5亿元,双向六车道,沿线设观景台。", "青石大桥"),
    ],
)
def test_a_clause_without_a_subject_keeps_that_of_its_sentence(
    finder: EvidenceFinder, asked: str, text: str, subject: str
) -> None:
    assert quoted(finder, asked, text).startswith(subject)


def test_the_titles_before_a_name_are_kept_and_what_is_said_is_not(finder: EvidenceFinder) -> None:
    text = "云水县委常委、县总工会主席,县交通局局长周远航表示,工程不会停工,群众不必担心出行。"
    assert quoted(finder, "周远航的职务是什么?", text) == "云水县委常委、县总工会主席,县交通局局长周远航表示"


@pytest.mark.parametrize(
    ("asked", "text"),
    [
        ("青石大桥怎么养护?", "青石大桥实行分段养护,由三个班组轮流值守,重大节日增派人手巡查。"),
        ("青石大桥的特点有哪两个方面?", "青石大桥的特点有两个方面,跨度居全省之首,通航净空居全国之首。"),
        ("青石大桥总投资多少?", "青石大桥总投资6.5亿元。"),
        ("青石大桥总投资多少?", "“青石大桥总投资6.5亿元,建设单位组织了多轮论证,沿线群众热烈欢迎。"),
        (
            "What did the bridge cost?",
            "The bridge cost 650 million yuan, a sum that the county raised, and it is open.",
        ),
    ],
)
def test_a_sentence_that_is_needed_whole_is_quoted_whole(finder: EvidenceFinder, asked: str, text: str) -> None:
    assert quoted(finder, asked, text) == text


def test_words_that_the_headings_say_are_not_looked_for_in_the_sentence(finder: EvidenceFinder) -> None:
    asked, text = "青石大桥年收费多少?", "年收费预计可达3亿元,沿线群众热烈欢迎,青石大桥由此成为样板。"
    assert quoted(finder, asked, text) == text
    assert quoted(finder, asked, text, article="青石大桥通车") == "年收费预计可达3亿元"


def test_every_span_that_a_line_stands_on_is_held(finder: EvidenceFinder) -> None:
    text = "青石大桥总投资6.5亿元,建设单位组织了多轮专家论证,占地140亩,沿线群众热烈欢迎。"
    question = read_question("青石大桥总投资多少?", finder.aligner.lexicon)
    hit = Hit(Paragraph("p1", text, "a.txt", spans=(Span(0, len(text)),)), 1.0)
    best = replace(finder.find(question, [hit])[0], own=1.0)
    span = quote(question, best, finder.aligner, holding=[Span(5, 12), Span(text.index("140"), text.index("140") + 4)])
    assert text[span.start : span.end] == "青石大桥总投资6.5亿元,建设单位组织了多轮专家论证,占地140亩"


@pytest.mark.parametrize(
    ("believed", "cut"),
    [("藏书楼", "白沙书院以藏书楼闻名"), ("竹简", "白沙书院以藏书楼闻名,其中竹简最为珍贵")],
)
def test_what_the_reader_takes_for_the_answer_is_not_cut_away(finder: EvidenceFinder, believed: str, cut: str) -> None:
    text = "白沙书院以藏书楼闻名,其中竹简最为珍贵,沿线群众热烈欢迎,游客也越来越喜爱。"
    question = read_question("白沙书院以什么闻名?", finder.aligner.lexicon)
    hit = Hit(Paragraph("p1", text, "a.txt", spans=(Span(0, len(text)),)), 1.0)
    best = replace(finder.find(question, [hit])[0], reading=_read(text, believed, finder.aligner.lexicon))
    start = text.index("藏书楼")
    span = quote(question, best, finder.aligner, holding=[Span(start, start + 3)])
    assert text[span.start : span.end] == cut


def _read(text: str, answer: str, lexicon: Lexicon) -> Reading:
    """A reading that is sure of one answer."""
    passage = FeatureReader(lexicon).passage(text)
    start = text.index(answer)
    words = passage.inside(Span(start, start + len(answer)))
    starts, ends = (np.full(len(passage.words), -9.0, np.float32) for _ in range(2))
    starts[words.start] = ends[words.stop - 1] = 6.0
    return Reading(passage, starts, ends)
