"""Not shipped: the quality gate and its floors."""
