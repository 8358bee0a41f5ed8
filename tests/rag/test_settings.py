"""Settings come from arguments over variables, and a bad one is named with its value."""

from pathlib import Path

import pytest
from pydantic import ValidationError

from rag.errors import SettingsError
from rag.settings import Settings


@pytest.fixture(autouse=True)
def in_an_empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Relative folders are looked for in one of the test's own."""
    monkeypatch.chdir(tmp_path)


def test_what_is_not_set_has_its_default() -> None:
    settings = Settings.load()
    assert (settings.index_dir, settings.corpus_dir) == (Path(".index"), Path("corpus"))
    assert settings.embedding_model == ""
    assert settings.allow_download is False


def test_every_setting_can_be_a_variable(monkeypatch: pytest.MonkeyPatch) -> None:
    values = {
        "index_dir": Path("甲"),
        "corpus_dir": Path("乙"),
        "embedding_model": "owner/name",
        "allow_download": True,
        "hits": 7,
        "max_question": 77,
        "llm": "openai:some-model",
        "llm_base_url": "http://127.0.0.1:8000/v1",
        "llm_tokens_field": "max_tokens",
        "llm_max_tokens": 99,
        "llm_timeout": 2.5,
    }
    for name, value in values.items():
        monkeypatch.setenv(f"WENJU_{name.upper()}", str(value))
    settings = Settings.load()
    assert {name: getattr(settings, name) for name in values} == values


def test_a_variable_without_the_prefix_is_not_ours(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HITS", "7")
    assert Settings.load().hits == Settings.model_fields["hits"].default


def test_an_argument_goes_before_a_variable(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WENJU_HITS", "4")
    assert Settings.load().hits == 4
    assert Settings.load(hits=5).hits == 5


def test_no_file_is_a_setting(tmp_path: Path) -> None:
    """``python -m index`` reads none either: building and asking must mean the same folder."""
    (tmp_path / ".env").write_bytes(b"WENJU_HITS=3\n\xff\xfe\n")
    assert Settings.load().hits == Settings.model_fields["hits"].default


@pytest.mark.parametrize("blank", ["", "  "])
def test_an_empty_variable_means_the_default(monkeypatch: pytest.MonkeyPatch, blank: str) -> None:
    for name in Settings.model_fields:
        monkeypatch.setenv(f"WENJU_{name.upper()}", blank)
    settings = Settings.load()
    assert {name: getattr(settings, name) for name in Settings.model_fields} == {
        name: field.default for name, field in Settings.model_fields.items()
    }


def test_nothing_given_means_not_given(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WENJU_INDEX_DIR", "甲")
    assert Settings.load(index_dir=None).index_dir == Path("甲")


def test_an_unknown_name_is_refused_with_the_known_ones() -> None:
    with pytest.raises(SettingsError, match=r"hitz.*max_question"):
        Settings.load(hitz=3)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("hits", "0"),
        ("hits", "101"),
        ("hits", "many"),
        ("max_question", "9"),
        ("allow_download", "perhaps"),
        ("llm_base_url", "localhost:8000"),
        ("llm_tokens_field", "limit"),
        ("llm_max_tokens", "1"),
        ("llm_timeout", "0"),
        ("llm_timeout", "soon"),
        ("llm_timeout", "inf"),
        ("questions_per_minute", "-1"),
        ("questions_at_once", "0"),
    ],
)
def test_a_bad_value_is_named_wherever_it_comes_from(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    with pytest.raises(SettingsError) as given:
        Settings.load(**{name: value})
    monkeypatch.setenv(f"WENJU_{name.upper()}", value)
    with pytest.raises(SettingsError) as told:
        Settings.load()
    for error in (given, told):
        assert f"WENJU_{name.upper()}" in str(error.value)
        assert value in str(error.value)
        chinese, _, _ = str(error.value).partition(" / ")
        assert "应" in chinese and "should" not in chinese


def test_settings_stay_as_they_are() -> None:
    settings = Settings.load()
    with pytest.raises(ValidationError):
        settings.hits = 3


def test_loading_creates_nothing(tmp_path: Path) -> None:
    Settings.load(index_dir=tmp_path / "index", corpus_dir=tmp_path / "corpus")
    assert list(tmp_path.iterdir()) == []


def test_every_setting_is_described() -> None:
    assert all(field.description for field in Settings.model_fields.values())


def test_a_key_is_never_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WENJU_LLM_API_KEY", "sk-geheim")
    settings = Settings.load()
    assert settings.llm_api_key.get_secret_value() == "sk-geheim"
    assert "geheim" not in f"{settings} {settings!r} {settings.model_dump_json()}"
    with pytest.raises(SettingsError) as error:
        Settings.load(llm_api_key=["sk-geheim"])
    assert "WENJU_LLM_API_KEY" in str(error.value)
    assert "geheim" not in str(error.value)


@pytest.mark.parametrize("value", ["geheim", "user:", ":geheim", "a:b,geheim", "a:b,,c:geheim", ","])
def test_a_page_that_seems_locked_is_locked(value: str) -> None:
    with pytest.raises(SettingsError) as error:
        Settings.load(auth=value)
    assert "WENJU_AUTH" in str(error.value) and "geheim" not in str(error.value)
    assert "用户名:密码" in str(error.value) and "user:password" in str(error.value)


def test_accounts_are_read_and_never_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    assert Settings.load().accounts == {}
    monkeypatch.setenv("WENJU_AUTH", " anna:a:b , 李四:密码geheim")
    settings = Settings.load()
    assert settings.accounts == {"anna": "a:b", "李四": "密码geheim"}
    assert "geheim" not in f"{settings} {settings!r} {settings.model_dump_json()}"
