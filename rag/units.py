"""The units of amounts: 亩 is 10000/15 m², 个月 is 30 days, 万元 is money. Knows nothing of numbers.

A unit is read only where it is not the beginning of another word: 元 counts in 3元, not in 元旦.
"""

import re

from rag.quantity import Kind

Unit = tuple[Kind, str, float]

MONEY = {
    "元": "元 块钱 人民币 yuan rmb cny ¥", "美元": "美元 usd us$ $ dollars", "欧元": "欧元 euros €",
    "港元": "港元 港币 hk$", "日元": "日元", "英镑": "英镑 £", "韩元": "韩元", "卢布": "卢布",
}  # fmt: skip
MEASURES: dict[str, dict[str, float]] = {
    "m2": {
        "平方公里": 1e6, "平方千米": 1e6, "square kilometers": 1e6, "square kilometres": 1e6, "km2": 1e6, "公顷": 1e4,
        "hectares": 1e4, "平方米": 1, "平米": 1, "square meters": 1, "square metres": 1, "m2": 1, "亩": 10000 / 15,
        "mu": 10000 / 15,
    },
    "m3": {"立方米": 1, "cubic meters": 1, "cubic metres": 1, "m3": 1, "升": 0.001, "毫升": 1e-6},
    "m": {
        "公里": 1000, "千米": 1000, "kilometers": 1000, "kilometres": 1000, "km": 1000, "海里": 1852, "米": 1,
        "meters": 1, "metres": 1, "厘米": 0.01, "cm": 0.01, "毫米": 0.001, "mm": 0.001, "里": 500,
    },
    "kg": {
        "吨标准煤": 1000, "吨": 1000, "tonnes": 1000, "tons": 1000, "公斤": 1, "千克": 1, "kg": 1, "斤": 0.5,
        "克": 0.001, "毫克": 1e-6, "微克": 1e-9,
    },
    "J": {"千瓦时": 3.6e6, "kwh": 3.6e6, "kilowatt hours": 3.6e6},
    "W": {
        "千瓦": 1e3, "kw": 1e3, "kilowatts": 1e3, "兆瓦": 1e6, "mw": 1e6, "megawatts": 1e6, "吉瓦": 1e9, "gw": 1e9,
        "gigawatts": 1e9,
    },
    "V": {"千伏": 1e3, "kv": 1e3},
    "度": {"摄氏度": 1, "℃": 1, "°c": 1, "度": 1},
}  # fmt: skip
DURATIONS: dict[str, dict[str, float]] = {
    "天": {
        "周年": 365, "年": 365, "years": 365, "个世纪": 36500, "个月": 30, "months": 30, "周": 7, "个星期": 7,
        "星期": 7, "weeks": 7, "天": 1, "日": 1, "days": 1, "个小时": 1 / 24, "小时": 1 / 24, "个钟头": 1 / 24,
        "hours": 1 / 24, "分钟": 1 / 1440, "minutes": 1 / 1440, "秒钟": 1 / 86400, "秒": 1 / 86400,
    },
    "工作日": {"个工作日": 1, "工作日": 1, "working days": 1},
}  # fmt: skip
PERCENTS: dict[str, dict[str, float]] = {
    "%": {"%": 1, "percent": 1, "per cent": 1, "pct": 1, "‰": 0.1, "成": 10},
    "百分点": {
        "个百分点": 1, "百分点": 1, "percentage points": 1, "个基点": 0.01, "基点": 0.01,
        "basis points": 0.01,
    },
}  # fmt: skip
COUNTERS = (
    "人次|个百分点|百分点|家|个|名|人|位|栋|座|项|期|次|户|件|条|种|类|所|批|场|届|台|辆|套|处|片|宗|块|部|份|"
    "篇|张|支|只|头|口|岁|倍|成|代|大|方面|级|层|轮|省|市|县|区|村|镇|国|步|起|例|笔|线|股|番|架|艘|列|棵|株|颗|幅|册|"
    "门|间|对|双|根|道|标准箱|标箱|床"
)
# The characters with which a unit begins another word: 元旦, 年代, 部分, 成员.
_OTHER_WORDS = {
    "元": "旦月宵素首件", "年": "代级龄轻均货味", "部": "分门署委长队", "成": "不为了员立本果功就绩效长交套型熟品倍",
    "位": "置于一", "周": "边围期转密末", "期": "间限满待望货", "次": "性数序", "名": "单义誉字",
    "人": "民才均口工类间大", "省": "级", "市": "场民级", "区": "域间级", "层": "面次级", "大": "家型量力概约气",
    "处": "理置罚所分", "条": "件例款约", "种": "植子业", "批": "准评发量复", "场": "所地景", "台": "湾账",
    "套": "餐", "份": "额", "支": "持出付援撑柱", "只": "有是要能", "口": "岸", "代": "表理码", "起": "来草步到点",
    "例": "如外", "线": "上下路", "股": "权份东票", "家": "庭属乡长具", "个": "体性", "座": "谈位", "所": "有需以",
    "里": "程面", "米": "粉", "克": "服", "天": "然津地气空", "级": "别", "国": "家际有", "门": "类槛户",
    "间": "接隔", "对": "于待应比口接照外", "双": "方边向", "根": "据本", "道": "路理德", "列": "入为出车",
    "步": "骤伐", "度": "过", "日": "常报益", "床": "位", "架": "构", "块": "链", "头": "部", "升": "级至到",
}  # fmt: skip


