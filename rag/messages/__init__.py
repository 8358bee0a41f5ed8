"""What ``rag`` says to people: refusals, labels and errors, in ``zh.toml`` and ``en.toml``."""

from pathlib import Path

from index.messages import Catalogue, Language

__all__ = ["Catalogue", "Language", "say"]

say = Catalogue(Path(__file__).parent)
