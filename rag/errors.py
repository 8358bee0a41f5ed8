"""The project's error tree, as the layers above ``rag`` see it."""

from index.errors import (
    BuildBusy,
    BuildCancelled,
    CorpusError,
    EncoderError,
    LimitReached,
    QueryError,
    SettingsError,
    SnapshotDamaged,
    SnapshotError,
    SnapshotForeign,
    SnapshotMissing,
    WenjuError,
)

__all__ = [
    "BuildBusy",
    "BuildCancelled",
    "CorpusError",
    "EncoderError",
    "LimitReached",
    "QueryError",
    "SettingsError",
    "SnapshotDamaged",
    "SnapshotError",
    "SnapshotForeign",
    "SnapshotMissing",
    "WenjuError",
]
