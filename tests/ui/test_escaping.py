"""What is read by a person is no markup and keeps its order; what a script reads stays what it was."""

import pytest

from ui.escaping import attribute, escape


@pytest.mark.parametrize("turning", ["\u202e", "\u202a", "\u2066", "\u2069", "\u200e", "\u200f", "\u061c"])
def test_what_turns_the_order_of_a_text_is_seen(turning: str) -> None:
    assert escape(f"总投资{turning}12亿元") == "总投资\ufffd12亿元"
    assert attribute(f"{turning}.md") == f"{turning}.md"


def test_nothing_is_markup() -> None:
    for safe in (escape, attribute):
        assert safe("<b title=\"x\" id='y'>&</b>") == "&lt;b title=&quot;x&quot; id=&#x27;y&#x27;&gt;&amp;&lt;/b&gt;"


def test_other_characters_stay() -> None:
    assert escape("零\u200b宽\u0301 全角,「引文」\n") == "零\u200b宽\u0301 全角,「引文」\n"
