"""What people read: every reason has its words in both languages, and a badge's own words are never markup."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from markdown_it import MarkdownIt

import assistant.badges
from assistant.badges.lines import LONGEST, lines_of
from assistant.markup import escaped
from prompts import LANGUAGES, Texts

EVIL = "<script>alert(1)</script> [a](javascript:alert(1)) ![x](https://evil.example/p.png) \x1b[31m\u202e **b**"
FOLDER = Path(assistant.badges.__file__).parent


def evil(value):
    """Put markup in every field that holds text and is not needed to tell what the document is."""
    if isinstance(value, dict):
        return {
            name: each if name in {"@context", "type", "validFrom", "cryptosuite", "proofPurpose"} else evil(each)
            for name, each in value.items()
        }
    if isinstance(value, list):
        return [evil(each) for each in value]
    return EVIL if isinstance(value, str) else value


@pytest.fixture
def hostile(issuer):
    badge = issuer.badge(
        evidence=[{"id": "x", "type": ["Evidence"], "name": "x", "description": "x"}],
        credentialStatus={"id": "x", "type": "x"},
        description="x",
    )
    achievement = badge["credentialSubject"]["achievement"]
    achievement["alignment"] = [{"type": ["Alignment"], "targetName": "x", "targetUrl": "x", "targetFramework": "x"}]
    achievement |= {"achievementType": "x", "creator": {"id": "x", "name": "x", "url": "x"}}
    return evil(badge | {"proof": [issuer.proof("eddsa-rdfc-2022") | {"proofValue": "x"}]})


@pytest.mark.parametrize("language", LANGUAGES)
def test_markup_in_every_field_stays_text(hostile, judge, language):
    report = judge(hostile, fetch=pytest.fail)
    lines = lines_of(report, Texts(language), escaped)
    assert sum("alert" in line for line in lines) > 10
    html = MarkdownIt("js-default").render("\n".join(f"- {line}" for line in lines))
    for tag in ("<script", "<a ", "<img", "<strong", "<em"):
        assert tag not in html
    plain = "\n".join(lines_of(report, Texts(language)))
    assert not re.search(r"[\x00-\x09\x0b-\x1f\u202a-\u202e\u2066-\u2069]", plain)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_flood_of_words_is_cut(issuer, judge, language):
    badge = issuer.badge(name="x" * 100_000, evidence=[{"id": f"urn:{n}"} for n in range(500)])
    lines = lines_of(judge(badge), Texts(language))
    assert len(lines) < 40
    assert max(map(len, lines)) < LONGEST + 100


def test_a_good_signature_is_not_called_a_good_issuer(issuer, judge):
    for language, words in (
        ("en", "does not show that the issuer is good"),
        ("es", "No muestra que el emisor sea bueno"),
    ):
        assert words in lines_of(judge(issuer.sign(issuer.badge())), Texts(language))[-1]


def reasons():
    """Every reason that the code can give, as keys of the texts."""
    about = {"structure.py": "structure", "dates.py": "dates", "signatures.py": "signature", "status.py": "status"}
    for path in FOLDER.glob("*.py"):
        source = path.read_text(encoding="utf-8")
        for found in re.finditer(r"\b(?:passed|failed|unknown|make)\(\s*(\w+|\"\w+\"), \"(\w+)\"", source):
            name = found[1].strip('"')
            group = {"ABOUT": about.get(path.name, "claims"), "about": "signature"}.get(name, name)
            yield f"badge_check.{found[2] if found[2].startswith('fetch_') else f'{group}_{found[2]}'}"
        yield from (f"badge_check.signature_{f[1]}" for f in re.finditer(r"given else \"(\w+)\"", source))
        yield from (f"badge_check.signature_{f[1]}" for f in re.finditer(r"RefusedError\(\"(\w+)\"", source))
        yield from (f"badge_check.fetch_{f[1]}" for f in re.finditer(r"FetchError\(\"(\w+)\"", source))
        yield from (f"badge_unreadable.{f[1]}" for f in re.finditer(r"UnreadableError\(\"(\w+)\"", source))
    for origin in ("given", "issuer", "fetched", "stranger", "file"):
        yield from (f"badge_check.signature_{fit}_{origin}" for fit in ("fits", "unfit"))


def test_every_reason_has_its_words_and_every_word_its_reason():
    texts = Texts("en")
    given = {key for key in texts.keys() if key.startswith(("badge_check.", "badge_unreadable."))}  # noqa: SIM118
    wanted = set(reasons())
    assert len(wanted) > 70
    assert wanted - given == set()
    assert {key for key in given - wanted if "structure_kind_" not in key} == set()
