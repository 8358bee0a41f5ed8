"""Serves the page over HTTP: ``/`` the chat, ``/health`` its state. Knows nothing of answers or layout."""

import socket
from collections.abc import Callable

import fastapi
import gradio as gr
import uvicorn
from starlette.responses import FileResponse, Response

from rag.archive.database import Database
from rag.chatbot import Chatbot
from ui.app import build_app
from ui.components import ASSETS
from ui.door import FIRST_SCRIPT, Door
from ui.downloads import add_downloads
from ui.gate import Gate
from ui.keeper import Keeper
from ui.theme import theme
from ui.visitor import Visitors

LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
STYLE = "chat.css"
GRACE_SECONDS = 5  # for answers under way; open pages are told to leave at once


def build_server(chatbot: Chatbot, *, host: str = "127.0.0.1", database: Database | None = None) -> Door:
    """The whole site as one ASGI application.

    :param database: where conversations are kept; without one they are not.
    :param host: where it will listen; on a loopback address it answers to loopback names only.
    """
    site = fastapi.FastAPI(docs_url=None, redoc_url=None, openapi_url=None)

    @site.get("/health")
    def health() -> dict[str, str]:
        version = chatbot.status().version
        return {"status": "ok" if version else "no index", "version": version}

    @site.get(f"/{STYLE}")
    def style() -> Response:
        sheets = sorted(ASSETS.glob("*.css"))
        return Response("\n".join(one.read_text(encoding="utf-8") for one in sheets), media_type="text/css")

    @site.get(f"/{FIRST_SCRIPT}")
    def first() -> FileResponse:
        return FileResponse(ASSETS / FIRST_SCRIPT, media_type="text/javascript")

    keeper = Keeper(database)
    add_downloads(site, keeper)

    gr.mount_gradio_app(
        site,
        build_app(chatbot, keeper),
        path="/",
        theme=theme(),
        head=f'<link rel="stylesheet" href="{STYLE}">',  # linked: Gradio rewrites the selectors of what it is handed
        favicon_path=str(ASSETS / "favicon.png"),
        footer_links=[],
        run_history=False,
        enable_monitoring=False,
        ssr_mode=False,
        mcp_server=False,
        pwa=False,
        allowed_paths=[],
        max_file_size=1,
        show_error=True,
    )
    gate = Gate(chatbot.settings.accounts)
    return Door(Visitors(site), gate, hosts=LOOPBACK if host in LOOPBACK else frozenset())


def serve(
    chatbot: Chatbot,
    bound: socket.socket,
    *,
    database: Database | None = None,
    ready: Callable[[], None] = lambda: None,
) -> None:
    """Serves on a bound socket until it is told to end. ``ready`` is called just before the first request is taken."""
    server = Server(build_server(chatbot, host=bound.getsockname()[0], database=database))
    ready()
    server.run(sockets=[bound])


class Server(uvicorn.Server):
    """Uvicorn that takes its leave of open pages before it waits for them."""

    def __init__(self, door: Door) -> None:
        super().__init__(
            uvicorn.Config(
                door,
                log_level="warning",
                access_log=False,
                server_header=False,
                timeout_graceful_shutdown=GRACE_SECONDS,
            )
        )
        self.door = door

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Ends what is being served."""
        self.door.close()
        await super().shutdown(sockets)
