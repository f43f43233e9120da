"""Links between registers: a wrong link is worse than none."""

from __future__ import annotations

import io
import json

import pytest

from catalog.records import Place, Provenance, Provider, ProviderIds
from ingestion.context import IssueLog
from ingestion.linking import link_providers
from ingestion.school_names import comparable
from ingestion.shelf import Shelf


class Sink:
    def __init__(self):
        self.records = []

    def add(self, record):
        self.records.append(record)

    def add_all(self, records):
        self.records += records


def provider(key, name, city="Newark", state="NJ", aliases=(), **ids):
    return Provider(
        id=key,
        name=name,
        aliases=aliases,
        place=Place(city=city, state=state),
        ids=ProviderIds(**ids),
        provenance=Provenance(source=key.partition(":")[0], record_id=key.partition(":")[2], file="f.csv", row=1),
    )


@pytest.fixture
def link():
    def linking(*providers):
        stream = io.StringIO()
        shelf = Shelf(Sink())
        for each in providers:
            shelf.add(each)
        links = link_providers(shelf, IssueLog(stream))
        return links, [json.loads(line) for line in stream.getvalue().splitlines()]

    return linking


def accepted(links):
    return [(link.left_id, link.right_id, link.method) for link in links if link.accepted]


def test_tax_id_and_name_agree(link):
    links, issues = link(
        provider("nj_providers:1", "Harbor Light Career School - PCS", ein="990000001"),
        provider("ipeds:900001", "Harbor Light Career School", ein="990000001"),
    )
    assert accepted(links) == [("nj_providers:1", "ipeds:900001", "ein")]
    assert issues == []


def test_a_contractor_with_a_colleges_tax_id_is_not_the_college(link):
    links, issues = link(
        provider("nj_providers:1", "East Side Board of Education Adult Basic Skills", ein="990000001"),
        provider("ipeds:900001", "Meadow County College", ein="990000001"),
    )
    assert accepted(links) == []
    assert issues[0]["kind"] == "link"


def test_a_tax_id_of_a_chain_links_only_the_campus_of_the_same_city(link):
    chain = [
        provider("ipeds:900001", "Bright Institute-Newark", city="Newark", ein="990000001"),
        provider("ipeds:900002", "Bright Institute-Trenton", city="Trenton", ein="990000001"),
    ]
    links, _ = link(provider("nj_providers:1", "Bright Institute Newark", city="Newark", ein="990000001"), *chain)
    assert accepted(links) == [("nj_providers:1", "ipeds:900001", "ein")]
    links, _ = link(provider("nj_providers:1", "Bright Institute", city="Camden", ein="990000001"), *chain)
    assert accepted(links) == []


def test_a_campus_in_another_city_of_the_same_owner_is_not_linked(link):
    links, _ = link(
        provider("nj_providers:1", "Prisma Career Institute - Cherry Hill", city="Cherry Hill", ein="990000001"),
        provider(
            "ipeds:900001", "Prisma Career Institute-Philadelphia", city="Philadelphia", state="PA", ein="990000001"
        ),
    )
    assert accepted(links) == []


def test_a_tax_id_does_not_outweigh_the_name_of_another_school_in_the_city(link):
    links, issues = link(
        provider("nj_providers:1", "Harbor Art School Online Division", ein="990000001"),
        provider("ipeds:900001", "Harbor Art School", ein="990000001"),
        provider("ipeds:900002", "Harbor Art School-Online Division", ein="990000002"),
    )
    assert accepted(links) == []
    assert any("another school in the city" in issue["reason"] for issue in issues)


def test_name_and_city(link):
    links, _ = link(
        provider("nj_providers:1", "The Garden Trade School, Inc."),
        provider("ipeds:900001", "GARDEN TRADE SCHOOL"),
        provider("ipeds:900002", "Garden Trade School", city="Camden"),
        provider("ipeds:900003", "Garden Trade School", state="PA"),
    )
    assert accepted(links) == [("nj_providers:1", "ipeds:900001", "name_city")]


def test_two_schools_of_one_name_in_one_city_are_ambiguous(link):
    links, issues = link(
        provider("nj_providers:1", "Garden Trade School"),
        provider("ipeds:900001", "Garden Trade School"),
        provider("ipeds:900002", "Garden Trade School LLC"),
    )
    assert accepted(links) == []
    assert "ambiguous" in issues[0]["reason"]


def test_different_tax_ids_speak_against_a_name(link):
    links, issues = link(
        provider("nj_providers:1", "Garden Trade School", ein="990000001"),
        provider("ipeds:900001", "Garden Trade School", ein="990000002"),
    )
    assert accepted(links) == []
    assert "tax ids differ" in issues[0]["reason"]


def test_a_register_number_needs_an_agreeing_name(link):
    ours = provider("ipeds:900001", "Argo University-Dallas", city="Dallas", state="TX", unitid="900001")
    same = provider("va:21000001", "ARGO UNIVERSITY DALLAS", city="Dallas", state="TX", unitid="900001")
    other = provider("va:21000002", "PALM COLLEGE", city="Dallas", state="TX", unitid="900001")
    links, _ = link(ours, same, other)
    assert accepted(links) == [("va:21000001", "ipeds:900001", "unitid")]


def test_an_earlier_name_counts(link):
    links, _ = link(
        provider("ipeds:900001", "UCM College", aliases=("Union Meadow College",), opeid="00999900"),
        provider("fsa_hcm:00999900", "UNION MEADOW COLLEGE", opeid="00999900"),
    )
    assert accepted(links) == [("fsa_hcm:00999900", "ipeds:900001", "opeid")]


