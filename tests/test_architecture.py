"""The rules of the house that the linters do not check, over the source as it lies there."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
LAYERS = ("index", "rag", "ui")
LONGEST_MODULE = 300  # lines
LANGCHAIN_HOMES = {"rag/retriever.py", "rag/prompts.py", "rag/generative.py"}
# Modules that run what they read: a file from elsewhere could be a program.
PICKLING = {"pickle", "cPickle", "_pickle", "cloudpickle", "dill", "shelve", "marshal", "joblib"}
PRIVATE_RUN = 6  # Han characters: shorter runs are words of the language, longer ones somebody's sentence
# Runs of the corpus that are nobody's: each is a general expression that would stand in code without this corpus.
GENERAL = {
    "集团副总经理",  # a post that any company has, in the worked example of a title
}
_HAN = re.compile("[\u3400-\u9fff]+")


def modules() -> list[str]:
    """Every Python file of the three layers, below the root."""
    return [path.relative_to(ROOT).as_posix() for layer in LAYERS for path in sorted((ROOT / layer).rglob("*.py"))]


def tree(module: str) -> ast.Module:
    return ast.parse((ROOT / module).read_text(encoding="utf-8"), module)


def imported(module: str) -> Iterator[str]:
    """The top-level packages that a module imports, wherever in it, by statement or by name."""
    for node in ast.walk(tree(module)):
        if isinstance(node, ast.Import):
            yield from (alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module.split(".")[0]
        elif isinstance(node, ast.Call) and _called(node) in ("import_module", "__import__") and node.args:
            yield from _first_part(node.args[0])


def _called(node: ast.Call) -> str:
    return node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")


def _first_part(node: ast.expr) -> Iterator[str]:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value.split(".")[0]


def shared_runs(text: str, corpus: str, *, length: int = PRIVATE_RUN) -> set[str]:
    """The longest runs of Han characters that both texts have: ``甲乙丙丁`` and ``乙丙丁戊`` share 乙丙丁."""
    found: set[str] = set()
    for run in _HAN.findall(text):
        start = 0
        while start + length <= len(run):
            end = start + length
            if run[start:end] not in corpus:
                start += 1
                continue
            while end < len(run) and run[start : end + 1] in corpus:
                end += 1
            found.add(run[start:end])
            start = end - length + 1
    return found


def test_there_is_something_to_check() -> None:
    assert {"index/store.py", "rag/chatbot.py", "ui/app.py"} <= set(modules())


@pytest.mark.parametrize("module", modules())
def test_a_module_can_be_read_in_one_go(module: str) -> None:
    lines = len((ROOT / module).read_text(encoding="utf-8").splitlines())
    assert lines <= LONGEST_MODULE, f"{module} has {lines} lines"


@pytest.mark.parametrize("module", modules())
def test_only_the_command_lines_print(module: str) -> None:
    if Path(module).name == "__main__.py":
        return
    printing = [
        node.lineno for node in ast.walk(tree(module)) if isinstance(node, ast.Call) and _called(node) == "print"
    ]
    assert not printing, f"{module} prints in lines {printing}"


@pytest.mark.parametrize("module", modules())
def test_nothing_read_can_run(module: str) -> None:
    assert not PICKLING & set(imported(module))
    text = (ROOT / module).read_text(encoding="utf-8")
    assert "allow_pickle=True" not in text
    assert "weights_only=False" not in text


@pytest.mark.parametrize("module", modules())
def test_langchain_stays_at_the_edge(module: str) -> None:
    found = {name for name in imported(module) if name.startswith(("langchain", "langgraph"))}
    assert not found or module in LANGCHAIN_HOMES, f"{module} imports {found}"


@pytest.mark.parametrize("module", modules())
def test_no_module_is_a_drawer_for_everything(module: str) -> None:
    assert Path(module).stem not in {"utils", "util", "common", "helpers", "misc"}


@pytest.mark.parametrize(
    ("text", "corpus", "shared"),
    [
        ("甲乙丙丁", "乙丙丁戊", {"乙丙丁"}),
        ("甲乙丙丁", "甲乙,丙丁", set()),
        ("“甲乙丙”丁乙丙戊", "甲乙丙|乙丙戊", {"甲乙丙", "乙丙戊"}),
        ("甲乙丙乙丙戊", "甲乙丙|乙丙戊", {"甲乙丙", "乙丙戊"}),
        ("abc", "abc", set()),
    ],
)
def test_shared_runs(text: str, corpus: str, shared: set[str]) -> None:
    assert shared_runs(text, corpus, length=3) == shared


def test_no_words_of_the_corpus_stand_in_the_source() -> None:
    """Rules are general, or they are answers learnt by heart."""
    corpus = "\n".join(path.read_text(encoding="utf-8") for path in sorted((ROOT / "corpus").glob("*.txt")))
    assert len(_HAN.findall(corpus)) > 100
    found = {
        (path.relative_to(ROOT).as_posix(), run)
        for layer in LAYERS
        for path in sorted((ROOT / layer).rglob("*"))
        if path.suffix in (".py", ".toml")
        for run in shared_runs(path.read_text(encoding="utf-8"), corpus) - GENERAL
    }
    assert not found
