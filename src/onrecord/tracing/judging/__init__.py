"""Judging what was carried: typed edits between a report and what was said, and the verdict that they bear out."""
