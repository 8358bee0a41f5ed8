"""The guard of tests/guard.py: a test that reaches outside fails, one that stays on this machine does not."""

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from tests.guard import TOLD, OutsideConnectionError, attempts, is_local

ROOT = Path(__file__).parents[1]
OUTSIDE = "192.0.2.1"  # TEST-NET-1, RFC 5737: never assigned to anyone
SWALLOWING = f"""
import contextlib
import socket

def test_reaches_outside_and_hides_it():
    with contextlib.suppress(OSError), socket.socket() as probe:
        probe.settimeout(1)
        probe.connect(("{OUTSIDE}", 80))
"""
LOCAL = """
import socket

def test_talks_to_itself():
    with socket.create_server(("127.0.0.1", 0)) as server:
        with socket.create_connection(server.getsockname()) as client:
            client.sendall(b"x")
            assert server.accept()[0].recv(1) == b"x"
"""


@pytest.mark.parametrize("host", ["127.0.0.1", "127.9.9.9", "::1", "localhost", "0.0.0.0", b"127.0.0.1", None])
def test_this_machine_is_local(host: object) -> None:
    assert is_local(host)


@pytest.mark.parametrize("host", [OUTSIDE, "8.8.8.8", "10.0.0.1", "2001:db8::1", "example.org", b"example.org"])
def test_everything_else_is_not(host: object) -> None:
    assert not is_local(host)


def test_the_guard_stands_in_every_test() -> None:
    with socket.socket() as probe, pytest.raises(OutsideConnectionError, match=OUTSIDE):
        probe.connect((OUTSIDE, 80))
    with socket.socket() as probe, pytest.raises(OutsideConnectionError):
        probe.connect_ex((OUTSIDE, 80))
    with socket.socket(type=socket.SOCK_DGRAM) as probe, pytest.raises(OutsideConnectionError):
        probe.sendto(b"x", (OUTSIDE, 53))
    with pytest.raises(OutsideConnectionError, match=r"example\.org"):
        socket.getaddrinfo("example.org", 443)
    assert len(attempts) == 4
    attempts.clear()  # these were meant


def test_the_settings_of_the_person_are_not_seen() -> None:
    assert not [name for name in os.environ if name.startswith("WENJU_") and name not in TOLD]
    assert os.environ["HF_HUB_OFFLINE"] == "1"


@pytest.mark.parametrize(("test", "passed"), [(SWALLOWING, False), (LOCAL, True)], ids=["outside", "loopback"])
def test_a_swallowed_attempt_fails_the_test_all_the_same(tmp_path: Path, test: str, passed: bool) -> None:
    (tmp_path / "conftest.py").write_text("from tests.guard import cut_off, no_outside_connection\n", encoding="utf-8")
    (tmp_path / "test_probe.py").write_text(test, encoding="utf-8")
    run = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", str(tmp_path)],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert (run.returncode == 0) is passed, run.stdout + run.stderr
    assert ("reached outside this machine" in run.stdout) is not passed
