"""Reads the training data: folders of gzipped JSON lines and tables. Knows nothing of words, vectors or training."""

import gzip
import json
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from index.errors import WenjuError
from index.messages import say

LONG_WORD = 5
NEWS = ("news_texts", "news_texts_more_1", "news_texts_more_2")


class TrainingDataError(WenjuError):
    """The folder of training data lacks a file."""


def is_held_out(word: str) -> bool:
    """One in ten of the dictionary's longer words is measured, never trained on."""
    return len(word) >= LONG_WORD and zlib.crc32(word.encode()) % 10 == 0


@dataclass(frozen=True, slots=True)
class Entry:
    """One dictionary entry: a simplified word and its English glosses."""

    word: str
    glosses: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sources:
    """The folder that ``--data`` names; its README says what each file is and under which terms."""

    folder: Path

    def records(self, name: str) -> Iterator[dict[str, Any]]:
        """The JSON objects of ``NAME.jsonl.gz``."""
        for line in self._lines(f"{name}.jsonl.gz"):
            yield json.loads(line)

    def rows(self, name: str) -> Iterator[list[str]]:
        """The fields of each line of ``NAME.tsv.gz``."""
        for line in self._lines(f"{name}.tsv.gz"):
            yield line.rstrip("\n").split("\t")

    def dictionary(self, *, held_out: bool = False) -> Iterator[Entry]:
        """The Chinese-English dictionary, one entry a reading: what may be trained on, or what is only measured."""
        for word, _traditional, _pinyin, glosses in self.rows("cc_cedict"):
            if is_held_out(word) == held_out:
                yield Entry(word, tuple(gloss for gloss in glosses.split("/") if gloss))

    def official_texts(self) -> Iterator[str]:
        """The government work reports and the State Council documents, each whole."""
        for name in ("government_work_reports", "state_council_policies"):
            yield from (record["text"] for record in self.records(name))

    def chinese_texts(self) -> Iterator[str]:
        """The texts that words are counted in, official ones first; the evaluation set is not among them."""
        yield from self.official_texts()
        for name in ("cmrc2018_train", "drcd_dev_simplified"):
            yield from dict.fromkeys(record["context"] for record in self.records(name))
            yield from (record["question"] for record in self.records(name))
        yield from (chinese for _english, chinese in self.rows("tatoeba_en_zh"))
        for name in ("news_headline_text", "statute_articles", *NEWS):
            yield from (record["text"] for record in self.records(name))

    def _lines(self, name: str) -> Iterator[str]:
        path = self.folder / name
        if not path.is_file():
            raise TrainingDataError(say("training.missing_file", path=path))
        with gzip.open(path, "rt", encoding="utf-8") as stream:
            yield from stream
