"""What several formats need: ZIP archives, XML, character sets, shares and stamps."""
