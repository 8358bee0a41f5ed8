"""Words for a traditional text are shown in its script; folding is tested with what uses it."""

import pytest

from index.text import fold, traditional


@pytest.mark.parametrize(
    ("simplified", "shown"), [("产业园", "產業園"), ("医保", "醫保"), ("水", "水"), ("", ""), ("GDP", "GDP")]
)
def test_traditional(simplified: str, shown: str) -> None:
    assert traditional(simplified) == shown
    assert fold(shown).text == simplified.lower()
