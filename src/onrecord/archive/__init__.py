"""What is kept: articles and their versions, what each run found in them, and what people made of it.

`open_archive` (store.py) gives an Archive: one SQLite file, or a PostgreSQL database by url. The other modules are
functions on it, one subject each.
"""
