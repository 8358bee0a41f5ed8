"""A chatbot that follows a script, at the seam where the page meets the real one.

Adequate because it hands out real ``rag.answer`` objects through the same methods; needed because no real corpus makes
an answer hostile, slow or broken on demand. What a page must do with true answers is tested with the real chatbot.
"""

import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from index.paragraph import Paragraph
from rag.answer import Answer, Citation, Refusal
from rag.chatbot import Rebuilt, Status
from rag.errors import QueryError, WenjuError
from rag.explanation import Explanation


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


@dataclass
class ScriptedChatbot:
    """Answers from ``script`` (question to what happens), otherwise with :func:`answered`; rebuilds when it is let."""

    script: dict[str, Answer | Exception] = field(default_factory=dict)
    asked: list[tuple[str, tuple[str, ...]]] = field(default_factory=list)
    explained: list[tuple[str, tuple[str, ...]]] = field(default_factory=list)
    article_now: tuple[Paragraph, ...] = ARTICLE
    rebuilt: Rebuilt | Exception = field(default_factory=lambda: Rebuilt("v2", 2, 1, 0, 40, ("坏.txt: 不是文本",), 1.5))
    may_finish: threading.Event = field(default_factory=threading.Event)

    def ask(self, question: str, history: Sequence[str] = ()) -> Iterator[Answer]:
        self.asked.append((question, tuple(history)))
        told = self.script.get(question) or answered(question)
        if isinstance(told, Exception):
            raise told
        lines = told.text.splitlines()
        for count in range(1, len(lines)):
            yield replace(told, text="\n".join(lines[:count]))
        yield told

    def rebuild(self, progress: Callable[[float, str], None]) -> Rebuilt:
        progress(0.25, "读取 报纸.txt")
        if not self.may_finish.wait(60):
            raise WenjuError("nobody let the rebuild finish")
        progress(0.9, "写入")
        if isinstance(self.rebuilt, Exception):
            raise self.rebuilt
        return self.rebuilt

    def article(self, paragraph_id: str) -> tuple[Paragraph, ...]:
        if all(passage.id != paragraph_id for passage in self.article_now):
            raise QueryError(f"no paragraph {paragraph_id}")
        return self.article_now

    def explain(self, question: str, history: Sequence[str] = (), *, shown: Answer | None = None) -> list[Explanation]:
        told = self.script.get(question)
        if isinstance(told, Exception):
            raise told
        self.explained.append((question, tuple(history)))
        raise WenjuError("<b>说明暂时不可用</b>")

    def status(self) -> Status:
        return Status("v1", "2026-01-01", ("报纸.txt",), len(self.article_now), "scripted")

    def questions(self) -> tuple[str, ...]:
        return ("修好的水渠有多长?", "良种到户多少公里?")
