"""Links: a name in full is linked, a similar or longer one never."""

from __future__ import annotations

import pytest

from assistant.desk.about import Subjects
from assistant.names import NameIndex
from catalog.home import bundled_folder
from catalog.snapshot import Snapshot


@pytest.fixture(scope="module")
def subjects():
    snapshot = Snapshot(bundled_folder())
    yield Subjects(snapshot, NameIndex(snapshot))
    snapshot.close()


@pytest.mark.parametrize(
    ("text", "kind", "name"),
    [
        ("I go to Fortis Institute in Wayne", "provider", "Fortis Institute"),
        ("what about Union County College?", "provider", "Union County College"),
        ("is a CompTIA A+ worth it", "credential", "CompTIA A+"),
        ("what does OSHA 30 mean", "credential", "OSHA Standards - General Industry 30 Hr Course Completion Card"),
    ],
)
def test_named(subjects, text, kind, name):
    assert (kind, name) in {(each.kind, each.name) for each in subjects.find(text)}


@pytest.mark.parametrize(
    "text",
    [
        "Bright Path Academy kept my money",
        "New Fortis Institute of Beauty lied",
        "Great Union County College of Hair Design is a scam",
        "the barber school in New York",
        "I live in New Jersey and want a career center",
    ],
)
def test_no_school_is_linked(subjects, text):
    assert [each for each in subjects.find(text) if each.kind == "provider"] == []
