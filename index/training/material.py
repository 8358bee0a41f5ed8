"""The kinds of pairs that the data give, and how often each is drawn. Knows nothing of vectors or of training."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import accumulate, islice
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.training.initialise import NOT_A_MEANING
from index.training.pairs import Aligned, Documents, Inverse, Kind, Switched, Titled
from index.training.ragged import Splitter
from index.training.sources import NEWS, Sources

COLLOQUIAL, ABBREVIATIONS, ENGLISH, ENCYCLOPAEDIA = (
    Path(__file__).with_name(f"{name}.tsv") for name in ("colloquial", "abbreviations", "english", "encyclopaedia")
)
SENTENCE = re.compile(r"[^。！？!?；;\n]+[。！？!?；;\n]*")
READ = 2_000  # characters of a news text: its beginning tells what it is about
LONG = (12, 60)  # sentences of a stretch of a long document
HELD_OUT = 500  # translations that are measured, never trained on
ASIDE = re.compile(r"\([^)]*\)")
TO = re.compile(r"^to ")
LONGEST_GLOSS = 4  # words: a longer gloss explains, it does not translate


@dataclass(frozen=True, slots=True)
class Share:
    """A kind of pair and its share of the steps."""

    name: str
    kind: Kind
    share: float


def sentences(text: str) -> list[str]:
    """Split after 。！？； and line ends; short leftovers stay with the sentence before."""
    return [part for part in SENTENCE.findall(text) if part.strip()]


def documents(splitter: Splitter, texts: Iterable[str]) -> Documents:
    """Split every sentence of every text into words."""
    split = [sentences(text) or [text] for text in texts]
    starts = np.asarray([0, *accumulate(map(len, split))], np.int64)
    return Documents(splitter.split(sentence for parts in split for sentence in parts), starts)


def translations(sources: Sources) -> tuple[list[list[str]], list[list[str]]]:
    """(to train on, held out): pairs of English and Chinese sentences; every 58th is held out."""
    rows = list(sources.rows("tatoeba_en_zh"))
    step = len(rows) // HELD_OUT
    held = rows[::step][:HELD_OUT]
    english, chinese = {row[0] for row in held}, {row[1] for row in held}
    return [row for row in rows if row[0] not in english and row[1] not in chinese], held


def material(sources: Sources, splitter: Splitter) -> list[Share]:
    """All kinds of pairs, in a fixed order."""
    questions = _questions(sources, splitter)
    headlines = _headlines(sources, splitter)
    news = documents(splitter, (record["text"][:READ] for name in NEWS for record in sources.records(name)))
    official = documents(splitter, _chapters(sources))
    statutes = _statutes(sources, splitter)
    glosses = glosses_by_row(sources, splitter)
    return [
        Share("questions", questions, 0.24),
        Share("headlines", headlines, 0.12),
        Share("news", Inverse(news), 0.20),
        Share("encyclopaedia", Inverse(questions.documents), 0.08),
        Share("official", Inverse(official, windows=4), 0.06),
        Share("statutes", statutes, 0.05),
        Share("long documents", Inverse(documents(splitter, _whole(sources)), sentences=LONG), 0.05),
        Share("paraphrases", _paraphrases(sources, splitter), 0.02),
        Share("translations", _translations(sources, splitter), 0.08),
        Share("glosses", _word_glosses(sources, splitter), 0.07),
        Share("everyday words", _written(COLLOQUIAL, splitter), 0.09),
        Share("short names", _written(ABBREVIATIONS, splitter), 0.02),
        Share("English policy terms and questions", _written(ENGLISH, splitter), 0.08),
        Share("English encyclopaedia", _written(ENCYCLOPAEDIA, splitter), 0.08),
        Share("questions in English words", Switched(questions, glosses), 0.10),
        Share("news in English words", Switched(Inverse(news), glosses), 0.06),
        Share("headlines in English words", Switched(headlines, glosses), 0.04),
    ]


def glosses_by_row(sources: Sources, splitter: Splitter) -> list[list[NDArray[np.int32]]]:
    """For each row the rows of its short glosses: 就业 -> [looking, for, employment], [getting, a, job]."""
    by_row: list[list[NDArray[np.int32]]] = [[] for _ in range(splitter.size)]
    pairs = [(entry.word, gloss) for entry in sources.dictionary() for gloss in translating(entry.glosses)]
    encoded = splitter.split((gloss for _word, gloss in pairs))
    for number, (word, _gloss) in enumerate(pairs):
        row = splitter.row(word)
        if row is not None and len(encoded.row(number)):
            by_row[row].append(encoded.row(number))
    return by_row


def translating(glosses: Iterable[str]) -> Iterator[str]:
    """The glosses that translate rather than explain, without their asides: "to create (sth)" -> "create"."""
    for gloss in islice(glosses, 5):
        short = TO.sub("", ASIDE.sub("", gloss).strip())
        if short and not NOT_A_MEANING.search(gloss) and len(short.split()) <= LONGEST_GLOSS:
            yield short


def _questions(sources: Sources, splitter: Splitter) -> Titled:
    numbers: dict[str, int] = {}
    questions, owners = [], []
    for name in ("cmrc2018_train", "drcd_dev_simplified"):
        for record in sources.records(name):
            questions.append(record["question"])
            owners.append(numbers.setdefault(record["context"], len(numbers)))
    return Titled(splitter.split(questions), np.asarray(owners), documents(splitter, numbers), whole=1.0)


def _headlines(sources: Sources, splitter: Splitter) -> Titled:
    records = list(sources.records("news_headline_text"))
    titles = splitter.split(record["title"] for record in records)
    texts = documents(splitter, (record["text"][:READ] for record in records))
    return Titled(titles, np.arange(len(records)), texts)


def _chapters(sources: Sources) -> Iterator[str]:
    """The official reports and policies, cut into stretches of about ten paragraphs so that each is drawn often."""
    for text in sources.official_texts():
        lines = [line for line in text.split("\n") if line.strip()]
        for start in range(0, len(lines), 10):
            yield "\n".join(lines[start : start + 10])


def _whole(sources: Sources) -> Iterator[str]:
    """The official documents and the statutes as they are, from end to end."""
    yield from sources.official_texts()
    statutes: dict[str, list[str]] = {}
    for record in sources.records("statute_articles"):
        statutes.setdefault(record["law"], []).append(record["text"])
    yield from map("\n".join, statutes.values())


def _statutes(sources: Sources, splitter: Splitter) -> Aligned:
    records = [record for record in sources.records("statute_articles") if len(record["text"]) > 30]
    heads = splitter.split(f"{r['law']} {r['chapter']} {sentences(r['text'])[0]}" for r in records)
    rests = splitter.split("".join(sentences(r["text"])[1:]) or r["text"] for r in records)
    return Aligned(heads, rests)


def _paraphrases(sources: Sources, splitter: Splitter) -> Aligned:
    rows = [row for row in sources.rows("question_pairs") if row[2] == "1"]
    return Aligned(*(splitter.split(row[side] for row in rows) for side in (0, 1)))


def _translations(sources: Sources, splitter: Splitter) -> Aligned:
    rows, _held = translations(sources)
    return Aligned(*(splitter.split(row[side] for row in rows) for side in (0, 1)))


def _written(path: Path, splitter: Splitter) -> Aligned:
    """The pairs that were written for this project, tab between the two sides of each."""
    pairs = [line.split("\t") for line in path.read_text(encoding="utf-8").splitlines()]
    return Aligned(*(splitter.split(pair[side] for pair in pairs) for side in (0, 1)))


def _word_glosses(sources: Sources, splitter: Splitter) -> Aligned:
    known = [e for e in sources.dictionary() if splitter.row(e.word) is not None]
    pairs = [(e.word, gloss) for e in known for gloss in translating(e.glosses)]
    return Aligned(*(splitter.split(pair[side] for pair in pairs) for side in (0, 1)))
