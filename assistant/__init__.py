"""From a question to a grounded answer; `Assistant.ask` is the one way in."""
