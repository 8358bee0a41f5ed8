"""The expressions of a sentence that can answer a kind of question: figures, dates, people, organisations, places.

Knows nothing of ranking. All spans are verbatim parts of the given text.
"""

import re

from index.paragraph import Span
from index.text import HAN, fold
from rag.quantities import Quantity, quantities
from rag.question import Question, fits_unit

# Kinds of question whose answers have a form of their own.
TYPED = frozenset({"author", "quantity", "time", "person", "title", "organisation", "place"})
# Those of them told by figures. Names are told in Chinese text only: in English text any sentence may hold them.
COUNTED = frozenset({"quantity", "time"})
_HAN = re.compile(f"[{HAN}]")
_RELATIVE_TIME = (
    r"(?:今|去|明|前|后|当|本|近|同|每|次|上|全|新的一|过去一)年(?:年?[底初末]|内|来|上半年|下半年)?|[今昨明前]天|近日|日前|年[底初末]|"
    r"(?:一|二|三|四|第[一二三四])季度|[上下]半年|“?十[一二三四五六七八九]五”?(?:时期|期间)?|本(?:月|周|世纪)|上个?月|[春夏秋冬]季|"
    r"星期[一二三四五六日天]|周[一二三四五六日]"
)
_TIME = re.compile(_RELATIVE_TIME)
SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹"
    "孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤温康施文牛樊葛邢安齐易乔伍庞颜倪庄聂章鲁岳翟殷詹申欧耿关兰焦俞左柳甘祝包宁尚符舒阮"
    "柯纪梅童凌毕单季裴霍涂成苗谷盛曲翁冉骆蓝路游辛靳管柴蒙鲍华喻祁蒲房滕屈饶解牟艾尤阳时穆农司卓古吉缪简车项连芦麦褚娄窦戚岑景党宫费卜冷晏席卫米柏宗瞿桂全佟应臧闵苟邬边卞姬师和仇栾隋商刁沙荣巫寇桑郎甄丛仲虞敖巩明佘池查麻苑迟邝习蔺"
)
_SAY = "表示|说|介绍|指出|认为|称|告诉|强调|透露|坦言|解释|谈到|讲话|主持|出席|带队|担任|当选|任|作了|作出|宣布"
_NAME = rf"[{SURNAMES}](?:[\u4e00-\u9fff]{{1,2}})"
# What a title ends in: a name follows one of these, or begins its clause.
_ROLE_END = "长任理者席记裁事授家员表士师民人"
_SPEAKER = re.compile(
    rf"(?:(?<=[{_ROLE_END}])|(?<![\u4e00-\u9fff]))(?P<name>{_NAME}?)(?=(?:{_SAY}|先生|女士|同志))"
    rf"|(?<=[{_ROLE_END}])(?P<named>{_NAME})(?=[,、)。;]|$|担任)|(?<![\u4e00-\u9fff])(?P<before>{_NAME}?)(?=院士|教授|先生|女士|同志)"
    r"|由(?P<role>[\u4e00-\u9fff]{2,24}?)(?:担任|兼任)"
)
_SAYS = re.compile(rf"谁(?:曾|都|会|还)?(?:{_SAY})|(?:{_SAY})的(?:人|是|那位)?|\\b(?:said|says|quoted)\\b")
_BYLINE = re.compile(
    r"(?:记者|通讯员|作者|编辑|摄影|文|图)[\s:/]*(?P<names>[\u4e00-\u9fff]{2,4}(?:[\s、]+[\u4e00-\u9fff]{2,4})*)"
)
# Characters that end what stands before an organisation's name rather than belong to it.
_NOT_NAMED = "由经向被须持的和与及对在为将把于等是或按报请并从至给让"
_ORGANISATION = re.compile(
    rf"(?:(?![{_NOT_NAMED}])[\u4e00-\u9fffa-z0-9“”]){{1,20}}?(?:集团|公司|委员会|发改委|国资委|管委会|人民政府|政府|部门|研究院|"
    r"研究所|大学|学院|医院|协会|商会|中心|机构|联合会|办公室|银行|法院|检察院|[省市区县]委|局|部|院|署|厅|委|工作专班|通讯社|"
    r"出版社|工厂|方)(?![门长署分局委会员任书队])|新华社"
)
_CAUSE = re.compile(
    "因|由于|所以|为了|以便|适应|从而|导致|旨在|目的|使得|为.{2,12}(?:奠定|提供)|because|due to|in order to"
)
_PLACE_ENDS = (
    "特别行政区|自治区|自治州|开发区|示范区|自由贸易港|省|市|区|县|镇|乡|村|街道|大道|路|港|湾|江|河|园区|基地|城市群"
)
# Characters that stand before a place or between two, and in none.
_NOT_PLACED = "在于到自从与和对全各本我该通确推打建为成使让把被向这那"
_PLACE = re.compile(
    rf"(?:(?<=[在于到自从赴,、“。:])|^)(?:(?![{_NOT_PLACED}])[\u4e00-\u9fff]){{1,8}}?(?:{_PLACE_ENDS})"
    rf"(?:(?:(?![{_NOT_PLACED}])[\u4e00-\u9fff]){{1,6}}?(?:{_PLACE_ENDS}))*(?![域级间别位属])(?:旁|内|附近|等地)?|[\u4e00-\u9fff]{{2,4}}(?:地区|三角洲)|京津冀|长三角|珠三角|大湾区"
)
_SIGNED = re.compile("记者|作者|通讯员|报道|撰|写")
_NAMED: dict[str, re.Pattern[str]] = {"organisation": _ORGANISATION, "author": _BYLINE}


