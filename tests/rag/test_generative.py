"""A language model words the answers: over HTTP, from a server that errs in every way and from a real one."""

import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from rag.answer import Answer
from rag.chatbot import Chatbot
from rag.citations import defects
from rag.errors import SettingsError
from rag.messages import in_language
from rag.settings import Settings
from tests.rag import tiny_model
from tests.rag.conftest import chatbot_over
from tests.rag.injected import HOSTILE, Injected
from tests.rag.scripted_llm import Reply, Script, ScriptedServer, says, serving

BRIDGE = "# 青石大桥开工\n\n青石大桥总投资6.5亿元,全长1280米。工程由东江路桥集团承建。\n\n施工单位调整了桩基方案。\n"
COST = "青石大桥总投资多少?"
TRUE = "青石大桥总投资6.5亿元。[1]"
PATIENCE = 2.0  # seconds that the model has in these tests
Writing = Callable[[Script | Reply], Chatbot]


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> Chatbot:
    """The same documents without a model."""
    return chatbot_over(tmp_path_factory.mktemp("plain"), {"bridge.md": BRIDGE})


def written_by(plain: Chatbot, server: ScriptedServer, **more: Any) -> Chatbot:
    """A chatbot over the index of another, with a model behind a server."""
    told: dict[str, Any] = {"llm": "openai:scripted", "llm_base_url": server.address, "llm_timeout": PATIENCE, **more}
    return Chatbot.from_settings(Settings.load(index_dir=plain.settings.index_dir, **told))


def last(answers: Iterator[Answer]) -> Answer:
    return list(answers)[-1]


def test_prose_is_shown_with_the_sentence_that_bears_it(plain: Chatbot) -> None:
    with serving(says("青石大桥总投资6.5亿元,全长1280米。[1]由东江路桥集团承建。[1]")) as server:
        answer = written_by(plain, server).answer(COST)
    assert answer.text == "青石大桥总投资6.5亿元,全长1280米。[1]\n由东江路桥集团承建。[2]"
    assert (answer.origin, answer.notice) == ("generative", "")
    assert [one.quote for one in answer.citations] == ["青石大桥总投资6.5亿元,全长1280米。", "工程由东江路桥集团承建。"]
    assert defects(answer.text, answer.citations) == ()
    assert answer.short == plain.answer(COST).short


def test_it_grows_as_it_is_streamed_and_only_by_what_is_checked(plain: Chatbot) -> None:
    with serving(says("青石大桥总投资6.5亿元。[1]青石大桥总投资7亿元。[1]全长1280米。[1]")) as server:
        grown = list(written_by(plain, server).ask(COST))
    assert [one.text.count("\n") + 1 for one in grown] == [1, 2, 2]
    assert all("7亿" not in one.text for one in grown)
    assert all(defects(one.text, one.citations) == () for one in grown)
    assert "1" in grown[-1].notice and not grown[0].notice


def test_the_first_sentence_is_shown_before_the_last_is_written(plain: Chatbot) -> None:
    with serving(says(TRUE + "全长", ending="stall")) as server:
        answers = written_by(plain, server, llm_timeout=20).ask(COST)
        started = time.monotonic()
        assert next(answers).text == TRUE
        assert time.monotonic() - started < 5


def test_the_model_gets_the_evidence_and_nothing_else(plain: Chatbot) -> None:
    with serving(says(TRUE)) as server:
        written_by(plain, server).answer(COST)
    prompt = server.prompt()
    assert "青石大桥总投资6.5亿元,全长1280米。" in prompt
    assert COST in prompt
    assert "data" not in prompt and str(plain.settings.index_dir) not in prompt


def test_the_model_is_asked_a_follow_up_as_it_was_understood(plain: Chatbot) -> None:
    with serving(says("工程由东江路桥集团承建。[1]")) as server:
        answer = written_by(plain, server).answer("它的全长多少米?", [COST])
    assert answer.understood != "它的全长多少米?"
    assert answer.understood in server.prompt()


