"""The measures of the triage: each tells right from wrong, and a held-out file is only summed."""

from __future__ import annotations

import json

import pytest

from assistant.desk.labels import Category, Flag, Queue, Urgency
from assistant.desk.personal import Span
from assistant.desk.triager import Raised, Triage
from evals import triage as module
from evals.triage import confusion, macro_f1, main, scores_of

BODY = "I am Ana, call 201-555-0134 now"
CASE = {
    "id": "a",
    "language": "en",
    "body": BODY,
    "category": "other",
    "categories": ["other"],
    "urgency": "urgent",
    "flags": ["crisis", "minor"],
    "deadlines": [],
    "about": [{"kind": "provider", "name": "Bright Path Academy", "invented": True}],
    "pii": [{"type": "name", "start": 5, "end": 8}, {"type": "phone", "start": 15, "end": 27}],
}


def told(**changes):
    values = {
        "ticket_id": "a",
        "language": "en",
        "category": Category.OTHER,
        "categories": (Category.OTHER,),
        "confidence": 0.9,
        "person_decides": False,
        "urgency": Urgency.URGENT,
        "urgency_words": None,
        "flags": (Raised(flag=Flag.CRISIS, words=None, probability=0.9),),
        "deadlines": (),
        "about": (),
        "missing": (),
        "queue": Queue.SAFETY,
        "pii": (Span(14, 20, "phone"),),
        "masked_subject": "",
        "masked_body": "",
        "cut": False,
    }
    return Triage.model_validate({**values, **changes})


def test_every_measure():
    scores = {name: each.value for name, each in scores_of([(CASE, told())]).items()}
    assert scores["triage.category"] == scores["triage.macro_f1"] == scores["triage.deadlines"] == 1
    assert scores["triage.flag_crisis"] == 1
    # One flag of two, half a number, no name: none of these counts as found.
    assert scores["triage.all_flags_of_a_message"] == scores["triage.flag_minor"] == 0
    assert scores["triage.pii_structured"] == scores["triage.pii_names"] == 0
    assert scores["triage.false_masks_per_word"] == 0
    assert "triage.over_escalation" not in scores


def test_covered_letters_count_whatever_the_kind():
    scores = scores_of([(CASE, told(pii=(Span(15, 18, "ssn"), Span(19, 22, "name"), Span(23, 27, "phone"))))])
    assert scores["triage.pii_structured"].value == 1


def test_a_link_of_an_invented_school_is_wrong():
    about = [{"kind": "provider", "id": "ipeds:1", "name": "Bright Path Academy", "words": "x"}]
    assert scores_of([(CASE, told(about=about))])["triage.links_wrong"].value == 1


def test_a_flag_where_there_is_none_is_escalation():
    assert scores_of([({**CASE, "flags": []}, told())])["triage.over_escalation"].value == 1


def test_macro_f1_weighs_rare_categories_alike():
    found = [(CASE, told())] * 9 + [({**CASE, "category": "accessibility"}, told())]
    assert macro_f1(found).value == pytest.approx((18 / 19 + 0) / 2)


def test_confusion_counts():
    rows = confusion([({**CASE, "category": "accessibility"}, told())])
    assert next(row for row in rows if row.split()[1] == "accessibility").split()[-1] == "1"


def test_a_held_out_file_is_summed_and_logged(tmp_path, monkeypatch, capsys):
    folder = tmp_path / "heldout"
    folder.mkdir()
    (folder / "support.jsonl").write_text(json.dumps(CASE) + "\n", encoding="utf-8")
    monkeypatch.setattr(module, "run", lambda given, *_rest: [(case, told()) for case in given])
    assert main([str(folder / "support.jsonl")]) == 0
    printed, log = capsys.readouterr().out, (folder / "LOG.md").read_text(encoding="utf-8")
    assert "triage.category" in printed
    assert "triage.category" in log
    assert "Ana" not in printed + log
