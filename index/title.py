"""What a line could be by its form: a title, a kicker, a date, a document's number. Knows nothing of other lines."""

import re

from index.block import Block
from index.byline import is_office, run_in_byline
from index.closure import cannot_begin, clauses, has_final_mark, open_at_end
from index.numbering import number_of

LONGEST_TITLE = 45  # characters of one line of a title, a kicker or a subtitle
LONGEST_SUBHEAD = 30  # characters; a longer line without closing mark is a cut paragraph, or a rare whole sentence
LONGEST_LABEL = 7  # characters of a column's name; a headline has more, but for the plainest titles
REFERENCE = re.compile(r"[\u4e00-\u9fff ]{1,16}[〔\[（(]\d{4}[〕\]）)]\s*第?\d+号|第\d+号")
_NUMERALS = "[〇○零一二三四五六七八九十\\d]"
_DATE = re.compile(rf"[（(]?{_NUMERALS}{{2,4}}年{_NUMERALS}{{1,3}}月{_NUMERALS}{{1,3}}日[）)]?")
_OCCASION = re.compile(r"(?:——|－－|--|—).*日.*会(?:议)?上.{0,14}$")
_OTHERS = r"[^，。！!：:,]"
_SOMEBODY = rf"(?:各位{_OTHERS}{{1,8}}|{_OTHERS}{{0,4}}(?:同志|朋友|同胞|女士|先生)们)"
SALUTATION = re.compile(rf"{_SOMEBODY}(?:、{_OTHERS}{{1,8}}){{0,3}}[！!：:]")
_DOCUMENT_KIND = (  # 公文文种: what the title of an official document ends with
    "(?:决议|决定|命令|令|公报|公告|通告|意见|通知|通报|报告|请示|批复|复函|议案|函|纪要|条例|规定|办法|细则|规则|章程"
    "|方案|预案|规划|纲要|计划|答复|指南|标准|法|要点|讲话|公约|宣言|制度)(?:[（(][^）)]{1,12}[）)])?"
)


def is_title_line(block: Block) -> bool:
    """Whether a line could be a title by its form: short, no closing mark, few clauses, no number or date."""
    text = block.text
    return (
        block.role == "body"
        and not block.tail
        and 2 <= len(text) <= LONGEST_TITLE
        and not re.search(r"[。；;！!：:，,、.|]$", text)
        and not re.search(r"[。；;]", text)
        and clauses(text) <= 2
        and not open_at_end(text)
        and number_of(text) is None
        and not is_closing_line(text)
        and not is_office(text)
        and not run_in_byline(text)
        and not cannot_begin(text)
    )


def is_date(text: str) -> bool:
    """Whether the line is a date and nothing else, as below a document."""
    return bool(_DATE.fullmatch(text))


def is_closing_line(text: str) -> bool:
    """Whether a short line is complete as it stands: a date, a document's number, a parenthesis."""
    form = _DATE.fullmatch(text) or REFERENCE.fullmatch(text) or is_occasion(text)
    return bool(form) or (text[0] in "（(" and text[-1] in "）)")


def is_occasion(text: str) -> bool:
    """Whether a line ends by saying where a speech was held, as below the title of a report: ``——1月2日在某会议上``."""
    return len(text) <= 2 * LONGEST_TITLE and "。" not in text and bool(_OCCASION.search(text))


def ends_as_document(text: str) -> bool:
    """Whether the text ends with a kind of official document: 通知, 条例, 方案."""
    return bool(re.search(rf"{_DOCUMENT_KIND}$", re.sub(r"\s", "", text)))


def stands_alone(text: str) -> bool:
    """Whether a short line is a cell, a date, a salutation or an office: nothing that a paragraph goes on with."""
    if is_closing_line(text) or is_office(text) or SALUTATION.fullmatch(text):
        return True
    return (
        len(text) <= LONGEST_SUBHEAD
        and not clauses(text.rstrip("：:"))
        and (text[-1] in "：:" or not has_final_mark(text))
    )


def is_title_part(text: str) -> bool:
    """Whether a line can be one of several of a title: short, no closing mark, no number or date of a document."""
    short = len(text) <= LONGEST_TITLE and not re.search(r"[。；;！!：:，,、]$|。", text)
    return short and not is_closing_line(text) and not is_office(text) and number_of(text) is None


def is_addressee(text: str) -> bool:
    return len(text) <= 2 * LONGEST_TITLE and text[-1] in "：:" and "。" not in text


def is_kicker(block: Block) -> bool:
    """Whether an unmarked line can be a kicker or a subtitle by its form."""
    return not block.level and is_title_line(block)


def is_parallel(title: str) -> bool:
    return len(title) > LONGEST_LABEL and bool(re.search(r"[ 　]", title))
