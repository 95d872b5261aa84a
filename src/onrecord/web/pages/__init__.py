"""What each page shows: one frozen dataclass a page, made from values of the archive by a function beside it."""
