"""What a message can be: categories, red flags, urgency, queues."""

from __future__ import annotations

from enum import StrEnum


class Category(StrEnum):
    """What the writer wants done."""

    PROGRAM_SEARCH = "program_search"
    CREDENTIAL_MEANING = "credential_meaning"
    PROVIDER_COMPLAINT = "provider_complaint"
    REFUND = "refund_or_withdrawal"
    FINANCIAL_AID = "financial_aid"
    RECORDS = "records_or_verification"
    ACCREDITATION = "accreditation_or_licensure"
    TECHNICAL = "technical_or_account"
    ACCESSIBILITY = "accessibility"
    SCHOOL_CLOSING = "school_closing"
    FRAUD = "fraud_or_identity"
    OTHER = "other"


class Flag(StrEnum):
    """What must not be overlooked, the gravest first."""

    CRISIS = "crisis"
    IDENTITY_THEFT = "identity_theft"
    REFUND_DEADLINE = "refund_deadline"
    CLOSING = "closing"
    FRAUD = "fraud"
    DISCRIMINATION = "discrimination"
    LEGAL_THREAT = "legal_threat"
    MINOR = "minor"


class Urgency(StrEnum):
    """How soon a person has to look at it, the soonest first."""

    URGENT = "urgent"
    HIGH = "high"
    NORMAL = "normal"
    LOW = "low"


class Queue(StrEnum):
    """Who handles it."""

    SAFETY = "safety"
    FRAUD = "fraud_and_closures"
    COMPLAINTS = "complaints_and_civil_rights"
    MONEY = "money"
    RECORDS = "records_and_licensing"
    ADVISING = "advising"
    TECHNICAL = "technical"
    GENERAL = "general"


QUEUES = {
    Category.PROGRAM_SEARCH: Queue.ADVISING,
    Category.CREDENTIAL_MEANING: Queue.ADVISING,
    Category.PROVIDER_COMPLAINT: Queue.COMPLAINTS,
    Category.REFUND: Queue.MONEY,
    Category.FINANCIAL_AID: Queue.MONEY,
    Category.RECORDS: Queue.RECORDS,
    Category.ACCREDITATION: Queue.RECORDS,
    Category.TECHNICAL: Queue.TECHNICAL,
    Category.ACCESSIBILITY: Queue.COMPLAINTS,
    Category.SCHOOL_CLOSING: Queue.FRAUD,
    Category.FRAUD: Queue.FRAUD,
    Category.OTHER: Queue.GENERAL,
}
FLAG_QUEUES = {
    Flag.CRISIS: Queue.SAFETY,
    Flag.IDENTITY_THEFT: Queue.FRAUD,
    Flag.FRAUD: Queue.FRAUD,
    Flag.CLOSING: Queue.FRAUD,
    Flag.DISCRIMINATION: Queue.COMPLAINTS,
    Flag.LEGAL_THREAT: Queue.COMPLAINTS,
}
"""Flags that decide the queue, whatever the category; a refund's deadline and a minor change the urgency only."""
