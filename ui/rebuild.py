"""Turns a rebuild under way, its result or its failure into HTML. Pure, and knows nothing of how an index is built."""

from rag.versions import Rebuilt
from ui.escaping import escape
from ui.messages import Language, in_language, say
from ui.rebuilding import Underway

MINUTE = 60


def progress_html(underway: Underway, *, language: Language) -> str:
    """A progress bar, what is being done, how long it will take, and that questions go on being answered."""
    percent = round(100 * min(max(underway.fraction, 0.0), 1.0))
    label = escape(say("rebuild.running", language))
    doing = in_language(underway.step, language) or say("rebuild.start", language)
    step = say("rebuild.stopping", language) if underway.stopping else doing
    left = "" if underway.stopping or underway.left is None else left_text(underway.left, language=language)
    return (
        f'<div class="wj-rebuild wj-running"><div class="wj-bar" role="progressbar" aria-label="{label}" '
        f'aria-valuemin="0" aria-valuemax="100" aria-valuenow="{percent}"><span style="width:{percent}%"></span></div>'
        f'<p class="wj-rebuild-step"><b>{percent}%</b> {escape(str(step))}</p>'
        f'<p class="wj-left">{escape(left)}</p>'
        f'<p class="wj-rebuild-note">{escape(say("rebuild.meanwhile", language))}</p></div>'
    )


def left_text(seconds: float, *, language: Language) -> str:
    """The time left as a person would say it: to five seconds, from a minute on in minutes."""
    if seconds < 1:
        return say("rebuild.left_little", language)
    rounded = 5 * -(-int(seconds) // 5) if seconds >= 10 else int(seconds)
    if rounded < MINUTE:
        return say("rebuild.left_seconds", language, seconds=rounded)
    return say("rebuild.left_minutes", language, minutes=round(seconds / MINUTE))


def report_html(report: Rebuilt, *, language: Language) -> str:
    """What a finished rebuild changed; the files it had problems with are told of the version that it made."""
    moved = report.added or report.changed or report.removed
    title = say("rebuild.done" if moved else "rebuild.same", language)
    counts = say(
        "rebuild.counts",
        language,
        added=report.added,
        changed=report.changed,
        removed=report.removed,
        unchanged=report.unchanged,
    )
    took = say("rebuild.took", language, seconds=report.seconds, version=report.version)
    told = f'<p class="wj-kind">{escape(title)}</p><p>{escape(counts)}</p><p class="wj-rebuild-note">{escape(took)}</p>'
    return _box("done", told)


def problems_html(problems: tuple[str, ...], *, language: Language) -> str:
    """The files that could not be read, a line each; nothing where all could be."""
    if not problems:
        return ""
    listed = "".join(f"<li>{escape(str(in_language(problem, language)))}</li>" for problem in problems)
    count = escape(say("rebuild.problems", language, count=len(problems)))
    return f'<details class="wj-problems" open><summary>{count}</summary><ul>{listed}</ul></details>'


def stopped_html(*, language: Language) -> str:
    """A rebuild was stopped, and nothing was lost."""
    return _box("stopped", f'<p class="wj-kind">{escape(say("rebuild.stopped", language))}</p>')


def failure_html(message: str, *, language: Language, key: str = "rebuild.failed") -> str:
    """Why something did not happen, and that nothing was lost."""
    kind = f'<p class="wj-kind">{escape(say(key, language))}</p>'
    return _box("failed", f'{kind}<p role="alert">{escape(message)}</p>')


def done_html(message: str) -> str:
    """Something was done."""
    return _box("done", f'<p class="wj-kind">{escape(message)}</p>')


def _box(state: str, inner: str) -> str:
    return f'<div class="wj-rebuild wj-{state}">{inner}</div>'
