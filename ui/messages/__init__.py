"""What the screens say, in ``zh.toml`` and ``en.toml``."""

from pathlib import Path

from rag.messages import Catalogue, Language

__all__ = ["LANGUAGES", "Language", "say"]

LANGUAGES: tuple[Language, ...] = ("zh", "en")

say = Catalogue(Path(__file__).parent)
