"""From bytes to rows of cells: encoding, separator, records."""
