"""Turns a rebuild under way, its result or its failure into HTML. Pure, and knows nothing of how an index is built."""

from html import escape
from typing import Protocol

from ui.messages import Language, in_language, say


class Report(Protocol):
    """What a finished rebuild tells."""

    @property
    def version(self) -> str: ...
    @property
    def added(self) -> int: ...
    @property
    def changed(self) -> int: ...
    @property
    def removed(self) -> int: ...
    @property
    def unchanged(self) -> int: ...
    @property
    def problems(self) -> tuple[str, ...]: ...
    @property
    def seconds(self) -> float: ...


def progress_html(fraction: float, step: str, *, language: Language) -> str:
    """A progress bar, what is being done, and that questions go on being answered."""
    percent = round(100 * min(max(fraction, 0.0), 1.0))
    label = escape(say("page.rebuilding", language))
    return (
        f'<div class="wj-rebuild wj-running"><div class="wj-bar" role="progressbar" aria-label="{label}" '
        f'aria-valuemin="0" aria-valuemax="100" aria-valuenow="{percent}"><span style="width:{percent}%"></span></div>'
        f'<p class="wj-rebuild-step"><b>{percent}%</b> {escape(str(in_language(step, language)))}</p>'
        f'<p class="wj-rebuild-note">{escape(say("rebuild.meanwhile", language))}</p></div>'
    )


def report_html(report: Report, *, language: Language) -> str:
    """What a finished rebuild changed, and the files it had problems with."""
    moved = report.added or report.changed or report.removed
    title = escape(say("rebuild.done" if moved else "rebuild.same", language))
    counts = say(
        "rebuild.counts",
        language,
        added=report.added,
        changed=report.changed,
        removed=report.removed,
        unchanged=report.unchanged,
    )
    took = escape(say("rebuild.took", language, seconds=report.seconds, version=report.version))
    problems = ""
    if report.problems:
        listed = "".join(f"<li>{escape(str(in_language(problem, language)))}</li>" for problem in report.problems)
        count = escape(say("rebuild.problems", language, count=len(report.problems)))
        problems = f'<details class="wj-problems" open><summary>{count}</summary><ul>{listed}</ul></details>'
    told = f'<p class="wj-kind">{title}</p><p>{escape(counts)}</p><p class="wj-rebuild-note">{took}</p>{problems}'
    return _box("done", told, language)


def failure_html(message: str, *, language: Language) -> str:
    """Why a rebuild did not happen, and that nothing was lost."""
    kind = f'<p class="wj-kind">{escape(say("rebuild.failed", language))}</p>'
    return _box("failed", f'{kind}<p role="alert">{escape(message)}</p>', language)


def busy_html(*, language: Language) -> str:
    """Another rebuild is running."""
    return _box("failed", f'<p role="alert">{escape(say("rebuild.busy", language))}</p>', language)


def _box(state: str, inner: str, language: Language) -> str:
    label = escape(say("page.close", language))
    close = f'<button type="button" class="wj-close" data-close aria-label="{label}">×</button>'
    return f'<div class="wj-rebuild wj-{state}" role="status">{close}{inner}</div>'
