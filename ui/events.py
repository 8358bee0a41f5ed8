"""What all clicks of the page share: none is a public call, and what they send is read with care. Knows no handler."""

from typing import Any

import gradio as gr

PRIVATE: dict[str, Any] = {"api_visibility": "private", "show_progress": "hidden"}
"""What every event of the page is: no public call, and nothing that greys out what is being read."""


def text_of(event: gr.EventData, name: str, *, most: int | None = None) -> str:
    """What the browser sent under a name; over the network anything may come, and only a text is taken.

    :param most: characters of it that are taken; all of them by default.
    """
    value = getattr(event, name, "")
    return value[:most] if isinstance(value, str) else ""
