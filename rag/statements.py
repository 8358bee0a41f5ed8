"""Checks that a sentence joins, affirms and denies its words as its source does. Knows nothing of figures."""

from collections.abc import Iterator

from rag.citations import Defect
from rag.denial import denies
from rag.reading import Part, Passage, Reading, plain_words

# A clause of the source says the same thing as one of the sentence, if it holds this share of its words.
SAME_THING = 0.6
OF_ITS_OWN = 0.5  # share of a sentence's words that the passage itself has to have, without its headings
LAST = 3  # words of a clause that a denial in the source is about
REPEATED = 6  # characters of a clause from which on it is no coincidence that it comes twice


def misstated(said: str, claim: Reading, passage: Passage) -> Iterator[Defect]:
    """What a sentence states and its source does not, or not so."""
    for index, word in enumerate(claim.stated):
        if not passage.means(word.text, claim.text[max(0, word.start - 1) : word.start]):
            yield Defect("word_missing", said, word.text)
        elif (together := _torn(index, claim, passage)) is not None:
            yield Defect("word_missing", said, together)
    here = [word for word in claim.stated if word.text in passage.reading.text]
    if len(here) < OF_ITS_OWN * len(claim.stated):  # headings say what a passage is about, not what it says
        yield Defect("word_missing", said, said)
    for clause in claim.stretches:
        if not _same_polarity(clause, claim, passage):
            yield Defect("denied", said, clause.text)
        if _reordered(clause, claim, passage):
            yield Defect("reordered", said, clause.text)
        if any(moved(clause, claim, passage.reading) for moved in (_repeated, _detached, _mixed)):
            yield Defect("mixed", said, clause.text)


def _torn(index: int, claim: Reading, passage: Passage) -> str | None:
    """Words that belong together and do not stand together in the source: 王 and 明 in 王明, 甲 and 公司 in 甲公司."""
    word, plain = claim.stated[index], plain_words()
    before = claim.stated[index - 1] if index and claim.stated[index - 1].end == word.start else None
    behind = claim.stated[index + 1] if index + 1 < len(claim.stated) else None
    behind = behind if behind and behind.start == word.end else None
    preceding = claim.text[max(0, word.start - 1) : word.start]
    led = before is not None and passage.has(
        before.text + word.text, claim.text[max(0, before.start - 1) : before.start]
    )
    followed = behind is not None and passage.has(word.text + behind.text, preceding)
    title = word.text.endswith(plain.named_behind)
    if before is not None and not led and (title or _needs_name(word.text)):
        return before.text + word.text
    if title and behind is not None and not followed and not passage.has(f"{word.text}、"):
        return word.text + behind.text
    if len(word.text) > 1 or word.text in plain.loose or any(word.text in words for words in plain.alike):
        return None
    if behind is not None and not followed and (not led or word.text in plain.surnames):
        return word.text + behind.text
    return before.text + word.text if before is not None and behind is None and not led else None


def _needs_name(word: str) -> bool:
    """Whether a word names a body or a place only with what stands before it: 公司, 部, 高新区, not 城市."""
    return any(word == ending or (len(ending) > 1 and word.endswith(ending)) for ending in plain_words().named_before)


def _same_polarity(clause: Part, claim: Reading, passage: Passage) -> bool:
    """Whether what the clause says is denied in the source just as it is here."""
    words = claim.inside(clause)
    alike = [
        source
        for source in passage.reading.stretches
        if words and sum(word.text in source.text for word in words) >= SAME_THING * len(words)
    ]
    denied = denies(clause.text)
    for word in words[-LAST:]:  # what is said last is what is denied
        holding = [source for source in passage.reading.stretches if word.text in source.text]
        if len(holding) == 1 and denies(holding[0].text) != denied:
            return False
    return not alike or any(denies(source.text) == denied for source in alike)


def _reordered(clause: Part, claim: Reading, passage: Passage) -> bool:
    """Whether the words of a clause come in another order than in the source: who bites whom is told by order alone.

    Words of the headings, adverbs and the like may stand anywhere.
    """
    plain = plain_words()
    place = 0
    for word in claim.inside(clause):
        if word.text in plain.movable or word.text in plain.loose or word.text in passage.above:
            continue
        found = passage.reading.text.find(word.text, place)
        if found < 0 and word.text in passage.reading.text:
            return True
        place = max(place, found)
    return False


def _mixed(clause: Part, claim: Reading, source: Reading) -> bool:
    """Whether a clause puts another beginning before what the source says of its own subject.

    ``甲公司负责设计,乙公司负责施工`` does not bear 甲公司负责施工: what is said in the second clause is said of 乙.
    ``甲公司中标,负责施工`` bears it, for the second clause has no beginning of its own.
    """
    words = [word.text for word in claim.inside(clause) if word.text in source.text]
    ends = [other for other in source.stretches if words and words[-1] in other.text]
    if not ends:
        return False
    most = max(_share(end, words) for end in ends)
    best = [end for end in ends if _share(end, words) == most]
    whole = (end for end in best if words[0] in end.text or not _begins_otherwise(end, words, source))
    return all(_borrowed(end, words, source) for end in whole)


def _borrowed(end: Part, words: list[str], source: Reading) -> bool:
    """Whether what a clause of the source lacks of the words stands in one like it that is of another subject."""
    lacking = [word for word in words if word not in end.text]
    return any(
        any(word in other.text for word in lacking) and _begins_otherwise(other, words, source)
        for other in source.stretches
        if words[-1] in other.text and _share(other, words) >= SAME_THING
    )


def _begins_otherwise(end: Part, words: list[str], source: Reading) -> bool:
    """Whether a clause of the source begins with a word of its own that is not among these."""
    begun = source.inside(end)[:1]
    return not begun or begun[0].text not in words


def _repeated(clause: Part, claim: Reading, source: Reading) -> bool:
    """Whether a clause that the source has stands more often in the claim: it has taken another one's place."""
    text = clause.text.strip(",;:、。!?() ")
    return len(text) >= REPEATED and claim.text.count(text) > max(1, source.text.count(text))


def _detached(clause: Part, claim: Reading, source: Reading) -> bool:
    """Whether a clause follows another one than in the source: the nearest one like it before it there is not it.

    ``甲类事项,由省审批,乙类事项,由市审批`` does not bear 甲类事项,由市审批.
    """
    leads = [other for other in claim.stretches if other.end == clause.start]
    words, lead = [word.text for word in claim.inside(clause)], leads[0] if leads else None
    before = [word.text for word in claim.inside(lead)] if lead else []
    if not words or not before or lead is None:
        return False
    words += [one.text for one in claim.quantities if clause.start <= one.start < clause.end]
    ends = [index for index, other in enumerate(source.stretches) if all(word in other.text for word in words)]
    bearing = [index for index, other in enumerate(source.stretches) if _says(other, lead, before)]
    if not ends or not bearing:
        return False
    alike = [index for index, other in enumerate(source.stretches) if _share(other, before) >= SAME_THING]
    return not any(max((index for index in alike if index <= end), default=end) in (*bearing, end) for end in ends)


def _says(source: Part, clause: Part, words: list[str]) -> bool:
    """Whether a clause of the source says all that a clause says, denied where it is."""
    denied = denies(clause.text) == denies(source.text)
    return denied and all(word in source.text for word in words)


def _share(source: Part, words: list[str]) -> float:
    return sum(word in source.text for word in words) / len(words)
