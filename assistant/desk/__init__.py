"""The support desk: personal data, triage, the queue, and the ways in and out."""
