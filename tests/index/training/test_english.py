"""English forms find their word, and only words that exist are named as one."""

import pytest

from index.training.english import bases, forms, said_forms


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("job", {"jobs"}),
        ("study", {"studies", "studied", "studying"}),
        ("plan", {"plans", "planned", "planning"}),
        ("create", {"creates", "created", "creating"}),
        ("tax", {"taxes", "taxed", "taxing"}),
        ("organize", {"organise", "organised", "organizes"}),
    ],
)
def test_the_forms_of_a_word(word: str, expected: set[str]) -> None:
    assert expected <= set(forms(word))


@pytest.mark.parametrize(
    ("word", "verb", "expected"),
    [
        ("subsidy", False, ["subsidies"]),
        ("build", True, ["builds", "builded", "building"]),
        ("realize", True, ["realise", "realizes", "realises", "realized", "realised", "realizing", "realising"]),
        ("church", False, ["churches"]),
        ("agree", True, ["agrees", "agreed", "agreeing"]),
    ],
)
def test_the_forms_worth_a_place(word: str, verb: bool, expected: list[str]) -> None:
    assert list(said_forms(word, verb=verb)) == expected


def test_a_form_belongs_to_its_word_only_when_both_are_there() -> None:
    assert bases(["job", "jobs", "bus", "plans"]) == {"jobs": "job"}


def test_a_form_of_a_form_belongs_to_the_word() -> None:
    assert bases(["organizes", "organise", "organize", "organises"]) == {
        "organise": "organize",
        "organizes": "organize",
        "organises": "organize",
    }
