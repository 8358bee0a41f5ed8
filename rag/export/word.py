"""A paper as a DOCX document with real footnotes. Knows nothing of chats.

python-docx writes the document; footnotes, which it does not know, are one more part of the package, written here by
the rules of ECMA-376 (17.11). What people and documents say goes into text nodes only.
"""

import re
from io import BytesIO
from typing import Any

from docx import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.oxml import serialize_part_xml
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Pt, RGBColor

from rag.export.paper import Entry, Line, Note, Paper, note_facts
from rag.messages import say

FONT, HAN_FONT = "Calibri", "Microsoft YaHei"  # what a machine lacks it replaces by a font of its own
_FOOTNOTES = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
_SOFT = RGBColor(0x5C, 0x63, 0x70)
# Characters that XML 1.0 cannot carry.
_UNFIT = re.compile("[^\t\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
# Footnotes -1 and 0 draw the lines above the others; Word asks for them.
_SEPARATORS = (
    f"<w:footnotes {nsdecls('w')}>"
    '<w:footnote w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>'
    '<w:footnote w:type="continuationSeparator" w:id="0"><w:p><w:r><w:continuationSeparator/></w:r></w:p></w:footnote>'
    "</w:footnotes>"
)


def word(paper: Paper) -> bytes:
    """The paper as the bytes of a DOCX file."""
    document = Document()
    _styles(document, paper)
    document.core_properties.title = _clean(paper.title)
    document.core_properties.author = say("export.author", paper.language)
    document.add_heading(_clean(paper.title), 0)
    for fact in paper.facts:
        document.add_paragraph(_clean(fact), style="Fact")
    referred: set[int] = set()
    for entry in paper.entries:
        _entry(document, entry, paper, referred)
    _footnotes(document, paper)
    file = BytesIO()
    document.save(file)
    return file.getvalue()


def _styles(document: Any, paper: Paper) -> None:
    styles = document.styles
    fact = styles.add_style("Fact", WD_STYLE_TYPE.PARAGRAPH)
    note = styles.add_style("footnote text", WD_STYLE_TYPE.PARAGRAPH)
    reference = styles.add_style("footnote reference", WD_STYLE_TYPE.CHARACTER)
    for style in (fact, note):
        style.base_style = styles["Normal"]
        style.font.size = Pt(9)
        style.paragraph_format.space_after = Pt(2)
    fact.font.color.rgb = _SOFT
    reference.font.superscript = True
    styles["Normal"].paragraph_format.space_after = Pt(6)
    for style in styles:
        if style.type in (WD_STYLE_TYPE.PARAGRAPH, WD_STYLE_TYPE.CHARACTER):
            _fonts(style, paper)


def _fonts(style: Any, paper: Paper) -> None:
    """The fonts of a style by name: those of the template's theme have no Chinese ones."""
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{theme}"), None)
    for name, font in (("ascii", FONT), ("hAnsi", FONT), ("eastAsia", HAN_FONT)):
        fonts.set(qn(f"w:{name}"), font)
    if style.name == "Normal":
        language = OxmlElement("w:lang")
        language.set(qn("w:val"), "en-GB")
        language.set(qn("w:eastAsia"), say("export.tag", paper.language))
        style.element.rPr.append(language)


def _entry(document: Any, entry: Entry, paper: Paper, referred: set[int]) -> None:
    number = say("export.question", paper.language, number=entry.turn.number)
    document.add_heading(_clean(f"{number} {entry.turn.question}"), 1)
    for line in entry.lines:
        _line(document, line, referred)
    for fact in entry.facts:
        document.add_paragraph(_clean(fact), style="Fact")


def _line(document: Any, line: Line, referred: set[int]) -> None:
    """The line with its references: the first one to a footnote brings it, a later one points at its number."""
    paragraph = document.add_paragraph(_clean(line.text), style="Quote" if line.quoted else None)
    for number in line.notes:
        if number in referred:
            _cross_reference(paragraph, number)
        else:
            referred.add(number)
            _reference(paragraph, number)


def _reference(paragraph: Any, number: int) -> None:
    """A footnote's number, under a bookmark that later references name."""
    start, end = OxmlElement("w:bookmarkStart"), OxmlElement("w:bookmarkEnd")
    start.set(qn("w:id"), str(number))
    start.set(qn("w:name"), _bookmark(number))
    end.set(qn("w:id"), str(number))
    paragraph._p.append(start)
    run = paragraph.add_run(style="footnote reference")
    reference = OxmlElement("w:footnoteReference")
    reference.set(qn("w:id"), str(number))
    run._r.append(reference)
    paragraph._p.append(end)


def _cross_reference(paragraph: Any, number: int) -> None:
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), f" NOTEREF {_bookmark(number)} \\f \\h ")
    run = paragraph.add_run(str(number), style="footnote reference")
    field.append(run._r)
    paragraph._p.append(field)


def _bookmark(number: int) -> str:
    return f"_RefNote{number}"


def _footnotes(document: Any, paper: Paper) -> None:
    root = parse_xml(_SEPARATORS)
    for note in paper.notes:
        root.append(_footnote(document, note, paper))
    blob = serialize_part_xml(root)
    part = Part(PackURI("/word/footnotes.xml"), _FOOTNOTES, blob, document.part.package)
    document.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)


def _footnote(document: Any, note: Note, paper: Paper) -> Any:
    """A footnote, made as a paragraph of the document and moved: so it is written as all the others are."""
    paragraph = document.add_paragraph(style="footnote text")
    paragraph.add_run(style="footnote reference")._r.append(OxmlElement("w:footnoteRef"))
    told = say("export.joint", paper.language).join(note_facts(note, paper.language))
    paragraph.add_run(_clean(f" 「{note.citation.quote}」 {told}"))
    footnote = OxmlElement("w:footnote")
    footnote.set(qn("w:id"), str(note.number))
    footnote.append(paragraph._p)
    return footnote


def _clean(text: str) -> str:
    """Text that XML can carry, on one line."""
    return " ".join(_UNFIT.sub("", text.replace("\n", " ").replace("\r", " ")).split())
