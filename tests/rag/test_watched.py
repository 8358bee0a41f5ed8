"""What was asked of an answerer is noted, and found again by the answer that came of it."""

from index.paragraph import Hit, Paragraph, Span
from rag.answer import Answer, Asked
from rag.citations import cite
from rag.watched import Watched

PASSAGES = {word: Paragraph(word, f"{word}很长。", "a.txt") for word in ("大桥", "水渠")}


class Quoting:
    """Quotes the passage that the question names; a real answerer would need an index to do no more here."""

    def answer(self, asked: Asked, hits: tuple[Hit, ...]) -> Answer:
        citations = tuple(cite(1, PASSAGES[word], Span(0, 3)) for word in PASSAGES if word in asked.question)
        return Answer(asked.question, "「…」[1]", citations=citations, hits=hits)


def hits(word: str) -> tuple[Hit, ...]:
    return (Hit(PASSAGES[word], 1.0),)


def test_the_answer_passes_through() -> None:
    watched = Watched(Quoting())
    assert watched.answer(Asked("大桥"), hits("大桥")) == Quoting().answer(Asked("大桥"), hits("大桥"))


def test_of_several_meanings_the_one_that_answered_is_found() -> None:
    watched = Watched(Quoting())
    first, second = (watched.answer(Asked(word), hits(word)) for word in PASSAGES)
    assert [one.asked.question for one in watched.bearing(first)] == ["大桥"]
    assert [one.asked.question for one in watched.bearing(second)] == ["水渠"]


def test_an_answer_put_together_from_several_is_made_of_those_that_it_cites() -> None:
    watched = Watched(Quoting())
    parts = [watched.answer(Asked(word), hits(word)) for word in ("大桥", "山", "水渠")[::2]]
    watched.answer(Asked("山"), hits("大桥"))
    whole = Answer("哪个长?", "…", citations=tuple(one for part in parts for one in part.citations))
    assert [one.asked.question for one in watched.bearing(whole)] == ["大桥", "水渠"]


def test_what_nothing_was_looked_up_for_is_made_of_nothing() -> None:
    watched = Watched(Quoting())
    watched.answer(Asked("大桥"), hits("大桥"))
    assert watched.bearing(Answer("什么?", "没有看出问题")) == ()
