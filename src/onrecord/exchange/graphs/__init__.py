"""Networks in the formats of other programs: each file has `write(network, out)`."""
