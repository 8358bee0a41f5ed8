"""What the screens say, in ``zh.toml`` and ``en.toml``."""

from pathlib import Path

from rag.messages import Catalogue

__all__ = ["say"]

say = Catalogue(Path(__file__).parent)
