"""The outputs of a command line, as the layers above ``rag`` see them. Knows nothing of commands."""

from index.output import prepare

__all__ = ["prepare"]
