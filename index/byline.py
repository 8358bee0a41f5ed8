"""Bylines, news agency credits and continuation notes, told by their form. Knows nothing of whose article it is."""

import re
from dataclasses import replace

from index.block import Block, Repair, split
from index.messages import say

LONGEST_BYLINE = 60  # characters; a line with more is text that mentions a reporter
_BULLET = r"[■●▲◆★□○△◇▪◎►▶•※*]"
_HAN = r"[\u4e00-\u9fff]"
_NAME = rf"(?:{_HAN}[ 　]{{1,2}}{_HAN}|{_HAN}{{2,4}}(?:·{_HAN}{{1,8}})*|[A-Z][a-z]+(?: [A-Z][a-z]+)+)"
_NAMES = rf"{_NAME}(?:[ 　、,，/]+{_NAME})*"
_HOUSE = rf"(?:本报|本网|本台|本刊|本社|{_HAN}{{2,6}}(?:社|日报|晚报|时报|早报|晨报|周报|商报|网|电视台|广播|客户端))"
_RANK = r"(?:全媒体|融媒体|融媒|首席|见习|实习|特约|特派|驻[\u4e00-\u9fff]{1,6}|高级|资深)"
_TRADE = (
    r"(?:记者|通讯员|特派员|评论员|实习生|报道员|摄影|摄|撰文|撰稿|编辑|责编|编译|作者|供图|制图"
    r"|文[/／]图|图[/／]文|文|图)"
)
_ROLE = rf"{_HOUSE}?{_RANK}*{_TRADE}"
_SIGNED = rf"{_ROLE}[:：/／ 　]*{_NAMES}"
_PERSONS = rf"{_SIGNED}(?:[ 　、,，/／;；]*{_SIGNED})*[ 　]*(?:报道|综合报道|摄影?|文[/／]图|撰文)?"
_WIRE = rf"(?:据)?(?:{_HOUSE}){_HAN}{{0,10}}(?:\d{{4}}年)?(?:\d{{1,2}}月)?(?:\d{{1,2}}日)?(?:电|讯|消息)"
_CREDIT = re.compile(rf"[（(【]?{_WIRE}[）)】]?[ 　]*(?:[（(]?{_PERSONS}[）)]?)?[）)】]?")
_STANDALONE = re.compile(rf"{_BULLET}?[ 　]*[（(【]?{_PERSONS}[）)】]?")
_RUN_IN = re.compile(
    rf"(?:{_WIRE}|{_HOUSE}讯?)?[ 　]*[（(【](?P<inner>{_PERSONS})[）)】]"
    rf"|{_WIRE}(?=[ 　:：]|{_HAN})[ 　]*(?:{_ROLE}[ 　]*{_NAME}(?:、{_NAME})*(?=[ 　,，:：]))?"
)
_OFFICE = re.compile(
    rf"{_HAN}{{0,12}}(?:总理|主席|委员长|院长|检察长|部长|省长|市长|县长|区长|书记|主任)[ 　\u2002\xa0]*{_NAME}"
)
_CAPTION = re.compile(r"(?:记者|通讯员|作者).{2,12}摄$")
_BULLETED = re.compile(
    rf"{_BULLET}[ 　]*[^，。；,;]{{0,20}}(?:记者|通讯员|评论员|特派员|撰文|文[/／]|图[/／])[^，。；,;]{{0,20}}"
)
_DESK = r"(?:责任编辑|责编|编辑|主编|责任校对|责校|校对|检校|美术编辑|美编|版式|排版|值班(?:编辑|主任|编委|总编)?)"
_SHEET = r"(?:本版|本期|今日|本报)"
_DIGITS = r"[\d０-９\-—－+()（）、/／ ]{5,30}"
_PHONE = rf"(?:{_SHEET}|编辑部|值班|新闻|采编|夜班|联系)?(?:热线)?(?:电话|热线)[:：]?[ 　]*{_DIGITS}"
_BEGIN = rf"(?:(?:{_SHEET}{_DESK}|责任编辑|责编|责校|美编)[:：/／ 　]+|{_DESK}[ 　]*[:：/／][ 　]*)"
_MAKERS = (
    rf"{_BEGIN}{_NAMES}(?:[ 　、,，/／;；|]+(?:(?:{_SHEET}?{_DESK})[:：/／ 　]*{_NAMES}|{_PHONE}))*"
    rf"|(?!联系|电话|热线){_PHONE}"
)
_CLOSING = re.compile(rf"[（(【]?(?:{_MAKERS})[）)】]?|[（(【][ 　]*(?:全文)?完[ 　]*[）)】]")
_OPENERS, _CLOSERS = "(（【[", ")）】]"
_PAGE = r"第?[ 　]*[A-Za-z]?[\d０-９一二三四五六七八九十百]{1,4}[ 　]*版"
_NOTE = rf"[（(【\[]?[ 　]*紧?(?P<verb>上接|下转|接|转)[ 　]*{_PAGE}[^。）)】\]]{{0,40}}[）)】\]]?"
_NOTE_LINE = re.compile(_NOTE)
_NOTE_HEAD = re.compile(rf"(?=[（(【\[]){_NOTE}(?<=[）)】\]])")
_NOTE_TAIL = re.compile(rf"(?=[（(【\[]){_NOTE}(?<=[）)】\]])$")


