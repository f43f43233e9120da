"""The rulebook: one rule per file, the file's name is its id; `ingestion.rulebook` finds them."""
