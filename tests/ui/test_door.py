"""What is let in and what the browser is told, over a real socket."""

import re
from email.message import Message
from http.client import HTTPConnection
from urllib.parse import urlsplit

import pytest

from tests.ui.serving import get
from ui.door import MAX_BODY


def policy(headers: Message) -> dict[str, list[str]]:
    rules = [rule.split() for rule in headers["content-security-policy"].split(";")]
    return {rule[0]: rule[1:] for rule in rules}


@pytest.mark.parametrize("path", ["/", "/health", "/config", "/nowhere", "/theme.css"])
def test_every_response_tells_the_browser_to_stay_here(url: str, path: str) -> None:
    _, headers, _ = get(url + path)
    rules = policy(headers)
    assert rules["default-src"] == ["'none'"]
    assert rules["frame-ancestors"] == ["'none'"] and rules["connect-src"] == ["'self'"]
    assert "'unsafe-inline'" not in rules["script-src"]
    for sources in rules.values():
        assert not [one for one in sources if not one.startswith("'") and one != "data:"]
    assert headers["x-content-type-options"] == "nosniff" and headers["referrer-policy"] == "no-referrer"


def test_only_the_scripts_of_the_page_itself_carry_its_nonce(url: str) -> None:
    _, headers, page = get(f"{url}/")
    nonces = set(re.findall(r'<script nonce="([^"]+)"', page))
    assert len(nonces) == 1 and len(re.findall("<script", page)) == len(re.findall("<script nonce=", page)) >= 3
    assert f"'nonce-{nonces.pop()}'" in policy(headers)["script-src"]
    assert "nonce-" + re.findall(r'nonce="([^"]+)"', page)[0] not in get(f"{url}/")[1]["content-security-policy"]


@pytest.mark.parametrize(
    "path",
    [
        "/gradio_api/upload",
        "/gradio_api/upload_progress",
        "/gradio_api/file=/etc/passwd",
        "/gradio_api/file/etc/passwd",
        "/gradio_api/proxy=https://huggingface.co/",
        "/gradio_api/stream/a/b/1/playlist.m3u8",
        "/gradio_api/process_recording",
        "/gradio_api/vibe-edit/",
        "/gradio_api/run/ask",
        "/gradio_api/api/ask",
        "/gradio_api/call/on_ask",
        "/gradio_api/call/on_rebuild",
        "/gradio_api/call/v2/on_rebuild",
        "/gradio_api/component_server",
        "/gradio_api/runs",
        "/gradio_api/run-history/records",
        "/gradio_api/mcp/sse",
        "/monitoring",
        "/monitoring/summary",
        "/login",
        "/docs",
        "/openapi.json",
        "/gradio_api/openapi.json",
        "/dev/reload",
        "/svelte/svelte.js",
        "/static/../../../blocks.py",
        "/static/%2e%2e/%2e%2e/%2e%2e/blocks.py",
        "/assets/..%2f..%2f..%2fblocks.py",
        "//evil.example/",
    ],
)
def test_routes_that_the_page_never_uses_do_not_exist(url: str, path: str) -> None:
    for data in (None, b"{}"):
        status, _, body = get(url + path, data, Content_Type="application/json")
        assert status in (403, 404, 405), body
        assert "root:" not in body and "import " not in body


def test_what_is_too_large_is_told_the_limit(url: str) -> None:
    connection = HTTPConnection(urlsplit(url).netloc, timeout=30)
    connection.putrequest("POST", "/gradio_api/queue/join")
    connection.putheader("Content-Length", str(MAX_BODY + 1))
    connection.endheaders()
    response = connection.getresponse()
    assert response.status == 413 and str(MAX_BODY) in response.read().decode()
    connection.close()


def test_what_hides_its_length_is_cut_off(url: str) -> None:
    connection = HTTPConnection(urlsplit(url).netloc, timeout=30)
    chunks = (b"x" * 65536 for _ in range(MAX_BODY // 65536 + 4))
    connection.request(
        "POST", "/gradio_api/call/ask", chunks, {"Content-Type": "application/json"}, encode_chunked=True
    )
    with connection.getresponse() as response:
        assert response.status == 413 and str(MAX_BODY) in response.read().decode()
    connection.close()


def test_other_sites_are_turned_away(url: str) -> None:
    port = urlsplit(url).port
    assert get(f"{url}/health", Origin="http://evil.example")[0] == 403
    assert get(f"{url}/health", Origin="null")[0] == 403
    assert get(f"{url}/health", Host=f"evil.example:{port}")[0] == 421
    assert get(f"{url}/health", Origin=url)[0] == 200
    assert get(f"{url}/health", Host=f"localhost:{port}")[0] == 200