def test_a_refusal_stands_and_the_model_is_not_asked(plain: Chatbot) -> None:
    with serving(says("火星有两座火山。[1]")) as server:
        chatbot = written_by(plain, server)
        answer = chatbot.answer("火星有几座火山?")
        assert chatbot.questions()
        assert chatbot.answer(COST, ["火星有几座火山?"]).text
    assert answer.refused
    assert len(server.requests) == 2  # for the last question only: once to answer, once to mend


def test_a_sentence_that_fails_is_asked_for_once_more(plain: Chatbot) -> None:
    def script(request: dict[str, Any]) -> Reply:
        again = "青石大桥全长9999米" in request["messages"][-1]["content"]
        return says("青石大桥全长1280米。[1]" if again else f"青石大桥全长9999米。[1]{TRUE}")

    with serving(script) as server:
        answer = written_by(plain, server).answer(COST)
    assert answer.text.splitlines() == ["青石大桥全长1280米。[1]", TRUE]
    assert answer.notice == ""
    assert len(server.requests) == 2
    assert "9999米" in server.prompt(1)


def test_a_sentence_that_fails_again_is_left_out_and_the_reader_is_told(plain: Chatbot) -> None:
    with serving(says(f"青石大桥全长9999米。[1]{TRUE}")) as server:
        answer = written_by(plain, server).answer(COST)
    assert answer.text == TRUE
    assert "略去" in answer.notice and "left out" in str(in_language(answer.notice, "en"))


def test_without_the_figure_that_was_asked_for_the_documents_words_stay(plain: Chatbot) -> None:
    with serving(says("青石大桥总投资65亿元。[1]青石大桥全长1280米。[1]")) as server:
        answer = written_by(plain, server).answer(COST)
    assert answer.text == plain.answer(COST).text
    assert "数字" in answer.notice and "figure" in str(in_language(answer.notice, "en"))


def test_a_headlines_number_is_no_figure_that_was_asked_for(tmp_path: Path) -> None:
    texts = {"a.txt": "# 青石县召开第一次水利会议\n\n会议要求,修好青石大桥。\n\n会议强调,管好青石水渠。\n"}
    chatbot = chatbot_over(tmp_path, texts)
    question = "《青石县召开第一次水利会议》讲了什么?"
    assert chatbot.answer(question).short == "青石县召开第一次水利会议"
    with serving(says("会议要求修好青石大桥。[1]会议要求修好月球基地。[1]")) as server:
        answer = written_by(chatbot, server).answer(question)
    assert answer.origin == "generative" and "月球" not in answer.text


FAILURES: dict[str, tuple[Reply, str]] = {
    "stalls": (says(TRUE, ending="stall"), "2 秒"),
    "trickles": (says(TRUE, ending="trickle"), "2 秒"),
    "breaks off": (says(TRUE + "全长", ending="break"), "断开"),
    "ends without an end": (says(TRUE + "全长", ending="silent"), "断开"),
    "401": (Reply(status=401), "WENJU_LLM_API_KEY"),
    "403": (Reply(status=403), "WENJU_LLM_API_KEY"),
    "404": (Reply(status=404), "404"),
    "429": (Reply(status=429), "429"),
    "500": (Reply(status=500), "500"),
    "a page": (Reply(raw=b"<html>login</html>"), "读不懂"),
    "broken JSON": (Reply(raw=b"data: {\n\n"), "读不懂"),
    "empty": (says(""), "没有写出"),
    "blank": (says(" \n\n "), "没有写出"),
    "English": (says("It costs 650 million yuan. [1]"), "语言"),
    "only lies": (says("青石大桥总投资65亿元。[1]"), "核对"),
    "noise": (says("\x00�)(*&^%$ 桥桥桥桥。。。"), "核对"),
    "endless": (says("青石大桥" * 4000, size=500), "8000"),
}


@pytest.mark.parametrize(("reply", "told"), FAILURES.values(), ids=FAILURES)
def test_whatever_goes_wrong_ends_in_the_documents_words_and_the_reason(
    plain: Chatbot, reply: Reply, told: str, caplog: pytest.LogCaptureFixture
) -> None:
    with serving(reply) as server:
        chatbot = written_by(plain, server, llm_api_key="sk-geheim")
        started = time.monotonic()
        answer = chatbot.answer(COST)
        assert time.monotonic() - started < PATIENCE + 1.5
    assert (answer.origin, answer.text) == ("extractive", plain.answer(COST).text)
    assert told in str(in_language(answer.notice, "both"))
    assert "quoted from the documents" in str(in_language(answer.notice, "en"))
    assert server.keys[0] == "Bearer sk-geheim"
    assert "geheim" not in f"{answer.notice} {caplog.text}"


