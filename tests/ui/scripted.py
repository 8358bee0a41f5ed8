"""A chatbot that follows a script, at the seam where the page meets the real one.

Adequate because it hands out real ``rag.answer`` objects through the same methods; needed because no real corpus makes
an answer hostile, slow or broken on demand. What a page must do with true answers is tested with the real chatbot.
"""

import threading
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from index.change import Changes
from index.paragraph import Paragraph
from rag.answer import Answer, Citation, Refusal
from rag.chatbot import Status
from rag.errors import BuildCancelled, QueryError, SnapshotMissing, WenjuError
from rag.explanation import Explanation
from rag.library import ArticleEntry, Contents, Documents, Found, Opened, Page
from rag.messages import Language
from rag.settings import Settings
from rag.staleness import Stale
from rag.versions import Change, Difference, Rebuilt, Version
from ui.limits import Limits

UNLIMITED = Limits(per_minute=0, at_once=64)
SLOW = "慢"
"""A question with this word is answered line by line with the chatbot's pause before each."""


def paragraph(text: str, position: int = 1, **more: object) -> Paragraph:
    """A paragraph of an invented article."""
    fields = {"id": f"p{position}", "document": "报纸.txt", "article": "春耕备耕有序展开", **more}
    return Paragraph(text=text, position=position, **fields)  # type: ignore[arg-type]  # shorthand for tests


ARTICLE = (
    paragraph("春耕时节,某县农机下田。", 1, kicker="一线见闻", byline="■ 记者 某某", note="上接第2版"),
    paragraph(
        "水利先行。全县修好水渠12公里,灌溉3000亩。", 1, id="p2", headings=("一、抓早", "水利先行"), byline="■ 记者 某某"
    ),
    paragraph("种子早备。良种到户12公里。", 1, id="p3", headings=("一、抓早", "种子早备"), byline="■ 记者 某某"),
)


def cite(passage: Paragraph, quote: str, number: int = 1) -> Citation:
    """The first place where the quote stands in the paragraph."""
    start = passage.text.index(quote)
    return Citation(number, passage, quote, start, start + len(quote))


def answered(question: str, short: str = "12公里") -> Answer:
    """A grounded answer with two citations."""
    first, second = cite(ARTICLE[1], "全县修好水渠12公里,灌溉3000亩", 1), cite(ARTICLE[2], "良种到户12公里", 2)
    text = f"{short}。[1]\n「…{first.quote}…」[1]\n「{second.quote}」[2]"
    return Answer(question, text, short, (first, second), index_version="v1", understood=question)


def refused(question: str) -> Answer:
    """A refusal with a nearest passage."""
    nearest = cite(ARTICLE[0], "农机下田")
    refusal = Refusal("not_stated", "原文没有说明原因。", nearest)
    return Answer(question, refusal.reason, refusal=refusal, understood=question)


def version(name: str, *, current: bool = False, **more: object) -> Version:
    """A version of the invented paper."""
    fields = {"built": "2026-01-01T00:00:00+00:00", "model": "scripted", "documents": ("报纸.txt",), "articles": 1}
    return Version(name, current, **{**fields, "paragraphs": 3, "size": 1_234_567, **more})  # type: ignore[arg-type]


@dataclass
class ScriptedVersions:
    """Two versions, the second of which added one paragraph; refuses what is not there, as the real ones do."""

    current: str = "v1"
    names: tuple[str, ...] = ("v1", "v0")
    fault: str = ""

    def all(self) -> tuple[Version, ...]:
        return tuple(version(name, current=name == self.current, fault=self.fault) for name in self.names)

    def difference(self, old: str, new: str, *, most: int) -> Difference:
        return Difference(old, new, Changes(1, 0, 0, 2), (Change(None, ARTICLE[2]),)[:most])

    def answer_from(self, name: str) -> None:
        if name not in self.names:
            raise SnapshotMissing(f"no version {name}")
        self.current = name


