"""Streams a language model's text within a deadline, and names in one place whatever goes wrong.

The model runs on an event loop in a thread of its own, so that a server which stalls, or sends a byte a second, is left
at the deadline. Knows nothing of prompts, and of models only that they stream: any LangChain chat model does.
"""

import asyncio
import logging
import re
import threading
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from functools import cache
from queue import Empty, SimpleQueue
from time import monotonic
from typing import Any, Literal, Protocol

from rag.messages import Choice, say

log = logging.getLogger(__name__)

MOST_CHARACTERS = 8000  # of one reply; nobody asked for more, so it will never end
_STARTING = threading.Lock()
_GRACE = 0.5  # seconds that the loop gets to end by itself what is past its deadline
# Every provider says in its own field why a reply ended; a reply that does not say so was cut off.
_ENDED = re.compile(r"(?:finish|stop|done)_?reason", re.IGNORECASE)

FailureKind = Literal[
    "down", "slow", "cut", "key", "busy", "status", "empty", "language", "endless", "unborne", "figureless", "failed"
]
_BY_STATUS: dict[int, FailureKind] = {401: "key", 403: "key", 408: "slow", 429: "busy", 504: "slow"}
_BY_NAME: tuple[tuple[str, FailureKind], ...] = (
    ("timeout", "slow"),
    ("connect", "down"),
    ("protocol", "cut"),
    ("read", "cut"),
    ("jsondecode", "failed"),
)


@dataclass(frozen=True, slots=True)
class Message:
    """One message to a model."""

    role: Literal["system", "human"]
    text: str


class Model(Protocol):
    """What is asked of a chat model."""

    def astream(self, input: Any) -> AsyncIterator[Any]: ...


class ModelFailure(Exception):
    """A model gave nothing that can be used. ``kind`` says why.

    No word of the server's is repeated: it may hold the key.
    """

    def __init__(self, kind: FailureKind, **values: object) -> None:
        super().__init__(kind)
        self.kind = kind
        self.values = values

    def told(self, language: Choice = "both") -> str:
        """Why, for the person who asked."""
        return say(f"model.{self.kind}", language, **self.values)


@dataclass(frozen=True, slots=True)
class _End:
    """The end of a reply, and the failure that ended it."""

    failure: ModelFailure | None = None


class ModelStream:
    """Streams what one model says."""

    def __init__(self, model: Model) -> None:
        self.model = model

    def text(self, messages: tuple[Message, ...], *, deadline: float, allowed: float) -> Iterator[str]:
        """The reply in pieces, until ``deadline`` on the monotonic clock.

        :param allowed: the seconds that were given in all, for saying so.
        :raises ModelFailure: the reply did not come, or not to its end.
        """
        pieces: SimpleQueue[str | _End] = SimpleQueue()
        with _STARTING:
            loop = _loop()
        reading = asyncio.run_coroutine_threadsafe(self._read(messages, deadline, pieces), loop)
        length = 0
        try:
            while isinstance(piece := _next(pieces, deadline), str):
                length += len(piece)
                if length > MOST_CHARACTERS:
                    raise ModelFailure("endless", most=MOST_CHARACTERS)
                yield piece
        finally:
            reading.cancel()
        if piece.failure is not None:
            piece.failure.values.setdefault("seconds", f"{allowed:g}")
            raise piece.failure

    async def _read(self, messages: tuple[Message, ...], deadline: float, pieces: "SimpleQueue[str | _End]") -> None:
        begun = ended = False
        try:
            from langsmith import tracing_context

            # Whatever LANGSMITH_TRACING says: questions and documents go to the model's server and nowhere else.
            async with asyncio.timeout(deadline - monotonic()):
                with tracing_context(enabled=False):
                    async for chunk in self.model.astream([(message.role, message.text) for message in messages]):
                        begun = True
                        pieces.put(str(chunk.text))
                        ended = ended or any(_ENDED.fullmatch(name) for name in chunk.response_metadata)
            pieces.put(_End(None if ended else ModelFailure("cut")))
        except Exception as error:  # noqa: BLE001 - every provider has errors of its own, and none may leak
            pieces.put(_End(failure(error, begun=begun)))


def failure(error: BaseException, *, begun: bool = False) -> ModelFailure:
    """The failure that an error of a provider's library means; ``begun``: after the reply had begun."""
    status = getattr(error, "status_code", None)
    log.warning("the language model failed: %s, status %s", type(error).__name__, status)
    if isinstance(status, int):
        return ModelFailure(_BY_STATUS.get(status, "status"), status=status)
    names = " ".join(kind.__name__.lower() for kind in type(error).__mro__)
    cause = f"{names} {type(error.__cause__).__name__.lower()}"
    for part, kind in _BY_NAME:
        if part in cause:
            return ModelFailure("cut" if begun and kind == "down" else kind, error=type(error).__name__)
    return ModelFailure("failed", error=type(error).__name__)


@cache
def _loop() -> asyncio.AbstractEventLoop:
    """The loop of all models, in its thread: their libraries share connections, which belong to one loop."""
    loop = asyncio.new_event_loop()
    threading.Thread(target=loop.run_forever, name="language model", daemon=True).start()
    return loop


def _next(pieces: "SimpleQueue[str | _End]", deadline: float) -> str | _End:
    """The next piece; past the deadline the end, whatever the loop is held up by."""
    try:
        return pieces.get(timeout=max(0.0, deadline - monotonic()) + _GRACE)
    except Empty:
        return _End(ModelFailure("slow"))
