"""From coded statements to a network: choosing, counting, weighing, and windows of time."""
