"""Formats of tools in which people mark texts: the same few facts of a statement, as each of the tools holds them."""