def _forms(kind: Kind, table: dict[str, dict[str, float]]) -> dict[str, Unit]:
    return {name: (kind, base, float(factor)) for base, names in table.items() for name, factor in names.items()}


_FORMS: dict[str, Unit] = {
    **_forms("count", {name: {name: 1} for name in COUNTERS.split("|")}),
    **_forms("duration", DURATIONS),
    **_forms("measure", MEASURES),
    **_forms("percent", PERCENTS),
    **_forms("money", {base: dict.fromkeys(names.split(), 1) for base, names in MONEY.items()}),
}


def unit(name: str) -> Unit:
    """Kind, base unit and factor of a unit's name; a number without one is a ``"number"``."""
    if not name:
        return "number", "", 1.0
    spaced = name.replace("-", " ")
    return _FORMS[spaced if spaced in _FORMS else f"{spaced}s"]


def is_unit(name: str) -> bool:
    """Whether a word is the name of a unit."""
    return name in _FORMS


def unit_follows(text: str, position: int) -> bool:
    """Whether what stands there is a unit: 2000家 is no year."""
    return bool(_UNIT.match(text, position))


def _pattern(names: list[str]) -> str:
    """One alternative for each first character, so that a figure's unit is found in few steps."""
    firsts: dict[str, list[str]] = {}
    for name in sorted(names, key=len, reverse=True):
        firsts.setdefault(name[0], []).append(_written(name)[len(re.escape(name[0])) :])
    return "|".join(f"{re.escape(first)}(?:{'|'.join(rests)})" for first, rests in firsts.items())


def _written(name: str) -> str:
    """A unit as it is written: where it begins no other word; square-meter for square meters."""
    if _OTHER_WORDS.get(name):
        return f"{name}(?![{_OTHER_WORDS[name]}])"
    return re.sub("s$", "s?", re.escape(name).replace(r"\ ", r"[\s-]"))


_LATIN = [name for name in _FORMS if name[0].isascii() and name[0].isalpha()]
# The unit after a number; 146-mu and 146 mu are the same, and a Latin unit is no part of a longer word.
UNITS = rf"\s*(?P<unit>{_pattern([name for name in _FORMS if name not in _LATIN])})"
LATIN_UNITS = rf"[\s-]*(?P<latin>{_pattern(_LATIN)})(?![a-z])"
COUNTED = rf"(?:{_pattern(COUNTERS.split('|'))})"
# What a unit begins with: enough to tell the 来 of 十来家 from the one of 近来.
FIRSTS = "".join(sorted({name[0] for name in _FORMS if name not in _LATIN} - set("%$")))
_UNIT = re.compile(f"{UNITS}|{LATIN_UNITS}")
