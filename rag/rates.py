"""What a figure is counted for: 元/吨, 元每人每年, 人/平方公里. Knows nothing of the figures themselves.

A rate is comparable only with the same rate: 5000元/吨 is 5元/公斤, and neither is 5元. Reads folded text.
"""

import re
from dataclasses import replace

from rag.hedges import AFTER, bound_after
from rag.quantity import Quantity
from rag.units import LATIN_UNITS, UNITS, unit

# Kinds of figures that may be counted for something; 5%/年 is said too.
_RATED = frozenset({"money", "measure", "count", "duration", "percent"})
_POWERS = {"": 1.0, "百": 1e2, "千": 1e3, "万": 1e4, "亿": 1e8}
# Names that are units only behind a stroke: 元/月, 公里/时.
_SHORT = {"月": ("天", 30.0), "季度": ("天", 90.0), "时": ("天", 1 / 24), "h": ("天", 1 / 24), "s": ("天", 1 / 86400)}
_ONE = rf"(?P<power>[百千万亿]?)(?:{UNITS}|{LATIN_UNITS}|(?P<short>{'|'.join(_SHORT)})(?![a-z]))"
_STROKE = re.compile(rf"\s*/\s*{_ONE}")
_EACH = re.compile(rf"\s*每{_ONE}")
_AND = re.compile(rf"\s*[·・.*]\s*{_ONE}")
# What may follow 每年, if it belongs to the figure before it: in 投资3亿元每年增长5% it does not.
_OVER = re.compile(rf"\s*(?:$|[,,。.;;::、!?!?)\]】》”’\"']|的|标准|(?:{AFTER}))")
_HEDGE = re.compile(rf"\s*(?:{AFTER})")


def rated(text: str, quantity: Quantity) -> Quantity:
    """The quantity with what it is counted for, if that stands right behind it in the text; else as it is."""
    if quantity.kind not in _RATED:
        return quantity
    end, names, factor = quantity.end, list[str](), 1.0
    while match := _next(text, end, begun=bool(names)):
        name, size = _counted_for(match)
        names.append(name)
        factor *= size
        end = match.end()
    if not names or (_EACH.match(text, quantity.end) and not _OVER.match(text, end)):
        return quantity
    hedge = _HEDGE.match(text, end) if quantity.bound == "exactly" else None
    return replace(
        quantity,
        value=quantity.value / factor,
        upper=None if quantity.upper is None else quantity.upper / factor,
        unit="/".join((quantity.unit, *sorted(names))),
        end=hedge.end() if hedge else end,
        bound=bound_after(hedge[0].strip()) if hedge else quantity.bound,
    )


def _next(text: str, place: int, *, begun: bool) -> re.Match[str] | None:
    """One more thing that a figure is counted for: 年 in 元/人·年."""
    found = _STROKE.match(text, place) or _EACH.match(text, place)
    return found or (_AND.match(text, place) if begun else None)


def _counted_for(match: re.Match[str]) -> tuple[str, float]:
    """The base unit of what a figure is counted for, and how many of these it is."""
    power = _POWERS[match["power"]]
    if match["short"]:
        name, size = _SHORT[match["short"]]
        return name, size * power
    _, base, size = unit(match["unit"] or match["latin"])
    return base, size * power
