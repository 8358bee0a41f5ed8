"""Text to searchable paragraphs. Knows nothing of questions, answers, language models or screens.

>>> corpus = index.read_corpus(Path("corpus"))
>>> index.build_index(corpus, folder, encoder=encoder, config=index.IndexConfig(), progress=tell)
>>> index.ParagraphIndex.open(folder, encoder).search("…", k=5)

The names are looked up when they are first used, so that ``python -m index --help`` does not wait for FAISS.
"""

import os
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from index.build import BuildReport, build_index
    from index.config import IndexConfig
    from index.corpus import Corpus, Problem, Source, read_corpus
    from index.embedder import Encoder, load_encoder
    from index.paragraph import Hit, Paragraph, Span
    from index.store import ParagraphIndex, current_version

__all__ = [
    "BuildReport",
    "Corpus",
    "Encoder",
    "Hit",
    "IndexConfig",
    "Paragraph",
    "ParagraphIndex",
    "Problem",
    "Source",
    "Span",
    "build_index",
    "current_version",
    "load_encoder",
    "read_corpus",
]

# Before numpy is first imported: the matrices of a question are so small that several threads only wait for each other,
# five times as long on a busy machine. A person's own setting stands.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

_HOMES = {
    "build": ("BuildReport", "build_index"),
    "config": ("IndexConfig",),
    "corpus": ("Corpus", "Problem", "Source", "read_corpus"),
    "embedder": ("Encoder", "load_encoder"),
    "paragraph": ("Hit", "Paragraph", "Span"),
    "store": ("ParagraphIndex", "current_version"),
}


def __getattr__(name: str) -> object:
    """The public name ``name``, from the module it lives in."""
    for module, names in _HOMES.items():
        if name in names:
            return getattr(import_module(f"index.{module}"), name)
    raise AttributeError(f"module 'index' has no attribute {name!r}")
