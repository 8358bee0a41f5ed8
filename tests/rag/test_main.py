"""``python -m rag`` as a shell sees it: real processes, their output, their exit codes, what they import."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from rag.archive.chats import Chats
from rag.archive.database import FILE, Database
from rag.chatbot import Chatbot
from rag.settings import Settings
from tests.rag.conftest import chatbot_over
from tests.rag.scripted_llm import Reply, says, serving

ROOT = Path(__file__).parents[2]
BRIDGE = "# 青石大桥开工\n\n青石大桥总投资6.5亿元,预计2029年10月通车。\n\n施工单位调整了桩基方案。\n"
COST, MARS = "青石大桥总投资多少?", "火星上有几座火山?"
HEAVY = {
    "torch",
    "transformers",
    "sentence_transformers",
    "gradio",
    "langchain",
    "langchain_core",
    "langchain_openai",
    "openai",
}
Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a corpus and its index."""
    folder = tmp_path_factory.mktemp("shell")
    chatbot_over(folder, {"bridge.md": BRIDGE})
    return folder


@pytest.fixture
def run(folder: Path) -> Run:
    """Runs ``python -m rag`` in an empty environment, in a folder that is not the project's."""

    def run(
        *arguments: str, given: str = "", python: tuple[str, ...] = (), **environment: str
    ) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, *python, "-m", "rag", *arguments],
            input=given,
            env={
                "PATH": os.environ["PATH"],
                "PYTHONPATH": str(ROOT),
                "PYTHONIOENCODING": "utf-8",
                "HF_HUB_OFFLINE": "1",
                "WENJU_INDEX_DIR": str(folder / "index"),
                **environment,
            },
            cwd=folder,
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=120,
            check=False,
        )

    return run


def in_shell(folder: Path, command: str) -> subprocess.CompletedProcess[str]:
    """Runs a line of shell with pipes and redirections over the folder's index."""
    return subprocess.run(
        ["bash", "-c", command],
        env={**os.environ, "PYTHONPATH": str(ROOT), "WENJU_INDEX_DIR": str(folder / "index")},
        cwd=folder,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )


def rows(output: str) -> list[dict[str, Any]]:
    """Every line as JSON: one that is none fails the test."""
    return [json.loads(line) for line in output.splitlines()]


def lines_of(*questions: dict[str, Any]) -> str:
    return "".join(json.dumps(question, ensure_ascii=False) + "\n" for question in questions)


def imported(result: subprocess.CompletedProcess[str]) -> set[str]:
    """The top-level packages in what ``-X importtime`` tells."""
    told = [line for line in result.stderr.splitlines() if line.startswith("import time:")]
    return {line.rpartition("|")[2].strip().split(".")[0] for line in told}


def test_ask_prints_the_answer_and_where_it_stands(run: Run) -> None:
    result = run("ask", COST)
    assert (result.returncode, result.stderr) == (0, "")
    first, *_, last = result.stdout.splitlines()
    assert "6.5亿元" in first
    assert last == "  [1] 《青石大桥开工》第1段"


def test_ask_prints_the_reason_of_a_refusal(run: Run) -> None:
    result = run("ask", MARS)
    assert (result.returncode, result.stderr) == (0, "")
    assert "所以不作回答" in result.stdout


def test_ask_says_how_a_slip_was_read(run: Run) -> None:
    result = run("ask", COST.replace("总投资", "总投姿"))
    assert result.returncode == 0
    assert COST in result.stderr and "6.5亿元" in result.stdout


def test_ask_gives_json(run: Run) -> None:
    result = run("ask", "--json", COST)
    assert (result.returncode, result.stderr) == (0, "")
    (answer,) = rows(result.stdout)
    assert list(answer) == [
        "id", "question", "understood", "answer", "refused", "refusal", "citations", "origin", "notice",
        "index_version", "latency_ms",
    ]  # fmt: skip
    assert (answer["question"], answer["understood"]) == (COST, COST)
    assert not answer["refused"]
    (citation,) = answer["citations"]
    assert citation["text"][citation["start"] : citation["end"]] == citation["quote"]
    assert "".join(BRIDGE[start:end] for start, end in citation["source_spans"]) == citation["quote"]


