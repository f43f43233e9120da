"""What size costs: a multiplied snapshot is written, indexed, opened and asked, beside stock LangChain-Chroma.

Each of the two is opened and asked in a process of its own, so that its memory is its own. The programs of later rounds
are nobody's, and the vectors of their passages are jittered copies (`evals.size.vectors`).
"""
