"""Other ways to search the same programs, asked the same cases in the same run.

Each neighbour is one module. It gets the documents of one publisher's list, the one that the cases are labelled from,
and gives the ids of the first programs that it would show. None has any of our reading of questions, filters or order.
"""
