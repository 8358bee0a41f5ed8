"""Articles that interrupt each other and paragraphs that columns cut: what was written comes back as it was written."""

import re
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.layout import repair
from tests.index.damage import (
    BYLINES,
    HEADLINES,
    RUN_INS,
    Press,
    Story,
    enclosed,
    headline_between,
    in_turn,
    interrupted,
)
from tests.index.test_layout import MEETING, PARK, REPORT, body, check_nothing_lost

STORIES = [
    [re.sub(r"^本报讯\(.*?\)", "", text) for text in body(article) if len(text) > 60]
    for article in (REPORT, PARK, MEETING)
]


@st.composite
def two_stories(draw: st.DrawFn) -> tuple[Story, Story]:
    """Two articles of other headlines and bylines, from paragraphs of different articles of the page."""
    sources = draw(st.permutations(range(len(STORIES))))[:2]
    headlines = draw(st.permutations(HEADLINES))[:2]
    stories = []
    for source, headline in zip(sources, headlines, strict=True):
        first = draw(st.integers(0, len(STORIES[source]) - 1))
        paragraphs = tuple(STORIES[source][first : first + draw(st.integers(1, 5))])
        if draw(st.booleans()):
            stories.append(Story(headline, paragraphs, byline=draw(st.sampled_from(sorted(BYLINES)))))
        else:
            stories.append(Story(headline, paragraphs, run_in=draw(st.sampled_from(sorted(RUN_INS)))))
    return stories[0], stories[1]


def signed(story: Story) -> Story:
    """The story with a byline of its own line."""
    return Story(story.headline, story.paragraphs, byline=story.byline or next(iter(BYLINES)))


def check_restored(text: str, *stories: Story) -> None:
    page = repair(text)
    check_nothing_lost(text, page)
    assert {article.headline: body(article) for article in page.articles} == {one.headline: one.body for one in stories}
    for article in page.articles:
        (story,) = [one for one in stories if one.headline == article.headline]
        assert article.byline == (BYLINES.get(story.byline) or RUN_INS.get(story.run_in))


@settings(max_examples=150, deadline=None, derandomize=True)
@given(two_stories(), st.integers(0, 10**9))
def test_cut_paragraphs_of_two_articles_in_turn(stories: tuple[Story, Story], seed: int) -> None:
    check_restored(in_turn(Press(Random(seed)), *stories), *stories)


@settings(max_examples=150, deadline=None, derandomize=True)
@given(two_stories(), st.integers(0, 10**9))
def test_an_article_between_headline_and_byline(stories: tuple[Story, Story], seed: int) -> None:
    first, second = signed(stories[0]), stories[1]
    check_restored(enclosed(Press(Random(seed)), first, second), first, second)


@settings(max_examples=150, deadline=None, derandomize=True)
@given(two_stories(), st.integers(0, 10**9))
def test_a_headline_in_the_middle_of_a_paragraph(stories: tuple[Story, Story], seed: int) -> None:
    first, second = stories[0], signed(stories[1])
    check_restored(headline_between(Press(Random(seed)), first, second), first, second)


def test_an_article_in_the_middle_of_a_paragraph() -> None:
    """Nothing but the sense tells some rests from the paragraphs around them: most are found, and nothing is lost."""
    restored = 0
    for seed in range(200):
        random = Random(seed)
        pools = random.sample(STORIES, 2)
        headlines = random.sample(HEADLINES, 2)
        stories = []
        for pool, headline in zip(pools, headlines, strict=True):
            first = random.randrange(len(pool))
            stories.append(Story(headline, tuple(pool[first : first + random.randint(1, 5)]), byline="■ 记者 苏小满"))
        text = interrupted(Press(random), *stories)
        page = repair(text)
        check_nothing_lost(text, page)
        restored += {article.headline: body(article) for article in page.articles} == {
            one.headline: one.body for one in stories
        }
    assert restored >= 170


def articles(text: str) -> list[tuple[str, list[str]]]:
    page = repair(text)
    check_nothing_lost(text, page)
    return [(article.headline, body(article)) for article in page.articles]


FIRST = "金秋时节，全市各地抢抓晴好天气，加快推进秋收进度，确保颗粒归仓。农机手驾驶收割机来回穿"
REST = "梭，一天能收一百多亩。"
OTHER = "本报讯（记者 白露）今天，全市首批社区食堂开业，首日接待老人三百余名。"


