"""The texts of the assistant, in English and Spanish, and nothing else."""

from prompts.library import LANGUAGES, Texts, digest

__all__ = ["LANGUAGES", "Texts", "digest"]
