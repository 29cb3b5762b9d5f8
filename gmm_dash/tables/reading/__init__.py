"""What was read, and how: the report, its columns, the options of a reader, what the file said."""
