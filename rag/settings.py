"""The settings of a chatbot, from arguments and ``WENJU_…`` variables. Creates and opens nothing."""

from pathlib import Path
from typing import Any

from pydantic import Field, ValidationError, model_validator
from pydantic_core import ErrorDetails
from pydantic_settings import BaseSettings, SettingsConfigDict

from index.messages import Language
from rag.errors import SettingsError
from rag.messages import say

SHOWN_VALUE = 80  # characters of a bad value that its error repeats
_REASONS = {
    "int_parsing": "settings.integer",
    "int_from_float": "settings.integer",
    "greater_than_equal": "settings.least",
    "less_than_equal": "settings.most",
    "bool_parsing": "settings.yes_or_no",
}


class Settings(BaseSettings):
    """Plain frozen values; every one can be set as ``WENJU_`` plus its name in capitals."""

    model_config = SettingsConfigDict(env_prefix="WENJU_", frozen=True, extra="ignore")

    index_dir: Path = Field(default=Path(".index"), description="where the index snapshots live")
    corpus_dir: Path = Field(default=Path("corpus"), description="the folder of documents to index")
    embedding_model: str = Field(
        default="", description="path or hub name of another embedding model; empty: the shipped one"
    )
    allow_download: bool = Field(default=False, description="whether a model may be fetched from a hub")
    hits: int = Field(default=10, ge=1, le=100, description="paragraphs retrieved for a question")
    max_question: int = Field(default=1000, ge=10, description="characters a question may have")

    @model_validator(mode="before")
    @classmethod
    def _without_blanks(cls, values: dict[str, Any]) -> dict[str, Any]:
        """An empty variable is as good as none: the default answers."""
        stripped = {name: value.strip() if isinstance(value, str) else value for name, value in values.items()}
        return {name: value for name, value in stripped.items() if value != ""}

    @classmethod
    def load(cls, **values: Any) -> "Settings":
        """The settings with these values over the environment's; ``None`` and the empty text mean not given.

        :raises SettingsError: a name is unknown or a value unusable.
        """
        given = {name: value for name, value in values.items() if value not in (None, "")}
        unknown = sorted(set(given) - set(cls.model_fields))
        if unknown:
            raise SettingsError(say("settings.unknown", names=", ".join(unknown), known=", ".join(cls.model_fields)))
        try:
            return cls(**given)
        except ValidationError as error:
            first = error.errors()[0]
            raise SettingsError(f"{_told(first, 'zh')} / {_told(first, 'en')}") from error


def _told(fault: ErrorDetails, language: Language) -> str:
    """What is wrong with one setting, its reason in the same language."""
    name = f"WENJU_{'.'.join(map(str, fault['loc'])).upper()}"
    reason = say(_REASONS.get(fault["type"], "settings.unfit"), language, why=fault["msg"], **fault.get("ctx", {}))
    return say("settings.value", language, name=name, value=repr(fault["input"])[:SHOWN_VALUE], reason=reason)
