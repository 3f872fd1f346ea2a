"""Pages: one module each, a function of its address; none imports another."""
