"""Code shared by several formats: ZIP archives, XML, character sets, percentages, stamps."""
