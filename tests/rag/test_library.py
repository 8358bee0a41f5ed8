"""Browsing a real index: contents, pages of any size, words in any script, links that outlive a rebuild."""

from pathlib import Path

import pytest

from rag.chatbot import Chatbot
from rag.errors import QueryError, SnapshotMissing
from rag.library import MOST_LISTED, MOST_MATCHES, PAGE, Library, fingerprint
from rag.settings import Settings
from tests.rag.conftest import chatbot_over

CANAL = (
    "# 东河水渠扩建\n\n东河水渠总投资3亿元,灌溉农田2万亩。\n\n施工队连夜清淤。\n\n# 水库除险\n\n水库大坝加固完成。\n"
)
BRIDGE = "# 青石大桥开工\n\n青石大桥全长1280米,ＧＤＰ和乡镇发展都要靠它。\n"


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    many = "\n\n".join(f"# 第{number}号通知\n\n第{number}号通知要求加强巡查。" for number in range(MOST_LISTED + 50))
    long = "# 长文\n\n" + "\n\n".join(f"这是长文的第{number}段,讲的是水。" for number in range(3000))
    one_line = "# 一行\n\n" + "没有换行的长句子" * 9000
    files = {"a.txt": CANAL, "b.txt": BRIDGE, "many.txt": many, "long.txt": long, "one.txt": one_line}
    return chatbot_over(tmp_path_factory.mktemp("library"), files).library()


def test_documents_are_listed_and_narrowed_down(library: Library) -> None:
    assert library.documents().paths == ("a.txt", "b.txt", "long.txt", "many.txt", "one.txt")
    assert library.documents(" LONG ").paths == ("long.txt",)
    assert library.documents("nothing").total == 0


def test_contents_lead_through_a_document_and_on_to_the_next(library: Library) -> None:
    first = library.contents(library.first("a.txt"))
    assert [one.title for one in first.articles] == ["东河水渠扩建", "水库除险"]
    assert first.before is None and first.behind == first.articles[1]
    assert first.behind is not None
    last = library.contents(library.article(first.behind.id)[0])
    assert last.before == first.articles[0] and last.behind is not None and last.behind.title == "青石大桥开工"
    back = library.contents(library.first("b.txt"))
    assert back.before is not None and back.before.title == "水库除险"


def test_of_many_articles_those_around_are_listed(library: Library) -> None:
    middle = library.find("many.txt", "第120号通知要求").matches[0].paragraph
    contents = library.contents(middle)
    assert contents.total == MOST_LISTED + 50 and len(contents.articles) == MOST_LISTED
    assert contents.current.title == "第120号通知" and contents.current in contents.articles


def test_the_label_of_the_column_is_told(page: Chatbot) -> None:
    library = page.library()
    contents = library.contents(library.first(library.documents().paths[0]))
    labels = [library.contents(library.article(one.id)[0]).label for one in contents.articles]
    assert labels[0] == "" and labels[1] == "一季度开门红"


def test_a_page_holds_what_it_is_asked_for_in_whole_lines(library: Library, tmp_path: Path) -> None:
    text = library.page("long.txt").text
    assert text.startswith("# 长文\n") and len(text) <= PAGE
    seen, at = "", 0
    while True:
        page = library.page("long.txt", at + PAGE // 3)
        assert page.start == at and (page.text.endswith("\n") or page.end == page.length)
        assert page.line == seen.count("\n") + 1
        seen, at = seen + page.text, page.end
        if page.end == page.length:
            break
    assert len(seen) == page.length and seen.endswith("第2999段,讲的是水。")
    before = library.page("long.txt", at - 2 * PAGE // 3)
    assert before.end == at


def test_a_line_longer_than_a_page_is_shown_in_parts(library: Library) -> None:
    page = library.page("one.txt", 40_000)
    assert page.start <= 40_000 < page.end and len(page.text) <= PAGE + 1 and not page.begins_line
    assert page.line == 3


def test_a_page_tells_what_its_stretches_became(library: Library) -> None:
    page = library.page("a.txt")
    told = [(one.role, page.at((one.span,)), one.paragraph.article) for one in page.places]
    assert ("headline", "# 东河水渠扩建", "东河水渠扩建") in told
    assert ("body", "水库大坝加固完成。", "水库除险") in told
    for one in page.places:
        if one.role == "body":
            assert page.at(one.paragraph.spans) == one.paragraph.text


def test_words_are_found_in_any_width_case_and_script(library: Library) -> None:
    for words in ("gdp", "ＧＤＰ", "鄉鎮", "乡镇"):
        (match,) = library.find("b.txt", words).matches
        assert match.words in ("ＧＤＰ", "乡镇"), words
    assert not library.find("b.txt", "水库").matches and not library.find("b.txt", " ").matches


def test_all_places_are_found_in_order_and_bounded(library: Library) -> None:
    found = library.find("long.txt", "长文的")
    assert len(found.matches) == MOST_MATCHES and found.more
    assert [one.paragraph.id for one in found.matches[:2]] == [
        one.id for one in library.article(library.first("long.txt").id)[:2]
    ]
    assert [(one.start, one.end, one.part) for one in library.find("a.txt", "水").matches] == [
        (2, 3, "headline"),
        (2, 3, ""),
        (0, 1, "headline"),
        (0, 1, ""),
    ]


def test_a_link_opens_its_paragraph_and_tells_when_that_has_changed(library: Library) -> None:
    first = library.first("a.txt")
    assert library.open(first.id, fingerprint(first.text)).exact
    assert not library.open(first.id).changed
    assert library.open(first.id, "00000000").changed


def test_a_link_to_a_paragraph_that_moved_leads_to_its_words_otherwise_to_the_next_of_kin(tmp_path: Path) -> None:
    chatbot = chatbot_over(tmp_path, {"a.txt": CANAL})
    second = chatbot.library().article(chatbot.library().first("a.txt").id)[1]
    (chatbot.settings.corpus_dir / "a.txt").write_text(
        CANAL.replace("东河水渠总投资3亿元,灌溉农田2万亩。\n\n", ""), encoding="utf-8"
    )
    chatbot.rebuild(lambda share, message: None)
    opened = chatbot.library().open(second.id, fingerprint(second.text))
    assert opened.paragraph.text == second.text and not opened.exact
    kin = chatbot.library().open(second.id, "00000000")
    assert kin.paragraph.article == second.article and not kin.exact


def test_what_is_not_there_is_told(library: Library, tmp_path: Path) -> None:
    for ask in (lambda: library.first("x.txt"), lambda: library.page("x.txt"), lambda: library.find("x.txt", "水")):
        with pytest.raises(QueryError, match=r"x\.txt"):
            ask()
    nothing = Chatbot.from_settings(Settings.load(index_dir=tmp_path / "index", corpus_dir=tmp_path))
    with pytest.raises(SnapshotMissing):
        nothing.library()
