"""What was meant by what was typed: pinyin and slips read as the words that stand in the documents.

Knows nothing of searching or answering; the steps are in the modules it calls.
"""

import re

from index.lexicon import Lexicon
from index.text import HAN
from index.vocabulary import Vocabulary
from rag.english_spelling import spelt_in_english
from rag.pinyin import from_pinyin
from rag.spelling import spelt

_HAN = re.compile(f"[{HAN}]")


def meant(question: str, lexicon: Lexicon, vocabulary: Vocabulary) -> str:
    """The question as it is read; as it was typed, where there is nothing to put right.

    :param vocabulary: the words of the documents that are asked.
    """
    chinese = from_pinyin(question, lexicon, vocabulary)
    if _HAN.search(chinese):
        return spelt(chinese, lexicon, vocabulary)
    return spelt_in_english(chinese, lexicon, vocabulary)
