"""Job postings: which credentials one asks for, on what ground, and what else would show the same skills."""
