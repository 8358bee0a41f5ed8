"""Cuts every test off from the network and from the settings of the person who runs it. Used by ``conftest.py``."""

import ipaddress
import os
import socket
import sys
from collections.abc import Iterator
from functools import cache
from typing import Any

import pytest

# What the tests themselves are told; every other WENJU_ variable is a setting of the person.
TOLD = {"WENJU_SHARED", "WENJU_REQUIRE_SHARED"}
LOCAL_NAMES = {"", "localhost", "localhost.localdomain", "testserver", socket.gethostname().lower()}
_WITH_ADDRESS = {"socket.connect", "socket.sendto", "socket.sendmsg"}
_WITH_HOST = {"socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr"}

attempts: list[str] = []


class OutsideConnectionError(OSError):
    """A test reached for an address that is not this machine's."""


def is_local(host: object) -> bool:
    """Whether a host is this machine: a loopback or unspecified address, one of its names, or none at all."""
    if host is None:
        return True
    name = host.decode() if isinstance(host, bytes) else str(host)
    if name.lower() in LOCAL_NAMES:
        return True
    try:
        address = ipaddress.ip_address(name.partition("%")[0])
    except ValueError:
        return False
    return address.is_loopback or address.is_unspecified


def watch(event: str, arguments: tuple[Any, ...]) -> None:
    """Note and refuse what reaches outside; the address of a local socket is a path and passes.

    An audit hook of the interpreter: no library can undo it, and it sees the sockets of asyncio and of threads too.

    :raises OutsideConnectionError: naming the address.
    """
    if event in _WITH_ADDRESS and isinstance(arguments[1], tuple):
        host = arguments[1][0]
    elif event in _WITH_HOST:
        host = arguments[0]
    else:
        return
    if not is_local(host):
        attempts.append(f"{event} {host!r}")
        raise OutsideConnectionError(f"a test tried to reach {host!r} ({event})")


@pytest.fixture(scope="session", autouse=True)
def cut_off() -> Iterator[None]:
    """No address outside can be reached or looked up, and no setting of the person is seen."""
    _start_watching()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("HF_HUB_OFFLINE", "1")
        for name in [name for name in os.environ if name.startswith("WENJU_") and name not in TOLD]:
            patch.delenv(name)
        yield


@pytest.fixture(autouse=True)
def no_outside_connection(cut_off: None) -> Iterator[None]:
    """Fails a test that reached outside, even where the code under test swallowed the error."""
    attempts.clear()
    yield
    if attempts:
        pytest.fail(f"reached outside this machine: {', '.join(attempts)}")


@cache
def _start_watching() -> None:
    """Once a process: a hook stays until its end."""
    sys.addaudithook(watch)
