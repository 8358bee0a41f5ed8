"""From what people thought to evaluation questions, through the evaluation itself."""

import json
from dataclasses import replace
from pathlib import Path

from rag.answer import Answer
from rag.archive.judgement import Judgement, Verdict
from rag.archive.judgements import judgements
from rag.evaluate import Expected, judge
from tests.rag.archive.given import answered, chats, refused, said


def good(verdict: Verdict, judged: Answer, answer: Answer) -> bool:
    """Whether an answer is content with the question that a verdict on another one made."""
    row = Judgement("1", verdict, "", "", judged.question, (), judged).as_question()
    return judge(Expected.from_dict(json.loads(json.dumps(row))), answer).good


def test_a_liked_answer_is_asked_for_again() -> None:
    assert good("up", answered(), answered())
    other = replace(answered(), text="不知道", citations=())
    assert not good("up", answered(), other) and not good("up", answered(), refused())


def test_a_liked_refusal_has_to_be_one_again() -> None:
    assert good("up", refused(), refused()) and not good("up", refused(), answered())


def test_a_disliked_answer_must_not_come_again() -> None:
    assert not good("down", answered(), answered())
    other = replace(answered(), text="3000亩[1]", short="3000亩")
    assert good("down", answered(), other)


def test_a_disliked_refusal_wants_an_answer() -> None:
    assert good("down", refused(), answered()) and not good("down", refused(), refused())


def test_judgements_of_all_owners_come_with_their_history(tmp_path: Path) -> None:
    kept, other = chats(tmp_path, "甲"), chats(tmp_path, "乙")
    chat = said(kept, "一")
    kept.begin(chat, 2, "没答完")
    said(kept, "三", chat=chat)
    kept.judge(chat, 3, "down", note="不对")
    said(other, "无人评")
    liked = said(other, "好的")
    other.judge(liked, 1, "up")
    found = {one.question: one for one in judgements(kept.database)}
    assert set(found) == {"三", "好的"}
    assert found["三"].history == ("一",) and found["三"].note == "不对" and found["三"].answer == answered("三")
    assert found["三"].as_question()["history"] == ["一"] and found["三"].as_question()["note"] == "不对"
    assert chat not in json.dumps([one.to_dict() for one in found.values()])  # who reads them opens no chat
    other.delete(liked)
    assert [one.question for one in judgements(kept.database)] == ["三"]


def test_a_damaged_answer_is_listed_without_it(tmp_path: Path) -> None:
    kept = chats(tmp_path)
    chat = said(kept, "一")
    kept.judge(chat, 1, "up")
    with kept.database.transaction() as connection:
        connection.execute("UPDATE turns SET record = '{}'")
    (found,) = judgements(kept.database)
    assert found.answer is None and found.as_question() == {"id": f"{chat[:8]}-1", "kind": "feedback_up", "q": "一"}
    assert found.to_dict()["answer"] == ""
