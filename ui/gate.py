"""Asks for a name and a password (HTTP basic authentication) before anything is served.

Knows nothing of what is behind it.

It stands before every address, so that none is left open by mistake; browsers and API clients know how to answer it. A
password goes over the network as it is: outside this machine a proxy with TLS belongs before the page.
"""

import base64
import binascii
import hashlib
import hmac
from collections.abc import Mapping

from starlette.datastructures import Headers
from starlette.responses import JSONResponse

from ui.limits import Rate
from ui.messages import say

OPEN = frozenset({"/health"})
"""What a supervisor asks without a password; it tells whether the page runs."""
WRONG_PER_MINUTE = 10  # of one client: a person mistypes, a machine guesses
_CHALLENGE = {"WWW-Authenticate": 'Basic realm="Wenju", charset="UTF-8"'}


class Gate:
    """Knows who may come in. Without accounts everybody may."""

    def __init__(self, accounts: Mapping[str, str]) -> None:
        """
        :param accounts: passwords by name; kept as digests only.
        """
        self._digests = [_digest(f"{user}:{password}") for user, password in accounts.items()]
        self._wrong = Rate(WRONG_PER_MINUTE)

    def refusal(self, path: str, headers: Headers, client: str) -> JSONResponse | None:
        """The answer to a request that may not come in; nothing, where it may."""
        if not self._digests or path in OPEN:
            return None
        seconds = self._wrong.wait(client)
        if seconds:
            told = say("gate.wait", seconds=seconds)
            return JSONResponse({"error": told}, 429, {"Retry-After": str(seconds)})
        given = headers.get("authorization", "")
        if given and self._known(given):
            return None
        if given:
            self._wrong.count(client)
        return JSONResponse({"error": say("gate.wrong" if given else "gate.closed")}, 401, _CHALLENGE)

    def _known(self, authorization: str) -> bool:
        """Whether these are somebody's name and password; how long that takes tells nothing about them."""
        scheme, _, encoded = authorization.partition(" ")
        try:
            pair = base64.b64decode(encoded.strip(), validate=True).decode("utf-8")
        except (binascii.Error, ValueError):
            return False
        given = _digest(pair)
        matches = [hmac.compare_digest(given, digest) for digest in self._digests]  # all of them, whichever it is
        return scheme.lower() == "basic" and any(matches)


def _digest(pair: str) -> bytes:
    return hashlib.sha256(pair.encode()).digest()
