"""Who is at the page: a user by name or else a browser by its secret. Knows nothing of what is kept for whom.

A browser gets its secret as a cookie that no script of the page can read and that no other site can send.
"""

import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from http.cookies import CookieError, SimpleCookie

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

COOKIE = "wenju-browser"
SECRET_BYTES = 32
LIFETIME_SECONDS = 400 * 24 * 3600  # as long as browsers keep a cookie at all; every visit begins it anew
USER = "wenju.user"
"""Where in the scope of a request the name of a user stands, once a password has been checked."""

_PAGE = "/"
_SECRET = re.compile(r"[\w-]{43}")


@dataclass(frozen=True, slots=True)
class Visit:
    """Whose chats may be seen and which of them the page shows, each empty for none."""

    owner: str = ""
    chat: str = ""


NOBODY = Visit()


def owner(cookie: str, user: str | None = None) -> str:
    """To whom chats belong, nothing for who brings neither name nor secret. The secret itself is not in it.

    :param cookie: the header of that name.
    """
    if user:
        return f"user:{user}"
    secret = _secret(cookie)
    return f"browser:{sha256(secret.encode()).hexdigest()}" if secret else ""


def owner_of(scope: Mapping[str, object], headers: Mapping[str, str], user: str | None = None) -> str:
    """The owner behind a request."""
    named = scope.get(USER)
    return owner(headers.get("cookie", ""), str(named) if named else user)


class Visitors:
    """Gives a browser that opens the page its secret, or the one it has for longer."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request."""
        if scope["type"] != "http" or scope["path"] != _PAGE:
            await self.app(scope, receive, send)
            return
        secret = _secret(Headers(scope=scope).get("cookie", "")) or secrets.token_urlsafe(SECRET_BYTES)
        secure = "; Secure" if scope.get("scheme") == "https" else ""
        path = f"{scope.get('root_path', '')}/"
        cookie = f"{COOKIE}={secret}; Path={path}; Max-Age={LIFETIME_SECONDS}; HttpOnly; SameSite=Strict{secure}"

        async def with_cookie(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).append("set-cookie", cookie)
            await send(message)

        await self.app(scope, receive, with_cookie)


def _secret(header: str) -> str:
    try:
        found = SimpleCookie(header).get(COOKIE)
    except CookieError:
        return ""
    return found.value if found is not None and _SECRET.fullmatch(found.value) else ""
