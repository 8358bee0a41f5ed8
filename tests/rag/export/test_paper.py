"""What a paper tells, whatever its form."""

from dataclasses import replace

from rag.export.paper import note_facts
from tests.rag.archive.given import CANAL, answered, cite
from tests.rag.export.papers import as_paper, chat, plain, turn


def test_footnotes_are_counted_through_and_each_line_points_at_its_own() -> None:
    told = as_paper(plain())
    assert [note.number for note in told.notes] == [1, 2, 3, 4, 5]
    assert [[line.notes for line in entry.lines] for entry in told.entries[:3]] == [
        [(1,), (1,), (2,)],
        [(), (), (3,)],
        [(4,), (4,), (5,)],
    ]
    assert told.notes[2].citation.quote == "种子早备"


def test_a_footnote_tells_the_place_the_file_the_versions_the_date_and_the_writer() -> None:
    told = as_paper(plain())
    facts = note_facts(told.notes[0], "zh")
    for part in (
        "报纸.txt",
        "《春耕备耕有序展开》",
        "一、抓早 · 水利先行",
        "第1段",
        "ab" * 32,
        "0001-20260101T000000Z",
        "static-zh",
        "2026-01-02T03:04:05+00:00",
    ):
        assert any(part in fact for fact in facts), part
    assert any("原文" in fact for fact in facts)
    assert any("openai:m" in fact for fact in note_facts(told.notes[3], "zh"))
    english = note_facts(told.notes[0], "en")
    assert "Paragraph 1" in english and not any("第1段" in fact for fact in english)


def test_a_digest_that_is_not_known_is_said_so() -> None:
    older = replace(answered(), provenance=replace(answered().provenance, files=()))
    facts = note_facts(as_paper(chat(turn(1, older))).notes[0], "zh")
    assert any("未知" in fact for fact in facts)


def test_a_citation_that_no_line_refers_to_is_told_all_the_same() -> None:
    loose = replace(answered(), text="12公里", citations=(cite(7, CANAL, "水利先行"),))
    told = as_paper(chat(turn(1, loose)))
    assert [(line.text, line.notes) for line in told.entries[0].lines] == [("12公里", ()), ("「水利先行」", (1,))]


def test_markers_without_a_citation_stay_text() -> None:
    odd = replace(answered(), text="数组[2]。[9]")
    assert as_paper(chat(turn(1, odd))).entries[0].lines[0].text == "数组[2]。[9]"


def test_what_has_no_answer_says_why() -> None:
    failed, unfinished, damaged = as_paper(plain()).entries[3:]
    assert failed.lines[0].text == "索引坏了"
    assert "没有答完" in unfinished.lines[0].text and "损坏" in damaged.lines[0].text
