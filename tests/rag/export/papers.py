"""Saved chats to be exported: a plain one, and one in which everything is hostile."""

from dataclasses import replace

from index.paragraph import Paragraph, SourceFile
from rag.answer import Answer, Citation, Provenance
from rag.archive.chat import SavedChat, SavedTurn
from rag.export.paper import Paper, paper
from tests.rag.archive.given import answered, refused

WHEN = "2026-01-01T00:00:00+00:00"
HOSTILE = (
    "# 标题 <script>alert(1)</script> [点我](javascript:alert(1)) ![图](http://evil.example/x.png) "
    "`代码` **粗** _斜_ ~~删~~ | 表 | $x^2$ &lt; [^1] [^9]: 假注 https://evil.example www.evil.example a@b.cn "
    ":smile: <b onclick=x> </w:t> ]]> \u202e反\u200b \x00\x07 1. 一 - 二 \\ 末"
)


def chat(*turns: SavedTurn, title: str = "水渠多长?") -> SavedChat:
    return SavedChat("id", title, WHEN, len(turns), len(turns), turns)


def turn(number: int, answer: Answer) -> SavedTurn:
    return SavedTurn(number, answer.question, WHEN, "answered", answer)


def plain() -> SavedChat:
    """An answer, a refusal, the answer of a model, and what has none."""
    made = replace(answered().provenance, language_model="openai:m")
    worded = replace(answered("再问"), origin="generative", provenance=made, notice="略去一句")
    return chat(
        turn(1, answered()),
        turn(2, refused()),
        turn(3, worded),
        SavedTurn(4, "坏", WHEN, "failed", error="索引坏了"),
        SavedTurn(5, "断", WHEN, "unfinished"),
        SavedTurn(6, "损", WHEN, "damaged", error="x"),
    )


def hostile(signs: str = HOSTILE) -> SavedChat:
    """A chat whose question, quote, place, file name and notice all hold the signs."""
    passage = Paragraph(
        id=signs, text=f"前{signs}后", document=signs, article=signs, headings=(signs,), byline=signs, note=signs
    )
    citation = Citation(1, passage, f"前{signs}后", 0, len(signs) + 2)
    answer = Answer(
        signs,
        f"{signs}[1]\n「前{signs}后」[1]".replace("\n\n", "\n"),
        signs,
        (citation,),
        index_version=signs,
        understood=f"{signs}?",
        notice=signs,
        provenance=Provenance(WHEN, signs, signs, (SourceFile(signs, "cd" * 32),)),
    )
    return chat(SavedTurn(1, signs, WHEN, "answered", answer), title=signs)


def as_paper(chat: SavedChat) -> Paper:
    return paper(chat, language="zh", exported=WHEN)
