"""A model's text arrives in pieces until the deadline, and every way of failing has its name."""

import asyncio
import os
import subprocess
import sys
import threading
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from rag.language_model import Message, ModelFailure, ModelStream, failure
from tests.rag.scripted_llm import says, serving

ASKED = (Message("system", "规则"), Message("human", "问"))


@dataclass
class Chunk:
    text: str = ""
    response_metadata: dict[str, Any] = field(default_factory=dict)


class Model:
    """Says what it is given, or does what it is told; adequate because only ``astream`` is asked of a model."""

    def __init__(self, *steps: Chunk | Exception | float, block: float = 0) -> None:
        self.steps, self.block, self.left = steps, block, threading.Event()

    async def astream(self, input: Any) -> AsyncIterator[Chunk]:
        assert input == [("system", "规则"), ("human", "问")]
        try:
            time.sleep(self.block)
            for step in self.steps:
                if isinstance(step, Exception):
                    raise step
                if isinstance(step, float):
                    await asyncio.sleep(step)
                else:
                    yield step
        finally:
            self.left.set()


def said(model: Model, *, seconds: float = 5) -> list[str]:
    return list(ModelStream(model).text(ASKED, deadline=time.monotonic() + seconds, allowed=seconds))


@pytest.mark.parametrize("reason", ["finish_reason", "done_reason", "stop_reason", "stopReason", "finishReason"])
def test_the_pieces_come_in_order_and_every_provider_may_name_its_end(reason: str) -> None:
    assert said(Model(Chunk("大"), Chunk("桥"), Chunk("", {reason: "stop"}))) == ["大", "桥", ""]


def test_a_reply_without_its_end_was_cut_off() -> None:
    with pytest.raises(ModelFailure) as error:
        said(Model(Chunk("大")))
    assert error.value.kind == "cut"


def test_a_model_that_waits_too_long_is_left_at_the_deadline() -> None:
    model = Model(Chunk("大"), 30.0)
    started = time.monotonic()
    with pytest.raises(ModelFailure) as error:
        said(model, seconds=0.3)
    assert time.monotonic() - started < 2
    assert error.value.kind == "slow"
    assert "0.3" in error.value.told()
    assert model.left.wait(5)


def test_a_model_that_holds_the_loop_up_holds_nobody_else_up() -> None:
    started = time.monotonic()
    with pytest.raises(ModelFailure):
        said(Model(Chunk("大"), block=2.0), seconds=0.2)
    assert time.monotonic() - started < 1.5


def test_a_model_whose_reader_leaves_is_told() -> None:
    model = Model(Chunk("大"), 30.0)
    reading = ModelStream(model).text(ASKED, deadline=time.monotonic() + 30, allowed=30)
    assert next(reading) == "大"
    reading.close()  # type: ignore[attr-defined]  # it is a generator
    assert model.left.wait(5)


@pytest.mark.parametrize(
    ("error", "begun", "kind"),
    [
        (TimeoutError(), False, "slow"),
        (ConnectionError(), False, "down"),
        (ConnectionError(), True, "cut"),
        (ValueError("sk-geheim"), True, "failed"),
    ],
)
def test_errors_have_a_kind(error: Exception, begun: bool, kind: str) -> None:
    assert failure(error, begun=begun).kind == kind
    assert "geheim" not in f"{failure(error)} {failure(error).values}"


@pytest.mark.parametrize(
    ("status", "kind"), [(401, "key"), (403, "key"), (429, "busy"), (504, "slow"), (500, "status"), (404, "status")]
)
def test_a_status_goes_before_the_name_of_the_error(status: int, kind: str) -> None:
    error = ConnectionError()
    error.status_code = status  # type: ignore[attr-defined]  # as the errors of every provider's library
    assert failure(error).kind == kind


@pytest.mark.parametrize(
    "kind",
    ["down", "slow", "cut", "key", "busy", "status", "empty", "language", "endless", "unborne", "figureless", "failed"],
)
def test_every_kind_is_told_in_both_languages(kind: Any) -> None:
    told = ModelFailure(kind, status=1, seconds=2, error="E", most=3).told()
    chinese, _, english = told.partition(" / ")
    assert "语言模型" in chinese
    assert english.isascii() and "language model" in english


@contextmanager
def _recording() -> Iterator[tuple[str, list[str]]]:
    """A server that takes traces and keeps the paths they were sent to; its address and these."""
    seen: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            self.rfile.read(int(self.headers.get("Content-Length", 0)))
            seen.append(self.path)
            self.send_response(202)
            self.end_headers()

        def do_GET(self) -> None:
            seen.append(self.path)
            self.send_response(404)
            self.end_headers()

        def log_message(self, format: str, *args: object) -> None:
            """Nothing on the test's standard error."""

    http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=http.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{http.server_address[1]}", seen
    finally:
        http.shutdown()
        http.server_close()
        thread.join()


@pytest.mark.slow
@pytest.mark.parametrize("variable", ["LANGSMITH_TRACING", "LANGCHAIN_TRACING_V2"])
@pytest.mark.parametrize(("way", "traced"), [("checked", False), ("bare", True)])
def test_nothing_is_traced_whatever_the_environment_asks_for(variable: str, way: str, traced: bool) -> None:
    """Around the stream LangChain does send traces: so the recording server would see them."""
    with serving(says("青石大桥。")) as server, _recording() as (address, seen):
        asked = {variable: "true", "LANGSMITH_ENDPOINT": address, "LANGSMITH_API_KEY": "lsv2_none"}
        subprocess.run(
            [sys.executable, "-m", "tests.rag.tracing", server.address, way],
            cwd=Path(__file__).parents[2],
            env={"PATH": os.environ["PATH"], "PYTHONPATH": str(Path(__file__).parents[2]), **asked},
            check=True,
            timeout=120,
        )
    assert len(server.requests) == 1
    assert bool(seen) is traced
