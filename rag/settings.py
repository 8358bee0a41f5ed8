"""The settings of a chatbot, from arguments and ``WENJU_…`` variables. Creates and opens nothing."""

from pathlib import Path
from typing import Any, Literal

from pydantic import Field, SecretStr, ValidationError, field_validator, model_validator
from pydantic_core import ErrorDetails
from pydantic_settings import BaseSettings, SettingsConfigDict

from index.messages import Language
from rag.errors import SettingsError
from rag.messages import say

SHOWN_VALUE = 80  # characters of a bad value that its error repeats
_SECRETS = ("WENJU_LLM_API_KEY", "WENJU_AUTH")
_REASONS = {
    "int_parsing": "settings.integer",
    "int_from_float": "settings.integer",
    "greater_than_equal": "settings.least",
    "less_than_equal": "settings.most",
    "bool_parsing": "settings.yes_or_no",
    "float_parsing": "settings.number",
    "finite_number": "settings.number",
    "literal_error": "settings.one_of",
    "string_pattern_mismatch": "settings.address",
    "value_error": "settings.auth",
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
    caution: float = Field(
        default=0.0, ge=-10, le=10, description="log odds an answer needs; above 0 refuses more, below 0 less"
    )
    max_question: int = Field(default=1000, ge=10, description="characters a question may have")
    llm: str = Field(
        default="", description="PROVIDER:MODEL of a language model that words the answers; empty: no such model"
    )
    llm_base_url: str = Field(default="", pattern=r"^(?:https?://\S+)?$", description="where a server of one's own is")
    llm_api_key: SecretStr = Field(default=SecretStr(""), description="the key; never shown and never logged")
    llm_tokens_field: Literal["max_completion_tokens", "max_tokens"] = Field(
        default="max_completion_tokens", description="how the server calls the limit of a reply; some know only one"
    )
    llm_max_tokens: int = Field(default=800, ge=16, le=100_000, description="tokens that a reply may have")
    llm_timeout: float = Field(
        default=30.0, ge=1, le=600, allow_inf_nan=False, description="seconds for all that a model does for a question"
    )

    questions_per_minute: int = Field(
        default=120, ge=0, description="questions that one client of the page may ask in a minute; 0: any number"
    )
    questions_at_once: int = Field(default=8, ge=1, le=64, description="questions that the page answers at once")
    auth: SecretStr = Field(
        default=SecretStr(""), description="USER:PASSWORD[,USER:PASSWORD] that the page asks for; never shown or logged"
    )
    save_chats: bool = Field(default=True, description="whether the page saves conversations")
    chats_dir: Path | None = Field(default=None, description="where they are saved; not given: .chats beside the index")

    @property
    def chats_folder(self) -> Path:
        """Where conversations are saved."""
        return self.chats_dir or self.index_dir.parent / ".chats"

    @property
    def accounts(self) -> dict[str, str]:
        """Who may use the page, with their passwords; nobody in particular, where that is not set."""
        pairs = (pair.strip().partition(":") for pair in self.auth.get_secret_value().split(",") if pair.strip())
        return {user: password for user, _, password in pairs}

    @field_validator("auth")
    @classmethod
    def _with_passwords(cls, auth: SecretStr) -> SecretStr:
        """Each account needs a name and a password: a page that seems locked must not be open."""
        pairs = [pair.strip().partition(":") for pair in auth.get_secret_value().split(",")]
        if auth.get_secret_value() and not all(user and password for user, _, password in pairs):
            raise ValueError("no user:password")
        return auth

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
    value = "***" if name in _SECRETS else repr(fault["input"])[:SHOWN_VALUE]
    reason = say(_REASONS.get(fault["type"], "settings.unfit"), language, why=fault["msg"], **fault.get("ctx", {}))
    return say("settings.value", language, name=name, value=value, reason=reason)
