"""A model words the summary; every sentence is held against the records before it is shown."""
