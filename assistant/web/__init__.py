"""The pages; imported only by app.py."""
