"""English word forms: which forms a word takes, and which word a form belongs to. Knows nothing of vectors.

study -> studies, studied, studying;  plan -> plans, planned, planning;  organize -> organise, organised, …
"""

from collections.abc import Iterable, Iterator, Mapping

VOWELS = "aeiou"
SHORTEST = 3


def forms(word: str) -> Iterator[str]:
    """The regular forms of a word, in American and in British spelling; some of them nobody says."""
    for stem in dict.fromkeys((word, word.replace("iz", "is") if "iz" in word[3:] else word)):
        if stem != word:
            yield stem
        yield from (stem + ending for ending in ("s", "ed", "ing"))
        if stem.endswith("e"):
            yield from (stem[:-1] + ending for ending in ("ed", "ing"))
        if stem.endswith("y") and stem[-2:-1] not in VOWELS:
            yield from (stem[:-1] + ending for ending in ("ies", "ied"))
        if stem.endswith(("s", "x", "z", "ch", "sh", "o")):
            yield stem + "es"
        if len(stem) > 2 and stem[-1] not in VOWELS + "wxy" and stem[-2] in VOWELS and stem[-3] not in VOWELS:
            yield from (stem + stem[-1] + ending for ending in ("ed", "ing"))


def said_forms(word: str, *, verb: bool) -> Iterator[str]:
    """The forms worth a place in the vocabulary: plurals, and of a verb all."""
    ending = "es" if word.endswith(("s", "x", "z", "ch", "sh")) else "s"
    plural = word[:-1] + "ies" if word.endswith("y") and word[-2:-1] not in VOWELS else word + ending
    past = word + "d" if word.endswith("e") else word[:-1] + "ied" if plural.endswith("ies") else word + "ed"
    going = word[:-1] + "ing" if word.endswith("e") and not word.endswith("ee") else word + "ing"
    said = (plural, past, going) if verb else (plural,)
    for form in (word, *said):
        if form != word:
            yield form
        if "iz" in form[3:]:
            yield form.replace("iz", "is")


def bases(words: Iterable[str]) -> Mapping[str, str]:
    """For each word that is a form of a shorter one among ``words``, that one: jobs -> job."""
    known = [word for word in words if len(word) >= SHORTEST]
    present, found = set(known), dict[str, str]()
    for word in sorted(known, key=len):
        for form in forms(word):
            if form in present and form != word:
                found.setdefault(form, word)
    return {form: found.get(base, base) for form, base in found.items()}
