"""Makes the HTML components of the page, each with its script from ``assets/``. Knows nothing of what they show."""

from pathlib import Path

import gradio as gr

from ui.escaping import escape
from ui.language import FIRST
from ui.messages import Language, say

ASSETS = Path(__file__).parent / "assets"
BARE = "${value}"  # Gradio puts the value here as it is, and does not read it as a template


def html(value: str, id: str, *scripts: str, frame: str = BARE, **parts: str) -> gr.HTML:
    """Our own HTML in our own style, its scripts from ``assets/`` and what else its frame shows beside the value.

    :param scripts: each by itself; those of one text, with spaces between, share their names.
    """
    blocks = ("\n".join((ASSETS / one).read_text(encoding="utf-8") for one in block.split()) for block in scripts)
    on_load = "\n".join(f"{{\n{block}}}" for block in blocks) or None
    return gr.HTML(value, elem_id=id, html_template=frame, js_on_load=on_load, apply_default_css=False, **parts)


def frame(role: str, content: str = BARE, **data: str) -> str:
    """A named region for screen readers; a log tells what is added to it by itself."""
    attributes = "".join(f' data-{name}="{value}"' for name, value in data.items())
    return f'<div role="{role}" aria-label="${{region}}"{attributes}>{content}</div>'


def label(key: str, language: Language = FIRST) -> str:
    """A text for an attribute in a frame, where Gradio puts it as it is."""
    return escape(say(key, language))
