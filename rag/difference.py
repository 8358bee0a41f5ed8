"""Subtracts one figure of a text from another, exactly and in the unit as written, and checks what was subtracted.

6.5亿元 − 3亿元 = 3.5亿元; of two percentages the difference is in 百分点. What is hedged, a range or a date has no
exact difference. Knows nothing of questions.
"""

import re
from decimal import Decimal
from math import isclose

from rag.quantities import Quantity, quantities

MINUS, EQUALS = "−", "="
MOST_DECIMALS = 6
ROUNDING = 1e-15  # what a float may be off, as a share of itself: values are floats, what is shown is not
_SUBTRACTED = frozenset({"money", "percent", "measure", "count", "duration", "number"})
_WRITTEN = re.compile(r"(?P<number>\d[\d,]*(?:\.\d+)?)\s*(?P<unit>[^\d\s]*)")


def difference(minuend: Quantity, subtrahend: Quantity) -> str | None:
    """By how much the first figure is larger, written like the first; nothing, where that is not exact."""
    written, other = _WRITTEN.fullmatch(minuend.text), _WRITTEN.fullmatch(subtrahend.text)
    if written is None or other is None:
        return None
    number = Decimal(written["number"].replace(",", ""))
    if written["unit"] == other["unit"]:
        result = number - Decimal(other["number"].replace(",", ""))
    elif number and minuend.value:
        result = (Decimal(str(minuend.value)) - Decimal(str(subtrahend.value))) * number / Decimal(str(minuend.value))
    else:
        return None
    shown = f"{round(result, MOST_DECIMALS).normalize():f}"
    text = f"{shown}个百分点" if minuend.kind == "percent" else f"{shown}{written['unit']}"
    read = quantities(text)
    return text if result > 0 and len(read) == 1 and is_difference(minuend, subtrahend, read[0]) else None


def is_difference(minuend: Quantity, subtrahend: Quantity, result: Quantity) -> bool:
    """Whether the third figure is exactly what the first is more than the second."""
    figures = (minuend, subtrahend, result)
    if any(one.approximate or one.upper is not None or one.kind not in _SUBTRACTED for one in figures):
        return False
    if not minuend.kind == subtrahend.kind == result.kind or minuend.unit != subtrahend.unit:
        return False
    unit = "百分点" if minuend.kind == "percent" else minuend.unit
    by = minuend.value - subtrahend.value
    return result.unit == unit and isclose(by, result.value, rel_tol=1e-9, abs_tol=ROUNDING * abs(minuend.value))


def computed(text: str) -> tuple[Quantity, ...]:
    """The figures of a text that are no statement of a document but the difference of the two figures before them.

    ``6.5亿元 − 3亿元 = 3.5亿元`` gives 3.5亿元; ``6.5亿元 − 3亿元 = 4亿元`` gives nothing.
    """
    found = quantities(text)
    return tuple(
        result
        for minuend, subtrahend, result in zip(found, found[1:], found[2:], strict=False)
        if text[minuend.end : subtrahend.start].strip() == MINUS
        and text[subtrahend.end : result.start].strip() == EQUALS
        and is_difference(minuend, subtrahend, result)
    )
