"""``python -m ui``: serves the chat page, building the index first where there is none."""

import argparse
import logging
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from rag import output
from rag.errors import SettingsError, WenjuError
from ui.listen import listen
from ui.messages import say

if TYPE_CHECKING:
    from rag.chatbot import Chatbot

DEFAULT_PORT = 7860  # where people expect a Gradio page
HIGHEST_PORT = 65535


def main(arguments: list[str] | None = None) -> int:
    """Serves until it is interrupted; 0 ended, 1 refused or damaged, 2 misuse."""
    output.prepare()
    options = _parser().parse_args(arguments)
    logging.basicConfig(level=logging.WARNING, format="%(levelname)s %(name)s: %(message)s")
    try:
        _serve(options)
    except KeyboardInterrupt:
        _tell(say("serve.bye"))
    except SettingsError as error:
        _tell(str(error))
        return 2
    except WenjuError as error:
        _tell(str(error))
        return 1
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m ui", description=say("serve.description"))
    parser.add_argument("--host", default="127.0.0.1", help=say("serve.host"))
    parser.add_argument("--port", type=_port, default=DEFAULT_PORT, help=say("serve.port"))
    parser.add_argument("--index", metavar="DIR", help=say("serve.index"))
    parser.add_argument("--corpus", metavar="DIR", help=say("serve.corpus"))
    return parser


def _port(value: str) -> int:
    if not value.isdecimal() or int(value) > HIGHEST_PORT:
        raise argparse.ArgumentTypeError(say("serve.bad_port", port=value))
    return int(value)


def _serve(options: argparse.Namespace) -> None:
    """Takes the port first: whoever starts a second server by mistake learns it at once."""
    from rag.settings import Settings

    settings = Settings.load(index_dir=options.index, corpus_dir=options.corpus)
    with listen(options.host, options.port) as bound:
        from rag.archive.database import Database
        from rag.chatbot import Chatbot
        from ui.server import serve

        chatbot = Chatbot.from_settings(settings)
        if not chatbot.status().version:
            _build(chatbot, settings.corpus_dir)
        host, port = bound.getsockname()[:2]
        shown = f"[{host}]" if ":" in host else host
        database = Database(settings.chats_folder) if settings.save_chats else None
        serve(chatbot, bound, database=database, ready=lambda: _tell(say("serve.ready", url=f"http://{shown}:{port}")))


def _build(chatbot: "Chatbot", corpus: Path) -> None:
    _tell(say("serve.first", folder=corpus))
    report = chatbot.rebuild(lambda fraction, step: _tell(say("serve.step", "zh", percent=fraction, step=step)))
    for problem in report.problems:
        _tell(say("serve.problem", problem=problem))


def _tell(message: str) -> None:
    print(message, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
