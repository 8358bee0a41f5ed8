"""The repair of pages: the page in corpus/ to the letter, other damage by rule, and real documents whole."""

import gzip
import json
import re
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from index.layout import Article, Page, repair

PAGE = next(Path(__file__).parents[2].joinpath("corpus").glob("*.txt")).read_bytes().decode("utf-8")
REPORT, PARK, MEETING = repair(PAGE).articles


def check_nothing_lost(text: str, page: Page) -> None:
    """Every character that is not blank stands in exactly one block, and every block spells its spans."""
    owners = [0] * len(text)
    for block in page.blocks:
        assert block.text == "".join(text[span.start : span.end] for span in block.spans)
        assert block.text.strip() == block.text != ""
        for span in block.spans:
            assert span.start < span.end
            for place in range(span.start, span.end):
                owners[place] += 1
    assert max(owners, default=0) <= 1
    assert not [place for place, character in enumerate(text) if not character.isspace() and not owners[place]]


def body(article: Article) -> list[str]:
    return [passage.block.text for passage in article.passages if passage.block.role == "body"]


def bodies(text: str) -> dict[str, list[str]]:
    return {article.headline: body(article) for article in repair(text).articles}


def outline(article: Article) -> list[tuple[str, int]]:
    return [(" > ".join(passage.headings), passage.position) for passage in article.passages]


# The page


def test_the_page_has_three_articles() -> None:
    assert [
        (article.headline, article.kicker, article.byline, article.note) for article in (REPORT, PARK, MEETING)
    ] == [
        ("政府工作报告", "", "新华社北京3月13日电", "上接第3版"),
        ("天津人工智能传感器产业园加快建设", "创新合作开发模式 破解闲置土地盘活难题", "记者 陈瑶", ""),
        ("市委树立和践行正确政绩观学习教育工作专班召开第一次全体会议", "", "记者 孟若冰", ""),
    ]
    assert [(block.role, block.title) for block in PARK.blocks[:4]] == [
        ("label", "一季度开门红"),
        ("kicker", "创新合作开发模式 破解闲置土地盘活难题"),
        ("headline", "天津人工智能传感器产业园加快建设"),
        ("byline", "■ 记者 陈瑶"),
    ]


def test_outline_of_the_report() -> None:
    lead = {
        "(六) 扎实推进乡村振兴": ["毫不放松抓好粮食生产", "实施常态化精准帮扶", "持续推进农村改革发展"],
        "(七) 推动新型城镇化和区域协调发展": ["深入推进以人为本的新型城镇化", "不断增强区域发展协调性"],
        "(八) 更大力度保障和改善民生": [
            "促进高质量充分就业",
            "推动教育公平与质量提升",
            "强化基本医疗卫生服务",
            "加强社会保障和服务",
            "更好满足人民群众精神文化需求",
        ],
        "(九) 加快推进全面绿色转型": [
            "加强生态环境综合治理",
            "加强生态环境综合治理",
            "大力发展绿色低碳经济",
            "积极稳妥推进碳达峰碳中和",
        ],
        "(十) 加强重点领域风险防范化解和安全能力建设": [
            "着力稳定房地产市场",
            "积极有序化解地方政府债务风险",
            "积极稳妥化解金融风险领域风险",
            "维护国家安全和社会稳定",
        ],
    }
    expected = [
        (one, 1) for one in ("积极扩大自主开放", "推动外贸稳规模优结构", "扩大双向投资合作", "高质量共建“一带一路”")
    ]
    for section, leads in lead.items():
        expected.append((section, 1))
        expected += [(f"{section} > {one}", leads[:place].count(one) + 1) for place, one in enumerate(leads)]
    expected += [("", position) for position in range(1, 9)] + [("", 0)]
    assert outline(REPORT) == expected


def test_paragraphs_of_the_other_articles_are_counted() -> None:
    assert outline(PARK) == [("", 0), *[("", position) for position in range(1, 12)]]
    assert outline(MEETING) == [("", 1), ("", 2)]


def test_the_closing_part_begins_behind_the_last_section() -> None:
    closing = [passage for passage in REPORT.passages if not passage.headings and passage.position]
    assert closing[0].block.text.startswith("新的形势和任务,对政府工作提出了更高要求。")
    assert closing[-1].block.text.startswith("各位代表!蓝图已经绘就")


@pytest.mark.parametrize(
    "joined",
    [
        "发展壮大乡村人才队伍。",
        "全面推进健康学校建设,",
        "坚定“四个自信”、",
        "我们紧抓政策‘窗口期’,",
        "影响力的高端精密仪器产业集聚区。",
        "快速转化为产业增量。",
    ],
)
def test_cut_paragraphs_are_one(joined: str) -> None:
    found = [block for block in repair(PAGE).blocks if joined in block.text]
    assert len(found) == 1
    assert len(found[0].spans) == 2
    assert joined not in PAGE


