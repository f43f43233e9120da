"""Four programs, and what each neighbour should find among them."""

from __future__ import annotations

import pytest

from evals.neighbours.documents import Document

TEXTS = {
    "nj_etpl:1": ("Welding Basics", "Arc welding with plate steel", "Welders"),
    "nj_etpl:2": ("Phlebotomy Technician", "Drawing blood, evening classes", "Phlebotomists"),
    "nj_etpl:3": ("Medical Assistant", "Front office and drawing of blood", "Medical Assistants"),
    "nj_etpl:4": ("Bookkeeping", "", ""),
}


@pytest.fixture
def documents() -> list[Document]:
    return [Document(key, *said, passage=". ".join(said)) for key, said in TEXTS.items()]
