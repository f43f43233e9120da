"""The names of the credentials of the small files, and of our own facts."""

from __future__ import annotations

import pytest

from assistant.credentials.names import CredentialNames


@pytest.fixture(scope="session")
def names(assistant):
    return CredentialNames(assistant.snapshot)
