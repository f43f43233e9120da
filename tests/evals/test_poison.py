"""The poisoned snapshot: only what the cases name is other than before."""

from __future__ import annotations

import pyarrow.parquet as pq
import pytest

from catalog.home import bundled_folder
from catalog.snapshot import Snapshot
from evals.poison import poisoned

KEY = "nj_etpl:17022"


def poison(**other):
    return {"poison": [{"table": "programs", "id": KEY, "field": "name", "append": "<b>"} | other]}


@pytest.fixture(scope="module")
def bundled():
    snapshot = Snapshot(bundled_folder())
    yield snapshot
    snapshot.close()


def test_the_record_holds_the_hostile_text_and_nothing_else_changed(bundled, tmp_path):
    poisoned(bundled, [poison()], tmp_path / "made")
    before = pq.read_table(bundled_folder() / "programs.parquet").to_pylist()
    after = pq.read_table(tmp_path / "made" / "programs.parquet").to_pylist()
    changed = [(old, new) for old, new in zip(before, after, strict=True) if old != new]
    ((old, new),) = changed
    assert (old["id"], new["name"]) == (KEY, f"{old['name']} <b>")
    with_hash = Snapshot(tmp_path / "made")
    with_hash.verify()
    assert with_hash.content_hash != bundled.content_hash
    with_hash.close()


@pytest.mark.parametrize("other", [{"id": "nj_etpl:0"}, {"field": "nickname"}])
def test_a_case_about_nothing_is_an_error(bundled, tmp_path, other):
    with pytest.raises(ValueError, match="no "):
        poisoned(bundled, [poison(**other)], tmp_path / "made")
