"""Whether a text denies what it speaks of: surely, likely, or perhaps. Knows nothing of questions or documents.

不得停车 surely denies; 取消收费 likely does; 不少企业 only looks like it. Reads folded text.
"""

import re

_SURELY = re.compile("不(?:得|能|准|可|会|再|是|予|许)|没有|未(?!来)|禁止|严禁|无(?!人机|线)")
_LIKELY = re.compile("不(?!断|仅|但|同|少|限于)|未(?!来)|没|无(?!论|线|人)|并非|禁止|严禁|拒绝|取消|停止|暂停|免(?!疫)")
_PERHAPS = re.compile("[不没未无非禁]")
# What asks by a denial and denies nothing: 有没有.
_CHOICE = re.compile("有没有|是不是|能不能|会不会|可不可以|要不要|对不对|是否")


def surely_denies(text: str) -> bool:
    """Whether a clause says no: what it speaks of is not so, or may not be."""
    return bool(_SURELY.search(text))


def denies(text: str) -> bool:
    """Whether a clause most likely says no, or that something ends."""
    return bool(_LIKELY.search(text))


def may_deny(text: str) -> bool:
    """Whether anything in a text could be a denial; a choice that it leaves is none."""
    return bool(_PERHAPS.search(_CHOICE.sub("", text)))
