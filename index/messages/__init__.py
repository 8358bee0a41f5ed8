"""What people read, kept out of the code: one TOML file per language, Chinese first. Knows nothing of who says it."""

import tomllib
from pathlib import Path
from typing import Literal

Language = Literal["zh", "en", "both"]


class Catalogue:
    """The messages of one layer, read from ``zh.toml`` and ``en.toml`` of a folder: ``key = "text with {values}"``."""

    def __init__(self, folder: Path) -> None:
        self.texts = {
            language: tomllib.loads((folder / f"{language}.toml").read_text(encoding="utf-8"))
            for language in ("zh", "en")
        }

    def __call__(self, key: str, language: Language = "both", /, **values: object) -> str:
        """The message ``key`` with its values: one language, or both on one line, Chinese first."""
        if language == "both":
            return f"{self(key, 'zh', **values)} / {self(key, 'en', **values)}"
        return str(self.texts[language][key]).format(**values)


say = Catalogue(Path(__file__).parent)
