"""The vocabulary of CTDL as far as it is mapped: classes, concepts, and what each becomes here.

Cost types are used as New Jersey uses them in its own records: `LearningResource` for books,
`TechnologyFee` for supplies and tools, `MixedFees` for fees, `ProgramSpecificFee` for the rest.
"""

from __future__ import annotations

from typing import Final

from catalog.records import Control, CredentialKind, Delivery, Unit

CREDENTIALS: Final = {
    "Degree": CredentialKind.DEGREE,
    "AssociateDegree": CredentialKind.DEGREE,
    "AssociateOfAppliedArtsDegree": CredentialKind.DEGREE,
    "AssociateOfAppliedScienceDegree": CredentialKind.DEGREE,
    "AssociateOfArtsDegree": CredentialKind.DEGREE,
    "AssociateOfScienceDegree": CredentialKind.DEGREE,
    "BachelorDegree": CredentialKind.DEGREE,
    "BachelorOfArtsDegree": CredentialKind.DEGREE,
    "BachelorOfScienceDegree": CredentialKind.DEGREE,
    "MasterDegree": CredentialKind.DEGREE,
    "MasterOfArtsDegree": CredentialKind.DEGREE,
    "MasterOfScienceDegree": CredentialKind.DEGREE,
    "DoctoralDegree": CredentialKind.DEGREE,
    "ProfessionalDoctorate": CredentialKind.DEGREE,
    "ResearchDoctorate": CredentialKind.DEGREE,
    "SpecialistDegree": CredentialKind.DEGREE,
    "Diploma": CredentialKind.DIPLOMA,
    "SecondarySchoolDiploma": CredentialKind.DIPLOMA,
    "SecondaryEducationCertificate": CredentialKind.DIPLOMA,
    "GeneralEducationDevelopment": CredentialKind.DIPLOMA,
    "Certificate": CredentialKind.CERTIFICATE,
    "AcademicCertificate": CredentialKind.CERTIFICATE,
    "BasicTechnicalCertificate": CredentialKind.CERTIFICATE,
    "CertificateOfCompletion": CredentialKind.CERTIFICATE,
    "CertificateOfParticipation": CredentialKind.CERTIFICATE,
    "GeneralEducationLevel1Certificate": CredentialKind.CERTIFICATE,
    "GeneralEducationLevel2Certificate": CredentialKind.CERTIFICATE,
    "HigherEducationLevel1Certificate": CredentialKind.CERTIFICATE,
    "HigherEducationLevel2Certificate": CredentialKind.CERTIFICATE,
    "MicroCredential": CredentialKind.CERTIFICATE,
    "PostBaccalaureateCertificate": CredentialKind.CERTIFICATE,
    "PostMasterCertificate": CredentialKind.CERTIFICATE,
    "ProfessionalCertificate": CredentialKind.CERTIFICATE,
    "TechnicalLevel1Certificate": CredentialKind.CERTIFICATE,
    "TechnicalLevel2Certificate": CredentialKind.CERTIFICATE,
    "WorkbasedLearningCertificate": CredentialKind.CERTIFICATE,
    "Certification": CredentialKind.CERTIFICATION,
    "JourneymanCertificate": CredentialKind.CERTIFICATION,
    "MasterCertificate": CredentialKind.CERTIFICATION,
    "License": CredentialKind.LICENSE,
    "Badge": CredentialKind.BADGE,
    "DigitalBadge": CredentialKind.BADGE,
    "OpenBadge": CredentialKind.BADGE,
    "ApprenticeshipCertificate": CredentialKind.APPRENTICESHIP,
}
CLASS_OF: Final = {
    CredentialKind.DEGREE: "Degree",
    CredentialKind.DIPLOMA: "Diploma",
    CredentialKind.CERTIFICATE: "Certificate",
    CredentialKind.CERTIFICATION: "Certification",
    CredentialKind.LICENSE: "License",
    CredentialKind.BADGE: "Badge",
    CredentialKind.APPRENTICESHIP: "ApprenticeshipCertificate",
}
"""The class written for a kind. CTDL has none for a registration or for continuing education."""

