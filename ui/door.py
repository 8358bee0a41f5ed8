"""What stands between the network and the page: which addresses exist, how much may be sent, what the browser may load.

Gradio brings many routes that this page never uses (uploads, files, proxying, recordings, run history, code editing);
only the listed ones are let through. Knows nothing of what they do.
"""

import asyncio
import re
import secrets
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ui.gate import Gate
from ui.messages import say
from ui.visitor import USER

MAX_BODY = 2 * 1024 * 1024  # a pasted book of 300,000 characters still gets its clear answer; more is no question

_PAGE = "/"
_ALLOWED = re.compile(
    r"/(?:|health|config/?|chat\.css|first\.js|theme\.css|favicon\.ico|manifest\.json|robots\.txt"
    r"|(?:static|assets)/[\w./-]+"
    r"|export/[\w-]+\.(?:md|docx|json)"
    r"|gradio_api/(?:info/?|startup-events|heartbeat/\w+|queue/(?:join|data)|cancel|reset/?"
    r"|call/ask|call/ask/\w+|call/v2/ask))"
)
FIRST_SCRIPT = "first.js"  # linked here: Gradio's own way into the head runs it after everything else
_SCRIPT = re.compile(rb"<script(?=[\s>])")
_POLICY = "; ".join(
    (
        "default-src 'none'",
        # Gradio compiles its templates in the browser, hence unsafe-eval. Markup starts no script: it has no nonce.
        "script-src 'self' 'nonce-{nonce}' 'unsafe-eval'",
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data:",
        "font-src 'self'",
        "connect-src 'self'",
        "manifest-src 'self'",
        "base-uri 'self'",
        "form-action 'none'",
        "frame-ancestors 'none'",
    )
)
_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
    "Cross-Origin-Opener-Policy": "same-origin",
}


class Door:
    """Lets the page's own requests through to ``app`` and answers all others itself.

    :param hosts: the names the page may be called by; empty for any. A page opened under a foreign name that leads here
        is another site reading this one (DNS rebinding).
    """

    def __init__(self, app: ASGIApp, gate: Gate, *, hosts: frozenset[str] = frozenset()) -> None:
        self.app = app
        self.gate = gate
        self.hosts = hosts
        self.closing = asyncio.Event()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request."""
        if scope["type"] != "http":
            if scope["type"] == "lifespan":
                await self.app(scope, receive, send)
            return
        reply = _Reply(send, rewrites=scope["path"] == _PAGE)
        refusal = self._refusal(scope)
        if refusal is not None:
            await refusal(scope, receive, reply)
            return
        scope = {**scope, USER: self.gate.user(Headers(scope=scope))}
        await self.app(scope, _limited(receive, self.closing), reply)
        if self.closing.is_set():
            await reply.finish()

    def close(self) -> None:
        """Ends the streams of open pages in order; they would hold the end of the server."""
        self.closing.set()

    def _refusal(self, scope: Scope) -> JSONResponse | None:
        headers = Headers(scope=scope)
        host = headers.get("host", "")
        if self.hosts and urlsplit(f"//{host}").hostname not in self.hosts:
            return JSONResponse({"error": say("serve.host_unknown", host=host)}, 421)
        origin = headers.get("origin")
        if origin is not None and urlsplit(origin).netloc != host:
            return JSONResponse({"error": say("serve.foreign", origin=origin)}, 403)
        client = scope.get("client")
        closed = self.gate.refusal(scope["path"], headers, client[0] if client else "")
        if closed is not None:
            return closed
        if not _ALLOWED.fullmatch(scope["path"]):
            return JSONResponse({"error": say("serve.not_found", path=scope["path"])}, 404)
        length = headers.get("content-length", "0")
        if length.isdigit() and int(length) > MAX_BODY:
            return JSONResponse({"error": say("serve.too_large", size=length, limit=MAX_BODY)}, 413)
        return None


class _Reply:
    """Sends a response with the protective headers; the page itself with a nonce on its own scripts, too."""

    def __init__(self, send: Send, *, rewrites: bool) -> None:
        self.send = send
        self.rewrites = rewrites
        self.nonce = secrets.token_urlsafe(16)
        self.start: Message | None = None
        self.body = b""
        self.started = False
        self.complete = False

    async def finish(self) -> None:
        """Ends a body that is still being sent."""
        if self.started and not self.complete:
            await self({"type": "http.response.body", "body": b"", "more_body": False})

    async def __call__(self, message: Message) -> None:
        self.started = True
        self.complete = message["type"] == "http.response.body" and not message.get("more_body", False)
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            headers.update({**_HEADERS, "Content-Security-Policy": _POLICY.format(nonce=self.nonce)})
            self.rewrites = self.rewrites and headers.get("content-type", "").startswith("text/html")
            if self.rewrites:
                self.start = message
                return
        elif self.rewrites and message["type"] == "http.response.body":
            self.body += message.get("body", b"")
            if not message.get("more_body", False):
                await self._send_page()
            return
        await self.send(message)

    async def _send_page(self) -> None:
        assert self.start is not None
        page = self.body.replace(b"<head>", b'<head><script src="%s"></script>' % FIRST_SCRIPT.encode(), 1)
        page = _SCRIPT.sub(b'<script nonce="%s"' % self.nonce.encode(), page)
        page = page.replace(b'lang="en"', b'lang="zh-CN"', 1)  # read aloud in the language it is written in
        headers = MutableHeaders(scope=self.start)
        headers["content-length"] = str(len(page))
        await self.send(self.start)
        await self.send({"type": "http.response.body", "body": page})


def _limited(receive: Receive, closing: asyncio.Event) -> Receive:
    """The same request, cut off when a body that did not tell its length grows too large, and gone once ``closing``."""
    seen = 0

    async def counted() -> Message:
        nonlocal seen
        message = await _unless(closing, receive)
        seen += len(message.get("body", b""))
        if seen > MAX_BODY:
            raise HTTPException(413, say("serve.too_large", size=seen, limit=MAX_BODY))  # FastAPI passes it on
        return message

    return counted


async def _unless(closing: asyncio.Event, receive: Receive) -> Message:
    arriving, leaving = asyncio.ensure_future(receive()), asyncio.ensure_future(closing.wait())
    try:
        await asyncio.wait({arriving, leaving}, return_when=asyncio.FIRST_COMPLETED)
        return arriving.result() if arriving.done() else {"type": "http.disconnect"}
    finally:
        arriving.cancel()
        leaving.cancel()
