"""A language model's server that does what its script says: streams, stalls, trickles, breaks off, refuses, lies.

It speaks the OpenAI chat completions protocol over a real socket of this machine, so that the client, its HTTP library
and its timeouts are the real ones; only the model behind it is invented, because no model errs on command.
"""

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Literal

Ending = Literal["stop", "stall", "break", "silent", "trickle"]


@dataclass(frozen=True)
class Reply:
    """What one request gets: ``pieces`` streamed, then its ``ending``; or an HTTP ``status`` with a body; or ``raw``.

    ``stall`` says nothing more, ``trickle`` sends a comment every 0.2 s for ever, ``break`` cuts the connection in the
    middle of a chunk, ``silent`` ends it in good form without saying that the answer has ended.
    """

    pieces: tuple[str, ...] = ()
    ending: Ending = "stop"
    status: int = 200
    raw: bytes = b""


def says(text: str, *, size: int = 3, ending: Ending = "stop") -> Reply:
    """A reply that streams a text a few characters at a time."""
    return Reply(tuple(text[start : start + size] for start in range(0, len(text), size)), ending)


Script = Callable[[dict[str, Any]], Reply]


@dataclass
class ScriptedServer:
    """The server while it runs. ``requests`` are the bodies received, ``keys`` what stood in the header."""

    script: Script
    address: str = ""
    requests: list[dict[str, Any]] = field(default_factory=list)
    keys: list[str | None] = field(default_factory=list)
    over: threading.Event = field(default_factory=threading.Event)

    def prompt(self, number: int = 0) -> str:
        """What the model was told in one request."""
        return "\n".join(message["content"] for message in self.requests[number]["messages"])


@contextmanager
def serving(script: Script | Reply) -> Iterator[ScriptedServer]:
    """A server on a free port, until the block is left."""
    server = ScriptedServer(script if callable(script) else lambda _request: script)

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            server.requests.append(body)
            server.keys.append(self.headers.get("Authorization"))
            try:
                _answer(self, server.script(body), server.over)
            except OSError:
                self.close_connection = True  # the client has left, as it should

        def log_message(self, format: str, *args: object) -> None:
            """Nothing on the test's standard error."""

    http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    http.daemon_threads = True
    server.address = f"http://127.0.0.1:{http.server_address[1]}/v1"
    thread = threading.Thread(target=http.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.over.set()
        http.shutdown()
        http.server_close()
        thread.join(10)


def _answer(handler: BaseHTTPRequestHandler, reply: Reply, over: threading.Event) -> None:
    if reply.status != 200 or reply.raw:
        body = reply.raw or json.dumps({"error": {"message": "the key sk-geheim is bad", "type": "x"}}).encode()
        handler.send_response(reply.status)
        handler.send_header("Content-Type", "application/json" if not reply.raw else "text/event-stream")
        handler.send_header("Content-Length", str(len(body)))
        handler.end_headers()
        handler.wfile.write(body)
        return
    handler.send_response(200)
    handler.send_header("Content-Type", "text/event-stream")
    handler.send_header("Transfer-Encoding", "chunked")
    handler.end_headers()
    for piece in reply.pieces:
        _send(handler, _event({"content": piece}))
    _end(handler, reply.ending, over)


def _end(handler: BaseHTTPRequestHandler, ending: Ending, over: threading.Event) -> None:
    if ending == "stall":
        over.wait(60)
    while ending == "trickle" and not over.wait(0.2):
        _send(handler, b": still here\n\n")
    if ending in ("stall", "trickle", "break"):
        handler.wfile.write(b"40\r\ndata: {")
        handler.wfile.flush()
        handler.close_connection = True
        return
    if ending == "stop":
        _send(handler, _event({}, "stop"))
        _send(handler, b"data: [DONE]\n\n")
    handler.wfile.write(b"0\r\n\r\n")
    handler.wfile.flush()


def _event(delta: dict[str, str], finish: str | None = None) -> bytes:
    choice = {"index": 0, "delta": delta, "finish_reason": finish}
    chunk = {"id": "c", "object": "chat.completion.chunk", "created": 1, "model": "scripted", "choices": [choice]}
    return f"data: {json.dumps(chunk, ensure_ascii=False)}\n\n".encode()


def _send(handler: BaseHTTPRequestHandler, data: bytes) -> None:
    handler.wfile.write(f"{len(data):x}\r\n".encode() + data + b"\r\n")
    handler.wfile.flush()