ORGANIZATIONS: Final = frozenset({"Organization", "CredentialOrganization", "QACredentialOrganization"})
QUALITY_BODY: Final = "QACredentialOrganization"
PROGRAMS: Final = frozenset({"LearningOpportunityProfile", "LearningOpportunity", "LearningProgram", "Course"})
ASSESSMENTS: Final = frozenset({"AssessmentProfile", "Assessment"})
COMPETENCIES: Final = frozenset({"Competency"})
FRAMEWORKS: Final = frozenset({"CompetencyFramework"})
OUTCOMES: Final = frozenset(
    {"DataSetProfile", "AggregateDataProfile", "EarningsProfile", "EmploymentOutcomeProfile", "HoldersProfile"}
)
OUTCOME_PARTS: Final = frozenset({"DataSetTimeFrame", "DataProfile", "Metric", "Observation", "Dimension"})

OWNERS: Final = ("ceterms:offeredBy", "ceterms:ownedBy")
"""Who teaches or awards, the first that is named."""
ROLES: Final = {
    "ceterms:accreditedBy": "accredited",
    "ceterms:approvedBy": "approved",
    "ceterms:recognizedBy": "recognized",
    "ceterms:registeredBy": "registered",
    "ceterms:regulatedBy": "regulated",
    "ceterms:revokedBy": "may_revoke",
}
"""What a quality body does. `revokedBy` names who may revoke: it says nothing of a revocation."""

RETIRED: Final = frozenset({"Deprecated", "Ceased", "Superseded", "Suspended"})
ACTIVE: Final = frozenset({"Active", "Probationary"})
CONTROLS: Final = {
    "Public": Control.PUBLIC,
    "PrivateNonProfit": Control.NONPROFIT,
    "PrivateForProfit": Control.FOR_PROFIT,
}
DELIVERY: Final = {
    "InPerson": Delivery.IN_PERSON,
    "OnlineOnly": Delivery.ONLINE,
    "OnlineDelivery": Delivery.ONLINE,
    "BlendedDelivery": Delivery.HYBRID,
}
DELIVERY_CONCEPT: Final = {
    Delivery.IN_PERSON: "InPerson",
    Delivery.ONLINE: "OnlineOnly",
    Delivery.HYBRID: "BlendedDelivery",
}
COSTS: Final = {
    "Tuition": "tuition_usd",
    "MixedFees": "fees_usd",
    "LearningResource": "books_usd",
    "TechnologyFee": "supplies_usd",
    "ProgramSpecificFee": "other_usd",
    "AggregateCost": "total_usd",
}
DOLLARS: Final = frozenset({"USD", "US DOLLAR", "US DOLLARS", "US$", "$"})
"""Ways in which publishers write US dollars: the code, and the words that older records have."""

PAY_UNITS: Final = {
    "HOUR": Unit.USD_PER_HOUR,
    "HUR": Unit.USD_PER_HOUR,
    "QUARTER": Unit.USD_PER_QUARTER,
    "YEAR": Unit.USD_PER_YEAR,
    "ANN": Unit.USD_PER_YEAR,
}
PAY_WORDS: Final = (
    ("hourly", Unit.USD_PER_HOUR),
    ("quarterly", Unit.USD_PER_QUARTER),
    ("annual", Unit.USD_PER_YEAR),
    ("yearly", Unit.USD_PER_YEAR),
)
"""Words of a figure's own description that say of which time a pay is."""

DEFINITIONS: Final = frozenset(
    {
        "ctdl_record",
        "nj_2018_clock_hours",
        "nj_2018_cost",
        "nj_2018_learner_rating",
        "nj_average_wage",
        "nj_completers",
        "nj_retention",
        "nj_wage_match",
        "wioa_completion",
        "wioa_count",
        "wioa_employment_q2",
        "wioa_median_earnings_q2",
    }
)
"""Definitions of figures of programs and of a school's field of study, which an export of ours may bear."""
SHARED_COHORT: Final = "_shared_cohort"
