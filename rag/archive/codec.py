"""Frozen dataclasses to plain JSON values and back, by their type hints. Knows nothing of what they mean.

Fields that are missing take their default and unknown ones are left out, so that what an older or a newer version has
written can be read; a value of the wrong type is an error, and so is whatever a dataclass refuses to be made of.
"""

from collections.abc import Callable
from dataclasses import asdict, fields, is_dataclass
from functools import cache
from types import NoneType, UnionType
from typing import Any, Literal, TypeVar, Union, get_args, get_origin, get_type_hints

T = TypeVar("T")


def encode(value: Any) -> dict[str, Any]:
    """A dataclass as plain JSON values."""
    return asdict(value)


def decode(kind: type[T], value: Any) -> T:
    """The dataclass of :func:`encode`.

    ``decode(Span, {"start": 1, "end": 2}) -> Span(1, 2)``

    :raises ValueError: the value does not make one.
    """
    try:
        made: T = _decoded(kind, value)
    except (TypeError, KeyError) as error:  # a field without default is missing
        raise ValueError(f"no {kind.__name__}: {error}") from error
    return made


def _decoded(kind: Any, value: Any) -> Any:
    if is_dataclass(kind) and isinstance(kind, type):
        _check(isinstance(value, dict), kind, value)
        return kind(**{name: _decoded(hint, value[name]) for name, hint in _hints(kind).items() if name in value})
    reader = _COMPOUND.get(get_origin(kind))
    if reader is not None:
        return reader(get_args(kind), value)
    if kind is float and isinstance(value, int) and not isinstance(value, bool):
        return float(value)  # JSON writes 1.0 as it likes
    if isinstance(kind, type) and issubclass(kind, str):
        kind = str  # a text that knows more than its characters comes back as these
    _check(type(value) is (NoneType if kind is None else kind), kind, value)
    return value


def _tuple(kinds: tuple[Any, ...], value: Any) -> Any:
    _check(isinstance(value, list | tuple), tuple, value)
    if kinds[-1] is Ellipsis:
        return tuple(_decoded(kinds[0], one) for one in value)
    _check(len(kinds) == len(value), tuple, value)
    return tuple(map(_decoded, kinds, value))


def _mapping(kinds: tuple[Any, ...], value: Any) -> Any:
    _check(isinstance(value, dict), dict, value)
    return {_decoded(kinds[0], key): _decoded(kinds[1], one) for key, one in value.items()}


def _literal(options: tuple[Any, ...], value: Any) -> Any:
    _check(value in options, options, value)
    return value


def _union(kinds: tuple[Any, ...], value: Any) -> Any:
    """Of the kinds of this project only ``X | None``."""
    if value is None and NoneType in kinds:
        return None
    (kind,) = (one for one in kinds if one is not NoneType)
    return _decoded(kind, value)


_COMPOUND: dict[Any, Callable[[tuple[Any, ...], Any], Any]] = {
    tuple: _tuple,
    dict: _mapping,
    Literal: _literal,
    Union: _union,
    UnionType: _union,
}


@cache
def _hints(kind: type) -> dict[str, Any]:
    hints = get_type_hints(kind)
    return {field.name: hints[field.name] for field in fields(kind) if field.init}


def _check(holds: bool, kind: Any, value: Any) -> None:
    if not holds:
        raise ValueError(f"{getattr(kind, '__name__', kind)} expected, got {str(value)[:80]!r}")
