"""Puts a new topic in the place of an old one: 税收 for 年产值 in ``产业园年产值多少?`` gives 产业园税收多少?

Figures take the place of figures of their kind, places that of places, things that of things; anything else is asked
for instead of what was asked for. Knows nothing of a chat.
"""

from index.paragraph import Span
from rag.answer import Asked
from rag.follow_up import FollowUp, pattern, wording
from rag.parts import Parts, Unit, is_name, is_person, is_place

_MARKS = "?.! "


def in_place_of(before: Parts, new: Parts) -> Asked:
    """The question that the earlier one becomes with the new topic."""
    rival = _rival(before, new)
    if rival is not None:
        return whole(_marked(before.with_(rival, new.text)))
    if new.units and all(unit.kind for unit in new.units):
        return whole(_placed(before, new))
    return _english_instead(before, new) if new.read.language == "en" == before.read.language else _instead(before, new)


def whole(standalone: str) -> Asked:
    """A question that says everything itself."""
    return Asked(standalone, standalone=standalone)


def asked_of(parts: Parts, follow_up: FollowUp, short: str = "") -> str:
    """``为什么?``, ``谁说的?`` and ``还有呢?`` of what an earlier question says, and of its short answer."""
    stem, typed, kind = parts.stem or parts.text, follow_up.topic, follow_up.read.type
    if parts.read.language == "en":
        return f"{parts.text.rstrip(_MARKS)}, {typed.rstrip(_MARKS).lower()}?"
    if follow_up.kind == "more":
        return str(wording()["asking"]["more"]).format(stem=stem)
    if kind == "reason":
        return f"为什么{stem}{short}?"
    if kind == "place" and parts.named and parts.named < len(parts.topic):
        stem = parts.cut(parts.topic[0].start, parts.topic[parts.named - 1].end)
    joint = "是" if kind in ("time", "person") and not typed.startswith("是") else ""
    return f"{stem}{joint}{typed}?"


def states_a_value(parts: Parts) -> bool:
    """Whether a question with its short answer behind it is a statement: 产业园年产值 and 22亿元."""
    return parts.read.type == "quantity" and bool(parts.units) and parts.asked_at >= parts.units[-1].end


def _rival(before: Parts, new: Parts) -> Span | None:
    """What of the earlier question the new topic is of a kind with."""
    if new.units and new.units[0].kind and len({unit.kind for unit in new.units}) == 1:
        same = [unit for unit in before.units if unit.kind == new.units[0].kind]
        return Span(same[-1].start, same[-1].end) if same else None
    if before.read.language == "en":
        return _english_rival(before, new)
    if new.units and is_place(new.units[-1].text):
        places = [unit for unit in before.units if is_place(unit.text)]
        return Span(places[0].start, places[-1].end) if places else _named(before)
    if is_person(new.units) or (new.units and is_name(new.units[-1])):
        return _named(before)
    if any(is_name(unit) for unit in new.units):  # 乙集团的经理 takes the place of 甲集团的经理
        return Span(before.topic[0].start, before.topic[-1].end) if before.topic else None
    return _shared(before, new) or (before.object if before.read.type in ("manner", "yes_no") else None)


def _english_rival(before: Parts, new: Parts) -> Span | None:
    """``the whole park`` stands in for the subject, ``phase two`` for a phase."""
    subject = before.subject
    place = is_place(new.read.folded) and pattern("parts", "a_place").search(before.read.folded)
    if place:
        return Span(*place.span())
    if pattern("parts", "english_change").search(before.read.folded):
        return subject
    first = new.units[0].text if new.units else ""
    if subject is not None and first:
        start = before.read.folded.find(first, subject.start, subject.end)
        if start >= 0:
            return Span(start, subject.end)
    return subject if new.read.folded.startswith(("the ", "this ", "that ")) else None


def _named(before: Parts) -> Span | None:
    topic, named = before.topic, before.named
    return Span(topic[0].start, topic[named - 1].end) if named else None


def _shared(before: Parts, new: Parts) -> Span | None:
    """From the word that both begin with to the end of what it belongs to: 村民医保 for 村民基础补贴."""
    if not new.units:
        return None
    for run in before.runs:
        for unit in run:
            if unit.text == new.units[0].text and not is_name(unit):
                return Span(unit.start, _attribute_end(run))
    return None


def _attribute_end(run: tuple[Unit, ...]) -> int:
    kept = [unit for unit in run if not pattern("parts", "changes").match(unit.text)]
    return (kept or list(run))[-1].end


def _placed(before: Parts, new: Parts) -> str:
    """A phase or a year that the earlier question does not name comes behind its subject."""
    subject = before.subject
    at = subject.end if subject is not None else 0
    return _marked(before.with_(Span(at, at), new.text))


def _instead(before: Parts, new: Parts) -> Asked:
    """The new topic asked for, of the same thing and in the same way."""
    kind = before.read.type
    if before.read.language == "en":
        about = before.subject
        return whole(f"{before.cut(about.start, about.end) if about else ''}{new.text}{wording()['asking'][kind]}?")
    named = _named(before) if _leaves_something(before) else None
    if named is None and kind in ("place", "title"):  # where a thing is says nothing of how its parts are asked for
        named, kind = _named(before), "fact"
    subject = before.cut(named.start, named.end) if named is not None else ""
    change = "".join(unit.text for unit in before.topic if pattern("parts", "changes").match(unit.text))
    asking = f"{new.text}{change}{wording()['asking'][kind]}?"
    if any(unit.kind for unit in before.topic):  # a phase or a year must hold of the answer
        return whole(f"{subject}{asking}")
    return Asked(asking, subject, f"{subject}{asking}")


def _leaves_something(before: Parts) -> bool:
    """Whether the earlier question asked for something beside what it was about."""
    return before.named < len(before.topic) or len(before.units) > len(before.topic) or not before.read.asked


def _english_instead(before: Parts, new: Parts) -> Asked:
    found = pattern("parts", "english_value").search(before.read.folded)
    if found:
        return whole(_marked(before.with_(Span(*found.span(1)), new.text)))
    subject = before.subject
    about = before.cut(subject.start, subject.end) if subject is not None else ""
    asking = wording()["asking_english"].get(before.read.type, "what about")
    asked = f"{asking} {new.text}{f' of {about}' if about else ''}?"
    return whole(asked[0].upper() + asked[1:])


def _marked(question: str) -> str:
    return question if question.endswith(("?", "\uff1f")) else f"{question}?"
