from __future__ import annotations

import pytest

from ingestion.naming import slug


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Long Island", "long-island"),
        ("Portland-Vancouver-Hillsboro, OR-WA", "portland-vancouver-hillsboro-or-wa"),
        ("  Peluquería “Niño”  ", "peluqueria-nino"),
        ("A & B, Inc.", "a-b-inc"),
        ("???", ""),
        ("", ""),
    ],
)
def test_a_slug_is_lower_case_ascii(text: str, expected: str) -> None:
    assert slug(text) == expected
