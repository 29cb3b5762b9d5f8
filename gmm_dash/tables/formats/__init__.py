"""One reader for each kind of file, and the one that tells the kinds apart."""
