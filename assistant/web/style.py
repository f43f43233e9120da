"""The look of the pages."""

from __future__ import annotations

from importlib.resources import files
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from gradio.themes import Base

STYLE = files("assistant.web").joinpath("style.css").read_text(encoding="utf-8")


def theme() -> Base:
    """Return colours of which each text stands out from its ground by at least 4.5 to 1, and the reader's own fonts."""
    import gradio as gr

    plain = gr.themes.Default(
        primary_hue="blue",
        neutral_hue="zinc",
        font=("system-ui", "sans-serif"),
        font_mono=("ui-monospace", "monospace"),
    )
    return plain.set(
        button_primary_background_fill="*primary_700",
        button_primary_background_fill_hover="*primary_800",
        button_primary_background_fill_dark="*primary_700",
        button_secondary_text_color="*neutral_900",
        block_info_text_color="*neutral_600",
        block_info_text_color_dark="*neutral_300",
        block_title_text_color="*neutral_700",
        block_title_text_color_dark="*neutral_200",
        block_label_text_color="*neutral_700",
        block_label_text_color_dark="*neutral_200",
        body_text_color_subdued="*neutral_600",
        body_text_color_subdued_dark="*neutral_300",
        input_placeholder_color="*neutral_500",
        input_placeholder_color_dark="*neutral_400",
    )
