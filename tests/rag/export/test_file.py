"""Names of files, and what is loaded for which kind."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.errors import ChatMissing
from rag.export.file import NAME_LENGTH, Kind, export, file_name
from tests.rag.archive.given import answered
from tests.rag.export.papers import HOSTILE, chat, hostile, plain, turn

ROOT = Path(__file__).parents[3]


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("水渠多长?", "水渠多长"),
        ("../../etc/passwd", "etc passwd"),
        ('a\\b:c*d"e<f>g|h\n\ti\0j', "a b c d e f g h i j"),
        ("..", "chat"),
        ("", "chat"),
        ("  . - ", "chat"),
        ("\u202etxt.exe", "txt.exe"),
        ("长" * 200, "长" * NAME_LENGTH),
        ("$(rm -rf)`x`", "(rm -rf) x"),
    ],
)
def test_file_name(title: str, name: str) -> None:
    assert file_name(title) == name


@given(st.text())
def test_any_title_makes_a_name_that_is_one(title: str) -> None:
    name = file_name(title)
    assert name and name.isprintable() and not set(name) & set('\\/:*?"<>|') and not name.startswith(".")


@pytest.mark.parametrize("kind", ["md", "docx", "json"])
def test_one_turn_or_all_of_them(kind: Kind) -> None:
    whole, one = export(plain(), kind, language="zh"), export(plain(), kind, language="zh", turn=2)
    assert whole.name == f"水渠多长.{kind}" and one.name == f"为什么.{kind}"
    assert one.content != whole.content and one.content and whole.content
    with pytest.raises(ChatMissing, match="9"):
        export(plain(), kind, language="zh", turn=9)


def test_json_carries_every_character_of_the_sources() -> None:
    told = json.loads(export(plain(), "json", language="en").content)
    first = told["footnotes"][0]
    assert first["text"][first["start"] : first["end"]] == first["quote"] == "全县修好水渠12公里"
    assert first["sha256"] == "ab" * 32 and first["source_spans"] == [[15, 16], [20, 29]]
    assert first["position"] == 1 and first["section"] == "一、抓早 · 水利先行"
    assert [one["state"] for one in told["turns"]] == [*["answered"] * 3, "failed", "unfinished", "damaged"]
    assert told["turns"][0]["lines"][0] == {"text": "12公里。", "footnotes": [1], "quoted": False}
    assert told["turns"][2]["language_model"] == "openai:m" and told["turns"][2]["origin"] == "generative"
    assert json.loads(export(hostile(), "json", language="zh").content)["turns"][0]["question"] == HOSTILE


def test_a_document_writer_is_loaded_for_documents_only() -> None:
    script = (
        "import sys; from rag.export.file import export; from tests.rag.export.papers import plain\n"
        "export(plain(), 'md', language='zh'); assert 'docx' not in sys.modules\n"
        "export(plain(), 'docx', language='zh'); assert 'docx' in sys.modules"
    )
    subprocess.run([sys.executable, "-c", script], cwd=ROOT, check=True, timeout=60)


def test_a_single_turn_is_called_as_the_chat_is() -> None:
    assert export(chat(turn(1, answered()), title="我的稿子"), "md", language="zh", turn=1).name == "我的稿子.md"
