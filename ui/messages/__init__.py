"""What the screens say, in ``zh.toml`` and ``en.toml``."""

from pathlib import Path

from rag.messages import Catalogue, Language

__all__ = ["Language", "say"]

say = Catalogue(Path(__file__).parent)
