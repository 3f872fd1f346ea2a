"""The parts of the profile of a State."""
