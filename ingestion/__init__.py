"""From publishers' files to a snapshot of checked, linked records."""
