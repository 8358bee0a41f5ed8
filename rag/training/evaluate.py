"""Measures evidence and short answers on CMRC 2018 dev, which nothing is trained on. Knows nothing of training.

Printed are: how often the first-ranked sentence holds a gold answer, with the right passage given and end to end over
all passages; the short answer's exact matches and its F1 by the longest common substring, as the set's own script
counts (Cui et al. 2019); and the share of answerable questions that are kept and of unanswerable ones that are refused,
where a question is made unanswerable by taking its passage away from what was retrieved.
"""

import json
import re
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

from index.paragraph import Hit
from index.store import ParagraphIndex
from index.training.sources import Sources
from rag.chatbot import Chatbot
from rag.question import read_question
from rag.refusal import judge
from rag.settings import Settings
from rag.short_answer import short_answer
from rag.training.examples import MEASURED_ON

_PUNCTUATION = re.compile(r"[\W_]+")


@dataclass(slots=True)
class Tally:
    """What the answers from one kind of hits were worth, question by question."""

    refused: list[bool] = field(default_factory=list)
    sentence: list[bool] = field(default_factory=list)
    exact: list[float] = field(default_factory=list)
    f1: list[float] = field(default_factory=list)


def evaluate(sources: Sources, *, questions: int = 0) -> dict[str, float]:
    """The measures by name; all but the number of questions are shares.

    :param questions: so many only, spread over the set; 0 for all.
    """
    every = list(sources.records(MEASURED_ON))
    records = every[:: max(1, len(every) // questions)][:questions] if questions else every
    given, found, absent = Tally(), Tally(), Tally()
    with tempfile.TemporaryDirectory(prefix="wenju-") as folder:
        chatbot, index = over(Path(folder), [*dict.fromkeys(record["context"] for record in every)])
        own = {paragraph.text: Hit(paragraph, 1.0) for paragraph in index.paragraphs}
        for record in records:
            hits = index.search(record["question"], k=chatbot.settings.hits)
            right = own[record["context"]]
            _note(given, chatbot, record, [right])
            _note(found, chatbot, record, hits)
            _note(absent, chatbot, record, [hit for hit in hits if hit.paragraph.id != right.paragraph.id])
    return {
        "questions": float(len(records)),
        "passage given: first sentence holds a gold answer": _mean(given.sentence),
        "end to end: first sentence holds a gold answer": _mean(found.sentence),
        "passage given: short answer, F1": _mean(given.f1),
        "passage given: short answer, exact match": _mean(given.exact),
        "end to end: answerable kept": 1 - _mean(found.refused),
        "passage taken away: refused": _mean(absent.refused),
    }


def f1(said: str, gold: str) -> float:
    """Twice the longest common substring over both lengths, punctuation left out: 天津市 for 天津 is 0.8."""
    said, gold = _plain(said), _plain(gold)
    matcher = SequenceMatcher(None, said, gold, autojunk=False)
    return 2 * matcher.find_longest_match().size / max(len(said) + len(gold), 1)


def over(folder: Path, passages: Sequence[str]) -> tuple[Chatbot, ParagraphIndex]:
    """A chatbot over some passages, each a document of one paragraph, and its index."""
    corpus = folder / "corpus"
    corpus.mkdir()
    lines = (json.dumps({"id": str(n), "text": text}, ensure_ascii=False) for n, text in enumerate(passages))
    (corpus / "passages.jsonl").write_text("\n".join(lines), encoding="utf-8")
    chatbot = Chatbot.from_settings(Settings.load(index_dir=folder / "index", corpus_dir=corpus))
    chatbot.rebuild(lambda _share, _message: None)
    return chatbot, ParagraphIndex.open(folder / "index", chatbot.encoder)


def _note(tally: Tally, chatbot: Chatbot, record: dict[str, Any], hits: Sequence[Hit]) -> None:
    """Answer from some hits; what is said is scored whether it would be refused or not."""
    question = read_question(record["question"], chatbot.aligner.lexicon)
    evidence = chatbot.finder.find(question, hits)
    golds = [answer["text"] for answer in record["answers"]]
    tally.refused.append(judge(question, evidence).kind is not None)
    span = short_answer(question, evidence[0], chatbot.aligner) if evidence else None
    said = evidence[0].hit.paragraph.text[span.start : span.end] if span else ""
    tally.sentence.append(bool(evidence) and any(gold in evidence[0].text for gold in golds))
    tally.exact.append(max(float(_plain(said) == _plain(gold)) for gold in golds))
    tally.f1.append(max(f1(said, gold) for gold in golds))


def _plain(text: str) -> str:
    return _PUNCTUATION.sub("", text).lower()


def _mean(values: Sequence[float]) -> float:
    return sum(values) / max(len(values), 1)
