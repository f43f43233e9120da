"""What Gradio leaves behind is cleared away where it was made, so that no later test is blamed for it."""

from __future__ import annotations

import gc
import warnings
from collections.abc import Iterator

import pytest


@pytest.fixture(scope="module", autouse=True)
def event_loops() -> Iterator[None]:
    """Gradio leaves event loops of its own unclosed: collect them while their warning is expected."""
    yield
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        gc.collect()
