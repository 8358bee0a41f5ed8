"""``python -m tests.ui.scripted_server [SECONDS]``: the page over a scripted chatbot, for what is around answers.

The settings are those of the environment: ``WENJU_AUTH`` and the limits count here. With ``SECONDS`` another document
is indexed once the page is laid out, and telling so takes that long.
"""

import sys
import time
from dataclasses import dataclass, replace

from rag.chatbot import Status
from tests.ui.scripted import ScriptedChatbot
from ui.listen import listen
from ui.server import serve


@dataclass
class BusyChatbot(ScriptedChatbot):
    """Takes its time to tell what is indexed, as on a busy machine."""

    seconds: float = 0.0

    def status(self) -> Status:
        time.sleep(self.seconds)
        known = super().status()
        return replace(known, documents=(*known.documents, "后来.txt")) if self.seconds else known

    def grow_busy(self) -> None:
        self.seconds = float(sys.argv[1]) if len(sys.argv) > 1 else 0.0


with listen("127.0.0.1", 0) as bound:
    print(f"http://127.0.0.1:{bound.getsockname()[1]}", file=sys.stderr, flush=True)  # noqa: T201 - tells the test
    chatbot = BusyChatbot(pause=2.0)
    serve(chatbot, bound, ready=chatbot.grow_busy)  # type: ignore[arg-type]  # follows the same script of methods
