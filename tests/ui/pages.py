"""Reads HTML back the way a browser would, as an oracle for what the page really contains."""

from html.parser import HTMLParser

VOID = {"br", "img", "input", "hr", "meta", "link"}


class Page(HTMLParser):
    """The elements and the text of a piece of HTML; fails on markup that does not nest."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[tuple[str, dict[str, str | None]]] = []
        self.pieces: list[tuple[str, tuple[str, ...]]] = []
        self.feed(html)
        self.close()
        assert not self.open, f"left open: {self.open}"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open and self.open[-1][0] == tag, f"</{tag}> closes {self.open[-1:]}"
        self.open.pop()

    def handle_data(self, data: str) -> None:
        classes = tuple(name for _, attributes in self.open for name in (attributes.get("class") or "").split())
        self.pieces.append((data, classes))

    def handle_comment(self, data: str) -> None:
        raise AssertionError(f"a comment: {data}")

    def handle_decl(self, decl: str) -> None:
        raise AssertionError(f"a declaration: {decl}")

    def unknown_decl(self, data: str) -> None:
        raise AssertionError(f"a declaration: {data}")

    def text(self, name: str = "") -> str:
        """All text, or that inside elements of the class ``name``."""
        return "".join(data for data, classes in self.pieces if not name or name in classes)

    def having(self, attribute: str) -> list[dict[str, str | None]]:
        """The attributes of the elements that have ``attribute``."""
        return [attributes for _, attributes in self.tags if attribute in attributes]


HOSTILE = [
    "<script>alert(1)</script>",
    '<img src="http://evil.example/x.png" onerror="alert(1)">',
    "[点这里](javascript:alert(1))",
    "![图](http://evil.example/x.png)",
    "]]><!-- <![CDATA[",
    "$\\latex$ ${value} {{value}} {number} %s",
    "**粗** _斜_ `码` # 题",
    '" onmouseover="alert(1)" x="',
    "' autofocus onfocus=alert(1) '",
    "</blockquote></article><h1>",
    "&lt;b&gt; &amp; &#x3c;",
    "很" * 5000,
    "\x00\u202e\u2028\u2029\ufeff",
]
TAGS = {
    "article",
    "h1",
    "section",
    "h2",
    "h3",
    "span",
    "div",
    "p",
    "figure",
    "blockquote",
    "figcaption",
    "button",
    "strong",
    "ul",
    "li",
    "details",
    "summary",
    "form",
    "textarea",
}
ATTRIBUTES = {"class", "lang", "title", "type", "role", "aria-label", "aria-busy"}
ATTRIBUTES |= {"data-turn", "data-version", "data-cite", "data-copy", "data-copied", "data-ask"}
ATTRIBUTES |= {"data-why", "data-language", "data-why-again", "aria-live"}
ATTRIBUTES |= {"data-thumb", "data-of", "data-export", "data-from", "aria-pressed", "aria-hidden"}
ATTRIBUTES |= {"data-note", "data-retry", "data-edit", "data-cancel", "hidden", "rows", "id", "aria-labelledby"}


def checked(html: str) -> Page:
    page = Page(html)
    assert {tag for tag, _ in page.tags} <= TAGS
    assert {name for _, attributes in page.tags for name in attributes} <= ATTRIBUTES
    return page
