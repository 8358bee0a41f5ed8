"""Understands a follow-up from the chat so far, as a question that stands alone.

``它什么时候竣工?`` after a question about a bridge becomes 大桥什么时候竣工?; ``那税收呢?`` asks of taxes what the
question before asked of something else. A question that stands alone already takes nothing over. Knows nothing of
searching.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from index.lexicon import Lexicon
from index.text import fold
from rag.answer import Asked
from rag.follow_up import FollowUp, Pointing, pattern, pointing, read_follow_up, wording
from rag.parts import Parts, is_name
from rag.quantities import quantities
from rag.referents import NAME_LENGTH, Turn, referent
from rag.substitution import asked_of, in_place_of, states_a_value, whole

# Earlier questions that are looked at: a chat wanders, and what was said long ago misleads more than it helps.
REMEMBERED = 6
# Among so many of the latest ones: thanks and greetings do not count.
LOOKED_AT = 20
# A topic of so many words may be a question for itself.
FEW_WORDS = 2
_HAN = re.compile("[\u3400-\u9fff]")

Recall = Callable[[Asked], Turn]


@dataclass(frozen=True, slots=True)
class Chat:
    """The earlier questions, oldest first, and how to look up what one of them got.

    Nothing is worked out before it is needed: a question that stands alone costs no more in a chat than without one,
    and an earlier question is answered again only when a word points at its answer.
    """

    questions: tuple[str, ...]
    recall: Recall
    lexicon: Lexicon
    understood: dict[int, Asked] = field(default_factory=dict)

    @classmethod
    def of(cls, questions: Sequence[str], recall: Recall, lexicon: Lexicon) -> "Chat":
        """The chat of the last of these questions; thanks and greetings are left out."""
        recent = questions[-LOOKED_AT:]
        asked = [question for question in recent if not pattern("no_topic").search(fold(question).text.strip())]
        return cls(tuple(asked[-REMEMBERED:]), recall, lexicon)

    def asked(self, place: int) -> Asked:
        """An earlier question as understood from those before it; the last one is at -1."""
        place %= len(self.questions)
        if place not in self.understood:
            self.understood[place] = self.meanings(place)[0]
        return self.understood[place]

    def meanings(self, place: int) -> tuple[Asked, ...]:
        """What an earlier question may have meant, likeliest first."""
        place %= len(self.questions)
        question = self.questions[place]
        before = Chat(self.questions[:place], self.recall, self.lexicon, self.understood)
        return understand(question, before) or (Asked(question),)

    def newest_first(self) -> Iterator[Asked]:
        """The earlier questions as understood, as far as they are looked at."""
        return (self.asked(place) for place in reversed(range(len(self.questions))))


def understand(question: str, chat: Chat) -> tuple[Asked, ...]:
    """What a question may mean in its chat, likeliest first; nothing, if it takes nothing over."""
    if not chat.questions:
        return ()
    follow_up = read_follow_up(question, chat.lexicon)
    match follow_up.kind:
        case "again":
            return _again(follow_up, chat)
        case "more" | "bare":
            return _of_the_last(follow_up, chat)
        case "correction" | "what_about":
            return _pointed(follow_up, chat) or _half(follow_up, chat)
        case "topic":
            return _pointed(follow_up, chat) or _named(question, follow_up, chat)
        case "whole":
            return _pointed(follow_up, chat) or _opened(question, follow_up, chat)


def asks_again(question: str, lexicon: Lexicon) -> bool:
    """Whether an earlier question is asked again, one that may not be there."""
    return read_follow_up(question, lexicon).kind == "again"


def leaning(question: str, chat: Chat) -> tuple[Asked, ...]:
    """A question that nothing answers by itself and that says next to nothing, with the subject of the last one."""
    follow_up = read_follow_up(question, chat.lexicon)
    if not chat.questions or follow_up.kind != "whole" or not follow_up.read.asked:
        return ()
    if not _says_next_to_nothing(follow_up, chat):
        return ()  # 怎么申请补贴 says what it is about
    return _about_the_last(question, follow_up.topic, chat)[:1]


def _says_next_to_nothing(follow_up: FollowUp, chat: Chat) -> bool:
    """Whether a question has one word beside its asking ones, which names nothing, or asks how many of something."""
    if follow_up.read.type == "person":  # a wrong name is worse than none
        return False
    parts = Parts.of(follow_up.topic, chat.lexicon)
    lacks = _lacks_subject(follow_up, chat)
    if follow_up.read.language == "en" or follow_up.read.type == "quantity":
        return lacks
    return len(parts.units) == 1 and not is_name(parts.units[0])


def _only_asks(follow_up: FollowUp) -> bool:
    """Whether a question says nothing but when, where or why something happens: 什么时候竣工?"""
    return follow_up.read.type in ("time", "place", "reason") and len(follow_up.read.terms) == 1


def _lacks_subject(follow_up: FollowUp, chat: Chat) -> bool:
    """Whether a question begins with what it asks: 什么时候竣工, 要建多少栋."""
    parts = Parts.of(follow_up.topic, chat.lexicon)
    if parts.read.language == "en":
        return parts.subject is None
    return bool(parts.read.asked) and not any(unit.end <= parts.asked_at for unit in parts.units)


def _again(follow_up: FollowUp, chat: Chat) -> tuple[Asked, ...]:
    if not -len(chat.questions) <= follow_up.which < len(chat.questions):
        return ()
    meanings = chat.meanings(follow_up.which)
    return tuple(replace(asked, standalone=asked.understood) for asked in meanings)


def _of_the_last(follow_up: FollowUp, chat: Chat) -> tuple[Asked, ...]:
    """``为什么?`` after 地块停滞了吗? is 为什么地块停滞了?"""
    last = chat.asked(-1)
    parts = Parts.of(last.understood, chat.lexicon)
    short = ""
    if follow_up.read.type == "reason" and states_a_value(parts):
        short = chat.recall(last).short
    return (whole(asked_of(parts, follow_up, short if len(short) <= NAME_LENGTH else "")),)


def _half(follow_up: FollowUp, chat: Chat) -> tuple[Asked, ...]:
    """``税收呢?`` in the place of what the last question asked for or was about."""
    if follow_up.read.asked and follow_up.kind == "correction":
        return _about_the_last(follow_up.topic, follow_up.topic, chat)
    if not follow_up.read.terms and not follow_up.read.quantities:
        return ()
    before = Parts.of(chat.asked(-1).understood, chat.lexicon)
    return (in_place_of(before, Parts.of(follow_up.topic, chat.lexicon)),)


def _named(question: str, follow_up: FollowUp, chat: Chat) -> tuple[Asked, ...]:
    """``面积?`` is half a question; more words may be one for themselves, and without a question mark they are."""
    if len(follow_up.read.terms) + len(follow_up.read.quantities) < FEW_WORDS:
        return _half(follow_up, chat)
    return (*_half(follow_up, chat), Asked(question)) if question.rstrip().endswith(("?", "\uff1f")) else ()


def _pointed(follow_up: FollowUp, chat: Chat) -> tuple[Asked, ...]:
    """The question with what its first pointing word points at in its place."""
    for word in pointing(follow_up.topic, chat.lexicon):
        name = referent(word, chat.newest_first(), chat.recall, chat.lexicon)
        if name:
            return _carrying(follow_up.topic, name, _substituted(follow_up, word, name))
    return ()


def _opened(question: str, follow_up: FollowUp, chat: Chat) -> tuple[Asked, ...]:
    """``那什么时候竣工?`` and ``什么时候竣工?`` have no subject of their own."""
    lacks = (follow_up.opened or _only_asks(follow_up)) and _lacks_subject(follow_up, chat)
    return _about_the_last(question, follow_up.topic, chat) if lacks else ()


def _about_the_last(question: str, topic: str, chat: Chat) -> tuple[Asked, ...]:
    name = referent(Pointing("thing", 0, 0), chat.newest_first(), chat.recall, chat.lexicon)
    if not name or not topic:
        return ()
    standalone = f"{name}{topic}?" if _HAN.search(topic) else f"{topic}, {name}?"
    return _carrying(question, name, standalone)


def _carrying(question: str, name: str, standalone: str) -> tuple[Asked, ...]:
    """The question in the context of a name, which tells less than its own words.

    A phase, a year or a headline in the name must hold.
    """
    if quantities(name) or name.startswith("《"):
        return (whole(standalone),)
    return (Asked(question, name, standalone), whole(standalone))


def _substituted(follow_up: FollowUp, word: Pointing, name: str) -> str:
    topic, folded = follow_up.topic, fold(follow_up.topic)
    span = folded.original(word.start, word.end + len(word.noun))
    owned = folded.text[word.start : word.end]
    if owned == "其":
        name = f"{name}的"
    elif owned in ("its", "their", "his", "her"):
        name = f"{name}'s"
    ending = "" if follow_up.read.asked else wording()["asking"]["fact"]
    return f"{topic[: span.start]}{name}{topic[span.end :]}{ending}?"