def test_a_server_that_is_not_there_is_named_at_once(plain: Chatbot) -> None:
    with serving(says(TRUE)) as server:
        chatbot = written_by(plain, server)
    started = time.monotonic()
    answer = chatbot.answer(COST)
    assert time.monotonic() - started < PATIENCE
    assert "连不上" in answer.notice
    assert answer.text == plain.answer(COST).text


def test_a_reply_that_nobody_reads_is_given_up(plain: Chatbot) -> None:
    with serving(says(TRUE + "全长", ending="stall")) as server:
        answers = written_by(plain, server, llm_timeout=30).ask(COST)
        next(answers)
        started = time.monotonic()
        answers.close()  # type: ignore[attr-defined]  # it is a generator
        assert time.monotonic() - started < 2


@pytest.mark.parametrize("injected", HOSTILE, ids=range(len(HOSTILE)))
def test_an_order_in_a_document_does_not_change_the_answer(tmp_path: Path, injected: Injected) -> None:
    poisoned = chatbot_over(tmp_path, {"bridge.md": BRIDGE.replace("\n\n施工", f"{injected.order}\n\n施工")})
    with serving(says(TRUE + injected.obeyed)) as server:
        answer = written_by(poisoned, server).answer(COST)
    assert answer.text.splitlines() == [TRUE]
    assert answer.notice
    assert injected.order.splitlines()[-1] not in "".join(one.quote for one in answer.citations)


def test_there_are_twenty_of_them() -> None:
    assert len({one.order for one in HOSTILE}) == 20


@pytest.mark.parametrize("field", ["max_tokens", "max_completion_tokens"])
def test_the_limit_of_a_reply_is_called_as_the_server_wants_it(plain: Chatbot, field: str) -> None:
    with serving(says(TRUE)) as server:
        written_by(plain, server, llm_tokens_field=field, llm_max_tokens=77).answer(COST)
    limits = {name: value for name, value in server.requests[0].items() if "tokens" in name}
    assert limits == {field: 77}


def test_the_key_of_another_service_does_not_reach_a_server_of_ones_own(
    plain: Chatbot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "sk-fremd")
    with serving(says(TRUE)) as server:
        written_by(plain, server).answer(COST)
    assert "fremd" not in str(server.keys)


@pytest.mark.parametrize(
    ("model", "cure"),
    [
        ("nonsense", "openai:MODEL"),
        ("openai:x", "WENJU_LLM_API_KEY"),
        ("anthropic:x", "pip install langchain-anthropic"),
    ],
)
def test_a_model_that_cannot_be_used_is_named_with_the_cure(
    plain: Chatbot, model: str, cure: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("OPENAI_API_KEY", raising=False)
    with pytest.raises(SettingsError, match=cure) as error:
        Chatbot.from_settings(Settings.load(index_dir=plain.settings.index_dir, llm=model))
    assert model in str(error.value)


@pytest.mark.slow
def test_a_served_model_of_random_weights_leaves_the_documents_words(plain: Chatbot, tmp_path: Path) -> None:
    tiny_model.write_model(tmp_path / "tiny")
    with tiny_model.served(tmp_path / "tiny") as address:
        settings = {"llm": f"openai:{tmp_path / 'tiny'}", "llm_base_url": address, "llm_max_tokens": 60}
        chatbot = Chatbot.from_settings(Settings.load(index_dir=plain.settings.index_dir, llm_timeout=60, **settings))
        answer = chatbot.answer(COST)
    assert answer.text == plain.answer(COST).text
    assert "quoted from the documents" in str(in_language(answer.notice, "en"))
    assert not any(reason in answer.notice for reason in ("cannot be reached", "HTTP", "cannot be read", "broke off"))
