"""How surely a text denies."""

import pytest

from rag.denial import denies, may_deny, surely_denies


@pytest.mark.parametrize(
    ("text", "surely", "likely", "perhaps"),
    [
        ("桥上不得停车", True, True, True),
        ("工程尚未完工", True, True, True),
        ("没有人行道", True, True, True),
        ("收费暂停", False, True, False),
        ("免去管理费", False, True, False),
        ("引进不少企业", False, False, True),
        ("未来三年完工", False, False, True),
        ("无线网络", False, False, True),
        ("非机动车道", False, False, True),
        ("有没有人行道", True, True, False),
        ("桥上可以停车", False, False, False),
    ],
)
def test_how_surely(text: str, surely: bool, likely: bool, perhaps: bool) -> None:
    assert (surely_denies(text), denies(text), may_deny(text)) == (surely, likely, perhaps)
