"""The page over a real socket: what it serves, what it refuses, what it tells the browser."""

import json
import re
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from tests.ui.serving import get


def configuration(url: str) -> dict[str, Any]:
    told: dict[str, Any] = json.loads(get(f"{url}/config")[2])
    return told


def test_health_tells_the_version(url: str) -> None:
    status, _, body = get(f"{url}/health")
    assert (status, json.loads(body)) == (200, {"status": "ok", "version": "v1"})


def test_the_page_asks_for_nothing_from_elsewhere(url: str) -> None:
    _, _, page = get(f"{url}/")
    assert 'lang="zh-CN"' in page
    loading = re.findall(r'<(?:script|link|img|iframe)\b[^>]*\b(?:src|href)="([^"]+)"', page)
    assert loading and not [one for one in loading if urlsplit(one).netloc]
    told = configuration(url)
    assert not told.get("stylesheets") and not told.get("analytics_enabled")
    for text in (told["css"], *(get(f"{url}/{name}")[2] for name in ("theme.css", "chat.css"))):
        assert not re.findall(r"""(?:url\(|@import)\s*["']?(?:https?:)?//""", text)


def test_the_page_names_no_path_of_this_machine(url: str) -> None:
    root = str(Path(__file__).parents[2])
    assert root not in get(f"{url}/")[2] and root not in get(f"{url}/config")[2]


def test_asking_is_the_only_public_call(url: str) -> None:
    named = json.loads(get(f"{url}/gradio_api/info")[2])
    assert list(named["named_endpoints"]) == ["/ask"] and not named["unnamed_endpoints"]
    public = [one["api_name"] for one in configuration(url)["dependencies"] if one["api_visibility"] != "private"]
    assert public == ["ask"]


def test_the_public_call_answers_with_citations(url: str) -> None:
    body = json.dumps({"data": ["水渠有多长?"]}).encode()
    status, _, reply = get(f"{url}/gradio_api/call/ask", body, Content_Type="application/json")
    assert status == 200
    _, _, stream = get(f"{url}/gradio_api/call/ask/{json.loads(reply)['event_id']}")
    (told,) = json.loads(stream.split("data: ", 1)[1])
    assert told["answer"].startswith("12公里") and told["citations"][0]["number"] == 1


def test_rebuilding_and_going_back_cannot_be_called(url: str) -> None:
    """By no name, and from no other site; the page's own events have none."""
    told = configuration(url)
    wanted = {"on_rebuild", "on_watch", "on_use", "on_compare", "on_open", "stop"}
    events = [one for one in told["dependencies"] if one["api_name"] in wanted]
    assert {one["api_name"] for one in events} == wanted
    assert {one["api_visibility"] for one in events} == {"private"}
    body = json.dumps({"data": []}).encode()
    for name in sorted(wanted):
        for path in (f"call/{name}", f"call/v2/{name}", f"run/{name}", f"api/{name}"):
            status, _, reply = get(f"{url}/gradio_api/{path}", body, Content_Type="application/json")
            assert status == 404, (path, reply)
    for event in events:
        joined = json.dumps({"data": [], "fn_index": event["id"], "session_hash": "x"}).encode()
        foreign = {"Content_Type": "application/json", "Origin": "http://evil.example"}
        status, _, _ = get(f"{url}/gradio_api/queue/join", joined, **foreign)
        assert status == 403
        status, _, reply = get(f"{url}/gradio_api/run/predict", joined, Content_Type="application/json")
        assert status == 404, reply
    assert json.loads(get(f"{url}/health")[2]) == {"status": "ok", "version": "v1"}


def test_the_favicon_is_our_own(url: str) -> None:
    with urllib.request.urlopen(f"{url}/favicon.ico", timeout=30) as response:
        assert response.read() == (Path(__file__).parents[2] / "ui/assets/favicon.png").read_bytes()
