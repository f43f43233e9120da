"""The nouns of the assistant and the snapshot that they live in."""
