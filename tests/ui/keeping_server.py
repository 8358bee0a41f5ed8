"""``python -m tests.ui.keeping_server PORT FOLDER``: the page over a scripted chatbot that keeps its chats in a folder.

A question with 慢 in it gets the first line of its answer and then nothing more, so that a process can be killed while
it answers.
"""

import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from rag.answer import Answer
from rag.archive.database import Database
from rag.messages import Language
from tests.ui.scripted import ScriptedChatbot
from ui.listen import listen
from ui.server import serve


class SlowChatbot(ScriptedChatbot):
    """Never gets to the end of a slow answer."""

    def ask(self, question: str, history: Sequence[str] = (), *, language: Language | None = None) -> Iterator[Answer]:
        for answer in super().ask(question, history, language=language):
            yield answer
            if "慢" in question:
                time.sleep(600)


with listen("127.0.0.1", int(sys.argv[1])) as bound:
    print(f"http://127.0.0.1:{bound.getsockname()[1]}", file=sys.stderr, flush=True)  # noqa: T201 - tells the test
    database = Database(Path(sys.argv[2]))
    serve(SlowChatbot(), bound, database=database)  # type: ignore[arg-type]  # follows the same script of methods
