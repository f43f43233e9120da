"""Finding schools by name: exact, by words, misspelled, shared by several, unknown."""

from __future__ import annotations

import pytest

from assistant.names import Entry, NameIndex, alike, by_numbers, comparable


@pytest.fixture(scope="module")
def names(assistant) -> NameIndex:
    return NameIndex(assistant.snapshot)


def test_an_exact_name_is_one_school(names):
    found = names.find("Northfield Technical College")
    assert (found.schools, found.method) == (("ipeds:900001",), "name")
    # Another campus has `… East Campus` among its names.
    assert found.namesakes == 1


@pytest.mark.parametrize("name", ["northfield TECHNICAL college, Inc.", "  The Northfield Technical College  "])
def test_letters_and_legal_forms_do_not_matter(names, name):
    assert names.find(name).schools == ("ipeds:900001",)


@pytest.mark.parametrize("name", ["Northfeild Technical College", "Northfield Tecnical Colege"])
def test_a_typo_is_found_and_said_to_be_one(names, name):
    found = names.find(name)
    assert (found.schools, found.method) == (("ipeds:900001",), "spelling")


def test_registers_that_share_a_number_name_and_city_give_one_school(names):
    assert names.find("Larkspur College").schools == ("dapip:900010",)


def test_several_schools_of_one_name_are_all_given(names):
    assert set(names.find("Lakeside Training").schools) == {
        "dol_etp:MA:lakeside-training",
        "dol_etp:OH:lakeside-training",
    }


def test_state_and_city_narrow(names):
    assert names.find("Lakeside Training", state="OH").schools == ("dol_etp:OH:lakeside-training",)
    assert names.find("Lakeside Training", city="boston").schools == ("dol_etp:MA:lakeside-training",)
    assert names.find("Lakeside Training", state="TX").schools == ()


def test_a_part_goes_with_its_whole(names):
    found = names.find("Northfield Technical College Downtown")
    assert found.schools == ("ipeds:90000101",)
    assert names.wholes("ipeds:90000101") == ["ipeds:900001"]
    assert "ipeds:90000101" not in names.find("Northfield Technical").schools


def test_words_may_be_few_and_hold_the_place(names):
    assert names.find("Garden Path").schools == ("nj_providers:9003",)
    assert names.find("garden path union city nj").schools == ("nj_providers:9003",)


def test_an_alias_is_a_name(names):
    found = names.find("Shore Trade School")
    assert (found.schools, found.method) == (("ipeds:900001",), "alias")


def index_of(assistant, *entries: Entry) -> NameIndex:
    index = NameIndex(assistant.snapshot)
    index.__dict__["entries"] = {entry.id: entry for entry in entries}
    return index


def entry(key: str, name: str, **changes: object) -> Entry:
    fields = {"school": key, "parent_id": None, "aliases": (), "city": None, "state": None, "level": "institution"}
    return Entry(id=key, name=name, **(fields | changes))


def test_an_owner_of_schools_is_no_school_beside_one(names, assistant):
    assert names.find("Shoreline Colleges").schools == ("ipeds_system:309990",)
    both = index_of(assistant, entry("a", "Elm College"), entry("s", "Elm College Corporation", level="system"))
    assert both.find("Elm College").schools == ("a",)


def test_a_name_that_five_schools_share_names_five(assistant):
    five = index_of(
        assistant,
        *(entry(f"s{n}", "Elm College", state=state) for n, state in enumerate(("NJ", "CA", "TX", "OH", "NY"))),
    )
    assert len(five.find("Elm College").schools) == 5
    assert len(five.find("Elm Colege").schools) == 5
    assert five.find("Elm College", state="tx").schools == ("s2",)


def test_a_location_of_the_same_name_is_no_second_school(assistant):
    index = index_of(assistant, entry("a", "Elm College"), entry("b", "Elm College", parent_id="a", level="location"))
    assert index.find("Elm College").schools == ("a",)


def test_a_place_of_another_school_is_no_second_school(assistant):
    index = index_of(assistant, entry("dapip:a", "Elm College"), entry("dapip:b", "Elm College", level="location"))
    assert index.find("Elm College").schools == ("dapip:a",)


def test_a_list_record_is_not_taken_for_a_university_of_a_longer_name(assistant):
    department = entry("nj_providers:1", "Elm University", level=None)
    index = index_of(
        assistant, department, entry("ipeds:1", "Elm University-Camden"), entry("ipeds:2", "Elm University-Newark")
    )
    assert index.find("Elm University").schools == ("nj_providers:1", "ipeds:1", "ipeds:2")
    alone = index_of(assistant, department, entry("nj_providers:2", "Elm University - Nursing", level=None))
    assert alone.find("Elm University").schools == ("nj_providers:1",)


def test_a_ring_of_parents_ends(assistant):
    index = index_of(assistant, entry("a", "Elm", parent_id="b"), entry("b", "Oak", parent_id="a"))
    assert index.wholes("a") == ["b"]


@pytest.mark.parametrize("name", ["Zorblatt Academy of Welding", "", "   ", "!!!", "的", "a", "' OR 1=1 --"])
def test_an_unknown_name_finds_nothing(names, name):
    assert names.find(name).schools == ()


def test_numbers(assistant):
    assert by_numbers(assistant.snapshot, [("ids_unitid", "900001")]) == ("ipeds:900001",)
    assert by_numbers(assistant.snapshot, [("ids_nj_provider", "9003")]) == ("nj_providers:9003",)
    assert by_numbers(assistant.snapshot, [("ids_opeid", "00900399")]) == ("ipeds:900003",)
    assert by_numbers(assistant.snapshot, [("ids_unitid", "000000")]) == ()
    with pytest.raises(ValueError, match="name"):
        by_numbers(assistant.snapshot, [("name", "x")])


def test_look_alikes(names):
    assert [each.id for each in names.look_alikes("Nortfield Technical College")] == ["ipeds:900001"]
    assert names.look_alikes("Northfield Technical College") == []
    assert names.look_alikes("Northfield") == []
    assert names.look_alikes("Zorblatt University") == []


def test_names_agree_or_not():
    assert alike("Harbor Light", ["HARBOR LIGHT CAREER SCHOOL"])
    assert not alike("Oak Street Trade School", ["Meadow County College", "Shore Trade School", "Trade School"])
    assert alike("Trade School", ["The Trade School, Inc."])
    assert comparable("St. José's Inst. & Co.") == "saint joses inst and"
