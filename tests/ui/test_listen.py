"""Addresses that can be had and those that cannot; port numbers are the system's choice."""

import socket

import pytest

from rag.errors import WenjuError
from ui.listen import listen


def test_any_free_port_is_listened_on() -> None:
    with listen("127.0.0.1", 0) as bound, socket.create_connection(bound.getsockname(), timeout=10):
        pass


@pytest.mark.parametrize("host", ["192.0.2.1", "no such host", "a" * 70 + ".b", "::ffff:zz"])
def test_a_host_that_is_not_this_machine_is_told_with_its_cure(host: str) -> None:
    with pytest.raises(WenjuError, match="--host") as told:
        listen(host, 0)
    assert host in str(told.value) and "--port" not in str(told.value)


def test_a_taken_port_is_told_with_another() -> None:
    with listen("127.0.0.1", 0) as taken, pytest.raises(WenjuError, match="--port"):
        listen("127.0.0.1", taken.getsockname()[1])
