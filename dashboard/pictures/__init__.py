"""Pictures of charts as files: which ones an address has, and drawing them."""
