"""The project's error tree, as the layers above ``rag`` see it."""

from index.errors import (
    ArchiveError,
    BuildBusy,
    BuildCancelled,
    ChatMissing,
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
    "ArchiveError",
    "BuildBusy",
    "BuildCancelled",
    "ChatMissing",
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
