"""A report beside what was said: what differs, as typed edits, each family of them in a file of its own."""
