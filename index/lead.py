"""Run-in leads, and the closing part of a report, which belongs to no section. Knows nothing of how headings are found.

A lead is the short first sentence without comma that most paragraphs of some reports open with: ``修好道路。今年…``. It
stays in the text. A paragraph without lead in such a report goes on with what the one above it named.
"""

import re
from collections import defaultdict
from dataclasses import dataclass

from index.block import Block
from index.closure import clauses
from index.numbering import first_sentence_end
from index.title import SALUTATION

LONGEST_LEAD = 26  # characters; the longest in the reports of 2009 to 2024 has 24
FEWEST_LEADS = 3  # fewer are chance
HABIT = 0.6  # the share of paragraphs that open with a lead where sections have the habit; 0.2 to 0.5 elsewhere
LONGEST_RUN = 2  # paragraphs without lead behind one with a lead that still belong to it
SALUTATION_REACH = 4  # paragraphs between two salutations of one closing part
_DASHES = ("—", "－", "-")
_ITEM = re.compile(r"(?:[一二三四五六七八九十]|其)[是要]|第[一二三四五六七八九十]+[，、]|[一二三四五六七八九十]+年来")


@dataclass(frozen=True, slots=True)
class Placed:
    """A paragraph below its headings. ``section`` counts the headings above it, ``lead`` is its own one."""

    block: Block
    headings: tuple[str, ...]
    section: int
    numbered: bool
    lead: str

    @property
    def parent(self) -> tuple[str, ...]:
        """What its section is part of; sections of one parent share the habit of leads."""
        return self.headings[:-1]


def lead_of(text: str) -> str:
    """The run-in lead of a paragraph without dash and full stop, or nothing: ``修好道路。今年…`` gives ``修好道路``."""
    end = first_sentence_end(text)
    sentence = text[: end - 1].lstrip("".join(_DASHES))
    if end >= len(text) or text[end - 1] != "。" or not 2 <= len(sentence) <= LONGEST_LEAD or clauses(sentence):
        return ""
    return sentence


def habits_of(placed: list[Placed], *, continued: bool) -> frozenset[tuple[str, ...]]:
    """The parents in whose numbered sections most paragraphs open with leads.

    What runs on behind a heading and the closing part do not count. ``continued``: the paragraphs above the first
    heading belong to a section that stands on an earlier page.
    """
    groups: defaultdict[tuple[str, ...], list[Placed]] = defaultdict(list)
    for one in placed:
        if one.numbered or (continued and not one.section):
            groups[one.parent].append(one)
    habits = set()
    for parent, group in groups.items():
        while group and not group[-1].lead:
            group.pop()
        counted = [one for one in group if not one.block.tail]
        leads = sum(1 for one in counted if one.lead)
        if leads >= FEWEST_LEADS and leads >= HABIT * len(counted) and any(one.numbered for one in group):
            habits.add(parent)
    return frozenset(habits)


def closing_start(placed: list[Placed], habits: frozenset[tuple[str, ...]]) -> int:
    """Where the closing part begins that belongs to no section; ``len(placed)`` where there is none.

    With the habit of leads: from the first salutation of the last section on where it has several, else the paragraphs
    behind the last lead, two at least. Without: from the last salutation on, and those close before it.
    """
    end = len(placed)
    if not end or not placed[-1].numbered:
        return end
    first = next(index for index, one in enumerate(placed) if one.section == placed[-1].section)
    salutations = [index for index in range(first + 1, end) if SALUTATION.match(placed[index].block.text)]
    if placed[-1].parent in habits:
        leads = [index for index in range(first, end) if placed[index].lead]
        start = leads[-1] + 1 if leads and end - leads[-1] > 2 else end
        return salutations[0] if len(salutations) > 1 else min([start, *salutations])
    start = salutations[-1] if salutations else end
    for index in reversed(salutations):
        if start - index <= SALUTATION_REACH:
            start = index
    return start


def leads_in_force(placed: list[Placed], habits: frozenset[tuple[str, ...]], closing: int) -> list[str]:
    """The lead that each paragraph stands under: its own, or the one above that it goes on with, or none."""
    following = _lengths_of_runs(placed)
    leads: list[str] = []
    lead = ""
    for index, one in enumerate(placed):
        if one.section != placed[index - 1].section or index >= closing:
            lead = ""
        if one.lead:
            goes_on = following[index] <= LONGEST_RUN and not one.block.text.startswith(_DASHES)
            leads.append(one.lead)
            lead = one.lead if goes_on else ""
        else:
            if SALUTATION.match(one.block.text) or _ITEM.match(one.block.text):
                lead = ""
            leads.append(lead)
        if one.parent not in habits or index >= closing:
            leads[-1] = ""
    return leads


def _lengths_of_runs(placed: list[Placed]) -> list[int]:
    """For each paragraph how many without lead follow it at once in its section."""
    lengths = [0] * len(placed)
    for index in range(len(placed) - 2, -1, -1):
        below = placed[index + 1]
        if not below.lead and below.section == placed[index].section:
            lengths[index] = lengths[index + 1] + 1
    return lengths
