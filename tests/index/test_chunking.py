"""Paragraphs as they are stored: ids, parts of over-long ones, and the lines of .jsonl files."""

import json
from hashlib import sha256

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.chunking import LONGEST, chunk
from index.corpus import Source
from index.errors import CorpusError
from index.paragraph import Paragraph, Span
from tests.index.test_layout import PAGE


def source(text: str, path: str = "page.txt") -> Source:
    return Source(path, text, sha256(text.encode()).hexdigest(), "utf-8")


def spelled(paragraph: Paragraph, text: str) -> str:
    return "".join(text[span.start : span.end] for span in paragraph.spans)


def test_ids_of_the_page_are_unique_and_readable() -> None:
    paragraphs = chunk(source(PAGE, "a/page.txt")).paragraphs
    ids = [paragraph.id for paragraph in paragraphs]
    assert len(set(ids)) == len(ids)
    assert "a/page/政府工作报告/(八) 更大力度保障和改善民生·加强社会保障和服务/1" in ids
    assert "a/page/天津人工智能传感器产业园加快建设/署名" in ids
    assert {paragraph.document for paragraph in paragraphs} == {"a/page.txt"}


def test_ids_stay_when_something_else_changes() -> None:
    before = {paragraph.text: paragraph.id for paragraph in chunk(source(PAGE)).paragraphs}
    inserted = PAGE.replace("(九) ", "新增一段。这是后来加进来的一段文字,放在第八部分末尾。\n\n(九) ", 1)
    after = {paragraph.text: paragraph.id for paragraph in chunk(source(inserted)).paragraphs}
    assert len(after) == len(before) + 1
    assert {text: after[text] for text in before} == before


def test_two_files_with_one_stem_have_different_ids() -> None:
    ids = [chunk(source("甲乙丙。", path)).paragraphs[0].id for path in ("a.txt", "a.md", "b/a.txt")]
    assert len(set(ids)) == 3


def test_two_articles_with_one_headline_have_different_ids() -> None:
    text = "# 简讯\n今天下雨。\n# 简讯\n明天晴。\n# 简讯\n后天有雪。\n"
    ids = [paragraph.id for paragraph in chunk(source(text)).paragraphs]
    assert ids == ["page/简讯/1", "page/简讯/1~2", "page/简讯/1~3"]


def test_a_file_without_headline_is_named_by_its_stem() -> None:
    (paragraph,) = chunk(source("只有一句话。", "notes/随记.txt")).paragraphs
    assert (paragraph.article, paragraph.id) == ("随记", "notes/随记/随记/1")


@settings(deadline=None)
@given(st.lists(st.integers(5, 700), min_size=1, max_size=12))
def test_over_long_paragraphs_are_split_at_sentence_ends(lengths: list[int]) -> None:
    text = "".join("路" * length + "。" for length in lengths)
    parts = chunk(source(text)).paragraphs
    assert "".join(part.text for part in parts) == text
    assert [spelled(part, text) for part in parts] == [part.text for part in parts]
    assert all(len(part.text) <= LONGEST for part in parts)
    assert all(part.text.endswith("。") for part in parts)
    assert {part.position for part in parts} == {1}
    assert len({part.id for part in parts}) == len(parts)
    assert len(parts) == 1 or len(text) > LONGEST


def test_a_sentence_that_never_ends_is_split_all_the_same() -> None:
    text = "路" * (2 * LONGEST + 1) + "。"
    parts = chunk(source(text)).paragraphs
    assert [len(part.text) for part in parts] == [LONGEST, LONGEST, 2]


def lines(*objects: object) -> Source:
    return source("\n".join(json.dumps(one, ensure_ascii=False) for one in objects) + "\n", "data.jsonl")


def test_a_line_is_a_paragraph_verbatim() -> None:
    long = "路" * 3000 + "\n(一) 不拆。\n"
    given_lines = lines(
        {"id": "甲/1", "text": " 修路。 ", "title": "第三条"}, {"text": long, "id": 7}, {"id": "3", "text": "x"}
    )
    first, second, third = chunk(given_lines).paragraphs
    assert (first.id, first.text, first.article, first.position, first.headings) == (
        "甲/1",
        " 修路。 ",
        "第三条",
        1,
        (),
    )
    assert (second.id, second.text, second.article) == ("7", long, "")
    assert (third.id, third.position) == ("3", 2)
    assert chunk(given_lines).repairs == ()


@settings(deadline=None)
@given(
    st.lists(st.text(st.characters(codec="utf-8"), min_size=1).filter(str.strip), min_size=1, max_size=5),
    st.booleans(),
    st.sampled_from(["\n", "\r\n", "\n\n"]),
)
def test_spans_are_right_or_empty(texts: list[str], escape: bool, end: str) -> None:
    rows = [
        json.dumps({"text": "no", "id": str(n), "text ": 1, "extra": {"text": text}}, ensure_ascii=escape)[:-1]
        + f',  "text" :\t{json.dumps(text, ensure_ascii=escape)} }}'
        for n, text in enumerate(texts)
    ]
    whole = source(end.join(rows), "x.jsonl")
    paragraphs = chunk(whole).paragraphs
    assert [paragraph.text for paragraph in paragraphs] == texts
    for paragraph, row in zip(paragraphs, rows, strict=True):
        plain = json.dumps(paragraph.text, ensure_ascii=escape)[1:-1] == paragraph.text
        assert len(paragraph.spans) == plain, row
        assert not plain or spelled(paragraph, whole.text) == paragraph.text


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("{'id': 1}", "line 2 is not JSON"),
        ("[1]", "line 2 is list"),
        ('{"id": "2"}', 'line 2 lacks "text"'),
        ('{"text": "x"}', 'line 2 lacks "id"'),
        ('{"id": "", "text": "x"}', '"id" is ""'),
        ('{"id": true, "text": "x"}', '"id" is true'),
        ('{"id": "2", "text": ["x"]}', '"text" is \\["x"\\]'),
        ('{"id": "2", "text": "  "}', '"text" is "  "'),
        ('{"id": "2", "text": "x", "title": 5}', '"title" is 5'),
        ('{"id": "2", "text": "\\ud800"}', '"text" is'),
        ('{"id": "1", "text": "x"}', 'the id "1" stands in line 1 too'),
        ("[" * 100000, "nested too deeply|not JSON"),
    ],
)
def test_a_bad_line_names_file_and_line(line: str, told: str) -> None:
    with pytest.raises(CorpusError, match=told) as caught:
        chunk(source('{"id": "1", "text": "ok"}\n' + line, "a/data.jsonl"))
    assert "a/data.jsonl" in str(caught.value)
    assert len(str(caught.value)) < 600


def test_line_separators_inside_a_string_do_not_end_the_line() -> None:
    text = "甲\u2028乙\x85丙"
    (paragraph,) = chunk(source(json.dumps({"id": "1", "text": text}, ensure_ascii=False), "x.jsonl")).paragraphs
    assert paragraph.text == text
    assert paragraph.spans == (Span(21, 26),)


def test_a_file_of_blank_lines_only_is_an_error() -> None:
    with pytest.raises(CorpusError, match="no line of data"):
        chunk(source(" \n\n", "x.jsonl"))
