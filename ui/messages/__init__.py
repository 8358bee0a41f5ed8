"""What the screens say, in a file for each language."""

from pathlib import Path

from rag.messages import LANGUAGES, Catalogue, Choice, Language, Said, in_language

__all__ = ["LANGUAGES", "Choice", "Language", "Said", "in_language", "say"]

say = Catalogue(Path(__file__).parent)
