"""How an index is built and searched: frozen plain values, saved inside every snapshot.

Knows nothing of models or files.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from hashlib import sha256
from json import dumps
from typing import Any, Self

from index.errors import SettingsError
from index.messages import say

MOST_NEIGHBOURS = 1_000_000
MOST_WEIGHT = 10


@dataclass(frozen=True, slots=True)
class IndexConfig:
    """The figures of searching. A snapshot answers with the ones it was built with.

    ``depth`` is how many paragraphs each leg proposes; ``dense_weight`` what a cosine counts against a full lexical
    match; ``trusted_share`` the share of the question that a lexical match must cover to count in full;
    ``context_boost`` what a term in the headings counts against one in the text; ``exact_limit`` how many vectors are
    searched one by one; ``window`` how many characters of a paragraph, in whole sentences, are embedded together.
    """

    depth: int = 100
    dense_weight: float = 1.0
    trusted_share: float = 0.7
    context_boost: float = 0.5
    exact_limit: int = 100_000
    window: int = 90
    batch_size: int = 1024
    seed: int = 2026

    def __post_init__(self) -> None:
        """Refuse what no index can be built with."""
        for name in ("depth", "exact_limit", "window", "batch_size"):
            if not 1 <= (value := getattr(self, name)) <= MOST_NEIGHBOURS:
                raise SettingsError(say("config.out_of_range", name=name, value=value, low=1, high=MOST_NEIGHBOURS))
        for name, high in (("dense_weight", MOST_WEIGHT), ("trusted_share", 1), ("context_boost", 1)):
            if not 0 <= (value := getattr(self, name)) <= high:
                raise SettingsError(say("config.out_of_range", name=name, value=value, low=0, high=high))

    @classmethod
    def from_dict(cls, values: Mapping[str, Any]) -> Self:
        """The configuration that :meth:`to_dict` wrote.

        :raises SettingsError: when a name is unknown.
        """
        known = {field.name for field in fields(cls)}
        for name in values:
            if name not in known:
                raise SettingsError(say("config.unknown", name=name, known=", ".join(sorted(known))))
        return cls(**values)

    def to_dict(self) -> dict[str, Any]:
        """The configuration as plain values."""
        return asdict(self)

    @property
    def sha256(self) -> str:
        """The fingerprint of the values."""
        return sha256(dumps(self.to_dict(), sort_keys=True).encode()).hexdigest()
