"""What a provider check says, for the metrics that judge it."""

from __future__ import annotations

from typing import Any


def alerts_of(checked: dict[str, Any]) -> set[str]:
    """Return the rules that raise an alert."""
    return {finding["rule"] for finding in checked["findings"] if finding["verdict"] == "alert"}
