"""``python -m index``: build, look into, search, check, compare and roll back an index.

Knows nothing of what the commands do, and imports them last: FAISS is not waited for by --help or a misspelt option.
"""

import os
import signal
import sys
import time
from argparse import ArgumentParser, ArgumentTypeError, Namespace
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from index import output
from index.errors import QueryError, SettingsError, WenjuError
from index.messages import say
from index.pace import Pace

if TYPE_CHECKING:
    from index.commands import Model

DONE, REFUSED, MISUSED = 0, 1, 2
INTERRUPTED = 128 + signal.SIGINT
SECONDS_BETWEEN_NOTES = 0.5
_YES, _NO = {"1", "true", "yes", "on"}, {"", "0", "false", "no", "off"}


def main(arguments: list[str] | None = None) -> int:
    """Run one command; the exit code."""
    output.prepare()
    parsed = _parser().parse_args(arguments)
    try:
        output.check()
        for line in parsed.run(parsed):
            output.write(line)
    except BrokenPipeError:  # the reader has seen enough
        return DONE
    except KeyboardInterrupt:
        output.tell(say("cli.interrupted"))
        return INTERRUPTED
    except (QueryError, SettingsError) as error:
        output.tell(f"{say('cli.error')}: {error}")
        return MISUSED
    except WenjuError as error:
        output.tell(f"{say('cli.error')}: {error}")
        return REFUSED
    return DONE


def _build(parsed: Namespace) -> Iterator[str]:
    from index import commands

    progress = _progress()
    return commands.build(
        Path(parsed.corpus), Path(parsed.index), model=_model(), full=parsed.full, progress=progress, tell=output.tell
    )


def _show(parsed: Namespace) -> Iterator[str]:
    from index import commands

    show = commands.show_repairs if parsed.repairs else commands.show
    return show(Path(parsed.index), as_json=parsed.json)


def _search(parsed: Namespace) -> Iterator[str]:
    from index import commands

    how = commands.Search(k=parsed.k, mode=parsed.mode, as_json=parsed.json)
    if parsed.batch is None:
        return commands.search(output.typed(parsed.query), Path(parsed.index), model=_model(), how=how)
    return commands.search_batch(_lines(parsed.batch), Path(parsed.index), model=_model(), how=how)


def _status(parsed: Namespace) -> Iterator[str]:
    from index import commands

    return commands.status(Path(parsed.index), as_json=parsed.json)


def _verify(parsed: Namespace) -> Iterator[str]:
    from index import commands

    return commands.verify(Path(parsed.index), model=_model())


def _versions(parsed: Namespace) -> Iterator[str]:
    from index import version_commands

    return version_commands.versions(Path(parsed.index), as_json=parsed.json)


def _diff(parsed: Namespace) -> Iterator[str]:
    from index import version_commands

    folder, old, new = Path(parsed.index), parsed.old, parsed.new
    return version_commands.diff(folder, old, new, most=parsed.most, as_json=parsed.json)


def _rollback(parsed: Namespace) -> Iterator[str]:
    from index import version_commands

    if parsed.to is None:
        return version_commands.rollback(Path(parsed.index))
    return version_commands.answer_from(Path(parsed.index), parsed.to, model=_model())


def _model() -> "Model":
    """The embedding model of the environment."""
    from index.commands import Model

    allowed = os.environ.get("WENJU_ALLOW_DOWNLOAD", "").strip().lower()
    if allowed not in _YES | _NO:
        raise SettingsError(say("cli.yes_or_no", name="WENJU_ALLOW_DOWNLOAD", value=repr(allowed)))
    return Model(os.environ.get("WENJU_EMBEDDING_MODEL", "").strip(), allow_download=allowed in _YES)


def _parser() -> ArgumentParser:
    parser = ArgumentParser("python -m index", description=say("cli.about"), allow_abbrev=False)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    def command(name: str, run: Callable[[Namespace], Iterator[str]]) -> ArgumentParser:
        told = say(f"cli.{name}")
        added = commands.add_parser(name, help=told, description=told, allow_abbrev=False)
        added.set_defaults(run=run)
        added.add_argument(
            "--index", metavar="DIR", default=_folder("WENJU_INDEX_DIR", ".index"), help=say("cli.index")
        )
        return added

    build = command("build", _build)
    build.add_argument("--corpus", metavar="DIR", default=_folder("WENJU_CORPUS_DIR", "corpus"), help=say("cli.corpus"))
    build.add_argument("--full", action="store_true", help=say("cli.full"))
    show = command("show", _show)
    show.add_argument("--json", action="store_true", help=say("cli.json"))
    show.add_argument("--repairs", action="store_true", help=say("cli.repairs"))
    _add_search_options(command("search", _search))
    command("status", _status).add_argument("--json", action="store_true", help=say("cli.json"))
    command("verify", _verify)
    command("versions", _versions).add_argument("--json", action="store_true", help=say("cli.json"))
    _add_diff_options(command("diff", _diff))
    command("rollback", _rollback).add_argument("--to", metavar="VERSION", help=say("cli.to"))
    return parser


def _add_diff_options(diff: ArgumentParser) -> None:
    diff.add_argument("old", nargs="?", metavar="OLD", help=say("cli.old"))
    diff.add_argument("new", nargs="?", metavar="NEW", help=say("cli.new"))
    diff.add_argument("--most", type=_count, default=500, metavar="N", help=say("cli.most"))
    diff.add_argument("--json", action="store_true", help=say("cli.json"))


def _count(value: str) -> int:
    if not value.isdecimal():
        raise ArgumentTypeError(say("cli.bad_count", got=value))
    return int(value)


def _add_search_options(search: ArgumentParser) -> None:
    asked = search.add_mutually_exclusive_group(required=True)
    asked.add_argument("query", nargs="?", metavar="QUERY", help=say("cli.query"))
    asked.add_argument("--batch", metavar="FILE", help=say("cli.batch"))
    search.add_argument("-k", type=int, default=10, metavar="N", help=say("cli.k"))
    search.add_argument("--mode", choices=("hybrid", "dense", "lexical"), default="hybrid", help=say("cli.mode"))
    search.add_argument("--json", action="store_true", help=say("cli.json"))


def _folder(variable: str, default: str) -> str:
    return os.environ.get(variable, "").strip() or default


def _lines(name: str) -> Iterator[bytes]:
    """The lines of a file, or of standard input for ``-``."""
    if name == "-":
        if sys.stdin is None:
            raise QueryError(say("output.no_input"))
        yield from sys.stdin.buffer
        return
    try:
        with Path(name).open("rb") as file:
            yield from file
    except OSError as error:
        raise QueryError(say("cli.unreadable_batch", path=name, reason=error.strerror)) from error


def _progress() -> Callable[[float, str], None]:
    """Tells how far a build is and how long it will still take, at most twice a second."""
    told = time.monotonic()
    pace = Pace()

    def tell(share: float, doing: str) -> None:
        nonlocal told
        pace.hear(share)
        if time.monotonic() - told >= SECONDS_BETWEEN_NOTES:
            told = time.monotonic()
            left = pace.left()
            output.tell(f"{share:4.0%} {doing}" + (f" ({say('cli.left', seconds=round(left))})" if left else ""))

    return tell


if __name__ == "__main__":
    sys.exit(main())
