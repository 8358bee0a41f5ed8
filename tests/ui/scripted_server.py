"""``python -m tests.ui.scripted_server``: the page over a scripted chatbot, for what is around answers."""

import sys

from tests.ui.scripted import ScriptedChatbot
from ui.listen import listen
from ui.server import serve

with listen("127.0.0.1", 0) as bound:
    print(f"http://127.0.0.1:{bound.getsockname()[1]}", file=sys.stderr, flush=True)  # noqa: T201 - tells the test
    serve(ScriptedChatbot(), bound)  # type: ignore[arg-type]  # follows the same script of methods
