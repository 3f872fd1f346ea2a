"""What values are combined with: the cells that add up, rates, and panels that stay the same."""
