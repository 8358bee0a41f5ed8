"""Which language a person reads, and the control that changes it. Pure, and knows nothing of what is said in it."""

import re

from ui.escaping import escape
from ui.messages import LANGUAGES, Language, say

FIRST: Language = "zh"
"""The language that the page is laid out in, before it is known who reads it."""
_ELSEWHERE: Language = "en"  # who reads neither gets what more people can read
_TRADITIONAL = re.compile(r"zh-(?:.*\b)?(?:hant|tw|hk|mo)\b")


def known(language: object) -> Language | None:
    """``language`` if it is one of the page's; the browser that remembers it may send anything."""
    return next((one for one in LANGUAGES if one == language), None)


def accepted(header: str) -> Language:
    """The first language of an ``Accept-Language`` header that the page speaks.

    ``accepted("fr, zh-TW;q=0.9, en;q=0.8") -> "zh-Hant"``
    """
    spoken = [_spoken(tag) for _, tag in sorted(_preferences(header), key=lambda pair: -pair[0])]
    return next((language for language in spoken if language), _ELSEWHERE if spoken else FIRST)


def picker_html(language: Language, *, settled: bool = True) -> str:
    """The control, each language under its own name; it also tells the page's script what the page itself must say.

    :param settled: whether it is known that the person reads ``language``.
    """
    options = "".join(
        f'<option value="{one}" lang="{say("language.tag", one)}"{" selected" if one == language else ""}>'
        f"{escape(say('language.name', one))}</option>"
        for one in LANGUAGES
    )
    told = {
        "aria-label": say("language.choose", language),
        "data-language": language,
        "data-tag": say("language.tag", language),
        "data-title": say("page.title", language),
        "data-settled": str(int(settled)),
    }
    attributes = " ".join(f'{name}="{escape(value)}"' for name, value in told.items())
    return f"<select {attributes}>{options}</select>"


def _preferences(header: str) -> list[tuple[float, str]]:
    found = re.findall(r"([a-z*-][a-z0-9*-]*)\s*(?:;\s*q\s*=\s*(\d(?:\.\d+)?))?", header.lower()[:1000])
    weighed = [(float(weight or 1), tag) for tag, weight in found if tag != "*"]
    return [(weight, tag) for weight, tag in weighed if weight > 0]


def _spoken(tag: str) -> Language | None:
    if _TRADITIONAL.match(tag):
        return "zh-Hant"
    return next((one for one in LANGUAGES if one == tag.partition("-")[0]), None)
