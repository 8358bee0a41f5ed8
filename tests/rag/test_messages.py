"""The catalogues of the three layers against each other and against the code that speaks through them."""

import ast
import copy
import pickle
import re
import string
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import pytest
from opencc import OpenCC

from rag.errors import WenjuError
from rag.messages import Said, in_language, say

ROOT = Path(__file__).parents[2]
LAYERS = ("index", "rag", "ui")


@dataclass
class Spoken:
    """What the code of a layer says: constant keys with the values given for them, and patterns of composed keys."""

    keys: list[tuple[str, frozenset[str] | None, str]] = field(default_factory=list)
    patterns: list[str] = field(default_factory=list)
    constants: set[str] = field(default_factory=set)


def catalogue(layer: str, language: str) -> dict[str, str]:
    path = ROOT / layer / "messages" / f"{language}.toml"
    return tomllib.loads(path.read_text(encoding="utf-8"))


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


@cache
def spoken(layer: str) -> Spoken:
    """What a layer says through ``say``, or through a function of its own that hands its ``key`` on to ``say``."""
    trees = {path: ast.parse(path.read_text(encoding="utf-8")) for path in sorted((ROOT / layer).rglob("*.py"))}
    speakers = {"say": 0} | {
        node.name: position
        for tree in trees.values()
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef)
        for position, argument in enumerate(node.args.args)
        if argument.arg == "key"
    }
    told = Spoken()
    for path, tree in trees.items():
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                told.constants.add(node.value)
            elif isinstance(node, ast.JoinedStr) and (pattern := _pattern(node)):
                told.patterns.append(pattern)
            elif isinstance(node, ast.Call) and len(node.args) > (position := speakers.get(_name(node.func), 99)):
                where = f"{path.relative_to(ROOT)}:{node.lineno}"
                told.keys.extend((key, _given(node), where) for key in _constants(node.args[position]))
    return told


def _given(call: ast.Call) -> frozenset[str] | None:
    """The names of the values that a call gives; nothing where a mapping hides them."""
    names = [word.arg for word in call.keywords]
    return None if None in names else frozenset(name for name in names if name)


def _name(node: ast.expr) -> str:
    return node.id if isinstance(node, ast.Name) else getattr(node, "attr", "")


def _constants(node: ast.expr) -> Iterator[str]:
    """The keys that an argument can be: the text itself, or both branches of a choice."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.IfExp):
        yield from (*_constants(node.body), *_constants(node.orelse))


def _pattern(node: ast.JoinedStr) -> str:
    """A composed key as a pattern: ``f"refusal.{kind}"`` gives ``refusal\\..+``; nothing for other texts."""
    first = node.values[0] if node.values else None
    if not (isinstance(first, ast.Constant) and re.fullmatch(r"[a-z_]+\.[a-z_.]*", str(first.value))):
        return ""
    parts = [re.escape(str(part.value)) if isinstance(part, ast.Constant) else r"\w*" for part in node.values]
    return "".join(parts)


@pytest.mark.parametrize("language", ["zh_hant", "en"])
@pytest.mark.parametrize("layer", LAYERS)
def test_every_language_has_the_same_keys(layer: str, language: str) -> None:
    assert list(catalogue(layer, "zh")) == list(catalogue(layer, language))


@pytest.mark.parametrize("language", ["zh_hant", "en"])
@pytest.mark.parametrize("layer", LAYERS)
def test_every_language_names_the_same_values(layer: str, language: str) -> None:
    chinese, other = catalogue(layer, "zh"), catalogue(layer, language)
    differ = {key for key in chinese if placeholders(chinese[key]) != placeholders(other[key])}
    assert not differ


@pytest.mark.parametrize("layer", LAYERS)
def test_traditional_chinese_has_no_simplified_character(layer: str) -> None:
    """Simplified characters outside what is a name of itself; those that both scripts share stay the same."""
    traditional = OpenCC("s2tw")
    differ = {key: text for key, text in catalogue(layer, "zh_hant").items() if traditional.convert(text) != text}
    assert not differ


@pytest.mark.parametrize("layer", LAYERS)
def test_each_language_is_written_in_its_own(layer: str) -> None:
    """Chinese texts have Han characters; an English text has none outside quotation marks."""
    quoted = re.compile("[“《][^”》]*[”》]")
    assert not [key for key, text in catalogue(layer, "en").items() if re.search("[一-龥]", quoted.sub("", text))]
    assert [key for key, text in catalogue(layer, "zh").items() if re.search("[一-龥]", text)]


@pytest.mark.parametrize("layer", LAYERS)
def test_what_is_said_is_in_the_catalogue(layer: str) -> None:
    texts = catalogue(layer, "zh")
    assert not {(key, where) for key, _, where in spoken(layer).keys if key not in texts}


@pytest.mark.parametrize("layer", LAYERS)
def test_every_value_that_a_message_names_is_given(layer: str) -> None:
    texts = catalogue(layer, "zh")
    lacking = {
        (key, where, name)
        for key, given, where in spoken(layer).keys
        if given is not None and key in texts
        for name in placeholders(texts[key]) - given
    }
    assert not lacking


@pytest.mark.parametrize("layer", ["index", "ui"])
def test_what_is_in_the_catalogue_is_said(layer: str) -> None:
    told = spoken(layer)
    unsaid = {
        key
        for key in catalogue(layer, "zh")
        if key not in told.constants and not any(re.fullmatch(pattern, key) for pattern in told.patterns)
    }
    assert not unsaid


def test_a_message_comes_in_one_language_or_in_both() -> None:
    chinese, english = say("refusal.empty", "zh"), say("refusal.empty", "en")
    assert re.search("[一-龥]", chinese)
    assert english.isascii()
    assert say("refusal.empty") == f"{chinese} / {english}"


def test_what_was_said_can_be_read_in_another_language_values_included() -> None:
    inner = say("refusal.empty", "zh")
    error = WenjuError(say("batch.missing", file="甲.txt", reason=WenjuError(inner)))
    told = in_language(error, "en")
    assert told == say("batch.missing", "en", file="甲.txt", reason=say("refusal.empty", "en"))
    assert isinstance(told, Said) and told.within("zh").within("en") == told
    assert in_language("words of others", "en") == "words of others"
    assert copy.deepcopy(told) == pickle.loads(pickle.dumps(told)) == str(told)  # noqa: S301 - our own bytes


def test_values_stand_in_the_message() -> None:
    assert "12345" in say("refusal.too_long", "zh", length=12345, most=9)


def test_an_unknown_key_is_an_error_and_no_silence() -> None:
    with pytest.raises(KeyError, match=r"no\.such\.key"):
        say("no.such.key")
