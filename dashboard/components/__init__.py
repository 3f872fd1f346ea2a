"""What pages are made of; each module gives Dash components and knows no page."""
