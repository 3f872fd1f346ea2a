"""What pages, slides and downloads contain beside the figures of one series; no layout."""
