"""Whether a line is finished, what it leaves open, whether it can begin a paragraph. Knows nothing of pages."""

import re

PAIRS = {"“": "”", "‘": "’", "（": "）", "《": "》", "〈": "〉", "「": "」", "『": "』", "【": "】", "〔": "〕"}
_OPENER = {closer: opener for opener, closer in PAIRS.items()}
_NARROW = str.maketrans("()[]", "（）【】")  # transcriptions mix both widths inside one pair
FINAL = frozenset("。！？!?…；;：:")
_CLAUSE = re.compile(r"[，,。；;：:！？!?]")
_HAN = re.compile(r"[\u4e00-\u9fff]")
_CLOSERS = "”’）)》〉」』】］]〕\"'*_`"
_PRIVATE = "".join(map(chr, range(0xE000, 0xE100)))  # what typesetting systems leave behind a paragraph
_REMARKS = re.compile(r"(?:[（(【][^（(【）)】]*[）)】]\s*)+$")
_ENUMERATOR = re.compile(r"[(（]?\w{1,3}[)）]")
# Particles that stand behind a word, and marks that close: no paragraph begins with one.
_NEVER_FIRST = frozenset("的们吗呢吧嘛％%、，。；：！？”’）》〉」』】〕,.;:!?)】·—")


def finished(text: str) -> bool:
    """Whether the text ends as a paragraph does: ``甲。``, ``甲。”``, ``甲。(乙)`` do; ``甲``, ``“甲。`` do not."""
    return not left_open(text)[0] and has_final_mark(text)


def has_final_mark(text: str) -> bool:
    """Whether the last mark is a full stop or its like, closing quotations and bracketed remarks apart."""
    bare = _REMARKS.sub("", text.rstrip(_PRIVATE)).rstrip(_CLOSERS)
    if not bare or bare[-1] in FINAL:
        return True
    return bare[-1] == "." and not (bare[-2:-1].isdigit() and _HAN.search(bare))  # 3. and then 5亿元


def left_open(text: str) -> tuple[str, str]:
    """The openers without closer and the closers without opener: ``甲”乙“丙`` gives ``("“", "”")``."""
    openers: list[str] = []
    strays: list[str] = []
    narrowed = text.translate(_NARROW)
    skip = match.end() if (match := _ENUMERATOR.match(text)) else 0
    for position, character in enumerate(narrowed):
        if character in PAIRS:
            openers.append(character)
        elif (opener := _OPENER.get(character)) is not None:
            if opener in openers:
                del openers[_last(openers, opener) :]
            elif position >= skip and not (character == "’" and narrowed[position - 1 : position].isascii()):
                strays.append(character)
    return "".join(openers), "".join(strays)


def open_at_end(text: str) -> bool:
    """Whether the text is cut for certain: it ends in a comma or an opener, or leaves a bracket open."""
    return text[-1] in "，,、—“‘（《〈「『【〔(" or bool(left_open(text)[0])


def cannot_begin(text: str) -> bool:
    """Whether no paragraph begins like this: with a closing mark or a particle, or closing what it never opened."""
    if text[0] in "—-" or _ENUMERATOR.match(text):
        return False
    return text[0] in _NEVER_FIRST or any(stray in "”’》〉」』】〕" for stray in left_open(text)[1])


def closes(left: str, right: str) -> bool:
    """Whether ``right`` closes what ``left`` leaves open, before it opens the like: ``“甲`` and ``乙”丙``."""
    narrowed = right.translate(_NARROW)
    for opener in left_open(left)[0]:
        first = next((character for character in narrowed if character in (opener, PAIRS[opener])), opener)
        if first != opener:
            return True
    return False


def clauses(text: str) -> int:
    """How many commas, semicolons, colons and full stops the text has: a title has few, a paragraph many."""
    return len(_CLAUSE.findall(text))


def _last(items: list[str], item: str) -> int:
    return len(items) - 1 - items[::-1].index(item)
