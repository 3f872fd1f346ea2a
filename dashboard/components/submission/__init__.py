"""The parts of the pages that take submissions: findings, differences, questions."""