def is_title(word: str) -> bool:
    """Whether a word ends as titles do: 主任, 经理, 书记."""
    return len(word) > 1 and word[-1] in _ROLE_END


def expressions(text: str, question: Question) -> tuple[Span, ...]:
    """Where the text holds something of the kind that the question asks for, in reading order."""
    fresh = [q for q in quantities(text) if not any(_said(q, asked) for asked in question.quantities)]
    match question.type:
        case "quantity":
            return tuple(Span(q.start, q.end) for q in fresh if fits_unit(q, question.unit, question.counter))
        case "time":
            dates = [Span(q.start, q.end) for q in fresh if q.kind == "date"]
            return _apart((*dates, *_spans(_TIME, text)))
        case "place":
            return tuple(
                span for span in _spans(_PLACE, text) if question.unit in fold(text[span.start : span.end]).text
            )
        case "person":
            signed = set() if _SIGNED.search(question.folded) else set(_spans(_BYLINE, text))
            return tuple(span for span in people(text) if span not in signed)
        case "title":
            return people(text)
        case kind:
            return _spans(_NAMED[kind], text) if kind in _NAMED else ()


def _said(quantity: Quantity, asked: Quantity) -> bool:
    """Whether the question says this already: a year asked about is no answer, a day of that year is."""
    return (quantity.kind, quantity.value, quantity.most, quantity.unit) == (
        asked.kind,
        asked.value,
        asked.most,
        asked.unit,
    )


def _apart(spans: tuple[Span, ...]) -> tuple[Span, ...]:
    """The spans in reading order, without those that lie inside another."""
    inside = {
        one for one in spans for other in spans if other != one and other.start <= one.start <= one.end <= other.end
    }
    return tuple(sorted({*spans} - inside, key=lambda span: span.start))


def people(text: str) -> tuple[Span, ...]:
    """The names of people who speak, act or sign in the text."""
    found = {*_spans(_SPEAKER, text), *_spans(_BYLINE, text)}
    return tuple(sorted(found, key=lambda span: (span.start, span.end)))


def formless(question: Question) -> bool:
    """Whether what is asked for often has no form of its own: 谁 may be a company, 哪里 a mountain.

    A figure or a date has one, and so has whoever says something: a name before 表示.
    """
    return question.type not in COUNTED and not (question.type == "person" and _SAYS.search(question.folded))


def holds(text: str, question: Question) -> bool:
    """Whether the text holds an expression of the asked kind; kinds that have no form of their own are always held."""
    if question.type in TYPED and (question.type in COUNTED or _HAN.search(text)):
        return bool(expressions(text, question))
    return question.type != "reason" or bool(_CAUSE.search(fold(text).text))


def _spans(pattern: re.Pattern[str], text: str) -> tuple[Span, ...]:
    """Where a pattern over folded text matches: its named group, or all of it."""
    folded = fold(text)
    return tuple(folded.original(*match.span(match.lastgroup or 0)) for match in pattern.finditer(folded.text))
