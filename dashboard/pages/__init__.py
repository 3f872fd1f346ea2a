"""Pages: one module each, a function of its URL; no page imports another."""
