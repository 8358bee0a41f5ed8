"""Saved conversations and what people thought of the answers. Knows nothing of how answers are found or shown.

::

    Database (one SQLite file) -> Chats (of one owner) -> Chat, its turns -> Answer, as it was given
                               -> Judgements (of everybody) -> evaluation questions
"""