def test_the_two_halves_of_an_article_are_one() -> None:
    text = f"# 抢收\n■ 记者 谷雨\n{FIRST}\n（下转第3版）\n# 食堂开业\n{OTHER}\n"
    text += f"# 抢收\n（上接第1版）\n{REST}\n“收成好。”农户说。\n"
    assert articles(text) == [("抢收", [FIRST + REST, "“收成好。”农户说。"]), ("食堂开业", [OTHER])]
    (harvest, canteen) = repair(text).articles
    assert (harvest.note, canteen.note) == ("", "")


@pytest.mark.parametrize(("first", "second"), [("抢收", "抢种"), ("抢收", "食堂")])
def test_halves_of_different_headlines_stay_apart(first: str, second: str) -> None:
    text = f"# {first}\n{FIRST}穿梭。\n（下转第3版）\n# {second}\n（上接第1版）\n{REST}\n"
    page = repair(text)
    assert [(article.headline, article.note) for article in page.articles] == [
        (first, "下转第3版"),
        (second, "上接第1版"),
    ]


@pytest.mark.parametrize(
    "note", ["(上接第3版)", "（上接第三版）", "上接A3版", "（紧接第2版）", "【上接第12版】", "（上接第1版《抢收》）"]
)
def test_continuation_notes_stand_on_every_paragraph(note: str) -> None:
    (article,) = repair(f"# 抢收\n{note}\n{FIRST}穿梭。\n{REST}\n").articles
    assert article.note == note.strip("()（）【】")
    assert body(article) == [FIRST + "穿梭。", REST]


def test_a_note_that_runs_into_a_paragraph_is_parted() -> None:
    (article,) = repair(f"# 抢收\n(上接第3版){FIRST}穿梭。(下转第5版)\n").articles
    assert body(article) == [FIRST + "穿梭。"]
    assert article.note == "上接第3版 下转第5版"


def test_a_credit_closes_the_article_above_it() -> None:
    text = f"# 抢抓晴好天气加快秋收\n# 食堂开业\n{OTHER}\n新华社北京3月5日电\n{FIRST}穿梭。\n"
    assert dict(articles(text)) == {"抢抓晴好天气加快秋收": [FIRST + "穿梭。"], "食堂开业": [OTHER]}
    bylines = {article.headline: article.byline for article in repair(text).articles}
    assert bylines == {"抢抓晴好天气加快秋收": "", "食堂开业": "记者 白露"}


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("工作目标", "到明年底，全市建成社区食堂一百家，老年人就餐更加方便，服务更加周到贴心。"),
        ("国务院办公厅", "2019年1月9日"),
        ("（此件公开发布）", "附件"),
        ("他说：“修好这条路是大家的心愿。", "“路修好了，产业才能发展。”他说。"),
        ("建设内容包括道路三条、桥梁两座；", "总投资五千万元。"),
        ("| 项目 | 金额 | 建设地点 | 建设内容 | 建设年限 | 责任单位 | 备注说明 |", "| 道路 | 五千万元 | 城东 |"),
        ("图为农户在田间收割水稻，丰收的喜悦洋溢在每个人脸上。本报记者 白露摄", "今年水稻种植面积比去年增加一成。"),
        ("今年水稻种植面积比去年增加一成。（农业农村局负责）", "加强田间管理。"),
    ],
)
def test_lines_that_are_not_one_paragraph(left: str, right: str) -> None:
    blocks = [block.text for block in repair(f"前面有一段完整的话。\n{left}\n{right}\n").blocks]
    assert blocks[-2:] == [left, right]


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("会议强调要做到“四个", "坚持”，把工作落到实处。"),
        ("会议学习了《关于加强农村", "道路建设的意见》，部署下一步工作。"),
        ("全年投资约3500", "万元，比上年增长一成，完成了年初确定的目标任务。"),
        ("各地各部门要密切配合，", "形成合力。"),
        ("全市新建、改建农村道路一百二十公里，惠及群众八万人，解决了出行难问题，群众都说好", "。下一步继续推进。"),
        ("We will open two new plants in the north and hire", "three hundred people."),
    ],
)
def test_lines_that_are_one_paragraph(left: str, right: str) -> None:
    text = f"前面有一段完整的话。\n{left}\n\n{right}\n"
    (paragraph,) = [block.text for block in repair(text).blocks][1:]
    blank = "\n" if left[-1].isascii() and right[0].isascii() else ""
    assert paragraph == left + blank + right


