"""How each leg of the search does by itself: ``python -m tests.quality.legs INDEX SET [SET …]``.

A set is JSON lines with ``q``, ``gold`` (groups of quotes of the paragraphs that answer) and ``kind``. Printed is for
each kind the share of questions whose paragraph comes first, and among the first three, by words, by meaning and by
both.
"""

import json
import sys
from collections import defaultdict
from pathlib import Path
from typing import get_args

from index.store import Mode, ParagraphIndex
from rag.chatbot import Chatbot
from rag.evaluate import plain
from rag.settings import Settings

TOP = 3


def rank(index: ParagraphIndex, question: str, golds: list[str], mode: Mode) -> int:
    """The place, from 1, of the first paragraph that holds one of the quotes; ``TOP + 1`` for further down."""
    hits = index.search(question, k=TOP, mode=mode)
    places = (place for place, hit in enumerate(hits, 1) if any(gold in plain(hit.paragraph.text) for gold in golds))
    return next(places, TOP + 1)


def main(arguments: list[str]) -> None:
    """Measures and prints."""
    chatbot = Chatbot.from_settings(Settings.load(index_dir=arguments[0]))
    index = ParagraphIndex.open(chatbot.settings.index_dir, chatbot.encoder)
    modes: tuple[Mode, ...] = get_args(Mode)
    for file in arguments[1:]:
        places: dict[str, dict[Mode, list[int]]] = defaultdict(lambda: {mode: [] for mode in modes})
        for line in Path(file).read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            golds = [plain(quote) for group in row.get("gold", ()) for quote in group]
            if golds and not row.get("history"):
                for mode in modes:
                    place = rank(index, row["q"], golds, mode)
                    for kind in ("all", row["kind"]):
                        places[kind][mode].append(place)
        print(f"{file}: top 1 / top {TOP}")
        for kind, by_mode in places.items():
            shares = (f"{mode} {_share(found, 1):.3f} / {_share(found, TOP):.3f}" for mode, found in by_mode.items())
            print(f"  {kind:8} {len(by_mode[modes[0]]):5}  " + "   ".join(shares))


def _share(places: list[int], within: int) -> float:
    return sum(place <= within for place in places) / len(places)


if __name__ == "__main__":
    main(sys.argv[1:])
