"""Runs a module that serves the page in a process of its own, cut off from other machines, until the test ends."""

import re
import subprocess
import sys
import threading
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from email.message import Message
from pathlib import Path

ROOT = Path(__file__).parents[2]
OUTSIDE = 77
"""Exit code of a process that tried to reach another machine."""

# An audit hook cannot be undone and sees every connection and look-up of the process, libraries included.
_GUARDED = f"""
import os, runpy, sys
HOME = {{"127.0.0.1", "::1", "localhost", "", None}}
def guard(event, arguments):
    host = None
    if event == "socket.connect" and isinstance(arguments[1], tuple):
        host = arguments[1][0]
    elif event == "socket.getaddrinfo":
        host = arguments[0]
    if host not in HOME:
        os.write(2, f"OUTSIDE {{event}} {{host}}\\n".encode())
        os._exit({OUTSIDE})
sys.addaudithook(guard)
sys.argv = sys.argv[1:]
runpy.run_module(sys.argv[0], run_name="__main__", alter_sys=True)
"""


@contextmanager
def guarded(module: str, *arguments: str) -> Iterator[tuple[subprocess.Popen[str], str, list[str]]]:
    """``python -m module`` once it has told its URL: the process, the URL and the lines it has written so far."""
    command = [sys.executable, "-c", _GUARDED, module, *arguments]
    process = subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE, text=True, encoding="utf-8")
    assert process.stderr is not None
    lines: list[str] = []
    reader = threading.Thread(target=lines.extend, args=(process.stderr,), daemon=True)
    try:
        url = ""
        while not url and (line := process.stderr.readline()):
            lines.append(line)
            found = re.search(r"http://127\.0\.0\.1:\d+", line)
            url = found.group() if found else ""
        assert url, "".join(lines)
        reader.start()
        yield process, url, lines
    finally:
        process.terminate()
        process.wait(30)
        if reader.ident is not None:
            reader.join(10)
        process.stderr.close()
    assert process.returncode != OUTSIDE and "OUTSIDE" not in "".join(lines), "".join(lines)


def get(url: str, data: bytes | None = None, **headers: str) -> tuple[int, Message, str]:
    """Status, headers and body of a GET, or of a POST of ``data``, whatever the status."""
    request = urllib.request.Request(url, data, {name.replace("_", "-"): value for name, value in headers.items()})
    try:
        with urllib.request.urlopen(request, timeout=30) as response:
            return response.status, response.headers, response.read().decode()
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.headers, error.read().decode()
