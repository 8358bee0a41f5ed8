"""A saved answer or chat as a file to take away: Markdown, DOCX, JSON. Knows nothing of where it was saved.

::

    SavedChat -> Paper (lines, and the footnotes that they rest on) -> Markdown | DOCX | JSON
"""
