"""DOCX taken apart: well-formed parts that belong together, real footnotes, nothing smuggled in."""

import re
from io import BytesIO
from zipfile import ZipFile

import pytest
from docx import Document
from docx.oxml.ns import qn
from lxml import etree

from rag.archive.chat import SavedChat
from rag.export.word import word
from tests.rag.export.papers import HOSTILE, as_paper, hostile, plain


def parts(chat: SavedChat) -> dict[str, bytes]:
    with ZipFile(BytesIO(word(as_paper(chat)))) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


def tree(data: bytes) -> etree._Element:
    return etree.fromstring(data, etree.XMLParser(resolve_entities=False))


def text(element: etree._Element) -> str:
    return "".join(one.text or "" for one in element.iter(qn("w:t")))


@pytest.fixture(params=[plain, hostile], ids=["plain", "hostile"])
def chat(request: pytest.FixtureRequest) -> SavedChat:
    made: SavedChat = request.param()
    return made


def test_every_part_is_well_formed_and_declared(chat: SavedChat) -> None:
    found = parts(chat)
    for name, data in found.items():
        if name.endswith((".xml", ".rels")):
            tree(data)
    types = found["[Content_Types].xml"].decode()
    assert 'PartName="/word/footnotes.xml"' in types and "wordprocessingml.footnotes+xml" in types
    assert 'Target="footnotes.xml"' in found["word/_rels/document.xml.rels"].decode()


def test_every_footnote_is_referred_to_once_and_every_reference_has_its_footnote(chat: SavedChat) -> None:
    found = parts(chat)
    body, notes = tree(found["word/document.xml"]), tree(found["word/footnotes.xml"])
    referred = [one.get(qn("w:id")) for one in body.iter(qn("w:footnoteReference"))]
    written = [one.get(qn("w:id")) for one in notes.iter(qn("w:footnote"))]
    assert written == ["-1", "0", *referred] and referred == [str(n) for n in range(1, len(referred) + 1)]
    bookmarks = {one.get(qn("w:name")) for one in body.iter(qn("w:bookmarkStart"))}
    later = [one.get(qn("w:instr")) or "" for one in body.iter(qn("w:fldSimple"))]
    assert later and all(field.split()[1] in bookmarks for field in later)
    styles = {one.get(qn("w:styleId")) for one in tree(found["word/styles.xml"]).iter(qn("w:style"))}
    for part in (body, notes):
        used = {one.get(qn("w:val")) for kind in ("w:pStyle", "w:rStyle") for one in part.iter(qn(kind))}
        assert used <= styles


def test_a_footnote_carries_quote_place_digest_and_versions() -> None:
    notes = tree(parts(plain())["word/footnotes.xml"])
    told = [text(one) for one in notes.iter(qn("w:footnote"))]
    assert "「全县修好水渠12公里」" in told[2] and "ab" * 32 in told[2] and "0001-20260101T000000Z" in told[2]
    assert len(list(notes.iter(qn("w:footnoteRef")))) == 5


def test_chinese_has_a_font_and_a_language() -> None:
    styles = tree(parts(plain())["word/styles.xml"])
    normal = next(one for one in styles.iter(qn("w:style")) if one.get(qn("w:styleId")) == "Normal")
    fonts = normal.find(f".//{qn('w:rFonts')}")
    language = normal.find(f".//{qn('w:lang')}")
    assert fonts is not None and fonts.get(qn("w:eastAsia")) and not fonts.get(qn("w:eastAsiaTheme"))
    assert language is not None and language.get(qn("w:eastAsia")) == "zh-CN"


def test_hostile_words_stay_words() -> None:
    found = parts(hostile())
    rels = found["word/_rels/document.xml.rels"].decode()
    assert "evil" not in rels and 'TargetMode="External"' not in rels
    body = tree(found["word/document.xml"])
    assert not list(body.iter(qn("w:hyperlink")))
    seen = re.sub(r"\s+", "", "".join(one for one in HOSTILE if one.isprintable()))
    assert seen[:60] in re.sub(r"\s+", "", text(body))
    assert {field.get(qn("w:instr"), "").split()[0] for field in body.iter(qn("w:fldSimple"))} == {"NOTEREF"}


def test_a_reader_of_documents_opens_it() -> None:
    document = Document(BytesIO(word(as_paper(plain()))))
    told = [paragraph.text for paragraph in document.paragraphs]
    assert told[0] == "水渠多长?" and "12公里。" in told and "「良种到户12公里」" in told
    assert document.core_properties.author == "问据"
