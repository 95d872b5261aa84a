"""How an outlet carries the words of others: measures of many records together, and their picture."""

from onrecord.profiling.measures import Profile, Row, Share, profiles
from onrecord.profiling.picture import picture

__all__ = ["Profile", "Row", "Share", "picture", "profiles"]
