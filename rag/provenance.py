"""What an answer was made with: the models, the time, the cited files. Knows nothing of how it came about."""

from datetime import UTC, datetime

from index.store import ParagraphIndex
from rag.answer import Answer, Provenance


def provenance(answer: Answer, index: ParagraphIndex, *, language_model: str) -> Provenance:
    """What stands behind the answer as far as it has come.

    :param index: the one that it was found in.
    :param language_model: the one that words answers, where there is one.
    """
    cited = [citation.paragraph.document for citation in answer.citations]
    if answer.refusal is not None and answer.refusal.nearest is not None:
        cited.append(answer.refusal.nearest.paragraph.document)
    return Provenance(
        answered=datetime.now(UTC).isoformat(timespec="seconds"),
        embedding_model=index.manifest.model.name,
        language_model=language_model if answer.origin == "generative" else "",
        files=tuple(index.file(document) for document in dict.fromkeys(cited)),
    )
