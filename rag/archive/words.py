"""Text as the archive searches it: any part of it is found, from two characters up. Knows nothing of tables.

SQLite's own tokenizers find Chinese from three characters up at best, and most Chinese words have two. So what is
indexed are pairs of characters, and what is searched for is a phrase of such pairs.
"""

from index.text import simplify


def folded(*texts: str) -> str:
    """One width, one script, one case, no white space within; each text on a line of its own."""
    return "\n".join("".join(simplify(text).casefold().split()) for text in texts if text)


def grams(text: str) -> str:
    """The pairs of a folded text, in order: ``"水渠12"`` gives ``水渠 渠1 12``; signs are not indexed."""
    said = "".join(character for character in text if character.isalnum())
    return " ".join(said[at : at + 2] for at in range(len(said) - 1))


def phrase(text: str) -> str:
    """The folded words as an FTS5 query for their pairs, nothing where they have none."""
    pairs = grams(text)
    return f'"{pairs}"' if pairs else ""