def test_the_repairs_of_the_page_are_told() -> None:
    repairs = repair(PAGE).repairs
    kinds = [one.kind for one in repairs]
    assert {kind: kinds.count(kind) for kind in kinds} == {
        "heading": 5,
        "join": 6,
        "opened": 1,
        "label": 1,
        "closing": 1,
    }
    assert all(one.spans and "\n" not in one.detail for one in repairs)
    assert "人才队 + 伍。" in next(one.detail for one in repairs if one.kind == "join")


def test_slips_stay() -> None:
    assert any("党风廉政建设 and 反腐败斗争" in text for text in body(REPORT))
    assert any("认真真解决问题" in text for text in body(REPORT))


def test_the_page_loses_nothing() -> None:
    check_nothing_lost(PAGE, repair(PAGE))


# The page damaged otherwise


def test_line_ends_and_blank_lines_do_not_matter() -> None:
    expected = bodies(PAGE)
    for text in (
        PAGE.replace("\n", "\r\n"),
        PAGE.replace("\n", "\r"),
        re.sub(r"\n+", "\n", PAGE),
        PAGE.replace("\n\n", "\n\n\n \t\n"),
        re.sub(r"(?m)^(?=[^#\s])", "  ", PAGE),
    ):
        assert bodies(text) == expected
        check_nothing_lost(text, repair(text))


def test_without_any_marks_the_bylines_still_find_their_headlines() -> None:
    """The headline that stands away from its body cannot be told then: its lines stay with what they stand below."""
    text = PAGE.replace("# ", "").replace("#", "")
    page = repair(text)
    check_nothing_lost(text, page)
    found = {article.headline: body(article) for article in page.articles}
    assert found[REPORT.headline] == body(REPORT)
    assert found[MEETING.headline] == body(MEETING)


# Any text


@settings(max_examples=300, deadline=None)
@given(
    st.lists(
        st.one_of(
            st.sampled_from(
                [
                    "# 标题",
                    "## 小标题",
                    "(一) 修路。",
                    "一、总则",
                    "第一条 修路。",
                    "■ 记者 王小明",
                    "(上接第3版)",
                    "---",
                    "",
                ]
            ),
            st.text("路桥。,，“”（(）)#一二1.、 \t\u3000a-B—：；|", max_size=60),
        ),
        max_size=14,
    ),
    st.sampled_from(["\n", "\r\n", "\r", "\n\n"]),
)
@example(["“", "”"], "\n")
@example(["(", "a"], "\r\n")
def test_nothing_is_lost_of_any_text(lines: list[str], end: str) -> None:
    text = end.join(lines)
    check_nothing_lost(text, repair(text))


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=300))
def test_nothing_is_lost_of_any_characters(text: str) -> None:
    check_nothing_lost(text, repair(text))


# Real documents


def rows(shared_data: Path, name: str) -> list[dict[str, str]]:
    with gzip.open(shared_data / f"{name}.jsonl.gz", "rt", encoding="utf-8") as file:
        return [json.loads(line) for line in file]


@pytest.mark.shared
def test_real_documents_lose_nothing(shared_data: Path) -> None:
    for name in ("government_work_reports", "state_council_policies"):
        for row in rows(shared_data, name):
            check_nothing_lost(row["text"], repair(row["text"]))


@pytest.mark.shared
def test_real_policies_have_their_titles(shared_data: Path) -> None:
    """The title given beside each text and the one found in it are of two hands: blanks apart, they agree."""
    named = 0
    policies = rows(shared_data, "state_council_policies")
    for row in policies:
        headlines = [re.sub(r"\s", "", article.headline) for article in repair(row["text"]).articles]
        named += re.sub(r"\s", "", row["title"]) in headlines
    assert named >= len(policies) - 3  # two decrees are headed by the decree, one answer by an attached letter


@pytest.mark.shared
def test_real_reports_keep_the_sections_they_announce(shared_data: Path) -> None:
    """After 一、 comes 二、: none is skipped and none comes twice, and only a first one begins again."""
    numerals = "一二三四五六七八九十"
    for row in rows(shared_data, "government_work_reports"):
        outermost = [
            passage.headings[0]
            for article in repair(row["text"]).articles
            for passage in article.passages
            if passage.headings and re.match(r"[一二三四五六七八九十]、", passage.headings[0])
        ]
        numbers = [numerals.index(heading[0]) + 1 for heading in dict.fromkeys(outermost)]
        assert all(after in (before + 1, 1) for before, after in pairwise(numbers)), (row["year"], numbers)


@pytest.mark.shared
def test_real_reports_that_are_undamaged_are_hardly_joined(shared_data: Path) -> None:
    """A join in them is wrong, or mends a slip of the transcription: the subheads of seventy years stay subheads."""
    joins = [
        repaired.detail
        for row in rows(shared_data, "government_work_reports")
        for repaired in repair(row["text"]).repairs
        if repaired.kind in ("join", "across")
    ]
    assert len(joins) <= 12, joins
