"""What stands behind an answer of the real page, against the files themselves."""

from datetime import UTC, datetime
from hashlib import sha256

from rag.chatbot import Chatbot
from tests.rag.conftest import CORPUS


def test_an_answer_tells_its_models_its_time_and_the_digest_of_its_files(page: Chatbot) -> None:
    before = datetime.now(UTC).replace(microsecond=0)
    answer = page.answer("盘活的闲置土地有多少亩?")
    made = answer.provenance
    assert before <= datetime.fromisoformat(made.answered) <= datetime.now(UTC)
    assert made.embedding_model == page.encoder.name and made.language_model == ""
    cited = {citation.paragraph.document for citation in answer.citations}
    assert cited == {file.document for file in made.files}
    for document in cited:
        assert made.sha256(document) == sha256((CORPUS / document).read_bytes()).hexdigest()


def test_the_nearest_passage_of_a_refusal_has_its_file(page: Chatbot) -> None:
    answers = [page.answer(question) for question in ("产业园的绿化率是多少?", "市委书记是谁?")]
    near = [answer for answer in answers if answer.refusal and answer.refusal.nearest]
    assert near
    for answer in near:
        assert answer.refusal is not None and answer.refusal.nearest is not None
        assert answer.provenance.sha256(answer.refusal.nearest.paragraph.document)
