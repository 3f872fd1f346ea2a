"""The fields of all definitions: validated strictly, because people write them."""