def test_a_refusal_as_json_has_kind_and_reason(run: Run) -> None:
    (answer,) = rows(run("ask", "--json", MARS).stdout)
    assert answer["refused"] is True
    assert set(answer["refusal"]) == {"kind", "reason"}
    assert answer["refusal"]["reason"] == answer["answer"]
    assert answer["citations"] == []


def test_batch_says_how_a_follow_up_was_understood(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "questions.jsonl"
    file.write_text(lines_of({"q": "它总投资多少?", "history": ["青石大桥多长?"]}), encoding="utf-8")
    (answer,) = rows(run("batch", str(file)).stdout)
    assert (answer["question"], answer["understood"]) == ("它总投资多少?", "青石大桥总投资多少?")


def test_batch_answers_every_line_of_a_file_in_order(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "questions.jsonl"
    questions = lines_of({"id": "a", "q": COST}, {"id": "b", "q": MARS}, {"q": ""})
    file.write_text(f"\ufeff{questions}\n\n", encoding="utf-8")
    result = run("batch", str(file))
    assert (result.returncode, result.stderr) == (0, "")
    answers = rows(result.stdout)
    assert [(answer["id"], answer["question"], answer["refused"]) for answer in answers] == [
        ("a", COST, False),
        ("b", MARS, True),
        ("", "", True),
    ]


def test_batch_reads_standard_input_and_the_chat_before_a_question(run: Run) -> None:
    alone, later = {"id": "1", "q": "它什么时候通车?"}, {"id": "2", "q": "它什么时候通车?", "history": [COST]}
    result = run("batch", "-", given=lines_of(alone, later))
    assert (result.returncode, result.stderr) == (0, "")
    answer = rows(result.stdout)[1]
    assert answer["id"] == "2"
    assert "2029年10月" in answer["answer"]


@pytest.mark.parametrize(
    "bad",
    [
        '{"q": "多少?"',
        "多少?",
        '["q"]',
        '{"id": "1"}',
        '{"q": 7}',
        "null",
        "[" * 200_000,
        '{"q": "多少?", "id": ' + "9" * 5000 + "}",
    ],
    ids=["cut off", "no JSON", "a list", "no q", "a number", "null", "endless brackets", "a huge number"],
)
def test_a_bad_line_is_named_by_its_number(run: Run, bad: str) -> None:
    result = run("batch", "-", given=lines_of({"q": COST}) + "\n" + bad + "\n")
    assert result.returncode == 2
    assert "第3行" in result.stderr
    assert "line 3" in result.stderr
    assert "Traceback" not in result.stderr
    rows(result.stdout)


@pytest.mark.parametrize("history", ['"前"', "[1]", "null"])
def test_a_bad_history_is_named(run: Run, history: str) -> None:
    result = run("batch", "-", given=f'{{"q": "多少?", "history": {history}}}\n')
    assert (result.returncode, result.stdout) == (2, "")
    assert "history" in result.stderr
    assert "line 1" in result.stderr


def test_a_set_without_questions_measures_nothing(run: Run) -> None:
    result = run("evaluate", "-", given="\n \n")
    assert (result.returncode, result.stdout) == (2, "")
    assert "Traceback" not in result.stderr
    assert result.stderr


@pytest.mark.parametrize("locale", [{"PYTHONIOENCODING": "ascii"}, {"PYTHONIOENCODING": "", "PYTHONUTF8": "0"}])
def test_a_locale_of_ascii_changes_nothing(run: Run, locale: dict[str, str]) -> None:
    ascii_only = {"LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", **locale}
    assert run("ask", MARS, **ascii_only).stdout == run("ask", MARS).stdout
    result = run("batch", "-", given=lines_of({"id": "甲", "q": COST}), **ascii_only)
    assert (result.returncode, result.stderr) == (0, "")
    assert rows(result.stdout)[0]["question"] == COST


@pytest.mark.parametrize("redirected", [">/dev/full", ">&-"])
def test_an_output_that_cannot_be_written_is_told_in_a_line(folder: Path, redirected: str) -> None:
    result = in_shell(folder, f'"{sys.executable}" -m rag ask "{COST}" {redirected}')
    assert result.returncode == 1
    (line,) = result.stderr.splitlines()
    assert "标准输出" in line


@pytest.mark.parametrize("command", ["batch", "evaluate"])
def test_a_file_that_is_not_there_is_named(run: Run, command: str) -> None:
    result = run(command, "nowhere.jsonl")
    assert (result.returncode, result.stdout) == (2, "")
    assert "nowhere.jsonl" in result.stderr
    assert "Traceback" not in result.stderr


def test_a_file_that_is_no_text_is_named(run: Run, tmp_path: Path) -> None:
    (tmp_path / "binary.jsonl").write_bytes(b"\xff\xfe\x00\x01")
    result = run("batch", str(tmp_path / "binary.jsonl"))
    assert (result.returncode, result.stdout) == (2, "")
    assert "binary.jsonl" in result.stderr
    assert "Traceback" not in result.stderr


def test_evaluate_measures_a_set(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "set.jsonl"
    right = {"kind": "num", "q": COST, "must": [["6.5亿元"]], "gold": [["总投资6.5亿元"]], "doc": "青石大桥开工"}
    wrong = {"kind": "num", "q": COST, "must": [["7亿元"]], "gold": [["总投资7亿元"]]}
    file.write_text(lines_of(right, wrong, {"kind": "none", "q": MARS, "refuse": True}), encoding="utf-8")
    result = run("evaluate", "--json", str(file))
    assert (result.returncode, result.stderr) == (0, "")
    (report,) = rows(result.stdout)
    assert report["questions"] == 3
    assert report["kinds"] == {"num": [2, 1], "none": [1, 1]}
    assert report["measures"]["answer holds what it must"] == 0.5
    assert report["measures"]["unanswerable refused"] == 1.0
    table = run("evaluate", "--failures", str(file))
    assert table.returncode == 0
    for name in report["measures"]:
        assert name in table.stdout
    assert table.stdout.count(COST) == 1


@pytest.mark.parametrize("question", ["", "  "])
def test_an_empty_question_is_misuse(run: Run, question: str) -> None:
    result = run("ask", question)
    assert (result.returncode, result.stdout) == (2, "")
    assert "Traceback" not in result.stderr
    assert result.stderr


@pytest.mark.parametrize("arguments", [[], ["sing"], ["ask"], ["batch"], ["ask", COST, COST]])
def test_misuse_has_its_exit_code(run: Run, arguments: list[str]) -> None:
    result = run(*arguments)
    assert (result.returncode, result.stdout) == (2, "")
    assert "usage:" in result.stderr


@pytest.mark.parametrize(
    ("environment", "named", "code"),
    [({"WENJU_HITS": "many"}, "WENJU_HITS", 2), ({"WENJU_EMBEDDING_MODEL": "./nowhere"}, "nowhere", 1)],
    ids=["setting", "model"],
)
def test_what_cannot_be_used_is_named(run: Run, environment: dict[str, str], named: str, code: int) -> None:
    result = run("ask", COST, **environment)
    assert (result.returncode, result.stdout) == (code, "")
    assert named in result.stderr
    assert "Traceback" not in result.stderr


def test_without_an_index_the_cure_is_told(run: Run, tmp_path: Path) -> None:
    result = run("ask", COST, "--index", str(tmp_path / "none"))
    assert (result.returncode, result.stdout) == (1, "")
    assert "python -m index build" in result.stderr
    assert str(tmp_path / "none") in result.stderr


def test_the_index_of_the_argument_goes_before_that_of_the_environment(run: Run, folder: Path) -> None:
    result = run("ask", COST, "--index", str(folder / "index"), WENJU_INDEX_DIR="/nowhere")
    assert result.returncode == 0


@pytest.mark.parametrize("arguments", [["--help"], ["ask", "--help"], ["batch", "--help"], ["evaluate", "--help"]])
def test_help_waits_for_no_library(run: Run, arguments: list[str]) -> None:
    result = run(*arguments, python=("-X", "importtime"))
    assert result.returncode == 0
    assert "usage:" in result.stdout
    assert "argparse" in imported(result)
    assert not imported(result) & {*HEAVY, "numpy", "faiss", "tantivy", "opencc", "tokenizers", "pydantic"}


def test_a_question_waits_for_no_framework(run: Run) -> None:
    result = run("ask", COST, python=("-X", "importtime"))
    assert result.returncode == 0
    assert {"numpy", "faiss"} <= imported(result)
    assert not imported(result) & HEAVY


def test_who_stops_reading_gets_no_traceback(run: Run, folder: Path) -> None:
    """``python -m rag batch … | head -1``"""
    questions = folder / "many.jsonl"
    questions.write_text(lines_of(*({"id": str(i), "q": COST} for i in range(200))), encoding="utf-8")
    command = f'"{sys.executable}" -m rag batch many.jsonl | head -n 1'
    result = in_shell(folder, command)
    assert result.returncode == 0
    assert rows(result.stdout)[0]["id"] == "0"
    assert result.stderr == ""


def test_with_a_language_model_its_prose_is_printed(run: Run) -> None:
    with serving(says("青石大桥总投资6.5亿元。[1]")) as server:
        result = run("ask", COST, WENJU_LLM="openai:scripted", WENJU_LLM_BASE_URL=server.address)
    assert (result.returncode, result.stderr) == (0, "")
    assert result.stdout.startswith("青石大桥总投资6.5亿元。[1]\n  [1] 《")


def test_a_language_model_that_fails_leaves_the_answer_and_is_told_beside_it(run: Run) -> None:
    with serving(Reply(status=401)) as server:
        model = {"WENJU_LLM": "openai:scripted", "WENJU_LLM_BASE_URL": server.address, "WENJU_LLM_API_KEY": "sk-geheim"}
        result = run("ask", COST, **model)
        told = json.loads(run("ask", "--json", COST, **model).stdout)
    assert (result.returncode, result.stdout) == (0, run("ask", COST).stdout)
    assert "WENJU_LLM_API_KEY" in result.stderr
    assert "geheim" not in result.stderr
    assert told["origin"] == "extractive"
    assert told["notice"] in result.stderr


def test_a_language_model_that_does_not_exist_is_misuse(run: Run) -> None:
    result = run("ask", COST, WENJU_LLM="nobody:nothing")
    assert (result.returncode, result.stdout) == (2, "")
    assert "nobody:nothing" in result.stderr


def test_feedback_is_listed_and_becomes_questions_that_can_be_evaluated(run: Run, folder: Path) -> None:
    answer = json.loads(run("ask", COST, "--json").stdout)["answer"]
    chatbot = Chatbot.from_settings(Settings.load(index_dir=folder / "index"))
    kept = Chats(Database(folder / ".chats"), "甲")
    for question, verdict, note in ((COST, "up", ""), (MARS, "up", "对,\n没有\x1b[31m")):
        chat = kept.begin("", 1, question).chat
        kept.finish(chat, 1, chatbot.answer(question))
        kept.judge(chat, 1, "up" if verdict == "up" else "down", note=note)
    listed = run("feedback", "--as-questions", "set.jsonl")
    assert listed.returncode == 0 and COST in listed.stdout and answer.split("[")[0] in listed.stdout
    assert "对, 没有 [31m" in listed.stdout and "2" in listed.stderr
    rows = [json.loads(line) for line in run("feedback", "--json").stdout.splitlines()]
    assert {row["q"]: row["verdict"] for row in rows} == {COST: "up", MARS: "up"}
    report = json.loads(run("evaluate", "set.jsonl", "--json").stdout)
    assert report["questions"] == 2 and report["kinds"] == {"feedback_up": [2, 2]}


def test_feedback_without_any_makes_no_file(run: Run, folder: Path) -> None:
    nothing = run("feedback", "--chats", "nowhere")
    assert (nothing.returncode, nothing.stdout) == (0, "") and "nowhere" in nothing.stderr
    assert not (folder / "nowhere").exists()


def test_a_damaged_archive_and_an_unwritable_set_are_told(run: Run, folder: Path) -> None:
    (folder / "bad").mkdir(exist_ok=True)
    (folder / "bad" / FILE).write_bytes(b"x" * 5000)
    damaged = run("feedback", WENJU_CHATS_DIR=str(folder / "bad"))
    assert damaged.returncode == 1 and FILE in damaged.stderr and "Traceback" not in damaged.stderr
    unwritable = run("feedback", "--as-questions", str(folder))
    assert unwritable.returncode == 1 and "Traceback" not in unwritable.stderr