@dataclass
class ScriptedChatbot:
    """Answers from ``script`` (question to what happens), otherwise with :func:`answered`; rebuilds when it is let."""

    script: dict[str, Answer | Exception] = field(default_factory=dict)
    asked: list[tuple[str, tuple[str, ...]]] = field(default_factory=list)
    explained: list[tuple[str, tuple[str, ...]]] = field(default_factory=list)
    article_now: tuple[Paragraph, ...] = ARTICLE
    rebuilt: Rebuilt | Exception = field(
        default_factory=lambda: Rebuilt("v2", 2, 1, 0, 40, ("坏.txt: 不是文本",), 1.5, "v1")
    )
    may_finish: threading.Event = field(default_factory=threading.Event)
    settings: Settings = field(default_factory=Settings.load)
    pause: float = 0.0
    """Seconds before each line of an answer."""
    versions: ScriptedVersions = field(default_factory=ScriptedVersions)

    def ask(self, question: str, history: Sequence[str] = (), *, language: Language | None = None) -> Iterator[Answer]:
        self.asked.append((question, tuple(history)))
        told = self.script.get(question) or answered(question)
        if isinstance(told, Exception):
            raise told
        lines = told.text.splitlines()
        pause = self.pause if SLOW in question else 0.0
        for count in range(1, len(lines)):
            time.sleep(pause)
            yield replace(told, text="\n".join(lines[:count]))
        time.sleep(pause)
        yield told

    def suggestions(self, answer: Answer, history: Sequence[str] = ()) -> tuple[str, ...]:
        return tuple(one for one in (*self.questions(), "灌溉多少亩?") if one not in history)

    def rebuild(
        self, progress: Callable[[float, str], None], *, cancelled: Callable[[], bool] = lambda: False
    ) -> Rebuilt:
        progress(0.25, "读取 报纸.txt")
        for _ in range(6000):
            if self.may_finish.wait(0.01):
                break
            if cancelled():
                raise BuildCancelled("停了")
        else:
            raise WenjuError("nobody let the rebuild finish")
        progress(0.9, "写入")
        if isinstance(self.rebuilt, Exception):
            raise self.rebuilt
        return self.rebuilt

    def stale(self, answer: Answer) -> tuple[Stale, ...]:
        if answer.index_version == self.versions.current:
            return ()
        return tuple(Stale(one, "gone") for one in answer.citations[:1])

    def article(self, paragraph_id: str) -> tuple[Paragraph, ...]:
        if all(passage.id != paragraph_id for passage in self.article_now):
            raise QueryError(f"no paragraph {paragraph_id}")
        return self.article_now

    def library(self) -> "ScriptedLibrary":
        return ScriptedLibrary(self)

    def explain(self, question: str, history: Sequence[str] = (), *, shown: Answer | None = None) -> list[Explanation]:
        told = self.script.get(question)
        if isinstance(told, Exception):
            raise told
        self.explained.append((question, tuple(history)))
        raise WenjuError("<b>说明暂时不可用</b>")

    def status(self) -> Status:
        return Status(self.versions.current, "2026-01-01", ("报纸.txt",), len(self.article_now), "scripted")

    def questions(self) -> tuple[str, ...]:
        return ("修好的水渠有多长?", "良种到户多少公里?")


@dataclass
class ScriptedLibrary:
    """The documents of a scripted chatbot: its one article."""

    chatbot: ScriptedChatbot

    def article(self, paragraph_id: str) -> tuple[Paragraph, ...]:
        return self.chatbot.article(paragraph_id)

    def first(self, document: str) -> Paragraph:
        return self.chatbot.article_now[0]

    def contents(self, passage: Paragraph) -> Contents:
        entry = ArticleEntry(passage.id, passage.document, passage.article, len(self.chatbot.article_now))
        return Contents(passage.document, (entry,), 1, entry)

    def documents(self, words: str = "") -> Documents:
        return Documents(("报纸.txt",), 1)

    def open(self, paragraph_id: str, printed: str = "") -> Opened:
        return Opened(self.chatbot.article(paragraph_id)[0], True)

    def find(self, document: str, words: str) -> Found:
        return Found(())

    def page(self, document: str, around: int = 0) -> Page:
        return Page(document, "春耕时节", 0, 1, 4, (), ())
