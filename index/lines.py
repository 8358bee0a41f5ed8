"""Reads a ``.jsonl`` source: one paragraph a line, ``{"id": …, "text": …, "title": …}``. Knows nothing of pages.

The text is taken verbatim. Its span is the place between the quotation marks where the JSON string stands unescaped,
so that ``source[start:end]`` is the text; a string with escapes has no such place and gets no span.
"""

import json
import re
from collections import Counter
from typing import Any

from index.corpus import Source
from index.errors import CorpusError
from index.messages import say
from index.paragraph import Paragraph, Span

_DECODER = json.JSONDecoder()
_BLANK = " \t\r\n"
_LONE_SURROGATE = re.compile("[\ud800-\udfff]")  # JSON can spell one, UTF-8 cannot
_SHOWN = 40  # characters of a wrong value that an error shows


def read_lines(source: Source) -> tuple[Paragraph, ...]:
    """The paragraphs of the source; ``title`` becomes the article, the position counts the lines of one title.

    :raises CorpusError: a line is no JSON object, lacks a field, or repeats an id.
    """
    paragraphs: list[Paragraph] = []
    first_lines: dict[str, int] = {}
    counts = Counter[str]()
    start = 0
    for number, line in enumerate(source.text.split("\n"), 1):
        if line.strip():
            fields = _fields(line, source.path, number)
            paragraph_id = _text(fields, "id", source.path, number)
            title = _text(fields, "title", source.path, number) if fields.get("title") else ""
            if paragraph_id in first_lines:
                raise CorpusError(_duplicate(source.path, number, paragraph_id, first_lines[paragraph_id]))
            first_lines[paragraph_id] = number
            counts[title] += 1
            text = _text(fields, "text", source.path, number)
            spans = _span(line, start, text)
            paragraphs.append(Paragraph(paragraph_id, text, source.path, title, position=counts[title], spans=spans))
        start += len(line) + 1
    if not paragraphs:
        raise CorpusError(say("chunking.no_lines", path=source.path))
    return tuple(paragraphs)


def _fields(line: str, path: str, number: int) -> dict[str, Any]:
    try:
        value = json.loads(line)
    except ValueError as error:  # JSONDecodeError, and a whole number of more digits than Python takes
        raise CorpusError(say("chunking.not_json", path=path, line=number, error=error)) from None
    except RecursionError:
        raise CorpusError(say("chunking.not_json", path=path, line=number, error="nested too deeply")) from None
    if not isinstance(value, dict):
        raise CorpusError(say("chunking.not_object", path=path, line=number, kind=type(value).__name__))
    return value


def _text(fields: dict[str, Any], field: str, path: str, number: int) -> str:
    """The value of a field that has to be a string with something in it; a whole number will do for an id."""
    if field not in fields:
        raise CorpusError(say("chunking.missing", path=path, line=number, field=field))
    value = fields[field]
    if field == "id" and isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    if not isinstance(value, str) or not value.strip() or _LONE_SURROGATE.search(value):
        shown = json.dumps(value)[:_SHOWN]
        raise CorpusError(say("chunking.field", path=path, line=number, field=field, value=shown))
    return value


def _span(line: str, start: int, text: str) -> tuple[Span, ...]:
    """Where the object's last ``text`` stands in the source, ``start`` being where its line begins."""
    found: tuple[Span, ...] = ()
    position = _skip(line, 0) + 1
    while line[_skip(line, position)] == '"':
        key, position = _DECODER.raw_decode(line, _skip(line, position))
        value_start = _skip(line, _skip(line, position) + 1)
        _, position = _DECODER.raw_decode(line, value_start)
        if key == "text":
            plain = line[value_start + 1 : position - 1] == text
            found = (Span(start + value_start + 1, start + position - 1),) if plain else ()
        position = _skip(line, position) + 1
        if line[position - 1] == "}":
            break
    return found


def _skip(line: str, position: int) -> int:
    while line[position] in _BLANK:
        position += 1
    return position


def _duplicate(path: str, number: int, paragraph_id: str, first: int) -> str:
    return say("chunking.duplicate", path=path, line=number, id=paragraph_id, first=first)
