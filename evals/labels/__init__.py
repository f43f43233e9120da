"""Labels made from the publishers' raw files by code that the assistant does not share."""
