"""Checks that a sentence joins, affirms and denies its words as its source does. Knows nothing of figures."""

from collections.abc import Iterator

from rag.citations import Defect
from rag.reading import Part, Passage, Reading, plain_words

# A clause of the source says the same thing as one of the sentence, if it holds this share of its words.
SAME_THING = 0.6


def misstated(said: str, claim: Reading, passage: Passage) -> Iterator[Defect]:
    """What a sentence states and its source does not, or not so."""
    for index, word in enumerate(claim.stated):
        if not passage.has(word.text, claim.text[max(0, word.start - 1) : word.start]):
            yield Defect("word_missing", said, word.text)
        elif (together := _torn(index, claim, passage)) is not None:
            yield Defect("word_missing", said, together)
    for clause in claim.clauses:
        if not _same_polarity(clause, claim, passage):
            yield Defect("denied", said, clause.text)
        if _mixed(claim.inside(clause), passage.reading):
            yield Defect("mixed", said, clause.text)


def _torn(index: int, claim: Reading, passage: Passage) -> str | None:
    """Words that belong together and do not stand together in the source: 王 and 明 in 王明, 甲 and 公司 in 甲公司."""
    word, plain = claim.stated[index], plain_words()
    before = claim.stated[index - 1] if index and claim.stated[index - 1].end == word.start else None
    behind = claim.stated[index + 1] if index + 1 < len(claim.stated) else None
    behind = behind if behind and behind.start == word.end else None
    led = before is not None and passage.has(before.text + word.text)
    followed = behind is not None and passage.has(word.text + behind.text)
    if word.text.endswith(plain.named_before) and before is not None and not led:
        return before.text + word.text
    if word.text.endswith(plain.named_behind):
        if before is not None and not led:
            return before.text + word.text
        if behind is not None and not followed and not passage.has(f"{word.text}、"):
            return word.text + behind.text
    if len(word.text) > 1 or word.text in plain.loose or (before is not None and len(before.text) == 1 and led):
        return None
    if behind is not None:
        return None if followed else word.text + behind.text
    return None if before is None or led else before.text + word.text


def _same_polarity(clause: Part, claim: Reading, passage: Passage) -> bool:
    """Whether what the clause says is denied in the source just as it is here."""
    words = claim.inside(clause)
    negation = plain_words().negation
    alike = [
        source
        for source in passage.reading.clauses
        if words and sum(word.text in source.text for word in words) >= SAME_THING * len(words)
    ]
    denied = bool(negation.search(clause.text))
    return not alike or any(bool(negation.search(source.text)) == denied for source in alike)


def _mixed(words: tuple[Part, ...], source: Reading) -> bool:
    """Whether a clause begins with one clause of the source and ends with a parallel one.

    ``甲园侧重研发,乙园侧重制造`` does not bear 甲园侧重制造: 甲 and 制造 meet only by way of 侧重, which both have.
    """
    clauses = [frozenset(word.text for word in words if word.text in clause.text) for clause in source.clauses]
    for start in range(len(words) - 2):
        for end in range(start + 2, len(words)):
            run = {word.text for word in words[start : end + 1]}
            first, last = words[start].text, words[end].text
            if any(run <= clause for clause in clauses):
                continue
            if any(run - {last} <= one for one in clauses) and any(run - {first} <= one for one in clauses):
                return True
    return False
