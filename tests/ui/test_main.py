"""``python -m ui`` as a process."""

import json
import re
import signal
import socket
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest

from tests.ui.serving import ROOT, guarded


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-X", "importtime", "-m", "ui", *arguments]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, encoding="utf-8", timeout=120, check=False)


def said(result: subprocess.CompletedProcess[str]) -> list[str]:
    return [line for line in result.stderr.splitlines() if not line.startswith("import time:")]


def test_help_loads_nothing_heavy() -> None:
    result = run("--help")
    assert result.returncode == 0 and "--corpus" in result.stdout
    for module in ("gradio", "fastapi", "uvicorn", "numpy", "faiss", "pydantic", "rag.chatbot"):
        assert f" {module}\n" not in result.stderr


@pytest.mark.parametrize("port", ["99999", "-1", "abc", "", "1.5"])
def test_a_bad_port_is_misuse(port: str) -> None:
    result = run(f"--port={port}")
    assert result.returncode == 2
    assert port in said(result)[-1] and "65535" in said(result)[-1]


def test_a_taken_port_is_told_in_one_line_before_anything_is_loaded(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        result = run("--port", str(port), "--index", str(tmp_path / "index"))
    assert result.returncode == 1
    (line,) = said(result)
    assert str(port) in line and "Traceback" not in line
    assert " gradio\n" not in result.stderr
    assert not (tmp_path / "index").exists()


def test_a_missing_corpus_is_told_in_one_line(tmp_path: Path) -> None:
    missing = tmp_path / "没有"
    result = run("--port", "0", "--index", str(tmp_path / "index"), "--corpus", str(missing))
    assert result.returncode == 1
    assert str(missing) in said(result)[-1] and "Traceback" not in result.stderr


def test_it_builds_its_first_index_serves_and_ends_on_ctrl_c(tmp_path: Path) -> None:
    index = tmp_path / "index"
    with guarded("ui", "--port", "0", "--index", str(index)) as (process, url, lines):
        assert any("100%" in line for line in lines), lines
        with urllib.request.urlopen(f"{url}/health", timeout=60) as response:
            told = json.load(response)
        assert told["status"] == "ok" and told["version"]
        stream = urllib.request.urlopen(f"{url}/gradio_api/heartbeat/abc", timeout=60)  # an open page
        process.send_signal(signal.SIGINT)
        assert process.wait(60) == 0
        stream.close()
    assert not re.search("Traceback|ERROR|OUTSIDE", "".join(lines)), "".join(lines)
    assert lines[-1].startswith("已结束")
