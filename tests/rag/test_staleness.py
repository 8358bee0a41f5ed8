"""What has become of what was cited: the worked cases, and real rebuilds and rollbacks by this and another process."""

import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

from index.errors import QueryError
from index.paragraph import Paragraph
from rag.answer import Citation
from rag.chatbot import Chatbot
from rag.staleness import Stale, stale
from tests.rag.conftest import chatbot_over
from tests.rag.test_chatbot import BRIDGE, CANAL, COST, silent, write

ROOT = Path(__file__).parents[2]
COSTLY, LONG, GATE = "渠总投资6.5亿元,工期两年。", "渠长12公里,灌溉农田3000亩。", "渠首建有水闸一座。"


@dataclass
class Shelf:
    """Paragraphs in memory: the index as the comparison sees it, without the files."""

    paragraphs: Sequence[Paragraph]

    def get(self, paragraph_id: str) -> Paragraph:
        for one in self.paragraphs:
            if one.id == paragraph_id:
                return one
        raise QueryError(paragraph_id)

    def of_document(self, document: str) -> Sequence[Paragraph]:
        return [one for one in self.paragraphs if one.document == document]


def document(*texts: str, name: str = "d", article: str = "通水", headings: tuple[str, ...] = ()) -> list[Paragraph]:
    """Paragraphs whose ids count them, as those of a page do."""
    return [
        Paragraph(f"{name}/{n}", text, name, article=article, headings=headings, position=n)
        for n, text in enumerate(texts, 1)
    ]


def fates(now: Sequence[Paragraph], *, quote: str = "6.5亿元", known: bool = True) -> tuple[Stale, ...]:
    """What became of a citation of the first of three paragraphs."""
    before = document(COSTLY, LONG, GATE)
    start = COSTLY.index(quote)
    citation = Citation(1, before[0], quote, start, start + len(quote))
    return stale((citation,), Shelf(now), Shelf(before).of_document if known else lambda _: ())


@pytest.mark.parametrize(
    "now",
    [
        document(COSTLY, LONG, GATE),
        document("昨天天晴。", COSTLY, LONG, GATE),
        document(GATE, LONG, COSTLY),
        document(COSTLY),
        [*document("甲。", name="c"), *document(COSTLY)],
    ],
    ids=["as it was", "another above", "another order", "alone", "another document before"],
)
def test_what_says_the_same_is_not_stale_wherever_it_stands(now: list[Paragraph]) -> None:
    assert fates(now) == ()


def test_an_edited_paragraph_has_changed_and_its_present_text_is_told() -> None:
    (found,) = fates(document(COSTLY.replace("6.5", "8"), LONG, GATE))
    assert (found.fate, found.quote_stands) == ("changed", False)
    assert found.now is not None and "8亿元" in found.now.text
    (around,) = fates(document(COSTLY.replace("两年", "三年"), LONG, GATE))
    assert (around.fate, around.quote_stands) == ("changed", True)


def test_an_edited_paragraph_is_found_where_it_has_gone() -> None:
    (found,) = fates(document("昨天天晴。", LONG, GATE, COSTLY.replace("6.5", "8")))
    assert found.now is not None and found.now.position == 4


def test_what_was_taken_out_is_gone_although_its_number_has_another_now() -> None:
    (found,) = fates(document(LONG, GATE))
    assert (found.fate, found.now, found.quote_stands) == ("gone", None, False)
    assert [one.fate for one in fates(document(COSTLY, name="other"))] == ["gone"]
    assert [one.fate for one in fates([])] == ["gone"]


def test_a_like_neighbour_that_was_there_before_is_not_what_it_became() -> None:
    before = document(*(f"第{n}号渠长{n}公里,灌溉农田{n}00亩。" for n in (1, 2, 3)))
    citation = Citation(1, before[0], before[0].text, 0, len(before[0].text))
    now = document(before[1].text, before[2].text)
    assert [one.fate for one in stale((citation,), Shelf(now), Shelf(before).of_document)] == ["gone"]


def test_without_the_version_cited_from_the_likest_is_told() -> None:
    (found,) = fates(document(LONG, COSTLY.replace("6.5", "8"), GATE), known=False)
    assert found.now is not None and "8亿元" in found.now.text


def test_the_same_words_below_another_headline_are_told_as_such() -> None:
    (found,) = fates(document(COSTLY, LONG, article="另一条渠"))
    assert (found.fate, found.quote_stands) == ("moved", True)
    (found,) = fates(document(COSTLY, LONG, headings=("二、明年",)))
    assert found.fate == "moved"


def test_of_several_citations_those_that_changed_are_told_in_their_order() -> None:
    before = document(COSTLY, LONG, GATE)
    citations = [Citation(n, one, one.text, 0, len(one.text)) for n, one in enumerate(before, 1)]
    now = document(LONG, GATE.replace("一座", "两座"))
    found = stale(citations, Shelf(now), Shelf(before).of_document)
    assert [(one.citation.number, one.fate) for one in found] == [(1, "gone"), (3, "changed")]


@pytest.fixture
def chatbot(tmp_path: Path) -> Chatbot:
    return chatbot_over(tmp_path, {"bridge.md": BRIDGE, "canal.md": CANAL})


def test_an_answer_goes_stale_with_a_rebuild_and_is_fresh_again_after_going_back(chatbot: Chatbot) -> None:
    bridge, canal = chatbot.answer(COST), chatbot.answer("东河水渠总投资多少?")
    assert chatbot.stale(bridge) == ()
    write(chatbot, "bridge.md", BRIDGE.replace("\n\n青石大桥", "\n\n大桥于昨日动工。\n\n青石大桥"))
    chatbot.rebuild(silent)
    assert chatbot.stale(bridge) == ()  # it stands one paragraph further down
    write(chatbot, "bridge.md", BRIDGE.replace("6.5亿元", "8亿元"))
    chatbot.rebuild(silent)
    (found,) = {one.fate: one for one in chatbot.stale(bridge)}.values()
    assert (found.fate, found.now.text if found.now else "") == ("changed", "青石大桥总投资8亿元,全长1280米。")
    assert chatbot.stale(canal) == ()
    chatbot.versions.answer_from(bridge.index_version)
    assert chatbot.stale(bridge) == ()


def test_what_another_process_changes_is_noticed(chatbot: Chatbot) -> None:
    answer = chatbot.answer(COST)
    (chatbot.settings.corpus_dir / "bridge.md").unlink()
    folders = ("--corpus", str(chatbot.settings.corpus_dir), "--index", str(chatbot.settings.index_dir))
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    for command, fate in ((("build", *folders), "gone"), (("rollback", *folders[2:]), None)):
        subprocess.run(
            [sys.executable, "-m", "index", *command], env=environment, check=True, capture_output=True, timeout=120
        )
        assert {one.fate for one in chatbot.stale(answer)} == ({fate} if fate else set())


def test_when_the_version_cited_from_is_long_gone_it_is_still_told(chatbot: Chatbot) -> None:
    answer = chatbot.answer(COST)
    for cost in ("7", "8", "9", "10"):
        write(chatbot, "bridge.md", BRIDGE.replace("6.5亿元", f"{cost}亿元"))
        chatbot.rebuild(silent)
    assert answer.index_version not in [version.name for version in chatbot.versions.all()]
    assert {one.fate for one in chatbot.stale(answer)} == {"changed"}
