"""Turns the versions of the index into HTML: the one that answers at a glance, and the list. Pure; knows no Gradio."""

from collections.abc import Sequence

from rag.versions import Version
from ui.escaping import escape
from ui.messages import Language, say
from ui.rebuild import problems_html

MOST_DOCUMENTS = 200  # names of documents listed; the others are counted
_UNITS = ("B", "kB", "MB", "GB", "TB")


def glance_html(versions: Sequence[Version], *, language: Language) -> str:
    """What is being answered from."""
    current = next((version for version in versions if version.current), None)
    if current is None:
        return f'<p class="wj-glance-none">{escape(say("index.none", language))}</p>'
    if not current.built:
        return _fault(current, language)
    facts = (
        ("index.documents", str(len(current.documents))),
        ("index.articles", str(current.articles)),
        ("index.paragraphs", str(current.paragraphs)),
        ("index.size", size_text(current.size)),
    )
    figures = "".join(
        f"<div><dt>{escape(say(key, language))}</dt><dd>{escape(value)}</dd></div>" for key, value in facts
    )
    details = (
        ("index.version", escape(current.name)),
        ("index.built", time_html(current.built)),
        ("index.model", escape(current.model)),
    )
    lines = "".join(f"<div><dt>{escape(say(key, language))}</dt><dd>{value}</dd></div>" for key, value in details)
    problems = tuple(f"{problem.path}: {problem.reason}" for problem in current.problems)
    read = problems_html(problems, language=language) or f"<p>{escape(say('index.no_problems', language))}</p>"
    return (
        f'<dl class="wj-figures">{figures}</dl><dl class="wj-details">{lines}</dl>'
        f'<div class="wj-read">{read}{_documents(current.documents, language)}</div>{_fault(current, language)}'
    )


def versions_html(versions: Sequence[Version], *, language: Language) -> str:
    """Every version, with what can be done with it."""
    if not versions:
        return ""
    title = escape(say("version.title", language))
    listed = "".join(_version(version, language) for version in versions)
    return f'<section aria-label="{title}"><h3>{title}</h3><ol class="wj-versions">{listed}</ol></section>'


def size_text(size: int) -> str:
    """Bytes as a person reads them: ``1234567 -> "1.2 MB"``."""
    amount, unit = float(size), 0
    while amount >= 999.5 and unit < len(_UNITS) - 1:
        amount, unit = amount / 1000, unit + 1
    return f"{amount:.1f} {_UNITS[unit]}" if unit and amount < 99.95 else f"{amount:.0f} {_UNITS[unit]}"


def time_html(built: str) -> str:
    """A moment in UTC; the page's script tells it in the reader's own time."""
    return f'<time datetime="{escape(built)}">{escape(built[:16].replace("T", " "))} UTC</time>'


def _documents(documents: Sequence[str], language: Language) -> str:
    names = "".join(f"<li>{escape(name)}</li>" for name in documents[:MOST_DOCUMENTS])
    more = len(documents) - MOST_DOCUMENTS
    rest = f"<li>{escape(say('index.more_documents', language, count=more))}</li>" if more > 0 else ""
    title = escape(say("index.listed", language))
    return f'<details class="wj-files"><summary>{title}</summary><ul>{names}{rest}</ul></details>'


def _version(version: Version, language: Language) -> str:
    badge = f'<span class="wj-badge">{escape(say("version.current", language))}</span>' if version.current else ""
    when = time_html(version.built) if version.built else ""
    head = f'<p class="wj-version-head"><b>{escape(version.name)}</b> {badge}</p>'
    counts = ""
    if version.built:
        told = say(
            "version.counts",
            language,
            documents=len(version.documents),
            articles=version.articles,
            paragraphs=version.paragraphs,
            size=size_text(version.size),
        )
        counts = f'<p class="wj-version-facts">{when} · {escape(told)} · {escape(version.model)}</p>'
    actions = "" if version.current else _actions(version, language)
    state = ' class="wj-current" aria-current="true"' if version.current else ""
    return f"<li{state}>{head}{counts}{_fault(version, language)}{actions}</li>"


def _actions(version: Version, language: Language) -> str:
    """What can be done with a version that does not answer; a click on the first button of going back asks again."""
    name = escape(version.name)
    compare = ""
    if version.built:
        label = escape(say("version.compare_label", language, version=version.name))
        told = escape(say("version.compare", language))
        compare = f'<button type="button" data-compare="{name}" aria-label="{label}">{told}</button>'
    return f'<div class="wj-actions">{compare}{"" if version.fault else _confirm(version, language)}</div>'


def _confirm(version: Version, language: Language) -> str:
    name = escape(version.name)
    return (
        f'<details class="wj-confirm"><summary>{escape(say("version.use", language))}</summary>'
        f"<p>{escape(say('version.confirm', language, version=version.name))}</p>"
        f'<button type="button" class="wj-yes" data-use="{name}">{escape(say("version.yes", language))}</button> '
        f'<button type="button" data-keep>{escape(say("version.no", language))}</button></details>'
    )


def _fault(version: Version, language: Language) -> str:
    if not version.fault:
        return ""
    told = escape(say("version.fault", language))
    return f'<p class="wj-fault" role="note"><b>{told}</b> {escape(version.fault)}</p>'
