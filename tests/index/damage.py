"""Pages damaged on purpose, beside the paragraphs they were made of: what the repair has to give back.

The paragraphs are those of the page in corpus/, or any others; headlines, bylines, line ends, blank lines, cuts and the
order of the parts are drawn anew, so that no rule can lean on how one page happens to look.
"""

import re
from dataclasses import dataclass, field
from random import Random

BYLINES = {
    "■ 记者 苏小满": "记者 苏小满",
    "●本报记者 苏小满 白露": "本报记者 苏小满 白露",
    "本报记者 苏小满 通讯员 白露": "本报记者 苏小满 通讯员 白露",
    "(记者 苏小满)": "记者 苏小满",
    "文/图 苏小满": "文/图 苏小满",
    "本报通讯员 苏 满": "本报通讯员 苏 满",
    "□ 融媒体记者 苏小满": "融媒体记者 苏小满",
}
RUN_INS = {
    "本报讯(记者 白露)": "记者 白露",
    "本报讯（见习记者 白露 通讯员 谷雨）": "见习记者 白露 通讯员 谷雨",
    "新华社石家庄5月6日电（记者 白露、谷雨）": "记者 白露、谷雨",
    "据新华社电 ": "据新华社电",
}
HEADLINES = ("老城区三条背街小巷改造完工", "一批社区食堂年内投用", "全市秋粮收购工作会议召开", "数据标注基地落户高新区")
LEVELS = (("#", "##"), ("#", "#"), ("##", "###"), ("##", "##"), ("#", "###"))
NUMBER = re.compile(r"[(（]|\d+[.、]|\d+ ")  # a rest that begins like a numbered line is taken for one
ENDS = "。！？!?…；;：:”’）)》"


@dataclass(frozen=True)
class Story:
    """One article as it was written."""

    headline: str
    paragraphs: tuple[str, ...]
    byline: str = ""
    run_in: str = ""

    @property
    def body(self) -> list[str]:
        first, *rest = self.paragraphs
        return [self.run_in + first, *rest]


@dataclass
class Press:
    """Sets stories as a damaged page; every choice comes from one seed."""

    random: Random
    cut_share: float = 0.4
    shortest_piece: int = 34
    lines: list[str] = field(default_factory=list)

    def cut(self, paragraph: str) -> list[str]:
        """The paragraph in one piece or in two, cut where no mark says that it could be over."""
        places = [
            place
            for place in range(self.shortest_piece, len(paragraph) - 1)
            if paragraph[place - 1] not in ENDS
            and not paragraph[place - 1 : place + 1].isascii()
            and " " not in paragraph[place - 1 : place + 1]
            and not NUMBER.match(paragraph[place:])
        ]
        if not places or self.random.random() >= self.cut_share:
            return [paragraph]
        place = self.random.choice(places)
        return [paragraph[:place], paragraph[place:]]

    def body(self, paragraphs: list[str]) -> list[str]:
        return [piece for paragraph in paragraphs for piece in self.cut(paragraph)]

    def page(self, lines: list[str]) -> str:
        """The lines with drawn line ends and numbers of blank lines between."""
        end = self.random.choice(["\n", "\r\n", "\r"])
        gap = self.random.choice([1, 2, 3, 0])
        return end * self.random.choice([0, 4]) + "".join(
            line + end * (gap or self.random.choice([1, 2])) for line in lines
        )


def in_turn(press: Press, first: Story, second: Story) -> str:
    """One article below the other."""
    top, low = press.random.choice(LEVELS)
    lines = [f"{top} {first.headline}", *_opening(first), *press.body(first.body)]
    return press.page([*lines, f"{low} {second.headline}", *_opening(second), *press.body(second.body)])


def enclosed(press: Press, first: Story, second: Story) -> str:
    """The first headline, the whole second article, then the first one's byline and body."""
    top, low = press.random.choice(LEVELS)
    lines = [f"{top} {first.headline}", f"{low} {second.headline}", *_opening(second), *press.body(second.body)]
    return press.page([*lines, *_opening(first), *press.body(first.body)])


def interrupted(press: Press, first: Story, second: Story) -> str:
    """The second article stands in the middle of a paragraph of the first."""
    top, low = press.random.choice(LEVELS)
    body = first.body
    broken = press.random.randrange(len(body))
    head, *tail = _certainly_cut(press, body[broken])
    lines = [f"{top} {first.headline}", *_opening(first), *press.body(body[:broken]), head]
    lines += [f"{low} {second.headline}", *_opening(second), *press.body(second.body)]
    return press.page([*lines, *tail, *press.body(body[broken + 1 :])])


def headline_between(press: Press, first: Story, second: Story) -> str:
    """A kicker and the second headline stand in a paragraph of the first; the second body begins at its byline."""
    top, low = press.random.choice(LEVELS)
    body = first.body
    broken = press.random.randrange(len(body))
    head, *tail = _certainly_cut(press, body[broken])
    lines = [f"{top} {first.headline}", *_opening(first), *press.body(body[:broken]), head]
    lines += ["盘活一池春水 共享一方绿意", f"{low} {second.headline}", *tail, *press.body(body[broken + 1 :])]
    return press.page([*lines, *_opening(second), *press.body(second.body)])


def _opening(story: Story) -> list[str]:
    return [story.byline] if story.byline else []


def _certainly_cut(press: Press, paragraph: str) -> list[str]:
    share, press.cut_share = press.cut_share, 1.0
    pieces = press.cut(paragraph)
    press.cut_share = share
    return pieces