def test_another_state_is_another_school(link):
    links, _ = link(
        provider("ipeds:900001", "Garden Trade School", opeid="00999900"),
        provider("fsa_hcm:00999900", "Garden Trade School", state="NY", opeid="00999900"),
    )
    assert accepted(links) == []


def test_the_order_of_records_changes_nothing(link):
    people = [
        provider("nj_providers:1", "Garden Trade School", ein="990000001"),
        provider("ipeds:900001", "Garden Trade School", ein="990000001"),
        provider("va:21000001", "GARDEN TRADE SCHOOL", unitid="900001"),
        provider("dapip:1", "Garden Trade School", unitid="900001"),
    ]
    assert link(*people)[0] == link(*reversed(people))[0]


@pytest.mark.parametrize(
    ("name", "same"),
    [
        ("St. Mary's College & Seminary, Inc.", "Saint Marys College and Seminary"),
        ("Ocean County College - Continuing Education", "ocean county college"),
        ("The Harbor School - WIOA Title 2", "Harbor School"),
    ],
)
def test_comparable_names(name, same):
    assert comparable(name) == comparable(same)


def test_real_links(raw_data, tmp_path):
    """Each accepted link by name is held against the tax id where both records have one."""
    from catalog.home import Home
    from ingestion.linking import _by_name, _by_tax_id
    from ingestion.run import run
    from ingestion.school_names import prepared
    from ingestion.source import all_sources

    names = ("nj_providers", "ipeds_directory")
    home = Home(tmp_path)
    run(raw_data, home, {name: all_sources()[name] for name in names})
    snapshot = home.open()
    found = {p.id: p for p in snapshot.select(Provider, "TRUE")}
    state, federal = ([prepared(p) for p in found.values() if p.id.startswith(s)] for s in ("nj_providers:", "ipeds:"))
    links = list(_by_name(state, federal))
    checkable = [x for x in links if found[x.left_id].ids.ein and found[x.right_id].ids.ein]
    disagree = [x for x in checkable if found[x.left_id].ids.ein != found[x.right_id].ids.ein]
    by_tax_id = {(x.left_id, x.right_id) for x in _by_tax_id(state, federal) if x.accepted}
    recall = len(by_tax_id & {(x.left_id, x.right_id) for x in links if x.accepted})
    print(
        f"name links {len(links)}, checkable {len(checkable)}, disagree {len(disagree)}, ",
        f"recall {recall}/{len(by_tax_id)}",
    )
    assert not any(x.accepted for x in disagree)
    assert len(checkable) >= 100
    assert len(disagree) <= 7
    snapshot.close()


FACILITY = provider("va:1", "HARBOR COLLEGE-CAMDEN", "CAMDEN", opeid="00999903")
CAMPUS = provider("dapip:1", "Harbor College - Camden", "Camden", opeid="00999903")


def test_a_facility_meets_an_accredited_campus_of_its_whole_number(link):
    links, _ = link(FACILITY, CAMPUS)
    assert accepted(links) == [("va:1", "dapip:1", "opeid")]


@pytest.mark.parametrize(
    ("name", "city", "state", "opeid"),
    [
        ("Harbor College - Camden", "Camden", "NJ", "00999904"),
        ("Harbor College - Camden", "Newark", "NJ", "00999903"),
        ("Harbor College - Camden", "Camden", "SC", "00999903"),
        ("Harbor College - Camden", None, "NJ", "00999903"),
        ("Marinello Schools - Camden", "Camden", "NJ", "00999903"),
        ("Harbor College - School of Dental Surgery", "Camden", "NJ", "00999903"),
        ("Harbor College - Online", "Camden", "NJ", "00999903"),
    ],
)
def test_no_campus_is_taken_for_a_facility_by_its_number_alone(link, name, city, state, opeid):
    links, _ = link(FACILITY, provider("dapip:1", name, city, state, opeid=opeid))
    assert accepted(links) == []


def test_two_campuses_of_one_number_and_name_meet_nobody(link):
    links, _ = link(FACILITY, CAMPUS, provider("dapip:2", "Harbor College - Camden", "Camden", opeid="00999903"))
    assert accepted(links) == []


@pytest.mark.parametrize(
    ("name", "city", "state"),
    [("Harbor College - Trenton Campus", "Trenton", "NJ"), ("Saint Vincent Seminary", "Camden", "NJ")],
    ids=["another campus of the number", "another school in the city"],
)
def test_another_unitid_speaks_against_a_shared_opeid(link, name, city, state):
    owner = provider("ipeds:900001", "Harbor College - Camden", "Camden", opeid="00999900", unitid="900001")
    other = provider("dapip:1", name, city, state, opeid="00999900", unitid="900002")
    links, issues = link(other, owner)
    assert accepted(links) == []
    assert any("UNITID does not" in issue["reason"] or "name does not" in issue["reason"] for issue in issues)


def test_one_place_can_have_been_renumbered(link):
    owner = provider("ipeds:900001", "Harbor College - Camden", "Camden", opeid="00999900", unitid="900001")
    renumbered = provider("dapip:1", "Harbor College", "Camden", opeid="00999900", unitid="900002")
    links, _ = link(renumbered, owner)
    assert accepted(links) == [("dapip:1", "ipeds:900001", "opeid")]


def test_a_number_of_a_school_that_shares_only_the_city_is_a_slip(link):
    owner = provider("ipeds:900001", "Ottawa University-Surprise", "Surprise", "AZ", ("Surprise",), unitid="900001")
    links, issues = link(owner, provider("dapip:1", "GateWay College Surprise", "Surprise", "AZ", unitid="900001"))
    assert accepted(links) == []
    assert "the names share only their city" in issues[0]["reason"]
