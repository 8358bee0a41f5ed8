"""What happens on a click in the index drawer: calls the chatbot, hands back what to show. Knows nothing of Gradio.

Whatever goes wrong is shown to the person and written to the log, and the page goes on working.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from rag.chatbot import Chatbot
from rag.errors import BuildCancelled
from rag.versions import Progress, Rebuilt
from ui import difference, glance, rebuild, render, stale
from ui.handlers import told
from ui.messages import Language, say
from ui.rebuilding import Rebuilding, Underway
from ui.session import Session


@dataclass(frozen=True, slots=True)
class IndexView:
    """What is indexed: the version that answers, and all versions."""

    glance: str
    versions: str


@dataclass(frozen=True, slots=True)
class RebuildView:
    """A rebuild as it is now, and the difference that it made. ``busy``: more is coming."""

    html: str
    difference: str = ""
    busy: bool = False


class IndexHandlers:
    """The callbacks of the index drawer, over one chatbot shared by all sessions."""

    def __init__(self, chatbot: Chatbot) -> None:
        self.chatbot = chatbot
        self._rebuilding: Rebuilding[Rebuilt | Exception] = Rebuilding(self._rebuild)

    @property
    def busy(self) -> bool:
        """Whether a rebuild is under way."""
        return self._rebuilding.running

    def show(self, *, language: Language) -> IndexView:
        """What is indexed."""
        try:
            versions = self.chatbot.versions.all()
        except Exception as error:  # noqa: BLE001 - the person must be told, whatever it is
            return IndexView(render.notice_html(told(error, language)), "")
        shown = glance.glance_html(versions, language=language)
        return IndexView(shown, glance.versions_html(versions, language=language))

    def rebuild(self, *, language: Language) -> Iterator[RebuildView]:
        """Rebuilds beside the questions; while one is under way, in whatever page it was started, shows that one."""
        return self._shown(self._rebuilding.start(), language)

    def watch(self, *, language: Language) -> Iterator[RebuildView]:
        """The rebuild under way, if there is one."""
        return self._shown(self._rebuilding.watch(), language)

    def stop(self) -> None:
        """Stops the rebuild under way, if there is one, before its next step."""
        self._rebuilding.stop()

    def compare(self, version: str, *, language: Language) -> str:
        """What differs between a version and the one that answers, from the older to the newer."""
        try:
            versions = self.chatbot.versions.all()
            names = [one.name for one in versions]
            current = next((one.name for one in versions if one.current), version)
            if version not in names:
                return render.notice_html(say("version.gone", language))
            old, new = sorted((version, current), key=names.index, reverse=True)
            return self._difference(old, new, language)
        except Exception as error:  # noqa: BLE001 - as above
            return render.notice_html(told(error, language))

    def answer_from(self, version: str, *, language: Language) -> str:
        """Goes back, or forth, to a version; what came of it."""
        try:
            self.chatbot.versions.answer_from(version)
        except Exception as error:  # noqa: BLE001 - as above
            return rebuild.failure_html(told(error, language), language=language, key="version.not_used")
        return rebuild.done_html(say("version.used", language, version=version))

    def marks(self, session: Session, key: str, *, language: Language) -> str:
        """What became of the citations of this chat's answers."""
        done = [(turn, turn.answer) for turn in session.turns if turn.done and turn.answer is not None]
        try:
            found = [(turn, self.chatbot.stale(answer)) for turn, answer in done]
        except Exception as error:  # noqa: BLE001 - as above; the answers stand as they were given
            told(error)
            found = []
        return stale.marks_html(found, key=key, language=language)

    def _rebuild(self, progress: Progress, cancelled: Callable[[], bool]) -> Rebuilt | Exception:
        try:
            return self.chatbot.rebuild(progress, cancelled=cancelled)
        except Exception as error:  # noqa: BLE001 - as above; told where it is shown
            return error

    def _shown(self, watched: Iterator[Underway | Rebuilt | Exception], language: Language) -> Iterator[RebuildView]:
        for event in watched:
            if isinstance(event, Underway):
                yield RebuildView(rebuild.progress_html(event, language=language), busy=True)
            elif isinstance(event, BuildCancelled):
                yield RebuildView(rebuild.stopped_html(language=language))
            elif isinstance(event, Exception):
                yield RebuildView(rebuild.failure_html(told(event, language), language=language))
            else:
                yield RebuildView(rebuild.report_html(event, language=language), self._made(event, language))

    def _made(self, report: Rebuilt, language: Language) -> str:
        """The difference that a rebuild made; nothing where there was nothing to differ from, or no difference."""
        if report.previous in ("", report.version):
            return ""
        try:
            return self._difference(report.previous, report.version, language)
        except Exception as error:  # noqa: BLE001 - as above
            return render.notice_html(told(error, language))

    def _difference(self, old: str, new: str, language: Language) -> str:
        found = self.chatbot.versions.difference(old, new, most=difference.MOST_SHOWN)
        return difference.difference_html(found, language=language)
