"""``python -m rag``: asks one question, a batch of them, or measures a question set.

Answers and tables go to standard output, everything else to standard error.
"""

import argparse
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from index import output
from rag.errors import QueryError, SettingsError, WenjuError
from rag.messages import say


def main(arguments: list[str] | None = None) -> int:
    """Runs one command; 0 done, 1 refused or damaged, 2 misuse."""
    output.prepare()
    options = _parser().parse_args(arguments)
    try:
        output.check()
        return int(options.run(options))
    except (QueryError, SettingsError) as error:
        output.tell(str(error))
        return 2
    except WenjuError as error:
        output.tell(str(error))
        return 1
    except BrokenPipeError:  # the reader has seen enough
        return 0
    except KeyboardInterrupt:
        return 130


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m rag", description="问据:提问与评测 / ask and measure")
    commands = parser.add_subparsers(required=True, metavar="ask | batch | evaluate | feedback")
    ask = commands.add_parser("ask", help="问一个问题 / ask one question")
    ask.add_argument("question", help="问题 / the question")
    ask.add_argument("--json", action="store_true", help="输出 JSON / print JSON")
    ask.set_defaults(run=_ask)
    batch = commands.add_parser("batch", help="逐行提问 / ask every line of a JSON lines file")
    batch.add_argument(
        "file", help='JSON 行,每行 {"id", "q", "history"};- 为标准输入 / JSON lines, - for standard input'
    )
    batch.set_defaults(run=_batch)
    evaluate = commands.add_parser("evaluate", help="用题集评测 / measure a question set")
    evaluate.add_argument("file", help="题集 / the question set, JSON lines")
    evaluate.add_argument("--json", action="store_true", help="输出 JSON / print JSON")
    evaluate.add_argument("--failures", action="store_true", help="列出没答好的题 / list what went wrong")
    evaluate.set_defaults(run=_evaluate)
    feedback = commands.add_parser("feedback", help="列出读者对回答的评价 / list what people thought of answers")
    feedback.add_argument("--json", action="store_true", help="输出 JSON 行 / print JSON lines")
    feedback.add_argument("--as-questions", metavar="FILE", help="另存为题集 / write a question set for evaluate")
    feedback.add_argument("--chats", metavar="DIR", help="保存对话的目录 / the folder of saved chats")
    feedback.set_defaults(run=_feedback)
    for command in (ask, batch, evaluate, feedback):
        command.add_argument("--index", metavar="DIR", help="索引目录 / the index folder")
    return parser


def _ask(options: argparse.Namespace) -> int:
    from rag.answer import to_dict

    question = output.typed(options.question)
    if not question.strip():
        raise QueryError(say("refusal.empty"))
    answer = _chatbot(options).answer(question)
    if options.json:
        _print_json(to_dict(answer))
        return 0
    if answer.understood != answer.question:
        output.tell(say("ask.understood", question=answer.understood))
    output.write(answer.text)
    cited = answer.refusal.nearest if answer.refusal is not None else None
    for citation in answer.citations or ((cited,) if cited is not None else ()):
        output.write(f"  [{citation.number}] {citation.paragraph.place}")
        if answer.refused:
            output.write(f"      {citation.quote}")
    if answer.notice:
        output.tell(answer.notice)
    return 0


def _batch(options: argparse.Namespace) -> int:
    from rag.answer import to_dict

    rows = list(_rows(options.file))
    chatbot = _chatbot(options)
    for row in rows:
        _print_json(to_dict(chatbot.answer(row["q"], row.get("history", ())), id=row.get("id", "")))
    return 0


def _evaluate(options: argparse.Namespace) -> int:
    from rag.evaluate import Expected, evaluate

    questions = [Expected.from_dict(row) for row in _rows(options.file)]
    if not questions:
        raise QueryError(say("batch.empty", file=options.file))
    report = evaluate(questions, _chatbot(options).answer)
    measures = report.measures()
    if options.json:
        _print_json({"questions": len(questions), "measures": measures, "kinds": report.by_kind()})
        return 0
    for name, value in measures.items():
        output.write(f"{name:46} {value:8.3f}")
    output.write("")
    for kind, (count, good) in report.by_kind().items():
        output.write(f"{kind or '-':12} {good:4d} / {count:d}")
    if options.failures:
        for outcome in report.outcomes:
            if not outcome.good:
                output.write(
                    f"\n{outcome.expected.id} {outcome.expected.kind} {outcome.expected.question}  rank {outcome.rank}"
                )
                output.write(f"  {outcome.answer.text}")
    return 0


def _feedback(options: argparse.Namespace) -> int:
    from rag.archive.report import lines, read, write_questions
    from rag.settings import Settings

    settings = Settings.load(index_dir=options.index, chats_dir=options.chats)
    found = read(settings.chats_folder)
    for judgement in found:
        if options.json:
            _print_json(judgement.to_dict())
        else:
            for line in lines(judgement):
                output.write(line)
    if options.as_questions is not None:
        write_questions(Path(output.typed(options.as_questions)), found)
    output.tell(say("feedback.count", count=len(found), folder=settings.chats_folder))
    return 0


def _chatbot(options: argparse.Namespace) -> Any:
    """The chatbot, imported late so that ``--help`` answers at once."""
    from rag.chatbot import Chatbot
    from rag.settings import Settings

    return Chatbot.from_settings(Settings.load(index_dir=options.index))


def _rows(file: str) -> Iterator[dict[str, Any]]:
    try:
        text = _standard_input() if file == "-" else Path(file).read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise QueryError(say("batch.missing", file=file, reason=error)) from error
    for number, line in enumerate(text.split("\n"), start=1):
        if line.strip():
            yield _row(line, file, number)


def _standard_input() -> str:
    """All of it as UTF-8, whatever the locale says."""
    if sys.stdin is None:
        raise QueryError(say("batch.no_input"))
    return sys.stdin.buffer.read().decode("utf-8-sig")


def _row(line: str, file: str, number: int) -> dict[str, Any]:
    try:
        row = json.loads(line)
    except (ValueError, RecursionError) as error:  # a number of 5,000 digits; brackets nested without end
        raise QueryError(say("batch.line", file=file, line=number, reason=error)) from error
    if not isinstance(row, dict) or not isinstance(row.get("q"), str):
        raise QueryError(say("batch.line", file=file, line=number, reason=line[:80]))
    if not _strings(row.get("history", [])):
        raise QueryError(say("batch.history", file=file, line=number, value=str(row["history"])[:80]))
    groups = [row.get(name, []) for name in ("must", "gold")]
    if not all(isinstance(group, list) and all(map(_strings, group)) for group in groups):
        raise QueryError(say("batch.groups", file=file, line=number, reason=line[:80]))
    return row


def _strings(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(item, str) for item in value)


def _print_json(value: object) -> None:
    output.write(json.dumps(value, ensure_ascii=False))


if __name__ == "__main__":
    sys.exit(main())
