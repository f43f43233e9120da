"""Ask: the conversation, the programs of the last answer as cards, its limits as switches, what to ask next."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import gradio as gr

from assistant.answer import Answer, Language, Persona
from assistant.assistant import Assistant
from assistant.markup import escaped
from assistant.web.cards import program_cards
from assistant.web.conversation import Conversation
from assistant.web.frame import piece
from assistant.web.incidents import incident
from assistant.web.limits import words_of
from assistant.web.suggestions import MOST, examples, suggestions
from catalog.errors import NavigatorError
from prompts import Texts

MAX_QUESTION_CHARACTERS = 20_000
NEVER_LATEX: list[dict[str, str | bool]] = []
Messages = list[dict[str, Any]]
Step = tuple[Any, ...]


def build_ask(assistant: Assistant, page: gr.Blocks, texts: Texts) -> None:
    """Put the page into the Blocks that are open."""
    role = gr.Radio(_roles(texts), value=Persona.LEARNER.value, label=texts("page.role"), elem_id="nav-role")
    chosen = gr.BrowserState(Persona.LEARNER.value, storage_key="navigator-role", secret="role")  # noqa: S106
    conversation = gr.State(Conversation())
    chat = _chat(texts)
    limits = gr.CheckboxGroup(label=texts("page.limits"), info=texts("page.limits_how"), visible=False)
    cards = piece(visible=False, elem_id="nav-cards")
    with gr.Row(elem_id="nav-next"):
        nexts = [gr.Button(each, size="sm", elem_classes="nav-next") for each in examples(Persona.LEARNER, texts)]
    with gr.Row(elem_id="nav-composer", equal_height=True):
        question = gr.Textbox(
            label=texts("page.question"), placeholder=texts("page.placeholder"), max_length=MAX_QUESTION_CHARACTERS,
            container=False, show_label=False, scale=8, elem_id="nav-question",
        )  # fmt: skip
        ask = gr.Button(texts("page.ask"), variant="primary", scale=1, min_width=90)
    again = gr.Button(texts("page.new"), size="sm", elem_classes="nav-action")

    reply = _Replier(assistant, texts)
    shown = [question, chat, conversation, limits, cards, *nexts]
    asked = [chat, conversation, role]
    for start in (question.submit, ask.click):
        start(reply.ask, [question, *asked], shown, api_visibility="private", show_progress="hidden")
    for button in nexts:
        button.click(reply.ask, [button, *asked], shown, api_visibility="private", show_progress="hidden")
    limits.input(reply.hold, [limits, *asked], shown, api_visibility="private", show_progress="hidden")
    again.click(_fresh(texts), role, shown, api_visibility="private")
    chat.clear(_fresh(texts), role, shown, api_visibility="private")
    role.input(lambda each: each, role, chosen, api_visibility="private")
    role.change(_begun(texts), [conversation, role], nexts, api_visibility="private")
    page.load(lambda each: each, chosen, role, api_visibility="private")


def _chat(texts: Texts) -> gr.Chatbot:
    return gr.Chatbot(
        height="auto",
        label=texts("page.conversation"),
        show_label=False,
        autoscroll=False,
        sanitize_html=True,
        latex_delimiters=NEVER_LATEX,
        allow_tags=False,
        buttons=["copy"],
        feedback_options=None,
        placeholder=escaped(texts("page.empty")),
        elem_id="nav-chat",
    )


def _roles(texts: Texts) -> list[tuple[str, str]]:
    return [(texts(f"page.{persona.value}"), persona.value) for persona in Persona]


def _fresh(texts: Texts) -> Callable[[str], Step]:
    """Return what begins a new conversation in a role."""

    def fresh(role: str) -> Step:
        nexts = [gr.update(value=each, visible=True) for each in examples(Persona(role), texts)]
        return ("", [], Conversation(), gr.update(visible=False), gr.update(value="", visible=False), *nexts)

    return fresh


def _begun(texts: Texts) -> Callable[[Conversation, str], list[Any]]:
    """Return what fits the examples to a role; in a conversation nothing is changed."""

    def begun(conversation: Conversation, role: str) -> list[Any]:
        if conversation.turns:
            return [gr.skip()] * MOST
        return [gr.update(value=each, visible=True) for each in examples(Persona(role), texts)]

    return begun


class _Replier:
    """Answers through `Assistant.ask` and nothing else; each step gives the new value of everything on the page."""

    def __init__(self, assistant: Assistant, texts: Texts) -> None:
        self._assistant, self._texts = assistant, texts
        self._language: Language = "es" if texts.language == "es" else "en"

    def ask(self, text: str, chat: Messages, conversation: Conversation, role: str) -> Iterator[Step]:
        """Ask one more question."""
        if not text.strip():
            yield ("", *(gr.skip() for _ in range(4 + MOST)))
            return
        yield from self._reply(escaped(text), chat, conversation.asking(text), Persona(role))

    def hold(self, held: list[str], chat: Messages, conversation: Conversation, role: str) -> Iterator[Step]:
        """Ask the last question again with only these limits in force."""
        if not conversation.turns:
            return
        labels = {key: words_of(group, self._texts) for key, group in conversation.choices()}
        now = conversation.holding(key for key, label in labels.items() if label in held)
        gone = "; ".join(label for label in labels.values() if label not in held)
        said = self._texts("page.without", limits=gone) if gone else self._texts("page.with_all")
        yield from self._reply(escaped(said), chat, now, Persona(role))

    def _reply(self, said: str, chat: Messages, conversation: Conversation, role: Persona) -> Iterator[Step]:
        chat = [*chat, {"role": "user", "content": said}]
        waiting = {"role": "assistant", "content": self._texts("page.looking")}
        hidden = [gr.update(visible=False)] * MOST
        yield ("", [*chat, waiting], conversation, gr.skip(), gr.update(value="", visible=False), *hidden)
        try:
            answer = self._assistant.ask(conversation.question(role, self._language))
        except NavigatorError:
            told = {"role": "assistant", "content": incident(self._texts)}
            yield ("", [*chat, told], conversation, gr.skip(), gr.skip(), *hidden)
            return
        yield ("", [*chat, *self._said(answer)], *self._offers(conversation, answer))

    def _said(self, answer: Answer) -> Messages:
        """Return an answer as messages: where cards show its programs, its beginning, and the whole folded."""
        whole = {"role": "assistant", "content": answer.text}
        head = answer.text.partition("\n### ")[0].strip()
        if not (answer.programs and head) or answer.comparison or head == answer.text.strip():
            return [whole]
        folded = {"title": self._texts("page.in_words"), "status": "done"}
        return [{"role": "assistant", "content": head}, {**whole, "metadata": folded}]

    def _offers(self, conversation: Conversation, answer: Answer) -> Step:
        now, cards = conversation.answered(answer), program_cards(answer, self._texts)
        nexts = suggestions(answer, self._texts)
        buttons = [gr.update(value=each, visible=True) for each in nexts]
        buttons += [gr.update(visible=False)] * (MOST - len(nexts))
        return (now, self._limits(now), gr.update(value=cards, visible=bool(cards)), *buttons)

    def _limits(self, conversation: Conversation) -> Any:
        labels = {key: words_of(group, self._texts) for key, group in conversation.choices()}
        held = [labels[key] for key in conversation.in_force()]
        return gr.update(choices=list(labels.values()), value=held, visible=bool(labels))
