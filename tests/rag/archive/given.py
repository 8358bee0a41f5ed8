"""Answers to be saved, of an invented article, and an archive to save them in."""

from pathlib import Path

from index.paragraph import Paragraph, SourceFile, Span
from rag.answer import Answer, Citation, Latency, Provenance, Refusal
from rag.archive.chats import Chats
from rag.archive.database import Database

CANAL = Paragraph(
    id="报纸.txt#2",
    text="水利先行。全县修好水渠12公里,灌溉3000亩。",
    document="报纸.txt",
    article="春耕备耕有序展开",
    headings=("一、抓早", "水利先行"),
    spans=(Span(10, 16), Span(20, 36)),
    byline="■ 记者 某某",
    note="上接第2版",
)
SEEDS = Paragraph(id="报纸.txt#3", text="种子早备。良种到户12公里。", document="报纸.txt", article="春耕备耕有序展开")
MADE = Provenance("2026-01-02T03:04:05+00:00", "static-zh", "", (SourceFile("报纸.txt", "ab" * 32),))


def cite(number: int, paragraph: Paragraph, quote: str) -> Citation:
    start = paragraph.text.index(quote)
    return Citation(number, paragraph, quote, start, start + len(quote))


def answered(question: str = "水渠多长?", short: str = "12公里") -> Answer:
    """A grounded answer with two citations."""
    first, second = cite(1, CANAL, "全县修好水渠12公里"), cite(2, SEEDS, "良种到户12公里")
    text = f"{short}。[1]\n「…{first.quote}…」[1]\n「{second.quote}」[2]"
    return Answer(
        question,
        text,
        short,
        (first, second),
        index_version="0001-20260101T000000Z",
        understood=question,
        latency=Latency(1.5, 2.0, 3.25),
        provenance=MADE,
    )


def refused(question: str = "为什么?") -> Answer:
    """A refusal with a nearest passage."""
    refusal = Refusal("not_stated", "原文没有说明原因。", cite(1, SEEDS, "种子早备"))
    return Answer(question, refusal.reason, refusal=refusal, index_version="0001-20260101T000000Z", provenance=MADE)


def chats(folder: Path, owner: str = "甲") -> Chats:
    return Chats(Database(folder), owner)


def said(kept: Chats, *questions: str, chat: str = "") -> str:
    """A chat with an answer to each of the questions."""
    for question in questions:
        number = kept.open(chat).asked + 1 if chat else 1
        chat = kept.begin(chat, number, question).chat
        kept.finish(chat, number, answered(question))
    return chat
