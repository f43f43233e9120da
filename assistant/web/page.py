"""The chat page: role, language, conversation."""

from __future__ import annotations

import logging
import uuid
from collections.abc import Callable, Iterator
from typing import Any

import gradio as gr

from assistant.answer import Language, Persona, Question
from assistant.assistant import Assistant
from assistant.markup import escaped
from catalog.errors import NavigatorError
from catalog.settings import Settings
from prompts import LANGUAGES, Texts

LOG = logging.getLogger(__name__)
MAX_QUESTION_CHARACTERS = 20_000
NEVER_LATEX: list[dict[str, str | bool]] = []
Messages = list[dict[str, Any]]

CSS = """
.gradio-container { max-width: 860px !important; margin: 0 auto !important; }
h1 { font-size: 1.5rem; margin: 0; }
"""


def build_page(assistant: Assistant) -> gr.Blocks:
    """Return the page over an assistant."""
    texts = {language: Texts(language) for language in LANGUAGES}
    page: gr.Blocks
    with gr.Blocks(title=texts["en"]("page.title"), analytics_enabled=False) as page:
        title = gr.Markdown(_title(texts["en"]))
        with gr.Row():
            language = gr.Radio([("English", "en"), ("Español", "es")], value="en", label=texts["en"]("page.language"))
            role = gr.Radio(_roles(texts["en"]), value=Persona.LEARNER.value, label=texts["en"]("page.role"))
        chat = gr.Chatbot(
            height=520,
            show_label=False,
            autoscroll=False,
            sanitize_html=True,
            latex_delimiters=NEVER_LATEX,
            allow_tags=False,
            buttons=["copy"],
            feedback_options=None,
        )
        question = gr.Textbox(
            placeholder=texts["en"]("page.placeholder"), show_label=False, max_length=MAX_QUESTION_CHARACTERS
        )
        ask = gr.Button(texts["en"]("page.ask"), variant="primary")
        examples = gr.Dataset(components=[question], samples=_examples(texts["en"]), show_label=False)
        reply = _replier(assistant, texts)
        for start in (question.submit, ask.click):
            start(reply, [question, chat, role, language], [question, chat], api_visibility="private")
        examples.click(lambda sample: sample[0], examples, question, api_visibility="private")
        language.change(
            lambda chosen: _in_language(texts[chosen]),
            language,
            [title, language, role, question, ask, examples],
            api_visibility="private",
        )
    return page


def launch(page: gr.Blocks, settings: Settings) -> None:
    """Serve the page until interrupted; nothing is asked of any other host."""
    page.launch(
        server_name=settings.host,
        server_port=settings.port,
        css=CSS,
        share=False,
        ssr_mode=False,
        enable_monitoring=False,
        footer_links=[],
        run_history=False,
    )


def _replier(assistant: Assistant, texts: dict[str, Texts]) -> Callable[..., Iterator[tuple[str, Messages]]]:
    def reply(text: str, shown: Messages, role: str, language: Language) -> Iterator[tuple[str, Messages]]:
        shown = [*shown, {"role": "user", "content": escaped(text)}]
        yield "", shown
        history = tuple(_plain(m["content"]) for m in shown[:-1] if m["role"] == "user")
        question = Question(text=text, persona=Persona(role), language=language, history=history)
        try:
            said = assistant.ask(question).text
        except NavigatorError:
            # The text of the error is for the operator; the person gets a way out and a number to quote.
            number = uuid.uuid4().hex[:8]
            LOG.exception("answer failed, incident %s", number)
            said = f"{texts[language]('page.error')} ({number})"
        yield "", [*shown, {"role": "assistant", "content": said}]

    return reply


def _plain(content: Any) -> str:
    """Gradio hands message contents back as text, or as a list of parts."""
    if isinstance(content, str):
        return content
    return " ".join(part.get("text", "") for part in content if isinstance(part, dict))


def _title(texts: Texts) -> str:
    return f"# {texts('page.title')}\n\n{texts('page.tagline')}\n\n_{texts('notice.short')}_"


def _roles(texts: Texts) -> list[tuple[str, str]]:
    return [(texts(f"page.{persona.value}"), persona.value) for persona in Persona]


def _examples(texts: Texts) -> list[list[str]]:
    return [[texts(f"page.example_{number}")] for number in (1, 2, 3)]


def _in_language(texts: Texts) -> list[Any]:
    return [
        gr.update(value=_title(texts)),
        gr.update(label=texts("page.language")),
        gr.update(label=texts("page.role"), choices=_roles(texts)),
        gr.update(placeholder=texts("page.placeholder")),
        gr.update(value=texts("page.ask")),
        gr.update(samples=_examples(texts)),
    ]
