"""The words and outputs of a command line: UTF-8 whatever the locale, and told when an output cannot be written.

Knows nothing of commands.
"""

import os
import sys
from contextlib import suppress
from io import TextIOWrapper

from index.errors import WenjuError
from index.messages import say


def prepare() -> None:
    """Write UTF-8 even where the locale knows ASCII only; half characters come out as escapes."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def check() -> None:
    """Look whether there is a standard output, before any work is done for it.

    :raises WenjuError: it is closed.
    """
    if sys.stdout is None:
        raise WenjuError(say("output.closed"))


def typed(argument: str) -> str:
    """An argument as UTF-8 even where the locale knows ASCII only and Python has escaped its bytes."""
    try:
        return os.fsencode(argument).decode("utf-8", "surrogateescape")
    except UnicodeEncodeError:  # halves of a character that no command line can carry
        return argument


def write(line: str) -> None:
    """A line for standard output, at once.

    :raises BrokenPipeError: the reader has seen enough.
    :raises WenjuError: it cannot be written.
    """
    try:
        sys.stdout.write(f"{line}\n")
        sys.stdout.flush()
    except BrokenPipeError:
        _abandon()
        raise
    except OSError as error:
        _abandon()
        raise WenjuError(say("output.unwritable", reason=error.strerror)) from error


def tell(message: str) -> None:
    """Say something to the person, beside what standard output carries; where nobody can hear it, nothing is said."""
    if sys.stderr is not None:
        with suppress(OSError):
            sys.stderr.write(f"{message}\n")
            sys.stderr.flush()


def _abandon() -> None:
    """Let the rest go nowhere: what is still buffered would fail once more at the end of the process."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
    os.close(nowhere)
