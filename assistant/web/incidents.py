"""What a person is told when an answer fails: a way out and a number to quote; the cause goes to the operator's log."""

from __future__ import annotations

import logging
import uuid

from prompts import Texts

LOG = logging.getLogger(__name__)


def incident(texts: Texts) -> str:
    """Log the error that is being handled, and return what the person is told."""
    number = uuid.uuid4().hex[:8]
    LOG.exception("answer failed, incident %s", number)
    return f"{texts('page.error')} ({number})"
