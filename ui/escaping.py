"""Makes text safe to stand in a page. Pure, and knows nothing of what the text is."""

from html import escape as attribute

__all__ = ["attribute", "escape"]

# They turn the order of what follows them: 12 would be read as 21, and a file's name end in what it does not end in.
_TURNING = dict.fromkeys((0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A)), "\ufffd")


def escape(text: str) -> str:
    """Text that is read by a person: nothing of it is markup, and what would turn its order is shown as ``\\ufffd``.

    What only scripts read, such as the name of a document in a ``data-`` attribute, goes through :func:`attribute`.
    """
    return attribute(text.translate(_TURNING))
