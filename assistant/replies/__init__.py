"""One module for each thing that people ask for; each fills a draft."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from assistant.answer import Intent
from assistant.drafts import Draft
from assistant.replies.compare import compare_programs
from assistant.replies.count import count_programs
from assistant.replies.credential import explain_credential
from assistant.replies.path import show_path
from assistant.replies.program import find_programs
from assistant.replies.provider import check_provider
from assistant.replies.refusal import ask_back, refuse
from assistant.replies.standard import explain_standard
from assistant.replies.support import triage_message

REPLIES: Mapping[Intent, Callable[[Draft], None]] = {
    Intent.FIND_PROGRAMS: find_programs,
    Intent.COUNT: count_programs,
    Intent.COMPARE: compare_programs,
    Intent.PATH: show_path,
    Intent.CHECK_PROVIDER: check_provider,
    Intent.EXPLAIN_CREDENTIAL: explain_credential,
    Intent.EXPLAIN_STANDARD: explain_standard,
    Intent.TRIAGE: triage_message,
    Intent.UNCLEAR: ask_back,
    Intent.OFF_TOPIC: refuse,
}
