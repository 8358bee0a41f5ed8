"""Fits the weights of the verdict in ``rag/refusal.py``.

``python -m tests.quality.calibrate DATA INDEX SET [INDEX SET …]``; DATA is the folder that the reader is trained from:
of the passages that it keeps apart from the training, every question is an example too.

Each answerable question is an example twice: as it is (to be answered, if the best evidence is right), and with the
paragraphs that answer it taken away (to be refused: the topic is there, the fact is not). Unanswerable ones are to be
refused, and so are the questions over other indexes when they are asked of the first. The bias is set so that nearly
all right evidence is answered. Printed are the weights, for pasting, and the shares of right verdicts in
cross-validation; the bias in use was then moved by hand to balance both kinds of mistakes on the sets.
"""

import json
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import astuple, fields
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression

from index.store import ParagraphIndex
from index.training.sources import Sources
from rag.chatbot import Chatbot
from rag.evaluate import Expected, plain
from rag.question import read_question
from rag.refusal import Signals, contradicted, signals
from rag.settings import Settings
from rag.training.evaluate import over
from rag.training.examples import TRAINED_ON, dataset

UNANSWERABLE, WRONG, OFF_TOPIC, RIGHT, TAKEN_AWAY, KEPT = range(6)
# What an example counts: unanswerable questions are few, taken-away paragraphs leave others that half answer, and the
# sets of the reader's training are large.
SHARES = np.array([2.0, 0.4, 0.4, 1.5, 0.3, 0.3])
TO_ANSWER = (RIGHT, KEPT)
# The share of right evidence that is to be answered.
ANSWERED = 0.96


def examples(chatbot: Chatbot, questions: list[Expected]) -> Iterator[tuple[Signals, int]]:
    """The signals of every verdict that is not decided by a rule, and what it is an example of."""
    index = ParagraphIndex.open(chatbot.settings.index_dir, chatbot.encoder)
    most = chatbot.settings.hits
    for expected in questions:
        question = read_question(expected.question, chatbot.aligner.lexicon)
        if expected.history or question.orders or not question.terms:
            continue
        golds = [plain(quote) for group in expected.gold for quote in group]
        hits = index.search(expected.question, k=2 * most)
        without = [hit for hit in hits if not any(gold in plain(hit.paragraph.text) for gold in golds)]
        for kept in (hits[:most],) if expected.refuse else (hits[:most], without[:most]):
            found = chatbot.finder.find(question, kept)
            if found and not contradicted(question, found[0]):
                right = any(gold in plain(found[0].hit.paragraph.text) for gold in golds)
                yield signals(question, found), UNANSWERABLE if expected.refuse else RIGHT if right else WRONG


def made(sources: Sources) -> Iterator[tuple[Signals, int]]:
    """The same of the questions that the reader was not trained on, each with its passage and without."""
    data = dataset(sources, TRAINED_ON, rivals=0)
    with tempfile.TemporaryDirectory(prefix="wenju-") as folder:
        chatbot, index = over(Path(folder), data.contexts)
        for item in data.part("calibrated").items:
            question = read_question(item.question, chatbot.aligner.lexicon)
            hits = index.search(item.question, k=2 * chatbot.settings.hits)
            without = [hit for hit in hits if hit.paragraph.text != data.contexts[item.context]]
            for kind, kept in ((KEPT, hits), (TAKEN_AWAY, without)):
                found = chatbot.finder.find(question, kept[: chatbot.settings.hits])
                if found and not contradicted(question, found[0]):
                    yield signals(question, found), kind


def main(arguments: list[str]) -> None:
    """Fits and prints."""
    found = list(made(Sources(Path(arguments[0]))))
    arguments = arguments[1:]
    for index, file in zip(arguments[::2], arguments[1::2], strict=True):
        rows = [json.loads(line) for line in Path(file).read_text(encoding="utf-8").splitlines()]
        chatbot = Chatbot.from_settings(Settings.load(index_dir=index))
        found += examples(chatbot, [Expected.from_dict(row) for row in rows])
        if index != arguments[0]:
            first = Chatbot.from_settings(Settings.load(index_dir=arguments[0]))
            foreign = [
                Expected(id="", kind="", question=row["q"], refuse=True) for row in rows if not row.get("history")
            ]
            found += [(example, OFF_TOPIC) for example, _ in examples(first, foreign)]
    features = np.array([astuple(example) for example, _ in found])
    kinds = np.array([kind for _, kind in found])
    wanted, odds = np.isin(kinds, TO_ANSWER), np.zeros(len(kinds))
    folds = np.random.default_rng(2026).integers(0, 10, len(kinds))
    for fold in range(10):
        kept = folds != fold
        model = LogisticRegression(max_iter=1000).fit(
            features[kept], np.isin(kinds[kept], TO_ANSWER), SHARES[kinds[kept]]
        )
        odds[~kept] = model.decision_function(features[~kept])
    model = LogisticRegression(max_iter=1000).fit(features, wanted, SHARES[kinds])
    shift = float(np.quantile(odds[kinds == RIGHT], 1 - ANSWERED))
    for field, weight in zip(fields(Signals), model.coef_[0], strict=True):
        print(f"{field.name}={weight:.2f}")
    print(f"bias={model.intercept_[0] - shift:.2f}")
    for name, kind in (
        ("unanswerable", UNANSWERABLE),
        ("paragraph taken away, or wrong evidence", WRONG),
        ("off topic", OFF_TOPIC),
        ("passage taken away", TAKEN_AWAY),
        ("passage there", KEPT),
    ):
        print(f"{name}: {(odds[kinds == kind] < shift).mean():.3f} of {(kinds == kind).sum()} refused")


if __name__ == "__main__":
    main(sys.argv[1:])
