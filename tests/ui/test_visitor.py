"""Whose chats are whose: secrets, names, and the cookie over a real socket."""

import re
from http.cookies import SimpleCookie

import pytest

from tests.ui.serving import get
from ui.visitor import COOKIE, USER, owner, owner_of

SECRET, OTHER = "a" * 43, "b" * 43


def test_an_owner_is_a_user_or_else_a_browser() -> None:
    assert owner(f"x=1; {COOKIE}={SECRET}; y=2") == owner(f"{COOKIE}={SECRET}") != owner(f"{COOKIE}={OTHER}")
    assert owner(f"{COOKIE}={SECRET}", "王") == owner("", "王") != owner("", "李")
    assert SECRET not in owner(f"{COOKIE}={SECRET}")
    assert owner_of({USER: "王"}, {}) == owner("", "王") and owner_of({}, {"cookie": f"{COOKIE}={SECRET}"})


def test_no_name_can_be_taken_for_a_browser() -> None:
    assert owner("", owner(f"{COOKIE}={SECRET}")) != owner(f"{COOKIE}={SECRET}")


@pytest.mark.parametrize(
    "cookie",
    ["", "x", f"{COOKIE}=", f"{COOKIE}={'a' * 42}", f"{COOKIE}={'a' * 44}", f"{COOKIE}=../{SECRET}", "\x00=;;="],
)
def test_what_is_no_secret_owns_nothing(cookie: str) -> None:
    assert owner(cookie) == ""


def test_a_browser_gets_a_secret_that_scripts_and_other_sites_cannot_use(url: str) -> None:
    given = [get(f"{url}/")[1]["set-cookie"] for _ in range(2)]
    for one in given:
        assert re.fullmatch(rf"{COOKIE}=[\w-]{{43}}; Path=/; Max-Age=\d+; HttpOnly; SameSite=Strict", one), one
    assert given[0] != given[1]
    assert get(f"{url}/health")[1]["set-cookie"] is None


def test_a_browser_keeps_its_secret(url: str) -> None:
    again = SimpleCookie(get(f"{url}/", Cookie=f"{COOKIE}={SECRET}")[1]["set-cookie"])
    assert again[COOKIE].value == SECRET
    forged = SimpleCookie(get(f"{url}/", Cookie=f"{COOKIE}=short")[1]["set-cookie"])
    assert forged[COOKIE].value != "short"
