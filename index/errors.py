"""The errors of the whole project, in one tree; every message carries the value received and the cure.

::

    WenjuError
    ├── CorpusError           a corpus folder or one of its files cannot be read
    ├── EncoderError          an embedding model cannot be loaded, or gives vectors of the wrong shape
    ├── QueryError            a question or a search argument is unusable (also a ValueError)
    ├── SnapshotError         an index cannot be used
    │   ├── SnapshotMissing   there is none yet
    │   ├── SnapshotDamaged   its bytes are not the ones that were published
    │   └── SnapshotForeign   made by another format or another model
    ├── BuildBusy             another process is building this index
    ├── LimitReached          more is asked, at once or in a minute, than the settings allow
    ├── BuildCancelled        whoever started a build has stopped it
    ├── ArchiveError          the saved chats cannot be read or written
    │   └── ChatMissing       there is no such chat, or it is somebody else's
    └── SettingsError         a setting is unknown or its value unusable
"""


class WenjuError(Exception):
    """Anything that the project refuses, told in one sentence that a person can act on."""


class CorpusError(WenjuError):
    """A corpus folder or one of its files cannot be read."""


class EncoderError(WenjuError):
    """An embedding model cannot be loaded, or gives vectors of the wrong shape."""


class QueryError(WenjuError, ValueError):
    """A question or a search argument is unusable."""


class SnapshotError(WenjuError):
    """An index cannot be used."""


class SnapshotMissing(SnapshotError):
    """There is no index yet."""


class SnapshotDamaged(SnapshotError):
    """The bytes of an index are not the ones that were published."""


class SnapshotForeign(SnapshotError):
    """An index was made by another format or another model."""


class BuildBusy(WenjuError):
    """Another process is building this index."""


class LimitReached(WenjuError):
    """More is asked, at once or in a minute, than the settings allow."""


class BuildCancelled(WenjuError):
    """Whoever started a build has stopped it; the index is as it was."""


class ArchiveError(WenjuError):
    """The saved chats cannot be read or written."""


class ChatMissing(ArchiveError):
    """There is no such chat, or it is somebody else's: who asks is not told which."""


class SettingsError(WenjuError):
    """A setting is unknown or its value unusable."""
