"""Notes what an answerer was asked and what it answered, while it answers. Knows nothing of what either is about."""

from dataclasses import dataclass

from index.paragraph import Hit
from rag.answer import Answer, Answerer, Asked, Citation


@dataclass(frozen=True, slots=True)
class Asking:
    """A question as it was understood, the hits for it, and the answer to it."""

    asked: Asked
    hits: tuple[Hit, ...]
    answer: Answer


class Watched:
    """An answerer over another one."""

    def __init__(self, answerer: Answerer) -> None:
        self.answerer = answerer
        self.askings: list[Asking] = []

    def answer(self, asked: Asked, hits: tuple[Hit, ...]) -> Answer:
        """The other one's answer, noted."""
        answer = self.answerer.answer(asked, hits)
        self.askings.append(Asking(asked, hits, answer))
        return answer

    def bearing(self, whole: Answer) -> tuple[Asking, ...]:
        """What an answer was made of: the one asking whose hits it has; or those whose passages it cites, where it
        was put together from several.
        """
        own = next((one for one in reversed(self.askings) if one.hits and one.hits is whole.hits), None)
        if own is not None:
            return (own,)
        return tuple(one for one in self.askings if _shares(one.answer.citations, whole.citations))


def _shares(some: tuple[Citation, ...], others: tuple[Citation, ...]) -> bool:
    """Whether two answers quote the same characters of a paragraph."""
    return any(
        one.paragraph.id == other.paragraph.id and one.start < other.end and other.start < one.end
        for one in some
        for other in others
    )
