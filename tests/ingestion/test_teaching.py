"""How a program is taught, from its title and description."""

from __future__ import annotations

import pytest

from catalog.records import Delivery
from ingestion.teaching import delivery_of


@pytest.mark.parametrize(
    ("title", "text", "way"),
    [
        ("Office Skills - Hybrid", "", Delivery.HYBRID),
        ("EKG Blended (Online and Classroom)", "", Delivery.HYBRID),
        ("ONLINE Pharmacy Technician", "", Delivery.ONLINE),
        ("CCNA (Virtual)", "", Delivery.ONLINE),
        ("Keyboarding", "This program is offered completely online.", Delivery.ONLINE),
        ("Legal Secretary", "This intensive online program is for beginners.", Delivery.ONLINE),
        ("Sonography", "It uses a blended format.", Delivery.HYBRID),
    ],
)
def test_what_the_program_says_of_itself(title, text, way):
    assert delivery_of(title, text) is way


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("Carpentry Basics", "This course is available onsite or live online."),
        ("Insurance", "Courses can be attended in a classroom setting or on line."),
        ("Diesel Technology", "Residential, Blended Learning or Online"),
        ("Retail", "Learn to run an online store and manage remote sites."),
        ("Cloud", "Uses online storage and virtual machines."),
        ("Welding", ""),
    ],
)
def test_texts_that_leave_it_open(title, text):
    assert delivery_of(title, text) is None


def test_hours_on_site_make_an_online_title_undecided():
    assert delivery_of("Online EKG Technician", "40 hours online, 20 hours in a classroom.") is None
