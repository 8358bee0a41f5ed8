"""The configuration keeps its values and refuses those that no index can be built with."""

from dataclasses import FrozenInstanceError

import pytest

from index.config import IndexConfig
from index.errors import SettingsError


def test_written_and_read_is_the_same() -> None:
    config = IndexConfig(depth=7, dense_weight=0.25)
    assert IndexConfig.from_dict(config.to_dict()) == config


def test_the_fingerprint_follows_the_values() -> None:
    assert IndexConfig(depth=7).sha256 == IndexConfig(depth=7).sha256
    assert IndexConfig(depth=7).sha256 != IndexConfig(depth=8).sha256


def test_an_unknown_name_is_told_with_the_known_ones() -> None:
    with pytest.raises(SettingsError, match=r"dept\b.*context_boost, dense_weight, depth"):
        IndexConfig.from_dict({"dept": 3})


@pytest.mark.parametrize(
    ("name", "value"),
    [("depth", 0), ("exact_limit", 0), ("batch_size", -1), ("dense_weight", -0.5), ("context_boost", 1.5)],
)
def test_a_value_out_of_range_is_told(name: str, value: float) -> None:
    with pytest.raises(SettingsError, match=rf"{name}.*{value}"):
        IndexConfig.from_dict({name: value})


def test_nothing_can_be_changed_afterwards() -> None:
    with pytest.raises(FrozenInstanceError):
        IndexConfig().depth = 3  # type: ignore[misc]  # that is what is tested
