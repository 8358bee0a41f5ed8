"""Written numbers, Chinese, Arabic and English, as values: 四点三八亿 is 438000000, 三四百 is 300 to 400.

Knows nothing of units. All patterns read folded text.
"""

import re

DIGITS = {digit: value for value, digit in enumerate("零一二三四五六七八九")} | {"〇": 0, "○": 0, "两": 2}
POWERS = {"十": 10, "百": 100, "千": 1000}
MYRIADS = {"万": 10**4, "亿": 10**8, "兆": 10**12}
ENGLISH_POWERS = {"hundred": 100, "thousand": 10**3, "million": 10**6, "billion": 10**9, "bn": 10**9,
                  "trillion": 10**12}  # fmt: skip
_TEENS = "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen"
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
ENGLISH_WORDS = {
    **{word: float(value) for value, word in enumerate((*_TEENS.split(), "eighteen", "nineteen"), start=1)},
    **{word: value * 10.0 for value, word in enumerate(_TENS.split(), start=2)},
}

NUMERALS = "零〇○一二两三四五六七八九十百千万亿兆半"
_DIGIT = "[一二两三四五六七八九]"
_READ_OUT = "[零〇○一二三四五六七八九]"
# The 千 of 千瓦 and the 兆 of 兆瓦 belong to the unit.
_POWER = "(?:[十百万亿]|千(?![瓦米克伏焦卡帕赫])|兆(?![瓦赫帕字比]))"
_SECTION = rf"(?:{_DIGIT}?千)?(?:零?{_DIGIT}?百)?(?:零?{_DIGIT}?十)?(?:零?{_DIGIT})?"
_WHOLE = rf"(?=[一二两三四五六七八九十百千万亿]){_SECTION}(?:(?:万亿|[万亿])零?{_SECTION})*"
_TWO_NEIGHBOURS = "一两|两三|二三|三四|三五|四五|五六|六七|七八|八九"

ARABIC = (
    rf"(?:\d{{1,3}}(?:,\d{{3}})+(?!\d)|\d+)(?:\.\d+)?{_POWER}*"
    rf"(?:(?<=[万亿])\d{{1,4}}(?:千万|百万|万|千(?![瓦米克])|百))*"
)
CHINESE = (
    rf"(?<![{NUMERALS}])(?:[一二三四五六七八九]{_READ_OUT}*[〇○零]{_READ_OUT}+|"
    rf"[一二三四五六七八九][〇○零]|(?:零(?=点)|{_WHOLE})(?:点{_READ_OUT}+{_POWER}*)?|半)(?![{NUMERALS}])"
)
# Any written number, for places where words of the same letters cannot stand: after 第, around 分之.
PLAIN = rf"(?:{ARABIC}|[零〇○一二两三四五六七八九十百千万亿]+(?:点{_READ_OUT}+)?)"
# Two neighbours side by side are a guess: 三四百, 十七八, 五六十亿.
NEIGHBOURS = (
    rf"(?<![{NUMERALS}])(?:{_DIGIT}?[十百千])*(?:{_TWO_NEIGHBOURS})(?:[十百]|千(?![瓦米克]))?[万亿]*(?![{NUMERALS}])"
)
# 几十, 数百万; the 数 of 人数 and 总数 ends another word, and the 几 of 十几 stands after a number.
SEVERAL = (
    rf"(?<![{NUMERALS}\d])(?:(?<![总人户个件倍次指参函少多半基岁])数|几)(?:[十百]|千(?![瓦米克]))?[万亿]*(?<![几数])"
)

_NEIGHBOURS = re.compile(rf"((?:{_DIGIT}?[十百千])*)({_TWO_NEIGHBOURS})([十百千]?[万亿]*)")
_SCALED = re.compile(r"([\d,]*\d(?:\.\d+)?)([十百千万亿兆]*)")
_ARABIC = re.compile(r"\d[\d,]*(?:\.\d+)?[十百千万亿兆]*(?:\d{1,4}[百千万]+)*")
_ALLOWED = frozenset((*DIGITS, *POWERS, *MYRIADS, "点", "半"))


def number(text: str) -> float:
    """The value of a written number: ``"3.6亿"`` gives 360000000.0, ``"三千五百"`` 3500.0, ``"二〇三一"`` 2031.0.

    :raises ValueError: the text is no number.
    """
    if _ARABIC.fullmatch(text):
        return sum(float(part.replace(",", "")) * _scale(powers) for part, powers in _SCALED.findall(text))
    if text == "半":
        return 0.5
    if not text or not _ALLOWED.issuperset(text) or not text.strip("点半"):
        raise ValueError(f"not a number: {text!r}")
    whole, _, fraction = text.partition("点")
    if not fraction:
        return _chinese(whole)
    decimals = "".join(str(DIGITS[character]) for character in fraction if character in DIGITS)
    powers = "".join(character for character in fraction if character in POWERS or character in MYRIADS)
    return float(f"{_chinese(whole):.0f}.{decimals or 0}") * _scale(powers)


def guessed(text: str) -> tuple[float, float]:
    """Between what a guess lies: ``"三四百"`` gives 300 and 400, ``"数十"`` 20 and 90."""
    pair = _NEIGHBOURS.fullmatch(text)
    if pair:
        head, both, tail = pair.groups()
        return number(head + both[0] + tail), number(head + both[1] + tail)
    return 2 * _scale(text[1:]), 9 * _scale(text[1:])


def _scale(powers: str) -> float:
    value = 1.0
    for power in powers:
        value *= POWERS.get(power) or MYRIADS[power]
    return value


def _chinese(text: str) -> float:
    if len(text) > 1 and all(character in DIGITS for character in text):  # 二〇三一: digits read out
        return float("".join(str(DIGITS[character]) for character in text))
    total = section = 0.0
    digit: float | None = None
    for character in text:
        if character in DIGITS:
            digit = DIGITS[character]
        elif character in POWERS:
            section += (1 if digit is None else digit or 1) * POWERS[character]
            digit = None
        elif character in MYRIADS:
            section += digit or 0
            total = _raised(total, section, character)
            section, digit = 0.0, None
    return total + section + (digit or 0) * _short_for(text)


def _raised(total: float, section: float, myriad: str) -> float:
    """亿 raises all before it (万亿), 万 its own section only."""
    if myriad == "亿":
        return (total + section or 1.0) * MYRIADS[myriad]
    return total + (section or 1.0) * MYRIADS[myriad]


def _short_for(text: str) -> int:
    """What the last digit counts when its power is left out: hundreds in 两千三, thousands in 一万二."""
    before = text[-2:-1]
    power = POWERS.get(before) or MYRIADS.get(before) or 10
    return power // 10
