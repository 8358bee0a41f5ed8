"""The public names: the list itself, and that each is what its module has."""

import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest

import index


def test_the_list_of_public_names() -> None:
    assert index.__all__ == [
        "BuildReport", "Corpus", "Encoder", "Hit", "IndexConfig", "Paragraph", "ParagraphIndex", "Problem",
        "Source", "Span", "build_index", "current_version", "load_encoder", "read_corpus",
    ]  # fmt: skip


@pytest.mark.parametrize("name", index.__all__)
def test_each_name_is_what_its_module_has(name: str) -> None:
    found = getattr(index, name)
    assert found is getattr(import_module(found.__module__), name)
    assert found.__module__.startswith("index.")


def test_an_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="no_such_name"):
        index.no_such_name  # noqa: B018  looking it up is what is tested


def test_importing_the_package_loads_nothing_heavy() -> None:
    check = "import sys, index; sys.exit(bool({'faiss', 'numpy', 'tantivy', 'opencc'} & set(sys.modules)))"
    subprocess.run([sys.executable, "-c", check], cwd=Path(__file__).parents[2], check=True)
