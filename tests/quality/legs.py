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
from rag.evaluate import Expected, plain, rank
from rag.settings import Settings

TOP = 3


def main(arguments: list[str]) -> None:
    """Measures and prints."""
    chatbot = Chatbot.from_settings(Settings.load(index_dir=arguments[0]))
    index = ParagraphIndex.open(chatbot.settings.index_dir, chatbot.encoder)
    modes: tuple[Mode, ...] = get_args(Mode)
    for file in arguments[1:]:
        places: dict[str, dict[Mode, list[int]]] = defaultdict(lambda: {mode: [] for mode in modes})
        for line in Path(file).read_text(encoding="utf-8").splitlines():
            expected = Expected.from_dict(json.loads(line))
            golds = [[plain(quote) for quote in group] for group in expected.gold]
            if golds and not expected.history:
                for mode in modes:
                    place = rank(index.search(expected.question, k=TOP, mode=mode), golds)
                    for kind in ("all", expected.kind):
                        places[kind][mode].append(place)
        print(f"{file}: top 1 / top {TOP}")
        for kind, by_mode in places.items():
            shares = (f"{mode} {_share(found, 1):.3f} / {_share(found, TOP):.3f}" for mode, found in by_mode.items())
            print(f"  {kind:8} {len(by_mode[modes[0]]):5}  " + "   ".join(shares))


def _share(places: list[int], within: int) -> float:
    return sum(0 < place <= within for place in places) / len(places)


if __name__ == "__main__":
    main(sys.argv[1:])