HARVEST, ROAD, CANTEEN = "全市秋收已经过半", "三条道路建成通车", "首批社区食堂开业"
ABOUT_ROAD = "道路通车以后，群众出行更加方便，产业发展有了新的机遇。"


def test_bylines_open_the_nearest_headline_that_waits() -> None:
    text = f"# {HARVEST}\n# {ROAD}\n## {CANTEEN}\n{OTHER}\n■ 记者 谷雨\n{ABOUT_ROAD}\n■ 记者 立夏\n{FIRST}穿梭。\n"
    assert dict(articles(text)) == {HARVEST: [FIRST + "穿梭。"], ROAD: [ABOUT_ROAD], CANTEEN: [OTHER]}
    bylines = {article.headline: article.byline for article in repair(text).articles}
    assert bylines == {HARVEST: "记者 立夏", ROAD: "记者 谷雨", CANTEEN: "记者 白露"}


def test_a_byline_below_a_body_signs_it() -> None:
    text = f"# {HARVEST}\n# {ROAD}\n{ABOUT_ROAD}\n（记者 谷雨）\n■ 记者 白露\n{FIRST}穿梭。\n# {CANTEEN}\n{OTHER}\n"
    bylines = {article.headline: article.byline for article in repair(text).articles}
    assert bylines == {HARVEST: "记者 白露", ROAD: "记者 谷雨", CANTEEN: "记者 白露"}


@pytest.mark.parametrize(
    ("above", "kicker", "label"),
    [
        ("抢抓晴好天气 确保颗粒归仓\n", "抢抓晴好天气 确保颗粒归仓", ""),
        ("### 抢抓晴好天气 确保颗粒归仓\n", "抢抓晴好天气 确保颗粒归仓", ""),
        ("## 要闻\n抢抓晴好天气 确保颗粒归仓\n", "抢抓晴好天气 确保颗粒归仓", "要闻"),
        ("# 要闻\n", "", "要闻"),
        ("", "", ""),
    ],
)
@pytest.mark.parametrize("below", ["", "——来自田间的报道", "一期工程明年完工"])
def test_what_stands_around_a_headline(above: str, kicker: str, label: str, below: str) -> None:
    text = f"{above}# {HARVEST}\n{below}\n■ 记者 谷雨\n{FIRST}穿梭。\n# {ROAD}\n{ABOUT_ROAD}\n"
    first, second = repair(text).articles
    assert (first.headline, first.kicker) == (HARVEST, " ".join(filter(None, (kicker, below))))
    assert [block.title for block in first.blocks if block.role == "label"] == [label][: bool(label)]
    assert (second.headline, second.kicker, second.byline) == (ROAD, "", "")


LATER = f"# {ROAD}\n{OTHER}\n"


def above_body(text: str) -> tuple[str, str, list[str]]:
    """Headline, kicker and labels of the article that opens the page."""
    page = repair(text)
    check_nothing_lost(text, page)
    first = page.articles[0]
    return first.headline, first.kicker, [block.title for block in first.blocks if block.role == "label"]


@pytest.mark.parametrize("opening", [f"■ 记者 谷雨\n{ABOUT_ROAD}\n", f"本报讯（记者 谷雨）{ABOUT_ROAD}\n"])
@pytest.mark.parametrize("later", ["", LATER, f"#{LATER}"])
@pytest.mark.parametrize(
    ("above", "expected"),
    [
        (f"# {HARVEST}\n## {CANTEEN}\n", (HARVEST, CANTEEN, [])),
        (f"# {HARVEST}\n# {CANTEEN}\n", (HARVEST, CANTEEN, [])),
        (
            f"# {HARVEST}\n\n抢抓晴好天气 确保颗粒归仓\n## {CANTEEN}\n",
            (HARVEST, f"抢抓晴好天气 确保颗粒归仓 {CANTEEN}", []),
        ),
        (f"# {HARVEST}\n---\n## {CANTEEN}\n", (CANTEEN, "", [HARVEST])),
        (f"# 某地日报 2026年3月5日 星期四\n## {CANTEEN}\n", (CANTEEN, "", ["某地日报 2026年3月5日 星期四"])),
        (f"# 第4版 要闻与综合新闻\n## {CANTEEN}\n", (CANTEEN, "", ["第4版 要闻与综合新闻"])),
    ],
)
def test_a_headline_directly_above_another_one(
    above: str, expected: tuple[str, str, list[str]], later: str, opening: str
) -> None:
    assert above_body(above + opening + later) == expected


