"""What a table that was read is good for: numbers to cluster, known groups, questions, files."""
