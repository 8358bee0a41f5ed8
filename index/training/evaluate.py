"""How well an encoder finds what it should: hit@1 and hit@5 on unseen sets. Knows nothing of how it was made.

Any encoder is measured the same way: every question is compared with every passage of its set by cosine, and a passage
that is as close as the right one but is not it counts against the encoder.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from index.embedder import Encoder
from index.training.material import translating, translations
from index.training.sources import Sources

ENGLISH_QUESTIONS = Path(__file__).with_name("english_questions.tsv")
ENGLISH_ENCYCLOPAEDIA = Path(__file__).with_name("english_encyclopaedia.tsv")
DISTRACTORS = 5_000  # more Chinese sentences among which a held-out translation must be found


@dataclass(frozen=True, slots=True)
class Task:
    """Questions, passages, and for each question the number of its passage."""

    name: str
    questions: Sequence[str]
    passages: Sequence[str]
    gold: Sequence[int]


@dataclass(frozen=True, slots=True)
class Measured:
    """Shares of the questions whose passage came first, or among the first five."""

    name: str
    questions: int
    passages: int
    hit1: float
    hit5: float


def measure(encoder: Encoder, task: Task) -> Measured:
    """Rank all passages for all questions."""
    scores = encoder.encode(task.questions) @ encoder.encode(task.passages).T
    gold = np.asarray(task.gold)
    own = scores[np.arange(len(gold)), gold][:, None]
    ranks = (scores >= own).sum(axis=1) - 1
    hits = [float((ranks < k).mean()) for k in (1, 5)]
    return Measured(task.name, len(gold), len(task.passages), *hits)


def tasks(sources: Sources) -> Iterator[Task]:
    """All sets, in the order of the table."""
    yield cmrc(sources)
    yield english_encyclopaedia(sources)
    yield from english_questions(sources)
    yield held_out_translations(sources)
    yield held_out_glosses(sources)


def cmrc(sources: Sources) -> Task:
    """CMRC 2018 dev: Chinese questions over Chinese encyclopaedia passages."""
    records = list(sources.records("cmrc2018_dev"))
    passages = list(dict.fromkeys(record["context"] for record in records))
    numbers = {passage: number for number, passage in enumerate(passages)}
    questions = [record["question"] for record in records]
    return Task("CMRC 2018 dev", questions, passages, [numbers[record["context"]] for record in records])


def english_encyclopaedia(sources: Sources) -> Task:
    """English questions over some of the passages of CMRC 2018 dev; a passage without a question only distracts."""
    lines = [line.split("\t") for line in ENGLISH_ENCYCLOPAEDIA.read_text(encoding="utf-8").splitlines()]
    passages = {record["id"]: record["context"] for record in sources.records("cmrc2018_dev")}
    asked = [(question, number) for number, (_id, question) in enumerate(lines) if question]
    return Task(
        "English questions, encyclopaedia",
        [question for question, _number in asked],
        [passages[id] for id, _question in lines],
        [number for _question, number in asked],
    )


def english_questions(sources: Sources) -> Iterator[Task]:
    """English questions over the paragraphs of one work report each, by year."""
    lines = [line.split("\t") for line in ENGLISH_QUESTIONS.read_text(encoding="utf-8").splitlines()]
    for year in sorted({line[0] for line in lines}):
        report = next(r["text"] for r in sources.records("government_work_reports") if str(r["year"]) == year)
        passages = [paragraph for paragraph in report.split("\n") if len(paragraph) > 40]
        asked = [(question, quote) for of, question, quote in lines if of == year]
        gold = [next(n for n, passage in enumerate(passages) if quote in passage) for _question, quote in asked]
        yield Task(f"English questions, work report {year}", [question for question, _ in asked], passages, gold)


def held_out_translations(sources: Sources) -> Task:
    """English sentences to their Chinese translations, among other Chinese sentences."""
    trained, held = translations(sources)
    held = list({chinese: [english, chinese] for english, chinese in held}.values())
    others = list(dict.fromkeys(row[1] for row in trained))[:: max(1, len(trained) // DISTRACTORS)]
    return Task("Tatoeba, held out", [r[0] for r in held], [r[1] for r in held] + others, range(len(held)))


def held_out_glosses(sources: Sources) -> Task:
    """English glosses to the Chinese words that training leaves out."""
    by_word = {e.word: gloss for e in sources.dictionary(held_out=True) for gloss in list(translating(e.glosses))[:1]}
    by_gloss = {gloss: word for word, gloss in by_word.items()}
    return Task("CC-CEDICT, held out", list(by_gloss), list(by_gloss.values()), range(len(by_gloss)))
