"""What ``rag`` says to people: refusals, labels and errors, in a file for each language."""

from pathlib import Path

from index.messages import LANGUAGES, Catalogue, Choice, Language, Said, in_language

__all__ = ["LANGUAGES", "Catalogue", "Choice", "Language", "Said", "in_language", "say"]

say = Catalogue(Path(__file__).parent)