def test_two_headlines_above_another_one() -> None:
    text = f"# {HARVEST}\n## {ROAD}\n### {CANTEEN}\n■ 记者 谷雨\n{ABOUT_ROAD}\n"
    assert above_body(text) == (HARVEST, f"{ROAD} {CANTEEN}", [])


def test_the_name_of_a_column_is_no_headline() -> None:
    assert above_body(f"# 民生\n## {CANTEEN}\n{OTHER}\n## {ROAD}\n{OTHER}\n") == (CANTEEN, "", ["民生"])
    assert above_body(f"# 颗粒归仓\n## {CANTEEN}\n{OTHER}\n# {ROAD}\n{OTHER}\n") == ("颗粒归仓", CANTEEN, [])


@pytest.mark.parametrize("opening", [f"■ 记者 谷雨\n{ABOUT_ROAD}\n", f"本报讯（记者 谷雨）{ABOUT_ROAD}\n"])
@pytest.mark.parametrize("subtitle", ["——全市秋收工作综述", "——来自田间的报道"])
def test_dashes_open_a_subtitle_on_a_page_without_marks(subtitle: str, opening: str) -> None:
    title = "抢抓晴好天气 确保颗粒归仓"
    assert above_body(f"{title}\n{subtitle}\n{opening}") == (title, subtitle, [])
    assert above_body(f"前面有一段完整的话。\n{subtitle}\n{opening}{title}\n")[0] == ""
    assert [article.headline for article in repair(f"前面有一段完整的话。\n{subtitle}\n{opening}").articles] == [
        "",
        subtitle,
    ]


@pytest.mark.parametrize(
    ("text", "labels"),
    [
        (f"## 要闻\n抢抓晴好天气 确保颗粒归仓\n# {CANTEEN}\n{OTHER}\n", ["要闻"]),
        (f"# {CANTEEN}\n{OTHER}\n\n# {ROAD}\n", [ROAD]),
        (f"# {HARVEST}\n---\n# {CANTEEN}\n{OTHER}\n", [HARVEST]),
        (f"# {HARVEST}\n# {CANTEEN}\n{OTHER}\n", []),
    ],
)
def test_every_label_is_told(text: str, labels: list[str]) -> None:
    told = [one for one in repair(text).repairs if one.kind == "label"]
    places = ["".join(text[span.start : span.end] for span in one.spans).lstrip("# ") for one in told]
    assert places == labels
    assert all(label in one.detail for label, one in zip(labels, told, strict=True))


@pytest.mark.parametrize("closing", ["(完)", "（完）", "本版责编:王某 电话:022-12345678", "责编：王某 校对：李某"])
@pytest.mark.parametrize("later", ["", LATER, f"#{LATER}"])
@pytest.mark.parametrize("byline", ["■ 记者 谷雨", ""])
def test_a_closing_credit_is_no_body_and_no_writer(closing: str, later: str, byline: str) -> None:
    first = repair(f"# {HARVEST}\n{byline}\n{FIRST}穿梭。\n{ABOUT_ROAD}\n{closing}\n{later}").articles[0]
    assert body(first) == [FIRST + "穿梭。", ABOUT_ROAD]
    assert first.byline == byline[2:]
    assert [(block.role, block.text) for block in first.blocks][-1] == ("byline", closing)


def test_a_closing_credit_opens_no_waiting_article() -> None:
    text = f"# {HARVEST}\n## {CANTEEN}\n{OTHER}\n（完）\n责编：王某\n■ 记者 谷雨\n{ABOUT_ROAD}\n（完）\n"
    assert dict(articles(text)) == {HARVEST: [ABOUT_ROAD], CANTEEN: [OTHER]}
    assert {article.byline for article in repair(text).articles} == {"记者 谷雨", "记者 白露"}
    assert articles("前面有一段完整的话。\n谢谢大家\n（完）\n") == [("", ["前面有一段完整的话。", "谢谢大家"])]
