"""A question about a section as a whole gets the section's points, and only such a question does."""

import pytest

from index.lexicon import Lexicon
from index.paragraph import Paragraph, Span
from rag.alignment import Aligner
from rag.question import read_question
from rag.sections import MOST_PARAGRAPHS, MOST_POINTS, Section, asked_section, points

FERTILISER = ("一、农资储备",)
WATER = ("二、水利建设",)


def paragraph(text: str, *headings: str, position: int = 1, role: str = "body") -> Paragraph:
    spans = (Span(0, len(text)),)
    return Paragraph(f"{headings}{position}{role}", text, "a.txt", "春耕方案", headings, position, spans, role=role)  # type: ignore[arg-type]  # a literal


ARTICLE = (
    paragraph("■ 记者 林一舟", position=0, role="byline"),
    paragraph("春耕将至。", position=1),
    paragraph("化肥充足。全县储备三千吨。", *FERTILISER, "化肥充足"),
    paragraph("种子优质。价格下降。", *FERTILISER, "种子优质"),
    paragraph("新品种推广。", *FERTILISER, "种子优质", position=2),
    paragraph("水渠修好12公里。灌溉方便。", *WATER),
    paragraph("水库蓄满。够用两季。", *WATER, position=2),
)


@pytest.fixture(scope="module")
def aligner(lexicon: Lexicon) -> Aligner:
    return Aligner(lexicon)


def asked(aligner: Aligner, question: str, article: tuple[Paragraph, ...] = ARTICLE) -> Section | None:
    return asked_section(read_question(question, aligner.lexicon), article, aligner)


def quotes(section: Section) -> list[str]:
    return [point.paragraph.text[point.span.start : point.span.end] for point in points(section)]


@pytest.mark.parametrize(
    "question",
    ["农资储备有哪些内容?", "農資儲備有哪些內容?", "“农资储备”这一部分讲了什么?", "第一部分农资储备说了哪些?"],
)
def test_a_section_is_known_by_its_heading(aligner: Aligner, question: str) -> None:
    section = asked(aligner, question)
    assert section is not None
    assert section.heading == "一、农资储备"
    assert section.paragraphs == ARTICLE[2:5]


@pytest.mark.parametrize("question", ["第二部分讲了什么?", "第2部分有哪些内容?", "第(二)部分說了什麼?"])
def test_a_section_is_known_by_its_number(aligner: Aligner, question: str) -> None:
    section = asked(aligner, question)
    assert section is not None
    assert section.heading == "二、水利建设"


def test_a_number_that_no_heading_has_is_no_section(aligner: Aligner) -> None:
    assert asked(aligner, "第九部分讲了什么?") is None


@pytest.mark.parametrize(
    "question",
    [
        "全县储备了多少化肥?",
        "水渠修好多少公里?",
        "谁写的?",
        "为什么修水渠?",
        "火星有哪些火山?",
        "",
        "这一部分讲了什么?",
    ],
)
def test_other_questions_are_about_no_section(aligner: Aligner, question: str) -> None:
    assert asked(aligner, question) is None


def test_an_article_without_headings_has_no_section(aligner: Aligner) -> None:
    assert asked(aligner, "农资储备有哪些内容?", (paragraph("化肥充足。"),)) is None
    assert asked(aligner, "农资储备有哪些内容?", ()) is None


def test_the_points_are_the_leads_each_once(aligner: Aligner) -> None:
    section = asked(aligner, "农资储备有哪些内容?")
    assert section is not None
    assert quotes(section) == ["化肥充足。", "种子优质。"]


def test_without_leads_every_paragraph_is_a_point(aligner: Aligner) -> None:
    section = asked(aligner, "水利建设有哪些内容?")
    assert section is not None
    assert quotes(section) == ["水渠修好12公里。", "水库蓄满。"]


def test_a_lead_can_be_a_section_itself() -> None:
    lead = Section("种子优质", ARTICLE[3:5])
    assert quotes(lead) == ["种子优质。", "新品种推广。"]


def test_a_long_section_is_told_by_its_first_points() -> None:
    many = tuple(paragraph(f"第{i}点要办。", "三、要点", position=i) for i in range(1, MOST_POINTS + 5))
    assert quotes(Section("三、要点", many)) == [f"第{i}点要办。" for i in range(1, MOST_POINTS + 1)]


@pytest.mark.parametrize(
    "question",
    [
        "《春耕方案》讲了什么?",
        "春耕方案主要內容是什麼?",
        "概括一下春耕方案",
        "《春耕方案》这篇文章说了些什么?",
        "Summarise 《春耕方案》",
    ],
)
def test_an_article_is_known_by_its_headline(aligner: Aligner, question: str) -> None:
    section = asked(aligner, question)
    assert section is not None and section.whole
    assert section.heading == "春耕方案"
    assert quotes(section) == ["春耕将至。", "化肥充足。", "水渠修好12公里。"]


@pytest.mark.parametrize(
    "question",
    [
        "春耕方案对火星移民讲了什么?",
        "春耕方案什么时候印发?",
        "春耕方案报道什么时候发的?",
        "春耕方案是谁写的?",
        "2019年春耕方案讲了什么?",
        "第二次春耕方案讲了什么?",
        "方案的要点是什么?",
    ],
)
def test_what_an_article_says_of_something_is_no_question_about_the_whole(aligner: Aligner, question: str) -> None:
    assert asked(aligner, question) is None


def test_a_part_of_an_article_is_no_whole_one(aligner: Aligner) -> None:
    section = asked(aligner, "《春耕方案》第二部分讲了什么?")
    assert section is not None
    assert (section.heading, section.whole) == ("二、水利建设", False)


def test_a_headline_alone_is_no_article_to_tell_of(aligner: Aligner) -> None:
    assert asked(aligner, "《春耕方案》讲了什么?", ARTICLE[:1]) is None


def test_an_article_does_not_begin_with_its_number() -> None:
    number, address = paragraph("云政发〔2020〕5号"), paragraph("各乡镇人民政府:", position=2)
    article = Section("春耕方案", (number, address, *ARTICLE[1:]), whole=True)
    assert quotes(article)[:2] == ["春耕将至。", "化肥充足。"]


def test_news_without_headings_is_told_by_its_first_paragraphs() -> None:
    many = tuple(paragraph(f"第{i}天有雨。", position=i) for i in range(1, MOST_PARAGRAPHS + 5))
    assert len(quotes(Section("春耕方案", many, whole=True))) == MOST_PARAGRAPHS
