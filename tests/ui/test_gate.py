"""Nothing is served without a password where one is set, over a real socket."""

import base64
import json
import os
from collections.abc import Iterator

import pytest
from starlette.datastructures import Headers

from tests.ui.serving import get, guarded
from ui.gate import OPEN, WRONG_PER_MINUTE, Gate

PATHS = [
    "/",
    "/config",
    "/chat.css",
    "/first.js",
    "/theme.css",
    "/favicon.ico",
    "/gradio_api/info",
    "/gradio_api/startup-events",
    "/gradio_api/heartbeat/abc",
    "/gradio_api/queue/data",
    "/gradio_api/call/ask",
    "/gradio_api/cancel",
    "/gradio_api/reset",
    "/login",
    "/nowhere",
    "/static/img/logo.svg",
]


def basic(pair: str, scheme: str = "Basic") -> str:
    return f"{scheme} {base64.b64encode(pair.encode()).decode()}"


@pytest.fixture(scope="module")
def locked() -> Iterator[tuple[str, list[str]]]:
    """The address of a page with two accounts, and what its process writes."""
    os.environ["WENJU_AUTH"] = "anna:a:b,李四:密码geheim"
    try:
        with guarded("tests.ui.scripted_server") as (_, url, lines):
            yield url, lines
            assert "geheim" not in "".join(lines)
    finally:
        del os.environ["WENJU_AUTH"]


@pytest.mark.parametrize("path", PATHS)
def test_every_address_is_closed_without_a_password(locked: tuple[str, list[str]], path: str) -> None:
    for data in (None, b"{}"):
        status, headers, body = get(locked[0] + path, data, Content_Type="application/json")
        assert status == 401 and headers["www-authenticate"].startswith("Basic ")
        assert list(json.loads(body)) == ["error"]
        assert "default-src 'none'" in headers["content-security-policy"]


def test_only_whether_it_runs_can_be_asked(locked: tuple[str, list[str]]) -> None:
    assert get(f"{locked[0]}/health")[0] == 200
    assert set(OPEN) == {"/health"}


@pytest.mark.parametrize("pair", ["anna:a:b", "李四:密码geheim"])
def test_who_has_an_account_comes_in_and_asks(locked: tuple[str, list[str]], pair: str) -> None:
    url, key = locked[0], basic(pair)
    assert get(f"{url}/", Authorization=key)[0] == 200
    assert get(f"{url}/nowhere", Authorization=key)[0] == 404
    body = json.dumps({"data": ["水渠有多长?"]}).encode()
    status, _, reply = get(f"{url}/gradio_api/call/ask", body, Content_Type="application/json", Authorization=key)
    assert status == 200
    event = json.loads(reply)["event_id"]
    stream = get(f"{url}/gradio_api/call/ask/{event}", Authorization=key)[2]
    assert "12公里" in json.loads(stream.split("data: ", 1)[1])[0]["answer"]


@pytest.mark.parametrize(
    "given",
    [basic("anna:a"), basic("anna:"), basic("anna"), basic(":"), basic("anna:a:b", "Bearer"), "Basic", "Basic %%%"],
)
def test_what_is_nobody_s_password_is_refused(given: str) -> None:
    gate = Gate({"anna": "a:b"})
    refusal = gate.refusal("/", Headers({"authorization": given}), "10.0.0.1")
    assert refusal is not None and refusal.status_code == 401


def test_who_guesses_has_to_wait_and_others_do_not() -> None:
    gate = Gate({"anna": "a"})

    def status(client: str, pair: str) -> int:
        refusal = gate.refusal("/", Headers({"authorization": basic(pair)}), client)
        return refusal.status_code if refusal else 200

    assert [status("x", f"anna:{number}") for number in range(WRONG_PER_MINUTE)] == [401] * WRONG_PER_MINUTE
    assert status("x", "anna:a") == 429  # a guess that is right tells nothing now
    assert status("y", "anna:a") == 200


def test_a_page_without_accounts_is_open() -> None:
    assert Gate({}).refusal("/", Headers({}), "x") is None
