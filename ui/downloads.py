"""Hands out a person's own chats as files: ``/export/ID.KIND``. Knows nothing of what is in them.

An address alone opens nothing: it has to come from the browser, or the user, whose chat it is.
"""

from urllib.parse import quote

import fastapi
from starlette.responses import JSONResponse, Response

from rag.errors import ArchiveError, ChatMissing
from rag.export.file import File, Kind, export
from ui.keeper import Keeper
from ui.language import FIRST, known
from ui.messages import say
from ui.visitor import Visit, owner_of

KINDS: tuple[Kind, ...] = ("md", "docx", "json")


def add_downloads(site: fastapi.FastAPI, keeper: Keeper) -> None:
    """Adds the address to the site."""

    @site.get("/export/{name}")
    def download(request: fastapi.Request, name: str, turn: str = "", language: str = "") -> Response:
        chat, _, kind = name.rpartition(".")
        wanted = next((one for one in KINDS if one == kind), None)
        if wanted is None or (turn and not (turn.isdecimal() and len(turn) < 10)):
            return JSONResponse({"error": say("serve.not_found", path=request.url.path)}, 404)
        visit = Visit(owner_of(request.scope, request.headers))
        try:
            kept = keeper.chats(visit).open(chat)
            return _response(export(kept, wanted, language=known(language) or FIRST, turn=int(turn) if turn else None))
        except ChatMissing as error:
            return JSONResponse({"error": str(error)}, 404)
        except ArchiveError as error:
            return JSONResponse({"error": str(error)}, 503)


def _response(file: File) -> Response:
    """The file to be saved, never to be shown in the page's place."""
    ascii_name = "".join(one for one in file.name if one.isascii() and one not in '"\\').strip(" .") or "chat"
    if ascii_name in KINDS:  # a Chinese title leaves nothing but the ending
        ascii_name = f"chat.{ascii_name}"
    disposition = f"attachment; filename=\"{ascii_name}\"; filename*=UTF-8''{quote(file.name, safe='')}"
    return Response(
        file.content,
        media_type=file.media_type,
        headers={"Content-Disposition": disposition, "Cache-Control": "no-store"},
    )
