"""What an address may ask for, and what it chose: series, areas, periods, and their links."""
