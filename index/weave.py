"""Gives every block to its article and joins the paragraphs that a column's end cut. Knows nothing of sections.

A headline waits for its body: the lines below it, or, when another article stands between, those below the next byline.
A cut paragraph waits for its rest: the next line of its article, or one further down behind another article's lines.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from index.block import Block, Repair, Role, join
from index.byline import is_closing_credit, is_credit, opens_article
from index.cut import Evidence, is_cut, words_of
from index.headline import crowns
from index.messages import say

REACH = 80  # lines further down within which the rest of a cut paragraph is looked for: about a page
DOUBT = -0.3  # less than this speaks for no line: the rest is not on the page
SPARED, NEEDED = 1.5, 1.5  # what it weighs that the headline above can, or cannot, do without the first line below it
_SHOWN = 12  # characters on either side of a cut that a repair shows


@dataclass(slots=True)
class Strand:
    """One article being gathered: its blocks in reading order, and whether its last paragraph waits for its rest."""

    headline: Block | None = None
    blocks: list[Block] = field(default_factory=list)
    closed: bool = False

    @property
    def has_body(self) -> bool:
        """Whether text stands below the headline already."""
        return any(block.role in ("body", "heading") for block in self.blocks)

    @property
    def waiting(self) -> Block | None:
        """The last paragraph, where it is cut."""
        last = self.blocks[-1] if self.blocks else None
        return last if last is not None and last.role == "body" and is_cut(last) else None


def weave(blocks: list[Block]) -> tuple[list[Strand], list[Repair]]:
    """The articles of the page, each with its blocks in reading order, and what was joined and given back."""
    loom = _Loom(blocks)
    for index in range(len(blocks)):
        loom.place(index)
    return loom.finish(), loom.repairs


class _Loom:
    """The state of one pass over the page, from its first line to its last."""

    def __init__(self, blocks: list[Block]) -> None:
        self.blocks = blocks
        self.strands: list[Strand] = [Strand()]
        self.current = self.strands[0]
        self.above: list[Block] = []  # labels and kickers that wait for their headline
        self.repairs: list[Repair] = []
        self.interrupted = False
        self.evidence = Evidence(blocks)
        self.rests: dict[int, Strand] = {}  # which later line was found to be the rest of an article's cut paragraph
        self.searched: set[int] = set()  # where the cut paragraphs begin whose rest was looked for

    def place(self, index: int) -> None:
        """Give the block to its article."""
        block = self.blocks[index]
        match block.role:
            case "label" | "kicker":
                self.above.append(block)
                self.interrupted = True
            case "headline":
                self._open(block)
            case "byline":
                self._byline(block, index)
            case "note":
                self.current.blocks.append(block)
                self.current.closed = self.current.has_body
            case "body":
                self._body(block, index)
            case _:
                self.current.blocks.append(block)

    def finish(self) -> list[Strand]:
        """The strands; one without any text gives its lines to the next, its headline as that one's or as a label."""
        self.current.blocks.extend(self.above)
        kept: list[Strand] = []
        carried: list[Block] = []
        for strand in self.strands:
            signed = any(
                block.role == "note" or (block.role == "byline" and not is_closing_credit(block.text))
                for block in strand.blocks
            )
            if strand.has_body or (signed and (strand.headline or strand is self.strands[-1])):
                self._crown(strand, carried)
                carried = []
                kept.append(strand)
            else:
                carried += strand.blocks
        if carried and kept:
            kept[-1].blocks.extend(_turned(carried, "headline", "label"))
        elif carried:
            kept.append(Strand(None, _turned(_turned(carried, "headline", "body"), "label", "body")))
        return kept

    def _crown(self, strand: Strand, carried: list[Block]) -> None:
        """Put lines without text above an article: a headline directly above its own one, as prominent, is its one."""
        blocks = [*carried, *strand.blocks]
        top = blocks.index(strand.headline) if strand.headline else 0
        for index in reversed(range(top)):
            block = blocks[index]
            if block.role == "headline" and crowns(block, blocks[top], alone=self._alone(block, blocks[top])):
                blocks[top], top = replace(blocks[top], role="subtitle"), index
            elif block.role not in ("kicker", "subtitle"):
                break
        if strand.headline:
            strand.headline = blocks[top]
        strand.blocks = [*_turned(blocks[:top], "headline", "label"), *blocks[top:]]

    def _alone(self, above: Block, below: Block) -> bool:
        """Whether no other headline as prominent as ``below`` stands behind it before one as prominent as ``above``."""
        behind = (
            strand.headline.level
            for strand in self.strands
            if strand.headline and strand.headline.start > below.start and strand.headline.level <= below.level
        )
        return next(behind, above.level) <= above.level

    def _open(self, headline: Block) -> None:
        self.current = Strand(headline, [*self.above, headline])
        self.above = []
        self.strands.append(self.current)
        self.interrupted = True

    def _byline(self, block: Block, index: int) -> None:
        """A byline opens the nearest headline above without body; with none it closes the current article."""
        opening = index + 1 < len(self.blocks) and self.blocks[index + 1].role in ("body", "heading", "note")
        strand = self._pending() if opening else None
        closing = self.current.has_body and is_credit(block.text)
        if strand is None or (closing and strand is not self.current):
            self.current.blocks.append(block)
            self.current.closed = self.current.closed or self.current.has_body
        elif strand is not self.current:
            self._turn(strand, self.blocks[index + 1])
            strand.blocks.append(block)
        else:
            strand.blocks.append(block)
        self.interrupted = True

    def _body(self, block: Block, index: int) -> None:
        strand = self._continued(block, index)
        if strand is not None:
            self._join(strand, block)
            return
        if self.current.closed and (pending := self._pending()) is not None:
            self._turn(pending, block)
        self.current.blocks.append(block)
        self.interrupted = False

    def _turn(self, strand: Strand, block: Block) -> None:
        title = strand.headline.title if strand.headline else ""
        self.repairs.append(
            Repair("opened", say("layout.opened", headline=title, text=block.text[:_SHOWN]), block.spans)
        )
        self.current = strand

    def _join(self, strand: Strand, block: Block) -> None:
        left = strand.blocks.pop()
        across = strand is not self.current or self.interrupted
        shown = {"left": left.text[-_SHOWN:], "right": block.text[:_SHOWN]}
        kind = "across" if across else "join"
        detail = say("layout.across", **shown) if across else say("layout.join", **shown)
        self.repairs.append(Repair(kind, detail, (*left.spans, *block.spans)))
        strand.blocks.append(join(left, block))
        self.current = strand
        self.interrupted = False

    def _pending(self) -> Strand | None:
        """The nearest headline above that has no text yet."""
        return next((strand for strand in reversed(self.strands) if strand.headline and not strand.has_body), None)

    def _continued(self, block: Block, index: int) -> Strand | None:
        """The article whose cut paragraph goes on with this block, if any."""
        if index in self.rests:
            return self.rests.pop(index)
        last = self.current.blocks[-1] if self.current.blocks else None
        if last is not None and last.role == "body" and not self.interrupted:
            return self.current if self.evidence.follows(last, block) else None
        for strand in reversed(self.strands):
            left = strand.waiting
            if left is not None and left.start not in self.searched:
                self.searched.add(left.start)
                rest = self._rest_of(strand, index)
                if rest == index:
                    return strand
                if rest > index:
                    self.rests[rest] = strand
        return None

    def _rest_of(self, strand: Strand, index: int) -> int:
        """Which of the lines from ``index`` on is the rest of the article's cut paragraph; -1 when none is."""
        left = strand.blocks[-1]
        words = set().union(*(words_of(block.text) for block in strand.blocks))
        free = self._free(index)
        best, most = -1, DOUBT
        for position, around in self._candidates(index):
            right = self.blocks[position]
            weight = self.evidence.weight(left, right, left_words=words, right_words=around)
            if position == index:
                weight += SPARED if free else -NEEDED
            if weight > most:
                best, most = position, weight
        return best

    def _candidates(self, index: int) -> Iterator[tuple[int, set[str]]]:
        """The lines from ``index`` on that may be the rest of a paragraph further up, each with the words around it.

        Not the line that opens a body, unless it is the first, and not one that goes on with the line above it.
        """
        around: set[str] = set()
        for position in range(index, min(index + REACH, len(self.blocks))):
            block, above = self.blocks[position], self.blocks[position - 1]
            if block.role == "headline":
                around = set()
            if block.role != "body":
                continue
            inside = above.role == "body" and not is_cut(above)
            if (inside or position == index) and not opens_article(block):
                yield position, around
            around |= words_of(block.text)

    def _free(self, index: int) -> bool:
        """Whether the current headline can spare this line: every headline that waits has a byline to come."""
        if self.current.has_body:
            return not any(block.role == "byline" for block in self.current.blocks[-1:])
        if any(block.role == "byline" for block in self.current.blocks):
            return False
        pending = sum(1 for strand in self.strands if strand.headline and not strand.has_body)
        coming = 0
        for block in self.blocks[index + 1 :]:
            if block.role == "headline":
                break
            coming += block.role == "byline" and not is_credit(block.text)
        return coming >= pending


def _turned(blocks: list[Block], role: Role, into: Role) -> list[Block]:
    """The blocks, with another role for those of one role."""
    return [replace(block, role=into) if block.role == role else block for block in blocks]
