"""How fast the shipped model loads and encodes on one thread: ``python -m tests.bench.encoder DATA``.

Loading is timed in fresh processes after numpy, the rest in this one; the median of several runs is printed. Paragraphs
are the first 150 characters of news texts (``DATA`` is the folder of training data).
"""

import os
import subprocess
import sys
from collections.abc import Callable
from itertools import islice
from pathlib import Path
from statistics import median
from time import perf_counter

os.environ.update(OMP_NUM_THREADS="1", OPENBLAS_NUM_THREADS="1")

from index.embedder import load_encoder
from index.training.sources import Sources

RUNS = 7
PARAGRAPHS, LENGTH = 4000, 150
QUESTION = "退休老人每个月能多拿多少钱?"
LOADING = """
import numpy, safetensors.numpy, time
started = time.perf_counter()
from index.embedder import load_encoder
load_encoder()
print(time.perf_counter() - started)
"""


def main(arguments: list[str]) -> None:
    """Measures and prints."""
    loads = [
        float(subprocess.run([sys.executable, "-c", LOADING], capture_output=True, text=True, check=True).stdout)
        for _ in range(RUNS)
    ]
    encoder = load_encoder()
    news = (record["text"] for record in Sources(Path(arguments[0])).records("news_texts"))
    texts = [text[:LENGTH] for text in islice((text for text in news if len(text) >= LENGTH), PARAGRAPHS)]
    print(f"load: {median(loads) * 1e3:.0f} ms")
    print(f"a query: {_seconds(lambda: [encoder.encode([QUESTION]) for _ in range(1000)]):.3f} ms")
    print(f"paragraphs a second: {PARAGRAPHS / _seconds(lambda: encoder.encode(texts)):,.0f}")


def _seconds(work: Callable[[], object]) -> float:
    """The median time of some runs."""
    times = []
    for _ in range(RUNS):
        started = perf_counter()
        work()
        times.append(perf_counter() - started)
    return median(times)


if __name__ == "__main__":
    main(sys.argv[1:])
