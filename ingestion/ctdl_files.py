"""The files of the Credential Registry's records that are read, each if it is there."""

from __future__ import annotations

from ingestion.source import SourceFile

VOCABULARY = SourceFile("ctdl/ctdl-context.json", as_of="2026-08-06", rows=(100, 5_000), optional=True)
LINES = SourceFile("ctdl/records.jsonl", as_of=None, rows=(1, 1_000_000), optional=True)
ENVELOPE = SourceFile("ctdl/envelope/cost_manifest_envelope.json", as_of="2019-02-08", rows=(1, 1), optional=True)
NAMES = (
    "decoded/assessment_graph.json",
    "decoded/nocti_certification_graph.json",
    "decoded/nocti_organization_graph.json",
    "ingest_examples/Credential-1-graph.json",
    "ingest_examples/Credential-1.json",
    "ingest_examples/LearningProgram-1-graph.json",
    "ingest_examples/LearningProgram-2.json",
    "ingest_examples/Organization-1.json",
    "malformed/160_Driving_Academy.json",
    "malformed/WorkforceDemandAction_for_ETPL.json",
    "malformed/Year-1-programs.json",
    "outcomes/indiana_bsn_pass_rates.json",
    "outcomes/kansas_associate_degree.json",
    "outcomes/propath_license_published.json",
    "outcomes/wa_career_bridge_certificate.json",
    "published/associate_degree_graph.json",
    "published/bachelor_multilanguage.json",
    "published/certification_detailed.json",
    "published/certification_with_outcome_data.json",
    "published/etp_program_160_driving_academy.json",
    "registry_fixtures/assessment_profile_3_import.json",
    "registry_fixtures/credential_3_import.json",
    "registry_fixtures/credential_4_import.json",
    "registry_fixtures/learning_opportunity_profile_2_import.json",
    "registry_fixtures/learning_opportunity_profile_3_import.json",
    "registry_fixtures/organization_3_import.json",
    "schema_development/ACE_-_Introductory_SociologyTVP-PUBLISHED.json",
    "schema_development/CENSUS-DRAFT2.jsonld",
    "schema_development/Career_Bridge_-_Performance_Results.json",
    "schema_development/CompTIA-IT_Networking_Specialist.jsonld",
    "schema_development/Outcome_Data_Sample.json",
    "schema_development/ROI_Example_1.json",
    "schema_development/basicDescription.json",
    "schema_development/bcsp-sts.json",
    "schema_development/handbookQDataMultiDim_full.json",
    "schema_development/programWithCourses.json",
    "schema_development/s1_2_DegreeInRegistryAndVC.json",
    "schema_development/s_4_1_AssessmentAccreditation.json",
)
RECORDS = (
    *(SourceFile(f"ctdl/{name}", as_of=None, rows=(1, 1_000), optional=True) for name in NAMES),
    ENVELOPE,
    LINES,
)
