"""Settings come from the environment and say which of them is wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from catalog.errors import SettingsError
from catalog.settings import read_settings


def test_the_defaults_need_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NAVIGATOR_HOME")
    settings = read_settings()
    assert settings.host == "127.0.0.1"
    assert settings.model is None
    assert settings.home_folder == Path.home() / ".credential-navigator"


def test_a_setting_is_read_from_its_variable(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("NAVIGATOR_HOME", str(tmp_path / "here"))
    monkeypatch.setenv("NAVIGATOR_PORT", "8080")
    assert read_settings().home_folder == tmp_path / "here"
    assert read_settings().port == 8080


def test_empty_counts_as_not_set(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NAVIGATOR_PORT", "")
    monkeypatch.setenv("NAVIGATOR_DATABASE_URL", "")
    assert read_settings().port == 7860
    assert read_settings().database_url is None


@pytest.mark.parametrize("port", ["0", "65536", "eighty", "-1", "1e3000"])
def test_a_bad_value_is_named_with_its_variable(monkeypatch: pytest.MonkeyPatch, port: str) -> None:
    monkeypatch.setenv("NAVIGATOR_PORT", port)
    with pytest.raises(SettingsError, match=rf"NAVIGATOR_PORT='{port}'"):
        read_settings()


def test_the_secret_does_not_show(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NAVIGATOR_SECRET", "s3cr3t-value")
    settings = read_settings()
    assert "s3cr3t-value" not in repr(settings)
    assert settings.secret is not None
    assert settings.secret.get_secret_value() == "s3cr3t-value"


def test_other_variables_of_the_family_do_no_harm(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NAVIGATOR_SOMETHING_ELSE", "1")
    assert read_settings().port == 7860
