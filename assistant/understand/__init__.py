"""From words to a typed query; each slot keeps the words that it came from."""
