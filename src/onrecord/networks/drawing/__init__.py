"""Where the nodes of a network stand on paper, and the paper."""
