"""What can be read off a network, or off a row of them in time."""