def mark_notes(blocks: list[Block]) -> tuple[list[Block], list[Repair]]:
    """上接 and 下转 get their role, also where they stand at the head or the tail of a paragraph's line."""
    marked: list[Block] = []
    repairs: list[Repair] = []
    for block in blocks:
        pieces = _pieces(block)
        marked.extend(pieces)
        for piece in pieces:
            if piece.role == "note" and len(pieces) > 1:
                repairs.append(Repair("note", say("layout.note", note=piece.text), piece.spans))
    return marked, repairs


def mark_bylines(blocks: list[Block]) -> list[Block]:
    """Lines that are a byline or a credit and nothing else get their role."""
    return [
        replace(block, role="byline") if block.role == "body" and is_byline(block.text) else block for block in blocks
    ]


def is_byline(text: str) -> bool:
    """Whether the line is a byline: ``■ 记者 王小明``, ``(新华社记者 王小明)``, ``据新华社上海1月2日电``."""
    if len(text) > LONGEST_BYLINE:
        return False
    if is_credit(text) or _BULLETED.fullmatch(text):
        return True
    return bool(_STANDALONE.fullmatch(text)) and bool(re.search(rf"[ 　:：/／(（]|本报|社|报|^{_BULLET}", text))


def is_credit(text: str) -> bool:
    """Whether the line is a news agency's credit or a closing line: behind a body it closes that article."""
    return is_closing_credit(text) or (len(text) <= LONGEST_BYLINE and bool(_CREDIT.fullmatch(text)))


def is_closing_credit(text: str) -> bool:
    """Whether the line only closes: ``(完)``, ``本版责编:王小明 电话:12345678``; it names no writer."""
    return len(text) <= LONGEST_BYLINE and bool(_CLOSING.fullmatch(text))


def is_office(text: str) -> bool:
    """Whether the line names an office and the person who holds it, as below the title of a report."""
    return bool(_OFFICE.fullmatch(text))


def is_caption(text: str) -> bool:
    """Whether the text is the caption of a photograph, which ends with who took it."""
    return bool(_CAPTION.search(text))


def run_in_byline(text: str) -> str:
    """The byline that a paragraph opens with, cleaned: ``本报讯(记者 王小明)昨日`` gives ``记者 王小明``."""
    match = _RUN_IN.match(text)
    return clean(match["inner"] or match[0]) if match else ""


def opens_article(block: Block) -> bool:
    """Whether the block is the beginning of an article's body by its form alone."""
    if block.role == "byline":
        return not is_closing_credit(block.text)
    return (block.role == "note" and is_continued(block)) or (block.role == "body" and bool(run_in_byline(block.text)))


def is_continued(block: Block) -> bool:
    """Whether a note says that the article began on an earlier page."""
    match = _NOTE_LINE.match(block.text)
    return match is not None and match["verb"] in ("上接", "接")


def clean(text: str) -> str:
    """A byline or a note without its bullet and brackets."""
    bare = re.sub(rf"^{_BULLET}", "", text).strip()
    while bare[:1] in _OPENERS and bare[-1:] in _CLOSERS and bare[:1]:
        bare = bare[1:-1].strip()
    return bare


def _pieces(block: Block) -> list[Block]:
    if block.role != "body" or block.level:
        return [block]
    if _NOTE_LINE.fullmatch(block.text):
        return [replace(block, role="note")]
    if head := _NOTE_HEAD.match(block.text):
        note, rest = split(block, head.end())
        return [replace(note, role="note"), *_pieces(rest)]
    if tail := _NOTE_TAIL.search(block.text):
        rest, note = split(block, tail.start())
        return [rest, replace(note, role="note", tail=False)]
    return [block]
