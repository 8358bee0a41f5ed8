"""What all tests share."""

import os
from pathlib import Path

import pytest
from hypothesis import settings

from tests.guard import cut_off, no_outside_connection

__all__ = ["cut_off", "no_outside_connection", "shared_data"]

# How fast the machine is decides no test.
settings.register_profile("unhurried", deadline=None)
settings.load_profile("unhurried")


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The outside data: in the folder that ``WENJU_SHARED`` names, or beside the repository; skips without it."""
    shared = Path(os.environ.get("WENJU_SHARED") or Path(__file__).parents[2] / "shared")
    if not (shared / "data").is_dir():
        told = f"no outside data at {shared}; name its folder in WENJU_SHARED"
        if os.environ.get("WENJU_REQUIRE_SHARED") == "1":
            pytest.fail(told)
        pytest.skip(told)
    return shared / "data"
