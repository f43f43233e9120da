"""Check a provider: a form, the verdicts of the rules at a glance, the dossier, or the schools that may be meant."""

from __future__ import annotations

from typing import Any

import gradio as gr
from pydantic import ValidationError

from assistant.check import Checker
from assistant.checked import Checked, Inquiry, Match
from assistant.markup import escaped
from assistant.printing import check_text
from assistant.web.elements import badge, bullets, section
from assistant.web.frame import piece
from assistant.web.incidents import incident
from catalog.errors import NavigatorError
from prompts import Texts

MAX_NAME_CHARACTERS = 200
NUMBERS = ("unitid", "opeid", "nj_providerid")
"""Register numbers by which one of several schools can be asked for, the surest first."""
ORDER = ("alert", "below", "meets", "cannot_tell")
Shown = tuple[Any, Any, Any]


def build_check(checker: Checker, page: gr.Blocks, texts: Texts) -> None:
    """Put the page into the Blocks that are open; an address with `?name=` checks at once."""
    with gr.Row(elem_id="nav-form"):
        name = gr.Textbox(label=texts("page.school"), max_length=MAX_NAME_CHARACTERS, scale=3, elem_id="nav-school")
        city = gr.Textbox(label=texts("page.city"), max_length=MAX_NAME_CHARACTERS, scale=2)
        state = gr.Textbox(label=texts("page.state_of"), max_length=MAX_NAME_CHARACTERS, scale=1, min_width=120)
    check = gr.Button(texts("page.check"), variant="primary", elem_classes="nav-action")
    which = gr.Radio(label=texts("page.which"), visible=False, elem_classes="nav-which")
    glance = piece(visible=False, elem_id="nav-glance")
    dossier = gr.Markdown(visible=False, elem_id="nav-dossier", sanitize_html=True, latex_delimiters=[])
    desk = _Desk(checker, texts)
    shown = [which, glance, dossier]
    for start in (name.submit, city.submit, state.submit, check.click):
        start(desk.check, [name, city, state], shown, api_visibility="private")
    which.input(desk.check_number, which, [glance, dossier], api_visibility="private")
    page.load(desk.opened, None, [name, city, state, *shown], api_visibility="private")


class _Desk:
    """Checks through `Checker` and nothing else."""

    def __init__(self, checker: Checker, texts: Texts) -> None:
        self._checker, self._texts = checker, texts

    def opened(self, request: gr.Request) -> tuple[Any, ...]:
        """Check what the address names."""
        given = [str(request.query_params.get(key, ""))[:MAX_NAME_CHARACTERS] for key in ("name", "city", "state")]
        return (*given, *self.check(*given)) if given[0] else (*given, *(gr.skip() for _ in range(3)))

    def check(self, name: str, city: str, state: str) -> Shown:
        """Check a school by its name and place."""
        if not name.strip():
            return gr.update(visible=False), *self._said(self._texts("page.no_name"))
        try:
            inquiry = Inquiry(name=name.strip(), city=city.strip() or None, state=state.strip() or None)
        except ValidationError:
            return gr.update(visible=False), *self._said(self._texts("page.no_state", state=escaped(state)))
        return self._answer(inquiry)

    def check_number(self, number: str) -> tuple[Any, Any]:
        """Check one of the schools that may be meant, by its register number."""
        kind, _, value = number.partition("=")
        return self._answer(Inquiry.model_validate({kind: value}))[1:] if kind in NUMBERS else (gr.skip(), gr.skip())

    def _answer(self, inquiry: Inquiry) -> Shown:
        try:
            found = self._checker.check(inquiry, self._texts)
            told = check_text(self._checker, inquiry, self._texts)
        except NavigatorError:
            return gr.update(visible=False), *self._said(incident(self._texts))
        choices = [(label_of(each), number) for each in found.candidates if (number := number_of(each))]
        if choices and len(choices) == found.candidate_count:
            told = self._texts("check.several", count=len(choices))
        which = gr.update(choices=choices, value=None, visible=bool(choices))
        glance = glance_of(found, self._texts)
        return which, gr.update(value=glance, visible=bool(glance)), gr.update(value=told, visible=True)

    def _said(self, words: str) -> tuple[Any, Any]:
        return gr.update(visible=False), gr.update(value=words, visible=True)


def label_of(match: Match) -> str:
    """Return a school's name with its place."""
    place = ", ".join(part for part in (match.city, match.state) if part)
    return f"{match.name} ({place})" if place else match.name


def number_of(match: Match) -> str | None:
    """Return a number by which a school can be asked for, `kind=number`; None when it has none."""
    return next((f"{kind}={match.ids[kind][0]}" for kind in NUMBERS if match.ids.get(kind)), None)


def glance_of(found: Checked, texts: Texts) -> str:
    """Return the verdicts on a school at a glance: a badge for each rule, the gravest first."""
    if found.matched is None:
        return ""
    pairs = dict.fromkeys((each.verdict, each.rule) for each in found.findings)
    ordered = sorted(pairs, key=lambda pair: ORDER.index(pair[0]))
    badges = (badge(verdict, f"{texts(f'verdict.{verdict}')}: {texts(f'rule.{rule}')}") for verdict, rule in ordered)
    heading = texts("page.glance", name=label_of(found.matched))
    return section(heading, bullets(badges), "nav-glance")
