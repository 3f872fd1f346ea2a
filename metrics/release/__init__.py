"""What a release says of itself: who reported when, and which figures were revised."""
