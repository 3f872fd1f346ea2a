"""The building blocks of pages: modules that return Dash components and know no page."""
