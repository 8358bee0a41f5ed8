"""Every command that the README shows is run, and prints what the README says it prints."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
CONSOLE = re.compile(r"```console\n(.*?)```", re.DOTALL)
README = (ROOT / "README.md").read_text(encoding="utf-8")


def sessions() -> list[tuple[str, str]]:
    """The commands of the console blocks, each with the output shown below it."""
    found: list[tuple[str, str]] = []
    for block in CONSOLE.findall(README):
        for piece in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
            command, _, output = piece.partition("\n")
            found.append((command, output))
    return found


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("readme") / "index"


def test_the_commands_print_what_is_shown(index: Path) -> None:
    environment = {**os.environ, "WENJU_INDEX_DIR": str(index)}
    shown = sessions()
    assert len(shown) >= 3
    for command, expected in shown:
        arguments = [sys.executable, *re.findall(r'"[^"]*"|\S+', command)[1:]]
        done = subprocess.run(
            [argument.strip('"') for argument in arguments],
            cwd=ROOT,
            env=environment,
            capture_output=True,
            encoding="utf-8",
            check=False,
        )
        assert done.returncode == 0, done.stderr
        if expected:
            assert done.stdout == expected


def test_the_first_screen_has_exactly_the_two_commands() -> None:
    first = README.split("## ")[0]
    (block,) = re.findall(r"```sh\n(.*?)```", first, re.DOTALL)
    assert [line.split("#")[0].strip() for line in block.splitlines()] == ["make run", "make test"]


def test_files_that_the_readme_names_are_there() -> None:
    for target in re.findall(r"\]\(([^)#:]+)\)", README):
        assert (ROOT / target).exists(), target
